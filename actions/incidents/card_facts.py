"""What an incident's card shows, gathered from its rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from core.desk import Desk
from core.evidence.flags import Flag, old_fix_minutes
from core.forms.forms import BEHALF, Form
from core.forms.severity import Severity
from core.incidents.card import (
    Card,
    CardEvent,
    CardHistory,
    CardPeople,
    CardPlace,
    CardReport,
    CardReporter,
    CardTimes,
    Witness,
)
from core.incidents.card_lines import PhonePlace
from core.incidents.lifecycle import Action, State
from core.incidents.timeline import Entry
from core.privacy.masking import names_of, signers
from storage import evidence
from storage.database.engine import Tx
from storage.incidents import incidents, merging, timeline
from storage.people import people
from storage.records import IncidentRecord
from storage.tables import IncidentRow, PersonRow, ReportRow, ReportVersionRow

ENDING = (Action.REJECT.value, Action.WITHDRAW.value)  # what makes an incident a rejected one


@dataclass(frozen=True)
class Beside:
    """What a card shows that stands beside the incident and its report."""

    owner: PersonRow | None = None
    older: Sequence[ReportVersionRow] = ()
    files: int = 0
    witnesses: Sequence[Witness] = ()
    entries: Sequence[Entry] = ()
    ended: Entry | None = None
    duplicate_of: int | None = None


async def fresh(tx: Tx, report: ReportRow, *, files: int) -> Beside:
    """What stands beside an incident that is opened in this transaction: nobody has done anything with it yet."""
    older = await incidents.older_versions(tx, report)  # a correction may be what opened it
    return Beside(older=older, files=files)


async def beside(tx: Tx, desk: Desk, record: IncidentRecord) -> Beside:
    """What stands beside an incident reported before, in four statements where nothing was merged or corrected."""
    incident, report = record.incident, record.report
    older = await incidents.older_versions(tx, report)
    merged = [] if incidents.is_new(tx, incident) else await merging.merged_into(tx, incident.id)
    files = await evidence.count(tx, report_id=report.id)
    if merged:
        files += sum((await evidence.counts(tx, [one.report.id for one in merged])).values())
    read = partial(timeline.last_entries, tx, desk.routing.referrals, incident, kept_back(desk, record, older, merged))
    entries = await read()
    ended = [entry for entry in entries if entry.action in ENDING]
    if incident.state == State.REJECTED and not ended:  # further words came after it
        ended = await read(limit=1, actions=ENDING)
    into = await incidents.find_row(tx, incident.duplicate_of)
    return Beside(
        owner=await people.find_person(tx, incident.owner_id),
        older=older,
        files=files,
        witnesses=[_witness(incident, one) for one in merged],
        entries=entries,
        ended=ended[-1] if ended else None,
        duplicate_of=into.number if into else None,
    )


def _witness(incident: IncidentRow, merged: IncidentRecord) -> Witness:
    secret = incident.confidential or merged.incident.confidential
    return Witness(merged.incident.number, None if secret else merged.reporter.name, merged.post.name)


def kept_back(
    desk: Desk, record: IncidentRecord, older: Sequence[ReportVersionRow], merged: Sequence[IncidentRecord]
) -> timeline.KeptBack:
    """What an incident's timeline keeps back where it is shown, given its report's older versions and its witnesses."""
    incident, form = record.incident, desk.forms[record.report.form_id]
    if not incident.confidential:
        return timeline.KeptBack()
    names = hidden(form, record.report, older, record.reporter, merged)
    return timeline.KeptBack(form, names, {incident.reporter_id, *(one.reporter.id for one in merged)})


def hidden(
    form: Form,
    report: ReportRow,
    older: Sequence[ReportVersionRow],
    reporter: PersonRow,
    merged: Iterable[IncidentRecord] = (),
) -> Collection[str]:
    """The names that a confidential card keeps back among the words: also the reporters', who may have signed."""
    versions = [(report.answers, report.text), *((one.answers, one.text) for one in older)]
    return signers(form, versions).union(*(_names(one) for one in (reporter, *(other.reporter for other in merged))))


def _names(person: PersonRow) -> frozenset[str]:
    return names_of(person.name, person.phone)


def card_of(desk: Desk, record: IncidentRecord, known: Beside) -> Card:
    """Gather what a card shows; a confidential one has no reporter and no phone."""
    incident, report, post, reporter = record.incident, record.report, record.post, record.reporter
    form, secret, older = desk.forms[report.form_id], incident.confidential, known.older
    return Card(
        number=incident.number,
        incident_id=incident.id,
        category=incident.category,
        severity=Severity(incident.severity),
        state=State(incident.state),
        report=CardReport(
            form=form,
            answers=report.answers,
            text=report.text,
            version=report.version,
            corrected_at=report.stored_at if report.version > 1 else None,
            reason=older[-1].reason if older else None,
            files=known.files,
            signers=hidden(form, report, older, reporter) if secret else (),
        ),
        place=CardPlace(
            post=post.name,
            path=desk.regions.path(incident.region_code),
            region_code=incident.region_code,
            location=(post.lat, post.lon) if post.lat is not None and post.lon is not None else None,
            phone=None if secret else _phone(report),
        ),
        times=_times(incident, report, older),
        people=CardPeople(
            reporter=None if secret else _reporter(report, reporter),
            owner=known.owner.name if known.owner else None,
            referral=desk.routing.referrals.get(incident.referred_to or ""),
        ),
        history=CardHistory(known.entries, known.ended),
        event=CardEvent(
            sighting=merging.sighting_of(incident, report, post, alarms=desk.forms.alarm_ids),
            duplicate_of=known.duplicate_of,
            witnesses=known.witnesses,
        ),
    )


def _times(incident: IncidentRow, report: ReportRow, older: Sequence[ReportVersionRow]) -> CardTimes:
    return CardTimes(
        occurred_at=incident.occurred_at,
        sent_at=report.sent_at,
        stored_at=older[0].stored_at if older else report.stored_at,
        opened_at=incident.opened_at,
        acknowledged_at=incident.acknowledged_at,
        resolved_at=incident.resolved_at,
        closed_at=incident.closed_at,
        due_at=incident.due_at,
        missed=incident.asked > 0,
    )


def _reporter(report: ReportRow, reporter: PersonRow) -> CardReporter:
    behalf = report.answers.get(BEHALF)
    return CardReporter(
        reporter.name, reporter.agency, reporter.rank, reporter.phone, behalf=str(behalf) if behalf else None
    )


def _phone(report: ReportRow) -> PhonePlace | None:
    """Where the report's phone was, if it told."""
    if report.lat is None or report.lon is None:
        return None
    flags = report.flags or []
    ages = [age for flag in flags if (age := old_fix_minutes(flag)) is not None]
    far = report.distance_m if Flag.FAR in flags else None
    return PhonePlace(report.lat, report.lon, report.accuracy_m, far, ages[0] if ages else None)
