"""The buttons of a correction: opening a report to be corrected, and giving the reason."""

from __future__ import annotations

from core.draft import Stage
from handlers import correcting
from handlers.draft_taps import resume
from handlers.drafting import show_review
from handlers.scope import Ctx, read_key


async def tap_reason(ctx: Ctx, rest: str) -> None:
    """Give the reason of a correction by its button."""
    found = await resume(ctx, rest)
    if found is None:
        return
    filling, arguments = found
    reason = correcting.reason_of(arguments[0]) if len(arguments) == 1 else None
    if reason is None or filling.stage is not Stage.REASON:
        ctx.answer("tap-too-old", alert=True)
        return
    if await correcting.overtaken(ctx, filling):
        ctx.answer("correction-overtaken", alert=True)
        return
    ctx.answer()
    await correcting.finish(ctx, filling, reason, below=False)


async def tap_correct(ctx: Ctx, rest: str) -> None:
    """Open one of the person's own reports to be corrected."""
    filling = await correcting.filling_for(ctx, read_key(rest))
    ctx.answer()
    await show_review(ctx, filling, below=True)


TAPS = {"co": tap_correct, "dr": tap_reason}
