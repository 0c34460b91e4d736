"""What concerns one person: the incidents that they reported or hear of since a handover, and those that they own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from core.incidents.lifecycle import OPEN, State
from storage.database.engine import Tx
from storage.incidents import merging
from storage.people import people
from storage.tables import IncidentRow, PostRow, ReportRow
from storage.territory.within import in_region


@dataclass(frozen=True)
class OpenIncident:
    """An incident that is not closed, with what it is about and who has taken it."""

    incident: IncidentRow
    report: ReportRow
    post: PostRow
    owner: str | None
    goes_on: IncidentRow | None = None  # what it was merged into, whose state and owner count


async def open_incidents(tx: Tx, person_id: int, *, limit: int) -> list[OpenIncident]:
    """The incidents of which a person is the reporter or the contact and that are not closed, the newest first.

    What was merged goes on as long as that which it was merged into. A confidential one is its reporter's alone.
    """
    into = aliased(IncidentRow)
    rows = await tx.execute(
        select(IncidentRow, ReportRow, PostRow, into)
        .join(ReportRow, ReportRow.id == IncidentRow.report_id)
        .join(PostRow, PostRow.id == IncidentRow.post_id)
        .outerjoin(into, and_(into.id == IncidentRow.duplicate_of, IncidentRow.state == State.DUPLICATE.value))
        .where(
            or_(
                IncidentRow.reporter_id == person_id,
                and_(IncidentRow.contact_id == person_id, IncidentRow.confidential.is_(False)),
            ),
            or_(IncidentRow.state.in_(OPEN), into.state.in_([*OPEN, State.DUPLICATE.value])),
        )
        .order_by(IncidentRow.id.desc())
        .limit(limit)
    )
    found = [(*row[:3], await merging.end_of(tx, row[3]) if row[3] is not None else None) for row in rows]
    ids = {now.owner_id for now in (end or own for own, _, _, end in found) if now.owner_id is not None}
    owners: dict[int | None, str] = {key: one.name for key, one in (await people.by_ids(tx, ids)).items()}
    return [
        OpenIncident(own, report, post, owners.get((end or own).owner_id), end)
        for own, report, post, end in found
        if end is None or end.state in OPEN
    ]


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
