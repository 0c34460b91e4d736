"""What concerns one officer: the incidents that they reported, or hear of since a handover."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, or_, select

from storage.engine import Tx
from storage.incidents import OPEN
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
