"""Who reported in confidence: read for the one person who may know, and for nobody else."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from core.forms.forms import Form
from core.incidents.timeline import Event
from core.privacy.masking import signers
from storage.database.engine import Tx
from storage.incidents import incidents
from storage.people import people
from storage.records import IncidentRecord
from storage.tables import IncidentEventRow, PersonRow, ReportRow, ReportVersionRow

NOTED = "noted"


@dataclass(frozen=True)
class Identity:
    """The persons behind an incident, for whom they reported, and their own words, the oldest first."""

    persons: tuple[PersonRow, ...]
    behalf: tuple[str, ...]
    words: tuple[str, ...]


async def identity_of(tx: Tx, form: Form | None, record: IncidentRecord) -> Identity:
    """Gather who reported an incident, from every version of its report and from the notes that they added."""
    incident, report = record.incident, record.report
    keys = list(dict.fromkeys([incident.reporter_id, report.person_id]))
    known = await people.by_ids(tx, keys)
    versions: list[ReportRow | ReportVersionRow] = [*await incidents.older_versions(tx, report), report]
    notes = await tx.scalars(
        select(IncidentEventRow.note)
        .where(
            IncidentEventRow.incident_id == incident.id,
            IncidentEventRow.person_id.in_(keys),
            IncidentEventRow.action.in_([NOTED, Event.ADDED.value]),
        )
        .order_by(IncidentEventRow.id)
    )
    said: list[str] = []
    for version in versions:
        rest = str(version.answers.get(form.rest.id) or "") if form and form.rest else ""
        said += [version.text, "" if rest in version.text else rest]
    words = dict.fromkeys(text.strip() for text in [*said, *(note or "" for note in notes)])
    return Identity(
        persons=tuple(known[key] for key in keys if key in known),
        behalf=tuple(sorted(signers(form, [(one.answers, one.text) for one in versions]))),
        words=tuple(text for text in words if text),
    )
