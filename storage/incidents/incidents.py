"""Incidents and their timelines."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Select, case, func, or_, select

from core.forms.severity import GRAVEST_FIRST
from core.incidents.lifecycle import OPEN, State
from core.incidents.timeline import Event
from storage.database import state
from storage.database.engine import Tx, new_id
from storage.records import IncidentRecord
from storage.stamp import Stamp
from storage.tables import IncidentEventRow, IncidentRow, PersonRow, PostRow, ReportRow, ReportVersionRow

# The order in which the gravest incident comes first; a grade that is not known any more comes last.
BY_GRAVITY = case(dict(GRAVEST_FIRST), value=IncidentRow.severity, else_=len(GRAVEST_FIRST))


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
        state=State.NEW.value,
        confidential=confidential,
        post_id=report.post_id,
        region_code=report.region_code,
        reporter_id=report.person_id,
        occurred_at=report.occurred_at,
        opened_at=now,
    )
    tx.add(row)
    event(tx, row, Stamp(report.person_id, (report.bot_id, report.update_id or None), now), action=Event.OPENED)
    return row


def event(
    tx: Tx,
    incident: IncidentRow,
    stamp: Stamp,
    *,
    action: str,
    note: str | None = None,
    source: str | None = None,
) -> None:
    """Add an entry to an incident's timeline; `source` is the message behind it."""
    tx.add(
        IncidentEventRow(
            id=new_id(tx),
            incident=incident,
            at=stamp.at,
            person_id=stamp.person_id,
            action=action,
            note=note,
            bot_id=stamp.cause[0],
            update_id=stamp.cause[1],
            source=source,
        )
    )


async def get(tx: Tx, incident_id: int, *, lock: bool = False) -> IncidentRecord | None:
    """Load an incident with its report, post and reporter; with `lock` nobody else changes it until the commit."""
    return await _one(tx, IncidentRow.id == incident_id, lock=lock)


async def find_row(tx: Tx, incident_id: int | None) -> IncidentRow | None:
    """Load an incident alone, without a statement where this transaction knows it; None for no key."""
    return await tx.get(IncidentRow, incident_id) if incident_id is not None else None


def is_new(tx: Tx, incident: IncidentRow) -> bool:
    """Whether an incident was opened in this very transaction and is not written yet."""
    return incident in tx.new


async def by_number(tx: Tx, number: int) -> IncidentRecord | None:
    """Load an incident by the number people know."""
    return await _one(tx, IncidentRow.number == number)


async def older_versions(tx: Tx, report: ReportRow) -> list[ReportVersionRow]:
    """The versions of a report that newer ones replaced, the oldest first; none for one that was never corrected."""
    if report.version == 1:
        return []
    statement = select(ReportVersionRow).where(ReportVersionRow.report_id == report.id)
    return list(await tx.scalars(statement.order_by(ReportVersionRow.version)))


async def alarm_of(tx: Tx, person_id: int, form_id: str, *, since: datetime) -> IncidentRecord | None:
    """A person's newest alarm that is still open and was not opened before `since`."""
    found = await tx.scalar(
        select(IncidentRow.id)
        .join(ReportRow, ReportRow.id == IncidentRow.report_id)
        .where(
            IncidentRow.reporter_id == person_id,
            IncidentRow.opened_at >= since,
            IncidentRow.state.in_(OPEN),
            ReportRow.form_id == form_id,
        )
        .order_by(IncidentRow.id.desc())
        .limit(1)
    )
    return await get(tx, found) if found is not None else None


async def alarmed(tx: Tx, form_id: str, *, since: datetime) -> set[int]:
    """The keys of the people whose alarm is still open and was not opened before `since`."""
    found = await tx.scalars(
        select(IncidentRow.reporter_id)
        .join(ReportRow, ReportRow.id == IncidentRow.report_id)
        .where(IncidentRow.opened_at >= since, IncidentRow.state.in_(OPEN), ReportRow.form_id == form_id)
    )
    return set(found)


async def owned_by(tx: Tx, person_id: int) -> list[IncidentRecord]:
    """The open incidents that a person has, the oldest first."""
    statement = select_records().where(IncidentRow.owner_id == person_id, IncidentRow.state.in_(OPEN))
    return [IncidentRecord(*row) for row in await tx.execute(statement.order_by(IncidentRow.number))]


def overdue(now: datetime) -> ColumnElement[bool]:
    """The condition that a deadline has passed and nobody has taken a step since; the clock has set a new one meanwhile."""
    return or_(IncidentRow.asked > 0, IncidentRow.due_at <= now)


def contact_of(incident: IncidentRow) -> int:
    """The key of the officer who hears of each step: the reporter, until the post was handed over.

    Of a confidential incident it is always the reporter: the next officer may be the one whom it accuses.
    """
    return incident.reporter_id if incident.confidential else incident.contact_id or incident.reporter_id


async def move_contact(tx: Tx, post_id: int, from_id: int, to_id: int) -> list[IncidentRow]:
    """Let the open incidents of a post that one officer follows be followed by another; gives them, the oldest first.

    What was reported confidentially stays with its reporter.
    """
    rows = list(
        await tx.scalars(
            select(IncidentRow)
            .where(
                IncidentRow.post_id == post_id,
                IncidentRow.state.in_(OPEN),
                IncidentRow.confidential.is_(False),
                func.coalesce(IncidentRow.contact_id, IncidentRow.reporter_id) == from_id,
            )
            .order_by(IncidentRow.number)
        )
    )
    for row in rows:
        row.contact_id = to_id
    return rows


async def open_at(tx: Tx, post_id: int) -> list[int]:
    """The numbers of a post's open incidents that whoever holds it may know of: of none that is confidential."""
    return list(
        await tx.scalars(
            select(IncidentRow.number)
            .where(IncidentRow.post_id == post_id, IncidentRow.state.in_(OPEN), IncidentRow.confidential.is_(False))
            .order_by(IncidentRow.number)
        )
    )


def select_records() -> Select[IncidentRow, ReportRow, PostRow, PersonRow]:
    """The statement that reads incidents with what makes an `IncidentRecord` of each, in the order of its fields."""
    return (
        select(IncidentRow, ReportRow, PostRow, PersonRow)
        .join(ReportRow, ReportRow.id == IncidentRow.report_id)
        .join(PostRow, PostRow.id == IncidentRow.post_id)
        .join(PersonRow, PersonRow.id == IncidentRow.reporter_id)
    )


async def _one(tx: Tx, condition: ColumnElement[bool], *, lock: bool = False) -> IncidentRecord | None:
    statement = select_records().where(condition)
    if lock:
        statement = statement.with_for_update(of=IncidentRow)
    row = (await tx.execute(statement)).first()
    return IncidentRecord(*row) if row else None
