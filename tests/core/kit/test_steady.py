"""The time that the program goes by, whatever the machine's clock shows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.kit.steady import ASTRAY, SteadyClock

TRUTH = datetime(2027, 2, 3, 0, 10, tzinfo=UTC)
YEAR, DAY, HOUR, MINUTE = timedelta(days=366), timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


class Machine:
    """A machine whose clock shows the right time, or that much more."""

    def __init__(self, *, off: timedelta = timedelta()) -> None:
        self.off, self.seconds = off, 0.0
        self.steady = SteadyClock(self, lambda: self.seconds)

    @property
    def truth(self) -> datetime:
        return TRUTH + timedelta(seconds=self.seconds)

    def now(self) -> datetime:
        return self.truth + self.off

    def wait(self, span: timedelta) -> None:
        self.seconds += span.total_seconds()
        self.steady.now()


@pytest.mark.parametrize("off", [YEAR, DAY, -DAY, -YEAR, timedelta(minutes=61), -timedelta(minutes=61)])
def test_clock_that_jumps_is_not_followed(off: timedelta) -> None:
    """After a jump of more than an hour the time goes on as it was, and the clock is in doubt."""
    machine = Machine()
    machine.wait(DAY)
    machine.off = off
    machine.wait(timedelta(minutes=5))
    assert not machine.steady.read().trusted
    assert machine.steady.now() == machine.truth


@pytest.mark.parametrize("off", [timedelta(minutes=59), -timedelta(minutes=59)])
def test_clock_that_is_set_by_minutes_is_followed(off: timedelta) -> None:
    """A clock that is set right by less than an hour is believed."""
    machine = Machine()
    machine.wait(DAY)
    machine.off = off
    assert machine.steady.read().trusted
    assert machine.steady.now() == machine.truth + off


def test_clock_that_comes_back_is_trusted_again() -> None:
    """When the clock shows again what it should, nobody needs to be asked."""
    machine = Machine()
    machine.wait(HOUR)
    machine.off = YEAR
    machine.wait(3 * HOUR)
    machine.off = timedelta()
    assert machine.steady.read().trusted


def test_telegram_confirms_a_jump() -> None:
    """A clock that was wrong when the machine came up, and was then set right, is believed as soon as Telegram says so."""
    machine = Machine(off=-57 * YEAR)
    machine.wait(HOUR)
    machine.off = timedelta()
    assert not machine.steady.read().trusted
    machine.steady.answered(machine.truth)
    assert machine.steady.read().trusted


def test_telegram_contradicts_a_clock_that_never_jumped() -> None:
    """A clock that was wrong from the beginning is in doubt as soon as Telegram says the time, and Telegram's counts."""
    machine = Machine(off=YEAR)
    machine.wait(HOUR)
    assert machine.steady.now() == machine.truth + YEAR
    machine.steady.answered(machine.truth)
    assert not machine.steady.read().trusted
    machine.wait(DAY)
    assert machine.steady.now() == machine.truth


def test_date_of_a_message_counts_more_than_that_of_an_answer() -> None:
    """A server in between may date answers by a wrong clock; the date of a message is always Telegram's."""
    machine = Machine(off=YEAR)
    machine.steady.answered(machine.truth + YEAR)
    assert machine.steady.read().trusted
    machine.steady.wrote(machine.truth)
    machine.steady.answered(machine.truth + YEAR)
    assert not machine.steady.read().trusted
    machine.off = timedelta()
    machine.steady.answered(machine.truth)
    machine.steady.wrote(machine.truth)
    machine.off = YEAR
    machine.steady.answered(machine.truth)
    assert machine.steady.now() == machine.truth


def test_it_is_not_earlier_than_what_is_known() -> None:
    """A clock that starts a day before it was right last is in doubt; one that starts days later is not."""
    late, early = Machine(off=-DAY), Machine()
    for machine in (late, early):
        machine.steady.at_least(TRUTH)
        machine.wait(HOUR)
    assert [machine.steady.read().trusted for machine in (late, early)] == [False, True]
    assert late.steady.now() == late.truth


def test_old_message_does_not_set_the_clock_back() -> None:
    """A message that has waited says that it is later, and nothing else."""
    machine = Machine()
    machine.steady.answered(machine.truth)
    machine.steady.at_least(TRUTH - DAY)
    assert machine.steady.now() == machine.truth


def test_no_message_comes_from_the_future() -> None:
    """Where a message is of a later date than answers are, their dates are those of a machine in between, and say nothing more."""
    machine = Machine()
    machine.steady.answered(machine.truth - YEAR)
    machine.steady.at_least(machine.truth - MINUTE)
    assert abs(machine.steady.now() - machine.truth) <= MINUTE
    machine.steady.answered(machine.truth - YEAR)
    assert abs(machine.steady.now() - machine.truth) <= MINUTE


OFFS = st.one_of(st.just(0.0), st.floats(-4e9, 4e9), st.floats(-7200, 7200))


@settings(deadline=None)
@given(st.lists(st.tuples(OFFS, st.floats(0.1, 1e6)), min_size=1, max_size=20))
def test_with_telegram_the_time_is_never_an_hour_off(steps: list[tuple[float, float]]) -> None:
    """Whatever the machine's clock does between two answers, the program's time is right to the hour."""
    machine = Machine()
    for off, seconds in steps:
        machine.steady.answered(machine.truth)
        for part in (off, off / 2, -off):
            machine.off = timedelta(seconds=part)
            assert abs(machine.steady.now() - machine.truth) <= ASTRAY * 3
        machine.steady.answered(machine.truth)
        assert abs(machine.steady.now() - machine.truth) <= ASTRAY
        machine.seconds += seconds
