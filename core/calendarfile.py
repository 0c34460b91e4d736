"""Reading a preset's calendar; a broken one is named with its place and the reason before anybody meets it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from itertools import combinations
from pathlib import Path
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from core.audience import AudienceProblem, parse_audience
from core.calendar import Calendar, Days, EventRule, MonthDay, Phase, Reminder, ReminderKind, WindowRule
from core.people import PostKind, Purpose
from core.presetfile import PresetError, Table, read_toml
from core.regions import RegionBook
from core.routing import Severity

_MONTH_DAY: Final = re.compile(r"(\d{2})-(\d{2})")
_TIME: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_SPAN: Final = re.compile(r"(?:(\d{1,3})d)?(?:(\d{1,3})h)?(?:(\d{1,3})m)?")
_TEXT_KEY: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FARTHEST: Final = 3650  # days from the event; more is a slip of the pen


def load_calendar(
    file: Path, *, zone: ZoneInfo, forms: Collection[str] | None = None, book: RegionBook | None = None
) -> Calendar:
    """Return a preset's calendar; PresetError for the first fault.

    Forms and regions that it names are checked against those given.
    """
    top = read_toml(file)
    calendar = Calendar(
        event=_event(top.table("event")),
        zone=zone,
        phases=_phases(top),
        windows=_windows(top, forms),
        reminders=_reminders(top, book),
        escalate_after=_escalation(top.table("escalate_after")),
    )
    top.done()
    return calendar


def read_times(table: Table, key: str) -> tuple[dt.time, ...]:
    """Return one time of day (`"07:00"`) or a list of them, in order."""
    written = table.get(key)
    texts = [written] if isinstance(written, str) else table.texts(key)
    if not texts:
        raise table.fault(key, "names no time")
    return tuple(dt.time(*divmod(one, 60)) for one in sorted(_minutes(table, key, text) for text in texts))


def _event(table: Table) -> EventRule:
    name, on = table.label("name"), table.get("on")
    table.done()
    if isinstance(on, dt.date) and not isinstance(on, dt.datetime):
        return EventRule(name, on)
    if not isinstance(on, str):
        raise table.fault("on", f"{on!r} is neither a day of the year (02-14) nor a date (2027-02-14)")
    month_day = _MONTH_DAY.fullmatch(on)
    try:
        if month_day is None:
            return EventRule(name, dt.date.fromisoformat(on))
        day = dt.date(2024, int(month_day[1]), int(month_day[2]))  # a leap year, so that 02-29 is a day
    except ValueError:
        reason = f"{on!r} is neither a day of the year (02-14) nor a date (2027-02-14)"
        raise table.fault("on", reason) from None
    return EventRule(name, MonthDay(day.month, day.day))


def _phases(top: Table) -> tuple[Phase, ...]:
    found: list[Phase] = []
    for table in top.tables("phase"):
        first, last = _stretch(table)
        phase = Phase(table.ident("id"), table.label("label"), first, last)
        table.done()
        for other in found:
            if other.id == phase.id:
                raise table.fault("id", "stands here a second time")
            if other.first <= phase.last and phase.first <= other.last:
                raise table.fault("from", f"shares days with phase {other.id}")
        found.append(phase)
    return tuple(found)


def _windows(top: Table, forms: Collection[str] | None) -> tuple[WindowRule, ...]:
    found: list[WindowRule] = []
    for table in top.tables("window"):
        rule = _window(table)
        if forms is not None and rule.form not in forms:
            raise table.fault("form", f"{rule.form!r} is not a form; known: " + ", ".join(sorted(forms)))
        if any((other.form, other.id) == (rule.form, rule.id) for other in found):
            raise table.fault("id", f"stands here a second time for form {rule.form}")
        found.append(rule)
    for one, other in combinations(found, 2):
        if _clash(one, other):
            raise PresetError(top.file, f"window {other.id}", f"is open together with {one.id} for the same posts")
    return tuple(found)


def _window(table: Table) -> WindowRule:
    first, last = _stretch(table)
    rule = WindowRule(
        id=table.ident("id"),
        form=table.ident("form"),
        posts=frozenset(table.members("posts", PostKind)),
        label=table.label("label"),
        opens=_minutes(table, "opens", table.text("opens")),
        closes=_minutes(table, "closes", table.text("closes"), midnight=True),
        first=first,
        last=last,
    )
    table.done()
    if not rule.posts:
        raise table.fault("posts", "names no kind of post")
    if rule.closes <= rule.opens:
        raise table.fault("closes", "must be later than opens, on the same day")
    return rule


def _clash(one: WindowRule, other: WindowRule) -> bool:
    return (
        one.form == other.form
        and bool(one.posts & other.posts)
        and one.first <= other.last
        and other.first <= one.last
        and one.opens < other.closes
        and other.opens < one.closes
    )


def _reminders(top: Table, book: RegionBook | None) -> tuple[Reminder, ...]:
    found: dict[str, Reminder] = {}
    for table in top.tables("reminder"):
        reminder = _reminder(table, book)
        if reminder.id in found:
            raise table.fault("id", "stands here a second time")
        found[reminder.id] = reminder
    return tuple(found.values())


def _reminder(table: Table, book: RegionBook | None) -> Reminder:
    kind = table.member("kind", ReminderKind, ReminderKind.REMINDER)
    reminder = Reminder(
        id=table.ident("id"),
        kind=kind,
        text=table.text("text", "" if kind is ReminderKind.SUMMARY else None),
        at=read_times(table, "at"),
        days=_days(table),
        to=table.text("to", "").strip(),
        groups=frozenset(table.members("groups", Purpose)),
        grace=_span(table, "grace"),
    )
    table.done()
    if reminder.text and not _TEXT_KEY.fullmatch(reminder.text):
        raise table.fault("text", f"{reminder.text!r} is not the key of a text (small words joined by hyphens)")
    if not reminder.to and not reminder.groups:
        raise table.fault("to", "nobody would get it: name an audience, or groups")
    _check_audience(table, reminder.to, book)
    return reminder


def _check_audience(table: Table, words: str, book: RegionBook | None) -> None:
    parsed = parse_audience(words, book or RegionBook(()))
    for problem in parsed.problems:
        if book is not None or problem.key != "audience-unknown-region":
            raise table.fault("to", _told(problem))
    if parsed.rest_text:
        raise table.fault("to", f"{parsed.rest_text!r} is not an audience word")


def _told(problem: AudienceProblem) -> str:
    what = problem.key.removeprefix("audience-").replace("-", " ")
    return f"{what}: {problem.args.get('word', '')}"


def _days(table: Table) -> Days:
    only, weekdays = frozenset(table.wholes("days")), frozenset(_weekdays(table))
    if only:
        for key in ("weekdays", "from", "until", "except"):
            if table.has(key):
                raise table.fault(key, "cannot stand beside days")
        _near(table, "days", only)
        return Days(first=min(only), last=max(only), only=only)
    but = frozenset(table.wholes("except"))
    _near(table, "except", but)
    last = table.whole("until")
    first = table.whole("from") if table.has("from") else None
    if first is None and not weekdays:
        raise table.fault("days", "is missing: name days, or from and until, or weekdays and until")
    _near(table, "until", (last, first or 0))
    if first is not None and last < first:
        raise table.fault("until", "comes before from")
    return Days(first=first, last=last, but=but, weekdays=weekdays)


def _weekdays(table: Table) -> Iterable[int]:
    for name in table.texts("weekdays"):
        if name not in _WEEKDAYS:
            raise table.fault("weekdays", f"{name!r} is none of " + ", ".join(_WEEKDAYS))
        yield _WEEKDAYS.index(name)


def _stretch(table: Table) -> tuple[int, int]:
    first, last = table.whole("from"), table.whole("until")
    _near(table, "from", (first, last))
    if last < first:
        raise table.fault("until", "comes before from")
    return first, last


def _near(table: Table, key: str, days: Collection[int]) -> None:
    if any(abs(day) > _FARTHEST for day in days):
        raise table.fault(key, f"days lie at most {_FARTHEST} from the event")


def _minutes(table: Table, key: str, text: str, *, midnight: bool = False) -> int:
    clock = _TIME.fullmatch(text)
    if clock is None and midnight and text == "24:00":
        return 1440
    if clock is None:
        raise table.fault(key, f"{text!r} is not a time of day such as 06:30")
    return int(clock[1]) * 60 + int(clock[2])


def _span(table: Table, key: str) -> dt.timedelta:
    text = table.text(key)
    parts = _SPAN.fullmatch(text)
    days, hours, minutes = (int(part or 0) for part in parts.groups()) if parts is not None else (0, 0, 0)
    if not (days or hours or minutes):
        raise table.fault(key, f"{text!r} is not a length of time such as 4h, 30m or 1d12h")
    return dt.timedelta(days=days, hours=hours, minutes=minutes)


def _escalation(table: Table) -> Mapping[str, dt.timedelta]:
    found = {severity.value: _span(table, severity) for severity in Severity}
    table.done()
    return MappingProxyType(found)
