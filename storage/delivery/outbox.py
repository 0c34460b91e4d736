"""Messages as rows: added with their cause, taken by urgency, settled with what became of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, CursorResult, Row, String, delete, func, literal_column, or_, select, update

from core.delivery.limits import Share
from core.delivery.outgoing import Outgoing, Priority
from storage.database.engine import Tx, insert_for, new_id
from storage.delivery import sends
from storage.tables import OutboxRow, OutboxState, ScreenRow

WAITING = literal_column("'waiting'", String)  # a literal, so that the partial index on waiting rows is used
SENDING = literal_column("'sending'", String)
KEEP_SETTLED = timedelta(days=30)
CHUNK = 500


@dataclass(frozen=True)
class Ready:
    """A message that may go now; `screen_version` names the content that is sent for a screen."""

    id: int
    priority: int
    turn: int
    method: str
    chat_id: int | None
    params: dict[str, Any]
    once: bool
    attempts: int
    expires_at: datetime | None
    attachment: bytes | None
    attachment_name: str | None
    notice_id: int | None
    person_id: int | None
    slot_id: int | None
    screen_version: int
    screen_message_id: int | None


def add(tx: Tx, bot_id: int, message: Outgoing, *, now: datetime) -> OutboxRow:
    """Add one message; it becomes true, and is sent, with the transaction it is in."""
    row = OutboxRow(**_values(tx, bot_id, message, now=now))
    tx.add(row)
    return row


def gather(tx: Tx, message: Outgoing) -> None:
    """Keep one message for `write_gathered`, which adds all of a batch in one statement."""
    gathered(tx).append(replace(message, turn=tx.unit.turn) if tx.unit.turn else message)


def gathered(tx: Tx) -> list[Outgoing]:
    """The messages kept so far in this transaction."""
    return tx.unit.outgoing


async def write_gathered(tx: Tx, bot_id: int, *, now: datetime) -> None:
    """Add the messages kept in this transaction."""
    messages, tx.unit.outgoing = tx.unit.outgoing, []
    await add_many(tx, bot_id, messages, now=now)


async def add_many(tx: Tx, bot_id: int, messages: Sequence[Outgoing], *, now: datetime) -> None:
    """Add many messages in few statements; those whose key is already there are ignored."""
    for start in range(0, len(messages), CHUNK):
        rows = [_values(tx, bot_id, item, now=now) for item in messages[start : start + CHUNK]]
        await tx.execute(insert_for(tx)(OutboxRow).on_conflict_do_nothing(index_elements=["bot_id", "key"]), rows)


def _values(tx: Tx, bot_id: int, message: Outgoing, *, now: datetime) -> dict[str, Any]:
    file = message.attachment
    return {
        "id": new_id(tx),
        "bot_id": bot_id,
        "key": message.key,
        "priority": int(message.priority),
        "method": message.method,
        "chat_id": message.chat_id,
        "params": message.params,
        "attachment": file.content if file else None,
        "attachment_name": file.stored_name if file else None,
        "once": message.once,
        "state": OutboxState.WAITING,
        "attempts": 0,
        "not_before": message.not_before or now,
        "expires_at": message.expires_at,
        "created_at": now,
        "notice_id": message.notice_id,
        "person_id": message.person_id,
        "turn": max(message.turn, tx.unit.turn),
    }


async def has(tx: Tx, bot_id: int, key: str) -> bool:
    """Whether a message with this key was ever added."""
    found = await tx.scalar(select(OutboxRow.id).where(OutboxRow.bot_id == bot_id, OutboxRow.key == key))
    return found is not None


async def ready(
    tx: Tx, bot_id: int, *, now: datetime, closed: Mapping[Share, Collection[int]], held: Collection[int], limit: int
) -> list[Ready]:
    """The most urgent messages due now, passing over the chats `closed` to their share and the rows already `held`."""
    statement = (
        _SELECT_READY.where(OutboxRow.state == WAITING, OutboxRow.bot_id == bot_id, OutboxRow.not_before <= now)
        .order_by(OutboxRow.priority, OutboxRow.turn, OutboxRow.id)
        .limit(limit + len(held))
    )
    for share, chats in closed.items():
        if chats:
            statement = statement.where(
                or_(OutboxRow.chat_id.is_(None), OutboxRow.chat_id.not_in(chats), *_BETTER[share])
            )
    return [_ready(row) for row in await tx.execute(statement) if row[0] not in held][:limit]


# What may go to a chat that is closed to this share.
_BETTER: Final[Mapping[Share, tuple[ColumnElement[bool], ...]]] = {
    Share.URGENT: (),
    Share.FIRST: (OutboxRow.priority == int(Priority.SOS),),
    Share.FURTHER: (OutboxRow.priority == int(Priority.SOS), OutboxRow.turn == 0),
}


_SELECT_READY = select(
    OutboxRow.id,
    OutboxRow.priority,
    OutboxRow.turn,
    OutboxRow.method,
    OutboxRow.chat_id,
    OutboxRow.params,
    OutboxRow.once,
    OutboxRow.attempts,
    OutboxRow.expires_at,
    OutboxRow.attachment,
    OutboxRow.attachment_name,
    OutboxRow.notice_id,
    OutboxRow.person_id,
    OutboxRow.slot_id,
    ScreenRow.params.label("screen_params"),
    ScreenRow.version.label("screen_version"),
    ScreenRow.message_id.label("screen_message_id"),
    ScreenRow.thread_id.label("screen_thread_id"),
).outerjoin(ScreenRow, ScreenRow.id == OutboxRow.slot_id)


def _ready(row: Row[Any]) -> Ready:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's documented way to a row's names
    screen_params, thread_id = values.pop("screen_params"), values.pop("screen_thread_id")
    params = dict(values["params"] if values["slot_id"] is None else screen_params)
    if thread_id is not None and values["screen_message_id"] is None:
        params["message_thread_id"] = thread_id
    if values["chat_id"] is not None:
        params["chat_id"] = values["chat_id"]
    values["params"], values["screen_version"] = params, values["screen_version"] or 0
    return Ready(**values)


async def next_due(tx: Tx, bot_id: int) -> datetime | None:
    """When the earliest waiting message may go, None when nothing waits."""
    return await tx.scalar(
        select(func.min(OutboxRow.not_before)).where(OutboxRow.state == WAITING, OutboxRow.bot_id == bot_id)
    )


async def mark_sending(tx: Tx, ids: Sequence[int]) -> None:
    """Note, before the call, that these are being handed to Telegram and must not be repeated."""
    await tx.execute(update(OutboxRow).where(OutboxRow.id.in_(ids)).values(state=OutboxState.SENDING))


async def expire(tx: Tx, bot_id: int, *, now: datetime) -> int:
    """Drop the waiting messages whose time has passed; gives how many."""
    result = await tx.execute(
        update(OutboxRow)
        .where(OutboxRow.state == WAITING, OutboxRow.bot_id == bot_id, OutboxRow.expires_at <= now)
        .values(state=OutboxState.EXPIRED, settled_at=now)
    )
    assert isinstance(result, CursorResult)
    return int(result.rowcount)


async def any_expired(tx: Tx, bot_id: int, *, now: datetime) -> bool:
    """Whether a waiting message has run out of time."""
    found = await tx.scalar(
        select(OutboxRow.id)
        .where(OutboxRow.state == WAITING, OutboxRow.bot_id == bot_id, OutboxRow.expires_at <= now)
        .limit(1)
    )
    return found is not None


async def interrupted(tx: Tx, bot_id: int) -> list[Ready]:
    """The messages that were being handed over when the program died: their outcome is unknown."""
    rows = await tx.execute(_SELECT_READY.where(OutboxRow.state == SENDING, OutboxRow.bot_id == bot_id))
    return [_ready(row) for row in rows]


async def recent_sends(tx: Tx, bot_id: int, *, since: datetime) -> list[tuple[int | None, datetime]]:
    """What was sent since then, oldest first: chat and time; a fresh start counts these against the limits.

    What went to groups is noted apart, because a card that was edited several times has but one row here.
    """
    rows = await tx.execute(
        select(OutboxRow.chat_id, OutboxRow.settled_at).where(
            OutboxRow.bot_id == bot_id,
            OutboxRow.settled_at > since,
            OutboxRow.state == OutboxState.SENT,
            or_(OutboxRow.chat_id.is_(None), OutboxRow.chat_id > 0),
        )
    )
    found: list[tuple[int | None, datetime]] = [(chat_id, at) for chat_id, at in rows if at is not None]
    return sorted([*found, *await sends.recent(tx, bot_id, since=since)], key=lambda one: one[1])


async def prune(tx: Tx, *, now: datetime) -> int:
    """Delete settled messages older than 30 days; a screen's row stays as long as the screen, a card's screen for good."""
    await sends.prune(tx, now=now)
    private = [OutboxRow.slot_id.is_not(None), ScreenRow.id == OutboxRow.slot_id, ScreenRow.chat_id > 0]
    quiet = [OutboxRow.settled_at < now - KEEP_SETTLED, OutboxRow.state == OutboxState.SENT]
    await tx.execute(
        delete(ScreenRow)
        .where(ScreenRow.id.in_(select(OutboxRow.slot_id).where(*private, *quiet)))
        .execution_options(synchronize_session=False)
    )
    result = await tx.execute(
        delete(OutboxRow).where(
            OutboxRow.settled_at < now - KEEP_SETTLED,
            OutboxRow.slot_id.is_(None),
            OutboxRow.state.not_in([OutboxState.WAITING, OutboxState.SENDING]),
        )
    )
    assert isinstance(result, CursorResult)
    return int(result.rowcount)
