"""Who was put out, and when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from storage.database.engine import Tx
from storage.tables import AssignmentRow, PersonRow


async def removed_at(tx: Tx, telegram_id: int) -> datetime | None:
    """When a person was put out last, of a place or of all; None for who never was, and for a stranger."""
    row = await tx.scalar(select(PersonRow).where(PersonRow.telegram_id == telegram_id))
    return row.removed_at if row is not None else None  # as this transaction has it, written or not


def remove(person: PersonRow, ended: Collection[AssignmentRow], *, left: bool, now: datetime) -> None:
    """Put somebody out: of what these assignments gave, and altogether unless something is `left`."""
    for row in ended:
        row.valid_to = now
    person.removed_at, person.active = now, left
