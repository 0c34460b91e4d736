"""Opening a database, and the one way to write to it."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from core.kit.ids import IdMaker
from storage.database import state
from storage.database.engine import Database, Tx, new_id, roll_back, sqlite_file
from storage.database.faults import DatabaseBrokenError, DatabaseBusyError, damaged
from storage.tables import CounterRow, JournalRow, MetaRow
from storage.unit import Unit
from tests.storage_kit import NOW, ROOT, add_person, add_territory, impatient, one, opened, rows

INCREMENTS = 100
CHILD = f"""
import asyncio, sys
from storage.database import state
from storage.database.engine import Database

async def main() -> None:
    db = Database(sys.argv[1])
    for _ in range({INCREMENTS}):
        await db.write(lambda tx: state.next_number(tx, "report"))
    await db.close()

asyncio.run(main())
"""


async def count(db: Database) -> int:
    return int(await one(db, select(CounterRow.value)))


async def start_series(db: Database) -> None:
    """Make the counter's row, which PostgreSQL can then lock."""
    await db.write(lambda tx: state.next_number(tx, "report"))


async def test_two_open_databases_wait_for_each_other(url: str) -> None:
    """A hundred concurrent read-then-update transactions of two open databases all count."""
    async with opened(url) as one_db, opened(url) as other:
        await start_series(one_db)
        work = [db.write(lambda tx: state.next_number(tx, "report")) for db in (one_db, other) for _ in range(50)]
        numbers = await asyncio.gather(*work)
        assert sorted(numbers) == list(range(2, 102))


async def test_two_processes_wait_for_each_other(sqlite_db: Database) -> None:
    """Two processes that read and update one SQLite file at once lose no update and fail no transaction."""
    await start_series(sqlite_db)
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", CHILD, sqlite_db.url, cwd=ROOT)
    for _ in range(INCREMENTS):
        await sqlite_db.write(lambda tx: state.next_number(tx, "report"))
    assert await asyncio.wait_for(child.wait(), 20) == 0
    assert await count(sqlite_db) == 1 + 2 * INCREMENTS


async def test_a_cancelled_write_does_not_hold_up_the_next(db: Database) -> None:
    """A write that follows a cancelled one runs as soon as that one is through."""
    begun, go_on = asyncio.Event(), asyncio.Event()
    order: list[str] = []

    async def slow(tx: Tx) -> None:
        await state.remember(tx, "slow", "1")
        begun.set()
        await go_on.wait()
        order.append("slow")

    async def next_one(tx: Tx) -> None:
        await state.remember(tx, "next", "1")
        order.append("next")

    first = asyncio.create_task(db.write(slow))
    await begun.wait()
    first.cancel()
    second = asyncio.create_task(db.write(next_one))
    await asyncio.sleep(0)
    go_on.set()
    await asyncio.wait_for(second, 5)
    with pytest.raises(asyncio.CancelledError):
        await first
    assert sorted(order) == ["next", "slow"]


async def test_a_cancelled_write_may_have_committed(db: Database) -> None:
    """A write that is cancelled after it began is finished, not left half done."""
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(tx: Tx) -> None:
        await state.remember(tx, "a", "1")
        begun.set()
        await go_on.wait()
        await state.remember(tx, "b", "1")

    task = asyncio.create_task(db.write(slow))
    await begun.wait()
    task.cancel()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await one(db, select(func.count()).select_from(MetaRow)) == 2


async def test_failure_of_a_cancelled_write_is_quiet(db: Database) -> None:
    """A write that fails after its caller was cancelled raises nothing but the cancellation."""
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def broken(tx: Tx) -> None:
        await state.remember(tx, "a", "1")
        begun.set()
        await go_on.wait()
        raise LookupError

    task = asyncio.create_task(db.write(broken))
    await begun.wait()
    task.cancel()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await rows(db, select(MetaRow.key)) == []


async def test_a_write_holds_the_file_from_its_beginning(sqlite_db: Database) -> None:
    """A write takes SQLite's write lock before it reads, so that no later upgrade can fail."""
    async with opened(sqlite_db.url) as other:
        await impatient(other)

        async def work(tx: Tx) -> None:
            await state.recall(tx, "a")
            with pytest.raises(DatabaseBusyError):
                await other.write(lambda tx: state.recall(tx, "a"))

        await sqlite_db.write(work)


async def test_a_held_database_is_named(sqlite_db: Database) -> None:
    """A SQLite file held by another program for too long raises DatabaseBusyError and stores nothing."""
    await impatient(sqlite_db)
    async with opened(sqlite_db.url) as other, other.engine.execution_options(write=True).connect() as holder:
        await holder.execute(text("DELETE FROM meta"))
        with pytest.raises(DatabaseBusyError):
            await sqlite_db.write(lambda tx: state.remember(tx, "a", "1"))
        await holder.rollback()
    assert await rows(sqlite_db, select(MetaRow.key)) == []


async def test_a_freed_database_takes_writes_again(sqlite_db: Database) -> None:
    """After a DatabaseBusyError the same database writes as before."""
    await impatient(sqlite_db)
    async with opened(sqlite_db.url) as other, other.engine.execution_options(write=True).connect() as holder:
        await holder.execute(text("DELETE FROM meta"))
        with pytest.raises(DatabaseBusyError):
            await sqlite_db.write(lambda tx: state.remember(tx, "a", "1"))
        await holder.rollback()
    await sqlite_db.write(lambda tx: state.remember(tx, "a", "1"))
    assert await rows(sqlite_db, select(MetaRow.key)) == [("a",)]


async def test_reading_goes_on_beside_a_writer(sqlite_db: Database) -> None:
    """A reader sees the last committed state while a write is under way."""

    async def work(tx: Tx) -> None:
        await state.remember(tx, "a", "1")
        assert await sqlite_db.read(lambda other: state.recall(other, "a")) is None

    await sqlite_db.write(work)


@pytest.mark.parametrize("error", [LookupError, asyncio.CancelledError])
async def test_any_exception_rolls_everything_back(db: Database, error: type[BaseException]) -> None:
    """Whatever a write's function raises, nothing of it is stored."""

    async def work(tx: Tx) -> None:
        await state.remember(tx, "a", "1")
        state.note(tx, now=NOW, action="test", subject="a")
        await tx.flush()
        raise error

    with pytest.raises(error):
        await db.write(work)
    assert await rows(db, select(MetaRow.key)) == []


async def test_a_failing_commit_rolls_everything_back(db: Database) -> None:
    """A constraint that fails only at the flush before the commit leaves nothing stored, and names no value."""

    async def work(tx: Tx) -> None:
        await state.remember(tx, "a", "1")
        tx.add(MetaRow(key="b", value="1"))
        await tx.flush()
        tx.expunge_all()
        tx.add(MetaRow(key="b", value="Joko mengancam"))

    with pytest.raises(IntegrityError) as caught:
        await db.write(work)
    assert "Joko" not in str(caught.value)
    assert await rows(db, select(MetaRow.key)) == []


async def test_reading_stores_nothing(db: Database) -> None:
    """What a function changes in a read transaction is rolled back."""
    await db.read(lambda tx: state.remember(tx, "a", "1"))
    assert await rows(db, select(MetaRow.key)) == []


async def test_a_transaction_knows_nothing_of_the_one_before(db: Database) -> None:
    """What a transaction holds beside its rows is gone with it; the maker of keys alone stays the same."""

    async def work(tx: Tx) -> Unit:
        assert tx.unit == Unit(tx.unit.ids)
        await state.next_number(tx, "report")
        tx.unit.screens.subjects.add("incident:1")
        return tx.unit

    first, second = await db.write(work), await db.read(work)
    assert first is not second
    assert first.ids is second.ids


async def test_a_rolled_back_transaction_starts_anew(db: Database) -> None:
    """After a rollback nothing of what was gathered is left, a number is given out again, and keys go on rising."""

    async def work(tx: Tx) -> tuple[int, int]:
        before, number = new_id(tx), await state.next_number(tx, "report")
        tx.unit.reports.unfiled.add("m:1:1")
        await roll_back(tx)
        assert tx.unit == Unit(tx.unit.ids)
        assert new_id(tx) > before
        return number, await state.next_number(tx, "report")

    assert await db.write(work) == (1, 1)


async def test_times_come_out_aware_in_utc(db: Database) -> None:
    """A time stored in another zone comes out as the same moment in UTC."""
    wib = NOW.astimezone(timezone(timedelta(hours=7)))

    async def work(tx: Tx) -> None:
        state.note(tx, now=wib, action="test", subject="a")

    await db.write(work)
    found: datetime = await one(db, select(JournalRow.at))
    assert (found, found.tzinfo) == (NOW, UTC)


async def test_naive_time_is_refused(db: Database) -> None:
    """A time that does not know its zone is never stored."""

    async def work(tx: Tx) -> None:
        state.note(tx, now=NOW.replace(tzinfo=None), action="test", subject="a")

    with pytest.raises(StatementError, match="must know its zone"):
        await db.write(work)


async def test_foreign_keys_are_enforced(db: Database) -> None:
    """A row that points nowhere is refused on both engines."""
    await add_territory(db)
    await add_person(db, 7)
    with pytest.raises(IntegrityError):
        await db.write(lambda tx: tx.execute(text("UPDATE assignments SET post_id = 1")))


async def test_sqlite_is_set_up_for_durability(sqlite_url: str) -> None:
    """SQLite runs with a write-ahead log and puts every commit on disk before it returns."""
    db = Database(sqlite_url)
    try:
        settings = [await one(db, text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous")]
    finally:
        await db.close()
    assert settings == ["wal", 2]


async def test_keys_are_given_by_the_database_object(url: str) -> None:
    """A Database makes its keys with the maker it was handed."""
    db = Database(url, ids=IdMaker(lambda: 1_800_000_000_000, node=3))
    try:
        assert await add_person(db, 7, role=None) == IdMaker(lambda: 1_800_000_000_000, node=3).next()
    finally:
        await db.close()


def test_sqlite_file_is_named() -> None:
    """Only a SQLite address with a file has a file."""
    named = [sqlite_file(url) for url in ("sqlite+aiosqlite:///a/b.db", "sqlite+aiosqlite://", "postgresql://h/d")]
    assert named == [Path("a/b.db"), None, None]


async def test_a_broken_database_stays_broken(sqlite_db: Database) -> None:
    """What had begun before a database was found broken, and ends well, does not make it whole again."""
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def slow(_tx: Tx) -> None:
        begun.set()
        await may_end.wait()

    async def finds_it_broken(_tx: Tx) -> None:
        raise damaged(Path("posko.db"), "a page is torn")

    async def nothing(_tx: Tx) -> None:
        return

    writing = asyncio.create_task(sqlite_db.write(slow))
    await begun.wait()
    with pytest.raises(DatabaseBrokenError):
        await sqlite_db.read(finds_it_broken)
    may_end.set()
    await writing
    with pytest.raises(DatabaseBrokenError, match="torn"):
        await sqlite_db.read(nothing)
    assert "torn" in str(await asyncio.wait_for(sqlite_db.broken(), 5))
