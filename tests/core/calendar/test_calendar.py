"""The event's day, its phases, and which reminders are due between two moments."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar.calendar import (
    Calendar,
    Days,
    EventRule,
    Firing,
    MonthDay,
    Reminder,
    ReminderKind,
    WindowRule,
    days_to,
    decide,
    due_moments,
    event_date,
    event_name,
    falls_on,
    next_on,
    phase_on,
)
from core.calendar.calendar_file import load_calendar
from core.calendar.windows import windows_closing
from core.forms.forms import Label
from core.territory.posts import PostKind

WIB = ZoneInfo("Asia/Jakarta")
BERLIN = ZoneInfo("Europe/Berlin")  # its clocks change, WIB's do not
EVENT = dt.date(2027, 2, 14)
CALENDAR = load_calendar(Path(__file__).parents[3] / "presets" / "sumsel" / "calendar.toml", zone=WIB)


EVERY_DAY = Days(-90, 35)


def wib(day: int, hour: int = 0, minute: int = 0, *, month: int = 2) -> dt.datetime:
    return dt.datetime(2027, month, day, hour, minute, tzinfo=WIB)


def a_calendar(*reminders: Reminder, zone: ZoneInfo = WIB, windows: tuple[WindowRule, ...] = ()) -> Calendar:
    return Calendar(EventRule(Label(id="Hari H", en="The day"), MonthDay(2, 14)), zone, (), windows, reminders)


def minutes(number: int) -> dt.timedelta:
    return dt.timedelta(minutes=number)


def a_reminder(
    reminder_id: str = "one", *, at: tuple[dt.time, ...] = (dt.time(7),), days: Days = EVERY_DAY, grace: int = 4
) -> Reminder:
    return Reminder(
        reminder_id, ReminderKind.REMINDER, "reminder-one", at, days, "all", frozenset(), dt.timedelta(hours=grace)
    )


@pytest.mark.parametrize(
    ("today", "event"),
    [
        (dt.date(2026, 11, 22), dt.date(2027, 2, 14)),
        (dt.date(2027, 2, 14), dt.date(2027, 2, 14)),
        (dt.date(2027, 2, 15), dt.date(2028, 2, 14)),
    ],
)
def test_next_event(today: dt.date, event: dt.date) -> None:
    """The event is the next day of that name, and today counts."""
    assert event_date(CALENDAR, today) == event


def test_event_overridden() -> None:
    """A date or name from the settings wins over the preset's."""
    assert event_date(CALENDAR, EVENT, dt.date(2029, 2, 14)) == dt.date(2029, 2, 14)
    assert event_name(CALENDAR, "id", "Pilkada 2029") == "Pilkada 2029"
    assert event_name(CALENDAR, "en", "  ") == "Voting day"
    assert event_name(CALENDAR, "id") == "Pemungutan suara"


@pytest.mark.parametrize(
    ("today", "year"), [(dt.date(2024, 2, 29), 2024), (dt.date(2024, 3, 1), 2028), (dt.date(2096, 3, 1), 2104)]
)
def test_leap_day(today: dt.date, year: int) -> None:
    """29 February is next met in a leap year."""
    assert next_on(MonthDay(2, 29), today) == dt.date(year, 2, 29)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2200, 1, 1)))
def test_next_is_near(today: dt.date) -> None:
    """The next such day lies within a year."""
    assert 0 <= (next_on(MonthDay(2, 14), today) - today).days <= 366


@pytest.mark.parametrize(
    ("now", "days"),
    [
        (dt.datetime(2027, 2, 13, 16, 59, tzinfo=dt.UTC), 1),
        (dt.datetime(2027, 2, 13, 17, 0, tzinfo=dt.UTC), 0),
        (dt.datetime(2027, 2, 14, 17, 0, tzinfo=dt.UTC), -1),
        (dt.datetime(2026, 11, 16, 3, 0, tzinfo=dt.UTC), 90),
    ],
)
def test_days_left(now: dt.datetime, days: int) -> None:
    """Days to the event are counted at the preset's midnight, not at that of UTC."""
    assert days_to(CALENDAR, EVENT, now) == days


@pytest.mark.parametrize(
    ("offset", "phase"),
    [
        (-366, None),
        (-100, "preparation"),
        (-78, "campaign"),
        (-3, "quiet"),
        (0, "voting"),
        (1, "counting"),
        (2, "recapitulation"),
        (35, "recapitulation"),
        (36, "disputes"),
        (106, None),
    ],
)
def test_phase(offset: int, phase: str | None) -> None:
    """A day belongs to one phase or to none."""
    found = phase_on(CALENDAR, EVENT, EVENT + dt.timedelta(days=offset))
    assert (found.id if found else None) == phase


@pytest.mark.parametrize(
    ("days", "offset", "due"),
    [
        (Days(-90, 0, only=frozenset({-90, 0})), -90, True),
        (Days(-90, 0, only=frozenset({-90, 0})), -1, False),
        (Days(-3, 3, but=frozenset({0})), 0, False),
        (Days(-3, 3, but=frozenset({0})), 3, True),
        (Days(-3, 3), 4, False),
        (Days(None, 0, weekdays=frozenset({6})), 0, True),
        (Days(None, 0, weekdays=frozenset({6})), -7000, True),
        (Days(None, 0, weekdays=frozenset({6})), 7, False),
        (Days(None, 0, weekdays=frozenset({0})), 0, False),
    ],
)
def test_days_of_a_reminder(days: Days, offset: int, *, due: bool) -> None:
    """A reminder's days are counted from the event; the event of 2027 is a Sunday."""
    assert falls_on(days, EVENT, EVENT + dt.timedelta(days=offset)) is due


def test_keys_of_a_day() -> None:
    """The keys of a day's moments tell reminder, local day and local time, in time order."""
    moments = due_moments(CALENDAR, EVENT, after=wib(8), until=wib(8, 23))
    assert [moment.key for moment in moments] == [
        "countdown/2027-02-08T07:00",
        "due/2027-02-08T07:30",
        "neutrality/2027-02-08T08:00",
        "summary-morning/2027-02-08T08:15",
        "due/2027-02-08T09:30",
        "due/2027-02-08T11:30",
        "due/2027-02-08T14:00",
        "due/2027-02-08T17:30",
        "summary-evening/2027-02-08T18:15",
        "due/2027-02-08T20:00",
    ]
    assert moments[0].due_at == dt.datetime(2027, 2, 8, 0, 0, tzinfo=dt.UTC)


def test_countdown_days() -> None:
    """The countdown comes 90, 60, 30, 14 and 7 days before, and daily for the last six days and the day itself."""
    start, end = dt.datetime(2026, 1, 1, tzinfo=dt.UTC), dt.datetime(2027, 12, 1, tzinfo=dt.UTC)
    moments = due_moments(CALENDAR, EVENT, after=start, until=end)
    offsets = [days_to(CALENDAR, EVENT, moment.due_at) for moment in moments if moment.reminder.id == "countdown"]
    assert offsets == [90, 60, 30, 14, 7, 6, 5, 4, 3, 2, 1, 0]


def test_neutrality_days() -> None:
    """The reminder of neutrality comes every Monday until the event and never after it."""
    start, end = wib(1, month=1), wib(1, month=12)
    moments = due_moments(CALENDAR, EVENT, after=start, until=end)
    days = [moment.due_at.astimezone(WIB) for moment in moments if moment.reminder.id == "neutrality"]
    assert [day.weekday() for day in days] == [0] * 6
    assert days[-1].date() == dt.date(2027, 2, 8)


def test_bounds() -> None:
    """A moment at the end of a range is in it, one at its beginning is not."""
    calendar = a_calendar(a_reminder())
    assert due_moments(calendar, EVENT, after=wib(7, 7), until=wib(8, 6, 59)) == ()
    assert len(due_moments(calendar, EVENT, after=wib(7, 6, 59), until=wib(7, 7))) == 1
    assert due_moments(calendar, EVENT, after=wib(8), until=wib(7)) == ()


def test_moved_event() -> None:
    """When the event moves, a moment at the same time keeps its key."""
    calendar = a_calendar(a_reminder())
    keys = [
        [moment.key for moment in due_moments(calendar, event, after=wib(7), until=wib(9))]
        for event in (EVENT, EVENT + dt.timedelta(days=7))
    ]
    assert keys[0] == keys[1] == ["one/2027-02-07T07:00", "one/2027-02-08T07:00"]


TIMES = st.lists(st.times().map(lambda at: at.replace(second=0, microsecond=0)), min_size=1, max_size=4, unique=True)
MOMENTS = st.datetimes(dt.datetime(2027, 3, 20), dt.datetime(2027, 4, 10), timezones=st.just(dt.UTC))  # noqa: DTZ001 -- hypothesis adds the zone


@given(TIMES, st.lists(MOMENTS, min_size=2, max_size=8), st.sampled_from([WIB, BERLIN]))
def test_any_cut(times: list[dt.time], cuts: list[dt.datetime], zone: ZoneInfo) -> None:
    """Every moment of a range is found exactly once however the range is cut, also where clocks change."""
    calendar = a_calendar(a_reminder(at=tuple(times)), zone=zone)
    cuts.sort()
    event = dt.date(2027, 3, 28)  # the night in which Berlin's clocks go forward
    whole = due_moments(calendar, event, after=cuts[0], until=cuts[-1])
    pieces = [
        moment for after, until in pairwise(cuts) for moment in due_moments(calendar, event, after=after, until=until)
    ]
    assert sorted(moment.key for moment in pieces) == sorted(moment.key for moment in whole)
    assert [moment.due_at for moment in pieces] == [moment.due_at for moment in whole]
    assert len({moment.key for moment in whole}) == len(whole)


@pytest.mark.parametrize(("month", "day"), [(3, 28), (10, 31)])
def test_clock_change(month: int, day: int) -> None:
    """A time that the clock skips or shows twice is due once."""
    calendar = a_calendar(a_reminder(at=(dt.time(2, 30),)), zone=BERLIN)
    noon = dt.datetime(2027, month, day, 12, tzinfo=dt.UTC)
    moments = due_moments(calendar, noon.date(), after=noon - dt.timedelta(days=1), until=noon)
    assert [moment.key for moment in moments] == [f"one/2027-{month:02}-{day:02}T02:30"]


def a_window(window_id: str, opens: int, closes: int, *, form: str = "status") -> WindowRule:
    label = Label(id=window_id, en=window_id)
    return WindowRule(window_id, form, frozenset({PostKind.TPS}), label, opens, closes, EVERY_DAY)


def test_due_goes_by_the_windows() -> None:
    """A reminder of what is due has one moment for all windows that close together, at each of its lengths before."""
    due = replace(a_reminder("due", at=()), kind=ReminderKind.DUE, before=(minutes(60), minutes(30)))
    windows = (a_window("a", 360, 480), a_window("b", 360, 480, form="prison"), a_window("c", 480, 510))
    moments = due_moments(a_calendar(due, windows=windows), EVENT, after=wib(8), until=wib(9))
    assert [moment.key for moment in moments] == [
        "due/2027-02-08T07:00",
        "due/2027-02-08T07:30",
        "due/2027-02-08T08:00",
    ]
    calendar = a_calendar(due, windows=windows)
    closing = [[rule.id for rule, _ in windows_closing(calendar, EVENT, moment)] for moment in moments]
    assert closing == [["a", "b"], ["a", "b", "c"], ["c"]]


def test_due_of_some_forms() -> None:
    """A reminder that names forms goes by their windows alone."""
    due = replace(a_reminder("due", at=()), kind=ReminderKind.DUE, before=(minutes(30),), forms=frozenset({"prison"}))
    windows = (a_window("a", 360, 480), a_window("b", 360, 600, form="prison"))
    moments = due_moments(a_calendar(due, windows=windows), EVENT, after=wib(8), until=wib(9))
    assert [moment.key for moment in moments] == ["due/2027-02-08T09:30"]


def test_neutrality_of_the_quiet_days() -> None:
    """In the quiet days the duty of neutrality is recalled every day, and the weekly reminder is silent."""
    moments = due_moments(CALENDAR, EVENT, after=wib(9), until=wib(20))
    found = [moment.key for moment in moments if moment.reminder.id.startswith("neutrality")]
    assert found == [f"neutrality-quiet/2027-02-{day}T08:00" for day in (11, 12, 13)]


@pytest.mark.parametrize("event", [EVENT + dt.timedelta(days=shift) for shift in range(7)])
def test_nobody_hears_of_logistics_twice(event: dt.date) -> None:
    """On H-2 and H-1 logistics are recalled once, whatever weekday the event is; voters' letters until H-3; rains weekly."""
    start = dt.datetime.combine(event, dt.time(), WIB) - dt.timedelta(days=7)
    moments = due_moments(CALENDAR, event, after=start, until=start + dt.timedelta(days=14))
    days: dict[str, list[int]] = {}
    for moment in moments:
        days.setdefault(moment.reminder.id, []).append(days_to(CALENDAR, event, moment.due_at))
    assert (days["logistics"], days["logistics-posts"], days["letters"]) == ([2, 1], [2, 1], [5, 4, 3])
    assert (len(days["flood"]), len(days["flood-posts"])) == (2, 2)


def test_given_reminders() -> None:
    """Reminders that are not in the preset are due by the same rules."""
    found = due_moments(CALENDAR, EVENT, after=wib(8), until=wib(9), reminders=[a_reminder("own")])
    assert [moment.key for moment in found] == ["own/2027-02-08T07:00"]


@pytest.mark.parametrize(
    ("hour", "minute", "firing"),
    [(7, 0, Firing.FIRE), (11, 0, Firing.FIRE), (11, 1, Firing.SKIP), (23, 0, Firing.SKIP)],
)
def test_grace(hour: int, minute: int, firing: Firing) -> None:
    """A moment is fired within its grace and skipped after it."""
    moment = due_moments(a_calendar(a_reminder()), EVENT, after=wib(8), until=wib(9))[0]
    assert decide(moment, wib(8, hour, minute)) is firing
