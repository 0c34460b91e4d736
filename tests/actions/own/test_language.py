"""Which language a person or a group reads: chosen by those who may."""

from __future__ import annotations

import pytest

from actions.own import language
from core.kit.texts import UserError
from core.people.roles import Role
from storage.tables import GroupRow, PersonRow
from tests.actions_kit import Office


async def test_a_person_chooses_the_own_language(office: Office) -> None:
    """What somebody chose is kept with them and with nobody else."""
    budi = await office.person("Budi", Role.OFFICER, "LAPAS-1673")
    await office.person("Joko", Role.OFFICER, "LAPAS-1673")
    await office.do(budi, lambda work: language.set_own(work, "en"))
    chosen = await office.rows(PersonRow, PersonRow.language.is_not(None))
    assert [(row.name, row.language) for row in chosen] == [("Budi", "en")]


async def test_a_coordinator_chooses_for_the_group(office: Office) -> None:
    """Whoever coordinates the group's region chooses what the group reads; their own language stays."""
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    group = await office.group("Posko", "16.73.06")
    await office.do(rahmat, lambda work: language.set_of_group(work, "en"), group=group)
    assert (await office.one(GroupRow)).language == "en"
    assert (await office.one(PersonRow, PersonRow.id == rahmat.id)).language is None


async def test_who_cannot_choose_for_a_group(office: Office) -> None:
    """An officer there, a coordinator of elsewhere, and anybody in a group without a link change nothing."""
    budi = await office.person("Budi", Role.OFFICER, "LAPAS-1673")
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.71")
    group = await office.group("Posko", "16.73")
    for who in (budi, rahmat):
        with pytest.raises(UserError, match="not-your-region"):
            await office.do(who, lambda work: language.set_of_group(work, "en"), group=group)
    with pytest.raises(UserError, match="not-linked"):
        await office.do(rahmat, lambda work: language.set_of_group(work, "en"))
    assert (await office.one(GroupRow)).language is None


async def test_a_language_that_nobody_speaks_here(office: Office) -> None:
    """A button of another version cannot choose a language that there are no texts in."""
    budi = await office.person("Budi", Role.OFFICER, "LAPAS-1673")
    group = await office.group("Posko", "16.73")
    with pytest.raises(UserError, match="tap-too-old"):
        await office.do(budi, lambda work: language.set_own(work, "xx"))
    with pytest.raises(UserError, match="tap-too-old"):
        await office.do(budi, lambda work: language.set_of_group(work, "xx"), group=group)
    assert (await office.one(PersonRow, PersonRow.id == budi.id)).language is None
