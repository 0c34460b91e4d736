"""Telegram's flood limits, as knobs: nobody outside knows them exactly, so the numbers here are the published advice."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """How many messages Telegram takes; the numbers are those of Telegram's bot FAQ."""

    overall_per_second: int = 30  # messages of one bot to everybody, in any sliding second
    group_per_minute: int = 20  # messages and edits in one group, in any sliding minute
    private_per_second: float = 1.0  # sustained rate in one private chat
    private_burst: int = 5  # so many at once are let through ("short bursts" in the FAQ)
    early_retries_extend: bool = True  # asking again during a ban starts the ban anew
    enabled: bool = True

    @classmethod
    def off(cls) -> Limits:
        """Give limits that never refuse, for load tests."""
        return cls(enabled=False)


class FloodGate:
    """Decides whether a message may pass now, and for how long its sender is banned otherwise."""

    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        self.limits = limits
        self._clock = clock
        self._overall: deque[float] = deque()
        self._groups: dict[int, deque[float]] = {}
        self._private: dict[int, tuple[float, float]] = {}  # tokens left, counted at
        self._banned: dict[int, tuple[float, int]] = {}  # chat (0: everywhere) to the end and length of a ban

    def wait_before_message(self, chat_id: int, *, private: bool) -> int:
        """Count a message; 0 lets it pass, another number is the `retry_after` of its refusal, in seconds."""
        if not self.limits.enabled:
            return 0
        now = self._clock()
        banned = self._ban_left(0, now) or self._ban_left(chat_id, now)
        if banned:
            return banned
        wait = self._overall_wait(now)
        if wait:
            return self._ban(0, wait, now)
        wait = self._private_wait(chat_id, now) if private else self._group_wait(chat_id, now)
        if wait:
            return self._ban(chat_id, wait, now)
        self._overall.append(now)
        return 0

    def wait_before_edit(self, chat_id: int, *, private: bool) -> int:
        """Count an edit: in a group it weighs like a message, elsewhere nothing is known of a limit."""
        if private or not self.limits.enabled:
            return 0
        now = self._clock()
        banned = self._ban_left(chat_id, now)
        if banned:
            return banned
        wait = self._group_wait(chat_id, now)
        return self._ban(chat_id, wait, now) if wait else 0

    def _ban_left(self, key: int, now: float) -> int:
        end, length = self._banned.get(key, (0.0, 0))
        if end <= now:
            self._banned.pop(key, None)
            return 0
        if self.limits.early_retries_extend:
            self._banned[key] = (now + length, length)
            return length
        return max(1, math.ceil(end - now))

    def _ban(self, key: int, wait: float, now: float) -> int:
        seconds = max(1, math.ceil(wait))
        self._banned[key] = (now + seconds, seconds)
        return seconds

    def _overall_wait(self, now: float) -> float:
        return _window_wait(self._overall, now, seconds=1.0, most=self.limits.overall_per_second)

    def _group_wait(self, chat_id: int, now: float) -> float:
        window = self._groups.setdefault(chat_id, deque())
        wait = _window_wait(window, now, seconds=60.0, most=self.limits.group_per_minute)
        if not wait:
            window.append(now)
        return wait

    def _private_wait(self, chat_id: int, now: float) -> float:
        rate, burst = self.limits.private_per_second, float(self.limits.private_burst)
        tokens, counted_at = self._private.get(chat_id, (burst, now))
        tokens = min(burst, tokens + (now - counted_at) * rate)
        if tokens < 1:
            self._private[chat_id] = (tokens, now)
            return (1 - tokens) / rate
        self._private[chat_id] = (tokens - 1, now)
        return 0.0


def _window_wait(window: deque[float], now: float, *, seconds: float, most: int) -> float:
    """Give the seconds until a place in the sliding window is free; 0 when one is."""
    while window and window[0] <= now - seconds:
        window.popleft()
    return window[0] + seconds - now if len(window) >= most else 0.0
