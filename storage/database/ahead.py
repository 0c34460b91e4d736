"""Rows that a clock which was ahead has written: brought back to the present, or they would wait until it comes.

Each statement finds such rows by their times alone, so that nothing need be known of when the clock was wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, bindparam, cast, delete, func, or_, select, union_all, update

from core.kit.steady import ASTRAY
from storage.database.engine import Tx
from storage.tables import (
    AssignmentRow,
    Base,
    DraftRow,
    FiringRow,
    HandoverRow,
    InboxRow,
    InboxState,
    InviteRow,
    MediaRow,
    MediaState,
    OutboxRow,
    OutboxState,
    PersonRow,
    SendRow,
)

SLIP = timedelta(seconds=1)  # rows are written while we look, a little later than now
FAR = timedelta(days=1)  # no wait for another attempt, of an update, a message or a file, is as long


@dataclass(frozen=True)
class _Dated:
    """Rows with the time at which each was written, and the times that were set by it."""

    table: type[Base]
    key: str
    made: str
    due: tuple[str, ...]
    where: tuple[Any, ...] = ()


_WAITING_UPDATE = InboxRow.state == InboxState.WAITING
_WAITING_MESSAGE = OutboxRow.state == OutboxState.WAITING
_DATED = (
    _Dated(InboxRow, "id", "received_at", ("next_at",), (_WAITING_UPDATE,)),
    _Dated(OutboxRow, "id", "created_at", ("not_before", "expires_at"), (_WAITING_MESSAGE,)),
    _Dated(DraftRow, "id", "updated_at", ("expires_at",)),
    _Dated(InviteRow, "code", "created_at", ("expires_at",)),
    _Dated(HandoverRow, "id", "offered_at", (), (HandoverRow.state == "offered",)),
)


async def bring_back(tx: Tx, *, now: datetime) -> int:
    """Let what was written ahead of now count from now on, with the waits that it had; gives how many rows."""
    brought = 0
    for rows in _DATED:
        brought += await _bring(tx, rows, now=now)
    far = now + FAR
    await tx.execute(update(InboxRow).where(_WAITING_UPDATE, InboxRow.next_at > far).values(next_at=now))
    await tx.execute(update(OutboxRow).where(_WAITING_MESSAGE, OutboxRow.not_before > far).values(not_before=now))
    waiting = MediaRow.state == MediaState.WAITING
    await tx.execute(update(MediaRow).where(waiting, MediaRow.next_at > far).values(next_at=now))
    # Whoever was taken off a post holds it no more, although the hour at which that was noted is still to come.
    await tx.execute(update(AssignmentRow).where(AssignmentRow.valid_to > now).values(valid_to=now))
    # An invitation made from now on lets back in whoever was put out "tomorrow".
    await tx.execute(update(PersonRow).where(PersonRow.removed_at > now).values(removed_at=now))
    # What is done with goes when its days are over, not a year later; and no limit counts it as just sent.
    ahead, past = now + ASTRAY, now - ASTRAY
    await tx.execute(update(InboxRow).where(InboxRow.done_at > ahead).values(done_at=past))
    await tx.execute(update(OutboxRow).where(OutboxRow.settled_at > ahead).values(settled_at=past))
    await tx.execute(delete(SendRow).where(SendRow.at > ahead))
    return brought


async def _bring(tx: Tx, rows: _Dated, *, now: datetime) -> int:
    columns = rows.table.__table__.c
    names = (rows.key, rows.made, *rows.due)
    found = await tx.execute(
        select(*(columns[name] for name in names)).where(columns[rows.made] > now + SLIP, *rows.where)
    )
    values = []
    for key, made, *due in found:
        moved = {f"to_{name}": at and at - (made - now) for name, at in zip(rows.due, due, strict=True)}
        values.append({"row": key, f"to_{rows.made}": now, **moved})
    if values:
        changes: dict[str, Any] = {name: bindparam(f"to_{name}") for name in (rows.made, *rows.due)}
        table: Any = rows.table.__table__
        await tx.execute(update(table).where(columns[rows.key] == bindparam("row")).values(**changes), values)
    return len(values)


async def continue_keys(tx: Tx) -> None:
    """Let new keys be greater than all that there are: what came later must not stand before what came earlier."""
    tables = [table for table in Base.metadata.sorted_tables if "id" in table.c]
    highest = union_all(*(select(func.max(table.c.id).label("id")) for table in tables)).subquery()
    tx.unit.ids.after(await tx.scalar(select(func.max(highest.c.id))) or 0)


async def release(tx: Tx, bot_id: int, *, now: datetime, skipped: str) -> int:
    """Give back the moments of the calendar that a clock which was ahead has claimed; gives how many.

    These are the moments that are still to come, and those that were `skipped` because the clock was so far ahead. A
    moment that was claimed within an hour of now has truly had its turn: clocks are set back by minutes.
    """
    claimed = await tx.execute(
        delete(FiringRow)
        .where(FiringRow.fired_at > now + ASTRAY, or_(FiringRow.due_at > now, FiringRow.outcome == skipped))
        .returning(FiringRow.key, FiringRow.outcome)
    )
    found = [(key, outcome) for key, outcome in claimed]
    await _free(tx, bot_id, [key for key, outcome in found if outcome != skipped], now=now)
    return len(found)


async def _free(tx: Tx, bot_id: int, moments: Sequence[str], *, now: datetime) -> None:
    """Give up what waits of these moments, and let their messages be added under the same keys again."""
    for key in moments:
        own = (OutboxRow.bot_id == bot_id, OutboxRow.key.startswith(f"{key}:", autoescape=True))
        await tx.execute(
            update(OutboxRow).where(*own, _WAITING_MESSAGE).values(state=OutboxState.EXPIRED, settled_at=now)
        )
        await tx.execute(
            update(OutboxRow)
            .where(*own)
            .values(key=func.substr(OutboxRow.key, 1, 120) + "~" + cast(OutboxRow.id, String))
            .execution_options(synchronize_session=False)
        )
