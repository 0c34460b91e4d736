"""The way out: takes the most urgent rows that Telegram's limits allow, sends many at once, notes the outcomes."""

from __future__ import annotations

import asyncio
import heapq
import logging
from collections import deque
from datetime import datetime
from functools import partial

from actions.delivery.telling import Flooded, Undelivered
from core.delivery.backoff import DATABASE_SECONDS, LONGEST_PAUSE, Trouble, network_delay
from core.delivery.limits import Limiter, Share, share_of
from core.kit.clock import Clock
from jobs.delivery.busy import BusyChats
from jobs.delivery.flood_watch import FloodNotes, FloodWatch
from jobs.delivery.one_call import Api, Doubts, Migrated, Unreachable
from jobs.delivery.recovery import recover
from jobs.delivery.shown import LastShown
from storage.database.engine import Database, Tx
from storage.database.faults import DatabaseBusyError
from storage.delivery import outbox, settle
from storage.delivery.outbox import Ready
from storage.delivery.settle import Result, Settled

LOG = logging.getLogger(__name__)
MAX_IN_FLIGHT = 64  # far above Telegram's limits; bounds what a kill leaves in doubt
FETCH = 2 * MAX_IN_FLIGHT
IDLE_SECONDS = 5.0  # the longest nap: another process may have added rows


class Sender:
    """Sends what waits in the outbox, most urgent first, one message at a time per chat (jobs.delivery.busy).

    `step` does what can be done now and says how long nothing more can be; `drain` repeats it
    until nothing is on its way; `run` repeats it for good.
    """

    def __init__(
        self,
        db: Database,
        api: Api,
        *,
        bot_id: int,
        clock: Clock,
        limiter: Limiter,
        undelivered: Undelivered | None = None,
        flooded: Flooded | None = None,
    ) -> None:
        self._db, self._api, self._bot_id, self._clock, self._limiter = db, api, bot_id, clock, limiter
        self._undelivered = undelivered
        self._queue: list[tuple[int, int, int, Ready]] = []  # messages; answers to taps have limits of their own
        self._answers: deque[Ready] = deque()
        self._held: set[int] = set()  # rows on their way or not yet settled
        self._busy = BusyChats()
        self._calls: set[asyncio.Task[None]] = set()
        self._outcomes: list[tuple[Settled, int | None]] = []
        self._settling: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()
        self._stale = True  # the queue must be read again
        self._limiter_closed = 0.0  # seconds until the first of the closed chats opens
        self._trouble = Trouble()
        self._pause_until = 0.0
        self._watch = FloodWatch(limiter, clock, bot_id=bot_id, flooded=flooded)
        self._doubts = Doubts()
        self._shown = LastShown()

    def wake(self) -> None:
        """Tell the sender that rows were added."""
        self._stale = True
        self._wake.set()

    async def recover(self) -> None:
        """Take up where a killed program left: outcomes in doubt, and the limits already used."""
        await recover(self._db, self._bot_id, self._limiter, now=self._clock.now())

    async def run(self, stopping: asyncio.Event) -> None:
        """Send until told to stop, then finish what is on its way."""
        await self.recover()
        stop = asyncio.ensure_future(stopping.wait())
        try:
            while not stopping.is_set():
                nap = await self._guarded()
                woken = asyncio.ensure_future(self._wake.wait())
                await asyncio.wait([stop, woken], timeout=nap, return_when=asyncio.FIRST_COMPLETED)
                woken.cancel()
        finally:
            stop.cancel()
            await self.finish()

    async def _guarded(self) -> float:
        """Do one step; a database that fails for a while stops the sending, not the program."""
        try:
            return await self.step()
        except DatabaseBusyError:  # logged where it is found
            self._stale = True
            return DATABASE_SECONDS
        except Exception:
            LOG.exception("a round of sending failed; trying again")
        self._stale = True
        return IDLE_SECONDS

    async def finish(self) -> None:
        """Wait for the calls on their way and write their outcomes."""
        while self._calls or self._settling is not None:
            await asyncio.wait([*self._calls, *([self._settling] if self._settling else [])])
            await asyncio.sleep(0)

    async def drain(self) -> None:
        """Send everything that may go at the present time; for tests and one-off commands."""
        self._stale = True
        await self.step()
        while self._calls or self._settling is not None:
            await self.finish()
            self._stale = True
            await self.step()

    async def step(self) -> float:
        """Start every call that may start now; gives the seconds until there may be more to do."""
        self._wake.clear()
        seconds = (now := self._clock.now()).timestamp()
        pause = self._pause_until - seconds
        pause = max(pause if pause <= LONGEST_PAUSE else 0.0, self._watch.wait(seconds))  # longer: a clock set back
        self._settle_soon()  # what could not be noted, and chats that were let go just now
        if pause > 0:
            return min(pause, IDLE_SECONDS)
        nap = IDLE_SECONDS
        if self._stale or not (self._queue or self._answers):
            nap = await self._fetch(now)
        while (self._queue or self._answers) and self._room():
            seconds = self._clock.now().timestamp()
            batch = [*self._take_answers(seconds), *self._take(seconds)]
            if not batch:
                nap = min([nap, *self._waits(seconds)])
                break
            await self._start(batch, now, seconds)
        if self._limiter_closed:
            nap = min(nap, self._limiter_closed)
        return nap

    def _room(self, taken: int = 0) -> bool:
        """Whether one more call may begin; one at a time while it is to be found out whether everything is refused."""
        return len(self._calls) + taken < (1 if self._watch.careful else MAX_IN_FLIGHT)

    def _waits(self, seconds: float) -> list[float]:
        """The seconds for which the limits of the bot as a whole, of messages and of answers, hold something back."""
        limits = [(self._queue, self._limiter.overall_wait), (self._answers, self._limiter.answers_wait)]
        return [wait for queue, of in limits if queue and (wait := of(seconds)) > 0]

    async def _fetch(self, now: datetime) -> float:
        """Read the most urgent rows whose chats are open; gives the seconds until the next one is due."""
        self._stale = False
        closed = {share: self._limiter.closed(now.timestamp(), share) for share in Share}
        self._limiter_closed = min((wait for waits in closed.values() for wait in waits.values()), default=0.0)
        shut = self._busy.shut(closed)
        # As they stand before the read: a row that is settled while we read would look waiting in the older view.
        held = frozenset(self._held)

        async def read(tx: Tx) -> tuple[list[Ready], datetime | None]:
            rows = await outbox.ready(tx, self._bot_id, now=now, closed=shut, held=held, limit=FETCH)
            return rows, None if rows else await outbox.next_due(tx, self._bot_id)

        rows, due = await self._db.read(read)
        self._answers = deque(item for item in rows if item.chat_id is None)
        self._queue = [(item.priority, item.turn, item.id, item) for item in rows if item.chat_id is not None]
        heapq.heapify(self._queue)
        if due is None or due <= now:
            return IDLE_SECONDS
        return min(IDLE_SECONDS, (due - now).total_seconds())

    def _take_answers(self, seconds: float) -> list[Ready]:
        """Take the answers to taps that may go at this instant, and other calls that belong to no chat."""
        taken: list[Ready] = []
        while self._answers and self._room(len(taken)) and not self._limiter.answers_wait(seconds):
            item = self._answers.popleft()
            self._limiter.take(None, seconds)
            self._held.add(item.id)
            taken.append(item)
        return taken

    def _take(self, seconds: float) -> list[Ready]:
        """Take what may go at this instant from the queue; rows of busy or closed chats come back by a later read."""
        taken: list[Ready] = []
        while self._queue and self._room(len(taken)) and not self._limiter.overall_wait(seconds):
            item = heapq.heappop(self._queue)[3]
            chat = item.chat_id
            assert chat is not None, "what belongs to no chat is an answer"
            share = share_of(item.priority, item.turn)
            if self._busy.bars(item) or self._limiter.chat_wait(chat, seconds, share) > 0:
                self._limiter_closed = self._limiter_closed or 0.05
                continue
            self._limiter.take(chat, seconds)
            self._held.add(item.id)
            self._busy.take(item)
            taken.append(item)
        return taken

    async def _start(self, batch: list[Ready], now: datetime, seconds: float) -> None:
        """Begin the calls, noting first which of them must never be repeated."""
        once = [item.id for item in batch if item.once]
        if once:
            try:
                await self._db.write(lambda tx: outbox.mark_sending(tx, once))
            except Exception:
                for item in batch:
                    self._let_go(item)
                raise
            seconds = self._clock.now().timestamp()
            self._limiter.sent_late(sum(item.chat_id is not None for item in batch), seconds)
        for item in batch:
            if item.expires_at is not None and item.expires_at <= now:
                self._settle_later(Settled(item, Result.EXPIRED))
                continue
            task = asyncio.create_task(self._send(item, seconds))
            self._calls.add(task)
            task.add_done_callback(self._calls.discard)

    async def _send(self, message: Ready, sent_at: float) -> None:
        moved: int | None = None
        try:
            began, call = self._clock.now(), self._watch.begin()
            settled = await self._shown.deliver(self._api, message, now=began)
            if message.chat_id is not None:
                self._limiter.answered(sent_at, self._clock.now().timestamp())
            settled = self._watch.judge(settled, call, began)
            if self._trouble.worked():
                LOG.warning("Telegram can be reached again; what waited is being sent")
        except Migrated as news:
            settled, moved = news.settled, news.new_chat_id
        except Unreachable as outage:
            settled = outage.settled
            self._out_of_reach(outage.told)
        except Exception:
            LOG.exception("sending message %s failed unexpectedly", message.id)
            result = Result.DOUBT if message.once else Result.BURIED
            settled = Settled(message, result, error="unexpected failure, see the log")
        settled = self._doubts.judge(settled)
        if settled.held_until is not None and message.chat_id is not None:
            now = self._clock.now().timestamp()
            self._limiter.park(message.chat_id, settled.held_until.timestamp(), now=now)
        self._settle_later(settled, moved)

    def _out_of_reach(self, why: str) -> None:
        if self._clock.now().timestamp() < self._pause_until:
            return  # one of many calls that failed together: they are one failure
        if self._trouble.failed():
            LOG.warning("Telegram cannot be reached (%s); messages wait and are tried again", why)
        pause = network_delay(self._trouble.failures)
        self._pause_until = max(self._pause_until, self._clock.now().timestamp() + pause)

    def _settle_later(self, settled: Settled, moved: int | None = None) -> None:
        self._outcomes.append((settled, moved))
        self._settle_soon()

    def _settle_soon(self) -> None:
        if (self._outcomes or self._watch.pending) and self._settling is None:
            self._settling = asyncio.create_task(self._settle())

    async def _settle(self) -> None:
        """Write outcomes back, many in one transaction, until there are none left; what fails waits for the next step."""
        try:
            while self._outcomes or self._watch.pending:
                batch, self._outcomes = self._outcomes, []
                notes = self._watch.take()
                try:
                    await self._db.write(partial(self._write_back, batch=batch, notes=notes))
                except Exception as error:
                    self._outcomes = batch + self._outcomes
                    self._watch.put_back(notes)
                    if not isinstance(error, DatabaseBusyError):  # which is logged where it is found
                        LOG.exception("outcomes of %d messages could not be noted; trying again", len(batch))
                    return
                for settled, _ in batch:
                    self._let_go(settled.message)
        finally:
            self._settling = None
            if not self._outcomes and not self._watch.pending:
                self.wake()

    def _let_go(self, message: Ready) -> None:
        self._held.discard(message.id)
        self._busy.let_go(message)

    async def _write_back(self, tx: Tx, batch: list[tuple[Settled, int | None]], notes: FloodNotes) -> None:
        now = self._clock.now()
        outcomes = [item for item, _ in batch]
        gone = await settle.settle(tx, outcomes, now=now)
        lost = [item for item in outcomes if item.card_lost]
        if self._undelivered is not None and (lost or gone):
            await self._undelivered(tx, lost, gone, now)
        for item, moved in batch:
            chat = item.message.chat_id
            if chat is None:
                continue
            if moved is not None:
                await settle.move_chat(tx, self._bot_id, chat, moved)
            elif item.held_until is not None and item.held_until > now:
                await settle.park_chat(tx, self._bot_id, chat, until=item.held_until, now=now)
        await self._watch.write(tx, notes, now=now)
