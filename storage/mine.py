"""What concerns one person: the incidents that they reported or hear of since a handover, and those that they own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, or_, select

from core.lifecycle import OPEN
from storage.engine import Tx
from storage.people import in_region
from storage.tables import IncidentRow, PersonRow, PostRow, ReportRow


@dataclass(frozen=True)
class OpenIncident:
    """An incident that is not closed, with what it is about and who has taken it."""

    incident: IncidentRow
    report: ReportRow
    post: PostRow
    owner: str | None


async def open_incidents(tx: Tx, person_id: int, *, limit: int) -> list[OpenIncident]:
    """The incidents of which a person is the reporter or the contact and that are not closed, the newest first.

    A confidential one is its reporter's alone.
    """
    rows = await tx.execute(
        select(IncidentRow, ReportRow, PostRow, PersonRow.name)
        .join(ReportRow, ReportRow.id == IncidentRow.report_id)
        .join(PostRow, PostRow.id == IncidentRow.post_id)
        .outerjoin(PersonRow, PersonRow.id == IncidentRow.owner_id)
        .where(
            or_(
                IncidentRow.reporter_id == person_id,
                and_(IncidentRow.contact_id == person_id, IncidentRow.confidential.is_(False)),
            ),
            IncidentRow.state.in_(OPEN),
        )
        .order_by(IncidentRow.id.desc())
        .limit(limit)
    )
    return [OpenIncident(incident, report, post, owner) for incident, report, post, owner in rows]


async def owned_incidents(tx: Tx, person_id: int, regions: Collection[str], *, limit: int) -> list[OpenIncident]:
    """The open incidents that a person handles in these regions, the next deadline first."""
    rows = await tx.execute(
        select(IncidentRow, ReportRow, PostRow)
        .join(ReportRow, ReportRow.id == IncidentRow.report_id)
        .join(PostRow, PostRow.id == IncidentRow.post_id)
        .where(
            IncidentRow.owner_id == person_id,
            IncidentRow.state.in_(OPEN),
            or_(*(in_region(IncidentRow.region_code, code) for code in regions)),
        )
        .order_by(IncidentRow.due_at.asc().nulls_last(), IncidentRow.id)
        .limit(limit)
    )
    return [OpenIncident(incident, report, post, None) for incident, report, post in rows]
