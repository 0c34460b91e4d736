"""The time, as something that is handed in: the real one in the program, a moved one in a rehearsal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    """Anything that knows the time."""

    def now(self) -> datetime:
        """Give the present time, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """Give the present time, aware, in UTC."""
        return datetime.now(UTC)


class FileClock:
    """The machine's time moved by the seconds that stand in a file: lets a rehearsal jump to another day."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._mtime = -1
        self._offset = timedelta()

    def now(self) -> datetime:
        """Give the moved time; a file that is missing or holds no number leaves the last offset."""
        try:
            mtime = self._file.stat().st_mtime_ns
            if mtime != self._mtime:
                self._offset = timedelta(seconds=float(self._file.read_text()))
                self._mtime = mtime
        except (OSError, ValueError):
            return datetime.now(UTC) + self._offset
        return datetime.now(UTC) + self._offset
