"""Exports as tables: what is exported of a report and of an incident, in which columns, and what is kept back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.forms.forms import Field, Form, Forms
from core.forms.kinds import kind_of
from core.groups.routing import Routing
from core.kit.words import first_sign
from core.privacy.confiding import confides
from core.privacy.masking import anonymous, masked, names_of, signers

INCIDENT = "incident"  # the form that has an export of its own
FORMULA = ("=", "+", "-", "@", "|", "−")  # what spreadsheets take for the beginning of a formula (OWASP, CSV injection)
LEADING = ("\t", "\r", "\n")  # what they pass over before one
BORDERS = re.compile(r"([;\t\r\n])")  # where a cell begins for a spreadsheet that parts cells by another sign than ours
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


@dataclass(frozen=True, slots=True)
class Bounds:
    """Which rows an export holds; without bounds, all."""

    region: str | None = None  # the code of a region: what lies in it
    since: datetime | None = None  # what was stored from then on


@dataclass(frozen=True, slots=True)
class ExportedPost:
    """The post that a row is about."""

    code: str
    name: str
    region_code: str


@dataclass(frozen=True, slots=True)
class ExportedPerson:
    """Who reported; of a report in confidence the table tells nothing of it."""

    name: str
    agency: str
    phone: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedVersion:
    """A report as it once stood, or stands."""

    version: int
    post: ExportedPost
    answers: Mapping[str, Any]
    text: str
    reason: str  # why the next version replaced this one; empty of the present one
    level: str | None
    flags: Sequence[str]
    occurred_at: datetime
    sent_at: datetime
    stored_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedReport:
    """A report with all its versions, the oldest first."""

    number: int
    form_id: str
    person: ExportedPerson
    promised: bool  # it opened an incident whose reporter was promised that the name is kept
    late: bool
    lat: float | None
    lon: float | None
    accuracy_m: float | None
    distance_m: float | None
    versions: Sequence[ExportedVersion]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedIncident:
    """An incident with the report behind it."""

    number: int
    category: str | None
    severity: str
    state: str
    confidential: bool
    region_code: str
    person: ExportedPerson
    owner: str  # the name of who has taken it; empty: nobody
    occurred_at: datetime
    acknowledged_at: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None
    referred_to: str | None
    going_on: int | None  # the number of the incident into which this one was merged
    form_id: str
    report: ExportedVersion
    older: Sequence[ExportedVersion]  # of a confidential one: whoever signed an older version is kept back too


class ReportTable:
    """Reports as a table: a row a version, of every form but the incident's."""

    def __init__(self, forms: Forms, zone: ZoneInfo, routing: Routing) -> None:
        self.forms, self.zone, self.routing = forms, zone, routing
        shown = [form for form in forms.values() if form.id != INCIDENT]
        self.answers = columns_of(shown, taken=REPORT_COLUMNS)

    @property
    def header(self) -> list[str]:
        """The names of the columns."""
        return [*REPORT_COLUMNS, *self.answers.values()]

    def rows(self, report: ExportedReport) -> Iterator[list[object]]:
        """Give the rows of a report, the oldest version first; of one in confidence without who, and where the phone was."""
        form = self.forms.get(report.form_id)
        hidden = report.promised or any(confides(form, self.routing, one.answers) for one in report.versions)
        reporter = ("", "") if hidden else (report.person.name, report.person.agency)
        place = (report.lat, report.lon, report.accuracy_m, report.distance_m)
        names = _signers(form, report.versions, report.person) if hidden else frozenset()
        for one in report.versions:
            answers, text, reason = one.answers, one.text, one.reason
            if hidden:
                answers, text = anonymous(form, answers, text, names)
                reason = masked(form, reason, names)
            cells = cells_of(form, answers) if form else {}
            yield [
                f"L-{report.number}", one.version, report.form_id, one.post.code, one.post.name, one.post.region_code,
                *reporter, one.level, report.late, _stamp(one.occurred_at, self.zone), _stamp(one.sent_at, self.zone),
                _stamp(one.stored_at, self.zone), text, reason, ";".join(one.flags), *(("",) * 4 if hidden else place),
                *(cells.get(name) for name in self.answers),
            ]  # fmt: skip


class IncidentTable:
    """Incidents as a table, with the answers of the report behind each."""

    def __init__(self, forms: Forms, zone: ZoneInfo) -> None:
        self.forms, self.zone = forms, zone
        self.answers = columns_of(list(forms.values()), taken=INCIDENT_COLUMNS, same=SAME)

    @property
    def header(self) -> list[str]:
        """The names of the columns."""
        return [*INCIDENT_COLUMNS, *self.answers.values()]

    def rows(self, incident: ExportedIncident) -> Iterator[list[object]]:
        """Give the one row of an incident."""
        form, report, zone = self.forms.get(incident.form_id), incident.report, self.zone
        # Whoever reports confidentially was promised that the name is kept: an export leaves the house too.
        hidden = incident.confidential
        reporter = ("", "") if hidden else (incident.person.name, incident.person.agency)
        answers, text = report.answers, report.text
        if hidden:
            answers, text = anonymous(form, answers, text, _signers(form, incident.older, incident.person))
        cells = cells_of(form, answers) if form else {}
        yield [
            f"I-{incident.number}", incident.category, incident.severity, incident.state, incident.confidential,
            report.post.code, report.post.name, incident.region_code, *reporter, incident.owner,
            _stamp(incident.occurred_at, zone), _stamp(report.sent_at, zone), _stamp(report.stored_at, zone),
            _stamp(incident.acknowledged_at, zone), _stamp(incident.resolved_at, zone),
            _stamp(incident.closed_at, zone), incident.referred_to,
            f"I-{incident.going_on}" if incident.going_on else "", text,
            *(cells.get(name) for name in self.answers),
        ]  # fmt: skip


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
    """Keep a spreadsheet from running what somebody typed: a formula sign that begins a cell gets an apostrophe before it.

    What cannot be seen does not hide such a sign, nor does its width; a number is no text and stays as it is.
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str):
        return "" if value is None else value
    led, seen = value.lstrip(" ").startswith(LEADING), False
    pieces = BORDERS.split(value)  # each but the last is followed by its border
    for place, piece in enumerate(pieces):
        sign = first_sign(piece)
        if place % 2 == 0 and sign.startswith(FORMULA):
            pieces[place] = f"'{piece}" if seen else piece
            led = led or not seen
        seen = seen or bool(sign)
    return "".join(["'" if led else "", *pieces])


def _stamp(value: datetime | None, zone: ZoneInfo) -> str:
    return value.astimezone(zone).isoformat(timespec="seconds") if value else ""


def _signers(form: Form | None, versions: Sequence[ExportedVersion], person: ExportedPerson) -> frozenset[str]:
    """Whoever signed a confidential report, among the answers or in words."""
    found = signers(form, [(version.answers, version.text) for version in versions])
    return found | names_of(person.name, person.phone)
