"""When an incident is due, and what that asks for: the next level up, a question to its owner, or the admins."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from core.forms.severity import Severity
from core.groups.purposes import Purpose
from core.groups.routing import GroupFact
from core.incidents.lifecycle import ANSWERED_FOR, OPEN, WAITING, State
from core.kit.ages import next_age_step
from core.territory.regions import LEVELS, RegionLevel, covers, region_level

ALARM: Final = "alarm"  # stands beside the severities where times are named
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class QuietHours:
    """A part of the day in which nobody is told what can wait; it may go over midnight."""

    start: int  # minutes after local midnight, included
    end: int  # minutes after local midnight, excluded
    unless: Severity  # from this severity up nothing is held back, nor are alarms


@dataclass(frozen=True)
class EscalationTimes:
    """A preset's times for incidents that nobody takes or that their owners say nothing of."""

    escalate_after: Mapping[str, timedelta]  # by severity and ALARM: how long it may wait for somebody to take it
    ask_after: Mapping[str, timedelta]  # by severity and ALARM: how long its owner may say nothing
    again: Mapping[str, timedelta]  # by severity and ALARM: how often all who know hear of it when nobody is left above
    rings: int  # how often an alarm that nobody takes rings in its groups
    quiet: QuietHours | None
    zone: ZoneInfo


@dataclass(frozen=True)
class Watch:
    """An incident as far as its deadlines go."""

    state: State
    severity: Severity
    alarm: bool
    asked: int  # questions that the owner has not answered; of a new alarm: how often it has rung
    opened_at: datetime
    due_at: datetime | None  # None: no deadline was set yet


class Due(StrEnum):
    """What an incident asks for when the clock looks at it."""

    NOTHING = "nothing"  # it is over
    BEGIN = "begin"  # it has no deadline yet
    HOLD = "hold"  # due, but nobody is told before the quiet hours end
    REFRESH = "refresh"  # not due: only its age has changed
    SPOKEN = "spoken"  # its owner has said something meanwhile
    ASK = "ask"  # its owner is asked whether it is still being handled
    UNANSWERED = (
        "unanswered"  # its owner has not answered, or cannot: the next level hears, and the owner is asked again
    )
    ESCALATE = "escalate"  # nobody has taken it: the next level hears
    RING = "ring"  # an alarm that nobody has taken: everybody who was told hears it again, and further people


@dataclass(frozen=True)
class Climb:
    """Which level hears next; `target` is None when nobody is left above."""

    target: RegionLevel | None
    skipped: tuple[RegionLevel, ...]  # levels on the way that have no group for it


def pace(times: EscalationTimes, watch: Watch) -> timedelta:
    """Return how often everybody who knows of an incident hears of it anew when nobody is left above."""
    return times.again[ALARM if watch.alarm else watch.severity.value]


def span(times: EscalationTimes, watch: Watch) -> timedelta | None:
    """Return how long an incident may stay as it is; None for one that is over."""
    key = ALARM if watch.alarm else watch.severity.value
    if watch.state in WAITING:
        return times.escalate_after[key]
    return times.ask_after[key] if watch.state in ANSWERED_FOR else None


def deadline(
    times: EscalationTimes, watch: Watch, start: datetime, *, wait: timedelta | None = None
) -> datetime | None:
    """Return when an incident is due that has been so since `start`; what falls into quiet hours moves to their end.

    `wait` takes the place of the time that its state has. None for an incident that is over.
    """
    length = span(times, watch)
    if length is None:
        return None
    moment = start + (wait or length)
    return held_until(times, watch, moment) or moment


def farthest(times: EscalationTimes) -> timedelta:
    """Return how far ahead of the present a deadline can lie at most: the longest time, and a night of quiet hours."""
    return max(*times.escalate_after.values(), *times.ask_after.values(), *times.again.values()) + _DAY


def held_until(times: EscalationTimes, watch: Watch, moment: datetime) -> datetime | None:
    """Return the end of the quiet hours that hold an incident back at a moment (UTC); None where nothing holds it."""
    quiet = times.quiet
    if quiet is None or watch.alarm or not quiet.unless.graver_than(watch.severity):
        return None
    local = moment.astimezone(times.zone)
    minute = local.hour * 60 + local.minute
    if quiet.start < quiet.end:
        inside = quiet.start <= minute < quiet.end
    else:
        inside = minute >= quiet.start or minute < quiet.end
    if not inside:
        return None
    day = local.date() + (_DAY if minute >= quiet.end else timedelta())
    wall = datetime.combine(day, time(*divmod(quiet.end, 60)), times.zone)
    # Where the clock is changed an hour of the wall comes twice or never: the later moment is after the quiet either way.
    return max(wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC))


def next_look(watch: Watch, due_at: datetime | None, now: datetime) -> datetime | None:
    """Return when the clock looks at an incident next: at its deadline, or when its card says a greater age."""
    if watch.state not in OPEN:
        return None
    moments = (due_at, next_age_step(watch.opened_at, now))
    return min((moment for moment in moments if moment is not None), default=None)


def decide(
    times: EscalationTimes, watch: Watch, now: datetime, *, spoke_at: datetime | None = None, answers: bool = True
) -> Due:
    """Return what an incident asks for now.

    `spoke_at` is when its owner last did or wrote something; `answers` is False for an owner who cannot be asked.
    """
    if watch.state not in OPEN:
        return Due.NOTHING
    if watch.due_at is None or watch.due_at > now + farthest(times):
        return Due.BEGIN  # so far ahead only a wrong clock has set it
    if now < watch.due_at:
        return Due.REFRESH
    if held_until(times, watch, now) is not None:
        return Due.HOLD
    if watch.state in WAITING:
        return Due.RING if rings(times, watch) else Due.ESCALATE
    if answers and spoke_at is not None:
        until = deadline(times, watch, spoke_at)
        if until is not None and now < until:
            return Due.SPOKEN
    return Due.ASK if answers and watch.asked == 0 else Due.UNANSWERED


def rings(times: EscalationTimes, watch: Watch) -> bool:
    """Tell whether an alarm that nobody has taken still rings."""
    return watch.alarm and watch.state is State.NEW and watch.asked < times.rings


def levels_above(level: RegionLevel | None) -> tuple[RegionLevel, ...]:
    """Return the levels above one, the nearest first; all of them above none."""
    return tuple(reversed(LEVELS if level is None else LEVELS[: LEVELS.index(level)]))


def climb(told: RegionLevel | None, linked: Collection[RegionLevel]) -> Climb:
    """Return the next level above the one that was told which has a group for it, and those passed over on the way."""
    above = levels_above(told)
    target = next((level for level in above if level in linked), None)
    passed = above[: above.index(target)] if target is not None else above
    return Climb(target, passed if told is not None else ())


def group_level(region_code: str) -> RegionLevel:
    """Return the level at which a group stands; one of the whole territory stands with the province's."""
    return region_level(region_code) or RegionLevel.PROVINCE


def highest(levels: Collection[RegionLevel]) -> RegionLevel | None:
    """Return the highest of some levels."""
    return min(levels, key=LEVELS.index, default=None)


def fits(group: GroupFact, region_code: str, purposes: Collection[Purpose], *, by_name: bool = False) -> bool:
    """Tell whether a group hears of these purposes there; `by_name` leaves out groups that hear of everything."""
    return covers(group.region_code, region_code) and (
        bool(group.purposes.intersection(purposes)) or (not group.purposes and not by_name)
    )


def region_at(region_code: str, level: RegionLevel) -> str | None:
    """Return the region of a level that a region lies in; None if it lies above that level itself."""
    parts = region_code.split(".")
    depth = LEVELS.index(level) + 1
    return ".".join(parts[:depth]) if region_code and depth <= len(parts) else None
