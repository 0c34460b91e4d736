"""The event, its phases and its reminders: which day it is, and which reminders are due between two moments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from core.calendar.keys import firing_key
from core.forms.forms import Label
from core.groups.purposes import Purpose
from core.territory.posts import PostKind

_DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True)
class MonthDay:
    """A day that comes every year; 29 February only in leap years."""

    month: int
    day: int


@dataclass(frozen=True)
class EventRule:
    """What the preset says of the event; settings may override both."""

    name: Label
    on: MonthDay | dt.date


@dataclass(frozen=True)
class Phase:
    """A stretch of days around the event, both ends included."""

    id: str
    label: Label
    first: int  # days from the event, negative before it
    last: int


@dataclass(frozen=True)
class Days:
    """On which days something is due; days count from the event, negative before it."""

    first: int | None  # None: as long ago as one likes
    last: int
    only: frozenset[int] = frozenset()  # empty: every day between first and last
    but: frozenset[int] = frozenset()
    weekdays: frozenset[int] = frozenset()  # 0 is Monday; empty: any


@dataclass(frozen=True)
class WindowRule:
    """A time of day in which a form is due from kinds of posts, on some days around the event."""

    id: str  # unique within its form
    form: str
    posts: frozenset[PostKind]
    label: Label
    opens: int  # minutes after local midnight, included
    closes: int  # minutes after local midnight, excluded; 1440 is the next midnight
    days: Days


class ReminderKind(StrEnum):
    """What is sent when a reminder is due."""

    REMINDER = "reminder"  # the text it names
    SUMMARY = "summary"  # the summary of the group's region
    DUE = "due"  # to each officer, the posts that have not reported in a window about to close


@dataclass(frozen=True)
class Reminder:
    """A message due by the calendar."""

    id: str
    kind: ReminderKind
    text: str  # Fluent key; empty for a summary that needs no words of its own
    at: tuple[dt.time, ...]  # local times of day; none for one that goes by the windows
    days: Days
    to: str  # audience words; empty for nobody in private
    groups: frozenset[Purpose]  # groups with one of these purposes, or linked for all of them; empty for no group
    grace: dt.timedelta  # how late it may still be sent, after the program was down
    before: tuple[dt.timedelta, ...] = ()  # how long before windows close
    forms: frozenset[str] = frozenset()  # whose windows are meant; empty: of every form


@dataclass(frozen=True)
class Calendar:
    """All that a preset says of time."""

    event: EventRule
    zone: ZoneInfo
    phases: tuple[Phase, ...]
    windows: tuple[WindowRule, ...]
    reminders: tuple[Reminder, ...]


@dataclass(frozen=True)
class Moment:
    """One time at which a reminder is due."""

    reminder: Reminder
    key: str  # the same for the same reminder and local time, whatever else has changed
    due_at: dt.datetime  # UTC


class Firing(StrEnum):
    """What to do with a moment that was found due."""

    FIRE = "fire"
    SKIP = "skip"


def event_date(calendar: Calendar, today: dt.date, override: dt.date | None = None) -> dt.date:
    """Return the day of the event: the override, else the preset's date or the next such day from today (today counts)."""
    on = calendar.event.on
    if override is not None:
        return override
    return on if isinstance(on, dt.date) else next_on(on, today)


def event_name(calendar: Calendar, lang: str, override: str = "") -> str:
    """Return the event's name in a language, or the override if there is one."""
    return override.strip() or calendar.event.name.text(lang)


def next_on(on: MonthDay, today: dt.date) -> dt.date:
    """Return the next such day, today included."""
    # Eight years hold a 29 February even around 1900 or 2100.
    for year in range(today.year, today.year + 9):
        try:
            day = dt.date(year, on.month, on.day)
        except ValueError:
            continue
        if day >= today:
            return day
    raise ValueError(f"there is no day {on.month:02}-{on.day:02}")


def local_day(calendar: Calendar, moment: dt.datetime) -> dt.date:
    """Return the day that a moment falls on in the preset's zone."""
    return moment.astimezone(calendar.zone).date()


@dataclass(frozen=True)
class Countdown:
    """How long it is until the event that everybody works towards."""

    event: str  # its name, as the reader's language has it
    date: dt.date
    days: int  # 0 on the day, negative after it


def days_to(calendar: Calendar, event: dt.date, now: dt.datetime) -> int:
    """Return how many days are left until the event in the preset's zone: 0 on the day, negative after it."""
    return (event - local_day(calendar, now)).days


def phase_on(calendar: Calendar, event: dt.date, day: dt.date) -> Phase | None:
    """Return the phase that a day belongs to."""
    offset = (day - event).days
    return next((phase for phase in calendar.phases if phase.first <= offset <= phase.last), None)


def moment_of(calendar: Calendar, day: dt.date, minutes: int) -> dt.datetime:
    """Return the moment (UTC) at so many minutes after a local midnight, as the clock on the wall shows it."""
    # UTC, because two times of one zone are compared and subtracted by their wall clocks, which change of the clock breaks.
    wall = dt.datetime.combine(day + _DAY * (minutes // 1440), dt.time(*divmod(minutes % 1440, 60)), calendar.zone)
    return wall.astimezone(dt.UTC)


def falls_on(days: Days, event: dt.date, day: dt.date) -> bool:
    """Tell whether a day is one of these days."""
    offset = (day - event).days
    return (
        (days.first is None or days.first <= offset)
        and offset <= days.last
        and (not days.only or offset in days.only)
        and offset not in days.but
        and (not days.weekdays or day.weekday() in days.weekdays)
    )


def due_moments(
    calendar: Calendar,
    event: dt.date,
    *,
    after: dt.datetime,
    until: dt.datetime,
    reminders: Iterable[Reminder] | None = None,
) -> tuple[Moment, ...]:
    """Return all moments with `after < due_at <= until` in time order, of the calendar's reminders or of those given."""
    chosen = calendar.reminders if reminders is None else tuple(reminders)
    if until <= after:
        return ()
    # A day more at both ends: where the clock changes, a local time may fall on the neighbouring day.
    first, last = local_day(calendar, after) - _DAY, local_day(calendar, until) + _DAY
    found = (
        moment
        for day in _each_day(first, last)
        for reminder in chosen
        if falls_on(reminder.days, event, day)
        for moment in _moments_on(calendar, event, reminder, day)
        if after < moment.due_at <= until
    )
    return tuple(sorted(found, key=lambda moment: moment.due_at))


def decide(moment: Moment, now: dt.datetime) -> Firing:
    """Tell whether a moment that was found due is still worth sending: a late greeting helps nobody."""
    return Firing.FIRE if now <= moment.due_at + moment.reminder.grace else Firing.SKIP


def _each_day(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield dt.date.fromordinal(ordinal)


def closing(
    calendar: Calendar, event: dt.date, reminder: Reminder, day: dt.date
) -> Iterator[tuple[WindowRule, dt.datetime]]:
    """Give the windows of a day that a reminder of the kind "due" is about, each with the moment (UTC) at which it closes."""
    for rule in calendar.windows:
        if (not reminder.forms or rule.form in reminder.forms) and falls_on(rule.days, event, day):
            yield rule, moment_of(calendar, day, rule.closes)


def _moments_on(calendar: Calendar, event: dt.date, reminder: Reminder, day: dt.date) -> Iterator[Moment]:
    for at in reminder.at:
        due_at = moment_of(calendar, day, at.hour * 60 + at.minute)
        yield Moment(reminder, firing_key(reminder.id, dt.datetime.combine(day, at)), due_at)
    if not reminder.before:
        return
    ends = {closes_at for _, closes_at in closing(calendar, event, reminder, day)}
    for due_at in {end - before for end in ends for before in reminder.before}:
        yield Moment(reminder, firing_key(reminder.id, due_at.astimezone(calendar.zone)), due_at)
