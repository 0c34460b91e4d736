"""Broadcasts: kept as a preview, turned into one message a person, counted when all is settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select

from storage.database.engine import Tx, insert_for, new_id
from storage.tables import NoticeReceiptRow, NoticeRow, OutboxRow, OutboxState, PersonRow

CHUNK = 500


@dataclass(frozen=True)
class NoticeOutcome:
    """What became of a notice: how many, by state, and the failures by Telegram's words."""

    total: int
    sent: int
    doubt: int
    failed: Counter[str]
    in_doubt: tuple[str, ...]  # names, the first few


def add(tx: Tx, *, person_id: int, audience: str, text: str, now: datetime) -> NoticeRow:
    """Keep a notice that is not yet confirmed."""
    row = NoticeRow(
        id=new_id(tx), person_id=person_id, audience=audience, text=text, state="preview", total=0, created_at=now
    )
    tx.add(row)
    return row


async def get(tx: Tx, notice_id: int) -> NoticeRow | None:
    """Load a notice."""
    return await tx.get(NoticeRow, notice_id)


async def await_receipts(tx: Tx, notice: NoticeRow, people: Sequence[PersonRow], *, now: datetime) -> None:
    """Note whom a notice is for; each receipt waits until the message is settled."""
    rows = [{"notice_id": notice.id, "person_id": row.id, "state": "waiting", "at": now} for row in people]
    for start in range(0, len(rows), CHUNK):
        await tx.execute(insert_for(tx)(NoticeReceiptRow).on_conflict_do_nothing(), rows[start : start + CHUNK])


async def finished(tx: Tx) -> list[NoticeRow]:
    """The notices being sent of which nothing is waiting or on its way any more."""
    pending = exists().where(
        OutboxRow.notice_id == NoticeRow.id, OutboxRow.state.in_([OutboxState.WAITING, OutboxState.SENDING])
    )
    return list(await tx.scalars(select(NoticeRow).where(NoticeRow.state == "sending", ~pending)))


async def any_sending(tx: Tx) -> bool:
    """Whether any notice is being sent."""
    return await tx.scalar(select(NoticeRow.id).where(NoticeRow.state == "sending").limit(1)) is not None


async def outcome(tx: Tx, notice: NoticeRow, *, names: int = 10) -> NoticeOutcome:
    """Count what became of a notice."""
    rows = await tx.execute(
        select(NoticeReceiptRow.state, NoticeReceiptRow.reason, func.count())
        .where(NoticeReceiptRow.notice_id == notice.id)
        .group_by(NoticeReceiptRow.state, NoticeReceiptRow.reason)
    )
    states: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    for state, reason, number in rows:
        states[state] += number
        if state == "failed":
            failed[reason or ""] += number
    doubtful = await tx.scalars(
        select(PersonRow.name)
        .join(NoticeReceiptRow, NoticeReceiptRow.person_id == PersonRow.id)
        .where(NoticeReceiptRow.notice_id == notice.id, NoticeReceiptRow.state == "doubt")
        .order_by(PersonRow.name)
        .limit(names)
    )
    return NoticeOutcome(states.total(), states["sent"], states["doubt"], failed, tuple(doubtful))
