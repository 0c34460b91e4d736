"""The running program: the way in, the pump, the way out, the clock, the fetcher and the watch, started and stopped together."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from telegram.ext import Application

from actions import calendar
from actions.entry.undelivered import flooded, undelivered
from core.delivery.limits import Limiter, RateLimits
from core.delivery.pace import Pace, Speed
from core.desk import Desk
from core.kit.clock import Clock
from core.kit.settings import Settings, require_token
from core.kit.steady import SteadyClock
from jobs.calendar import ClockGuard
from jobs.delivery.intake import Intake
from jobs.delivery.one_call import Api
from jobs.delivery.pump import Pump
from jobs.delivery.request import AiohttpRequest, AnswerDates
from jobs.delivery.sender import Sender
from jobs.entry import DatabaseWatch
from jobs.evidence.download import downloads
from jobs.evidence.fetcher import Fetcher
from jobs.evidence.kept_files import KeptFiles
from jobs.evidence.media_folder import MediaStore
from jobs.timekeeper import Timekeeper
from storage.database.checking import FaultNote
from storage.database.engine import Database
from storage.database.state import installed_at

LOG = logging.getLogger(__name__)
THREAD_TURN_SECONDS = 0.0005  # a commit ends in a thread, which by default waits 5 ms for a busy loop
FAULT_NOTE = ".fault"  # in the media folder, which still works when the database does not
FINISH_SECONDS = 7.0  # for what is on its way out; whatever is not done is on disk


@dataclass(frozen=True)
class Machine:
    """The six loops, each of which wakes the next; the last watches over what they share."""

    intake: Intake
    pump: Pump
    sender: Sender
    timekeeper: Timekeeper
    fetcher: Fetcher
    watch: DatabaseWatch

    async def run(self, stopping: asyncio.Event) -> None:
        """Run until told to stop: stop taking, finish what is in hand, leave the rest on disk.

        A loop that ends by an error stops the program with it: half a program would be deaf or mute.
        """
        sys.setswitchinterval(THREAD_TURN_SECONDS)
        loops = [
            asyncio.create_task(part.run(stopping), name=type(part).__name__)
            for part in (self.intake, self.pump, self.sender, self.timekeeper, self.fetcher, self.watch)
        ]
        await asyncio.wait(loops, return_when=asyncio.FIRST_COMPLETED)
        stopping.set()
        _, slow = await asyncio.wait(loops, timeout=FINISH_SECONDS)
        for task in slow:
            LOG.warning("%s did not finish in time; what it had in hand is on disk", task.get_name())
            task.cancel()
        for result in await asyncio.gather(*loops, return_exceptions=True):
            if isinstance(result, Exception):
                raise result


def build_application(settings: Settings, token: str) -> Application[Any, Any, Any, Any, Any, Any]:
    """Build python-telegram-bot's application over our request class, without its own polling and timers."""
    builder = Application.builder().token(token).updater(None).job_queue(None)
    builder = builder.base_url(f"{settings.api_url}/bot").base_file_url(f"{settings.api_url}/file/bot")
    dates = AnswerDates()
    return (
        builder.request(AiohttpRequest(proxy=settings.proxy_url, dates=dates))
        .get_updates_request(AiohttpRequest(connections=2, proxy=settings.proxy_url, dates=dates))
        .build()
    )


def build_api(
    settings: Settings, db: Database, desk: Desk, application: Application[Any, Any, Any, Any, Any, Any]
) -> Api:
    """Build the Bot API as the sender calls it: with the files that are kept."""
    return KeptFiles(application.bot, db, MediaStore(settings.media_dir, bot_id=desk.bot_id))


async def steady_clock(
    db: Database,
    application: Application[Any, Any, Any, Any, Any, Any],
    clock: Clock,
    passed: Callable[[], float],
) -> SteadyClock:
    """Build the clock that the program goes by: the machine's, as long as it agrees with Telegram's date.

    It must not be earlier than when it was right last; how much later, only Telegram can tell. `passed` counts seconds.
    """
    if isinstance(clock, SteadyClock):
        return clock
    steady = SteadyClock(clock, passed)
    right_at = await db.read(calendar.right_at)
    if right_at is not None:
        steady.at_least(right_at)
    if isinstance(application.bot.request, AiohttpRequest):
        application.bot.request.dates.follow(steady.answered)
    return steady


def build_fetcher(
    settings: Settings,
    db: Database,
    desk: Desk,
    application: Application[Any, Any, Any, Any, Any, Any],
    *,
    clock: Clock,
    out: Sender,
) -> Fetcher:
    """Build what keeps evidence; its messages wake the sender."""
    opener = downloads(settings.api_url, require_token(settings), proxy=settings.proxy_url)
    store = MediaStore(settings.media_dir, bot_id=desk.bot_id)
    return Fetcher(db, application.bot, opener, store, desk=desk, clock=clock, added=out.wake)


def build_sender(settings: Settings, db: Database, desk: Desk, api: Api, *, clock: Clock) -> Sender:
    """Build the way out, under Telegram's limits unless they are off."""
    limiter = Limiter(RateLimits() if settings.rate_limits == "telegram" else None)
    lost, refused = undelivered(desk), flooded(desk)
    return Sender(db, api, bot_id=desk.bot_id, clock=clock, limiter=limiter, undelivered=lost, flooded=refused)


def build_pace(settings: Settings) -> Pace:
    """Build what slows who sends very many, unless limits are off."""
    return Pace(Speed() if settings.rate_limits == "telegram" else None)


async def build_timekeeper(db: Database, desk: Desk, api: Api, *, clock: SteadyClock, out: Sender) -> Timekeeper:
    """Build what happens by time, held while the clock is in doubt; its messages wake the sender."""
    guard = ClockGuard(db, desk, api, clock=clock, added=out.wake)
    since = await installed_at(db)
    return Timekeeper(db, desk, clock=clock, since=since, added=out.wake, guard=guard)


def fault_note(settings: Settings) -> FaultNote:
    """Where it is noted that the database broke, so that the next start looks through all of it."""
    return FaultNote(settings.media_dir / FAULT_NOTE)
