"""Looking for damage in a SQLite file before a query stumbles over it: at start the queues, the rest beside the work."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from storage.database.engine import Database, Tx, sqlite_file
from storage.database.faults import damaged, emptied
from storage.tables import Base

# Without these nothing comes in or goes out; they are small, because what is done with is deleted.
QUEUES = ("inbox", "outbox", "slots", "meta", "counters", "firings")
START_SECONDS = 0.5  # for the other tables at start; two seconds a gigabyte, measured, would be too long to be deaf
GROWING = (
    "reports",
    "report_versions",
    "incident_events",
    "notice_receipts",
    "media",
    "journal",
)  # looked through last
INTERRUPT_SECONDS = 0.01  # between two calls to stop a check whose time is over
SAID = 120  # characters of what SQLite says of a damage


async def check_start(db: Database, *, thorough: bool = False) -> list[str]:
    """Check what the program cannot do without, and as much more as half a second allows; gives the tables left over.

    `thorough` checks everything, its indexes against its rows, however long it takes: after a fault. Raises
    DatabaseBrokenError for the first damage; a server looks after its own files.
    """
    if not db.is_sqlite:
        return []
    tables = _tables()
    if thorough:
        for table in tables:
            await check_table(db, table, thorough=True)
        return []
    for table in QUEUES:
        await check_table(db, table)
    rest = [table for table in tables if table not in QUEUES]
    loop = asyncio.get_running_loop()
    until = loop.time() + START_SECONDS
    while rest and loop.time() < until and await check_table(db, rest[0], until=until):
        rest.pop(0)
    return rest


async def check_all(db: Database, tables: Sequence[str] = ()) -> None:
    """Check these tables, or all, one after another; raises DatabaseBrokenError for the first damage."""
    for table in (tables or _tables()) if db.is_sqlite else ():
        await check_table(db, table)


async def check_table(db: Database, table: str, *, thorough: bool = False, until: float | None = None) -> bool:
    """Check a table and its indexes in the connection's thread; False when the loop's time `until` came first."""
    file = sqlite_file(db.url)
    loop = asyncio.get_running_loop()

    async def stop(raw: Any) -> None:
        await asyncio.sleep(0 if until is None else until - loop.time())
        while True:  # one that comes before the check has begun stops nothing
            raw.interrupt()
            await asyncio.sleep(INTERRUPT_SECONDS)

    async def look(tx: Tx) -> bool:
        raw = (await (await tx.connection()).get_raw_connection()).driver_connection
        stopping = asyncio.create_task(stop(raw)) if until is not None else None
        kind = "integrity_check" if thorough else "quick_check"
        try:
            # Names of our own tables only, and a pragma takes no parameters.
            found = [str(row[0]) for row in await tx.execute(text(f"PRAGMA {kind}('{table}')"))]
        except OperationalError as error:
            if _code(error.orig) == sqlite3.SQLITE_INTERRUPT:
                return False
            raise
        finally:
            if stopping is not None:
                stopping.cancel()
        if found != ["ok"]:
            raise damaged(file or Path(table), " ".join(found[0].split())[:SAID])
        return True

    return await db.read(look)


def _tables() -> list[str]:
    names = [table.name for table in Base.metadata.sorted_tables]
    return [*(name for name in names if name not in GROWING), *GROWING]


def _code(error: Any) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


class FaultNote:
    """A small file beside the evidence that outlives the program: when the database was last found to be broken.

    The database itself cannot keep it. The next start then checks everything, and admins are not told again and again.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def bar_new(self, url: str) -> None:
        """Let no new database quietly take the place of one that broke and is gone; raises DatabaseBrokenError."""
        file = sqlite_file(url)
        if file is not None and self.read() is not None and not (file.exists() and file.stat().st_size):
            raise emptied(file, self._file)

    def read(self) -> datetime | None:
        """When the last fault was noted; None without one, or when that cannot be read."""
        try:
            return datetime.fromisoformat(self._file.read_text(encoding="utf-8").strip())
        except (OSError, ValueError):
            return None

    def write(self, now: datetime) -> bool:
        """Note a fault; False when that cannot be written either."""
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file.write_text(now.isoformat(), encoding="utf-8")
        except OSError:
            return False
        return True

    def clear(self) -> None:
        """Forget the last fault."""
        try:
            self._file.unlink(missing_ok=True)
        except OSError:
            return
