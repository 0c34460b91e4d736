"""Reading a preset's calendar; a broken one is named with its place and the reason before anybody meets it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from core.calendar.calendar import (
    Calendar,
    Days,
    EventRule,
    MonthDay,
    Phase,
    Reminder,
    ReminderKind,
    WindowRule,
    falls_on,
)
from core.calendar.calendar_times import (
    FARTHEST,
    check_near,
    read_days,
    read_length,
    read_minutes,
    read_span,
    read_times,
)
from core.groups.purposes import Purpose
from core.kit.preset_tables import PresetError, Table, read_toml
from core.people.audience import AudienceProblem, parse_audience
from core.territory.posts import PostKind
from core.territory.regions import RegionBook

# Tables of the file that core.incidents.escalation_file reads: times for incidents that nobody takes.
ELSEWHERE: Final = ("escalate_after", "ask_after", "again", "alarm_chain", "quiet_hours")
_MONTH_DAY: Final = re.compile(r"(\d{2})-(\d{2})")
_TEXT_KEY: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_ANY_DAY: Final = Days(None, FARTHEST)
# Letters of a form's and a window's ids: with the day and a post's key they stand on a button, which holds 64 bytes.
_IDS_LONGEST: Final = 24


def load_calendar(
    file: Path, *, zone: ZoneInfo, forms: Collection[str] | None = None, book: RegionBook | None = None
) -> Calendar:
    """Return a preset's calendar; PresetError for the first fault.

    Forms and regions that it names are checked against those given.
    """
    top = read_toml(file)
    phases = _phases(top)
    windows = _windows(top, phases, forms)
    calendar = Calendar(
        event=_event(top.table("event")),
        zone=zone,
        phases=phases,
        windows=windows,
        reminders=_reminders(top, phases, windows, book),
    )
    top.leave(*ELSEWHERE)
    top.done()
    return calendar


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


def _windows(top: Table, phases: Sequence[Phase], forms: Collection[str] | None) -> tuple[WindowRule, ...]:
    found: list[WindowRule] = []
    for table in top.tables("window"):
        rule = _window(table, phases)
        if forms is not None and rule.form not in forms:
            raise table.fault("form", f"{rule.form!r} is not a form; known: " + ", ".join(sorted(forms)))
        if len(rule.form) + len(rule.id) > _IDS_LONGEST:
            raise table.fault("id", f"is too long: with the form's id it may have {_IDS_LONGEST} letters")
        if any((other.form, other.id) == (rule.form, rule.id) for other in found):
            raise table.fault("id", f"stands here a second time for form {rule.form}")
        found.append(rule)
    for one, other in combinations(found, 2):
        if _clash(one, other):
            raise PresetError(top.file, f"window {other.id}", f"is open together with {one.id} for the same posts")
    return tuple(found)


def _window(table: Table, phases: Sequence[Phase]) -> WindowRule:
    rule = WindowRule(
        id=table.ident("id"),
        form=table.ident("form"),
        posts=frozenset(table.members("posts", PostKind)),
        label=table.label("label"),
        opens=read_minutes(table, "opens", table.text("opens")),
        closes=read_minutes(table, "closes", table.text("closes"), midnight=True),
        days=read_days(table, phases),
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
        and one.opens < other.closes
        and other.opens < one.closes
        and _share_a_day(one.days, other.days)
    )


def _share_a_day(one: Days, other: Days) -> bool:
    """Whether some day may be one of both, whatever weekday the event falls on."""
    if one.weekdays and other.weekdays and not one.weekdays & other.weekdays:
        return False
    event = dt.date(2000, 1, 1)  # any day: the weekdays are left out
    plain = [replace(days, weekdays=frozenset()) for days in (one, other)]
    first = max(-FARTHEST if days.first is None else days.first for days in plain)
    offsets = range(first, min(days.last for days in plain) + 1)
    return any(all(falls_on(days, event, event + dt.timedelta(offset)) for days in plain) for offset in offsets)


def _reminders(
    top: Table, phases: Sequence[Phase], windows: Sequence[WindowRule], book: RegionBook | None
) -> tuple[Reminder, ...]:
    found: dict[str, Reminder] = {}
    for table in top.tables("reminder"):
        if table.has("kind") and table.member("kind", ReminderKind) is ReminderKind.DUE:
            reminder = _due_reminder(table, phases, windows)
        else:
            reminder = _reminder(table, phases, book)
        table.done()
        if reminder.text and not _TEXT_KEY.fullmatch(reminder.text):
            raise table.fault("text", f"{reminder.text!r} is not the key of a text (small words joined by hyphens)")
        if reminder.id in found:
            raise table.fault("id", "stands here a second time")
        found[reminder.id] = reminder
    return tuple(found.values())


def _reminder(table: Table, phases: Sequence[Phase], book: RegionBook | None) -> Reminder:
    kind = table.member("kind", ReminderKind, ReminderKind.REMINDER)
    reminder = Reminder(
        id=table.ident("id"),
        kind=kind,
        text=table.text("text", "" if kind is ReminderKind.SUMMARY else None),
        at=read_times(table, "at"),
        days=read_days(table, phases),
        to=table.text("to", "").strip(),
        groups=frozenset(table.members("groups", Purpose)),
        grace=read_span(table, "grace"),
    )
    if not reminder.to and not reminder.groups:
        raise table.fault("to", "nobody would get it: name an audience, or groups")
    _check_audience(table, reminder.to, book)
    return reminder


def _due_reminder(table: Table, phases: Sequence[Phase], windows: Sequence[WindowRule]) -> Reminder:
    """A reminder that goes by the windows: neither hours nor an audience are named, whoever is silent gets it."""
    limited = any(table.has(key) for key in ("days", "phase", "from", "until", "weekdays", "except"))
    reminder = Reminder(
        id=table.ident("id"),
        kind=table.member("kind", ReminderKind),
        text=table.text("text"),
        at=(),
        days=read_days(table, phases) if limited else _ANY_DAY,
        to="",
        groups=frozenset(),
        grace=read_span(table, "grace"),
        before=_before(table),
        forms=frozenset(table.texts("forms")),
    )
    for form in sorted(reminder.forms - {rule.form for rule in windows}):
        raise table.fault("forms", f"there is no window of {form!r}")
    for rule in windows:
        if dt.timedelta(minutes=rule.closes) < reminder.before[0] and rule.form in (reminder.forms or {rule.form}):
            raise table.fault("before", f"would fall on the day before window {rule.id}")
    # Later than the next reminder of the same window, or than its close, it would only come twice or in vain.
    if any(longer - shorter < reminder.grace for longer, shorter in pairwise((*reminder.before, dt.timedelta()))):
        raise table.fault("grace", "is longer than until the next reminder, or until the window closes")
    return reminder


def _before(table: Table) -> tuple[dt.timedelta, ...]:
    """How long before a window closes: one length of time or a list of them, the longest first."""
    written = table.get("before")
    texts = (written,) if isinstance(written, str) else table.texts("before")
    if not texts:
        raise table.fault("before", "names no length of time such as 30m")
    return tuple(sorted((read_length(table, "before", text) for text in texts), reverse=True))


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


def _stretch(table: Table) -> tuple[int, int]:
    first, last = table.whole("from"), table.whole("until")
    check_near(table, "from", (first, last))
    if last < first:
        raise table.fault("until", "comes before from")
    return first, last
