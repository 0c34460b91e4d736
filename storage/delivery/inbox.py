"""Updates as rows: stored before they are confirmed, claimed person by person, done or set aside."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    CursorResult,
    FromClause,
    Select,
    String,
    bindparam,
    case,
    delete,
    func,
    literal,
    literal_column,
    select,
    true,
    union,
    update,
)

from storage.database.engine import Tx, insert_for, new_id
from storage.tables import InboxRow, InboxState

KEEP_KEYS = timedelta(days=2)  # Telegram forgets an update after 24 h, so no repeat comes later
WAITING = literal_column("'waiting'", String)  # a literal, so that the partial index on waiting rows is used
SEEK_LIMIT = 200  # lanes looked at in one claim; those held back by a failing update count too


@dataclass(frozen=True)
class NewUpdate:
    """An update as it came: `lane` is what order is kept within, `body` its JSON text; an `alarm` calls for help."""

    update_id: int
    lane: int
    body: str
    alarm: bool = False


@dataclass(frozen=True)
class Claimed:
    """A waiting update that is the first of its lane, or a call for help in it.

    `turn` is for whoever acts on it: how much its person has asked for lately.
    """

    id: int
    update_id: int
    lane: int
    body: str
    received_at: datetime
    attempts: int
    alarm: bool = False
    turn: int = 0


@dataclass(frozen=True)
class Claims:
    """What may be acted on now, one update a lane; `end` is the last lane that was looked at, None when there are no more."""

    items: list[Claimed]
    end: int | None


async def add(tx: Tx, bot_id: int, updates: Sequence[NewUpdate], *, now: datetime) -> int:
    """Store updates in the order given; one that is already stored is ignored. Gives how many were new."""
    if not updates:
        return 0
    rows = [
        {
            "id": new_id(tx),
            "bot_id": bot_id,
            "update_id": item.update_id,
            "lane": item.lane,
            "alarm": item.alarm,
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


async def claim(
    tx: Tx, bot_id: int, *, now: datetime, after: int | None, slowed: Collection[int] = (), hushed: Collection[int] = ()
) -> Claims:
    """Find the first waiting update of each lane, in the order in which they came, of the lanes behind `after`.

    A lane whose first update is to be tried again later is passed over, and so is a `slowed` one, but for a call for help
    in it, unless the lane is `hushed`. The cost grows with the number of lanes looked at, not with the updates behind them.
    """
    values = {"bot": bot_id, "now": now, "slowed": list(slowed), "hushed": list(hushed)}
    if after is None:
        found = await tx.execute(_CLAIM, values)
    else:
        found = await tx.execute(_CLAIM_AFTER, {**values, "start": after})
    rows = [tuple(row) for row in found]
    seen, end = rows[0][:2]
    items = [Claimed(*row[2:]) for row in rows if row[2] is not None]
    return Claims(items, end if seen == SEEK_LIMIT else None)


def _claim_statement(*, after: bool) -> Select[Any]:
    """Put the statement of `claim` together; this costs more than running it, so it is done once."""
    bot, now = bindparam("bot", type_=InboxRow.bot_id.type), bindparam("now", type_=InboxRow.next_at.type)
    row, inner, calls = (InboxRow.__table__.alias(name) for name in ("r", "i", "c"))
    lanes = _lanes(bot, row, after=after)
    own = (inner.c.bot_id == bot, inner.c.state == WAITING, inner.c.lane == lanes.c.lane)
    head = select(inner.c.id).where(*own).order_by(inner.c.id).limit(1).scalar_subquery()
    due_at = select(inner.c.next_at).where(*own).order_by(inner.c.id).limit(1).scalar_subquery()
    slowed = bindparam("slowed", type_=InboxRow.lane.type, expanding=True)
    heads = select(case((due_at <= now, head)).label("id")).where(lanes.c.lane.not_in(slowed))
    hushed = bindparam("hushed", type_=InboxRow.lane.type, expanding=True)
    alarms = (
        select(func.min(calls.c.id).label("id"))
        .where(calls.c.bot_id == bot, calls.c.state == WAITING, calls.c.alarm, calls.c.next_at <= now)
        .where(calls.c.lane.not_in(hushed))
        .group_by(calls.c.lane)
    )
    taken = union(heads, alarms).subquery("taken")
    item = InboxRow.__table__.alias("item")
    columns = (item.c.id, item.c.update_id, item.c.lane, item.c.body, item.c.received_at, item.c.attempts, item.c.alarm)
    found = select(*columns).join(taken, taken.c.id == item.c.id).subquery("found")
    seen = select(func.count(lanes.c.lane).label("seen"), func.max(lanes.c.lane).label("end")).subquery("seen")
    return (
        select(seen.c.seen, seen.c.end, *found.c)
        .select_from(seen.outerjoin(found, true()))
        .order_by(found.c.alarm.desc(), found.c.id)
    )


def _lanes(bot: ColumnElement[int], row: FromClause, *, after: bool) -> CTE:
    """The lanes in which something waits: a step from lane to lane along the index of waiting rows, one seek each."""
    waits = (row.c.bot_id == bot, row.c.state == WAITING)
    beyond = [row.c.lane > bindparam("start", type_=InboxRow.lane.type)] if after else []
    first = select(row.c.lane).where(*waits, *beyond).order_by(row.c.lane, row.c.id).limit(1).scalar_subquery()
    lanes = select(first.label("lane"), literal(1).label("n")).cte("lanes", recursive=True)
    following = (
        select(row.c.lane)
        .where(*waits, row.c.lane > lanes.c.lane)
        .order_by(row.c.lane, row.c.id)
        .limit(1)
        .scalar_subquery()
    )
    return lanes.union_all(select(following, lanes.c.n + 1).where(lanes.c.lane.is_not(None), lanes.c.n < SEEK_LIMIT))


_CLAIM, _CLAIM_AFTER = _claim_statement(after=False), _claim_statement(after=True)


async def body_of(tx: Tx, row_id: int, lane: int) -> tuple[str, datetime] | None:
    """The text of a person's update that was acted on, and when it came; None where it is another's, or long gone."""
    found = await tx.execute(
        select(InboxRow.body, InboxRow.received_at).where(InboxRow.id == row_id, InboxRow.lane == lane)
    )
    row = found.first()
    return (row[0], row[1]) if row else None


async def mark_done(tx: Tx, ids: Sequence[int], *, now: datetime) -> None:
    """Note that these updates were acted on."""
    if ids:
        await tx.execute(update(InboxRow).where(InboxRow.id.in_(ids)).values(state=InboxState.DONE, done_at=now))


async def forget(tx: Tx, ids: Sequence[int]) -> None:
    """Drop what strangers wrote and who they are: only that something came is kept."""
    if ids:
        await tx.execute(update(InboxRow).where(InboxRow.id.in_(ids)).values(body="{}", lane=0))


async def postpone(tx: Tx, row_id: int, *, attempts: int, next_at: datetime, error: str) -> None:
    """Hold a failed update, and with it its lane, until `next_at`."""
    await tx.execute(
        update(InboxRow).where(InboxRow.id == row_id).values(attempts=attempts, next_at=next_at, error=error)
    )


async def set_aside(tx: Tx, row_id: int, *, now: datetime, error: str) -> None:
    """Give up on an update: it is kept with its reason, and its lane goes on."""
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
