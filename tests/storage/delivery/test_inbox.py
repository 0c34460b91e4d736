"""Updates as rows."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select

from storage.database.engine import Database
from storage.delivery import inbox
from storage.delivery.inbox import Claimed
from storage.tables import InboxRow, InboxState
from tests.storage_kit import BOT, NOW, an_update, at, copy_of, one, opened, rows, store


async def claim(db: Database, *, limit: int = 50, after: int | None = None, seconds: float = 0) -> list[Claimed]:
    return await db.read(lambda tx: inbox.claim(tx, BOT, now=at(seconds), after_chat=after, limit=limit))


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


async def test_first_of_each_chat_is_claimed(db: Database) -> None:
    """A claim takes one update a chat: the one that came first."""
    await store(db, an_update(1, chat=10), an_update(2, chat=10), an_update(3, chat=-20), an_update(4, chat=-20))
    assert sorted(item.update_id for item in await claim(db)) == [1, 3]


async def test_order_is_that_of_arrival_not_of_ids(db: Database) -> None:
    """After Telegram has restarted its ids lower, the update that came first is still claimed first."""
    await store(db, an_update(900))
    await store(db, an_update(5))
    assert [item.update_id for item in await claim(db)] == [900]


async def test_next_of_a_chat_follows_when_the_first_is_done(db: Database) -> None:
    """The second update of a chat is claimed only after the first is done."""
    await store(db, an_update(1), an_update(2))
    await done(db, *await claim(db))
    assert [item.update_id for item in await claim(db)] == [2]


async def test_claims_go_round_the_chats(db: Database) -> None:
    """Claims of a few go round all chats, however much the first ones have waiting."""
    await store(db, *(an_update(100 * chat + n, chat=chat) for chat in range(1, 8) for n in range(5)))
    served: list[int] = []
    after: int | None = None
    for _ in range(4):
        found = await claim(db, limit=2, after=after)
        await done(db, *found)
        after = found[-1].chat_key
        served += [item.chat_key for item in found]
    assert served == [1, 2, 3, 4, 5, 6, 7, 1]


async def test_a_claim_that_wraps_takes_no_chat_twice(db: Database) -> None:
    """A claim that begins in the middle and goes round takes each chat once."""
    await store(db, *(an_update(chat, chat=chat) for chat in range(1, 6)))
    assert [item.chat_key for item in await claim(db, after=3)] == [4, 5, 1, 2, 3]


async def test_postponed_update_holds_back_its_own_chat_only(db: Database) -> None:
    """While the first update of a chat waits for its next attempt, its chat waits and the others go on."""
    await store(db, an_update(1, chat=1), an_update(2, chat=1), an_update(3, chat=2))
    await postpone(db, (await claim(db))[0], 8)
    assert [item.update_id for item in await claim(db, seconds=7)] == [3]


async def test_postponed_update_comes_again(db: Database) -> None:
    """A postponed update is claimed when its time has come, with its attempts counted."""
    await store(db, an_update(1))
    await postpone(db, (await claim(db))[0], 8)
    (item,) = await claim(db, seconds=8)
    assert (item.update_id, item.attempts) == (1, 1)


async def test_update_set_aside_frees_its_chat(db: Database) -> None:
    """An update that was given up is kept with its reason, and the next of its chat is claimed."""
    await store(db, an_update(1), an_update(2))
    first = (await claim(db))[0]
    await db.write(lambda tx: inbox.set_aside(tx, first.id, now=NOW, error="broken"))
    assert [item.update_id for item in await claim(db)] == [2]
    assert await rows(db, select(InboxRow.error).where(InboxRow.state == InboxState.DEAD)) == [("broken",)]


async def test_strangers_words_are_forgotten(db: Database) -> None:
    """What somebody wrote who takes no part is not kept."""
    await store(db, an_update(1, body='{"text": "rahasia"}'))
    (item,) = await claim(db)
    await db.write(lambda tx: inbox.forget_bodies(tx, [item.id]))
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
    """A claim steps along the index of waiting rows and scans neither the table nor the backlog of a chat."""
    await store(sqlite_db, *(an_update(n, chat=1) for n in range(1, 10_001)))
    await store(sqlite_db, an_update(20_000, chat=2))
    plans: list[str] = []

    def explain(_c: object, cursor: object, statement: str, parameters: object, _x: object, _m: bool) -> None:
        if "chats" in statement and not statement.startswith("EXPLAIN"):
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[attr-defined]
            plans.extend(row[3] for row in cursor.fetchall())  # type: ignore[attr-defined]

    event.listen(sqlite_db.engine.sync_engine, "before_cursor_execute", explain)
    found = await claim(sqlite_db)
    assert [item.update_id for item in found] == [1, 20_000]
    assert [plan for plan in plans if plan.startswith("SCAN") and plan not in {"SCAN chats", "SCAN CONSTANT ROW"}] == []
    assert len([plan for plan in plans if "ix_inbox_waiting" in plan]) >= 3


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
    """However adding, claiming, doing and postponing mix, each update is done once and in its chat's order."""
    did: dict[int, list[int]] = defaultdict(list)
    sent: dict[int, list[int]] = defaultdict(list)
    with TemporaryDirectory() as folder:
        async with opened(copy_of(sqlite_template, Path(folder) / "posko.db")) as db:
            clock, after = 0.0, None
            # In the end everything is worked off.
            for action, value in [*actions, *[("wait", 20), ("work", "done")] * (1 + 12 * len(actions))]:
                if action == "add":
                    number = int(str(value))
                    if number not in sent[number % 3]:
                        sent[number % 3].append(number)
                    await store(db, an_update(number, chat=number % 3))
                elif action == "wait":
                    clock += float(str(value))
                else:
                    found = await claim(db, limit=limit, after=after, seconds=clock)
                    if not found and value == "done":
                        if all(did[chat] == sent[chat] for chat in sent):
                            break
                        continue
                    for position, item in enumerate(found):
                        if value == "postpone" or (value == "half" and position % 2):
                            await postpone(db, item, clock + 5)
                        else:
                            await done(db, item)
                            did[item.chat_key].append(item.update_id)
                    after = found[-1].chat_key if found else after
    assert {chat: did[chat] for chat in sent} == dict(sent)
