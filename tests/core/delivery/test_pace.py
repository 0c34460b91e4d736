"""How fast one person's updates are acted on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.delivery.pace import Pace, Speed

SPEED = Speed()
START = 1_800_000_000.0


def play(pace: Pace, lane: int, seconds: float, *, start: float = START, alarm: bool = False) -> list[float]:
    """Act on a person's updates as soon as they may, for so long, and give when."""
    now, done = start, []
    while now < start + seconds:
        wait = pace.slowed(now).get(lane, 0.0)
        if wait == 0.0:
            pace.took(lane, now, alarm=alarm)
            done.append(now)
        now += wait or 1e-4
    return done


def test_a_burst_goes_at_once_and_then_two_a_second() -> None:
    """Twenty updates of a person are acted on at once, and two a second after that."""
    done = play(Pace(SPEED), 7, 10.0)
    assert len([at for at in done if at < START + 0.1]) == SPEED.burst
    assert done[-1] - done[SPEED.burst] == pytest.approx((len(done) - SPEED.burst - 1) * SPEED.seconds)


def test_others_are_not_slowed() -> None:
    """Who floods is slowed alone."""
    pace = Pace(SPEED)
    play(pace, 7, 10.0)
    assert set(pace.slowed(START + 10)) <= {7}
    assert pace.turn(8, START + 10) == 0
    assert pace.turn(7, START + 10) == pytest.approx(SPEED.most_turns, abs=5)


def test_a_person_is_told_once_an_hour() -> None:
    """Who is slowed is told when it begins and not again within the hour."""
    pace = Pace(SPEED)
    told = [pace.took(7, START + 0.3 * number) for number in range(13_000)]
    assert [number for number, said in enumerate(told) if said][1:] == [pytest.approx(12_050, abs=100)]


def test_ordinary_work_is_never_slowed() -> None:
    """A coordinator who taps once a second for an hour waits for nothing."""
    pace = Pace(SPEED)
    assert [pace.took(7, START + second) for second in range(3600)].count(True) == 0
    assert pace.slowed(START + 3600) == {}


def test_who_rests_is_first_again() -> None:
    """Who asked for very much and then for nothing stands in the first row again after some minutes."""
    pace = Pace(SPEED)
    play(pace, 7, 600.0)
    assert (pace.turn(7, START + 601) > 0, pace.turn(7, START + 601 + 400)) == (True, 0)


def test_calls_for_help_overtake_some_times() -> None:
    """The first five calls for help of a person overtake; who calls on and on waits with them like everybody else."""
    pace, hushed = Pace(SPEED), []
    for _ in range(7):
        hushed.append(7 in pace.hushed(START))
        pace.took(7, START, alarm=True)
    assert hushed == [False] * 5 + [True] * 2
    assert pace.hushed(START + 60) == set()


def test_without_a_speed_nobody_is_slowed() -> None:
    """For load tests nobody is slowed."""
    pace = Pace(None)
    assert [pace.took(7, START) for _ in range(100)] == [False] * 100
    assert (pace.slowed(START), pace.hushed(START), pace.turn(7, START)) == ({}, set(), 0)


@settings(max_examples=50, deadline=None)
@given(
    steps=st.lists(
        st.tuples(st.integers(1, 3), st.sampled_from([0.0, 0.1, 30.0, -3600.0, 86_400.0]), st.booleans()), max_size=80
    )
)
def test_no_clock_makes_anybody_wait_long(steps: list[tuple[int, float, bool]]) -> None:
    """Whatever becomes of the clock, who is slowed waits half a second for the next update, and a call ten seconds."""
    pace, now = Pace(SPEED), START
    for lane, later, alarm in steps:
        now += later
        pace.took(lane, now, alarm=alarm)
        assert all(0 < wait <= SPEED.seconds for wait in pace.slowed(now).values())
        assert pace.hushed(now + SPEED.alarm_seconds) == set()
        assert all(0 <= pace.turn(one, now) <= SPEED.most_turns for one in (1, 2, 3))


def test_what_is_over_is_forgotten() -> None:
    """Very many people in a row leave nothing behind but those of the last while."""
    pace = Pace(SPEED)
    for person in range(20_000):
        pace.took(person, START + person)
    assert sum(len(one) for one in vars(pace).values() if isinstance(one, dict)) < 5000
