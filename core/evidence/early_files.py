"""Files that are fetched before anybody has said what they belong to: so many of a person a day, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.evidence.files import DOWNLOAD_LIMIT
from core.kit.bounds import MEGABYTE, PersonBounds
from core.kit.ids import read_id


@dataclass(frozen=True)
class EarlyFiles:
    """How many files of a person, and how many bytes, were fetched early on a day."""

    day: date
    files: int = 0
    size: int = 0  # bytes

    @property
    def text(self) -> str:
        """How it is kept."""
        return f"{self.day.isoformat()}:{self.files}:{self.size}"

    @classmethod
    def read(cls, text: str | None, *, today: date) -> EarlyFiles:
        """Read what is kept; nothing yet where that is of another day, or cannot be read."""
        day, _, rest = (text or "").partition(":")
        files, _, size = rest.partition(":")
        counted = read_id(files), read_id(size)
        if day != today.isoformat() or counted[0] is None or counted[1] is None:
            return cls(today)
        return cls(today, counted[0], counted[1])

    def take(self, bounds: PersonBounds, size: int | None) -> EarlyFiles | None:
        """Count one more file of so many bytes, the most that can be where Telegram does not say; None where that is too much."""
        more = EarlyFiles(self.day, self.files + 1, self.size + (DOWNLOAD_LIMIT if size is None else max(size, 0)))
        fits = more.files <= bounds.early_files and more.size <= bounds.early_megabytes * MEGABYTE
        return more if fits else None
