"""Reports and incidents as CSV: every answer in its own column, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import aliased

from core.answers import anonymous, masked, names_of, signers
from core.formparts import confides
from core.forms import Field, Form, Forms
from core.kinds import kind_of
from core.routing import Routing
from storage.engine import Tx
from storage.incidents import older_versions
from storage.people import in_region
from storage.tables import IncidentRow, PersonRow, PostRow, ReportRow

INCIDENT = "incident"
FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
)  # what spreadsheets take for the beginning of a formula (OWASP, CSV injection)
REPORT_COLUMNS = (
    "number", "version", "form", "post_code", "post_name", "region_code", "person", "agency", "level", "late",
    "occurred_at", "sent_at", "stored_at", "text", "reason", "flags", "lat", "lon", "accuracy_m", "distance_m",
)  # fmt: skip
INCIDENT_COLUMNS = (
    "number", "category", "severity", "state", "confidential", "post_code", "post_name", "region_code", "person", "agency",
    "owner", "occurred_at", "sent_at", "stored_at", "acknowledged_at", "resolved_at", "closed_at", "referred_to",
    "duplicate_of", "text",
)  # fmt: skip
SAME = ("category", "severity", "confidential")  # what an incident took over from the answers


def columns_of(forms: Sequence[Form], *, taken: Sequence[str], same: Sequence[str] = ()) -> dict[str, str]:
    """The answers' columns by the fields' ids, each once: a ratio as two, a place as two; gives the header of each.

    An id that is `taken` by another column gets a header of its own, unless it means the `same` as that column.
    """
    names = (name for form in forms for field in form.fields for name in _names(field))
    return {name: f"answer_{name}" if name in taken else name for name in dict.fromkeys(names) if name not in same}


def _names(field: Field) -> list[str]:
    return [f"{field.id}{part}" for part in kind_of(field).columns]


def cells_of(form: Form, answers: Mapping[str, Any]) -> dict[str, object]:
    """One report's answers by column."""
    cells: dict[str, object] = {}
    for field in form.fields:
        cells.update(zip(_names(field), kind_of(field).cells(answers.get(field.id)), strict=True))
    return cells


def neutral(value: object) -> object:
    """Keep a spreadsheet from running what somebody typed: a leading formula sign gets an apostrophe before it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA):
        return f"'{value}"
    return "" if value is None else value


def csv_line(values: Sequence[object]) -> str:
    """Write one line of CSV."""
    buffer = StringIO()
    csv.writer(buffer).writerow([neutral(value) for value in values])
    return buffer.getvalue()


def _stamp(value: datetime | None, zone: ZoneInfo) -> str:
    return value.astimezone(zone).isoformat(timespec="seconds") if value else ""


async def report_lines(
    tx: Tx, forms: Forms, zone: ZoneInfo, *, routing: Routing, region: str | None, since: datetime | None
) -> AsyncIterator[str]:
    """The export of reports, a row a version of every form but the incident's, oldest first."""
    shown = [form for form in forms.values() if form.id != INCIDENT]
    columns = columns_of(shown, taken=REPORT_COLUMNS)
    yield csv_line([*REPORT_COLUMNS, *columns.values()])
    statement = (
        select(ReportRow, PostRow, PersonRow, IncidentRow.confidential)
        .join(PostRow, PostRow.id == ReportRow.post_id)
        .join(PersonRow, PersonRow.id == ReportRow.person_id)
        .outerjoin(IncidentRow, IncidentRow.report_id == ReportRow.id)
        .where(ReportRow.form_id != INCIDENT)
        .order_by(ReportRow.id)
    )
    async for report, post, person, promised in _stream(tx, _bounded(statement, region, since)):
        every: Sequence[Any] = [*await older_versions(tx, report), report]
        form = forms.get(report.form_id)
        hidden = promised or any(confides(form, routing, version.answers) for version in every)
        reporter = ("", "") if hidden else (person.name, person.agency)
        phone = ("",) * 4 if hidden else (report.lat, report.lon, report.accuracy_m, report.distance_m)
        names = _signers(form, every, person) if hidden else frozenset()
        for version in every:
            answers, text, reason = version.answers, version.text, getattr(version, "reason", "")
            if hidden:
                answers, text = anonymous(form, answers, text, names)
                reason = masked(form, reason, names)
            cells = cells_of(form, answers) if form else {}
            moved = getattr(version, "post_id", None)
            where = post if moved in (None, post.id) else await tx.get_one(PostRow, moved)
            yield csv_line(
                [
                    f"L-{report.number}", version.version, report.form_id, where.code, where.name, where.region_code,
                    *reporter, version.level, report.late, _stamp(version.occurred_at, zone),
                    _stamp(version.sent_at, zone), _stamp(version.stored_at, zone), text, reason,
                    ";".join(version.flags), *phone, *(cells.get(name) for name in columns),
                ]
            )  # fmt: skip


def _signers(form: Form | None, versions: Sequence[Any], person: PersonRow) -> frozenset[str]:
    """Whoever signed a confidential report, among the answers or in words."""
    found = signers(form, [(version.answers, version.text) for version in versions])
    return found | names_of(person.name, person.phone)


async def incident_lines(
    tx: Tx, forms: Forms, zone: ZoneInfo, *, region: str | None, since: datetime | None
) -> AsyncIterator[str]:
    """The export of incidents, oldest first, with the answers of the report behind each."""
    columns = columns_of(list(forms.values()), taken=INCIDENT_COLUMNS, same=SAME)
    yield csv_line([*INCIDENT_COLUMNS, *columns.values()])
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
    async for report, post, person, incident, held_by, merged in _stream(tx, _bounded(statement, region, since)):
        form = forms.get(report.form_id)
        # Whoever reports confidentially was promised that the name is kept: an export leaves the house too.
        hidden = incident.confidential
        reporter = ("", "") if hidden else (person.name, person.agency)
        answers, text = report.answers, report.text
        if hidden:
            answers, text = anonymous(form, answers, text, _signers(form, await older_versions(tx, report), person))
        cells = cells_of(form, answers) if form else {}
        yield csv_line(
            [
                f"I-{incident.number}", incident.category, incident.severity, incident.state, incident.confidential,
                post.code, post.name, incident.region_code, *reporter, held_by.name if held_by else "",
                _stamp(incident.occurred_at, zone), _stamp(report.sent_at, zone), _stamp(report.stored_at, zone),
                _stamp(incident.acknowledged_at, zone), _stamp(incident.resolved_at, zone),
                _stamp(incident.closed_at, zone), incident.referred_to, f"I-{merged}" if merged else "", text,
                *(cells.get(name) for name in columns),
            ]
        )  # fmt: skip


def _bounded(statement: Any, region: str | None, since: datetime | None) -> Any:
    if region:
        statement = statement.where(in_region(ReportRow.region_code, region))
    return statement.where(ReportRow.stored_at >= since) if since else statement


async def _stream(tx: Tx, statement: Any) -> AsyncIterator[Any]:
    rows = await tx.stream(statement.execution_options(yield_per=500))
    async for row in rows:
        yield row


async def write_csv(
    tx: Tx,
    what: str,
    output: Path,
    forms: Forms,
    zone: ZoneInfo,
    *,
    routing: Routing,
    region: str | None,
    since: datetime | None,
) -> int:
    """Write an export as UTF-8 with BOM, whole or not at all; gives the number of rows without the header."""
    lines = (
        report_lines(tx, forms, zone, routing=routing, region=region, since=since)
        if what == "reports"
        else incident_lines(tx, forms, zone, region=region, since=since)
    )
    part = output.with_name(f"{output.name}.part")
    rows = -1
    try:
        with part.open("w", encoding="utf-8-sig", newline="") as file:
            async for line in lines:
                file.write(line)
                rows += 1
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
    return rows
