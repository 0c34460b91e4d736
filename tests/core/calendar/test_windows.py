"""Which window a report belongs to."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar.calendar import local_day
from core.calendar.calendar_file import load_calendar
from core.calendar.windows import (
    WindowState,
    current_window,
    draft_expires,
    due_now,
    next_due,
    rules_on,
    window_for,
    window_rule,
    windows_on,
)
from core.territory.posts import PostKind

WIB = ZoneInfo("Asia/Jakarta")
EVENT = dt.date(2027, 2, 14)
FORMS = ("status", "voting", "readiness", "prison", "logistics", "incident")
CALENDAR = load_calendar(Path(__file__).parents[3] / "presets" / "sumsel" / "calendar.toml", zone=WIB)


def wib(day: int, hour: int, minute: int = 0, *, month: int = 2) -> dt.datetime:
    return dt.datetime(2027, month, day, hour, minute, tzinfo=WIB)


@pytest.mark.parametrize(
    ("kind", "now", "key", "state"),
    [
        (PostKind.POSKO, wib(10, 5, 59), "status/2027-02-10", WindowState.DAY),
        (PostKind.POSKO, wib(10, 6, 0), "status/2027-02-10/pagi", WindowState.OPEN),
        (PostKind.POSKO, wib(10, 7, 59), "status/2027-02-10/pagi", WindowState.OPEN),
        (PostKind.POSKO, wib(10, 8, 0), "status/2027-02-10/pagi", WindowState.CLOSED),
        (PostKind.POSKO, wib(10, 15, 59), "status/2027-02-10/pagi", WindowState.CLOSED),
        (PostKind.POSKO, wib(10, 16, 0), "status/2027-02-10/sore", WindowState.OPEN),
        (PostKind.POSKO, wib(10, 23, 59), "status/2027-02-10/sore", WindowState.CLOSED),
        (PostKind.POSKO, wib(11, 0, 0), "status/2027-02-11", WindowState.DAY),
        (PostKind.LAPAS, wib(10, 13, 0), "status/2027-02-10/regu-siang", WindowState.OPEN),
        (PostKind.LAPAS, wib(1, 13, 0, month=1), "status/2027-01-01/regu-siang", WindowState.OPEN),
        (PostKind.TPS, wib(6, 7), "status/2027-02-06", WindowState.DAY),
        (PostKind.TPS, wib(7, 7), "status/2027-02-07/tps-pagi", WindowState.OPEN),
        (PostKind.TPS, wib(14, 5, 30), "status/2027-02-14/siap", WindowState.OPEN),
        (PostKind.TPS, wib(14, 7, 15), "status/2027-02-14/siap", WindowState.CLOSED),
        (PostKind.TPS, wib(14, 9, 30), "status/2027-02-14/tengah", WindowState.OPEN),
        (PostKind.TPS, wib(15, 9, 30), "status/2027-02-15", WindowState.DAY),
    ],
)
def test_current(kind: PostKind, now: dt.datetime, key: str, state: WindowState) -> None:
    """A report belongs to the open window, else to the last one that closed today, else to the day."""
    window = current_window(CALENDAR, form="status", post_kind=kind, event=EVENT, now=now)
    assert (window.key, window.state, window.is_late) == (key, state, state is WindowState.CLOSED)


def test_form_without_windows() -> None:
    """A form for which no window is planned is due once in the day, at any time of it."""
    window = current_window(CALENDAR, form="flood", post_kind=PostKind.TPS, event=EVENT, now=wib(14, 12))
    assert (window.key, window.window_id, window.state) == ("flood/2027-02-14", None, WindowState.DAY)
    assert (window.opens_at, window.closes_at) == (wib(14, 0), wib(15, 0))


def test_voting_day() -> None:
    """On voting day polling stations have a window every two hours from 05:30."""
    windows = windows_on(CALENDAR, form="status", post_kind=PostKind.TPS, event=EVENT, day=EVENT, now=wib(14, 12))
    opens = [window.opens_at.astimezone(WIB) for window in windows]
    assert opens == [wib(14, 5, 30) + dt.timedelta(hours=2 * step) for step in range(9)]
    assert [window.state for window in windows][2:5] == [WindowState.CLOSED, WindowState.OPEN, WindowState.COMING]


def test_day_of_the_zone() -> None:
    """The day of a window is that of the preset's zone, not of UTC."""
    now = dt.datetime(2027, 2, 9, 23, 30, tzinfo=dt.UTC)
    window = current_window(CALENDAR, form="status", post_kind=PostKind.POSKO, event=EVENT, now=now)
    assert (window.key, window.day) == ("status/2027-02-10/pagi", dt.date(2027, 2, 10))


def test_label() -> None:
    """A window's rule, with its label, is found by form and id."""
    rule = window_rule(CALENDAR, "status", "regu-pagi")
    assert rule is not None
    assert rule.label.text("id") == "Regu pagi"
    assert window_rule(CALENDAR, "status", "nothing") is None


MOMENTS = st.datetimes(dt.datetime(2026, 10, 1), dt.datetime(2027, 5, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001 -- hypothesis adds the zone


@given(MOMENTS, st.sampled_from(PostKind), st.sampled_from(["Asia/Jakarta", "Europe/Berlin", "America/New_York"]))
def test_any_moment(now: dt.datetime, kind: PostKind, zone: str) -> None:
    """At every moment there is one window, of today, that has already opened."""
    calendar = replace(CALENDAR, zone=ZoneInfo(zone))
    window = current_window(calendar, form="status", post_kind=kind, event=EVENT, now=now)
    assert window.opens_at <= now
    assert window.day == local_day(calendar, now)
    assert (now < window.closes_at) is (window.state is not WindowState.CLOSED)


@pytest.mark.parametrize(
    ("hour", "minute", "key", "late"),
    [
        (4, 59, "status/2027-02-10", False),  # more than an hour early: the day's
        (5, 0, "status/2027-02-10/regu-pagi", False),
        (5, 50, "status/2027-02-10/regu-pagi", False),
        (6, 0, "status/2027-02-10/regu-pagi", False),
        (8, 0, "status/2027-02-10/regu-pagi", True),
        (11, 29, "status/2027-02-10/regu-pagi", True),
        (12, 20, "status/2027-02-10/regu-siang", False),  # not late for the morning but early for the afternoon
    ],
)
def test_report_shortly_before_a_window_belongs_to_it(hour: int, minute: int, key: str, *, late: bool) -> None:
    """A report sent within the hour before a window opens counts for that window."""
    window = window_for(CALENDAR, form="status", post_kind=PostKind.LAPAS, event=EVENT, sent_at=wib(10, hour, minute))
    assert (window.key, window.is_late) == (key, late)


@pytest.mark.parametrize(
    ("hour", "minute", "key", "late"),
    [
        (5, 29, "status/2027-02-14/siap", False),
        (6, 59, "status/2027-02-14/siap", False),
        (7, 0, "status/2027-02-14/siap", True),
        (7, 29, "status/2027-02-14/siap", True),
        (7, 30, "status/2027-02-14/buka", False),
        (23, 0, "status/2027-02-14/kotak-2", True),
        (23, 59, "status/2027-02-14/kotak-2", True),
    ],
)
def test_report_shortly_after_a_window_is_late_for_it(hour: int, minute: int, key: str, *, late: bool) -> None:
    """In the half hour after a window a report is late for it, even if the next opens within the hour."""
    window = window_for(CALENDAR, form="status", post_kind=PostKind.TPS, event=EVENT, sent_at=wib(14, hour, minute))
    assert (window.key, window.is_late) == (key, late)


def test_lasting() -> None:
    """The answers of a form of lasting figures stand in one window for ever, and are never late."""
    window = window_for(
        CALENDAR, form="status", post_kind=PostKind.TPS, event=EVENT, sent_at=wib(14, 7, 10), lasting=True
    )
    assert (window.key, window.is_late) == ("status/lasting", False)


def test_nothing_is_asked_twice_at_an_hour() -> None:
    """No kind of post has two windows open at once, of whatever forms, on any day."""
    for offset in range(-100, 110):
        day = EVENT + dt.timedelta(days=offset)
        for kind in PostKind:
            rules = sorted(
                (
                    rule
                    for form in FORMS
                    for rule in rules_on(CALENDAR, form=form, post_kind=kind, event=EVENT, day=day)
                ),
                key=lambda rule: rule.opens,
            )
            assert [one.id for one, other in pairwise(rules) if other.opens < one.closes] == []


def test_next_due() -> None:
    """The next window to open is found over nights and over months, for one form or for any; after the last there is none."""

    def found(kind: PostKind, now: dt.datetime, form: str | None = None) -> str | None:
        window = next_due(CALENDAR, kind, EVENT, now, form=form)
        return window.key if window else None

    assert found(PostKind.TPS, wib(1, 12, month=1)) == "status/2027-02-07/tps-pagi"
    assert found(PostKind.TPS, wib(13, 17)) == "status/2027-02-14/siap"
    assert found(PostKind.TPS, wib(13, 17), "voting") == "voting/2027-02-14/buka"
    assert found(PostKind.TPS, wib(14, 23)) is None
    assert found(PostKind.POSKO, wib(22, 7, month=3)) == "status/2027-03-22/harian"
    assert found(PostKind.POSKO, wib(1, 7, month=12)) is None


@pytest.mark.parametrize(
    ("form", "kind", "began", "expires"),
    [
        ("status", PostKind.LAPAS, wib(10, 7), wib(10, 12, 30)),  # open: until the next opens
        ("status", PostKind.LAPAS, wib(10, 5, 10), wib(10, 12, 30)),  # early for the morning, stale at noon
        ("status", PostKind.LAPAS, wib(10, 9), wib(10, 12, 30)),  # late for the morning
        ("status", PostKind.LAPAS, wib(10, 21), wib(11, 6)),
        ("status", PostKind.LAPAS, wib(10, 3), wib(10, 6)),  # of no window
        ("status", PostKind.TPS, wib(14, 22), wib(15, 22)),  # the last window of all
        ("readiness", PostKind.TPS, wib(1, 9), wib(2, 9)),  # weeks before the only one
        ("incident", PostKind.TPS, wib(14, 9), wib(15, 9)),  # due at no hour
    ],
)
def test_draft_expires(form: str, kind: PostKind, began: dt.datetime, expires: dt.datetime) -> None:
    """A draft is stale when the next window of its form opens, else a day after it was begun."""
    assert draft_expires(CALENDAR, form, kind, EVENT, began) == expires


@given(MOMENTS, st.sampled_from(PostKind), st.sampled_from(["Asia/Jakarta", "Europe/Berlin", "America/New_York"]))
def test_all_agree(now: dt.datetime, kind: PostKind, zone: str) -> None:
    """At any moment the windows of the day, the one a report belongs to, those that are due and the next agree."""
    calendar = replace(CALENDAR, zone=ZoneInfo(zone))
    day = local_day(calendar, now)
    opened = set()
    for form in FORMS:
        today = windows_on(calendar, form=form, post_kind=kind, event=EVENT, day=day, now=now)
        mine = window_for(calendar, form=form, post_kind=kind, event=EVENT, sent_at=now)
        open_now = [window for window in today if window.opens_at <= now < window.closes_at]
        assert open_now == [window for window in today if window.state is WindowState.OPEN]
        assert mine in today or (mine.window_id is None and not open_now)
        assert open_now in ([], [mine])
        assert mine.is_late is (mine.window_id is not None and mine.closes_at <= now)
        opened.update(open_now)
        following = next_due(calendar, kind, EVENT, now, form=form)
        coming = [window for window in today if window.opens_at > now]
        assert not coming or following == coming[0]
        assert following is None or following.opens_at > now
        assert draft_expires(calendar, form, kind, EVENT, now) > now
    assert set(due_now(calendar, kind, EVENT, now)) == opened
