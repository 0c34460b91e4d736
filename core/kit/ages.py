"""Ages in words, by one rule; and the steps by which a card grows older."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from core.kit.texts import Texts

# A card is not edited every minute, so it says what stays true meanwhile. Each step is about twice the one before, then
# every day of a week: fifteen edits at most for a card that nobody touches.
STEPS: Final = (
    *(timedelta(minutes=minutes) for minutes in (15, 30)),
    *(timedelta(hours=hours) for hours in (1, 2, 4, 8, 24)),
    *(timedelta(days=days) for days in range(2, 8)),
)
_UNITS: Final = (  # the text of each, and how many minutes it has, the largest first
    ("age-days", 24 * 60),
    ("age-hours", 60),
    ("age-minutes", 1),
)


def age_text(texts: Texts, language: str, age: timedelta) -> str:
    """How long something has lasted, rounded down, in the largest unit of which there are two: `90 menit`, `3 jam`, `2 hari`.

    One hour alone or one day alone would be told as the same age from its beginning to its end, when every minute counts.
    """
    minutes = max(0, int(age.total_seconds()) // 60)
    key, length = next((unit for unit in _UNITS if minutes >= 2 * unit[1]), _UNITS[-1])
    return texts.plain(language, key, count=minutes // length)


def least_age_text(texts: Texts, language: str, age: timedelta) -> str | None:
    """How old something is at least, in words that stay true until the next step; None before the first."""
    step = age_step(age)
    return age_text(texts, language, step) if step is not None else None


def age_step(age: timedelta) -> timedelta | None:
    """Return the longest step that an age has reached; None for one that is younger than the first."""
    return max((step for step in STEPS if step <= age), default=None)


def next_age_step(opened_at: datetime, now: datetime) -> datetime | None:
    """Return when a card says a greater age than now; None when it says the greatest already."""
    return next((opened_at + step for step in STEPS if opened_at + step > now), None)
