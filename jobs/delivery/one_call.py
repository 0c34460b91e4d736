"""One call to Telegram, and what its outcome means for the row behind it."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from telegram import InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from core.delivery.backoff import MOST_UNKNOWN, row_delay
from core.delivery.outgoing import EDIT_ONLY, Attachment
from jobs.delivery.request import NotConnectedError, OutcomeUnknownError, TooManyRequestsError
from storage.delivery.outbox import Ready
from storage.delivery.settle import Result, Settled

LOG = logging.getLogger(__name__)

# Telegram's words after "Bad Request: ", lower case. python-telegram-bot capitalises them.
DONE_ALREADY = (
    "message is not modified",
    "message to delete not found",
    "message can't be deleted",  # it is too old, or somebody else's now: it stays, which harms nobody
)
TAP_TOO_OLD = ("query is too old", "query_id_invalid")
SCREEN_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
DISPENSABLE = frozenset({"setMessageReaction"})  # a group may forbid reactions: nobody misses one that is refused
CHAT_GONE = ("chat not found", "peer_id_invalid", "user not found")


class Api(Protocol):
    """The one method of python-telegram-bot's Bot that the way out needs."""

    async def do_api_request(self, endpoint: str, api_kwargs: dict[str, Any] | None = None, **options: Any) -> Any:
        """Call any Bot API method and give its raw result."""
        ...


class Unreachable(Exception):  # noqa: N818 - an interruption of all sending, not an error of one message
    """Nothing can be sent at all just now; `told` names why."""

    def __init__(self, settled: Settled, told: str) -> None:
        super().__init__(told)
        self.settled, self.told = settled, told


class Migrated(Exception):  # noqa: N818 - news about a chat, not an error
    """The group has become a supergroup with another id."""

    def __init__(self, settled: Settled, new_chat_id: int) -> None:
        super().__init__(str(new_chat_id))
        self.settled, self.new_chat_id = settled, new_chat_id


class Doubts:
    """Counts, for each message, how often nobody knew whether it arrived; a new start of the program counts anew."""

    def __init__(self) -> None:
        self._unknown: dict[int, int] = {}

    def judge(self, settled: Settled) -> Settled:
        """Give up a message whose outcome stays unknown: its reader may have it many times already."""
        row = settled.message.id
        if not settled.unknown:
            if settled.result is not Result.RETRY:
                self._unknown.pop(row, None)
            return settled
        self._unknown[row] = self._unknown.get(row, 0) + 1
        if self._unknown[row] < MOST_UNKNOWN:
            return settled
        del self._unknown[row]
        LOG.error("message %s is given up: nobody knows whether it arrived (%s)", row, settled.error)
        return replace(settled, result=Result.DOUBT, not_before=None)


async def deliver(api: Api, message: Ready, *, now: datetime) -> Settled:
    """Make the call and say what became of the message.

    Raises Unreachable when no call can get through at present, Migrated when the chat has moved.
    """
    try:
        result = await _call(api, message)
    except TelegramError as error:
        if message.method in DISPENSABLE and isinstance(error, BadRequest | ChatMigrated | Forbidden):
            return Settled(message, Result.EXPIRED, error=error.message)
        return _failed(message, error, now=now)
    message_id = result.get("message_id") if isinstance(result, dict) else None
    return Settled(message, Result.SENT, message_id=message_id)


async def _call(api: Api, message: Ready) -> Any:
    """Make the call; an edit of a message that is gone becomes a new message, so that its reader still gets it."""
    method, params = _call_of(message)
    try:
        return await api.do_api_request(method, api_kwargs=params)
    except BadRequest as error:
        if method != "editMessageText" or message.slot_id is not None or not _means(error, SCREEN_GONE):
            raise
        if message.params.get(EDIT_ONLY):
            return None
    del params["message_id"]
    return await api.do_api_request("sendMessage", api_kwargs=params)


def _means(error: TelegramError, words: tuple[str, ...]) -> bool:
    return any(text in error.message.lower() for text in words)


def _call_of(message: Ready) -> tuple[str, dict[str, Any]]:
    params = {name: value for name, value in message.params.items() if name != EDIT_ONLY}
    method = message.method
    if message.slot_id is not None:
        method = "sendMessage"
        if message.screen_message_id is not None:
            method = "editMessageText"
            params["message_id"] = message.screen_message_id
    if message.attachment is not None and message.attachment_name is not None:
        file = Attachment.read(message.attachment_name, message.attachment)
        params[file.field] = InputFile(file.content, filename=file.name)
    return method, params


def token_refused(error: TelegramError) -> bool:
    """Whether Telegram refused the token; the library, once initialised, takes every 401 and 404 for an unknown method."""
    cause = error.__cause__ if isinstance(error, EndPointNotFound) else error
    return isinstance(cause, InvalidToken) and "method not found" not in cause.message.lower()


def _failed(message: Ready, error: TelegramError, *, now: datetime) -> Settled:
    """Decide by the kind of failure; the order matters, because BadRequest and TimedOut are NetworkErrors."""
    if isinstance(error, TooManyRequestsError):
        until = now + timedelta(seconds=error.seconds)
        if message.chat_id is None and message.expires_at is not None and message.expires_at <= until:
            return Settled(message, Result.EXPIRED, error=error.message)
        return Settled(
            message, Result.RETRY, not_before=until, attempts=message.attempts, error=error.message, flood=True
        )
    if isinstance(error, ChatMigrated):
        settled = Settled(message, Result.RETRY, attempts=message.attempts, not_before=now)
        raise Migrated(settled, error.new_chat_id)
    if isinstance(error, Forbidden):
        return Settled(message, Result.BURIED, error=error.message, chat_gone=True)
    if isinstance(error, BadRequest):
        return _refused(message, error)
    if isinstance(error, NotConnectedError):
        settled = Settled(message, Result.RETRY, attempts=message.attempts, not_before=now)
        raise Unreachable(settled, error.message)
    if token_refused(error):
        settled = Settled(message, Result.RETRY, attempts=message.attempts, not_before=now)
        raise Unreachable(settled, "Telegram refuses the token")
    if isinstance(error, EndPointNotFound):
        LOG.error("message %s asks for %s, which Telegram does not know", message.id, message.method)
        return Settled(message, Result.BURIED, error=error.message)
    if isinstance(error, TimedOut | OutcomeUnknownError) or not isinstance(error, NetworkError):
        return _unknown(message, error, now=now)
    return _again(message, error, now=now)  # a 5xx: Telegram answered that it did not do it


def _refused(message: Ready, error: BadRequest) -> Settled:
    if _means(error, DONE_ALREADY):
        return Settled(message, Result.SENT, message_id=message.screen_message_id or message.params.get("message_id"))
    if _means(error, TAP_TOO_OLD):
        return Settled(message, Result.EXPIRED, error=error.message)
    if message.screen_message_id is not None and _means(error, SCREEN_GONE):
        return Settled(message, Result.LOST_SCREEN, error=error.message)
    gone = _means(error, CHAT_GONE)
    if not gone:
        LOG.error("message %s (%s) was refused for good: %s", message.id, message.method, error.message)
    return Settled(message, Result.BURIED, error=error.message, chat_gone=gone)


def _unknown(message: Ready, error: TelegramError, *, now: datetime) -> Settled:
    """Nobody knows whether it arrived: send again, unless the row says never twice."""
    if message.once:
        return Settled(message, Result.DOUBT, error=error.message)
    return replace(_again(message, error, now=now), unknown=True)


def _again(message: Ready, error: TelegramError, *, now: datetime) -> Settled:
    attempts = message.attempts + 1
    later = now + timedelta(seconds=row_delay(attempts))
    return Settled(message, Result.RETRY, not_before=later, attempts=attempts, error=error.message)
