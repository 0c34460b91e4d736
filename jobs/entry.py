"""The watch over the database: looks for damage beside the work, and when it is broken, tells admins and ends the program.

A program that lives on over a broken database is deaf and does not say so. It ends with an exit code that its supervisor
sees, and what people send waits at Telegram, for a day at most.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta
from itertools import count

from telegram.error import TelegramError

from core.delivery.outgoing import message_params
from core.delivery.readers import language_of
from core.desk import Desk
from core.kit.clock import Clock
from jobs.delivery.one_call import Api
from storage.database import checking
from storage.database.checking import FaultNote
from storage.database.engine import Database, Tx
from storage.database.faults import DatabaseBusyError
from storage.people import people

LOG = logging.getLogger(__name__)
LEARN_SECONDS = 60.0  # between two looks at who the admins are
LOOK_EVERY = 60  # of these rounds the tables are looked through: two seconds of one thread an hour and gigabyte
TELL_SECONDS = 4.0  # for telling admins; the end does not wait longer for Telegram
TELL_AGAIN = timedelta(hours=1)  # a program that is started over and over says it once an hour


class DatabaseWatch:
    """Knows by heart whom to tell, because a broken database cannot be asked."""

    def __init__(
        self, db: Database, api: Api, note: FaultNote, *, desk: Desk, clock: Clock, unchecked: Sequence[str] = ()
    ) -> None:
        self._db, self._api, self._note, self._desk, self._clock = db, api, note, desk, clock
        self._unchecked = unchecked  # tables that the start had no time for
        self._admins: dict[int, str] = {}  # their chats, with the text for each

    async def run(self, stopping: asyncio.Event) -> None:
        """Watch until told to stop; raises DatabaseBrokenError once the database is broken and admins were told."""
        broken = asyncio.ensure_future(self._db.broken())
        others = [asyncio.ensure_future(stopping.wait()), asyncio.ensure_future(self._look_again_and_again())]
        try:
            await asyncio.wait([broken, *others], return_when=asyncio.FIRST_COMPLETED)
            if broken.done():
                await self.tell()
                raise broken.result()
        finally:
            for task in (broken, *others):
                task.cancel()
            await asyncio.gather(broken, *others, return_exceptions=True)

    async def _look_again_and_again(self) -> None:
        for number in count():
            try:
                await self.learn()
                if number % LOOK_EVERY == 0:
                    await self.look()
            except DatabaseBusyError:
                pass  # logged where it is found; a later round looks again
            except Exception:
                LOG.exception("looking through the database failed; it is tried again")
            await asyncio.sleep(LEARN_SECONDS)

    async def look(self) -> None:
        """Look through the tables, at first through those left over by the start; raises DatabaseBrokenError for a damage."""
        tables, self._unchecked = self._unchecked, ()
        await checking.check_all(self._db, tables)
        noted = self._note.read()
        if noted is not None and self._clock.now() - noted >= TELL_AGAIN:
            self._note.clear()

    async def learn(self) -> None:
        """Learn who the admins are and what each would be told."""
        texts, now = self._desk.texts, self._clock.now()

        async def ask(tx: Tx) -> dict[int, str]:
            rows = await people.admins(tx, now=now)
            return {row.telegram_id: texts.html(language_of(texts, row), "alert-database-broken") for row in rows}

        self._admins = await self._db.read(ask)

    async def tell(self) -> None:
        """Tell the admins past the outbox, which cannot be written; no more than once an hour over restarts."""
        noted, now = self._note.read(), self._clock.now()
        if noted is not None and timedelta(0) <= now - noted < TELL_AGAIN:
            return
        calls = [asyncio.ensure_future(self._send(chat, text)) for chat, text in self._admins.items()]
        told = 0
        if calls:
            done, late = await asyncio.wait(calls, timeout=TELL_SECONDS)
            for call in late:
                call.cancel()
            told = sum(call.result() for call in done)
        if told < len(calls):
            LOG.warning("%d of %d admins could not be told that the database is broken", len(calls) - told, len(calls))
        self._note.write(now if told else now - TELL_AGAIN)  # whom nobody could tell is told after the next start

    async def _send(self, chat_id: int, text: str) -> bool:
        try:
            await self._api.do_api_request("sendMessage", api_kwargs={"chat_id": chat_id, **message_params(text)})
        except TelegramError:
            return False
        return True
