"""The sender's look-out for refusals: what Telegram closed, what was not that chat's own limit, and who must know."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from actions.delivery.telling import Flooded, FloodNews
from core.delivery.floods import WORTH_TELLING, Floods
from core.delivery.limits import URGENT_PARK, Limiter
from core.delivery.outgoing import Priority
from core.kit.clock import Clock
from storage.database.engine import Tx
from storage.delivery import settle
from storage.delivery.settle import Result, Settled

LOG = logging.getLogger(__name__)


@dataclass
class FloodNotes:
    """What is to be written of refusals: chats to be let go, and until when they were held; chats to be held; news."""

    released: dict[int, datetime] = field(default_factory=dict)
    held: dict[int, datetime] = field(default_factory=dict)
    news: list[FloodNews] = field(default_factory=list)


class FloodWatch:
    """Judges what became of each message; what is to be written of it is taken with the outcomes of the messages."""

    def __init__(self, limiter: Limiter, clock: Clock, *, bot_id: int, flooded: Flooded | None) -> None:
        self._limiter, self._clock, self._bot_id, self._tell = limiter, clock, bot_id, flooded
        self._floods = Floods()
        self._parked: dict[int, datetime] = {}  # chats that Telegram closed to us, and until when, as it said
        self._told: dict[int, datetime] = {}  # the same, also of those that it may not have meant
        self._notes = FloodNotes()

    @property
    def careful(self) -> bool:
        """Whether one message at a time may go, to find out what is refused."""
        return self._floods.careful

    def begin(self) -> int:
        """Number a call that begins now."""
        return self._floods.begin()

    def wait(self, seconds: float) -> float:
        """Seconds until anything may be tried."""
        if self._floods.stuck(seconds):
            self._bar(max((until.timestamp() - seconds for until in self._parked.values()), default=0.0))
        return self._floods.wait(seconds)

    def judge(self, settled: Settled, call: int, began: datetime) -> Settled:
        """Count the wait that Telegram asks for from its answer; for the bot as a whole it is never taken at its word."""
        chat, now = settled.message.chat_id, self._clock.now()
        if chat is None or settled.unasked:
            return settled
        if not settled.flood:
            if settled.result is Result.SENT:
                self._passed(call, chat)
            return settled
        assert settled.not_before is not None, "a refusal says how long to wait"
        wait = settled.not_before - began
        until, seconds = now + wait, wait.total_seconds()
        self._told = {one: at for one, at in self._told.items() if at > now} | {chat: until}
        if self._floods.refused(chat, call=call, now=now.timestamp(), seconds=seconds):
            self._bar(seconds)
        if self._floods.barred:
            return replace(settled, not_before=now + timedelta(seconds=self._floods.wait(now.timestamp())))
        if seconds >= WORTH_TELLING:
            LOG.warning(
                "Telegram takes nothing for %s for %d s", "one person" if chat > 0 else f"group {chat}", seconds
            )
            self._notes.news.append(FloodNews(chat, seconds))
        self._parked = {one: at for one, at in self._parked.items() if at > now} | {chat: until}
        urgent = settled.message.priority == Priority.SOS
        soon = now + timedelta(seconds=URGENT_PARK)
        return replace(settled, not_before=min(until, soon) if urgent else until, closed_until=until)

    def _passed(self, call: int, chat: int) -> None:
        """When a message passes, those that were refused for themselves wait as long as Telegram has said.

        Where it goes to one of them, long before that, their refusals were not meant for them.
        """
        if chat in self._parked:  # a call for help has shown that it is open again
            self._limiter.release(chat)
            self._notes.released[chat] = self._parked.pop(chat)
        barred = self._floods.barred
        own = self._floods.passed(call=call)
        if own is None or not barred:
            return
        LOG.warning("Telegram takes messages again")
        for one in own & self._told.keys() if chat not in own else ():
            self._parked[one] = self._notes.held[one] = self._told[one]
            self._limiter.park(one, self._told[one].timestamp(), now=self._clock.now().timestamp())

    def _bar(self, seconds: float) -> None:
        """Let go the chats that were closed before it was known that everything is refused."""
        LOG.warning("Telegram refuses everything (for %d s, it says); the most urgent message tries again", seconds)
        self._notes.news.append(FloodNews(None, seconds))
        for chat in self._floods.suspects & self._parked.keys():
            self._limiter.release(chat)
            self._notes.released[chat] = self._parked.pop(chat)

    @property
    def pending(self) -> bool:
        """Whether something is to be written, be there outcomes or not."""
        return self._notes != FloodNotes()

    def take(self) -> FloodNotes:
        """Take what is to be written, with the outcomes noted so far."""
        notes, self._notes = self._notes, FloodNotes()
        return notes

    def put_back(self, notes: FloodNotes) -> None:
        """Keep what could not be written for the next attempt."""
        later = self._notes
        self._notes = FloodNotes(notes.released | later.released, notes.held | later.held, [*notes.news, *later.news])

    async def write(self, tx: Tx, notes: FloodNotes, *, now: datetime) -> None:
        """Let go what was held for no limit of its chat, and tell who must know."""
        for chat, until in notes.released.items():
            await settle.release_chat(tx, self._bot_id, chat, until=until, now=now)
        for chat, until in notes.held.items():
            await settle.park_chat(tx, self._bot_id, chat, until=until, now=now)
        if self._tell is not None:
            for news in notes.news:
                await self._tell(tx, news, now)
