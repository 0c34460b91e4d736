"""Whether the clock can be trusted: what happens by time cannot be taken back, so it waits while the time is in doubt."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from telegram.error import TelegramError

from actions import calendar
from core.desk import Desk
from core.kit.steady import Reading, SteadyClock
from jobs.delivery.one_call import Api
from storage.database.ahead import SLIP
from storage.database.engine import Database

LOG = logging.getLogger(__name__)
ASK_SECONDS = 10.0  # between two questions to Telegram while the clock is in doubt
ANSWER_SECONDS = 5.0  # for the answer to one; the clock's other work waits for it
KEEP = timedelta(minutes=10)  # how old the kept time may be that the clock must not fall behind over a restart


class ClockGuard:
    """Lets things happen by time only while the machine's clock agrees with the right time, as far as that is known.

    A clock that has jumped is right or wrong as Telegram's date says, which is asked for at once. Without an answer
    everything by time is held until there is one, or until the clock has come back.
    """

    def __init__(self, db: Database, desk: Desk, api: Api, *, clock: SteadyClock, added: Callable[[], None]) -> None:
        self._db, self._desk, self._api, self._clock, self._added = db, desk, api, clock, added
        self._asked: float | None = None  # when Telegram was asked last, since the clock came into doubt
        self._held = False  # nothing happens by time, and the log says so
        self._told: bool | None = None  # whether admins know that it is wrong; None: not looked up yet
        self._kept: datetime | None = None

    async def trusted(self) -> bool:
        """Whether what is due by the clock may happen now; admins are told when this changes, and what they can do."""
        reading, answered = self._clock.read(), False
        if not reading.trusted:
            answered = await self._ask()
            reading = self._clock.read()
        if reading.trusted:
            await self._go_on(reading)
        else:
            await self._hold(reading, answered=answered)
        return reading.trusted

    def was_ahead(self) -> bool:
        """Whether rows may have been written under a later time than the present one, since this was asked last."""
        return self._clock.gave_later(SLIP)

    async def _ask(self) -> bool:
        """Let Telegram say the time, with any answer; False when it has not, or was asked a moment ago."""
        passed = self._clock.passed()
        if self._asked is not None and passed - self._asked < ASK_SECONDS:
            return False
        self._asked = passed
        try:
            await self._api.do_api_request("getMe", read_timeout=ANSWER_SECONDS)
        except TelegramError:
            return False
        return True

    async def _hold(self, reading: Reading, *, answered: bool) -> None:
        """Say that the clock is in doubt: at once in the log, and to admins when Telegram can be reached."""
        if not self._held:
            self._held = True
            LOG.error(
                "the machine's clock shows %s, but should show %s as far as is known%s; what happens by time is held",
                f"{reading.shown:%Y-%m-%d %H:%M} UTC",
                f"{reading.reckoned:%Y-%m-%d %H:%M} UTC",
                "" if answered else ", and Telegram does not say",
            )
        if answered and not await self._known():
            self._told = await self._db.write(partial(calendar.tell_held, desk=self._desk, reading=reading))
            self._added()

    async def _known(self) -> bool:
        """Whether admins know that the clock is wrong, from this life of the program or the one before."""
        if self._told is None:
            self._told = await self._db.read(calendar.told_held)
        return self._told

    async def _go_on(self, reading: Reading) -> None:
        """Note that the clock is right, and say so where it was said to be wrong."""
        if self._held:
            LOG.warning("the machine's clock is right; what happens by time goes on")
        self._held, self._asked = False, None
        if await self._known():
            await self._db.write(partial(calendar.tell_right, desk=self._desk, reading=reading))
            self._told = False
            self._added()
        if self._kept is None or abs(reading.time - self._kept) >= KEEP:
            await self._db.write(partial(calendar.keep_right, now=reading.time))
            self._kept = reading.time
