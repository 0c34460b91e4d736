"""Updates as rows."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select

from storage.database.engine import Database
from storage.delivery import inbox
from storage.delivery.inbox import SEEK_LIMIT, Claimed
from storage.tables import InboxRow, InboxState
from tests.storage_kit import BOT, NOW, an_update, at, copy_of, one, opened, rows, store


async def claim(db: Database, *, seconds: float = 0, **more: Any) -> list[Claimed]:
    return (await db.read(lambda tx: inbox.claim(tx, BOT, now=at(seconds), **{"after": None, **more}))).items


async def done(db: Database, *items: Claimed) -> None:
    await db.write(lambda tx: inbox.mark_done(tx, [item.id for item in items], now=NOW))


async def postpone(db: Database, item: Claimed, seconds: float) -> None:
    await db.write(lambda tx: inbox.postpone(tx, item.id, attempts=1, next_at=at(seconds), error="x"))


async def count(db: Database, state: InboxState) -> int:
    return await db.read(lambda tx: inbox.count(tx, state))


async def test_repeated_update_is_stored_once(db: Database) -> None:
    """Telegram delivering the same update twice leaves one inbox row."""
    await store(db, an_update(7))
    await store(db, an_update(7))
    assert await count(db, InboxState.WAITING) == 1


async def test_update_repeated_in_one_answer_is_stored_once(db: Database) -> None:
    """An update that stands twice in one answer of Telegram leaves one inbox row."""
    assert await store(db, an_update(7), an_update(8), an_update(7)) == 2
    assert await count(db, InboxState.WAITING) == 2


async def test_known_updates_are_not_counted_as_new(db: Database) -> None:
    """Storing tells how many updates were not known before."""
    await store(db, an_update(7))
    assert await store(db, an_update(7), an_update(8)) == 1


async def test_a_done_update_is_not_waiting_again(db: Database) -> None:
    """An update that comes again after it was done stays done."""
    await store(db, an_update(7))
    await done(db, *await claim(db))
    await store(db, an_update(7))
    assert await claim(db) == []


async def test_the_same_id_of_another_bot_is_another_update(db: Database) -> None:
    """Updates are known by bot and id together."""
    await store(db, an_update(7))
    await db.write(lambda tx: inbox.add(tx, BOT + 1, [an_update(7)], now=NOW))
    assert await count(db, InboxState.WAITING) == 2


async def test_updates_without_an_id_may_have_negative_ones(db: Database) -> None:
    """Two updates with ids made up for them are both kept."""
    await store(db, an_update(-5), an_update(-6))
    assert [item.update_id for item in await claim(db)] == [-5]


async def test_first_of_each_lane_is_claimed(db: Database) -> None:
    """A claim takes one update a lane: the one that came first."""
    await store(db, an_update(1, lane=10), an_update(2, lane=10), an_update(3, lane=-20), an_update(4, lane=-20))
    assert sorted(item.update_id for item in await claim(db)) == [1, 3]


async def test_order_is_that_of_arrival_not_of_ids(db: Database) -> None:
    """After Telegram has restarted its ids lower, the update that came first is still claimed first."""
    await store(db, an_update(900))
    await store(db, an_update(5))
    assert [item.update_id for item in await claim(db)] == [900]


async def test_next_of_a_lane_follows_when_the_first_is_done(db: Database) -> None:
    """The second update of a lane is claimed only after the first is done."""
    await store(db, an_update(1), an_update(2))
    await done(db, *await claim(db))
    assert [item.update_id for item in await claim(db)] == [2]


async def test_claims_come_in_the_order_of_arrival(db: Database) -> None:
    """Of several lanes that one comes first which has waited longest, whatever the numbers of the lanes."""
    await store(db, an_update(1, lane=30), an_update(2, lane=10), an_update(3, lane=20), an_update(4, lane=10))
    assert [item.update_id for item in await claim(db)] == [1, 2, 3]


async def test_a_claim_looks_at_some_lanes_and_says_where_it_ended(db: Database) -> None:
    """Where more lanes wait than one claim looks at, it says behind which the next one goes on; the last says that none are left."""
    await store(db, *(an_update(n, lane=n) for n in range(1, SEEK_LIMIT + 21)))
    first = await db.read(lambda tx: inbox.claim(tx, BOT, now=NOW, after=None))
    rest = await db.read(lambda tx: inbox.claim(tx, BOT, now=NOW, after=first.end))
    assert (len(first.items), first.end) == (SEEK_LIMIT, SEEK_LIMIT)
    assert ([item.lane for item in rest.items], rest.end) == ([*range(SEEK_LIMIT + 1, SEEK_LIMIT + 21)], None)


async def test_a_claim_that_finds_nothing_says_where_it_ended(db: Database) -> None:
    """Also where all the lanes looked at are held back, it says behind which the next claim goes on."""
    await store(db, *(an_update(n, lane=n) for n in range(1, SEEK_LIMIT + 2)))
    for item in (await claim(db))[:SEEK_LIMIT]:
        await postpone(db, item, 60)
    held = await db.read(lambda tx: inbox.claim(tx, BOT, now=NOW, after=None))
    assert (held.items, held.end) == ([], SEEK_LIMIT)
    assert [item.lane for item in await claim(db, after=held.end)] == [SEEK_LIMIT + 1]


async def test_an_alarm_comes_before_everything(db: Database) -> None:
    """A call for help is claimed first, before what its person sent earlier and before everybody else's."""
    await store(db, *(an_update(n, lane=n) for n in range(1, 5)), an_update(9, lane=4, alarm=True))
    assert [item.update_id for item in await claim(db)] == [9, 1, 2, 3, 4]


async def test_an_alarm_overtakes_a_failing_update(db: Database) -> None:
    """A call for help does not wait for an update of its person that is to be tried again later, nor behind many lanes."""
    await store(db, *(an_update(n, lane=n) for n in range(1, SEEK_LIMIT + 30)))
    await postpone(db, (await claim(db, after=SEEK_LIMIT))[-1], 60)
    await store(db, an_update(900, lane=SEEK_LIMIT + 29, alarm=True))
    assert (await claim(db))[0].update_id == 900


async def test_slowed_lanes_are_passed_over_but_for_alarms(db: Database) -> None:
    """Of who is slowed only a call for help is claimed, and not even that of who calls again and again."""
    await store(db, *(an_update(n, lane=n) for n in (1, 2, 3)))
    await store(db, *(an_update(10 + n, lane=n, alarm=True) for n in (1, 2)))
    assert [item.update_id for item in await claim(db, slowed=[1, 2], hushed=[2])] == [11, 3]


async def test_postponed_update_holds_back_its_own_lane_only(db: Database) -> None:
    """While the first update of a lane waits for its next attempt, its lane waits and the others go on."""
    await store(db, an_update(1, lane=1), an_update(2, lane=1), an_update(3, lane=2))
    await postpone(db, (await claim(db))[0], 8)
    assert [item.update_id for item in await claim(db, seconds=7)] == [3]


async def test_postponed_update_comes_again(db: Database) -> None:
    """A postponed update is claimed when its time has come, with its attempts counted."""
    await store(db, an_update(1))
    await postpone(db, (await claim(db))[0], 8)
    (item,) = await claim(db, seconds=8)
    assert (item.update_id, item.attempts) == (1, 1)


async def test_update_set_aside_frees_its_lane(db: Database) -> None:
    """An update that was given up is kept with its reason, and the next of its lane is claimed."""
    await store(db, an_update(1), an_update(2))
    first = (await claim(db))[0]
    await db.write(lambda tx: inbox.set_aside(tx, first.id, now=NOW, error="broken"))
    assert [item.update_id for item in await claim(db)] == [2]
    assert await rows(db, select(InboxRow.error).where(InboxRow.state == InboxState.DEAD)) == [("broken",)]


async def test_strangers_words_are_forgotten(db: Database) -> None:
    """What somebody wrote who takes no part is not kept."""
    await store(db, an_update(1, body='{"text": "rahasia"}'))
    (item,) = await claim(db)
    await db.write(lambda tx: inbox.forget(tx, [item.id]))
    assert await one(db, select(InboxRow.body)) == "{}"


async def test_recent_ids_are_kept(db: Database) -> None:
    """Updates done within two days are kept, since Telegram may deliver them again for one."""
    await store(db, an_update(1))
    await done(db, *await claim(db))
    assert await db.write(lambda tx: inbox.prune(tx, now=NOW + timedelta(hours=47))) == 0


async def test_old_done_updates_are_deleted(db: Database) -> None:
    """Updates done more than two days ago are deleted; waiting ones never."""
    await store(db, an_update(1), an_update(2))
    await done(db, *await claim(db))
    assert await db.write(lambda tx: inbox.prune(tx, now=NOW + timedelta(hours=49))) == 1
    assert await count(db, InboxState.WAITING) == 1


async def test_ids_of_updates_set_aside_are_freed(db: Database) -> None:
    """After two days an update set aside keeps its row but not its id, which Telegram may give out again."""
    await store(db, an_update(1))
    (item,) = await claim(db)
    await db.write(lambda tx: inbox.set_aside(tx, item.id, now=NOW, error="broken"))
    await db.write(lambda tx: inbox.prune(tx, now=NOW + timedelta(hours=49)))
    assert await store(db, an_update(1)) == 1
    assert await count(db, InboxState.DEAD) == 1


async def test_claim_reads_the_index_of_waiting_rows_only(sqlite_db: Database) -> None:
    """A claim steps along the index of waiting rows and scans neither the table nor the backlog of a lane."""
    await store(sqlite_db, *(an_update(n, lane=1) for n in range(1, 10_001)))
    await store(sqlite_db, an_update(20_000, lane=2))
    plans: list[str] = []

    def explain(_c: object, cursor: object, statement: str, parameters: object, _x: object, _m: bool) -> None:
        if "lanes" in statement and not statement.startswith("EXPLAIN"):
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[attr-defined]
            plans.extend(row[3] for row in cursor.fetchall())  # type: ignore[attr-defined]

    event.listen(sqlite_db.engine.sync_engine, "before_cursor_execute", explain)
    found = await claim(sqlite_db)
    assert [item.update_id for item in found] == [1, 20_000]
    assert [plan for plan in plans if plan.startswith("SCAN") and not plan.startswith(SCANNED)] == []
    assert len([plan for plan in plans if "ix_inbox_waiting" in plan]) >= 3


# What has a row a lane at most, or one at all.
SCANNED = ("SCAN lanes", "SCAN CONSTANT ROW", "SCAN taken", "SCAN seen", "SCAN found", "SCAN (subquery")
ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(1, 12)),
        st.tuples(st.just("work"), st.sampled_from(["done", "postpone", "half"])),
        st.tuples(st.just("wait"), st.integers(1, 10)),
    ),
    max_size=14,
)


@pytest.mark.parametrize("limit", [1, 3])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=ACTIONS)
async def test_any_interleaving_does_each_update_once_and_in_order(
    sqlite_template: Path, limit: int, actions: list[tuple[str, int | str]]
) -> None:
    """However adding, claiming, doing and postponing mix, each update is done once and in its lane's order."""
    did: dict[int, list[int]] = defaultdict(list)
    sent: dict[int, list[int]] = defaultdict(list)
    with TemporaryDirectory() as folder:
        async with opened(copy_of(sqlite_template, Path(folder) / "posko.db")) as db:
            clock = 0.0
            # In the end everything is worked off.
            for action, value in [*actions, *[("wait", 20), ("work", "done")] * (1 + 12 * len(actions))]:
                if action == "add":
                    number = int(str(value))
                    if number not in sent[number % 3]:
                        sent[number % 3].append(number)
                    await store(db, an_update(number, lane=number % 3))
                elif action == "wait":
                    clock += float(str(value))
                else:
                    found = (await claim(db, seconds=clock))[:limit]
                    if not found and value == "done":
                        if all(did[lane] == sent[lane] for lane in sent):
                            break
                        continue
                    for position, item in enumerate(found):
                        if value == "postpone" or (value == "half" and position % 2):
                            await postpone(db, item, clock + 5)
                        else:
                            await done(db, item)
                            did[item.lane].append(item.update_id)
    assert {lane: did[lane] for lane in sent} == dict(sent)
