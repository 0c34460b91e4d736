"""What happens by time: reminders and summaries of the calendar, incidents that are due, results of notices, tidying up.

APScheduler only wakes `tick`; what is due is asked of the calendar and the database, and each moment
is claimed by a unique key, so that it happens once over restarts and kills.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from actions import duties
from actions.delivery.telling import News, tell_person
from actions.reports import expired_drafts
from core.calendar.calendar import Firing, Moment, decide, due_moments
from core.delivery.outgoing import Outgoing
from core.delivery.readers import language_of
from core.desk import Desk
from core.kit.clock import Clock
from core.kit.texts import Markup
from core.notices.notice_text import notice_result_key, reason_lines
from jobs.incidents import Escalator
from storage import notices
from storage.database import state
from storage.database.engine import Database, Tx
from storage.delivery import inbox, outbox
from storage.people import people
from storage.tables import NoticeRow, PersonRow

LOG = logging.getLogger(__name__)
TICK_SECONDS = 1
SWEEP = timedelta(seconds=5)  # how often messages and drafts that ran out of time are dropped
TIDY = timedelta(hours=1)
CHUNK = 1000  # messages added in one transaction: others who write wait no longer than for these


class Timekeeper:
    """Acts on whatever has become due since it last looked."""

    def __init__(self, db: Database, desk: Desk, *, clock: Clock, since: datetime, added: Callable[[], None]) -> None:
        self._db, self._desk, self._clock, self._added = db, desk, clock, added
        self._escalator = Escalator(db, desk, added=added)
        self._seen = since  # everything due before this was dealt with, or came before the program was installed
        self._swept = self._tidied = datetime.min.replace(tzinfo=UTC)
        self._failing: set[str] = set()  # moments that failed and are tried again until it is too late for them

    async def run(self, stopping: asyncio.Event) -> None:
        """Tick until told to stop."""
        scheduler = AsyncIOScheduler(
            timezone=self._desk.texts.zone,
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
        )
        scheduler.add_job(self._guarded, "interval", seconds=TICK_SECONDS)
        scheduler.start()
        try:
            await stopping.wait()
        finally:
            scheduler.shutdown(wait=False)

    async def _guarded(self) -> None:
        try:
            await self.tick()
        except Exception:
            LOG.exception("a tick of the clock failed; the next one tries again")

    async def tick(self) -> None:
        """Do everything that is due at the present time."""
        now = self._clock.now()
        await self._act_on_all(now)
        await self._escalator.round(now)
        if now - self._swept >= SWEEP:
            self._swept = now
            await self._sweep(now)
        if now - self._tidied >= TIDY:
            self._tidied = now
            await self._db.write(lambda tx: inbox.prune(tx, now=now))
            await self._db.write(lambda tx: outbox.prune(tx, now=now))
        if await self._db.read(notices.any_sending):
            await self._finish_notices(now)

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
            await self._db.write(lambda tx: self._skip(tx, moment, now))
            LOG.warning("%s was missed and is too late to send now", moment.key)
            return
        gather = duties.MESSAGES[moment.reminder.kind]
        messages = await self._db.read(lambda tx: gather(tx, self._desk, moment, now=now))
        chunks = [messages[start : start + CHUNK] for start in range(0, len(messages), CHUNK)] or [[]]
        # The moment is claimed with its last messages: whoever is killed before adds all again, under the same keys.
        for chunk in chunks[:-1]:
            await self._db.write(partial(self._add, chunk, now))
        if await self._db.write(lambda tx: self._fire(tx, moment, chunks[-1], now)):
            LOG.info("%s: %d messages", moment.key, len(messages))
            self._added()

    async def _add(self, messages: list[Outgoing], now: datetime, tx: Tx) -> None:
        await outbox.add_many(tx, self._desk.bot_id, messages, now=now)

    async def _fire(self, tx: Tx, moment: Moment, messages: list[Outgoing], now: datetime) -> bool:
        if not await state.fire(tx, moment.key, due_at=moment.due_at, now=now, outcome=Firing.FIRE.value):
            return False
        await self._add(messages, now, tx)
        return True

    async def _skip(self, tx: Tx, moment: Moment, now: datetime) -> None:
        if await state.fire(tx, moment.key, due_at=moment.due_at, now=now, outcome=Firing.SKIP.value):
            state.note(
                tx, now=now, action="reminder-skipped", subject=moment.key, detail={"due": moment.due_at.isoformat()}
            )

    async def _sweep(self, now: datetime) -> None:
        if await self._db.read(lambda tx: outbox.any_expired(tx, self._desk.bot_id, now=now)):
            await self._db.write(lambda tx: outbox.expire(tx, self._desk.bot_id, now=now))
        if await self._db.read(lambda tx: expired_drafts.any_stale(tx, now=now)):
            await self._db.write(lambda tx: expired_drafts.drop_stale(tx, self._desk, now=now))
            self._added()

    async def _finish_notices(self, now: datetime) -> None:
        """Tell the author of each notice that is through what became of it."""

        async def work(tx: Tx) -> int:
            done = await notices.finished(tx)
            authors = await people.by_ids(tx, [row.person_id for row in done])
            for row in done:
                row.state, row.done_at = "done", now
                await self._report_notice(tx, row, authors[row.person_id], now=now)
            return len(done)

        if await self._db.write(work):
            self._added()

    async def _report_notice(self, tx: Tx, row: NoticeRow, author: PersonRow, *, now: datetime) -> None:
        found = await notices.outcome(tx, row)
        texts = self._desk.texts
        language = language_of(texts, author)
        began = row.confirmed_at or row.created_at
        lines = [
            texts.html(
                language,
                "notice-result",
                sent=texts.number(language, found.sent),
                total=texts.number(language, found.total),
                seconds=int((now - began).total_seconds()),
            ),
            *reason_lines(texts, language, found.failed),
        ]
        if found.doubt:
            names = ", ".join(found.in_doubt) + ("…" if found.doubt > len(found.in_doubt) else "")
            lines.append(texts.html(language, "notice-doubt", count=texts.number(language, found.doubt), names=names))
        tell_person(tx, self._desk, author, News(Markup("\n".join(lines)), notice_result_key(row.id)), now=now)
