"""Incidents and their timelines."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from storage import state
from storage.engine import Tx, new_id
from storage.tables import IncidentEventRow, IncidentRow, PersonRow, PostRow, ReportRow


async def open_for(
    tx: Tx, report: ReportRow, *, category: str | None, severity: str, confidential: bool, now: datetime
) -> IncidentRow:
    """Open an incident for a report, with the next number."""
    row = IncidentRow(
        id=new_id(tx),
        number=await state.next_number(tx, "incident"),
        report=report,
        category=category,
        severity=severity,
        state="new",
        confidential=confidential,
        post_id=report.post_id,
        region_code=report.region_code,
        reporter_id=report.person_id,
        occurred_at=report.occurred_at,
        opened_at=now,
    )
    tx.add(row)
    event(tx, row, action="opened", person_id=report.person_id, cause=(report.bot_id, report.update_id), now=now)
    return row


def event(tx: Tx, incident: IncidentRow, *, action: str, person_id: int, cause: tuple[int, int], now: datetime) -> None:
    """Add a step to an incident's timeline."""
    tx.add(
        IncidentEventRow(
            id=new_id(tx),
            incident=incident,
            at=now,
            person_id=person_id,
            action=action,
            bot_id=cause[0],
            update_id=cause[1],
        )
    )


async def get(tx: Tx, incident_id: int) -> tuple[IncidentRow, ReportRow, PostRow, PersonRow] | None:
    """Load an incident with its report, post and reporter."""
    return await _one(tx, IncidentRow.id == incident_id)


async def by_number(tx: Tx, number: int) -> tuple[IncidentRow, ReportRow, PostRow, PersonRow] | None:
    """Load an incident by the number people know."""
    return await _one(tx, IncidentRow.number == number)


async def _one(tx: Tx, condition: object) -> tuple[IncidentRow, ReportRow, PostRow, PersonRow] | None:
    found = await tx.execute(
        select(IncidentRow, ReportRow, PostRow, PersonRow)
        .join(ReportRow, ReportRow.id == IncidentRow.report_id)
        .join(PostRow, PostRow.id == IncidentRow.post_id)
        .join(PersonRow, PersonRow.id == IncidentRow.reporter_id)
        .where(condition)  # type: ignore[arg-type]
    )
    row = found.first()
    return (row[0], row[1], row[2], row[3]) if row else None
