"""The buttons of a correction: opening a report to be corrected, and giving the reason."""

from __future__ import annotations

from actions.reports.correcting import begin
from actions.reports.drafts import step
from core.reports.draft import Ask, Stage
from core.reports.taps import CorrectionReasonTap, CorrectTap
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx
from handlers.reports import correcting
from handlers.reports.filling import advance, show_review
from handlers.reports.filling_taps import resume


async def tap_reason(ctx: Ctx, tap: CorrectionReasonTap) -> None:
    """Give the reason of a correction by its button."""
    filling = await resume(ctx, tap)
    if filling is None:
        return
    reason = correcting.reason_of(tap.reason)
    if reason is None or filling.stage is not Stage.REASON:
        ctx.answer("tap-too-old", alert=True)
        return
    if await correcting.overtaken(ctx, filling):
        ctx.answer("correction-overtaken", alert=True)
        return
    ctx.answer()
    if isinstance(step(ctx.work, filling), Ask):  # the form has changed since it was looked over
        await advance(ctx, filling, below=False)
        return
    await correcting.finish(ctx, filling, reason, below=False)


async def tap_correct(ctx: Ctx, tap: CorrectTap) -> None:
    """Open one of the person's own reports to be corrected."""
    filling = await begin(ctx.work, tap.report_id)
    ctx.answer()
    await show_review(ctx, filling, below=True)


TAPS = (OnTap(CorrectTap, tap_correct), OnTap(CorrectionReasonTap, tap_reason))
