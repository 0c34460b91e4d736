"""What happens by time: reminders and summaries of the calendar, incidents that are due, results of notices, tidying up.

Time that passes only wakes `tick`; what is due is asked of the calendar and the database, and each moment
is claimed by a unique key, so that it happens once over restarts and kills.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from actions import calendar
from actions.duties import dues, reminders
from actions.entry import upkeep
from actions.notices import results
from actions.overview import summary
from core.calendar.calendar import Firing, Moment, ReminderKind, decide, due_moments
from core.delivery.outgoing import Outgoing
from core.desk import Desk
from core.kit.clock import Clock
from jobs.calendar import ClockGuard
from jobs.incidents import Escalator
from storage import notices
from storage.database import state
from storage.database.ahead import SLIP
from storage.database.engine import Database
from storage.database.faults import DatabaseBusyError

LOG = logging.getLogger(__name__)
TICK_SECONDS = 1
SWEEP = timedelta(seconds=5)  # how often messages and drafts that ran out of time are dropped
TIDY = timedelta(hours=1)
MESSAGES: Mapping[ReminderKind, Callable[..., Awaitable[list[Outgoing]]]] = MappingProxyType(
    {
        ReminderKind.REMINDER: reminders.compose,
        ReminderKind.SUMMARY: summary.compose,
        ReminderKind.DUE: dues.compose,
    }
)


class Timekeeper:
    """Acts on whatever has become due since it last looked, and on nothing while the clock is in doubt."""

    def __init__(
        self,
        db: Database,
        desk: Desk,
        *,
        clock: Clock,
        since: datetime,
        added: Callable[[], None],
        guard: ClockGuard | None = None,
    ) -> None:
        self._db, self._desk, self._clock, self._added = db, desk, clock, added
        self._guard = guard
        self._escalator = Escalator(db, desk, added=added)
        self._since = since  # what was due before came before the program was installed
        self._seen = since  # everything due before this was dealt with
        self._last: datetime | None = None  # when it last looked
        self._swept = self._tidied = datetime.min.replace(tzinfo=UTC)
        self._failing: set[str] = set()  # moments that failed and are tried again until it is too late for them

    async def run(self, stopping: asyncio.Event) -> None:
        """Tick until told to stop, in seconds that pass: a timer that goes by the clock would wait for a year with it."""
        while True:
            try:
                await asyncio.wait_for(stopping.wait(), TICK_SECONDS)
            except TimeoutError:
                await self._guarded()
            else:
                return

    async def _guarded(self) -> None:
        try:
            await self.tick()
        except DatabaseBusyError:
            pass  # logged where it is found; the next tick tries again
        except Exception:
            LOG.exception("a tick of the clock failed; the next one tries again")

    async def tick(self) -> None:
        """Do everything that is due at the present time; while that is in doubt, only what does not go by time."""
        if self._guard is None or await self._guard.trusted():
            await self._act_by_time(self._clock.now())
        if await self._db.read(notices.any_sending):
            now = self._clock.now()
            done = await self._db.write(lambda tx: results.finish(tx, self._desk, now=now))
            if done:
                self._added()

    async def _act_by_time(self, now: datetime) -> None:
        if self._guard is not None and self._guard.was_ahead():
            self._last = None  # the clock went ahead and came back between two looks, or while it was held
        if self._last is None or now < self._last - SLIP:
            await self._come_back(now)
        self._last = now
        await self._act_on_all(now)
        await self._escalator.round(now)
        if abs(now - self._swept) >= SWEEP:
            self._swept = now
            if await upkeep.sweep(self._db, self._desk, now=now):
                self._added()
        if abs(now - self._tidied) >= TIDY:
            self._tidied = now
            await upkeep.tidy(self._db, now=now)

    async def _come_back(self, now: datetime) -> None:
        """Begin anew at an earlier time, or at a start, which may be at one: the clock was ahead."""
        released = await upkeep.come_back(self._db, self._desk, now=now)
        if released:
            LOG.warning("the clock was ahead: %d moments of the calendar that it took for past come again", released)
        self._since = self._seen = min(self._since, now)
        self._swept = self._tidied = datetime.min.replace(tzinfo=UTC)

    async def _act_on_all(self, now: datetime) -> None:
        """Act on every moment that has come; one that fails does not keep the others from it."""
        failing: set[str] = set()
        moments = due_moments(self._desk.calendar, self._desk.event_date, after=self._seen, until=now)
        keys = [moment.key for moment in moments]
        fired = await self._db.read(lambda tx: state.fired(tx, keys)) if keys else set()
        for moment in moments:
            if moment.key in fired:
                continue
            try:
                await self._act(moment, now=now)
            except DatabaseBusyError:
                raise  # nobody's fault: the next tick tries them all again
            except Exception:
                failing.add(moment.key)
                if moment.key not in self._failing:
                    LOG.exception("%s failed; it is tried again", moment.key)
        self._failing = failing
        if not failing:
            self._seen = max(self._seen, now)

    async def _act(self, moment: Moment, *, now: datetime) -> None:
        """Send what a moment of the calendar asks for, or note that it is too late for it."""
        if decide(moment, now) is Firing.SKIP:
            await self._db.write(lambda tx: calendar.skip(tx, moment, now=now))
            LOG.warning("%s was missed and is too late to send now", moment.key)
            return
        compose = MESSAGES[moment.reminder.kind]
        messages = await self._db.read(lambda tx: compose(tx, self._desk, moment, now=now))
        if await calendar.send(self._db, self._desk, moment, messages, now=now):
            LOG.info("%s: %d messages", moment.key, len(messages))
            self._added()
