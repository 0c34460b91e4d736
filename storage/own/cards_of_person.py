"""Whose rank and number stand on which cards."""

from __future__ import annotations

from core.incidents.lifecycle import OPEN
from storage.database.engine import Tx
from storage.incidents.incidents import select_records
from storage.records import IncidentRecord
from storage.tables import IncidentRow

REACHED_BACK = 200  # cards of a person's older incidents lie far up in the groups, and each costs an edit there


async def reported(tx: Tx, person_id: int, *, ended: bool = False) -> list[IncidentRecord]:
    """The incidents whose cards name this person as the reporter, newest first; those that are over only when asked."""
    statement = (
        select_records()
        .where(IncidentRow.reporter_id == person_id, IncidentRow.confidential.is_(False))
        .order_by(IncidentRow.id.desc())
        .limit(REACHED_BACK)
    )
    if not ended:
        statement = statement.where(IncidentRow.state.in_(OPEN))
    return [IncidentRecord(*row) for row in await tx.execute(statement)]
