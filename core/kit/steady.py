"""The time that the program goes by: the machine's, as long as that agrees with what is known of the right one.

A machine's clock may jump: by a wrong battery, a wrong time server, a slip of somebody's hand. What happens by time cannot
be taken back, so a clock is believed only while it goes on as time does, or as Telegram's date says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.kit.clock import Clock

ASTRAY = timedelta(
    hours=1
)  # phones and servers differ by seconds, a changed zone by an hour; more is a clock that is wrong


@dataclass(frozen=True)
class Reading:
    """What a clock shows, beside what it should show as far as that is known."""

    shown: datetime
    reckoned: datetime

    @property
    def trusted(self) -> bool:
        """Whether what the clock shows can be acted on."""
        return abs(self.shown - self.reckoned) <= ASTRAY

    @property
    def time(self) -> datetime:
        """The better of the two."""
        return self.shown if self.trusted else self.reckoned


@dataclass(frozen=True)
class _Mark:
    """A time, and the seconds that had passed by then since some beginning."""

    at: datetime
    passed: float

    def carried(self, passed: float) -> datetime:
        """The time when so many seconds have passed."""
        return self.at + timedelta(seconds=passed - self.passed)


class Reckoning:
    """The right time as it was known last, carried on by the seconds that have passed since; these are handed in."""

    def __init__(self) -> None:
        self._known: _Mark | None = None
        self._answered: _Mark | None = None  # by the date of Telegram's last answer
        self._answers_lie = False

    def read(self, shown: datetime, passed: float) -> Reading:
        """Hold what a clock shows against the reckoning, which follows a clock that is trusted."""
        if self._known is None:
            self._known = _Mark(shown, passed)
        reading = Reading(shown, self._known.carried(passed))
        if reading.trusted:
            self._known = _Mark(shown, passed)
        return reading

    def answered(self, at: datetime, passed: float) -> None:
        """Learn the time from the date of an answer, unless such dates have turned out not to be Telegram's own."""
        self._answered = _Mark(at, passed)
        if not self._answers_lie:
            self._known = self._answered

    def wrote(self, at: datetime, passed: float) -> None:
        """Learn the time from the date of a message that Telegram has just taken.

        A message's date is always Telegram's own. The date of an answer may be that of a machine in between.
        """
        if self._answered is not None:
            self._answers_lie = abs(self._answered.carried(passed) - at) > ASTRAY
        self._known = _Mark(at, passed)

    def at_least(self, at: datetime, passed: float) -> None:
        """Learn that it is this time or later, as from the date of a message that has waited for who knows how long.

        No message comes from the future: where the date of answers says so, that is not Telegram's own.
        """
        if self._known is not None and at > self._known.carried(passed) + ASTRAY:
            self._answers_lie = self._answered is not None
            self._known = _Mark(at, passed)


class SteadyClock:
    """A clock that goes on evenly: while its machine's clock is not trusted, it gives the time as it should be."""

    def __init__(self, clock: Clock, passed: Callable[[], float]) -> None:
        """Take the machine's clock, and what counts the seconds that pass whatever becomes of that clock."""
        self._clock, self.passed = clock, passed
        self._reckoning = Reckoning()
        self._latest: datetime | None = None  # the latest time that it gave, as far as nobody knows that it was wrong

    def now(self) -> datetime:
        """Give the present time, aware, in UTC."""
        time = self.read().time
        self._latest = time if self._latest is None else max(self._latest, time)
        return time

    def gave_later(self, slip: timedelta) -> bool:
        """Whether it gave, since this was asked last, a time that is ahead of the present by more than this."""
        now, latest = self.read().time, self._latest
        self._latest = now
        return latest is not None and latest > now + slip

    def read(self) -> Reading:
        """Hold the machine's clock against the right time."""
        return self._reckoning.read(self._clock.now(), self.passed())

    def answered(self, at: datetime) -> None:
        """Learn the time from the date of an answer of Telegram's."""
        self._reckoning.answered(at, self.passed())

    def wrote(self, at: datetime) -> None:
        """Learn the time from the date of a message that Telegram has just taken."""
        self._reckoning.wrote(at, self.passed())

    def at_least(self, at: datetime) -> None:
        """Learn that it is this time or later."""
        self.read()
        self._reckoning.at_least(at, self.passed())
