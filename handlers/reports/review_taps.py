"""The buttons that concern a whole draft: sending it, changing one of its answers or its post, the name, and its end."""

from __future__ import annotations

from actions.reports import reach
from actions.reports.drafts import Filling, is_promised, post_kind
from core.forms.forms import CONFIDENTIAL, applicable
from core.reports.draft import Stage, without
from core.reports.taps import ChangeTap, ConfideTap, DraftAnewTap, DraftCancelTap, DraftSendTap, OtherPostTap
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx
from handlers.reports import drafts, post_choice
from handlers.reports.filling import advance, show_change
from handlers.reports.filling_taps import resume, resume_at, too_old


async def tap_send(ctx: Ctx, tap: DraftSendTap) -> None:
    """Send what was looked over; of a correction the reason is asked first."""
    filling = await resume_at(ctx, tap, Stage.REVIEW, Stage.REASON)
    if filling is not None:
        ctx.answer()
        await advance(ctx, filling, below=False, send=True)


async def tap_field(ctx: Ctx, tap: ChangeTap) -> None:
    """Open one answer from the review."""
    filling = await resume(ctx, tap)
    if filling is None:
        return
    asked = {one.id: one for one in applicable(filling.form, filling.answers, post_kind(ctx.work, filling))}
    field = asked.get(tap.field_id) if tap.field_id != CONFIDENTIAL else None
    if filling.stage is Stage.FIELD and filling.waiting[:1] == [tap.field_id]:
        ctx.answer()  # the same tap once more
    elif field is None or filling.stage is not Stage.REVIEW:
        too_old(ctx)
    else:
        ctx.answer()
        await show_change(ctx, filling, field, below=False)


async def tap_other_post(ctx: Ctx, tap: OtherPostTap) -> None:
    """Choose another post from the review."""
    filling = await resume_at(ctx, tap, Stage.REVIEW, Stage.POST)
    if filling is None:
        return
    if filling.post is None or len(reach.own(ctx.known, filling.form)) < 2:
        too_old(ctx)
        return
    ctx.answer()
    await post_choice.ask_post(ctx, filling, below=False)


async def tap_confide(ctx: Ctx, tap: ConfideTap) -> None:
    """Keep the name of a report being filled back, or no more; what was promised before cannot be taken away."""
    filling = await resume_at(ctx, tap, Stage.REVIEW)
    if filling is None:
        return
    asked = {field.id for field in applicable(filling.form, filling.answers, post_kind(ctx.work, filling))}
    # The data says what is wanted: a tap that a bad network delivers twice must not take the mark off again.
    if CONFIDENTIAL not in asked or await is_promised(ctx.work, filling):
        too_old(ctx)
        return
    rest_of = without(filling.answers, CONFIDENTIAL)
    filling.answers = {**rest_of, CONFIDENTIAL: True} if tap.wanted else rest_of
    ctx.answer("tap-confided" if tap.wanted else "tap-not-confided")
    await advance(ctx, filling, below=False)


async def tap_cancel(ctx: Ctx, tap: DraftCancelTap) -> None:
    """Drop the draft by its button."""
    row = next((item for item in ctx.drafts if item.id == tap.draft_id), None)
    if row is None:
        ctx.answer(await drafts.gone(ctx), alert=True)
        return
    await drafts.drop(ctx, row)
    ctx.answer("draft-dropped-tap")
    await drafts.put(ctx, row, (ctx.html("draft-dropped"), []), below=False)


async def tap_anew(ctx: Ctx, tap: DraftAnewTap) -> None:
    """Leave a draft and begin the same form anew, in the same message."""
    old = await resume_at(ctx, tap, Stage.OFFER)
    if old is None:
        return
    ctx.answer()
    fresh = Filling(old.form, None, "", old.source, ctx.item.received_at, row=old.row)
    posts = reach.own(ctx.known, old.form)
    fresh.post = posts[0] if len(posts) == 1 else None
    await advance(ctx, fresh, below=False)


TAPS = (
    OnTap(DraftSendTap, tap_send),
    OnTap(ChangeTap, tap_field),
    OnTap(OtherPostTap, tap_other_post),
    OnTap(ConfideTap, tap_confide),
    OnTap(DraftCancelTap, tap_cancel),
    OnTap(DraftAnewTap, tap_anew),
)
