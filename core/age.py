"""How old an open incident is, in steps: a card is not edited every minute, so it says what stays true meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

# Each is about twice the one before, then every day of a week: fifteen edits at most for a card that nobody touches.
STEPS: Final = (
    *(timedelta(minutes=minutes) for minutes in (15, 30)),
    *(timedelta(hours=hours) for hours in (1, 2, 4, 8, 24)),
    *(timedelta(days=days) for days in range(2, 8)),
)


def age_step(age: timedelta) -> timedelta | None:
    """Return the longest step that an age has reached; None for one that is younger than the first."""
    return max((step for step in STEPS if step <= age), default=None)


def next_age_step(opened_at: datetime, now: datetime) -> datetime | None:
    """Return when a card says a greater age than now; None when it says the greatest already."""
    return next((opened_at + step for step in STEPS if opened_at + step > now), None)
