"""Telegram's sending limits as data, and the decision when the next message may go where."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import IntEnum

from core.delivery.outgoing import Priority

URGENT_PARK = 60.0  # seconds that a chat stays closed to a call for help; Telegram may ask for an hour


class Share(IntEnum):
    """How much of a chat's limit a message may use: what is kept back is there when somebody calls for help."""

    URGENT = 0  # all of it
    FIRST = 1  # of somebody who has asked for little lately
    FURTHER = 2  # of somebody who has asked for much


def share_of(priority: int, turn: int) -> Share:
    """Return the share of a message of this urgency, whose cause has asked for so much lately (core.delivery.pace)."""
    if priority == Priority.SOS:
        return Share.URGENT
    return Share.FURTHER if turn else Share.FIRST


@dataclass(frozen=True)
class RateLimits:
    """How much Telegram takes; soft and undocumented exactly (Telegram's Bots FAQ, "hitting limits").

    Margins stretch each period a little, because Telegram counts when a call arrives, and calls
    arrive less evenly than they are sent.
    """

    overall_per_second: int = 30
    answers_per_second: int = 30  # answers to taps: no messages to Telegram, so they have a window of their own
    group_per_minute: tuple[int, int, int] = (20, 16, 12)  # for each share
    private_seconds: float = 1.0  # sustained seconds between two messages to one person
    private_burst: tuple[int, int, int] = (3, 2, 1)  # how many may go at once before that counts, for each share
    second_margin: float = 0.006
    minute_margin: float = 1.0
    spacing: float = 0.010  # seconds between two sends, so that a burst does not arrive bunched


class Limiter:
    """Remembers what was sent and says how long to wait; times are seconds on any one clock."""

    def __init__(self, limits: RateLimits | None) -> None:
        self._limits = limits
        self._sent: deque[float] = deque(maxlen=limits.overall_per_second if limits else 1)
        self._answered: deque[float] = deque(maxlen=limits.answers_per_second if limits else 1)
        self._groups: dict[int, deque[float]] = {}
        self._persons: dict[int, float] = {}
        self._parked: dict[int, float] = {}  # chats that are closed, and until when
        self._closed_at: dict[int, float] = {}  # and since when
        self._trips: deque[float] = deque(maxlen=100)  # how long the last calls took
        self._latest = 0.0  # when it was asked last; what is parked follows that where nothing was sent

    def overall_wait(self, now: float) -> float:
        """Seconds until any message at all may go."""
        self._follow(now)
        limits = self._limits
        if limits is None or not self._sent:
            return 0.0
        waits = [self._sent[-1] + limits.spacing - now]
        if len(self._sent) == limits.overall_per_second:
            waits.append(self._sent[0] + 1.0 + limits.second_margin - now)
        return max(0.0, *waits)

    def answers_wait(self, now: float) -> float:
        """Seconds until an answer to a tap may go."""
        self._follow(now)
        if self._limits is None or len(self._answered) < self._limits.answers_per_second:
            return 0.0
        return max(0.0, self._answered[0] + 1.0 + self._limits.second_margin - now)

    def chat_wait(self, chat_id: int, now: float, share: Share = Share.URGENT) -> float:
        """Seconds until this chat may be sent to by a message of this share; negative ids are groups."""
        self._follow(now)
        parked = self._parked.get(chat_id, 0.0)
        if share is Share.URGENT:
            parked = min(parked, self._closed_at.get(chat_id, parked) + URGENT_PARK)
        wait = max(0.0, parked - now)
        limits = self._limits
        if limits is None:
            return wait
        times, most = self._groups.get(chat_id), limits.group_per_minute[share]
        if times is not None and len(times) >= most:
            wait = max(wait, times[-most] + 60.0 + limits.minute_margin - now)
        # A leaky bucket by its theoretical arrival time: it may run ahead of now by the burst.
        ahead = self._persons.get(chat_id, 0.0) - now
        burst = limits.private_burst[Share.URGENT if chat_id < 0 else share]
        return max(wait, ahead - (burst - 1) * limits.private_seconds)

    def take(self, chat_id: int | None, now: float) -> None:
        """Note that a message goes out now."""
        limits = self._limits
        if limits is None:
            return
        self._follow(now)
        if chat_id is None:
            self._answered.append(now)
            return
        self._sent.append(now)
        self._persons[chat_id] = max(self._persons.get(chat_id, 0.0), now) + limits.private_seconds
        if chat_id < 0:
            self._groups.setdefault(chat_id, deque(maxlen=limits.group_per_minute[Share.URGENT])).append(now)

    def sent_late(self, number: int, now: float) -> None:
        """Note that the last `number` messages go out only now, later than they were taken."""
        for index in range(1, min(number, len(self._sent)) + 1):
            self._sent[-index] = max(self._sent[-index], now)

    def answered(self, sent_at: float, now: float) -> None:
        """Learn from an answer when its message arrived: later than usual by as much as its answer was.

        Telegram counts arrivals. Without this, a message that was held up and the first ones of the next
        second would arrive as one too many.
        """
        self._trips.append(now - sent_at)
        late = now - sent_at - min(self._trips)
        if late > 0 and sent_at in self._sent:
            self._sent[self._sent.index(sent_at)] = sent_at + late
            self._sent = deque(sorted(self._sent), maxlen=self._sent.maxlen)

    def _follow(self, now: float) -> None:
        """Move everything remembered along with a clock that was set back, or nothing would be sent for so long."""
        last = max((times[-1] for times in (self._sent, self._answered) if times), default=self._latest)
        self._latest = now
        back = last - now
        if back <= 0:
            return
        self._sent = deque((at - back for at in self._sent), maxlen=self._sent.maxlen)
        self._answered = deque((at - back for at in self._answered), maxlen=self._answered.maxlen)
        self._groups = {
            chat: deque((at - back for at in sent), maxlen=sent.maxlen) for chat, sent in self._groups.items()
        }
        self._persons = {chat: ahead - back for chat, ahead in self._persons.items()}
        self._parked = {chat: until - back for chat, until in self._parked.items()}
        self._closed_at = {chat: at - back for chat, at in self._closed_at.items()}

    def park(self, chat_id: int, until: float, *, now: float) -> None:
        """Keep a chat closed until then, because Telegram said so; a call for help tries again every minute."""
        self._parked[chat_id] = max(until, self._parked.get(chat_id, 0.0))
        self._closed_at[chat_id] = now

    def release(self, chat_id: int) -> None:
        """Open a chat again that was kept closed for what was no limit of its own."""
        self._parked.pop(chat_id, None)
        self._closed_at.pop(chat_id, None)

    def closed(self, now: float, share: Share = Share.URGENT) -> dict[int, float]:
        """The chats that may not be sent to now by this share, each with the seconds to wait; forgets old ones."""
        self._follow(now)
        self._tidy(now)
        waits = {chat: self.chat_wait(chat, now, share) for chat in {*self._parked, *self._persons, *self._groups}}
        return {chat: wait for chat, wait in waits.items() if wait > 0}

    def _tidy(self, now: float) -> None:
        self._parked = {chat: until for chat, until in self._parked.items() if until > now}
        self._closed_at = {chat: at for chat, at in self._closed_at.items() if chat in self._parked}
        self._persons = {chat: ahead for chat, ahead in self._persons.items() if ahead > now}
        for chat in [chat for chat, times in self._groups.items() if times[-1] < now - 90.0]:
            del self._groups[chat]
