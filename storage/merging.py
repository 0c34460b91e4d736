"""Reports of the same event: which incident may be the same as another, and what was merged into it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from core.cards import Twin
from core.desk import Desk
from core.lifecycle import OPEN, State
from core.merging import Case, by_nearness, twin
from core.timeline import Event
from storage import incidents
from storage.engine import Tx
from storage.people import in_region
from storage.tables import IncidentRow, PersonRow, PostRow, ReportRow

Found = tuple[IncidentRow, ReportRow, PostRow, PersonRow]

CHOICES_READ = 200  # open incidents of a regency among which the nearest are looked for


async def twin_of(tx: Tx, desk: Desk, incident: IncidentRow, *, now: datetime) -> Twin | None:
    """The open incident that may be the same event as this one; None also when this one is older than the rule's time."""
    rule = desk.routing.merge
    if incident.state not in OPEN or not rule.within or now - incident.opened_at > rule.within:
        return None
    statement = (
        select(IncidentRow, ReportRow, PostRow)
        .join(ReportRow, ReportRow.id == IncidentRow.report_id)
        .join(PostRow, PostRow.id == IncidentRow.post_id)
        .where(
            IncidentRow.opened_at >= incident.opened_at - rule.within,
            IncidentRow.opened_at <= incident.opened_at,
            IncidentRow.state.in_(OPEN),
            IncidentRow.confidential.is_(incident.confidential),
            IncidentRow.category.is_(None) if incident.category is None else IncidentRow.category == incident.category,
            IncidentRow.id != incident.id,
        )
    )
    stored = [(row[0], row[1], row[2]) for row in await tx.execute(statement)]
    rows = [*stored, *await _pending(tx)]
    own = await _parts(tx, incident)
    cases = {row[0].id: (case_of(desk, *row), row) for row in rows}
    found = twin(rule, case_of(desk, *own), [case for case, _ in cases.values()])
    if found is None:
        return None
    return Twin(found.number, found.id, cases[found.id][1][2].name, found.opened_at)


def case_of(desk: Desk, incident: IncidentRow, report: ReportRow, post: PostRow) -> Case:
    """What tells an incident from another."""
    place = None
    if report.lat is not None and report.lon is not None:
        place = (report.lat, report.lon)
    elif post.lat is not None and post.lon is not None:
        place = (post.lat, post.lon)
    return Case(
        id=incident.id,
        number=incident.number,
        kind=(incident.category, desk.forms[report.form_id].alarm),
        opened_at=incident.opened_at,
        post_id=post.id if post.active else None,
        region_code=incident.region_code,
        place=place,
        confidential=incident.confidential,
        going_on=incident.state in OPEN and incident.duplicate_of is None,
    )


async def choices(
    tx: Tx, desk: Desk, found: Found, *, limit: int
) -> list[tuple[IncidentRow, ReportRow, PostRow, PersonRow]]:
    """The open incidents of the same regency that this one may be merged into, the likeliest first.

    What is confidential is offered only for its own kind: who hears of one kind may not hear of another.
    """
    incident, report, post, _ = found
    regency = ".".join(incident.region_code.split(".")[:2])
    wanted = [
        in_region(IncidentRow.region_code, regency),
        IncidentRow.state.in_(OPEN),
        IncidentRow.confidential.is_(incident.confidential),
        IncidentRow.id != incident.id,
    ]
    if incident.confidential:
        wanted.append(IncidentRow.category == incident.category)
    statement = (
        select(IncidentRow, ReportRow, PostRow, PersonRow)
        .join(ReportRow, ReportRow.id == IncidentRow.report_id)
        .join(PostRow, PostRow.id == IncidentRow.post_id)
        .join(PersonRow, PersonRow.id == IncidentRow.reporter_id)
        .where(*wanted)
        .order_by(IncidentRow.opened_at.desc())
        .limit(CHOICES_READ)
    )
    rows = {row[0].id: (row[0], row[1], row[2], row[3]) for row in await tx.execute(statement)}
    cases = [case_of(desk, row[0], row[1], row[2]) for row in rows.values()]
    nearest = by_nearness(case_of(desk, incident, report, post), [case for case in cases if case.going_on])
    return [rows[case.id] for case in nearest[:limit]]


async def merged_into(tx: Tx, incident_id: int) -> list[Found]:
    """Every incident that was merged into this one, also by way of another, in the order in which they were reported."""
    found: dict[int, Found] = {}
    wanted = {incident_id}
    while wanted:
        ids = {row.id for row in _changed(tx) if row.duplicate_of in wanted} - found.keys()
        statement = (
            select(IncidentRow, ReportRow, PostRow, PersonRow)
            .join(ReportRow, ReportRow.id == IncidentRow.report_id)
            .join(PostRow, PostRow.id == IncidentRow.post_id)
            .join(PersonRow, PersonRow.id == IncidentRow.reporter_id)
            .where(IncidentRow.duplicate_of.in_(wanted) | IncidentRow.id.in_(ids))
        )
        rows = [(row[0], row[1], row[2], row[3]) for row in await tx.execute(statement)]
        # What this very transaction has changed is seen in the objects, not in what the database finds.
        new = {row[0].id: row for row in rows if row[0].duplicate_of in wanted and row[0].id not in found}
        found |= new
        wanted = set(new) - {incident_id}
    return sorted(found.values(), key=lambda row: row[0].number)


async def end_of(tx: Tx, incident: IncidentRow) -> IncidentRow:
    """The incident that goes on for one that was merged; the incident itself when it was not."""
    seen = {incident.id}
    while incident.duplicate_of is not None and incident.duplicate_of not in seen:
        target = await tx.get(IncidentRow, incident.duplicate_of)
        if target is None:
            break
        seen.add(target.id)
        incident = target
    return incident


def join(
    tx: Tx, incident: IncidentRow, into: IncidentRow, *, person_id: int, cause: tuple[int, int], now: datetime
) -> None:
    """Note on the incident that goes on that another report of its event was merged into it."""
    # Touched in any case, so that two people who merge two incidents into each other at one instant do not both do it.
    flag_modified(into, "severity")
    incidents.event(
        tx, into, action=Event.WITNESS, person_id=person_id, cause=cause, now=now, note=str(incident.number)
    )


async def part(
    tx: Tx, incident: IncidentRow, former_id: int, *, person_id: int, cause: tuple[int, int], now: datetime
) -> Found | None:
    """Note on the incident that goes on that a merged report goes its own way again; gives the one that goes on."""
    former = await tx.get(IncidentRow, former_id)
    if former is None:
        return None
    going_on = await end_of(tx, former)
    incidents.event(
        tx, going_on, action=Event.PARTED, person_id=person_id, cause=cause, now=now, note=str(incident.number)
    )
    return await incidents.get(tx, going_on.id)


async def _pending(tx: Tx) -> list[tuple[IncidentRow, ReportRow, PostRow]]:
    """Incidents of this very transaction: two officers of one batch may tell of one event."""
    return [await _parts(tx, row) for row in list(tx.new) if isinstance(row, IncidentRow)]


async def _parts(tx: Tx, incident: IncidentRow) -> tuple[IncidentRow, ReportRow, PostRow]:
    held: ReportRow | None = incident.__dict__.get("report")  # not written yet, it has no key to be found by
    report: ReportRow = held if held is not None else await tx.get_one(ReportRow, incident.report_id)
    return incident, report, await tx.get_one(PostRow, incident.post_id)


def _changed(tx: Tx) -> Iterable[IncidentRow]:
    return [row for row in tx.dirty if isinstance(row, IncidentRow) and row.state == State.DUPLICATE]
