"""Opening a database, and the one way to write to it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import NullPool, dialects, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from core.kit.ids import IdMaker
from storage.database import sqlite_dialect
from storage.unit import Unit

T = TypeVar("T")

LOCK_WAIT_MS = 30_000  # an import or a backup beside the running program may hold the file this long


class DatabaseBusyError(Exception):
    """Another program held the database longer than we wait; nothing was written, try again later."""


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
        return create_async_engine(address, **options)
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
    return engine


class Database:
    """One database: `read` and `write` run a function in a transaction of its own.

    A write on SQLite runs shielded and under one lock per process: a write that is cancelled half-way
    would otherwise stall every other writer for the whole lock wait. A cancelled caller may still have
    committed, so every write must be keyed.
    """

    def __init__(self, url: str, *, ids: IdMaker | None = None) -> None:
        self.url = url
        self.engine = make_engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._writer = self.engine.execution_options(write=True)
        self._ids = ids or IdMaker()
        self._lock = asyncio.Lock()

    def _session(self, engine: AsyncEngine) -> Tx:
        return Tx(engine, self._ids)

    async def read(self, fn: Callable[[Tx], Awaitable[T]]) -> T:
        """Run `fn` in a read transaction: one consistent view, nothing is stored."""
        async with self._session(self.engine) as tx:
            result = await fn(tx)
            await tx.rollback()
            return result

    async def write(self, fn: Callable[[Tx], Awaitable[T]]) -> T:
        """Run `fn` and commit; whatever it raises rolls everything back.

        Raises DatabaseBusyError when another program holds the file for longer than 30 s.
        """
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
        async with self._session(self._writer) as tx:
            try:
                result = await fn(tx)
                await tx.commit()
            except OperationalError as error:
                if self.is_sqlite and "database is locked" in str(error.orig):
                    raise DatabaseBusyError(str(error.orig)) from error
                raise
            return result

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()
