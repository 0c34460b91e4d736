"""A report looked at once more: its receipt, with the buttons that correct it and pass it upward."""

from __future__ import annotations

from actions.reports.filing import Filed
from core.delivery.outgoing import Button
from core.forms.severity import Severity
from core.incidents.card_text import event_title
from core.kit.texts import Markup, UserError
from core.reports.taps import ReceiptTap
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx
from handlers.reports.receipt_text import receipt
from storage import evidence
from storage.people import people
from storage.records import IncidentRecord
from storage.reports import corrections, reports
from storage.territory import places


async def tap_report(ctx: Ctx, tap: ReceiptTap) -> None:
    """Show the receipt of one of the person's own reports again."""
    report = await reports.by_id(ctx.tx, tap.report_id)
    form = ctx.desk.forms.get(report.form_id) if report is not None else None
    if report is None or form is None or report.person_id != ctx.known.row.id:
        raise UserError("tap-too-old")
    post = await places.post_by_id(ctx.tx, report.post_id)
    assert post is not None, "a report's post is never deleted"
    incident = await corrections.incident_of(ctx.tx, report.id)
    ctx.answer()
    ctx.send(*await _receipt(ctx, Filed(report, form, post, incident, None)))


async def show_own(ctx: Ctx, found: IncidentRecord) -> None:
    """Tell an officer how an incident of theirs stands; who reported it sees the receipt with its buttons too."""
    incident, report, post = found.incident, found.report, found.post
    form = ctx.desk.forms[report.form_id]
    known = await people.by_ids(ctx.tx, [incident.owner_id] if incident.owner_id is not None else [])
    owner = next(iter(known.values()), None)
    line = ctx.html(
        "my-incident" if owner is None else "my-incident-owner",
        symbol=Severity(incident.severity).symbol,
        number=str(incident.number),
        title=event_title(ctx.lang, form, report.answers),
        post=post.name,
        state=ctx.label(f"state-{incident.state}"),
        **({"owner": owner.name} if owner is not None else {}),
    )
    if report.person_id != ctx.known.row.id:
        ctx.send(line)
        return
    text, rows = await _receipt(ctx, Filed(report, form, post, incident, None))
    ctx.send(Markup(f"{line}\n\n{text}"), rows)


async def _receipt(ctx: Ctx, filed: Filed) -> tuple[Markup, list[list[Button]]]:
    return receipt(ctx, filed, media=await evidence.count(ctx.tx, report_id=filed.report.id))


TAPS = (OnTap(ReceiptTap, tap_report),)
