"""Messages that edit themselves: what each should show, and where it is."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from core.outgoing import Outgoing, Priority
from storage import outbox
from storage.engine import Tx, new_id
from storage.tables import OutboxRow, OutboxState, SlotRow


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
    outbox.add(tx, bot_id, message, now=now).slot = slot


async def load(tx: Tx, bot_id: int, keys: Collection[str]) -> set[str]:
    """Load messages that are about to show something else, in one statement; gives the names of those that there are."""
    pending: dict[str, SlotRow] = tx.info.setdefault("slots", {})
    for slot in await tx.scalars(
        select(SlotRow).where(SlotRow.bot_id == bot_id, SlotRow.key.in_(keys)).with_for_update()
    ):
        pending[slot.key] = slot
    return pending.keys() & set(keys)


def _take_away(tx: Tx, slot: SlotRow) -> None:
    """Delete a slot's message, after the new one, so that the chat is never without one."""
    old = {"chat_id": slot.chat_id, "message_id": slot.message_id}
    outbox.gather(tx, Outgoing("deleteMessage", old, f"gone:{slot.id}:{slot.version}", Priority.SUMMARY, slot.chat_id))
    slot.message_id = None


async def _change(
    tx: Tx, slot: SlotRow, *, subject: str, params: dict[str, Any], now: datetime, priority: Priority, below: bool
) -> None:
    """Let a message that is there show something else, in its place or below."""
    moved = below and slot.message_id is not None
    if slot.params == params and slot.subject == subject and not moved:
        return
    if moved:
        _take_away(tx, slot)
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


async def end(tx: Tx, bot_id: int, key: str) -> bool:
    """Take a message away for good; False when it is not there (yet), so that it must be told what to show instead."""
    slot = tx.info.get("slots", {}).get(key)
    if slot is None:
        slot = await tx.scalar(select(SlotRow).where(SlotRow.bot_id == bot_id, SlotRow.key == key))
    if slot is None or slot.message_id is None:
        return False
    _take_away(tx, slot)
    waiting = update(OutboxRow).where(OutboxRow.slot_id == slot.id, OutboxRow.state == OutboxState.WAITING)
    await tx.execute(waiting.values(state=OutboxState.EXPIRED))
    return True


async def subject_at(tx: Tx, bot_id: int, chat_id: int, message_id: int) -> str | None:
    """What a message shows that edits itself; None for any other message."""
    return await tx.scalar(
        select(SlotRow.subject)
        .where(SlotRow.bot_id == bot_id, SlotRow.chat_id == chat_id, SlotRow.message_id == message_id)
        .order_by(SlotRow.id.desc())
        .limit(1)
    )
