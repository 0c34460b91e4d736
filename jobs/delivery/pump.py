"""The pump: claims waiting updates, lets them be processed many to a transaction, and deals with the ones that fail."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from core.delivery.backoff import DATABASE_SECONDS, handler_delay
from core.delivery.pace import Pace
from core.delivery.verdicts import Verdict
from core.kit.clock import Clock
from core.kit.logs import about_update
from storage.database.engine import Database, Tx
from storage.database.faults import DatabaseBusyError
from storage.delivery import inbox
from storage.delivery.inbox import Claimed, Claims

LOG = logging.getLogger(__name__)
BATCH = 50
RETRIES = 5  # updates of a round for those that have failed
LEAST = 5  # updates of a round, however slow they are
ROUND_SECONDS = 0.2  # that a round may take: a call for help that comes meanwhile waits for its end
IDLE_SECONDS = 5.0  # the longest nap: a postponed update becomes due by time alone


class Processor(Protocol):
    """What the pump is given: it turns updates into rows and touches nothing else."""

    async def process(self, tx: Tx, batch: Sequence[Claimed], *, now: datetime) -> list[Verdict]:
        """Act on each update in order; raises if any of them fails unexpectedly."""
        ...

    async def apologise(self, tx: Tx, item: Claimed, *, now: datetime) -> None:
        """Tell the person, and admins, that this update was set aside after its last attempt."""
        ...

    async def tell_slowed(self, tx: Tx, item: Claimed, *, now: datetime) -> None:
        """Tell the person that what they send is acted on more slowly from now on."""
        ...

    async def report_unparsable(self, tx: Tx, item: Claimed, *, now: datetime) -> None:
        """Tell admins that this update cannot be read and was set aside."""
        ...


class Pump:
    """Takes the first waiting update of up to 50 persons at a time, fewer while they are slow; one flush, one commit for all.

    Calls for help come first, then what came first; who sends very many is slowed (core.delivery.pace).

    If one fails unexpectedly the whole batch is rolled back and replayed one by one: handlers have no
    effect but rows, so a replay is harmless. The bad one is retried with growing delay, holding back
    only its own person, and set aside after its last attempt.
    """

    def __init__(
        self,
        db: Database,
        processor: Processor,
        *,
        bot_id: int,
        clock: Clock,
        committed: Callable[[], None],
        pace: Pace | None = None,
        passed: Callable[[], float] = time.monotonic,
    ) -> None:
        self._db, self._processor, self._bot_id, self._clock = db, processor, bot_id, clock
        self._committed, self._pace, self._passed = committed, pace or Pace(None), passed
        self._wake = asyncio.Event()
        self._after: int | None = None  # the lane behind which the next round looks
        self._most = BATCH  # updates of the next round
        self._retries = False  # whether the last round was for updates that have failed

    def wake(self) -> None:
        """Tell the pump that updates were stored."""
        self._wake.set()

    async def run(self, stopping: asyncio.Event) -> None:
        """Process until told to stop; the batch in hand is finished."""
        stop = asyncio.ensure_future(stopping.wait())
        try:
            while not stopping.is_set():
                self._wake.clear()
                nap = IDLE_SECONDS
                try:
                    handled = await self.round()
                except DatabaseBusyError:  # logged where it is found
                    handled, nap = 0, DATABASE_SECONDS
                except Exception:
                    LOG.exception("a round of processing failed; trying again")
                    handled = 0
                if handled:
                    continue
                woken = asyncio.ensure_future(self._wake.wait())
                nap = min([nap, *self._pace.slowed(self._clock.now().timestamp()).values()])
                await asyncio.wait([stop, woken], timeout=nap, return_when=asyncio.FIRST_COMPLETED)
                woken.cancel()
        finally:
            stop.cancel()

    async def round(self) -> int:
        """Process one batch; gives how many updates it took, 0 when none is due."""
        taken: list[Claimed] = []
        claims = Claims([], None)
        began = self._passed()

        async def work(tx: Tx) -> None:
            nonlocal claims
            now = self._clock.now()
            claims = await self._claim(tx, now)
            taken[:] = self._choose(claims.items, now)
            if taken:
                await self._process(tx, taken, now=now)

        try:
            await self._db.write(work)
        except DatabaseBusyError:
            raise
        except Exception:
            if not taken:
                raise
            LOG.info("replaying %d updates one by one, because one of them failed", len(taken))
            for item in taken:
                await self._alone(item)
        self._after = claims.end
        if taken:
            seconds = self._passed() - began
            self._most = min(BATCH, max(LEAST, int(len(taken) * ROUND_SECONDS / max(seconds, 0.001))))
            await self._took(taken)
            self._committed()
        return len(taken)

    async def _claim(self, tx: Tx, now: datetime) -> Claims:
        """Find what waits, looking on from where the last round ended, and from the beginning behind the last lane."""
        seconds = now.timestamp()
        slowed, hushed = self._pace.slowed(seconds), self._pace.hushed(seconds)
        after, again = self._after, self._after is not None
        while True:
            claims = await inbox.claim(tx, self._bot_id, now=now, after=after, slowed=slowed, hushed=hushed)
            if claims.items or (claims.end is None and not again):
                return claims
            again = again and claims.end is not None
            after = claims.end

    def _choose(self, items: Sequence[Claimed], now: datetime) -> list[Claimed]:
        """Choose whose turn it is: an alarm first, then who asked for little lately, then what came first; one a lane.

        Of alarms that of who has called least: many who call again and again do not hide one who calls once. Updates
        that have failed go by themselves, in every second round: one more failure would hold up all that are with it.
        """
        seconds = now.timestamp()
        rows = [replace(item, turn=self._pace.turn(item.lane, seconds)) for item in items]
        called = {item.lane: self._pace.called(item.lane, seconds) for item in rows if item.alarm}
        rows.sort(key=lambda item: (not item.alarm, called[item.lane] if item.alarm else 0, item.turn, item.id))
        first: dict[int, Claimed] = {}
        for item in rows:
            first.setdefault(item.lane, item)
        fresh = [item for item in first.values() if not item.attempts][: self._most]
        failed = [item for item in first.values() if item.attempts][:RETRIES]
        self._retries = not self._retries
        return failed if failed and (self._retries or not fresh) else fresh

    async def _took(self, taken: Sequence[Claimed]) -> None:
        """Count what was acted on, and tell who is slowed by it."""
        now = self._clock.now()
        for item in taken:
            if self._pace.took(item.lane, now.timestamp(), alarm=item.alarm):
                LOG.warning("somebody sends very much (update %s and before): they are slowed", item.update_id)
                await self._db.write(partial(self._processor.tell_slowed, item=item, now=now))

    async def _process(self, tx: Tx, batch: Sequence[Claimed], *, now: datetime) -> None:
        verdicts = await self._processor.process(tx, batch, now=now)
        pairs = list(zip(batch, verdicts, strict=True))
        await inbox.mark_done(tx, [item.id for item, verdict in pairs if verdict is not Verdict.UNPARSABLE], now=now)
        await inbox.forget(tx, [item.id for item, verdict in pairs if verdict is Verdict.FORGET])
        for item, verdict in pairs:
            if verdict is Verdict.UNPARSABLE:
                await self._set_aside_unread(tx, item, now=now)

    async def _set_aside_unread(self, tx: Tx, item: Claimed, *, now: datetime) -> None:
        with about_update(item.update_id):
            LOG.error("update %s cannot be parsed and was set aside", item.update_id)
            await inbox.set_aside(tx, item.id, now=now, error="cannot be parsed")
            await self._processor.report_unparsable(tx, item, now=now)

    async def _alone(self, item: Claimed) -> None:
        """Process one update in a transaction of its own, and note its failure in another."""
        with about_update(item.update_id):
            now = self._clock.now()
            try:
                await self._db.write(lambda tx: self._process(tx, [item], now=now))
            except DatabaseBusyError:
                raise
            except Exception as error:
                if item.attempts == 0:
                    LOG.exception("update %s failed; it is tried again", item.update_id)
                # The first line alone: in further ones PostgreSQL quotes rows, with answers and names in them.
                first = str(error).partition("\n")[0]
                reason = f"{type(error).__name__}: {first}"[:500]
                await self._note(item, reason)

    async def _note(self, item: Claimed, reason: str) -> None:
        """Note a failure; should even that fail, the update is set aside, or it would hold up everything behind it."""
        try:
            await self._db.write(lambda tx: self._note_failure(tx, item, reason))
        except DatabaseBusyError:
            raise
        except Exception:
            LOG.exception("the failure of update %s could not be told; it was set aside", item.update_id)
            now = self._clock.now()
            await self._db.write(lambda tx: inbox.set_aside(tx, item.id, now=now, error="failed, see the log"))

    async def _note_failure(self, tx: Tx, item: Claimed, reason: str) -> None:
        now = self._clock.now()
        attempts = item.attempts + 1
        delay = handler_delay(attempts)
        if delay is not None:
            later = now + timedelta(seconds=delay)
            await inbox.postpone(tx, item.id, attempts=attempts, next_at=later, error=reason)
            return
        LOG.error("update %s failed %d times and was set aside: %s", item.update_id, attempts, reason)
        await inbox.set_aside(tx, item.id, now=now, error=reason)
        await self._processor.apologise(tx, item, now=now)
