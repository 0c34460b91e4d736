"""Report windows: which one a post's report belongs to, and which ones a day has."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from core.calendar import Calendar, WindowRule, local_day, moment_of
from core.people import PostKind

_WHOLE_DAY: Final = 1440  # minutes


EARLY: Final = dt.timedelta(hours=1)  # who reports so little before a window opens means that window


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
    offset = (day - event).days
    found = (
        rule
        for rule in calendar.windows
        if rule.form == form and post_kind in rule.posts and rule.first <= offset <= rule.last
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
    calendar: Calendar, *, form: str, post_kind: PostKind, event: dt.date, sent_at: dt.datetime
) -> WindowRef:
    """Return the window that a report sent then belongs to: one about to open takes it, rather than one that has closed."""
    window = current_window(calendar, form=form, post_kind=post_kind, event=event, now=sent_at)
    if window.state is WindowState.OPEN:
        return window
    day = local_day(calendar, sent_at)
    today = windows_on(calendar, form=form, post_kind=post_kind, event=event, day=day, now=sent_at)
    coming = (one for one in today if one.state is WindowState.COMING and one.opens_at - sent_at <= EARLY)
    return next(coming, window)


def whole_day(calendar: Calendar, *, form: str, day: dt.date) -> WindowRef:
    """Return the window that stands for a whole day."""
    opens_at, closes_at = moment_of(calendar, day, 0), moment_of(calendar, day, _WHOLE_DAY)
    return WindowRef(f"{form}/{day:%Y-%m-%d}", form, day, None, opens_at, closes_at, WindowState.DAY)


def window_rule(calendar: Calendar, form: str, window_id: str) -> WindowRule | None:
    """Return the rule behind a window, for its label."""
    return next((rule for rule in calendar.windows if rule.form == form and rule.id == window_id), None)


def _ref(calendar: Calendar, rule: WindowRule, day: dt.date, now: dt.datetime) -> WindowRef:
    opens_at, closes_at = moment_of(calendar, day, rule.opens), moment_of(calendar, day, rule.closes)
    begun = WindowState.OPEN if now < closes_at else WindowState.CLOSED
    state = begun if now >= opens_at else WindowState.COMING
    return WindowRef(f"{rule.form}/{day:%Y-%m-%d}/{rule.id}", rule.form, day, rule.id, opens_at, closes_at, state)
