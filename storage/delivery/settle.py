"""What became of messages: written back in one transaction for many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, and_, bindparam, delete, or_, select, update

from core.delivery.backoff import holds_chat
from core.delivery.keys import pointer_key
from core.delivery.limits import URGENT_PARK
from core.delivery.links import message_link
from core.delivery.outgoing import EDIT_ONLY, HTML, Outgoing, Priority
from storage.database.engine import Tx
from storage.delivery import outbox, sends
from storage.delivery.outbox import Ready
from storage.delivery.screens import LINK
from storage.tables import GroupRow, NoticeReceiptRow, OutboxRow, OutboxState, PersonRow, ScreenRow

OUTBOX = cast("Table", OutboxRow.__table__)
SCREENS = cast("Table", ScreenRow.__table__)
RECEIPTS = cast("Table", NoticeReceiptRow.__table__)


class Result(StrEnum):
    """The end, or the next beginning, of one attempt."""

    SENT = "sent"
    RETRY = "retry"
    BURIED = "buried"
    EXPIRED = "expired"
    DOUBT = "doubt"
    LOST_SCREEN = "lost-screen"  # the message to edit is gone: send it anew


@dataclass(frozen=True)
class Settled:
    """One attempt's outcome.

    `chat_gone`: the person or group cannot be reached at all; `flood`: it came too soon;
    `unknown`: nobody knows whether Telegram did it; `unasked`: it had nothing to do, and was not asked.
    """

    message: Ready
    result: Result
    message_id: int | None = None
    error: str | None = None
    not_before: datetime | None = None
    attempts: int = 0
    chat_gone: bool = False
    flood: bool = False
    unknown: bool = False
    unasked: bool = False
    closed_until: datetime | None = None  # the chat, as Telegram says; None: as long as the message waits

    @property
    def held_until(self) -> datetime | None:
        """Until when the chat's other messages wait, where they do; a call for help itself may be tried sooner."""
        return (self.closed_until or self.not_before) if self.holds_chat else None

    @property
    def holds_chat(self) -> bool:
        """Whether the chat's other messages wait with this one: when Telegram says so, and for the first failures."""
        return self.result is Result.RETRY and self.not_before is not None and (self.flood or holds_chat(self.attempts))

    @property
    def reached_group(self) -> bool:
        """Whether Telegram counts it, or may count it, against a group's limit."""
        return (self.message.chat_id or 0) < 0 and (self.unknown or self.result in (Result.SENT, Result.DOUBT))

    @property
    def card_lost(self) -> bool:
        """Whether this is a card that its group does not get, or perhaps not."""
        return self.message.slot_id is not None and self.result in (Result.BURIED, Result.DOUBT)


STATES = {
    Result.SENT: OutboxState.SENT,
    Result.RETRY: OutboxState.WAITING,
    Result.BURIED: OutboxState.BURIED,
    Result.EXPIRED: OutboxState.EXPIRED,
    Result.DOUBT: OutboxState.DOUBT,
    Result.LOST_SCREEN: OutboxState.WAITING,
}
RECEIPT_STATES = {
    Result.SENT: "sent",
    Result.BURIED: "failed",
    Result.EXPIRED: "failed",
    Result.DOUBT: "doubt",
}


async def settle(tx: Tx, outcomes: Sequence[Settled], *, now: datetime) -> list[GroupRow]:
    """Write back what became of these messages, their screens, their receipts and their readers.

    Gives the groups that are linked no more, because they turned out to be gone.
    """
    await _rows(tx, outcomes, now=now)
    if to_groups := [item.message.id for item in outcomes if item.reached_group]:
        await sends.note(tx, to_groups, now=now)
    for item in outcomes:
        if item.message.slot_id is not None:
            await _screen(tx, item, now=now)
    await _receipts(tx, outcomes, now=now)
    gone: list[GroupRow] = []
    for item in outcomes:
        if item.chat_gone and item.message.chat_id is not None:
            own = await tx.execute(select(OUTBOX.c.bot_id).where(OUTBOX.c.id == item.message.id))
            gone += await chat_gone(tx, own.scalar_one(), item.message.chat_id, now=now)
    return gone


async def _rows(tx: Tx, outcomes: Sequence[Settled], *, now: datetime) -> None:
    """Update the plain rows: one statement for those sent, one for the rest."""
    statement = (
        update(OUTBOX)
        .where(OUTBOX.c.id == bindparam("row_id"))
        .values(
            state=bindparam("to_state"),
            message_id=bindparam("sent_id"),
            error=bindparam("why"),
            attempts=bindparam("tries"),
            settled_at=bindparam("at"),
        )
    )
    rows: list[dict[str, Any]] = []
    for item in outcomes:
        if item.message.slot_id is not None and item.result in (Result.SENT, Result.LOST_SCREEN):
            continue
        again = item.result is Result.RETRY
        rows.append(
            {
                "row_id": item.message.id,
                "to_state": STATES[item.result],
                "sent_id": item.message_id,
                "why": item.error,
                "tries": item.attempts if again else item.message.attempts,
                "at": None if again else now,
            }
        )
    if rows:
        await tx.execute(statement, rows)
    later = [{"row_id": item.message.id, "due": item.not_before} for item in outcomes if item.not_before is not None]
    if later:
        await tx.execute(
            update(OUTBOX).where(OUTBOX.c.id == bindparam("row_id")).values(not_before=bindparam("due")), later
        )


async def _screen(tx: Tx, item: Settled, *, now: datetime) -> None:
    """Remember where the screen's message is; keep its row waiting when the content has moved on since."""
    message = item.message
    if item.result is Result.SENT:
        shown: dict[str, Any] = {"sent_version": message.screen_version}
        if message.screen_message_id is None:
            shown["message_id"] = item.message_id
        # An edit gives no id back: the screen may have moved below meanwhile, and its old message is being deleted.
        await tx.execute(update(SCREENS).where(SCREENS.c.id == message.slot_id).values(**shown))
        columns = (SCREENS.c.bot_id, SCREENS.c.version, SCREENS.c.pointer, SCREENS.c.message_id, SCREENS.c.thread_id)
        screen = (await tx.execute(select(*columns).where(SCREENS.c.id == message.slot_id))).one_or_none()
        state = (
            OutboxState.SENT if screen is not None and screen.version == message.screen_version else OutboxState.WAITING
        )
        if screen is not None and screen.pointer is not None and screen.message_id is not None:
            await _point(tx, item, screen, now=now)
        await tx.execute(
            update(OUTBOX)
            .where(OUTBOX.c.id == message.id)
            .values(state=state, message_id=item.message_id or message.screen_message_id, settled_at=now, attempts=0)
        )
    elif item.result is Result.LOST_SCREEN:
        await tx.execute(update(SCREENS).where(SCREENS.c.id == message.slot_id).values(message_id=None))


async def _point(tx: Tx, item: Settled, screen: Any, *, now: datetime) -> None:
    """Let the message that a screen has left behind point to the new one, whose place is known now."""
    pointer, chat_id = screen.pointer, item.message.chat_id
    link = message_link(chat_id or 0, screen.message_id, screen.thread_id)
    text = pointer["linked"].replace(LINK, link) if link else pointer["text"]
    params = {"text": text, **HTML, "message_id": pointer["message_id"], EDIT_ONLY: True}
    key = pointer_key(item.message.slot_id, pointer["message_id"])
    edit = Outgoing("editMessageText", params, key, Priority.SUMMARY, chat_id=chat_id)
    await outbox.add_many(tx, screen.bot_id, [edit], now=now)
    await tx.execute(update(SCREENS).where(SCREENS.c.id == item.message.slot_id).values(pointer=None))


async def _receipts(tx: Tx, outcomes: Sequence[Settled], *, now: datetime) -> None:
    rows = [
        {
            "notice": item.message.notice_id,
            "person": item.message.person_id,
            "to_state": RECEIPT_STATES[item.result],
            "why": item.error,
            "when": now,
        }
        for item in outcomes
        if item.message.notice_id is not None and item.message.person_id is not None and item.result in RECEIPT_STATES
    ]
    if rows:
        await tx.execute(
            update(RECEIPTS)
            .where(and_(RECEIPTS.c.notice_id == bindparam("notice"), RECEIPTS.c.person_id == bindparam("person")))
            .values(state=bindparam("to_state"), reason=bindparam("why"), at=bindparam("when")),
            rows,
        )


async def chat_gone(tx: Tx, bot_id: int, chat_id: int, *, now: datetime) -> list[GroupRow]:
    """Note that this person blocked the bot, or that this group put it out, topics included.

    Gives the group's links that ended now: of two that note the same disappearance only the first gets them.
    """
    await tx.execute(
        update(PersonRow)
        .where(PersonRow.telegram_id == chat_id, PersonRow.unreachable_since.is_(None))
        .values(unreachable_since=now)
    )
    ended = await tx.scalars(
        update(GroupRow)
        .where(GroupRow.bot_id == bot_id, GroupRow.chat_id == chat_id, GroupRow.unlinked_at.is_(None))
        .values(unlinked_at=now)
        .returning(GroupRow)
    )
    return list(ended)


def _waiting_for(bot_id: int, chat_id: int) -> tuple[ColumnElement[bool], ...]:
    return OutboxRow.bot_id == bot_id, OutboxRow.chat_id == chat_id, OutboxRow.state == OutboxState.WAITING


async def park_chat(tx: Tx, bot_id: int, chat_id: int, *, until: datetime, now: datetime) -> None:
    """Hold everything waiting for one chat until Telegram takes it again; survives a restart.

    A call for help tries again every minute.
    """
    urgent = OutboxRow.priority == int(Priority.SOS)
    for rows, when in ((~urgent, until), (urgent, min(until, now + timedelta(seconds=URGENT_PARK)))):
        sooner = (*_waiting_for(bot_id, chat_id), rows, OutboxRow.not_before < when)
        await tx.execute(update(OutboxRow).where(*sooner).values(not_before=when))


async def release_chat(tx: Tx, bot_id: int, chat_id: int, *, until: datetime, now: datetime) -> None:
    """Let go what was held until then for one chat, as it was not that chat's own limit."""
    held = (*_waiting_for(bot_id, chat_id), OutboxRow.not_before == until)
    await tx.execute(update(OutboxRow).where(*held).values(not_before=now))


async def move_chat(tx: Tx, bot_id: int, old: int, new: int) -> None:
    """Follow a group to its new id; its old messages cannot be edited there, so screens are sent anew."""
    await _move_links(tx, bot_id, old, new)
    await tx.execute(
        update(ScreenRow)
        .where(ScreenRow.bot_id == bot_id, ScreenRow.chat_id == old)
        .values(chat_id=new, message_id=None, pointer=None)
    )
    await tx.execute(
        update(OutboxRow)
        .where(
            OutboxRow.bot_id == bot_id,
            OutboxRow.chat_id == old,
            or_(OutboxRow.state == OutboxState.WAITING, OutboxRow.slot_id.is_not(None)),
        )
        .values(chat_id=new)
    )


async def _move_links(tx: Tx, bot_id: int, old: int, new: int) -> None:
    """Let a chat's links, topic by topic, follow it to the new id.

    With two links of one place it would hear everything twice: where one was made anew under the new id for the same
    region, that one stays. Any other that stands there gives way to a link that nobody has ended.
    """
    there = await tx.scalars(select(GroupRow).where(GroupRow.bot_id == bot_id, GroupRow.chat_id.in_((old, new))))
    by_place = {(row.chat_id, row.thread_id): row for row in there}
    for (chat_id, thread_id), row in by_place.items():
        if chat_id != old:
            continue
        anew = by_place.get((new, thread_id))
        if anew is not None:
            keeps = row.unlinked_at is not None or (anew.unlinked_at is None and anew.region_code == row.region_code)
            await tx.execute(delete(GroupRow).where(GroupRow.id == (row if keeps else anew).id))
            if keeps:
                continue
        await tx.execute(update(GroupRow).where(GroupRow.id == row.id).values(chat_id=new))
