"""SQLite under SQLAlchemy's asyncio, without a trip to another thread for every statement.

Most statements take a twentieth of a millisecond; handing one to a thread and back took ten times as long. So a quick
one runs where it is called, in the loop's thread, and only what may take its time runs in the connection's own thread:
every commit (it waits for the disk), opening and closing, whatever waits for another program's lock, reads that turn out
to be long, large batches, deletions, changes of the schema. The caller waits either way, so a connection is used from one
thread at a time.

What SQLAlchemy wants of an asyncio driver beyond its documented `Dialect` is used here and nowhere else: `await_` and
`in_greenlet`, `_async_soft_close` of a cursor, `create_server_side_cursor`. tests/storage/database/test_sqlite_dialect.py fails
when a new version wants something else.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import SelectBase, StaticPool
from sqlalchemy.dialects.sqlite.base import SQLiteExecutionContext
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.url import URL
from sqlalchemy.pool import AsyncAdaptedQueuePool, Pool
from sqlalchemy.util.concurrency import await_, in_greenlet

T = TypeVar("T")

READ_STEPS = 20_000  # of SQLite's machine, about a millisecond: a read that needs more starts anew in the thread
BATCH = 50  # rows that a statement may write in the loop's thread
PARAMETERS = 1000  # and the values that it may bring
TURN = 10  # statements after which everybody else in the loop gets a turn
QUICK = ("BEGIN", "INSERT", "UPDATE", "SAVEPOINT", "RELEASE", "ROLLBACK")
LATER = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_INTERRUPT)  # locked by somebody else; stopped by `READ_STEPS`


class Connection(sqlite3.Connection):
    """A connection that never waits in the loop's thread; `run` and `patiently` wait in its own."""

    worker: Executor
    wait_ms: int
    statements = 0

    def cursor(self, factory: Any = None) -> Any:
        """Give a cursor that holds its rows, or one of another class."""
        return super().cursor(factory or Cursor)

    def run(self, work: Callable[[], T]) -> T:
        """Do something in the connection's thread; meanwhile the loop goes on, and only the caller waits."""
        return await_(_finished(self.worker, work))

    def patiently(self, work: Callable[[], T]) -> T:
        """Do something in the connection's thread and wait there as long as set for another program's lock."""
        return self.run(partial(self._patiently, work))

    def _patiently(self, work: Callable[[], T]) -> T:
        self.execute(f"PRAGMA busy_timeout={self.wait_ms}")
        try:
            return work()
        finally:
            self.execute("PRAGMA busy_timeout=0")

    def take_turns(self) -> None:
        """Let others in the loop go on from time to time; a row of quick statements would never let them.

        Raises MissingGreenlet outside an awaited method of a session or connection, as any asyncio driver does.
        """
        self.statements += 1
        await_(_nothing() if self.statements % TURN else asyncio.sleep(0))


async def _nothing() -> None:
    """SQLAlchemy sees by an await, be it of nothing, that a statement was not run outside its asyncio methods."""


async def _finished(worker: Executor, work: Callable[[], T]) -> T:
    """Wait for a thread, whatever happens: who is cancelled goes on only when the connection is free again."""
    future = asyncio.get_running_loop().run_in_executor(worker, work)
    try:
        return await asyncio.shield(future)
    except asyncio.CancelledError:
        while not future.done():
            try:
                await asyncio.wait([future])
            except asyncio.CancelledError:
                continue
        future.exception()  # retrieved: the cancellation is what is told
        raise


class Cursor(sqlite3.Cursor):
    """A cursor that takes all rows at once, so that nothing later touches the database."""

    _rows: Iterator[Any] = iter(())

    def execute(self, sql: str, parameters: Any = (), /) -> Cursor:
        """Run a statement to its end."""
        super().execute(sql, parameters)
        self._rows = iter(super().fetchall() if self.description else ())
        return self

    def briefly(self, sql: str, parameters: Any) -> None:
        """Run a read, or raise OperationalError (SQLITE_INTERRUPT) when it is a long one; nothing is changed then."""
        self.connection.set_progress_handler(lambda: 1, READ_STEPS)
        try:
            self.execute(sql, parameters)
        finally:
            self.connection.set_progress_handler(None, 0)

    def fetchone(self) -> Any:
        """Give the next row, None after the last."""
        return next(self._rows, None)

    def fetchmany(self, size: int | None = 1) -> list[Any]:
        """Give the next rows."""
        return list(islice(self._rows, size or self.arraysize))

    def fetchall(self) -> list[Any]:
        """Give the rows that are left."""
        return list(self._rows)

    async def _async_soft_close(self) -> None:
        """What SQLAlchemy does with an asyncio driver's cursor before it hands out the rows: nothing is open here."""


class StreamCursor(sqlite3.Cursor):
    """A cursor of a long read, whose rows are brought by the thread as they are asked for."""

    connection: Connection

    def fetchone(self) -> Any:
        """Give the next row, None after the last."""
        return self.connection.run(super().fetchone)

    def fetchmany(self, size: int | None = 1) -> list[Any]:
        """Give the next rows."""
        return self.connection.run(partial(super().fetchmany, size or self.arraysize))

    def fetchall(self) -> list[Any]:
        """Give the rows that are left."""
        return self.connection.run(super().fetchall)


class _Context(SQLiteExecutionContext):
    def create_server_side_cursor(self) -> Any:
        """Give the cursor of a stream."""
        return self._dbapi_connection.cursor(StreamCursor)


class Dialect(SQLiteDialect_pysqlite):
    """SQLAlchemy's SQLite over Python's own driver, for an asyncio engine."""

    driver = "inloop"
    is_async = True
    has_terminate = True
    supports_statement_cache = True
    supports_server_side_cursors = True
    execution_ctx_cls = _Context

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:
        """Keep a database in memory in the one connection that has it."""
        return AsyncAdaptedQueuePool if cls._is_url_file_db(url) else StaticPool

    def connect(self, *args: Any, pragmas: Sequence[str] = (), wait_ms: int = 0, **options: Any) -> Any:
        """Open a connection and set it up, in the thread that it keeps."""
        worker = ThreadPoolExecutor(1, thread_name_prefix="sqlite")
        options |= {"timeout": wait_ms / 1000, "isolation_level": None, "check_same_thread": False}

        def opened() -> Connection:
            connection = sqlite3.connect(args[0], factory=Connection, **options)
            connection.worker, connection.wait_ms = worker, wait_ms
            for pragma in (*pragmas, "busy_timeout=0"):
                connection.execute(f"PRAGMA {pragma}")
            return connection

        try:
            return await_(_finished(worker, opened))
        except BaseException:
            worker.shutdown(wait=False)
            raise

    def do_execute(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:
        """Run a statement, here if it is quick, else in the thread."""
        connection: Connection = cursor.connection
        connection.take_turns()
        work = partial(cursor.execute, statement, parameters)
        if _only_reads(statement, context) and isinstance(cursor, Cursor):
            here: Callable[[], Any] = partial(cursor.briefly, statement, parameters)
        elif statement.startswith(QUICK) and len(parameters) <= PARAMETERS:
            here = work
        else:
            connection.patiently(work)
            return
        try:
            here()
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in LATER:  # Python's own errors have no code
                raise
            connection.patiently(work)

    def do_execute_no_params(self, cursor: Any, statement: str, context: Any = None) -> None:
        """Run a statement that has no parameters."""
        self.do_execute(cursor, statement, (), context)

    def do_executemany(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:  # noqa: ARG002 - SQLAlchemy's signature
        """Run a statement for each of these rows, here if they are few."""
        connection: Connection = cursor.connection
        connection.take_turns()
        work = partial(cursor.executemany, statement, parameters)
        if len(parameters) > BATCH or not statement.startswith(QUICK):
            connection.patiently(work)
        else:
            work()

    def do_commit(self, dbapi_connection: Any) -> None:
        """Commit in the thread: it returns when everything is on the disk."""
        connection: Connection = dbapi_connection
        connection.run(connection.commit)

    def do_close(self, dbapi_connection: Any) -> None:
        """Close in the thread, because the last one to close writes the log back to the file."""
        connection: Connection = dbapi_connection
        if in_greenlet():
            connection.run(connection.close)
        else:
            connection.close()
        connection.worker.shutdown(wait=False)


def _only_reads(statement: str, context: Any) -> bool:
    """Whether stopping a statement half-way changes nothing: of a write SQLite would roll everything back."""
    if statement.startswith("SELECT"):
        return True
    compiled = context.compiled if context is not None else None
    return compiled is not None and isinstance(compiled.statement, SelectBase)
