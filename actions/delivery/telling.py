"""Telling one person or one group something in a message of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.delivery.html_pieces import split_message
from core.delivery.keys import piece_key
from core.delivery.outgoing import Outgoing, Place, Priority, Rows, message_params
from core.desk import Desk
from storage.database.engine import Tx
from storage.delivery import outbox
from storage.delivery.settle import Settled
from storage.tables import GroupRow, PersonRow

# What is called when messages are lost for good, in the transaction that notes it, with the groups that are gone, and when.
Undelivered = Callable[[Tx, Sequence[Settled], Sequence[GroupRow], datetime], Awaitable[None]]


@dataclass(frozen=True)
class FloodNews:
    """Telegram refuses what is sent too fast, for so many seconds: to one chat, or to everybody (None)."""

    chat_id: int | None
    seconds: float


Flooded = Callable[[Tx, FloodNews, datetime], Awaitable[None]]  # called in the transaction that notes refusals


@dataclass(frozen=True)
class News:
    """What somebody is told in a new message, once for each `key`."""

    text: str
    key: str
    priority: Priority = Priority.ALERT
    rows: Rows = ()


def tell_person(tx: Tx, desk: Desk, person: PersonRow, news: News, *, now: datetime) -> None:
    """Send a person news in their private chat; a long text goes in several messages."""
    pieces = split_message(news.text)
    for number, piece in enumerate(pieces, start=1):
        message = Outgoing(
            "sendMessage",
            message_params(piece, news.rows if number == len(pieces) else ()),
            piece_key(news.key, number),
            news.priority,
            chat_id=person.telegram_id,
            person_id=person.id,
        )
        outbox.add(tx, desk.bot_id, message, now=now)


def tell_group(tx: Tx, desk: Desk, group: GroupRow, news: News, *, now: datetime) -> None:
    """Send a linked group, in its topic, news that fit one message."""
    params = message_params(news.text, news.rows, place=Place(group.chat_id, group.thread_id or None))
    message = Outgoing("sendMessage", params, news.key, news.priority, chat_id=group.chat_id)
    outbox.add(tx, desk.bot_id, message, now=now)
