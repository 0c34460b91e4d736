"""Passing a report upward: its text as superiors expect it, ready to be copied with one tap."""

from __future__ import annotations

import html

from core.delivery.outgoing import COPY_LIMIT, Button
from core.kit.texts import Markup, UserError
from core.overview.upward import Upward, upward_text
from core.people.roles import Agency, Role, reaches
from core.privacy.masking import names_of, signers
from core.reports.taps import UpwardTap
from handlers.incidents.view import confided, may_see
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx
from storage import evidence
from storage.incidents import incidents
from storage.people import people
from storage.records import ReportRecord
from storage.reports import reports

READING = (Role.COORDINATOR, Role.ADMIN)


async def tap_upward(ctx: Ctx, tap: UpwardTap) -> None:
    """Give the text of one's own report, or as a coordinator of one of the own region."""
    found = await reports.record_of(ctx.tx, tap.report_id)
    if found is None or not ctx.private:
        raise UserError("tap-too-old")
    if not may_see(ctx, found.report, found.incident):
        raise UserError("tap-too-old")
    own = found.report.person_id == ctx.known.row.id
    if not own and not reaches(ctx.actor, found.report.region_code, READING):
        raise UserError("tap-upward-not-yours")
    text = upward_text(ctx.desk.texts, ctx.lang, await _gather(ctx, found))
    rows = [[Button(ctx.label("button-copy"), copy=text)]] if len(text) <= COPY_LIMIT else []
    ctx.answer()
    block = Markup(f"<pre>{html.escape(text, quote=False)}</pre>")
    ctx.send(f"{ctx.html('upward-copy')}\n{block}", rows, whole=True)


async def _gather(ctx: Ctx, found: ReportRecord) -> Upward:
    """What the text says; of a confidential report neither the reporter's name nor, by the salutation, the agency."""
    report, incident = found.report, found.incident
    reporter = (await people.by_ids(ctx.tx, [report.person_id]))[report.person_id]
    secret = confided(ctx, report, incident)
    known, form = ctx.known.row, ctx.desk.forms[report.form_id]
    older = await incidents.older_versions(ctx.tx, report) if secret else []
    return Upward(
        form=form,
        answers=report.answers,
        number=f"I-{incident.number}" if incident else f"L-{report.number}",
        post=found.post.name,
        path=ctx.desk.regions.path(report.region_code),
        occurred_at=report.occurred_at,
        sent_at=report.sent_at,
        reporter=None if secret else reporter.name,
        agency=Agency.OTHER if secret else known.agency,
        state=incident.state if incident else None,
        media=await evidence.count(ctx.tx, report_id=report.id),
        text=report.text,
        signers=signers(form, [(one.answers, one.text) for one in older]) | names_of(reporter.name, reporter.phone),
    )


TAPS = (OnTap(UpwardTap, tap_upward),)
