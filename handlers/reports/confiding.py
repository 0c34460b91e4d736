"""The button in the review by which an officer asks that the name be kept back."""

from __future__ import annotations

from actions.reports.drafts import is_promised
from core.forms.forms import CONFIDENTIAL, applicable
from core.reports.draft import without
from core.reports.taps import ConfideTap
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx
from handlers.reports.filling import advance
from handlers.reports.filling_taps import resume


async def tap_confide(ctx: Ctx, tap: ConfideTap) -> None:
    """Keep the name of a report being filled back, or no more; what was promised before cannot be taken away."""
    filling = await resume(ctx, tap)
    if filling is None:
        return
    kind = filling.post.kind if filling.post is not None else None
    asked = {field.id for field in applicable(filling.form, filling.answers, kind)}
    # The data says what is wanted: a tap that a bad network delivers twice must not take the mark off again.
    if CONFIDENTIAL not in asked or await is_promised(ctx.work, filling):
        ctx.answer("tap-too-old", alert=True)
        return
    rest_of = without(filling.answers, CONFIDENTIAL)
    filling.answers = {**rest_of, CONFIDENTIAL: True} if tap.wanted else rest_of
    ctx.answer("tap-confided" if tap.wanted else "tap-not-confided")
    await advance(ctx, filling, below=False)


TAPS = (OnTap(ConfideTap, tap_confide),)
