"""How fast one person's updates are acted on: who sends very many is slowed, so that nobody else waits for them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

TOLD_SECONDS: Final = 3600.0
_TIDY: Final = 2000  # updates between two times that what is over is forgotten


@dataclass(frozen=True)
class Speed:
    """What a person may do at once, and after that sustained; beyond it their updates wait, stored, for their turn.

    A phone that finds its network again brings some dozen messages at once; a coordinator taps a card a second.
    """

    burst: int = 20  # updates that are acted on at once
    seconds: float = 0.5  # sustained, between two of them
    alarms: int = 5  # calls for help that overtake; more of them wait like anything else
    alarm_seconds: float = 10.0
    free: int = 5  # updates of a while that leave one's messages in the first row
    free_seconds: float = 10.0  # in which one of them is forgotten
    most_turns: int = 30


class Pace:
    """Remembers who asked how much lately; times are seconds on any one clock, and a clock set back forgets."""

    def __init__(self, speed: Speed | None) -> None:
        self._speed = speed
        # For each lane the theoretical arrival time of a leaky bucket: how far it runs ahead of now is what was used.
        self._all: dict[int, float] = {}
        self._calls: dict[int, float] = {}
        self._lately: dict[int, float] = {}
        self._slowed: dict[int, float] = {}  # until when
        self._hushed: dict[int, float] = {}
        self._told: dict[int, float] = {}  # until when who is slowed knows it
        self._taken = 0

    def took(self, lane: int, now: float, *, alarm: bool = False) -> bool:
        """Note that an update is acted on; True when its person is slowed from now on, and should be told, once an hour."""
        speed = self._speed
        if speed is None:
            return False
        self._tidy(now)
        self._lately[lane] = _fill(self._lately.get(lane), now, speed.free_seconds, speed.free + speed.most_turns)
        if alarm:
            self._calls[lane] = _fill(self._calls.get(lane), now, speed.alarm_seconds, speed.alarms)
            full = now + (speed.alarms - 1) * speed.alarm_seconds
            if self._calls[lane] > full:
                self._hushed[lane] = now + self._calls[lane] - full
        self._all[lane] = _fill(self._all.get(lane), now, speed.seconds, speed.burst)
        full = now + (speed.burst - 1) * speed.seconds
        if self._all[lane] <= full:
            return False
        self._slowed[lane] = now + self._all[lane] - full
        known = now < self._told.get(lane, 0.0) <= now + TOLD_SECONDS
        self._told[lane] = self._told[lane] if known else now + TOLD_SECONDS
        return not known

    def slowed(self, now: float) -> dict[int, float]:
        """The lanes that wait now, each with the seconds until its next update may be acted on."""
        speed = self._speed
        self._slowed = _running(self._slowed, now, speed.seconds if speed else 0.0)
        return {lane: until - now for lane, until in self._slowed.items()}

    def hushed(self, now: float) -> set[int]:
        """The lanes that have called for help so often that their calls do not overtake now."""
        speed = self._speed
        self._hushed = _running(self._hushed, now, speed.alarm_seconds if speed else 0.0)
        return set(self._hushed)

    def called(self, lane: int, now: float) -> int:
        """How many calls for help of a person are not yet forgotten: who has called least goes first."""
        speed = self._speed
        return 0 if speed is None else math.ceil(max(0.0, self._calls.get(lane, 0.0) - now) / speed.alarm_seconds)

    def turn(self, lane: int, now: float) -> int:
        """In which row a person's messages stand: 0 for who asked little lately, higher for who asked more."""
        speed = self._speed
        if speed is None:
            return 0
        used = (self._lately.get(lane, 0.0) - now) / speed.free_seconds
        return min(max(0, int(used) - speed.free), speed.most_turns)

    def _tidy(self, now: float) -> None:
        self._taken += 1
        if self._taken % _TIDY == 0:
            for bucket in (self._all, self._calls, self._lately, self._told):
                for lane in [lane for lane, ahead in bucket.items() if ahead <= now]:
                    del bucket[lane]


def _fill(ahead: float | None, now: float, seconds: float, most: int) -> float:
    """Fill a bucket by one; it never runs further ahead than it holds, whatever became of the clock."""
    return min(max(ahead or 0.0, now), now + (most - 1) * seconds) + seconds


def _running(waits: dict[int, float], now: float, longest: float) -> dict[int, float]:
    return {lane: until for lane, until in waits.items() if now < until <= now + longest}
