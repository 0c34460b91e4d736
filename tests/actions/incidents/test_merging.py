"""Merging reports of one event, by calling: one incident goes on, and its cards and officers follow."""

from __future__ import annotations

import pytest

from actions.incidents import merging
from actions.incidents.merging import Merged
from actions.work import Work
from core.incidents.lifecycle import Action, Refusal
from core.kit.texts import UserError
from core.people.roles import Role
from storage.incidents import incidents
from storage.records import IncidentRecord
from storage.tables import GroupRow, IncidentRow, PersonRow
from tests.actions_kit import Office
from tests.steps_kit import LAPAS, about, report, state_of, take

TPS = "TPS-1673061002-901"


async def merge(office: Office, who: PersonRow, incident: int, into: int, *, group: GroupRow | None = None) -> Merged:
    """Let somebody merge an incident into another."""

    async def act(work: Work, record: IncidentRecord) -> Merged:
        other = await incidents.get(work.tx, into)
        assert other is not None
        return await merging.merge(work, record, other)

    return await about(office, who, incident, act, group=group)


async def test_a_merged_incident_leads_to_the_one_that_goes_on(office: Office) -> None:
    """The second ends, the first takes its witness and its severity, and both officers hear how it goes on."""
    budi = await office.person("Budi", Role.OFFICER, LAPAS)
    citra = await office.person("Citra", Role.OFFICER, TPS)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    group = await office.group("Linggau", "16.73")
    first = await report(office, budi, severity="medium")
    second = await report(office, citra, post=TPS, severity="critical")

    async def offered(work: Work, record: IncidentRecord) -> list[int]:
        return [one.incident.id for one in await merging.choices(work, record, limit=6)]

    assert await about(office, rahmat, second, offered, group=group) == [first]
    merged = await merge(office, rahmat, second, first, group=group)
    assert (merged.outcome.taken, merged.into is not None and merged.into.incident.id) == (True, first)
    assert (await state_of(office, second))[0] == "duplicate"
    row = await office.one(IncidentRow, IncidentRow.id == first)
    assert (row.state, row.severity) == ("new", "critical")
    assert "I-1" in await office.told(citra.telegram_id)
    await take(office, rahmat, first, Action.TAKE)
    assert "Rahmat" in await office.told(citra.telegram_id)
    await take(office, rahmat, second, Action.REOPEN, note="reopen-mistake")
    row = await office.one(IncidentRow, IncidentRow.id == second)
    assert (row.state, row.duplicate_of) == ("new", None)


async def test_merging_that_cannot_be_is_refused(office: Office) -> None:
    """An incident is not merged into itself, into what is over, nor a confided one into an open one; nothing changes."""
    budi = await office.person("Budi", Role.OFFICER, LAPAS)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    first, second = await report(office, budi), await report(office, budi)
    secret = await report(office, budi, confidential=True)
    over = await report(office, budi)
    await take(office, rahmat, over, Action.RESOLVE)
    for into, key in ((second, "merge-itself"), (over, "merge-ended"), (secret, "merge-apart")):
        with pytest.raises(UserError) as error:
            await merge(office, rahmat, second, into)
        assert error.value.key == key
    assert (await state_of(office, second))[0] == "new"
    merged = await merge(office, budi, second, first)
    assert (merged.outcome.refusal, merged.into) == (Refusal.PART, None)


async def test_words_go_to_the_incident_that_goes_on(office: Office) -> None:
    """What is said of a merged incident belongs to the last of the chain; what was confided stays where it was."""
    budi = await office.person("Budi", Role.OFFICER, LAPAS)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    first, second, third = [await report(office, budi) for _ in range(3)]
    await merge(office, rahmat, third, second)
    await merge(office, rahmat, second, first)
    secret = [await report(office, budi, category="neutrality", confidential=True) for _ in range(2)]
    await merge(office, rahmat, secret[1], secret[0])

    async def goes_on(work: Work, record: IncidentRecord) -> int:
        return (await merging.goes_on(work, record)).incident.id

    found = [await about(office, rahmat, one, goes_on) for one in (first, second, third, *secret)]
    assert found == [first, first, first, *secret]
