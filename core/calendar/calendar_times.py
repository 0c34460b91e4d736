"""Reading what a calendar's tables say of time: days around the event, hours of a day, lengths of time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Final

from core.calendar.calendar import Days, Phase
from core.kit.preset_tables import Table

FARTHEST: Final = 3650  # days from the event; more is a slip of the pen
_TIME: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_SPAN: Final = re.compile(r"(?:(\d{1,3})d)?(?:(\d{1,3})h)?(?:(\d{1,3})m)?")
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def read_times(table: Table, key: str) -> tuple[dt.time, ...]:
    """Return one time of day (`"07:00"`) or a list of them, in order."""
    written = table.get(key)
    texts = [written] if isinstance(written, str) else table.texts(key)
    if not texts:
        raise table.fault(key, "names no time")
    return tuple(dt.time(*divmod(one, 60)) for one in sorted(read_minutes(table, key, text) for text in texts))


def read_days(table: Table, phases: Sequence[Phase]) -> Days:
    """Return the days on which something is due: `days`, or `phase`, or `from` and `until`; weekdays narrow the last two."""
    only, weekdays = frozenset(table.wholes("days")), frozenset(_weekdays(table))
    if only:
        for key in ("weekdays", "from", "until", "except", "phase"):
            if table.has(key):
                raise table.fault(key, "cannot stand beside days")
        check_near(table, "days", only)
        return Days(first=min(only), last=max(only), only=only)
    but = frozenset(table.wholes("except"))
    check_near(table, "except", but)
    if table.has("phase"):
        return replace(_days_of_phases(table, phases), but=but, weekdays=weekdays)
    last = table.whole("until")
    first = table.whole("from") if table.has("from") else None
    if first is None and not weekdays:
        raise table.fault("days", "is missing: name days, or a phase, or from and until, or weekdays and until")
    check_near(table, "until", (last,))
    check_near(table, "from", (first or 0,))
    if first is not None and last < first:
        raise table.fault("until", "comes before from")
    return Days(first=first, last=last, but=but, weekdays=weekdays)


def _days_of_phases(table: Table, phases: Sequence[Phase]) -> Days:
    """The days of one phase (`"quiet"`) or of a list of them."""
    for key in ("from", "until"):
        if table.has(key):
            raise table.fault(key, "cannot stand beside phase")
    written = table.get("phase")
    names = (written,) if isinstance(written, str) else table.texts("phase")
    by_id = {phase.id: phase for phase in phases}
    for name in names:
        if name not in by_id:
            raise table.fault("phase", f"{name!r} is not a phase; known: " + ", ".join(by_id))
    if not names:
        raise table.fault("phase", "names no phase")
    days = frozenset(day for name in names for day in range(by_id[name].first, by_id[name].last + 1))
    whole = len(days) == max(days) - min(days) + 1
    return Days(first=min(days), last=max(days), only=frozenset() if whole else days)


def _weekdays(table: Table) -> Iterable[int]:
    for name in table.texts("weekdays"):
        if name not in _WEEKDAYS:
            raise table.fault("weekdays", f"{name!r} is none of " + ", ".join(_WEEKDAYS))
        yield _WEEKDAYS.index(name)


def check_near(table: Table, key: str, days: Collection[int]) -> None:
    """Raise PresetError for a day that lies so far from the event that it must be a slip of the pen."""
    if any(abs(day) > FARTHEST for day in days):
        raise table.fault(key, f"days lie at most {FARTHEST} from the event")


def read_minutes(table: Table, key: str, text: str, *, midnight: bool = False) -> int:
    """Return a time of day such as `06:30` in minutes after midnight; `24:00` only as an end."""
    clock = _TIME.fullmatch(text)
    if clock is None and midnight and text == "24:00":
        return 1440
    if clock is None:
        raise table.fault(key, f"{text!r} is not a time of day such as 06:30")
    return int(clock[1]) * 60 + int(clock[2])


def read_span(table: Table, key: str) -> dt.timedelta:
    """Return the length of time that stands under a key: `4h`, `30m`, `1d12h`."""
    return read_length(table, key, table.text(key))


def read_length(table: Table, key: str, text: str) -> dt.timedelta:
    """Return a length of time as it is written; zero is none."""
    parts = _SPAN.fullmatch(text)
    days, hours, minutes = (int(part or 0) for part in parts.groups()) if parts is not None else (0, 0, 0)
    if not (days or hours or minutes):
        raise table.fault(key, f"{text!r} is not a length of time such as 4h, 30m or 1d12h")
    return dt.timedelta(days=days, hours=hours, minutes=minutes)
