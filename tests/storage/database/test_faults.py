"""What a database can no longer do: told apart by what helps, said once, and over when it is over."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from storage.database import checking, state
from storage.database.checking import FaultNote
from storage.database.engine import Database, Tx
from storage.database.faults import (
    DatabaseAwayError,
    DatabaseBrokenError,
    DatabaseBusyError,
    DatabaseFullError,
    fault_of,
)
from storage.tables import MetaRow
from tests.storage_kit import NOW, Line, emptied, on_server, one, opened, rows

NOBODY = "postgresql+asyncpg://posko:rahasia@127.0.0.1:1/posko"  # an address at which nothing listens
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'"


@pytest.fixture
async def server_db(postgres: str) -> AsyncIterator[Database]:
    await emptied(postgres)
    async with opened(postgres) as database:
        yield database


async def cut(db: Database) -> None:
    """Cut every connection of this database, as a server does that restarts."""
    await on_server(CUT.format(db.engine.url.database))


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the program logged, without what follows the first sign of an address or a reason."""
    return [record.message.partition(" (")[0].partition(" at ")[0] for record in caplog.records]


async def test_cut_connections_cost_one_failure(server_db: Database) -> None:
    """After a server has cut all connections one call fails as away; the others of the pool are opened anew at once."""
    many = [server_db.read(lambda tx: tx.scalar(text("SELECT pg_sleep(0.05)"))) for _ in range(5)]
    await asyncio.gather(*many)
    await cut(server_db)
    with pytest.raises(DatabaseAwayError):
        await server_db.read(lambda tx: state.recall(tx, "a"))
    for _ in range(5):
        await server_db.write(lambda tx: state.remember(tx, "a", "1"))


async def test_a_connection_cut_in_the_middle_stores_nothing(server_db: Database) -> None:
    """A transaction whose connection is cut is away with all that it did, also when it is cut before the commit."""

    async def work(tx: Tx) -> None:
        await state.remember(tx, "a", "1")
        await cut(server_db)

    with pytest.raises(DatabaseAwayError):
        await server_db.write(work)
    assert await rows(server_db, MetaRow.__table__.select()) == []


async def test_an_outage_is_two_lines(server_db: Database, caplog: pytest.LogCaptureFixture) -> None:
    """However many calls fail, the log says once that the database is away and once that it is back."""
    async with Line() as line, opened(line.to(server_db.url)) as db:
        await db.read(lambda tx: state.recall(tx, "a"))
        await line.cut()
        for _ in range(5):
            with pytest.raises(DatabaseAwayError):
                await db.read(lambda tx: state.recall(tx, "a"))
            with pytest.raises(DatabaseAwayError):
                await db.write(lambda tx: state.remember(tx, "a", "1"))
        await line.mend()
        await db.write(lambda tx: state.remember(tx, "a", "1"))
        await db.read(lambda tx: state.recall(tx, "a"))
    assert said(caplog) == ["the database", "the database can be used again; what waited goes on"]


async def test_a_server_that_takes_no_connection_is_away(caplog: pytest.LogCaptureFixture) -> None:
    """A refused connection is one line, without the password, for reads and writes alike."""
    db = Database(NOBODY)
    for _ in range(3):
        with pytest.raises(DatabaseAwayError):
            await db.read(lambda tx: state.recall(tx, "a"))
        with pytest.raises(DatabaseAwayError):
            await db.write(lambda tx: state.remember(tx, "a", "1"))
    await db.close()
    assert said(caplog) == ["the database"]
    assert "rahasia" not in caplog.text


async def test_a_database_that_is_closed_to_all_is_away(postgres: str, caplog: pytest.LogCaptureFixture) -> None:
    """A server that is up but lets nobody in, with whatever words, is one line, and one more when it lets us in again."""
    name = make_url(postgres).database
    async with opened(postgres) as db:
        try:
            await on_server(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false", CUT.format(name))
            for _ in range(3):
                with pytest.raises(DatabaseAwayError):
                    await db.read(lambda tx: state.recall(tx, "a"))
        finally:
            await on_server(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        await db.write(lambda tx: state.remember(tx, "a", "1"))
    assert said(caplog) == ["the database", "the database can be used again; what waited goes on"]


@pytest.mark.parametrize(
    ("sqlstate", "kind"),
    [
        ("57P01", DatabaseAwayError),
        ("57P03", DatabaseAwayError),
        ("08006", DatabaseAwayError),
        ("53300", DatabaseAwayError),
        ("53100", DatabaseFullError),
        ("XX001", DatabaseBrokenError),
        ("XX002", DatabaseBrokenError),
        ("58030", DatabaseBrokenError),
        ("25006", DatabaseBrokenError),
        ("42501", DatabaseBrokenError),
        ("23505", DBAPIError),
        ("40001", DBAPIError),
        ("22012", DBAPIError),
    ],
)
async def test_what_a_server_says_is_told_apart(server_db: Database, sqlstate: str, kind: type[Exception]) -> None:
    """Each SQLSTATE that concerns the whole database has its kind; what is wrong with one statement stays as it is."""
    raising = f"DO $$ BEGIN RAISE EXCEPTION SQLSTATE '{sqlstate}' USING MESSAGE = 'as asked'; END $$"
    with pytest.raises(kind) as caught:
        await server_db.write(lambda tx: tx.execute(text(raising)))
    assert type(caught.value) is kind or kind is DBAPIError
    assert "as asked" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("SQLITE_BUSY", DatabaseBusyError),
        ("SQLITE_BUSY_SNAPSHOT", DatabaseBusyError),
        ("SQLITE_FULL", DatabaseFullError),
        ("SQLITE_CORRUPT", DatabaseBrokenError),
        ("SQLITE_CORRUPT_INDEX", DatabaseBrokenError),
        ("SQLITE_CORRUPT_VTAB", DatabaseBrokenError),
        ("SQLITE_NOTADB", DatabaseBrokenError),
        ("SQLITE_READONLY", DatabaseBrokenError),
        ("SQLITE_READONLY_DBMOVED", DatabaseBrokenError),
        ("SQLITE_CANTOPEN", DatabaseBrokenError),
        ("SQLITE_IOERR", DatabaseBrokenError),
        ("SQLITE_IOERR_FSYNC", DatabaseBrokenError),
        ("SQLITE_CONSTRAINT", type(None)),
        ("SQLITE_ERROR", type(None)),
        ("SQLITE_INTERRUPT", type(None)),
    ],
)
def test_what_sqlite_says_is_told_apart(name: str, kind: type[Exception], tmp_path: Path) -> None:
    """Each code of SQLite that concerns the whole file has its kind, extended codes too, and names the file in one line."""
    error = sqlite3.OperationalError("as asked")
    error.sqlite_errorcode, error.sqlite_errorname = getattr(sqlite3, name), name
    fault = fault_of(error, make_url(f"sqlite+aiosqlite:///{tmp_path / 'posko.db'}"))
    assert type(fault) is kind
    assert fault is None or (str(tmp_path / "posko.db") in str(fault) and "\n" not in str(fault))


async def test_a_full_disk_is_waited_out(sqlite_db: Database, caplog: pytest.LogCaptureFixture) -> None:
    """A full disk stores nothing, says so once although reading goes on, and writing goes on when there is room."""

    async def fill(tx: Tx) -> None:
        await state.remember(tx, "much", "x" * 5_000_000)

    async with sqlite_db.engine.connect() as connection:  # the one pooled connection: its limit stands for the disk's
        pages = await connection.scalar(text("PRAGMA page_count"))
        await connection.execute(text(f"PRAGMA max_page_count = {pages + 9}"))
    for _ in range(3):
        with pytest.raises(DatabaseFullError):
            await sqlite_db.write(fill)
        assert await rows(sqlite_db, MetaRow.__table__.select()) == []
    async with sqlite_db.engine.connect() as connection:
        await connection.execute(text("PRAGMA max_page_count = 1073741823"))
    await sqlite_db.write(fill)
    lines = [record.message for record in caplog.records if record.levelno >= logging.WARNING]
    assert ["is full" in line for line in lines] == [True, False]
    assert lines[1].startswith("the database can be used again")


async def test_a_broken_database_is_not_tried_again(sqlite_db: Database, caplog: pytest.LogCaptureFixture) -> None:
    """Once it is broken every call says so at once; whoever waits for that is told, and the log is left to them."""
    await one(sqlite_db, text("SELECT count(*) FROM meta"))
    file = Path(str(sqlite_db.engine.url.database))
    await sqlite_db.write(lambda tx: state.remember(tx, "a", "1"))
    moved = file.rename(file.with_name("moved"))
    with pytest.raises(DatabaseBrokenError, match="deleted or replaced"):
        await sqlite_db.write(lambda tx: state.remember(tx, "a", "2"))
    moved.rename(file)
    with pytest.raises(DatabaseBrokenError):
        await sqlite_db.read(lambda tx: state.recall(tx, "a"))
    assert "deleted or replaced" in str(await asyncio.wait_for(sqlite_db.broken(), 5))
    assert caplog.records == []


async def test_every_table_is_looked_through(sqlite_db: Database) -> None:
    """A sound file passes the quick look, the look at everything, and the thorough one; none is left over in a small file."""
    assert await checking.check_start(sqlite_db) == []
    assert await checking.check_start(sqlite_db, thorough=True) == []
    await checking.check_all(sqlite_db)


async def test_a_look_that_takes_too_long_is_broken_off(sqlite_db: Database) -> None:
    """A table that the start has no time for is left over, and nothing is wrong with the connection afterwards."""
    soon = asyncio.get_running_loop().time()

    async def fill(tx: Tx) -> None:
        await tx.execute(
            text(
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) "
                "INSERT INTO meta SELECT 'key' || i, 'x' FROM n"
            )
        )

    await sqlite_db.write(fill)
    assert not await checking.check_table(sqlite_db, "meta", until=soon)
    assert await checking.check_table(sqlite_db, "meta")


def test_a_fault_is_remembered_beside_the_evidence(tmp_path: Path) -> None:
    """When the last fault was outlives the program; a note that cannot be read or written is none."""
    note = FaultNote(tmp_path / "media" / ".fault")
    assert note.read() is None
    assert note.write(NOW)
    assert note.read() == NOW
    note.clear()
    assert note.read() is None
    (tmp_path / "file").write_text("")
    assert not FaultNote(tmp_path / "file" / ".fault").write(NOW)
