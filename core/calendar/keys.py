"""Keys of the calendar: under which windows reports stand, and of moments that are claimed once."""

from __future__ import annotations

import datetime as dt


def window_key(form: str, day: dt.date, window_id: str | None = None) -> str:
    """The window of a form on a day; without the window's id the whole day."""
    whole = f"{form}/{day:%Y-%m-%d}"
    return whole if window_id is None else f"{whole}/{window_id}"


def read_window_key(key: str) -> tuple[str, str]:
    """Read the ids of the form and the window; of a whole day the second is the day, of anything else nothing known."""
    return key.partition("/")[0], key.rpartition("/")[2]


def firing_key(reminder_id: str, local: dt.datetime) -> str:
    """A moment of a reminder, by the clock of the preset's zone."""
    return f"{reminder_id}/{local:%Y-%m-%dT%H:%M}"
