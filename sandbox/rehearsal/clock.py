"""The clock of a rehearsal: real time, moved by an offset that the local Telegram and the bot share."""

from __future__ import annotations

import os
import time
from datetime import datetime, timedelta
from pathlib import Path


class MovedClock:
    """Keeps the offset in memory for the local Telegram and in a file for the bot (`bot.py run --clock FILE`)."""

    def __init__(self, file: Path, start: datetime) -> None:
        self.file = file
        self._zone = start.tzinfo
        self._changes = 0
        self._set(start.timestamp() - time.time())

    def seconds(self) -> float:
        """The moved time, in seconds since 1970."""
        return time.time() + self._offset

    def now(self) -> datetime:
        """The moved time, in the zone of the start."""
        return datetime.fromtimestamp(self.seconds(), self._zone)

    def later(self, span: timedelta) -> None:
        """Let time pass."""
        self._set(self._offset + span.total_seconds())

    def jump(self, to: datetime) -> None:
        """Go to a later moment; raises ValueError for an earlier one, for which no limit and no queue is made."""
        span = to - self.now()
        if span < timedelta():
            raise ValueError(f"the rehearsal's clock only goes forward; it is past {to:%d %b %H:%M} already")
        self.later(span)

    def _set(self, offset: float) -> None:
        self._offset = offset
        part = self.file.with_suffix(".part")
        part.write_text(f"{offset:.6f}")
        # The bot reads the file again when its time of change differs: make sure that it does, however fast we write.
        self._changes += 1
        stamp = time.time_ns() + self._changes
        os.utime(part, ns=(stamp, stamp))
        part.replace(self.file)
