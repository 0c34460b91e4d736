"""A report looked at once more: its receipt, with the buttons that correct it and pass it upward."""

from __future__ import annotations

from core.texts import UserError
from handlers.filing import Filed, receipt
from handlers.scope import Ctx, read_key
from storage import corrections, media, places, reports


async def tap_report(ctx: Ctx, rest: str) -> None:
    """Show the receipt of one of the person's own reports again."""
    report_id = read_key(rest)
    report = await reports.by_id(ctx.tx, report_id) if report_id is not None else None
    form = ctx.desk.forms.get(report.form_id) if report is not None else None
    if report is None or form is None or report.person_id != ctx.known.row.id or not ctx.private:
        raise UserError("tap-too-old")
    post = await places.post_by_id(ctx.tx, report.post_id)
    assert post is not None, "a report's post is never deleted"
    incident = await corrections.incident_of(ctx.tx, report.id)
    ctx.answer()
    text, rows = receipt(
        ctx, Filed(report, form, post, incident, None), media=await media.count(ctx.tx, report_id=report.id)
    )
    ctx.send(text, rows)


TAPS = {"rp": tap_report}
