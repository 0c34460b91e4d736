"""Opening a database, and the one way to write to it."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, NullPool, dialects, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, ExceptionContext
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from core.kit.ids import IdMaker
from storage.database import sqlite_dialect
from storage.database.faults import (
    DatabaseAwayError,
    DatabaseBrokenError,
    DatabaseBusyError,
    away,
    fault_of,
    gone,
    shut,
)
from storage.unit import Unit

LOG = logging.getLogger(__name__)
T = TypeVar("T")

LOCK_WAIT_MS = 30_000  # an import or a backup beside the running program may hold the file this long
CONNECT_SECONDS = 5.0  # a server that takes longer to let us in is away


class Tx(AsyncSession):
    """One transaction: a session, with what it knows beside its rows."""

    def __init__(self, engine: AsyncEngine, ids: IdMaker) -> None:
        super().__init__(engine, autoflush=False, expire_on_commit=False)
        self.unit = Unit(ids)


def new_id(tx: Tx) -> int:
    """Give the next program-made key."""
    return tx.unit.ids.next()


def count_pending(tx: Tx) -> tuple[int, int, int]:
    """How many new rows, changed rows and messages a transaction holds that are not yet written."""
    return len(tx.new), len(tx.dirty), len(tx.unit.outgoing)


async def roll_back(tx: Tx) -> None:
    """Undo what a transaction has done, and forget what was gathered beside its rows; it can be used further."""
    await tx.rollback()
    tx.unit = tx.unit.anew()


def insert_for(tx: Tx) -> Any:
    """Give the INSERT construct of this database, which knows ON CONFLICT."""
    return postgresql.insert if tx.get_bind().dialect.name == "postgresql" else sqlite.insert


def sqlite_file(url: str) -> Path | None:
    """Name the file behind a SQLite address, None for another database or for one in memory."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        return None
    return Path(parsed.database)


def make_engine(url: str, *, foreign_keys: bool = True, pooled: bool = True) -> AsyncEngine:
    """Build an engine whose SQLite connections are set up for durable, concurrent use.

    SQLite: write-ahead log, every commit on disk before it returns (`synchronous=FULL`), foreign
    keys, and an explicit BEGIN (the driver's own would leave SELECT and DDL outside transactions);
    writers begin IMMEDIATE, because a read that later upgrades to a write fails under concurrency.
    """
    options: dict[str, Any] = {
        "json_serializer": partial(json.dumps, ensure_ascii=False, separators=(",", ":")),
        "hide_parameters": True,  # answers and names are nothing for a log, nor for the note why an update failed
    }
    if not pooled:
        options["poolclass"] = NullPool
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        options["connect_args"] = {"async_creator_fn": partial(_connect, address), "timeout": CONNECT_SECONDS}
        engine = create_async_engine(address, **options)
        event.listen(engine.sync_engine, "handle_error", _name_fault)
        return engine
    dialects.registry.register("sqlite.inloop", sqlite_dialect.__name__, "Dialect")
    pragmas = (
        "journal_mode=WAL",
        "synchronous=FULL",
        f"foreign_keys={'ON' if foreign_keys else 'OFF'}",
        "cache_size=-32000",
    )
    options["connect_args"] = {"pragmas": pragmas, "wait_ms": LOCK_WAIT_MS}
    engine = create_async_engine(address.set(drivername="sqlite+inloop"), **options)

    def on_begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    event.listen(engine.sync_engine, "begin", on_begin)
    event.listen(engine.sync_engine, "handle_error", _name_fault)
    return engine


async def _connect(address: URL, *given: Any, **options: Any) -> Any:
    """Open a connection to PostgreSQL; of a server that cannot be reached the driver would raise the network's own errors."""
    import asyncpg  # noqa: PLC0415 - installed only where PostgreSQL is used

    try:
        return await asyncpg.connect(*given, **options)
    except OSError as error:  # TimeoutError is one
        raise away(str(error) or type(error).__name__, address) from None


def _name_fault(context: ExceptionContext) -> None:
    """Raise what an error of the driver means for the whole database in its place."""
    assert context.engine is not None
    cut = (
        context.is_disconnect and context.sqlalchemy_exception is not None
    )  # a cancelled task counts as disconnected too
    never_in = context.connection is None  # whatever a server says who lets nobody in, no statement is to blame
    fault = fault_of(context.original_exception, context.engine.url, disconnected=cut or never_in)
    if isinstance(fault, DatabaseAwayError):
        context.is_disconnect = True  # whatever else is pooled was cut too: all of it is opened anew
    if fault is not None:
        raise fault


class Database:
    """One database: `read` and `write` run a function in a transaction of its own.

    A write on SQLite runs shielded and under one lock per process: a write that is cancelled half-way
    would otherwise stall every other writer for the whole lock wait. A cancelled caller may still have
    committed, so every write must be keyed.

    Both raise DatabaseBusyError, or what is derived from it, when the database cannot be used; that is logged here,
    once when it begins and once when it is over, so whoever tries again says nothing.
    """

    def __init__(self, url: str, *, ids: IdMaker | None = None) -> None:
        self.url = url
        self.engine = make_engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._writer = self.engine.execution_options(write=True)
        self._ids = ids or IdMaker()
        self._lock = asyncio.Lock()
        self._trouble: DatabaseBusyError | None = None  # it passes
        self._broken: DatabaseBrokenError | None = None  # this does not
        self._broke = asyncio.Event()
        self._file = _OpenFile(url)

    def _session(self, engine: AsyncEngine) -> Tx:
        return Tx(engine, self._ids)

    async def read(self, fn: Callable[[Tx], Awaitable[T]]) -> T:
        """Run `fn` in a read transaction: one consistent view, nothing is stored."""
        with self._watched():
            async with self._session(self.engine) as tx:
                result = await fn(tx)
                await tx.rollback()
                return result

    async def write(self, fn: Callable[[Tx], Awaitable[T]]) -> T:
        """Run `fn` and commit; whatever it raises rolls everything back."""
        task = asyncio.ensure_future(self._write(fn))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            if not task.done():
                await asyncio.wait([task])
            if not task.cancelled():
                task.exception()  # retrieved, so that a failure after the cancel is not reported twice
            raise

    async def _write(self, fn: Callable[[Tx], Awaitable[T]]) -> T:
        if not self.is_sqlite:
            return await self._transact(fn)
        async with self._lock:
            return await self._transact(fn)

    async def _transact(self, fn: Callable[[Tx], Awaitable[T]]) -> T:
        with self._watched(write=True):
            async with self._session(self._writer) as tx:
                result = await fn(tx)
                await tx.commit()
            self._file.check()  # after the commit: what went into a file without a name must be told to nobody
            return result

    @contextmanager
    def _watched(self, *, write: bool = False) -> Iterator[None]:
        """Note when the database ceases to be usable and when it is again; once it is broken, nothing is tried."""
        if self._broken is not None:
            raise DatabaseBrokenError(str(self._broken))
        try:
            yield
        except Exception as error:
            fault = error if isinstance(error, DatabaseBusyError) else fault_of(error, self.engine.url)
            if fault is None:
                raise
            self._failed(fault)
            if fault is error:
                raise
            raise fault from error
        # Of a full or held SQLite file one can go on reading.
        if self._trouble is not None and (write or isinstance(self._trouble, DatabaseAwayError)):
            self._trouble = None
            LOG.warning("the database can be used again; what waited goes on")

    def _failed(self, fault: DatabaseBusyError) -> None:
        if isinstance(fault, DatabaseBrokenError):
            self._broken = self._broken or fault
            self._broke.set()  # whoever ends the program says why
            return
        if type(fault) is not type(self._trouble):
            LOG.warning("%s. Everything waits and is tried again", fault)
        self._trouble = fault

    async def broken(self) -> DatabaseBrokenError:
        """Wait until the database turns out to be broken; most never do."""
        await self._broke.wait()
        assert self._broken is not None, "whoever sets the event sets this first"
        return self._broken

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


class _OpenFile:
    """The SQLite file that is in use: it must stay where it is, for nothing tells a program that writes to a deleted one."""

    def __init__(self, url: str) -> None:
        self._file = sqlite_file(url)
        self._identity: tuple[int, int] | None = None
        self._logged = False  # whether there was a write-ahead log: not every file system can have one

    def check(self) -> None:
        """Raise DatabaseBrokenError when the file or its log was taken away or shut; a few microseconds."""
        if self._file is None:
            return
        try:
            found = self._file.stat()
        except OSError:
            raise gone(self._file) from None
        log = os.path.exists(f"{self._file}-wal")  # noqa: PTH110 - three times as quick, and done at every commit
        identity = (found.st_dev, found.st_ino)
        if identity != (self._identity or identity) or (self._logged and not log):
            raise gone(self._file)
        if not os.access(self._file, os.R_OK | os.W_OK):
            raise shut(self._file, "it may not be written")
        self._identity, self._logged = identity, log
