"""Updates as rows: stored before they are confirmed, claimed chat by chat, done or set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    CursorResult,
    Integer,
    Select,
    String,
    bindparam,
    case,
    delete,
    func,
    literal,
    literal_column,
    or_,
    select,
    update,
)

from core.delivery.overtaking import SIGNS
from storage.database.engine import Tx, insert_for, new_id
from storage.tables import InboxRow, InboxState

KEEP_KEYS = timedelta(days=2)  # Telegram forgets an update after 24 h, so no repeat comes later
WAITING = literal_column("'waiting'", String)  # a literal, so that the partial index on waiting rows is used
SEEK_LIMIT = 400  # chats looked at in one claim; those held back by a failing update count too


@dataclass(frozen=True)
class NewUpdate:
    """An update as it came: `chat_key` is what order is kept within, `body` its JSON text."""

    update_id: int
    chat_key: int
    body: str


@dataclass(frozen=True)
class Claimed:
    """A waiting update that is the first of its chat."""

    id: int
    update_id: int
    chat_key: int
    body: str
    received_at: datetime
    attempts: int


async def add(tx: Tx, bot_id: int, updates: Sequence[NewUpdate], *, now: datetime) -> int:
    """Store updates in the order given; one that is already stored is ignored. Gives how many were new."""
    if not updates:
        return 0
    rows = [
        {
            "id": new_id(tx),
            "bot_id": bot_id,
            "update_id": item.update_id,
            "chat_key": item.chat_key,
            "body": item.body,
            "received_at": now,
            "state": InboxState.WAITING,
            "attempts": 0,
            "next_at": now,
        }
        for item in updates
    ]
    known = set(
        await tx.scalars(
            select(InboxRow.update_id).where(
                InboxRow.bot_id == bot_id, InboxRow.update_id.in_([item.update_id for item in updates])
            )
        )
    )
    fresh: dict[object, dict[str, object]] = {}
    for row in rows:
        if row["update_id"] not in known:
            fresh.setdefault(row["update_id"], row)
    if fresh:
        await tx.execute(insert_for(tx)(InboxRow).on_conflict_do_nothing(), list(fresh.values()))
    return len(fresh)


async def claim(tx: Tx, bot_id: int, *, now: datetime, after_chat: int | None, limit: int) -> list[Claimed]:
    """Take the first waiting update of up to `limit` chats, going round the chats from `after_chat`.

    A chat whose first update is to be tried again later is passed over, but for a call for help
    behind it. The cost grows with the number of chats looked at, not with the number of updates waiting behind them.
    """
    found = await _heads(tx, bot_id, now=now, start=after_chat, limit=limit)
    if len(found) < limit and after_chat is not None:
        seen = {row.id for row in found}
        rest = await _heads(tx, bot_id, now=now, start=None, limit=limit - len(found))
        found += [row for row in rest if row.id not in seen]
    return found


async def _heads(tx: Tx, bot_id: int, *, now: datetime, start: int | None, limit: int) -> list[Claimed]:
    """Step from chat to chat along the index of waiting rows: one seek a chat."""
    values = {"bot": bot_id, "now": now, "limit": limit}
    if start is None:
        return [Claimed(*item) for item in await tx.execute(_HEADS, values)]
    return [Claimed(*item) for item in await tx.execute(_HEADS_AFTER, {**values, "start": start})]


def _heads_statement(*, after: bool) -> Select[int, int, int, str, datetime, int]:
    """Put the statement of `_heads` together; this costs more than running it, so it is done once."""
    bot, now = bindparam("bot", type_=InboxRow.bot_id.type), bindparam("now", type_=InboxRow.next_at.type)
    row = InboxRow.__table__.alias("r")
    beyond = [row.c.chat_key > bindparam("start", type_=InboxRow.chat_key.type)] if after else []
    first = (
        select(row.c.chat_key)
        .where(row.c.bot_id == bot, row.c.state == WAITING, *beyond)
        .order_by(row.c.chat_key, row.c.id)
        .limit(1)
        .scalar_subquery()
    )
    chats = select(first.label("chat_key"), literal(1).label("n")).cte("chats", recursive=True)
    following = (
        select(row.c.chat_key)
        .where(row.c.bot_id == bot, row.c.state == WAITING, row.c.chat_key > chats.c.chat_key)
        .order_by(row.c.chat_key, row.c.id)
        .limit(1)
        .scalar_subquery()
    )
    chats = chats.union_all(
        select(following, chats.c.n + 1).where(chats.c.chat_key.is_not(None), chats.c.n < SEEK_LIMIT)
    )
    inner = InboxRow.__table__.alias("i")
    own = (inner.c.bot_id == bot, inner.c.state == WAITING, inner.c.chat_key == chats.c.chat_key)
    head = select(inner.c.id).where(*own).order_by(inner.c.id).limit(1).scalar_subquery()
    due_at = select(inner.c.next_at).where(*own).order_by(inner.c.id).limit(1).scalar_subquery()
    alarming = or_(*(func.lower(inner.c.body).contains(sign, autoescape=True) for sign in SIGNS))
    alarm = select(inner.c.id).where(*own, inner.c.next_at <= now, alarming).order_by(inner.c.id).limit(1)
    taken = case((due_at <= now, head), else_=alarm.scalar_subquery())
    return (
        select(
            InboxRow.id,
            InboxRow.update_id,
            InboxRow.chat_key,
            InboxRow.body,
            InboxRow.received_at,
            InboxRow.attempts,
        )
        .select_from(chats)
        .join(InboxRow, InboxRow.id == taken)
        .where(InboxRow.next_at <= now)
        .limit(bindparam("limit", type_=Integer))
    )


_HEADS, _HEADS_AFTER = _heads_statement(after=False), _heads_statement(after=True)


async def body_of(tx: Tx, row_id: int, chat_key: int) -> tuple[str, datetime] | None:
    """The text of a chat's update that was acted on, and when it came; None where it is another chat's, or long gone."""
    found = await tx.execute(
        select(InboxRow.body, InboxRow.received_at).where(InboxRow.id == row_id, InboxRow.chat_key == chat_key)
    )
    row = found.first()
    return (row[0], row[1]) if row else None


async def mark_done(tx: Tx, ids: Sequence[int], *, now: datetime) -> None:
    """Note that these updates were acted on."""
    if ids:
        await tx.execute(update(InboxRow).where(InboxRow.id.in_(ids)).values(state=InboxState.DONE, done_at=now))


async def forget_bodies(tx: Tx, ids: Sequence[int]) -> None:
    """Drop what strangers wrote: only that something came is kept."""
    if ids:
        await tx.execute(update(InboxRow).where(InboxRow.id.in_(ids)).values(body="{}"))


async def postpone(tx: Tx, row_id: int, *, attempts: int, next_at: datetime, error: str) -> None:
    """Hold a failed update, and with it its chat, until `next_at`."""
    await tx.execute(
        update(InboxRow).where(InboxRow.id == row_id).values(attempts=attempts, next_at=next_at, error=error)
    )


async def set_aside(tx: Tx, row_id: int, *, now: datetime, error: str) -> None:
    """Give up on an update: it is kept with its reason, and its chat goes on."""
    await tx.execute(
        update(InboxRow).where(InboxRow.id == row_id).values(state=InboxState.DEAD, done_at=now, error=error)
    )


async def prune(tx: Tx, *, now: datetime) -> int:
    """Delete done updates older than two days, and free the ids of those set aside; gives the number deleted."""
    old = now - KEEP_KEYS
    await tx.execute(
        update(InboxRow)
        .where(InboxRow.state == InboxState.DEAD, InboxRow.done_at < old, InboxRow.update_id > 0)
        .values(update_id=-InboxRow.id)
    )
    result = await tx.execute(delete(InboxRow).where(InboxRow.state == InboxState.DONE, InboxRow.done_at < old))
    assert isinstance(result, CursorResult)
    return int(result.rowcount)


async def count(tx: Tx, state: InboxState) -> int:
    """How many updates are in this state."""
    return int(await tx.scalar(select(func.count()).where(InboxRow.state == state)) or 0)
