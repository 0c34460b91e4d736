"""Who did something, what it goes back to, and when: every entry that is kept says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

NO_UPDATE = 0  # stands where a row must name an update and came by none; Telegram's own are positive


@dataclass(frozen=True)
class Stamp:
    """Who did something, by which bot and update, and when; the clock is no person and needs no update."""

    person_id: int | None
    cause: tuple[int, int | None]
    at: datetime
