"""Finding reports of the same event, and what was merged into which, on both engines."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from core.incidents.merging import MergeRule
from storage.database.engine import Database, Tx
from storage.incidents import incidents, merging
from storage.incidents.open_list import View
from storage.stamp import Stamp
from storage.tables import IncidentRow, PostRow, ReportRow
from storage.territory import places
from storage.territory.places import NewPost
from tests.storage.incidents.test_open_list import add
from tests.storage_kit import BOT, NOW, add_person, add_territory, one, preset_forms

EVERYTHING = View(BOT, ("16",), 0)
RULE = MergeRule(timedelta(minutes=30), 1000)
ALARMS = preset_forms().alarm_ids


@pytest.fixture
async def filled(db: Database) -> Database:
    """A database with a territory and an officer."""
    await add_territory(db)
    await add_person(db, 7)
    return db


def at(minutes: float, **more: Any) -> dict[str, Any]:
    """An incident so many minutes ago."""
    return {"opened_at": NOW - timedelta(minutes=minutes), **more}


async def numbers(db: Database, incident_id: int) -> tuple[int | None, list[int], list[int], int]:
    """What an incident may be the same as, what the menu offers, what was merged into it, and which one goes on."""

    async def work(tx: Tx) -> tuple[int | None, list[int], list[int], int]:
        found = await incidents.get(tx, incident_id)
        assert found is not None
        own = merging.sighting_of(found.incident, found.report, found.post, alarms=ALARMS)
        twin = await merging.twin_of(tx, RULE, own, alarms=ALARMS, now=NOW)
        offered = [one.incident.number for one in await merging.choices(tx, found, EVERYTHING, alarms=ALARMS, limit=6)]
        joined = [one.incident.number for one in await merging.merged_into(tx, incident_id)]
        return twin.number if twin else None, offered, joined, (await merging.end_of(tx, found.incident)).number

    return await db.read(work)


async def test_the_nearest_open_incident_of_the_kind_is_found(filled: Database) -> None:
    """Of what is open, alike, as open or as confidential, and reported shortly before, the nearest in time is found."""
    await add(
        filled,
        at(29),
        at(20, category="hoax"),
        at(15, state="resolved"),
        at(12, confidential=True),
        at(9, confidential=True, category="hoax"),
        at(8, confidential=True),
        at(1),
        at(40),
        at(39, category=None),
        at(11, category=None),
        at(10, category=None, state="in-progress"),
    )
    assert (await numbers(filled, 7))[0] == 1
    assert (await numbers(filled, 6))[0] == 4
    assert (await numbers(filled, 8))[0] is None, "it is older than the rule's time itself"
    assert (await numbers(filled, 11))[0] == 10
    assert (await numbers(filled, 7))[1] == [1, 8, 11, 10, 2, 9], "other kinds too, after its own"
    assert (await numbers(filled, 6))[1] == [4], "confidential ones only among their own kind"


async def test_what_was_merged_is_followed_both_ways(filled: Database) -> None:
    """Witnesses of witnesses are found, the end of a chain too, and what this very transaction changes."""
    merged = {"state": "duplicate"}
    await add(
        filled, at(9), at(8, duplicate_of=1, **merged), at(7, duplicate_of=2, **merged), at(6, duplicate_of=2, **merged),
        at(5),
    )  # fmt: skip
    assert [(await numbers(filled, key))[2:] for key in (1, 2, 3, 5)] == [
        ([2, 3, 4], 1),
        ([3, 4], 1),
        ([], 1),
        ([], 5),
    ]

    async def work(tx: Tx) -> list[list[int]]:
        rows = {key: await tx.get_one(IncidentRow, key) for key in (2, 3, 5)}
        rows[3].state, rows[3].duplicate_of = "new", None
        rows[5].state, rows[5].duplicate_of = "duplicate", 2
        return [[one.incident.number for one in await merging.merged_into(tx, key)] for key in (1, 3, 5)]

    assert await filled.read(work) == [[2, 4, 5], [], []]


async def test_two_who_merge_into_each_other_at_once_do_not_both_succeed(filled: Database) -> None:
    """Merging touches the incident that goes on, so that a stale view of it makes the second writer begin again."""
    await add(filled, at(9), at(8))

    async def work(tx: Tx) -> None:
        into, other = await tx.get_one(IncidentRow, 1), await tx.get_one(IncidentRow, 2)
        merging.join(tx, other, into, Stamp(into.reporter_id, (1, 1), NOW))

    await filled.write(work)

    async def version(tx: Tx) -> int:
        return (await tx.get_one(IncidentRow, 1)).row_version

    assert await filled.read(version) == 2


async def test_what_else_happens_at_the_time_is_not_read(filled: Database) -> None:
    """However many incidents of the kind there are elsewhere, none is read; of those at one post only the newest."""
    other = NewPost("RUTAN-1671", "Rutan", "lapas", "16.71", None, "special", None, None)
    await filled.write(lambda tx: places.put_posts(tx, [other]))
    far = {"post_id": await one(filled, select(PostRow.id).where(PostRow.code == other.code))}
    await add(filled, at(25), *(at(20, **far) for _ in range(60)), *(at(5) for _ in range(40)), at(1))

    async def work(tx: Tx) -> tuple[int | None, int]:
        found = await incidents.get(tx, 102)
        assert found is not None
        own = merging.sighting_of(found.incident, found.report, found.post, alarms=ALARMS)
        twin = await merging.twin_of(tx, RULE, own, alarms=ALARMS, now=NOW)
        return twin.number if twin else None, sum(isinstance(row, IncidentRow) for row in tx.identity_map.values())

    assert await filled.read(work) == (101, 1)


async def test_what_this_very_transaction_has_ended_is_no_twin(filled: Database) -> None:
    """An incident that was resolved a moment ago, before anything is written, is not offered as the same event."""
    await add(filled, at(9), at(8), at(1))

    async def work(tx: Tx) -> int | None:
        found = await incidents.get(tx, 3)
        assert found is not None
        (await tx.get_one(IncidentRow, 2)).state = "resolved"
        own = merging.sighting_of(found.incident, found.report, found.post, alarms=ALARMS)
        twin = await merging.twin_of(tx, RULE, own, alarms=ALARMS, now=NOW)
        return twin.number if twin else None

    assert await filled.read(work) == 1


async def test_a_report_whose_form_is_gone_harms_no_other(filled: Database) -> None:
    """What was reported by a form that the preset does not have any more is still offered and found."""
    await add(filled, at(9), at(8))

    async def forget(tx: Tx) -> None:
        (await tx.get_one(ReportRow, 1)).form_id = "gone"

    await filled.write(forget)
    assert (await numbers(filled, 2))[:2] == (1, [1])
