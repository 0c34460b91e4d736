"""What a database can no longer do, told apart by what helps: waiting, or somebody's hand.

Every error of a driver is looked at here and nowhere else; the engine raises what it means in its place.
"""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from sqlalchemy import URL

ROOM = 1 << 20  # bytes: with less left on its disk SQLite calls it an I/O error or a file that cannot be opened, too

# What SQLite says (the last byte of its extended codes).
HELD = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})
DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
SHUT = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH})

# What PostgreSQL says (SQLSTATE; two signs stand for their whole class).
AWAY = ("08", "57P01", "57P02", "57P03", "57P05", "53300")  # cut, shutting down, starting up, too many connections
FULL = ("53100", "53200")  # its disk, its memory
BROKEN = ("XX001", "XX002", "58030", "58P01")  # damaged rows, a damaged index, I/O errors, a file of it that is gone
REFUSED = ("25006", "28", "42501", "3D000", "57P04")  # read-only, a wrong user, no right, no such database


class DatabaseBusyError(Exception):
    """The database cannot be used just now: another program holds it, or worse; the text is one line.

    That is nobody's fault, so nobody counts it as a failed attempt: whoever asked tries again within a second. Nothing
    was written, unless a server was cut off while it committed.
    """


class DatabaseAwayError(DatabaseBusyError):
    """The server has cut its connections or takes none: it restarts, or the network is down."""


class DatabaseFullError(DatabaseBusyError):
    """The disk is full; what was stored is safe."""


class DatabaseBrokenError(DatabaseBusyError):
    """Waiting does not help: the text says which file, what is wrong with it, and what to do; the program ends.

    Until it has ended everybody waits, as for a database that is merely busy: no update is to blame.
    """


def fault_of(error: BaseException, url: URL, *, disconnected: bool = False) -> DatabaseBusyError | None:
    """What an error of a driver means; None when the statement, not the database, is to blame."""
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(error, Path(url.database or ""))
    state = getattr(error, "sqlstate", None)
    if disconnected or (isinstance(state, str) and state.startswith((*AWAY, *FULL, *BROKEN, *REFUSED))):
        return _of_server(_first_line(error), state if isinstance(state, str) else "", url)
    return None


def damaged(file: Path, why: str) -> DatabaseBrokenError:
    """Say that a SQLite file's content is wrong."""
    return _broken(
        f"{file} is damaged ({why}): let nothing use it, put a copy of it aside, then put back the newest good copy "
        f"or save what can be read with `sqlite3 {file} .dump`"
    )


def shut(file: Path, why: str) -> DatabaseBrokenError:
    """Say that a SQLite file or its folder may not be read or written."""
    return _broken(
        f"{file} cannot be used ({why}): give this user the file, those beside it and the folder, for reading and writing "
        f"(ls -la, lsattr)"
    )


def gone(file: Path) -> DatabaseBrokenError:
    """Say that a SQLite file is not the one any more that was opened."""
    return _broken(
        f"{file} was deleted or replaced while the program used it: stop the program before anything is done to its "
        f"files; put back what belongs there"
    )


def emptied(file: Path, note: Path) -> DatabaseBrokenError:
    """Say that there is no SQLite file, or an empty one, where one has broken before."""
    return _broken(
        f"{file} is missing or empty since it broke: put back the newest good copy; only to begin with nothing stored, "
        f"remove {note}"
    )


def away(why: str, url: URL) -> DatabaseAwayError:
    """Say that a server takes no connection; the address is named without its password."""
    return DatabaseAwayError(
        f"the database at {url.render_as_string()} is away ({why}); if it stays so, look at the server and at POSKO_DATABASE_URL"
    )


def _broken(what: str) -> DatabaseBrokenError:
    return DatabaseBrokenError(f"POSKO_DATABASE_URL: {what}; see “A database that cannot be used” in deploy/README.md")


def _of_sqlite(error: sqlite3.Error, file: Path) -> DatabaseBusyError | None:
    extended = getattr(error, "sqlite_errorcode", None)  # Python's own errors have none
    if extended is None:
        return None
    code, why = extended & 0xFF, str(error)
    if code in HELD:
        return DatabaseBusyError(f"another program has held {file} for too long")
    if code == sqlite3.SQLITE_FULL or (code in {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN} and _no_room(file)):
        return DatabaseFullError(f"the disk of {file} is full: make room")
    if code in DAMAGED:
        return damaged(file, why)
    if code in SHUT:
        return shut(file, why)
    if code == sqlite3.SQLITE_IOERR:
        name = getattr(error, "sqlite_errorname", "")
        return _broken(
            f"{file} cannot be read or written ({why}, {name}): look for errors of the disk (dmesg), and copy everything "
            f"to a good one"
        )
    return None


def _no_room(file: Path) -> bool:
    try:
        return shutil.disk_usage(file.parent).free < ROOM
    except OSError:
        return False


def _of_server(why: str, state: str, url: URL) -> DatabaseBusyError:
    if state.startswith(FULL):
        return DatabaseFullError(f"PostgreSQL has no room left ({why}): make room on its disk")
    if state.startswith(BROKEN):
        return _broken(f"PostgreSQL cannot read its own data ({why}): look into its log and put back a good copy")
    if state.startswith(REFUSED):
        address = url.render_as_string()
        return _broken(f"PostgreSQL refuses its use at {address} ({why}): mend the address, its user or their rights")
    return away(why, url)


def _first_line(error: BaseException) -> str:
    """What was said, without the lines in which PostgreSQL quotes rows and the name of the class in front."""
    first = str(error).partition("\n")[0]
    return first.rpartition(">: ")[2] or type(error).__name__
