"""Refusals for sending too fast (429): whether they concern one chat or the whole bot, and when to try again."""

from __future__ import annotations

from typing import Final

PROBE_SECONDS: Final = (
    2.0,
    5.0,
    15.0,
    30.0,
    60.0,
)  # until the next probe while everything is refused; the last repeats
_TOGETHER: Final = 1.0  # seconds within which refusals of different chats look like one of the whole bot
_MANY: Final = 3  # so many chats at a time are no coincidence
WORTH_TELLING: Final = 120.0  # seconds that a chat is closed to us: longer, and somebody should know


class Floods:
    """Judges refusals; times are seconds on any one clock.

    Telegram never says whether a refusal means one chat or the bot as a whole. Two chats refused at a time may be either,
    so the next message, the most urgent of all, goes alone: if it passes, the limits are those chats' own. If it is refused
    as well, or there is none, everything waits, but never longer than a minute before one message tries again.
    """

    def __init__(self) -> None:
        self._lately: dict[int, float] = {}  # chats refused within a second, or since then, and when
        self._calls = 0
        self._since: int | None = None  # a call begun later than this one tells whether all are refused
        self._careful_at = 0.0
        self._level: int | None = None  # how often everything was refused; None: it is not known to be
        self._until = 0.0

    @property
    def careful(self) -> bool:
        """Whether one message at a time may go, to find out what is refused."""
        return self._since is not None

    @property
    def barred(self) -> bool:
        """Whether everything is refused, as far as we know."""
        return self._level is not None

    @property
    def suspects(self) -> frozenset[int]:
        """The chats of which it is not known whether the limit is their own."""
        return frozenset(self._lately) if self.careful else frozenset()

    def begin(self) -> int:
        """Number a call that begins now."""
        self._calls += 1
        return self._calls

    def wait(self, now: float) -> float:
        """Seconds until anything may be tried."""
        left = self._until - now
        return left if 0.0 < left <= PROBE_SECONDS[-1] + 1.0 else 0.0  # longer than it can be: the clock was set back

    def refused(self, chat: int, *, call: int, now: float, seconds: float) -> bool:
        """Note that this call, to a chat, was refused for so many seconds; True when that bars everything anew."""
        probe = self._since is not None and call > self._since
        if self._since is None:
            self._lately = {one: at for one, at in self._lately.items() if 0 <= now - at <= _TOGETHER}
        news = chat not in self._lately
        self._lately[chat] = now
        if self._level is not None:
            if probe:
                self._bar(self._level + 1, now, seconds)
            return False
        if (probe and news) or len(self._lately) >= _MANY:
            self._bar(0, now, seconds)
            return True
        if len(self._lately) > 1 and self._since is None:
            self._since, self._careful_at = self._calls, now
        return False

    def stuck(self, now: float) -> bool:
        """Whether nothing was there to find out with for a while; then those that were refused try, one at a time."""
        if not self.careful or self.barred or 0 <= now - self._careful_at < PROBE_SECONDS[0]:
            return False
        self._bar(0, now, 0.0)
        return True

    def passed(self, *, call: int) -> frozenset[int] | None:
        """Note that this call went through: gives the chats that are refused for themselves, None where it tells nothing new."""
        if self._since is None or call <= self._since:
            return None
        own = frozenset(self._lately) if len(self._lately) < _MANY else frozenset()
        self._since, self._level, self._until = None, None, 0.0
        self._lately.clear()
        return own

    def _bar(self, level: int, now: float, seconds: float) -> None:
        self._level, self._since = level, self._calls
        self._until = now + min(seconds, PROBE_SECONDS[min(level, len(PROBE_SECONDS) - 1)])
