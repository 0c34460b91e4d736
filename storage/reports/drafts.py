"""Drafts: reports begun and not sent, and words that nobody has said yet what they are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select

from core.reports.draft import Stage
from storage.database.engine import Tx, new_id
from storage.tables import DraftRow, PersonRow, PostRow

ASIDE = Stage.ASIDE.value


@dataclass(frozen=True)
class ExpiredDraft:
    """A draft whose time has passed, with who began it, and for which post if that was said."""

    draft: DraftRow
    person: PersonRow
    post: PostRow | None


async def list_by_person(
    tx: Tx, person_ids: Collection[int], sources: Collection[str] = ()
) -> dict[int, list[DraftRow]]:
    """The drafts of these people, the one touched last first.

    What was put aside is left out, but where one of these sources began it: its message was edited.
    """
    found: dict[int, list[DraftRow]] = {person_id: [] for person_id in person_ids}
    if not found:
        return found
    rows = await tx.scalars(
        select(DraftRow)
        .where(DraftRow.person_id.in_(found), or_(DraftRow.stage != ASIDE, DraftRow.source.in_(sources)))
        .order_by(DraftRow.updated_at.desc(), DraftRow.id.desc())
    )
    for row in rows:
        found[row.person_id].append(row)
    return found


async def aside_beyond(tx: Tx, person_id: int, most: int) -> list[DraftRow]:
    """What a person has put aside, also in this transaction, beyond so many that were touched last."""
    await tx.flush()
    rows = await tx.scalars(
        select(DraftRow)
        .where(DraftRow.person_id == person_id, DraftRow.stage == ASIDE)
        .order_by(DraftRow.updated_at.desc(), DraftRow.id.desc())
        .offset(most)
    )
    return list(rows)


async def own_aside(tx: Tx, person_id: int, draft_id: int) -> DraftRow | None:
    """The draft of this key, if the person has put it aside."""
    where = (DraftRow.id == draft_id, DraftRow.person_id == person_id, DraftRow.stage == ASIDE)
    return await tx.scalar(select(DraftRow).where(*where))


def save(tx: Tx, row: DraftRow | None, **values: Any) -> DraftRow:
    """Add a draft, or change one that is there: its key, and with it its buttons, stay."""
    if row is None:
        row = DraftRow(id=new_id(tx), **values)
        tx.add(row)
        return row
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
    return row


async def drop(tx: Tx, row: DraftRow) -> None:
    """Delete a draft at once, so that a new one of the same person can follow in the same transaction."""
    if row in tx.new:
        tx.expunge(row)
        return
    await tx.execute(delete(DraftRow).where(DraftRow.id == row.id))
    tx.expunge(row)


async def drop_all(tx: Tx, ids: Collection[int]) -> None:
    """Delete the drafts with these keys, in one statement."""
    await tx.execute(delete(DraftRow).where(DraftRow.id.in_(ids)).execution_options(synchronize_session=False))


async def any_expired(tx: Tx, *, now: datetime, untouched: datetime) -> bool:
    """Whether a draft's time has passed that nobody has touched after `untouched`."""
    return await tx.scalar(select(DraftRow.id).where(*_expired(now, untouched)).limit(1)) is not None


async def list_expired(tx: Tx, *, now: datetime, untouched: datetime, limit: int) -> list[ExpiredDraft]:
    """The drafts whose time has passed and that nobody has touched after `untouched`, the oldest first."""
    rows = await tx.execute(
        select(DraftRow, PersonRow, PostRow)
        .join(PersonRow, PersonRow.id == DraftRow.person_id)
        .outerjoin(PostRow, PostRow.id == DraftRow.post_id)
        .where(*_expired(now, untouched))
        .order_by(DraftRow.expires_at)
        .limit(limit)
    )
    return [ExpiredDraft(*row) for row in rows]


def _expired(now: datetime, untouched: datetime) -> tuple[ColumnElement[bool], ...]:
    return DraftRow.expires_at <= now, DraftRow.updated_at <= untouched
