"""The way in: long polling, where a batch is committed before the next offset confirms it to Telegram."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import zlib
from collections.abc import Awaitable, Callable
from typing import Any

from telegram.error import Conflict, EndPointNotFound, InvalidToken, TelegramError
from telegram.ext import Application

from core.delivery.backoff import DATABASE_SECONDS, LONGEST_PAUSE, Trouble, network_delay
from core.delivery.lanes import lane_of
from core.delivery.overtaking import is_alarm
from core.kit.clock import Clock
from jobs.delivery.one_call import Api
from jobs.delivery.request import TooManyRequestsError
from storage.database.engine import Database
from storage.database.faults import DatabaseBusyError
from storage.delivery import inbox
from storage.delivery.inbox import NewUpdate

LOG = logging.getLogger(__name__)
AnyApplication = Application[Any, Any, Any, Any, Any, Any]
POLL_SECONDS = 50  # the longest Telegram allows (telegram-bot-api clamps to 0-50)
KINDS = ["message", "edited_message", "callback_query", "my_chat_member"]


def _whole(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1 << 62 else 0


def as_row(update: Any) -> NewUpdate:
    """Make any element of Telegram's answer storable; one without an id gets a negative one from its content."""
    body = json.dumps(update, ensure_ascii=True, separators=(",", ":"))
    number = _whole(update.get("update_id")) if isinstance(update, dict) else 0
    if number <= 0:
        number = -1 - zlib.crc32(body.encode())
    if not isinstance(update, dict):
        return NewUpdate(number, 0, body)
    return NewUpdate(number, lane_of(update), body, alarm=is_alarm(update))


class Intake:
    """Fetches updates raw, so that a malformed one is stored like any other and harms nobody."""

    def __init__(
        self,
        db: Database,
        api: Api,
        *,
        bot_id: int,
        clock: Clock,
        arrived: Callable[[], None],
        alert: Callable[[str], Awaitable[None]],
    ) -> None:
        self._db, self._api, self._bot_id, self._clock = db, api, bot_id, clock
        self._arrived, self._alert = arrived, alert
        self._offset: int | None = None
        self._trouble = Trouble()
        self._told: str | None = None  # the kind of trouble that was said last

    async def run(self, stopping: asyncio.Event) -> None:
        """Poll until told to stop; an open poll is dropped, since what it brings comes again."""
        stop = asyncio.ensure_future(stopping.wait())
        try:
            while not stopping.is_set():
                poll = asyncio.ensure_future(self._guarded())
                await asyncio.wait([poll, stop], return_when=asyncio.FIRST_COMPLETED)
                if not poll.done():
                    poll.cancel()
                    await asyncio.wait([poll])
                elif (delay := poll.result()) > 0:
                    await asyncio.wait([stop], timeout=delay)
        finally:
            stop.cancel()

    async def _guarded(self) -> float:
        """Do one round; gives the seconds to wait before the next one."""
        try:
            await self.round()
        except Conflict:
            return await self._failed("conflict", "another program polls with the same token; waiting for it to stop")
        except (InvalidToken, EndPointNotFound):
            # Once initialised, the library takes every 401 and 404 for an unknown method.
            return await self._failed(
                "token-refused", "Telegram refuses the token; waiting for it to be accepted again"
            )
        except TooManyRequestsError as error:
            if self._trouble.failed():
                LOG.warning("Telegram gives no updates (for %d s, it says); asking again before that", error.seconds)
            return min(error.seconds, LONGEST_PAUSE)  # or everybody's calls for help would wait for so long
        except TelegramError as error:
            return await self._failed(None, f"Telegram cannot be reached ({error.message}); trying again")
        except DatabaseBusyError:  # logged where it is found; the updates wait at Telegram
            return DATABASE_SECONDS
        except Exception:
            if self._trouble.failed():
                LOG.exception("fetching updates failed unexpectedly; trying again")
            return network_delay(self._trouble.failures)
        self._told = None
        if self._trouble.worked():
            LOG.warning("updates come in again")
        return 0.0

    async def _failed(self, alert: str | None, told: str) -> float:
        """Say trouble once when it begins or turns into another, tell admins where they must act, wait longer each time."""
        begun = self._trouble.failed()
        kind = alert or "unreachable"
        if begun or self._told != kind:
            LOG.warning("%s", told)
            self._told = kind
            if alert is not None:
                try:
                    await self._alert(alert)
                except DatabaseBusyError:
                    self._told = None
                except Exception:
                    LOG.exception("admins could not be told; they are told at the next attempt")
                    self._told = None
        return network_delay(self._trouble.failures)

    async def round(self, timeout: int = POLL_SECONDS) -> int:  # noqa: ASYNC109 - Telegram's word for the wait
        """Fetch one batch and commit it; gives how many updates it brought, new or not.

        After a failure the poll is short, so that it is soon known whether Telegram can be reached again.
        """
        timeout = min(timeout, 1) if self._trouble.failures else timeout
        params: dict[str, Any] = {"timeout": timeout, "limit": 100, "allowed_updates": KINDS}
        if self._offset is not None:
            params["offset"] = self._offset
        updates = await self._api.do_api_request("getUpdates", api_kwargs=params, read_timeout=timeout + 10.0)
        if not isinstance(updates, list) or not updates:
            return 0
        rows = [as_row(item) for item in updates]
        now = self._clock.now()
        new = await self._db.write(lambda tx: inbox.add(tx, self._bot_id, rows, now=now))
        numbers = [row.update_id for row in rows if row.update_id > 0]
        if new:
            self._arrived()
        if not numbers:
            raise TelegramError("updates without ids cannot be confirmed")
        self._offset = max(numbers) + 1
        return len(rows)


class TokenRefusedError(Exception):
    """Telegram does not know the token."""


async def first_contact(application: AnyApplication, stopping: asyncio.Event) -> bool:
    """Reach Telegram for the first time, waiting out an outage; False when told to stop meanwhile.

    Raises TokenRefusedError on Telegram's own 401 or 404. A webhook is taken off, or polling gets 409.
    """
    trouble = Trouble()
    while not stopping.is_set():
        try:
            await application.initialize()
            await application.bot.delete_webhook()
        except InvalidToken:
            await application.bot.shutdown()  # the application itself does not, as it never came up
            raise TokenRefusedError from None
        except TelegramError as error:
            if trouble.failed():
                LOG.warning("Telegram cannot be reached yet (%s); trying again", error.message)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), network_delay(trouble.failures))
        else:
            return True
    await application.bot.shutdown()
    return False
