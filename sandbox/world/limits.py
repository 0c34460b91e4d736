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
    album_flood_wrapped: bool = True  # an album is refused with a 400 around the 429 (TelegramBots issue 1520)
    # Uploads of exactly equal size are spaced (tdlib/telegram-bot-api Client.cpp 12667-12690, 16262).
    upload_bytes: int = 100_000  # smaller ones pass
    upload_spacing: tuple[float, float] = (0.2, 0.9)  # seconds between two of them, least and most
    upload_backlog: float = 5.0  # seconds that may pile up before the refusal
    upload_retry: int = 60  # the refusal's retry_after
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
        self._uploads: dict[int, float] = {}  # size to when the next upload of this size has its turn
        self._banned: dict[int, tuple[float, int]] = {}  # chat (0: everywhere) to the end and length of a ban

    def wait_before_message(self, chat_id: int, *, private: bool, count: int = 1) -> int:
        """Count a message, or an album of `count`; 0 lets it pass, else the `retry_after` of its refusal, in seconds."""
        if not self.limits.enabled:
            return 0
        now = self._clock()
        banned = self._ban_left(0, now) or self._ban_left(chat_id, now)
        if banned:
            return banned
        wait = self._overall_wait(now, count)
        if wait:
            return self._ban(0, wait, now)
        wait = self._private_wait(chat_id, now, count) if private else self._group_wait(chat_id, now, count)
        if wait:
            return self._ban(chat_id, wait, now)
        self._overall.extend([now] * count)
        return 0

    def wait_before_upload(self, octets: int) -> int:
        """Count the files of one call; 0 lets them pass, else the `retry_after` of the refusal, in seconds.

        The real server holds each upload back for its turn; here only the backlog is counted, nothing waits.
        """
        if not self.limits.enabled or octets <= self.limits.upload_bytes:
            return 0
        now, turn = self._clock(), self._uploads.get(octets, 0.0)
        if turn > now + self.limits.upload_backlog:
            return self.limits.upload_retry
        least, most = self.limits.upload_spacing
        # Within the two bounds a byte costs a ten-millionth of a second.
        self._uploads[octets] = max(turn, now) + min(max(octets * 1e-7, least), most)
        return 0

    def wait_before_edit(self, chat_id: int, *, private: bool) -> int:
        """Count an edit: in a group it weighs like a message, elsewhere nothing is known of a limit."""
        if private or not self.limits.enabled:
            return 0
        now = self._clock()
        banned = self._ban_left(chat_id, now)
        if banned:
            return banned
        wait = self._group_wait(chat_id, now, 1)
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

    def _overall_wait(self, now: float, count: int) -> float:
        return _window_wait(self._overall, now, count, seconds=1.0, most=self.limits.overall_per_second)

    def _group_wait(self, chat_id: int, now: float, count: int) -> float:
        window = self._groups.setdefault(chat_id, deque())
        wait = _window_wait(window, now, count, seconds=60.0, most=self.limits.group_per_minute)
        if not wait:
            window.extend([now] * count)
        return wait

    def _private_wait(self, chat_id: int, now: float, count: int) -> float:
        rate, burst = self.limits.private_per_second, float(self.limits.private_burst)
        tokens, counted_at = self._private.get(chat_id, (burst, now))
        tokens = min(burst, tokens + (now - counted_at) * rate)
        if tokens < 1:
            self._private[chat_id] = (tokens, now)
            return (1 - tokens) / rate
        self._private[chat_id] = (tokens - count, now)  # an album may be bigger than a burst; what follows pays for it
        return 0.0


def _window_wait(window: deque[float], now: float, count: int, *, seconds: float, most: int) -> float:
    """Give the seconds until the sliding window has room; 0 when it has, and for anything when it is empty."""
    while window and window[0] <= now - seconds:
        window.popleft()
    excess = len(window) + count - most
    return window[min(excess, len(window)) - 1] + seconds - now if window and excess > 0 else 0.0
