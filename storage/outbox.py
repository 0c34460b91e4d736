"""Messages as rows: added with their cause, taken by urgency, settled with what became of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, Row, String, delete, func, literal_column, or_, select, update

from core.outgoing import Outgoing, Priority
from storage.engine import Tx, insert_for, new_id
from storage.tables import OutboxRow, OutboxState, SlotRow

WAITING = literal_column("'waiting'", String)  # a literal, so that the partial index on waiting rows is used
SENDING = literal_column("'sending'", String)
KEEP_SETTLED = timedelta(days=30)
CHUNK = 500


@dataclass(frozen=True)
class Ready:
    """A message that may go now; `slot_version` names the content that is sent for a slot."""

    id: int
    priority: int
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
    slot_version: int
    slot_message_id: int | None


def add(tx: Tx, bot_id: int, message: Outgoing, *, now: datetime) -> OutboxRow:
    """Add one message; it becomes true, and is sent, with the transaction it is in."""
    row = OutboxRow(**_values(new_id(tx), bot_id, message, now=now))
    tx.add(row)
    return row


def gather(tx: Tx, message: Outgoing) -> None:
    """Keep one message for `write_gathered`, which adds all of a batch in one statement."""
    gathered(tx).append(message)


def gathered(tx: Tx) -> list[Outgoing]:
    """The messages kept so far in this transaction."""
    found: list[Outgoing] = tx.info.setdefault("outgoing", [])
    return found


async def write_gathered(tx: Tx, bot_id: int, *, now: datetime) -> None:
    """Add the messages kept in this transaction."""
    messages: list[Outgoing] = tx.info.pop("outgoing", [])
    await add_many(tx, bot_id, messages, now=now)


async def add_many(tx: Tx, bot_id: int, messages: Sequence[Outgoing], *, now: datetime) -> None:
    """Add many messages in few statements; those whose key is already there are ignored."""
    for start in range(0, len(messages), CHUNK):
        rows = [_values(new_id(tx), bot_id, item, now=now) for item in messages[start : start + CHUNK]]
        await tx.execute(insert_for(tx)(OutboxRow).on_conflict_do_nothing(index_elements=["bot_id", "key"]), rows)


def _values(row_id: int, bot_id: int, message: Outgoing, *, now: datetime) -> dict[str, Any]:
    file = message.attachment
    return {
        "id": row_id,
        "bot_id": bot_id,
        "key": message.key,
        "priority": int(message.priority),
        "method": message.method,
        "chat_id": message.chat_id,
        "params": message.params,
        "attachment": file.content if file else None,
        "attachment_name": f"{file.field}:{file.name}" if file else None,
        "once": message.once,
        "state": OutboxState.WAITING,
        "attempts": 0,
        "not_before": message.not_before or now,
        "expires_at": message.expires_at,
        "created_at": now,
        "notice_id": message.notice_id,
        "person_id": message.person_id,
    }


async def has(tx: Tx, bot_id: int, key: str) -> bool:
    """Whether a message with this key was ever added."""
    found = await tx.scalar(select(OutboxRow.id).where(OutboxRow.bot_id == bot_id, OutboxRow.key == key))
    return found is not None


async def show(
    tx: Tx,
    bot_id: int,
    key: str,
    *,
    subject: str,
    place: tuple[int, int | None],
    params: dict[str, Any],
    now: datetime,
    priority: Priority = Priority.CARD,
    below: bool = False,
    message_id: int | None = None,
) -> None:
    """Make the message named `key` show `params`: sent the first time, edited after that.

    A change that comes while an earlier one is still waiting is folded into it; one that comes while
    the first message is on its way waits for its id. `place` is the chat and topic. With `below` the
    message is sent anew, below what was written since, and the old one is deleted. With `message_id`
    a message that is there already becomes the one that is edited.
    """
    pending: dict[str, SlotRow] = tx.info.setdefault("slots", {})
    slot = pending.get(key)
    if slot is None:
        # Locked, because on PostgreSQL the sender may be noting, at this instant, that it has shown the old content.
        slot = await tx.scalar(select(SlotRow).where(SlotRow.bot_id == bot_id, SlotRow.key == key).with_for_update())
    if slot is not None:
        pending[key] = slot
        await _change(tx, slot, subject=subject, params=params, now=now, priority=priority, below=below)
        return
    slot = SlotRow(
        id=new_id(tx),
        bot_id=bot_id,
        key=key,
        subject=subject,
        chat_id=place[0],
        thread_id=place[1],
        message_id=message_id,
        params=params,
        version=1,
    )
    pending[key] = slot
    tx.add(slot)
    message = Outgoing("slot", {}, f"slot:{key}", priority, chat_id=place[0])
    add(tx, bot_id, message, now=now).slot = slot


def _take_away(tx: Tx, slot: SlotRow) -> None:
    """Delete a slot's message, after the new one, so that the chat is never without one."""
    old = {"chat_id": slot.chat_id, "message_id": slot.message_id}
    gather(tx, Outgoing("deleteMessage", old, f"gone:{slot.id}:{slot.version}", Priority.SUMMARY, slot.chat_id))
    slot.message_id = None


async def _change(
    tx: Tx, slot: SlotRow, *, subject: str, params: dict[str, Any], now: datetime, priority: Priority, below: bool
) -> None:
    """Let a message that is there show something else, in its place or below."""
    moved = below and slot.message_id is not None
    if slot.params == params and slot.subject == subject and not moved:
        return
    if moved:
        old = {"chat_id": slot.chat_id, "message_id": slot.message_id}
        # After the new message, so that the chat is never without one.
        gone = Outgoing("deleteMessage", old, f"gone:{slot.id}:{slot.version}", Priority.SUMMARY, slot.chat_id)
        gather(tx, gone)
        slot.message_id = None
    slot.params, slot.version, slot.subject = params, slot.version + 1, subject
    await tx.execute(
        update(OutboxRow)
        .where(OutboxRow.slot_id == slot.id, OutboxRow.state.not_in([OutboxState.WAITING]))
        .values(state=OutboxState.WAITING, not_before=now, attempts=0, priority=int(priority), settled_at=None)
    )


async def slot_of(tx: Tx, bot_id: int, subject: str) -> SlotRow | None:
    """The self-editing message that shows a subject in a single chat, such as a report's receipt."""
    for slot in tx.info.get("slots", {}).values():
        if slot.subject == subject:
            found: SlotRow = slot
            return found
    return await tx.scalar(select(SlotRow).where(SlotRow.bot_id == bot_id, SlotRow.subject == subject).limit(1))


async def ready(
    tx: Tx, bot_id: int, *, now: datetime, closed: Collection[int], held: Collection[int], limit: int
) -> list[Ready]:
    """The most urgent messages due now, passing over the `closed` chats and the rows already `held`."""
    statement = (
        _SELECT_READY.where(OutboxRow.state == WAITING, OutboxRow.bot_id == bot_id, OutboxRow.not_before <= now)
        .order_by(OutboxRow.priority, OutboxRow.id)
        .limit(limit + len(held))
    )
    if closed:
        statement = statement.where(or_(OutboxRow.chat_id.is_(None), OutboxRow.chat_id.not_in(closed)))
    return [_ready(row) for row in await tx.execute(statement) if row[0] not in held][:limit]


_SELECT_READY = select(
    OutboxRow.id,
    OutboxRow.priority,
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
    SlotRow.params.label("slot_params"),
    SlotRow.version.label("slot_version"),
    SlotRow.message_id.label("slot_message_id"),
    SlotRow.thread_id.label("slot_thread_id"),
).outerjoin(SlotRow, SlotRow.id == OutboxRow.slot_id)


def _ready(row: Row[Any]) -> Ready:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's documented way to a row's names
    slot_params, thread_id = values.pop("slot_params"), values.pop("slot_thread_id")
    params = dict(values["params"] if values["slot_id"] is None else slot_params)
    if thread_id is not None and values["slot_message_id"] is None:
        params["message_thread_id"] = thread_id
    if values["chat_id"] is not None:
        params["chat_id"] = values["chat_id"]
    values["params"], values["slot_version"] = params, values["slot_version"] or 0
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
    """What was sent since then, oldest first: chat and time; a fresh start counts these against the limits."""
    rows = await tx.execute(
        select(OutboxRow.chat_id, OutboxRow.settled_at)
        .where(OutboxRow.bot_id == bot_id, OutboxRow.settled_at > since, OutboxRow.state == OutboxState.SENT)
        .order_by(OutboxRow.settled_at)
    )
    return [(chat_id, at) for chat_id, at in rows if at is not None]


async def prune(tx: Tx, *, now: datetime) -> int:
    """Delete settled messages older than 30 days; a slot's row stays as long as the slot, a card's slot for good."""
    private = [OutboxRow.slot_id.is_not(None), SlotRow.id == OutboxRow.slot_id, SlotRow.chat_id > 0]
    quiet = [OutboxRow.settled_at < now - KEEP_SETTLED, OutboxRow.state == OutboxState.SENT]
    await tx.execute(
        delete(SlotRow)
        .where(SlotRow.id.in_(select(OutboxRow.slot_id).where(*private, *quiet)))
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
