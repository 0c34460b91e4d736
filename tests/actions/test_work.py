"""A piece of work: who does it, where and when."""

from __future__ import annotations

import pytest

from actions.work import Work
from core.people.roles import Role
from storage.tables import JournalRow
from tests.actions_kit import Office


async def test_what_somebody_does_bears_their_stamp(office: Office) -> None:
    """The journal says who did something, at which moment and by which update."""
    budi = await office.person("Budi", Role.OFFICER, "LAPAS-1673")

    async def act(work: Work) -> None:
        assert work.actor.person_id == budi.id
        assert work.language == "id"
        work.journal("tried", "nothing", how="by hand")

    await office.do(budi, act)
    line = await office.one(JournalRow, JournalRow.action == "tried")
    assert (line.person_id, line.at, line.detail) == (budi.id, office.now, {"how": "by hand"})


async def test_the_clock_is_nobody(office: Office) -> None:
    """What the clock does bears no name, and nothing that needs a person can be done by it."""

    async def act(work: Work) -> None:
        assert work.stamp.person_id is None
        with pytest.raises(AssertionError):
            _ = work.person

    await office.do(None, act)
