"""Report windows: which one a post's report belongs to, and which ones a day has."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from core.calendar.calendar import Calendar, Moment, WindowRule, closing, falls_on, local_day, moment_of
from core.calendar.keys import window_key
from core.forms.forms import lasting_key
from core.territory.posts import PostKind

_DAY: Final = dt.timedelta(days=1)
_WHOLE_DAY: Final = 1440  # minutes
_LOOK_AHEAD: Final = 400  # days; a window that comes every year comes up within them

EARLY: Final = dt.timedelta(hours=1)  # who reports so little before a window opens means that window,
LATE: Final = dt.timedelta(minutes=30)  # unless another closed less than this ago: then they are late for that one
DRAFT_LASTS: Final = dt.timedelta(hours=24)  # of a form that is due at no hour


class WindowState(StrEnum):
    """How a window stands at a moment."""

    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"
    DAY = "day"  # no window: the whole day stands for one


@dataclass(frozen=True)
class WindowRef:
    """One window of one day."""

    key: str  # stable: `status/2027-02-14/pagi`, or `status/2027-02-14` for a whole day
    form: str
    day: dt.date  # in the preset's zone
    window_id: str | None  # None for a whole day
    opens_at: dt.datetime  # UTC, included
    closes_at: dt.datetime  # UTC, excluded
    state: WindowState

    @property
    def is_late(self) -> bool:
        """Whether a report filed now for this window comes after it closed."""
        return self.state is WindowState.CLOSED


def rules_on(
    calendar: Calendar, *, form: str, post_kind: PostKind, event: dt.date, day: dt.date
) -> tuple[WindowRule, ...]:
    """Return the windows that a kind of post has for a form on a day, the earliest first."""
    found = (
        rule
        for rule in calendar.windows
        if rule.form == form and post_kind in rule.posts and falls_on(rule.days, event, day)
    )
    return tuple(sorted(found, key=lambda rule: rule.opens))


def windows_on(
    calendar: Calendar, *, form: str, post_kind: PostKind, event: dt.date, day: dt.date, now: dt.datetime
) -> tuple[WindowRef, ...]:
    """Return the windows of a day as they stand now, the earliest first; none where none is planned."""
    rules = rules_on(calendar, form=form, post_kind=post_kind, event=event, day=day)
    return tuple(_ref(calendar, rule, day, now) for rule in rules)


def current_window(
    calendar: Calendar, *, form: str, post_kind: PostKind, event: dt.date, now: dt.datetime
) -> WindowRef:
    """Return the window that is open, else the last one that closed today, else today as a whole."""
    day = local_day(calendar, now)
    today = windows_on(calendar, form=form, post_kind=post_kind, event=event, day=day, now=now)
    for state in (WindowState.OPEN, WindowState.CLOSED):
        found = [window for window in today if window.state is state]
        if found:
            return found[-1]
    return whole_day(calendar, form=form, day=day)


def window_for(
    calendar: Calendar,
    *,
    form: str,
    post_kind: PostKind,
    event: dt.date,
    sent_at: dt.datetime,
    lasting: bool = False,
) -> WindowRef:
    """Return the window that a report sent then belongs to; `lasting` is for a form whose newest answers simply stand.

    Open: that one. Else the one that closed less than half an hour ago, for which it is late; else the one that opens
    within the hour; else the last that closed today, for which it is late; else the day.
    """
    if lasting:
        return replace(whole_day(calendar, form=form, day=local_day(calendar, sent_at)), key=lasting_key(form))
    window = current_window(calendar, form=form, post_kind=post_kind, event=event, now=sent_at)
    if window.state is WindowState.OPEN or (window.is_late and sent_at - window.closes_at < LATE):
        return window
    day = local_day(calendar, sent_at)
    today = windows_on(calendar, form=form, post_kind=post_kind, event=event, day=day, now=sent_at)
    coming = (one for one in today if one.state is WindowState.COMING and one.opens_at - sent_at <= EARLY)
    return next(coming, window)


def due_now(calendar: Calendar, post_kind: PostKind, event: dt.date, now: dt.datetime) -> tuple[WindowRef, ...]:
    """Return the open windows of every form that is due from a kind of post, the first to close first."""
    day = local_day(calendar, now)
    today = _windows_of(calendar, post_kind, event, day, now)
    return tuple(
        sorted((one for one in today if one.state is WindowState.OPEN), key=lambda one: (one.closes_at, one.key))
    )


def next_due(
    calendar: Calendar, post_kind: PostKind, event: dt.date, now: dt.datetime, *, form: str | None = None
) -> WindowRef | None:
    """Return the next window to open for a kind of post, of one form or of any; None when none comes within 400 days."""
    rules = [rule for rule in calendar.windows if post_kind in rule.posts and form in (None, rule.form)]
    if not rules:
        return None
    today = local_day(calendar, now)
    begin = max(today, event + _DAY * min(-_LOOK_AHEAD if one.days.first is None else one.days.first for one in rules))
    end = min(today + _DAY * _LOOK_AHEAD, event + _DAY * max(rule.days.last for rule in rules))
    for number in range((end - begin).days + 1):
        found = [
            window
            for window in _windows_of(calendar, post_kind, event, begin + _DAY * number, now)
            if window.state is WindowState.COMING and form in (None, window.form)
        ]
        if found:
            return min(found, key=lambda one: (one.opens_at, one.key))
    return None


def windows_closing(calendar: Calendar, event: dt.date, moment: Moment) -> tuple[tuple[WindowRule, WindowRef], ...]:
    """Return the windows that a reminder of the kind "due" speaks of at its moment, each with its rule."""
    day = local_day(calendar, moment.due_at)
    ends = {moment.due_at + before for before in moment.reminder.before}
    return tuple(
        (rule, _ref(calendar, rule, day, moment.due_at))
        for rule, closes_at in closing(calendar, event, moment.reminder, day)
        if closes_at in ends
    )


def draft_expires(
    calendar: Calendar, form: str, post_kind: PostKind, event: dt.date, began: dt.datetime
) -> dt.datetime:
    """Return when a report begun then, and not sent, is stale.

    That is when the next window of its form opens after the one that it belongs to; where it belongs to none, or none
    comes after it, at the latest 24 hours after it was begun.
    """
    window = window_for(calendar, form=form, post_kind=post_kind, event=event, sent_at=began)
    planned = window.window_id is not None
    following = next_due(calendar, post_kind, event, max(began, window.opens_at) if planned else began, form=form)
    if following is None:
        return began + DRAFT_LASTS
    return following.opens_at if planned else min(following.opens_at, began + DRAFT_LASTS)


def whole_day(calendar: Calendar, *, form: str, day: dt.date) -> WindowRef:
    """Return the window that stands for a whole day."""
    opens_at, closes_at = moment_of(calendar, day, 0), moment_of(calendar, day, _WHOLE_DAY)
    return WindowRef(window_key(form, day), form, day, None, opens_at, closes_at, WindowState.DAY)


def window_rule(calendar: Calendar, form: str, window_id: str) -> WindowRule | None:
    """Return the rule behind a window, for its label."""
    return next((rule for rule in calendar.windows if rule.form == form and rule.id == window_id), None)


def _windows_of(
    calendar: Calendar, post_kind: PostKind, event: dt.date, day: dt.date, now: dt.datetime
) -> list[WindowRef]:
    """The windows of every form that a kind of post has on a day."""
    return [
        _ref(calendar, rule, day, now)
        for rule in calendar.windows
        if post_kind in rule.posts and falls_on(rule.days, event, day)
    ]


def _ref(calendar: Calendar, rule: WindowRule, day: dt.date, now: dt.datetime) -> WindowRef:
    opens_at, closes_at = moment_of(calendar, day, rule.opens), moment_of(calendar, day, rule.closes)
    begun = WindowState.OPEN if now < closes_at else WindowState.CLOSED
    state = begun if now >= opens_at else WindowState.COMING
    return WindowRef(window_key(rule.form, day, rule.id), rule.form, day, rule.id, opens_at, closes_at, state)
