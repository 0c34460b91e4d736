"""When incidents that nobody takes, or that their owners say nothing of, are due, and what that asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.forms.severity import Severity
from core.groups.purposes import Purpose
from core.groups.routing import GroupFact
from core.incidents.escalation import (
    ALARM,
    Climb,
    Due,
    EscalationTimes,
    QuietHours,
    Watch,
    climb,
    deadline,
    decide,
    farthest,
    fits,
    group_level,
    held_until,
    levels_above,
    next_look,
    pace,
    region_at,
    rings,
    span,
)
from core.incidents.lifecycle import ENDED, State
from core.kit.ages import next_age_step
from core.territory.regions import LEVELS, RegionLevel

WIB = ZoneInfo("Asia/Jakarta")
NOW = datetime(2027, 2, 3, 3, 0, tzinfo=UTC)  # 10.00 WIB
PROVINCE, REGENCY, DISTRICT, VILLAGE = LEVELS
MINUTE = timedelta(minutes=1)


def minutes(**by_severity: int) -> dict[str, timedelta]:
    return {key: number * MINUTE for key, number in by_severity.items()}


NIGHT = QuietHours(22 * 60, 5 * 60, Severity.HIGH)
TIMES = EscalationTimes(
    escalate_after=minutes(low=240, medium=60, high=20, critical=5, alarm=2),
    ask_after=minutes(low=720, medium=240, high=60, critical=20, alarm=10),
    again=minutes(low=720, medium=360, high=60, critical=15, alarm=5),
    rings=5,
    quiet=NIGHT,
    zone=WIB,
)


def a_watch(state: State = State.NEW, severity: Severity = Severity.MEDIUM, **more: object) -> Watch:
    watch = Watch(state, severity, alarm=False, asked=0, opened_at=NOW, due_at=NOW)
    return replace(watch, **more)  # type: ignore[arg-type]


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB).astimezone(UTC)


watches = st.builds(
    Watch,
    state=st.sampled_from(State),
    severity=st.sampled_from(Severity),
    alarm=st.booleans(),
    asked=st.integers(0, 9),
    opened_at=st.just(NOW - timedelta(hours=3)),
    due_at=st.one_of(st.none(), st.datetimes(datetime(2027, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC))),  # noqa: DTZ001 - Hypothesis asks for bounds without a zone
)
moments = st.datetimes(datetime(2027, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001 - as above
quiets = st.builds(
    QuietHours, st.integers(0, 12 * 60 - 1), st.integers(12 * 60, 24 * 60 - 1), st.sampled_from(Severity)
) | st.builds(QuietHours, st.integers(12 * 60, 24 * 60 - 1), st.integers(0, 12 * 60 - 1), st.sampled_from(Severity))
zones = st.sampled_from(["Asia/Jakarta", "Asia/Jayapura", "Europe/Berlin", "America/St_Johns", "UTC"]).map(ZoneInfo)


@pytest.mark.parametrize(
    ("state", "severity", "alarm", "expected"),
    [
        (State.NEW, Severity.HIGH, False, 20 * MINUTE),
        (State.REFERRED, Severity.LOW, False, timedelta(hours=4)),
        (State.ACKNOWLEDGED, Severity.HIGH, False, timedelta(hours=1)),
        (State.IN_PROGRESS, Severity.CRITICAL, True, 10 * MINUTE),
        (State.NEW, Severity.LOW, True, 2 * MINUTE),
        (State.RESOLVED, Severity.CRITICAL, False, None),
    ],
)
def test_each_state_and_severity_has_its_time(
    state: State, severity: Severity, alarm: bool, expected: timedelta | None
) -> None:
    """What waits is due by its severity, what is owned later, an alarm by its own times, what is over never."""
    assert span(TIMES, a_watch(state, severity, alarm=alarm)) == expected


@pytest.mark.parametrize(
    ("severity", "alarm", "start", "expected"),
    [
        (Severity.MEDIUM, False, "2027-02-03 20:59", "2027-02-03 21:59"),
        (Severity.MEDIUM, False, "2027-02-03 21:00", "2027-02-04 05:00"),
        (Severity.MEDIUM, False, "2027-02-04 03:00", "2027-02-04 05:00"),
        (Severity.MEDIUM, False, "2027-02-04 04:00", "2027-02-04 05:00"),
        (Severity.LOW, False, "2027-02-04 02:00", "2027-02-04 06:00"),
        (Severity.HIGH, False, "2027-02-03 23:00", "2027-02-03 23:20"),
        (Severity.LOW, True, "2027-02-03 23:00", "2027-02-03 23:02"),
    ],
)
def test_a_deadline_in_quiet_hours_moves_to_their_end(
    severity: Severity, alarm: bool, start: str, expected: str
) -> None:
    """What would be due at night is due at five; what is grave, and an alarm, is due at any hour."""
    watch = a_watch(severity=severity, alarm=alarm)
    assert deadline(TIMES, watch, wib(start)) == wib(expected)


@pytest.mark.parametrize(
    ("watch", "minutes_later", "more", "expected"),
    [
        (a_watch(State.CLOSED), 0, {}, Due.NOTHING),
        (a_watch(due_at=None), 0, {}, Due.BEGIN),
        (a_watch(), -1, {}, Due.REFRESH),
        (a_watch(), 0, {}, Due.ESCALATE),
        (a_watch(), 13 * 60, {}, Due.HOLD),
        (a_watch(severity=Severity.HIGH), 13 * 60, {}, Due.ESCALATE),
        (a_watch(State.REFERRED), 0, {}, Due.ESCALATE),
        (a_watch(State.ACKNOWLEDGED), 0, {}, Due.ASK),
        (a_watch(State.IN_PROGRESS, asked=1), 0, {}, Due.UNANSWERED),
        (a_watch(State.ACKNOWLEDGED), 0, {"answers": False}, Due.UNANSWERED),
        (a_watch(State.IN_PROGRESS, asked=1), 0, {"spoke_at": NOW - MINUTE}, Due.SPOKEN),
        (a_watch(State.IN_PROGRESS), 0, {"spoke_at": NOW - timedelta(hours=4)}, Due.ASK),
        (a_watch(State.IN_PROGRESS), 0, {"spoke_at": NOW, "answers": False}, Due.UNANSWERED),
        (a_watch(alarm=True), 0, {}, Due.RING),
        (a_watch(alarm=True, asked=5), 0, {}, Due.ESCALATE),
        (a_watch(State.REFERRED, alarm=True), 0, {}, Due.ESCALATE),
        (a_watch(State.ACKNOWLEDGED, alarm=True), 0, {}, Due.ASK),
    ],
)
def test_what_is_due_is_decided_by_state_and_hour(
    watch: Watch, minutes_later: int, more: dict[str, object], expected: Due
) -> None:
    """The clock asks owners, goes up for what nobody took, lets alarms ring, and waits for the night to end."""
    assert decide(TIMES, watch, NOW + minutes_later * MINUTE, **more) is expected  # type: ignore[arg-type]


@given(watches, moments, quiets, zones)
def test_nothing_is_due_in_quiet_hours_unless_it_overrides_them(
    watch: Watch, start: datetime, quiet: QuietHours, zone: ZoneInfo
) -> None:
    """No deadline lies in the quiet hours of its zone, except of what is grave and of alarms; none lies before its time."""
    times = replace(TIMES, quiet=quiet, zone=zone)
    due_at = deadline(times, watch, start)
    if due_at is None:
        assert watch.state in ENDED
        return
    assert due_at >= start + (span(times, watch) or timedelta())
    assert held_until(times, watch, due_at) is None
    overrides = watch.alarm or list(Severity).index(watch.severity) >= list(Severity).index(quiet.unless)
    local = due_at.astimezone(zone)
    minute = local.hour * 60 + local.minute
    inside = quiet.start <= minute < quiet.end if quiet.start < quiet.end else not quiet.end <= minute < quiet.start
    assert overrides or not inside


@given(watches, moments)
def test_a_held_incident_is_held_once(watch: Watch, now: datetime) -> None:
    """Quiet hours end: at their end the same incident is not held again, and nothing is held that is not due."""
    due = decide(TIMES, watch, now)
    if due is Due.HOLD:
        until = held_until(TIMES, watch, now)
        assert until is not None
        assert until > now
        assert decide(TIMES, replace(watch, due_at=until), until) not in (Due.HOLD, Due.REFRESH)
    if watch.due_at is not None and now < watch.due_at:
        wrong = watch.due_at > now + farthest(TIMES)  # only a wrong clock sets it so far ahead
        assert due in (Due.BEGIN if wrong else Due.REFRESH, Due.NOTHING)


@given(st.sets(st.sampled_from(LEVELS)), st.sampled_from([None, *LEVELS]))
def test_news_climbs_until_nobody_is_left(linked: set[RegionLevel], told: RegionLevel | None) -> None:
    """Each step goes strictly up, hears each linked level above once, names each empty one once, and ends."""
    heard, skipped = list[RegionLevel](), list[RegionLevel]()
    while (step := climb(told, linked)).target is not None:
        heard.append(step.target)
        skipped += step.skipped
        assert told is None or LEVELS.index(step.target) < LEVELS.index(told)
        told = step.target
        assert len(heard) <= len(LEVELS)
    assert set(heard) <= linked
    assert len({*heard, *skipped}) == len(heard) + len(skipped)


def test_levels_are_passed_over_by_name() -> None:
    """From a village the district without a group is passed over to the regency; at the top nobody is left."""
    assert levels_above(DISTRICT) == (REGENCY, PROVINCE)
    assert climb(VILLAGE, {REGENCY, PROVINCE}) == Climb(REGENCY, (DISTRICT,))
    assert climb(REGENCY, {REGENCY}) == Climb(None, (PROVINCE,))
    assert climb(PROVINCE, {PROVINCE}) == Climb(None, ())
    assert climb(None, {REGENCY}) == Climb(REGENCY, ())


@given(watches, moments)
def test_the_next_look_is_the_deadline_or_the_next_age(watch: Watch, now: datetime) -> None:
    """What is open is looked at when it is due, and before that when its card says a greater age; what is over never."""
    look = next_look(watch, watch.due_at, now)
    if watch.state in ENDED:
        assert look is None
    else:
        moments_left = [one for one in (watch.due_at, next_age_step(watch.opened_at, now)) if one is not None]
        assert look == min(moments_left, default=None)


@given(st.integers(0, 20))
def test_an_alarm_rings_so_often_and_no_more(rung: int) -> None:
    """An alarm that nobody takes rings as often as the preset says, one that was taken does not."""
    assert rings(TIMES, a_watch(alarm=True, asked=rung)) is (rung < TIMES.rings)
    assert not rings(TIMES, a_watch(State.ACKNOWLEDGED, alarm=True, asked=rung))
    assert not rings(TIMES, a_watch(asked=rung))


def test_the_graver_the_sooner_all_hear_again() -> None:
    """Where nobody is left above the pace follows the severity, and of an alarm its own."""
    found = [pace(TIMES, a_watch(severity=severity)) / MINUTE for severity in Severity]
    assert [*found, pace(TIMES, a_watch(alarm=True)) / MINUTE] == [720, 360, 60, 15, 5]


def test_who_hears_is_told_by_purpose_and_place() -> None:
    """A group for everything hears everything of its place, but no referral; others hear of their purposes."""
    everything, legal = GroupFact(1, "16.73", frozenset()), GroupFact(2, "", frozenset({Purpose.LEGAL}))
    wanted = (Purpose.LEGAL, Purpose.SECURITY)
    assert [fits(group, "16.73.06", wanted) for group in (everything, legal)] == [True, True]
    assert [fits(group, "16.73.06", wanted, by_name=True) for group in (everything, legal)] == [False, True]
    assert not fits(everything, "16.74", wanted)
    assert not fits(legal, "16.73", (Purpose.DISASTER,))
    assert [group_level(group.region_code) for group in (everything, legal)] == [REGENCY, PROVINCE]


def test_the_region_of_a_level() -> None:
    """The region above is named by its code; a region has none below itself."""
    assert region_at("16.73.06.1002", DISTRICT) == "16.73.06"
    assert region_at("16.73", REGENCY) == "16.73"
    assert region_at("16.73", VILLAGE) is None
    assert ALARM not in set(Severity)
