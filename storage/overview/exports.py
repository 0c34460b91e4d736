"""The rows of exports: reports with all their versions, incidents with the report behind each, as plain records."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from core.overview.exports import (
    INCIDENT,
    Bounds,
    ExportedIncident,
    ExportedPerson,
    ExportedPost,
    ExportedReport,
    ExportedVersion,
)
from storage.database.engine import Tx
from storage.incidents.incidents import older_versions
from storage.tables import IncidentRow, PersonRow, PostRow, ReportRow, ReportVersionRow
from storage.territory.within import in_region


async def list_reports(tx: Tx, bounds: Bounds) -> AsyncIterator[ExportedReport]:
    """Give the reports of every form but the incident's, the oldest first."""
    statement = (
        select(ReportRow, PostRow, PersonRow, IncidentRow.confidential)
        .join(PostRow, PostRow.id == ReportRow.post_id)
        .join(PersonRow, PersonRow.id == ReportRow.person_id)
        .outerjoin(IncidentRow, IncidentRow.report_id == ReportRow.id)
        .where(ReportRow.form_id != INCIDENT)
        .order_by(ReportRow.id)
    )
    async for report, post, person, promised in _stream(tx, _bounded(statement, bounds)):
        yield ExportedReport(
            number=report.number,
            form_id=report.form_id,
            person=_person(person),
            promised=bool(promised),
            late=report.late,
            lat=report.lat,
            lon=report.lon,
            accuracy_m=report.accuracy_m,
            distance_m=report.distance_m,
            versions=[*await _older(tx, report, post), _version(report, post)],
        )


async def list_incidents(tx: Tx, bounds: Bounds) -> AsyncIterator[ExportedIncident]:
    """Give the incidents, the oldest first."""
    owner, going_on = aliased(PersonRow), aliased(IncidentRow)
    statement = (
        select(ReportRow, PostRow, PersonRow, IncidentRow, owner, going_on.number)
        .join(IncidentRow, IncidentRow.report_id == ReportRow.id)
        .join(PostRow, PostRow.id == ReportRow.post_id)
        .join(PersonRow, PersonRow.id == ReportRow.person_id)
        .outerjoin(owner, owner.id == IncidentRow.owner_id)
        .outerjoin(going_on, going_on.id == IncidentRow.duplicate_of)
        .order_by(IncidentRow.id)
    )
    async for report, post, person, incident, held_by, merged in _stream(tx, _bounded(statement, bounds)):
        yield ExportedIncident(
            number=incident.number,
            category=incident.category,
            severity=incident.severity,
            state=incident.state,
            confidential=incident.confidential,
            region_code=incident.region_code,
            person=_person(person),
            owner=held_by.name if held_by else "",
            occurred_at=incident.occurred_at,
            acknowledged_at=incident.acknowledged_at,
            resolved_at=incident.resolved_at,
            closed_at=incident.closed_at,
            referred_to=incident.referred_to,
            going_on=merged,
            form_id=report.form_id,
            report=_version(report, post),
            older=await _older(tx, report, post) if incident.confidential else (),
        )


async def _older(tx: Tx, report: ReportRow, post: PostRow) -> list[ExportedVersion]:
    """The versions that newer ones replaced, the oldest first, each with the post that it was about."""
    found = []
    for row in await older_versions(tx, report):
        moved = row.post_id not in (None, post.id)
        found.append(_version(row, await tx.get_one(PostRow, row.post_id) if moved else post, reason=row.reason))
    return found


def _version(row: ReportRow | ReportVersionRow, post: PostRow, *, reason: str = "") -> ExportedVersion:
    return ExportedVersion(
        version=row.version,
        post=ExportedPost(post.code, post.name, post.region_code),
        answers=row.answers,
        text=row.text,
        reason=reason,
        level=row.level,
        flags=row.flags,
        occurred_at=row.occurred_at,
        sent_at=row.sent_at,
        stored_at=row.stored_at,
    )


def _person(row: PersonRow) -> ExportedPerson:
    return ExportedPerson(row.name, row.agency, row.phone)


def _bounded(statement: Any, bounds: Bounds) -> Any:
    if bounds.region:
        statement = statement.where(in_region(ReportRow.region_code, bounds.region))
    return statement.where(ReportRow.stored_at >= bounds.since) if bounds.since else statement


async def _stream(tx: Tx, statement: Any) -> AsyncIterator[Any]:
    rows = await tx.stream(statement.execution_options(yield_per=500))
    async for row in rows:
        yield row
