"""Only one running program may use a SQLite file."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storage.database.engine import sqlite_file


class InUseError(Exception):
    """Another `run` uses this database."""


@contextmanager
def only_one(url: str) -> Iterator[None]:
    """Hold the lock file beside a SQLite database; raises InUseError naming who holds it.

    The lock belongs to the process, so a kill frees it; the file itself may stay behind.
    """
    file = sqlite_file(url)
    if file is None:
        yield
        return
    path = Path(f"{file}.lock")
    try:
        handle = path.open("a+")
    except OSError as error:
        raise InUseError(f"{path} cannot be written: {error.strerror}; give this user the folder") from None
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUseError(
                f"{file} is in use by another run (process {_holder(path)}): stop that one first, or set POSKO_DATABASE_URL"
            ) from None
        except OSError as error:
            raise InUseError(
                f"{path} cannot be locked: {error.strerror}; put the database on a disk of this machine"
            ) from None
        with suppress(OSError):  # on a full disk the number stays away, and the lock holds
            os.ftruncate(handle.fileno(), 0)
            os.write(handle.fileno(), str(os.getpid()).encode())
        yield


def _holder(path: Path) -> str:
    """The process that holds the lock, as it wrote itself down."""
    found = path.read_text(encoding="ascii", errors="replace").strip()
    return found if found.isdigit() else "unknown"
