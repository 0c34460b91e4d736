"""Whose rank and number stand on which cards."""

from __future__ import annotations

from sqlalchemy import select

from core.lifecycle import OPEN
from storage.engine import Tx
from storage.tables import IncidentRow, PersonRow, PostRow, ReportRow

REACHED_BACK = 200  # cards of a person's older incidents lie far up in the groups, and each costs an edit there


async def reported(
    tx: Tx, person_id: int, *, ended: bool = False
) -> list[tuple[IncidentRow, ReportRow, PostRow, PersonRow]]:
    """The incidents whose cards name this person as the reporter, newest first; those that are over only when asked."""
    statement = (
        select(IncidentRow, ReportRow, PostRow, PersonRow)
        .join(ReportRow, ReportRow.id == IncidentRow.report_id)
        .join(PostRow, PostRow.id == IncidentRow.post_id)
        .join(PersonRow, PersonRow.id == IncidentRow.reporter_id)
        .where(IncidentRow.reporter_id == person_id, IncidentRow.confidential.is_(False))
        .order_by(IncidentRow.id.desc())
        .limit(REACHED_BACK)
    )
    if not ended:
        statement = statement.where(IncidentRow.state.in_(OPEN))
    return [(incident, report, post, person) for incident, report, post, person in await tx.execute(statement)]
