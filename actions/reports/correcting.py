"""Corrections: a stored report is changed with a reason; its older versions, and all who saw it, are kept up with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions.incidents.cards import load_card, refresh_cards, reroute, show_below
from actions.reports import drafts, filing, reach
from actions.reports.drafts import Filling
from actions.reports.filing import Filed, Filing, Told
from actions.work import Work
from core.calendar.moments import occurred_at
from core.desk import Desk
from core.evidence.flags import Flag
from core.forms.forms import CONFIDENTIAL, Form, level
from core.forms.severity import Severity
from core.forms.values import accepted
from core.incidents.lifecycle import OPEN
from core.incidents.timeline import Event
from core.kit.texts import UserError, ours
from core.privacy.confiding import confides
from core.reports.keys import correction_source
from storage import evidence
from storage.incidents import incidents
from storage.people import people
from storage.records import IncidentRecord
from storage.reports import corrections, reports
from storage.tables import IncidentRow, ReportRow


async def begin(work: Work, report_id: int) -> Filling:
    """Begin the correction of one of the person's own reports; raises UserError when it is not theirs to correct."""
    report = await reports.by_id(work.tx, report_id)
    post = await reach.find(work, report.post_id, report_id=report.id) if report is not None else None
    if report is None or post is None or (report.person_id != work.person.id and post not in work.known.posts):
        raise UserError("correction-not-yours")
    incident = await corrections.incident_of(work.tx, report.id)
    if incident is not None and incident.confidential and report.person_id != work.person.id:
        raise UserError("correction-not-yours")  # what was confided is for who confided it
    form = work.desk.forms.get(report.form_id)
    if form is None or form.alarm:
        raise UserError("tap-too-old")
    check_room(work, report, form)
    answers = accepted(form, report.answers, post.kind, unfinished=True)  # it may be older than the form
    return Filling(form, post, "", source_of(work, report), report.sent_at, answers=dict(answers), report_id=report.id)


def check_room(work: Work, report: ReportRow, form: Form) -> None:
    """Raise UserError where a report has as many versions as it may have, each of which every card would load."""
    most = work.desk.bounds.versions
    if report.version >= most:
        command = f"/{form.command(work.language)}"
        raise UserError("correction-full", number=f"L-{report.number}", most=most, command=ours(command))


def source_of(work: Work, report: ReportRow) -> str:
    """What makes a correction one: this version of the report, by this person."""
    return correction_source(report.id, report.version, work.person.id)


async def overtaken(work: Work, filling: Filling) -> bool:
    """Whether the report was corrected meanwhile."""
    report = await reports.by_id(work.tx, filling.report_id or 0)
    return report is None or filling.source != source_of(work, report)


async def unchanged(work: Work, filling: Filling) -> ReportRow | None:
    """The report that a correction, kept as a draft, would leave as it was; None when it changes something."""
    report = await reports.by_id(work.tx, filling.report_id or 0)
    if report is None or filling.row is None or filling.post is None:
        return None
    files = await evidence.count(work.tx, draft_source=filling.source)
    if report.post_id != filling.post.id or report.answers != filling.answers or files:
        return None
    return report


async def finish(work: Work, filling: Filling, reason: str) -> Filed:
    """Make the new version that a draft says, with the reason; its files become the report's, and it ends."""
    report = await reports.by_id(work.tx, filling.report_id or 0)
    assert report is not None
    assert filling.post is not None
    assert filling.row is not None
    await evidence.adopt(work.tx, filling.row.source, report)
    await drafts.drop(work, filling.row)
    return await correct(work, report, drafts.filing_of(filling, filling.post), reason)


async def correct(work: Work, report: ReportRow, new: Filing, reason: str) -> Filed:
    """Store the new version and let its incident, cards and the latest answer of its post follow; counts its files.

    A name that was promised to be kept back stays so, whatever the new version says. The caller has seen, by `begin` or
    `actions.reports.reach`, that the report and the new post are within reach of who corrects. Raises UserError for answers
    that the form's own check refuses, and where there are too many versions.
    """
    check_room(work, report, new.form)
    if promised(work.desk, report, new.form) and not confides(new.form, work.desk.routing, new.answers):
        new.answers = {**new.answers, CONFIDENTIAL: True}
    filing.check(work, new, anew=False)
    incident = await corrections.incident_of(work.tx, report.id)
    await corrections.correct(
        work.tx,
        report,
        reason=reason,
        post=new.post,
        cause=work.cause,
        now=work.now,
        **_values(work.desk, report, new),
    )
    work.journal("report-corrected", f"report:{report.id}", version=report.version)
    told: Told | None = None
    if incident is not None:
        told = await _follow(work, incident, report, new)
    elif not new.form.lasting or await reports.is_newest(work.tx, report):
        incident, told = await filing.relay(work, new.form, report, new.post)
    # else: newer figures stand on the card
    files = await evidence.count(work.tx, report_id=report.id)
    return Filed(report, new.form, new.post, incident, told, files)


def _values(desk: Desk, report: ReportRow, new: Filing) -> dict[str, Any]:
    """What the new version says."""
    worst = level(new.form, new.answers)
    kept = [flag for flag in report.flags if flag == Flag.FAR]
    happened = report.occurred_at
    if new.answers.get("time") != report.answers.get("time"):
        happened = occurred_at(new.answers.get("time"), report.sent_at, desk.texts.zone)
    values: dict[str, Any] = {
        "answers": dict(new.answers),
        "level": worst.value if worst else None,
        "text": new.text,  # corrected by buttons it has no line: the answers say everything
        "flags": [*kept, *new.flags],
        "occurred_at": happened,
    }
    if new.post.id != report.post_id:
        window = filing.window_of(desk, new.form, new.post, report.sent_at)
        values["window_key"], values["late"] = window.key, window.is_late
    return values


async def _follow(work: Work, incident: IncidentRow, report: ReportRow, new: Filing) -> Told:
    """Bring an incident up to what its report says now, on every card; a report that is harmless now does not end it."""
    post, before = new.post, incident.severity
    opened = filing.opens(work.desk.routing, new.form, new.answers)
    if opened is not None:
        incident.category, incident.severity = opened
    incident.confidential = incident.confidential or promised(work.desk, report, new.form)
    incident.post_id, incident.region_code, incident.occurred_at = post.id, post.region_code, report.occurred_at
    incidents.event(work.tx, incident, work.stamp, action=Event.CORRECTED)
    known = await people.by_ids(work.tx, [incident.reporter_id])
    if incident.duplicate_of is not None and incident.confidential:
        await _unname_witness(work, incident.duplicate_of)
    record = IncidentRecord(incident, report, post, known[incident.reporter_id])
    groups = await reroute(work.tx, work.desk, record, now=work.now)
    if incident.state in OPEN and Severity(incident.severity).graver_than(Severity(before)):
        card = await load_card(work.tx, work.desk, record)
        await show_below(work.tx, work.desk, card, incident, now=work.now)
    return replace(Told(groups) if groups else await filing.nobody_hears(work, incident), followed=True)


async def _unname_witness(work: Work, into: int) -> None:
    """Take a name that is kept back now from the cards of the incident that a merged one leads to."""
    found = await incidents.get(work.tx, into)
    if found is not None:
        await refresh_cards(work.tx, work.desk, await load_card(work.tx, work.desk, found), now=work.now)


def promised(desk: Desk, report: ReportRow, form: Form) -> bool:
    """Whether what a report says now keeps its reporter's name back."""
    return confides(form, desk.routing, report.answers)
