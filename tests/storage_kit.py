"""What the tests of storage and jobs share: a clock that stands still, databases of both engines, rows with valid defaults."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, make_url, select, text
from sqlalchemy.exc import OperationalError

from actions.entry.opening import open_desk
from core.delivery.limits import Share
from core.delivery.outgoing import Outgoing, Place, Priority
from core.desk import Desk
from core.forms.form_files import load_forms
from core.forms.forms import Forms
from core.kit.settings import Settings
from core.kit.texts import Texts
from core.territory.regions import Region, RegionLevel
from storage import groups, notices
from storage.database import migrate
from storage.database.engine import Database, Tx, make_engine
from storage.database.faults import DatabaseBusyError
from storage.delivery import inbox, outbox, screens
from storage.delivery.inbox import NewUpdate
from storage.delivery.outbox import Ready
from storage.people import people
from storage.tables import Base, NoticeRow, OutboxRow, PersonRow, RegionRow
from storage.territory import places
from storage.territory.places import NewPost

ROOT = Path(__file__).parents[1]
BOT = 123456
NOW = datetime(2027, 2, 3, 0, 10, tzinfo=UTC)  # eleven days before the event, 07.10 WIB
EVENT = date(2027, 2, 14)
SERVER = "postgresql+asyncpg://postgres@127.0.0.1:5432/"
EVERYTHING = 10_000  # more rows than any test has


class FakeClock:
    """A time that passes only when a test says so."""

    def __init__(self, start: datetime = NOW) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def seconds(self) -> float:
        """Give the same time as the local Telegram wants it."""
        return self._now.timestamp()

    def advance(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)


def at(seconds: float) -> datetime:
    """Give the time so many seconds after the start."""
    return NOW + timedelta(seconds=seconds)


@cache
def preset_forms() -> Forms:
    """The forms of the preset, read once; nothing changes a form."""
    return load_forms(ROOT / "presets" / "sumsel" / "forms")


@cache
def program_texts() -> Texts:
    """The program's texts in the time of Jakarta, read once; a faulty one is an error."""
    return Texts([ROOT / "locales"], zone=ZoneInfo("Asia/Jakarta"), strict=True)


# Databases.


_compiled: dict[str, tuple[Any, Any]] = {}  # by the kind of database: its dialect, and what that made of statements


def a_database(url: str) -> Database:
    """A database that goes on with the SQL which earlier tests compiled: making it anew would be half of a short test."""
    db = Database(url)
    for engine in (db.engine.sync_engine, db._writer.sync_engine):
        engine.dialect, engine._compiled_cache = _compiled.setdefault(
            engine.dialect.name, (engine.dialect, engine._compiled_cache)
        )
    if db.is_sqlite:  # nobody pulls the plug on a test; programs that a test starts and kills wait for the disk
        event.listen(db.engine.sync_engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
    return db


async def migrated(url: str) -> None:
    """Bring an empty database to the program's schema."""
    db = Database(url)
    try:
        await migrate.upgrade(db)
    finally:
        await db.close()


def copy_of(template: Path, target: Path) -> str:
    """Copy a SQLite file and give the copy's address."""
    shutil.copyfile(template, target)
    return f"sqlite+aiosqlite:///{target}"


async def on_server(*statements: str) -> None:
    """Run statements on the PostgreSQL server, outside any transaction."""
    engine = make_engine(f"{SERVER}postgres", pooled=False).execution_options(isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            for statement in statements:
                await connection.execute(text(statement))
    finally:
        await engine.dispose()


@contextmanager
def private_postgres(name: str) -> Iterator[str]:
    """Make a PostgreSQL database that is dropped afterwards; skips when no server runs, fails in CI."""
    try:
        asyncio.run(
            on_server(
                f"DROP DATABASE IF EXISTS {name} WITH (FORCE)",
                f"CREATE DATABASE {name}",
                f"ALTER DATABASE {name} SET synchronous_commit = off",  # nobody pulls the plug on a test
            )
        )
    except (OSError, OperationalError, DatabaseBusyError):
        told = "PostgreSQL is not running on 127.0.0.1:5432"
        if os.environ.get("CI"):
            pytest.fail(told)
        pytest.skip(told)
    try:
        yield f"{SERVER}{name}"
    finally:
        asyncio.run(on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))


class Line:
    """The line to the PostgreSQL server, which a test can cut: then it breaks off and nothing listens at its end."""

    async def __aenter__(self) -> Self:
        """Lay the line."""
        self._port, self._ends = 0, set[asyncio.StreamWriter]()
        await self.mend()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Take the line away."""
        await self.cut()

    def to(self, url: str) -> str:
        """The address of a database at the other end of the line."""
        return make_url(url).set(port=self._port).render_as_string(hide_password=False)

    async def cut(self) -> None:
        """Break the line; whoever tries to connect is refused."""
        self._server.close()
        for end in self._ends:
            end.close()
        await self._server.wait_closed()

    async def mend(self) -> None:
        """Lay the line anew, at the same address."""
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far = make_url(SERVER)
        there, back = await asyncio.open_connection(far.host, far.port)
        self._ends |= {writer, back}
        await asyncio.gather(_pass_on(reader, back), _pass_on(there, writer))


async def _pass_on(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while piece := await source.read(1 << 16):
            target.write(piece)
            await target.drain()
    target.close()


async def emptied(url: str) -> None:
    """Delete every row of a PostgreSQL database."""
    engine = make_engine(url, pooled=False)
    # Children first; far quicker on small tables than TRUNCATE, which makes new files.
    deletes = " ".join(f"DELETE FROM {table.name};" for table in reversed(Base.metadata.sorted_tables))
    try:
        async with engine.begin() as connection:
            await connection.execute(text(f"DO $$ BEGIN {deletes} END $$"))
    finally:
        await engine.dispose()


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """Open a database for the time of the block."""
    db = a_database(url)
    try:
        yield db
    finally:
        await db.close()


async def impatient(db: Database) -> None:
    """Make the one pooled connection wait a millisecond for the lock instead of half a minute."""
    async with db.engine.connect() as connection:
        raw = await connection.get_raw_connection()
        assert raw.driver_connection is not None
        raw.driver_connection.wait_ms = 1


# Rows.


def an_update(number: int, *, lane: int = 1, body: str = "{}", alarm: bool = False) -> NewUpdate:
    return NewUpdate(number, lane, body, alarm=alarm)


async def store(db: Database, *updates: NewUpdate, now: datetime = NOW) -> int:
    """Store updates as the intake does."""
    return await db.write(lambda tx: inbox.add(tx, BOT, updates, now=now))


def a_message(key: str, *, chat: int | None = 1, priority: Priority = Priority.ALERT, **more: Any) -> Outgoing:
    """Make a message whose text is its key."""
    method = more.pop("method", "sendMessage")
    params = more.pop("params", {"text": key})
    return Outgoing(method, params, key, priority, chat_id=chat, **more)


async def put(db: Database, *messages: Outgoing, now: datetime = NOW) -> None:
    """Add messages to the outbox."""
    await db.write(lambda tx: outbox.add_many(tx, BOT, messages, now=now))


async def waiting(db: Database, *, now: datetime = NOW, closed: tuple[int, ...] = ()) -> list[Ready]:
    """What could be sent now, most urgent first."""
    return await db.read(
        lambda tx: outbox.ready(tx, BOT, now=now, closed={Share.URGENT: closed}, held=(), limit=EVERYTHING)
    )


async def show(db: Database, key: str, words: str, *, place: tuple[int, int | None] = (-5, None)) -> None:
    """Let a screen show these words."""
    params = {"text": words}
    await db.write(
        lambda tx: screens.show(tx, BOT, screens.Shown(key, subject="incident:1", place=place, params=params), now=NOW)
    )


async def states(db: Database) -> dict[str, str]:
    """The state of every message by its key."""
    return dict(await rows(db, select(OutboxRow.key, OutboxRow.state)))


async def rows(db: Database, statement: Any) -> list[Any]:
    """Run a query and give its rows as plain tuples."""

    async def look(tx: Tx) -> list[Any]:
        return [tuple(row) for row in await tx.execute(statement)]

    return await db.read(look)


async def one(db: Database, statement: Any) -> Any:
    """Run a query and give the first value of its first row."""
    return (await rows(db, statement))[0][0]


async def add_person(db: Database, telegram_id: int, name: str = "Budi", *, role: str | None = "officer") -> int:
    """Add a person, with a role over Palembang unless told otherwise, and give their key."""

    async def work(tx: Tx) -> int:
        row = people.add(tx, telegram_id=telegram_id, name=name, agency="lapas", language="id", now=NOW)
        if role is not None:
            people.assign(tx, row, role=role, region_code="16.71", post_id=None, granted="test", now=NOW)
        return row.id

    return await db.write(work)


async def add_territory(db: Database) -> None:
    """Add a province with one city and one prison."""
    regions = [
        Region("16", "", RegionLevel.PROVINCE, "Sumatera Selatan", "Sumsel"),
        Region("16.71", "16", RegionLevel.REGENCY, "Kota Palembang", "Palembang"),
    ]
    post = NewPost("LAPAS-1671", "Lapas Palembang", "lapas", "16.71", None, "special", None, None)

    async def work(tx: Tx) -> None:
        await places.add_regions(tx, regions)
        await places.put_posts(tx, [post])

    await db.write(work)


async def link_group(db: Database, chat_id: int, *, thread: int | None = None) -> int:
    """Link a group to Palembang and give its key; the territory must be there."""

    async def work(tx: Tx) -> int:
        row = await groups.link_group(
            tx, BOT, Place(chat_id, thread), title="Grup", region_code="16.71", purposes=(), now=NOW
        )
        return row.id

    return await db.write(work)


async def add_notice(db: Database, author: int, readers: dict[int, int], **more: Any) -> int:
    """Add a notice that is being sent to these people (key to Telegram id), and give its key."""

    async def work(tx: Tx) -> int:
        row = notices.add(tx, person_id=author, audience="", text="Halo", now=NOW)
        row.state, row.confirmed_at, row.total = "sending", NOW, len(readers)
        tx.add(row)
        await tx.flush()
        await notices.await_receipts(tx, row, list((await people.by_ids(tx, list(readers))).values()), now=NOW)
        messages = [
            a_message(f"n{person}", chat=chat, priority=Priority.NOTICE, once=True, notice_id=row.id, person_id=person)
            for person, chat in readers.items()
        ]
        await outbox.add_many(tx, BOT, [replace(item, **more) for item in messages], now=NOW)
        return row.id

    return await db.write(work)


async def notice_outcome(db: Database, notice: int) -> notices.NoticeOutcome:
    """What became of a notice so far."""

    async def look(tx: Tx) -> notices.NoticeOutcome:
        row = await tx.get(NoticeRow, notice)
        assert row is not None
        return await notices.outcome(tx, row)

    return await db.read(look)


async def unreachable(db: Database) -> set[int]:
    """The Telegram ids of the people who cannot be reached."""
    found = await rows(db, select(PersonRow.telegram_id).where(PersonRow.unreachable_since.is_not(None)))
    return {row[0] for row in found}


_desks: dict[tuple[datetime, tuple[str, ...]], Desk] = {}  # of what is in its files; reading them takes a while


async def a_desk(db: Database, now: datetime = NOW) -> Desk:
    """The desk that the program would have over this database."""
    codes = await db.read(lambda tx: tx.scalars(select(RegionRow.code).order_by(RegionRow.code)))
    key = (now, tuple(codes))
    if key not in _desks:
        settings = Settings(
            token="123456:sandbox",
            preset=ROOT / "presets" / "sumsel",
            event_date=EVENT,
            _env_file=None,
        )
        opened = await open_desk(settings, db, locales=ROOT / "locales", now=now, strict=True)
        _desks[key] = replace(opened, bot_id=BOT, bot_username="posko_test_bot")
    return _desks[key]
