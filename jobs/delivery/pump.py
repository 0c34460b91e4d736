"""The pump: claims waiting updates, lets them be processed many to a transaction, and deals with the ones that fail."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from core.delivery.backoff import handler_delay
from core.delivery.verdicts import Verdict
from core.kit.clock import Clock
from core.kit.logs import about_update
from storage.database.engine import Database, DatabaseBusyError, Tx
from storage.delivery import inbox
from storage.delivery.inbox import Claimed

LOG = logging.getLogger(__name__)
BATCH = 50
IDLE_SECONDS = 5.0  # the longest nap: a postponed update becomes due by time alone


class Processor(Protocol):
    """What the pump is given: it turns updates into rows and touches nothing else."""

    async def process(self, tx: Tx, batch: Sequence[Claimed], *, now: datetime) -> list[Verdict]:
        """Act on each update in order; raises if any of them fails unexpectedly."""
        ...

    async def apologise(self, tx: Tx, item: Claimed, *, now: datetime) -> None:
        """Tell the person, and admins, that this update was set aside after its last attempt."""
        ...

    async def report_unparsable(self, tx: Tx, item: Claimed, *, now: datetime) -> None:
        """Tell admins that this update cannot be read and was set aside."""
        ...


class Pump:
    """Takes the first waiting update of up to 50 chats at a time; one flush, one commit for all of them.

    If one fails unexpectedly the whole batch is rolled back and replayed one by one: handlers have no
    effect but rows, so a replay is harmless. The bad one is retried with growing delay, holding back
    only its own chat, and set aside after its last attempt.
    """

    def __init__(
        self, db: Database, processor: Processor, *, bot_id: int, clock: Clock, committed: Callable[[], None]
    ) -> None:
        self._db, self._processor, self._bot_id, self._clock = db, processor, bot_id, clock
        self._committed = committed
        self._wake = asyncio.Event()
        self._last_chat: int | None = None

    def wake(self) -> None:
        """Tell the pump that updates were stored."""
        self._wake.set()

    async def run(self, stopping: asyncio.Event) -> None:
        """Process until told to stop; the batch in hand is finished."""
        stop = asyncio.ensure_future(stopping.wait())
        try:
            while not stopping.is_set():
                self._wake.clear()
                try:
                    handled = await self.round()
                except DatabaseBusyError:
                    LOG.warning("the database is held by another program; updates wait")
                    handled = 0
                except Exception:
                    LOG.exception("a round of processing failed; trying again")
                    handled = 0
                if handled:
                    continue
                woken = asyncio.ensure_future(self._wake.wait())
                await asyncio.wait([stop, woken], timeout=IDLE_SECONDS, return_when=asyncio.FIRST_COMPLETED)
                woken.cancel()
        finally:
            stop.cancel()

    async def round(self) -> int:
        """Process one batch; gives how many updates it took, 0 when none is due."""
        taken: list[Claimed] = []

        async def work(tx: Tx) -> None:
            now = self._clock.now()
            taken[:] = await inbox.claim(tx, self._bot_id, now=now, after_chat=self._last_chat, limit=BATCH)
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
        if taken:
            self._last_chat = taken[-1].chat_key
            self._committed()
        return len(taken)

    async def _process(self, tx: Tx, batch: Sequence[Claimed], *, now: datetime) -> None:
        verdicts = await self._processor.process(tx, batch, now=now)
        pairs = list(zip(batch, verdicts, strict=True))
        await inbox.mark_done(tx, [item.id for item, verdict in pairs if verdict is not Verdict.UNPARSABLE], now=now)
        await inbox.forget_bodies(tx, [item.id for item, verdict in pairs if verdict is Verdict.FORGET])
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
        """Note a failure; should even that fail, the update is set aside, or it would hold up the chats behind it."""
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
