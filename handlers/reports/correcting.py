"""Corrections: a stored report is changed with a reason; its older versions, and all who saw it, are kept up with it."""

from __future__ import annotations

from typing import Any

from actions.incidents.cards import load_card, refresh_cards, reroute, show_below
from core.calendar.moments import occurred_at
from core.delivery.keys import Subject
from core.delivery.outgoing import Button
from core.evidence.flags import Flag
from core.forms.forms import CONFIDENTIAL, Form, level
from core.forms.severity import Severity
from core.incidents.card_text import REASONS
from core.incidents.lifecycle import OPEN
from core.incidents.timeline import Event
from core.kit.texts import Markup, UserError
from core.privacy.confiding import confides
from core.reports.draft import Stage
from core.reports.keys import REPORT, correction_source
from core.reports.taps import CorrectionReasonTap, CorrectTap, DraftCancelTap
from handlers.kit.scope import Ctx
from handlers.reports import attachments
from handlers.reports.drafts import Filling, drop, filing_of, keep, put, slot_key
from handlers.reports.filing import Filed, Filing, nobody_hears, opens, receipt, relay, window_of
from handlers.reports.post_choice import post_of
from handlers.reports.questions import pairs
from storage import evidence
from storage.incidents import incidents
from storage.people import people
from storage.records import IncidentRecord
from storage.reports import corrections, reports
from storage.tables import IncidentRow, PostRow, ReportRow

ASKED = 4  # the reasons that have a button; the last is given by an edit itself
LONGEST_REASON = 300  # characters


async def filling_for(ctx: Ctx, report_id: int) -> Filling:
    """Begin the correction of one of the person's own reports; raises UserError when it is not theirs to correct."""
    report = await reports.by_id(ctx.tx, report_id)
    post = await post_of(ctx, report.post_id, report_id=report.id) if report is not None else None
    if report is None or post is None or (report.person_id != ctx.known.row.id and post not in ctx.known.posts):
        raise UserError("correction-not-yours")
    incident = await corrections.incident_of(ctx.tx, report.id)
    if incident is not None and incident.confidential and report.person_id != ctx.known.row.id:
        raise UserError("correction-not-yours")  # what was confided is for who confided it
    form = ctx.desk.forms.get(report.form_id)
    if form is None or form.alarm:
        raise UserError("tap-too-old")
    source = source_of(ctx, report)
    return Filling(
        form, post, "", source, report.sent_at, answers=dict(report.answers), report_id=report.id,
        row=next((item for item in ctx.drafts if item.source == source), None),
    )  # fmt: skip


def source_of(ctx: Ctx, report: ReportRow) -> str:
    """What makes a correction one: this version of the report, by this person."""
    return correction_source(report.id, report.version, ctx.known.row.id)


async def ask_reason(ctx: Ctx, filling: Filling, *, below: bool) -> None:
    """Ask why the report is corrected; a tap or a typed text answers."""
    row = await keep(ctx, filling, Stage.REASON)
    buttons = [ctx.button(key, CorrectionReasonTap(row.id, key.removeprefix("reason-"))) for key in REASONS[:ASKED]]
    rows: list[list[Button]] = [*pairs(buttons), [ctx.button("button-cancel", DraftCancelTap(row.id))]]
    await put(ctx, row, (ctx.html("ask-reason"), rows), below=below)


async def overtaken(ctx: Ctx, filling: Filling) -> bool:
    """Whether the report was corrected meanwhile; the draft then ends, with a button to begin from what it says now."""
    report = await reports.by_id(ctx.tx, filling.report_id or 0)
    if report is not None and filling.source == source_of(ctx, report):
        return False
    if filling.row is not None:
        await drop(ctx, filling.row)
        rows = [[ctx.button("button-correct", CorrectTap(filling.report_id or 0))]]
        await put(ctx, filling.row, (ctx.html("correction-overtaken"), rows), below=False)
    return True


async def unchanged(ctx: Ctx, filling: Filling) -> bool:
    """Whether a correction changes nothing; the draft then ends, and the report stays as it was."""
    report = await reports.by_id(ctx.tx, filling.report_id or 0)
    if report is None or filling.row is None or filling.post is None:
        return False
    files = await evidence.count(ctx.tx, draft_source=filling.source)
    if report.post_id != filling.post.id or report.answers != filling.answers or files:
        return False
    await drop(ctx, filling.row)
    await put(ctx, filling.row, (ctx.html("correction-nothing", number=f"L-{report.number}"), []), below=False)
    return True


async def finish(ctx: Ctx, filling: Filling, reason: str, *, below: bool) -> None:
    """Make the new version with the reason, and show it in the place of the draft."""
    report = await reports.by_id(ctx.tx, filling.report_id or 0)
    assert report is not None
    assert filling.post is not None
    row = filling.row
    assert row is not None
    count = await evidence.adopt(ctx.tx, row.source, report)
    await drop(ctx, row)
    filed = await apply(ctx, report, filing_of(filling, filling.post), reason)
    count = max(count, await evidence.count(ctx.tx, report_id=report.id))
    text, rows = receipt(ctx, filed, media=count)
    await ctx.show(slot_key(row), text, rows, subject=Subject(REPORT, report.id).text, below=below)


async def edited(ctx: Ctx, report: ReportRow, filing: Filing) -> None:
    """Make the new version that an edited message asks for, and say so below it."""
    await attachments.keep(ctx, report=report, filed=True)
    filed = await apply(ctx, report, filing, "reason-edited")
    text, rows = receipt(ctx, filed, media=await evidence.count(ctx.tx, report_id=report.id))
    ctx.send(text, rows)


async def apply(ctx: Ctx, report: ReportRow, filing: Filing, reason: str) -> Filed:
    """Store the new version and let its incident, cards and the latest answer of its post follow.

    A name that was promised to be kept back stays so, whatever the new version says.
    """
    if promised(ctx, report, filing.form) and not confides(filing.form, ctx.desk.routing, filing.answers):
        filing.answers = {**filing.answers, CONFIDENTIAL: True}
    zone = ctx.desk.texts.zone
    worst = level(filing.form, filing.answers)
    kept = [flag for flag in report.flags if flag == Flag.FAR]
    happened = report.occurred_at
    if filing.answers.get("time") != report.answers.get("time"):
        happened = occurred_at(filing.answers.get("time"), report.sent_at, zone)
    values: dict[str, Any] = {
        "answers": dict(filing.answers),
        "level": worst.value if worst else None,
        "text": filing.text,  # corrected by buttons it has no line: the answers say everything
        "flags": [*kept, *filing.flags],
        "occurred_at": happened,
    }
    incident = await corrections.incident_of(ctx.tx, report.id)
    if filing.post.id != report.post_id:
        window = window_of(ctx, filing.form, filing.post, report.sent_at)
        values["window_key"], values["late"] = window.key, window.is_late
    await corrections.correct(
        ctx.tx, report, reason=reason[:LONGEST_REASON], post=filing.post, cause=ctx.cause, now=ctx.now, **values
    )
    ctx.journal("report-corrected", f"report:{report.id}", version=report.version)
    if incident is None and filing.form.lasting and not await reports.is_newest(ctx.tx, report):
        return Filed(report, filing.form, filing.post, None, None)  # newer figures stand on the card
    if incident is None:
        opened, told = await relay(ctx, filing.form, report, filing.post)
        return Filed(report, filing.form, filing.post, opened, told)
    told = await _follow(ctx, incident, report, filing)
    return Filed(report, filing.form, filing.post, incident, told)


async def _follow(ctx: Ctx, incident: IncidentRow, report: ReportRow, filing: Filing) -> Markup:
    """Bring an incident up to what its report says now, on every card; a report that is harmless now does not end it."""
    post: PostRow = filing.post
    opened, before = opens(ctx, filing.form, filing.answers), incident.severity
    if opened is not None:
        incident.category, incident.severity = opened
    incident.confidential = incident.confidential or promised(ctx, report, filing.form)
    incident.post_id, incident.region_code, incident.occurred_at = post.id, post.region_code, report.occurred_at
    incidents.event(ctx.tx, incident, ctx.stamp, action=Event.CORRECTED)
    known = await people.by_ids(ctx.tx, [incident.reporter_id])
    if incident.duplicate_of is not None and incident.confidential:
        await _unname_witness(ctx, incident.duplicate_of)
    record = IncidentRecord(incident, report, post, known[incident.reporter_id])
    groups = await reroute(ctx.tx, ctx.desk, record, now=ctx.now)
    if incident.state in OPEN and Severity(incident.severity).graver_than(Severity(before)):
        card = await load_card(ctx.tx, ctx.desk, record)
        await show_below(ctx.tx, ctx.desk, card, incident, now=ctx.now)
    return ctx.html("receipt-cards-follow", groups=groups) if groups else await nobody_hears(ctx, incident)


async def _unname_witness(ctx: Ctx, into: int) -> None:
    """Take a name that is kept back now from the cards of the incident that a merged one leads to."""
    found = await incidents.get(ctx.tx, into)
    if found is not None:
        await refresh_cards(ctx.tx, ctx.desk, await load_card(ctx.tx, ctx.desk, found), now=ctx.now)


def promised(ctx: Ctx, report: ReportRow, form: Form) -> bool:
    """Whether what a report says now keeps its reporter's name back."""
    return confides(form, ctx.desk.routing, report.answers)


def reason_of(name: str) -> str | None:
    """The reason behind a button, as the key of a text that each reader has in their language."""
    return f"reason-{name}" if f"reason-{name}" in REASONS else None
