"""SQLite without a trip to another thread for every statement: what runs where, and who waits for whom."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import Select, bindparam, delete, func, insert, literal, select, text
from sqlalchemy.exc import MissingGreenlet, OperationalError

from storage.database import state
from storage.database.engine import Database, Tx
from storage.database.sqlite_dialect import BATCH, PARAMETERS, READ_STEPS, TURN, Connection
from storage.tables import MetaRow
from tests.storage_kit import ROOT, one, rows

HERE, THREAD = "MainThread", "sqlite_0"
HOLDER = """
import sqlite3, sys
holder = sqlite3.connect(sys.argv[1], isolation_level=None)
holder.execute("BEGIN IMMEDIATE")
holder.execute("INSERT INTO meta (key, value) VALUES ('holder', '1')")
print("held", flush=True)
sys.stdin.read()
holder.execute("COMMIT")
"""


@pytest.fixture
async def driver(sqlite_db: Database) -> Connection:
    """The one pooled connection, with SQL functions that tell the thread they run in and that wait for the test."""
    async with sqlite_db.engine.connect() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
    assert isinstance(raw, Connection)
    raw.create_function("thread", 0, lambda: threading.current_thread().name)
    return raw


def counting(steps: int, value: Any) -> Select[Any]:
    """A read that lets SQLite's machine work for at least so many steps before it gives a value."""
    numbers = select(literal(1).label("n")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < steps))
    counted = select(func.count().label("total")).select_from(numbers).subquery()
    return select(value).where(counted.c.total > 0)


def writes(number: int) -> list[dict[str, str]]:
    return [{"key": f"k{n}", "value": "1"} for n in range(number)]


@asynccontextmanager
async def held_elsewhere(db: Database) -> AsyncIterator[asyncio.subprocess.Process]:
    """Let another process hold the file until its input ends."""
    arguments = (sys.executable, "-c", HOLDER, str(db.engine.url.database))
    process = await asyncio.create_subprocess_exec(
        *arguments, cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert await process.stdout.readline() == b"held\n"
    try:
        yield process
    finally:
        process.stdin.close()
        await asyncio.wait_for(process.wait(), 20)


async def test_a_lock_held_elsewhere_holds_up_only_who_writes(sqlite_db: Database) -> None:
    """While another process holds the file a write waits and reads go on; when it is free the write is done."""
    async with held_elsewhere(sqlite_db):
        write = asyncio.create_task(sqlite_db.write(lambda tx: state.remember(tx, "a", "1")))
        for _ in range(20):
            assert await sqlite_db.read(lambda tx: state.recall(tx, "holder")) is None
        assert not write.done()
    await asyncio.wait_for(write, 20)
    assert await rows(sqlite_db, select(MetaRow.key).order_by(MetaRow.key)) == [("a",), ("holder",)]


async def test_a_write_that_was_refused_at_first_waits_once_only(sqlite_db: Database, driver: Connection) -> None:
    """A connection that has waited for a lock does not wait in the loop's thread afterwards."""
    async with held_elsewhere(sqlite_db):
        write = asyncio.create_task(sqlite_db.write(lambda tx: state.remember(tx, "a", "1")))
        await sqlite_db.read(lambda tx: state.recall(tx, "a"))
    await asyncio.wait_for(write, 20)
    assert driver.execute("PRAGMA busy_timeout").fetchall() == [(0,)]


async def test_quick_work_stays_and_slow_work_goes(sqlite_db: Database, driver: Connection) -> None:
    """Short statements run in the loop's thread; commits, deletions, batches and what has many values in another."""
    ran: list[tuple[str, str]] = []
    driver.set_trace_callback(lambda sql: ran.append((sql.split()[0], threading.current_thread().name)))

    async def work(tx: Tx) -> None:
        await state.remember(tx, "a", "1")
        await tx.execute(select(MetaRow.key))
        await tx.execute(delete(MetaRow))
        await tx.execute(insert(MetaRow), writes(BATCH))

    await sqlite_db.write(work)
    steps = [one for one in dict.fromkeys(ran) if one[0] != "PRAGMA"]
    here = [(word, HERE) for word in ("BEGIN", "INSERT", "SELECT")]
    assert steps == [*here, ("DELETE", THREAD), ("COMMIT", THREAD)]
    for many in (
        lambda tx: tx.execute(insert(MetaRow), writes(BATCH + 1)),
        lambda tx: tx.execute(insert(MetaRow).values(writes(PARAMETERS // 2 + 1))),
    ):
        ran.clear()
        await sqlite_db.write(lambda tx: tx.execute(delete(MetaRow)))
        await sqlite_db.write(many)
        assert {where for word, where in ran if word == "INSERT"} == {THREAD}


async def test_a_long_read_goes_to_the_thread(sqlite_db: Database, driver: Connection) -> None:
    """A read runs where it is called as long as it is short; a longer one starts anew in the thread."""
    assert await one(sqlite_db, counting(10, func.thread())) == HERE
    assert await one(sqlite_db, counting(READ_STEPS, func.thread())) == THREAD


async def test_the_loop_goes_on_during_a_long_read(sqlite_db: Database, driver: Connection) -> None:
    """While a long read is under way everybody else goes on."""
    met = threading.Event()
    driver.create_function("meet", 0, lambda: met.wait(20))
    read = asyncio.create_task(one(sqlite_db, counting(READ_STEPS, func.meet())))
    await asyncio.sleep(0)
    await sqlite_db.write(lambda tx: state.remember(tx, "a", "1"))
    assert not read.done()
    met.set()
    assert await read == 1


async def test_a_long_read_spoils_no_write(sqlite_db: Database) -> None:
    """What was written before a long read in the same transaction is committed."""

    async def work(tx: Tx) -> None:
        await state.remember(tx, "a", "1")
        assert await tx.scalar(counting(READ_STEPS, literal(5))) == 5
        await state.remember(tx, "b", "1")

    await sqlite_db.write(work)
    assert await rows(sqlite_db, select(MetaRow.key).order_by(MetaRow.key)) == [("a",), ("b",)]


async def test_a_stream_is_read_in_the_thread(sqlite_db: Database, driver: Connection) -> None:
    """The rows of a stream are made in the thread, portion by portion, and other statements run in between."""
    await sqlite_db.write(lambda tx: tx.execute(insert(MetaRow), writes(25)))

    async def look(tx: Tx) -> list[tuple[Any, ...]]:
        stream = await tx.stream(select(MetaRow.key, func.thread()).execution_options(yield_per=10))
        return [(*row, await tx.scalar(select(func.thread()))) async for row in stream]

    assert await sqlite_db.read(look) == [
        (row["key"], THREAD, HERE) for row in sorted(writes(25), key=lambda row: row["key"])
    ]


async def test_a_row_of_statements_lets_others_go_on(sqlite_db: Database) -> None:
    """Whoever runs many short statements gives everybody else a turn in between."""
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async def look(tx: Tx) -> int:
        before = turns
        for _ in range(5 * TURN):
            await state.recall(tx, "a")
        return turns - before

    counter = asyncio.create_task(count())
    assert await sqlite_db.read(look) >= 5
    counter.cancel()


async def test_who_is_cancelled_waits_for_the_thread(sqlite_db: Database, driver: Connection) -> None:
    """A read that is cancelled while the thread works ends when that work has, so that nobody else meets it."""
    begun, met = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def meet() -> bool:
        loop.call_soon_threadsafe(begun.set)
        return met.wait(20)

    driver.create_function("meet", 0, meet)
    read = asyncio.create_task(one(sqlite_db, counting(READ_STEPS, func.meet())))
    await begun.wait()
    for _ in range(3):
        read.cancel()
        await asyncio.sleep(0)
    assert not read.done()
    met.set()
    with pytest.raises(asyncio.CancelledError):
        await read
    assert await sqlite_db.read(lambda tx: state.recall(tx, "a")) is None


async def test_a_statement_outside_awaited_methods_is_refused(sqlite_db: Database) -> None:
    """What PostgreSQL's driver could not do, as a lazy load, fails on SQLite too."""

    async def work(tx: Tx) -> None:
        with pytest.raises(MissingGreenlet):
            tx.sync_session.execute(select(MetaRow.key).where(MetaRow.key == bindparam("key")), {"key": "a"})

    await sqlite_db.read(work)


@pytest.mark.parametrize("fault", ["SELECT CAST(x'ff' AS TEXT)", "SELECT missing", "BEGIN", "DELETE FROM nowhere"])
async def test_a_faulty_statement_is_told(sqlite_db: Database, fault: str) -> None:
    """An error that is no lock and no long read is raised as it is, wherever the statement ran."""
    with pytest.raises(OperationalError, match=r"UTF-8|no such|within a transaction"):
        await sqlite_db.read(lambda tx: tx.execute(text(fault)))


async def test_every_way_of_asking_gives_the_same_rows(sqlite_db: Database) -> None:
    """SQLAlchemy finds all that it expects of an asyncio driver: sessions, connections, streams, rows one by one."""
    await sqlite_db.write(lambda tx: tx.execute(insert(MetaRow), writes(5)))
    statement = select(MetaRow.key).order_by(MetaRow.key)
    keys = [row["key"] for row in writes(5)]
    async with sqlite_db.engine.connect() as connection:
        assert list(await connection.scalars(statement)) == keys
        assert (await connection.exec_driver_sql("SELECT count(*) FROM meta")).scalar() == 5
        stream = await connection.stream(statement)
        assert [row[0] for row in await stream.fetchmany(2)] == keys[:2]
        assert await stream.fetchone() == (keys[2],)
        assert [row[0] for row in await stream.fetchall()] == keys[3:]
        result = await connection.execute(statement)
        assert (result.fetchone(), [row[0] for row in result.fetchmany(2)]) == ((keys[0],), keys[1:3])
        assert [row[0] for row in result] == keys[3:]
        assert (await connection.execute(text("DELETE FROM meta"))).rowcount == 5
