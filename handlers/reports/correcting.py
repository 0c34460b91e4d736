"""Corrections as their officer sees them: why, that another was faster, that nothing changes, and the new receipt."""

from __future__ import annotations

from actions.reports import correcting as action
from actions.reports.drafts import Filling
from actions.reports.filing import Filing
from core.delivery.keys import Subject
from core.delivery.outgoing import Button
from core.incidents.card_text import REASONS
from core.reports.draft import Stage
from core.reports.keys import REPORT
from core.reports.taps import CorrectionReasonTap, CorrectTap, DraftCancelTap
from handlers.kit.scope import Ctx
from handlers.reports import attachments, drafts
from handlers.reports.questions import pairs
from handlers.reports.receipt_text import receipt
from storage.tables import ReportRow

ASKED = 4  # the reasons that have a button; the last is given by an edit itself


async def ask_reason(ctx: Ctx, filling: Filling, *, below: bool) -> None:
    """Ask why the report is corrected; a tap or a typed text answers."""
    row = drafts.keep(ctx, filling, Stage.REASON)
    buttons = [ctx.button(key, CorrectionReasonTap(row.id, key.removeprefix("reason-"))) for key in REASONS[:ASKED]]
    rows: list[list[Button]] = [*pairs(buttons), [ctx.button("button-cancel", DraftCancelTap(row.id))]]
    await drafts.put(ctx, row, (ctx.html("ask-reason"), rows), below=below)


async def overtaken(ctx: Ctx, filling: Filling) -> bool:
    """Whether the report was corrected meanwhile; the draft then ends, with a button to begin from what it says now."""
    if not await action.overtaken(ctx.work, filling):
        return False
    if filling.row is not None:
        await drafts.drop(ctx, filling.row)
        rows = [[ctx.button("button-correct", CorrectTap(filling.report_id or 0))]]
        await drafts.put(ctx, filling.row, (ctx.html("correction-overtaken"), rows), below=False)
    return True


async def unchanged(ctx: Ctx, filling: Filling) -> bool:
    """Whether a correction changes nothing; the draft then ends, and the report stays as it was."""
    report = await action.unchanged(ctx.work, filling)
    if report is None or filling.row is None:
        return False
    await drafts.drop(ctx, filling.row)
    await drafts.put(ctx, filling.row, (ctx.html("correction-nothing", number=f"L-{report.number}"), []), below=False)
    return True


async def finish(ctx: Ctx, filling: Filling, reason: str, *, below: bool) -> None:
    """Make the new version with the reason, and show it in the place of the draft."""
    row = filling.row
    assert row is not None
    filed = await action.finish(ctx.work, filling, reason)
    drafts.forget(ctx, [row])
    text, rows = receipt(ctx, filed, media=filed.files)
    await ctx.show(drafts.screen_key(row), text, rows, subject=Subject(REPORT, filed.report.id).text, below=below)


async def edited(ctx: Ctx, report: ReportRow, filing: Filing) -> None:
    """Make the new version that an edited message asks for, and say so below it."""
    await attachments.keep(ctx, report=report, filed=True)
    filed = await action.correct(ctx.work, report, filing, "reason-edited")
    text, rows = receipt(ctx, filed, media=filed.files)
    ctx.send(text, rows)


def reason_of(name: str) -> str | None:
    """The reason behind a button, as the key of a text that each reader has in their language."""
    return f"reason-{name}" if f"reason-{name}" in REASONS else None
