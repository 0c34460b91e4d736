"""The buttons of a report being filled: each reads its draft anew, so that an old or repeated tap does no harm."""

from __future__ import annotations

from actions.reports import reach
from actions.reports.drafts import Filling, filling_of, terms
from actions.reports.quick_answers import quick_answers
from core.evidence.flags import Flag
from core.forms.doubts import suggested
from core.forms.forms import BEHALF, Field
from core.forms.kinds import kind_of
from core.forms.line_grammar import parse_line
from core.forms.problems import Problem, ProblemKey
from core.kit.texts import UserError
from core.reports import taps
from core.reports.draft import Ask, Stage, next_step, without
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx
from handlers.reports import drafts, post_choice
from handlers.reports.filling import advance, show_change
from storage.tables import PostRow


async def resume(ctx: Ctx, tap: taps.DraftTap) -> Filling | None:
    """Find the draft that a button belongs to; None, and answered, when it is gone."""
    row = next((item for item in ctx.drafts if item.id == tap.draft_id), None)
    form = ctx.desk.forms.get(row.form_id) if row is not None else None
    if row is None or form is None:
        ctx.answer(await drafts.gone(ctx), alert=True)
        return None
    post = await reach.find(ctx.work, row.post_id, report_id=row.report_id)
    filling = filling_of(form, row, post)
    if row.post_id is not None and post is None:
        if not reach.own(ctx.known, form) or row.report_id is not None:
            raise UserError("tap-post-gone")
        ctx.answer("tap-post-gone", alert=True)
        await post_choice.ask_post(ctx, filling, below=False, said=ctx.html("post-gone"))
        return None
    return filling


def _placed(filling: Filling) -> bool:
    return filling.post is not None or filling.for_all


async def _asked(ctx: Ctx, tap: taps.FieldTap) -> tuple[Filling, Field] | None:
    """The draft and the field that a button answers; None, and answered, when it fits no question."""
    filling = await resume(ctx, tap)
    if filling is None:
        return None
    field = next((item for item in filling.form.fields if item.id == tap.field_id), None)
    if field is None or not _placed(filling):
        ctx.answer("tap-too-old", alert=True)
        return None
    return filling, field


async def _answered(ctx: Ctx, filling: Filling, field: Field, value: object) -> None:
    """Take an answer by a tap and go on."""
    filling.answers[field.id] = value
    filling.insisted = [item for item in filling.insisted if item != field.id]
    filling.waiting = [item for item in filling.waiting if item != field.id]
    if field.id not in filling.trail and field.required:
        filling.trail.append(field.id)
    ctx.answer()
    await advance(ctx, filling, below=False)


async def tap_choice(ctx: Ctx, tap: taps.ChoiceTap) -> None:
    """Answer a question by its button; of several choices each tap sets or takes away one."""
    found = await _asked(ctx, tap)
    if found is None:
        return
    (filling, field), chosen = found, tap.choice
    kind = kind_of(field)
    after = kind.tapped(field, filling.answers.get(field.id), chosen)
    if after is None:
        ctx.answer("tap-too-old", alert=True)
    elif kind.several:
        filling.answers = {**without(filling.answers, field.id), **({field.id: after} if after else {})}
        ctx.answer()
        await show_change(ctx, filling, field, below=False)
    else:
        await _answered(ctx, filling, field, after)


async def tap_done(ctx: Ctx, tap: taps.ChoicesDoneTap) -> None:
    """Go on from a question with several choices."""
    found = await _asked(ctx, tap)
    if found is not None:
        filling, field = found
        await _answered(ctx, filling, field, filling.answers.get(field.id, []))


async def tap_quick(ctx: Ctx, tap: taps.QuickTap) -> None:
    """Take a quick answer: a number of the last report, the present hour, a name that signed before."""
    found = await _asked(ctx, tap)
    if found is None:
        return
    filling, field = found
    quick = await quick_answers(ctx.work, filling.post, filling.form, field, language=ctx.lang)
    if tap.number >= len(quick):
        ctx.answer("tap-too-old", alert=True)
        return
    await _answered(ctx, filling, field, quick[tap.number][1])


async def tap_insist(ctx: Ctx, tap: taps.InsistTap) -> None:
    """Take a doubtful number as it is: the officer says it is right."""
    found = await _asked(ctx, tap)
    if found is None:
        return
    filling, field = found
    filling.waiting = [item for item in filling.waiting if item != field.id]
    filling.insisted = [*dict.fromkeys([*filling.insisted, field.id])]
    ctx.answer()
    await advance(ctx, filling, below=False)


async def tap_suggestion(ctx: Ctx, tap: taps.SuggestionTap) -> None:
    """Take the number that was probably meant."""
    found = await _asked(ctx, tap)
    if found is None:
        return
    filling, field = found
    step = next_step(filling.form, filling.answers, (), terms(ctx.work, filling), waiting=filling.waiting)
    doubt = step.doubt if isinstance(step, Ask) else None
    if doubt is None or doubt.field != field.id or tap.number not in doubt.suggestions:
        ctx.answer("tap-too-old", alert=True)
        return
    await _answered(ctx, filling, field, suggested(doubt, filling.answers, tap.number))


async def tap_field(ctx: Ctx, tap: taps.ChangeTap) -> None:
    """Open one answer from the review."""
    found = await _asked(ctx, tap)
    if found is not None:
        filling, field = found
        ctx.answer()
        await show_change(ctx, filling, field, below=False)


async def tap_leave(ctx: Ctx, tap: taps.LeaveTap) -> None:
    """Leave an optional answer empty."""
    found = await _asked(ctx, tap)
    if found is None:
        return
    filling, field = found
    if field.required or (field.id == BEHALF and terms(ctx.work, filling).signed):
        ctx.answer("tap-too-old", alert=True)
        return
    filling.answers = without(filling.answers, field.id)
    filling.waiting = [item for item in filling.waiting if item != field.id]
    ctx.answer()
    await advance(ctx, filling, below=False)


async def tap_without(ctx: Ctx, tap: taps.WithoutTap) -> None:
    """Send the line without the optional answer that was not understood."""
    filling = await resume(ctx, tap)
    if filling is None:
        return
    if not filling.waiting or tap.waiting != len(filling.waiting) or not _placed(filling):
        ctx.answer("tap-too-old", alert=True)
        return
    filling.answers = without(filling.answers, filling.waiting[0])
    filling.waiting = filling.waiting[1:]
    ctx.answer()
    await advance(ctx, filling, below=False)


async def tap_back(ctx: Ctx, tap: taps.DraftBackTap) -> None:
    """Go back to the question before, or to the review."""
    filling = await resume(ctx, tap)
    if filling is None:
        return
    ctx.answer()
    here = filling.waiting[0] if filling.waiting else None
    trail = filling.trail
    if filling.stage is Stage.ASK and here in filling.answers:  # a doubtful number: back is without it
        filling.answers, filling.waiting = without(filling.answers, here), []
        await advance(ctx, filling, below=False)
        return
    if filling.stage is Stage.FIELD:
        before = trail[: trail.index(here)] if here in trail else []
        previous = before[-1] if before else None
    else:
        previous = trail[-1] if trail else None
    if previous is None:
        filling.waiting = []
        await advance(ctx, filling, below=False)
    else:
        await show_change(ctx, filling, filling.form.field(previous), below=False)


async def tap_all_choices(ctx: Ctx, tap: taps.AllChoicesTap) -> None:
    """Show every choice of a field, where only the nearest ones were offered."""
    filling = await resume(ctx, tap)
    if filling is not None and _placed(filling):
        ctx.answer()
        await advance(ctx, filling, below=False, afresh=True)


async def tap_send(ctx: Ctx, tap: taps.DraftSendTap) -> None:
    """Send what was looked over."""
    filling = await resume(ctx, tap)
    if filling is not None:
        ctx.answer()
        await advance(ctx, filling, below=False, send=True)


async def tap_post(ctx: Ctx, tap: taps.DraftPostTap) -> None:
    """Choose the post that a draft is about; the line is then read again with that post's kind and numbers."""
    filling = await resume(ctx, tap)
    if filling is None:
        return
    if tap.post == "all" and filling.report_id is None:
        filling.post, filling.flags = None, [*dict.fromkeys([*filling.flags, Flag.ALL.value])]
        ctx.answer()
        await advance(ctx, filling, below=False)
        return
    post = next((item for item in ctx.known.posts if item.id == tap.post), None)
    if post is None or post.kind not in filling.form.posts:
        ctx.answer("tap-not-your-post", alert=True)
        return
    filling.flags = [flag for flag in filling.flags if flag != Flag.ALL]
    ctx.answer()
    await with_post(ctx, filling, post, below=False)


async def tap_other_post(ctx: Ctx, tap: taps.OtherPostTap) -> None:
    """Choose another post from the review."""
    filling = await resume(ctx, tap)
    if filling is not None:
        ctx.answer()
        await post_choice.ask_post(ctx, filling, below=False)


async def with_post(ctx: Ctx, filling: Filling, post: PostRow, *, below: bool) -> None:
    """Go on with a draft whose post is now known: its line is read again, and answers given since are kept."""
    filling.post = post
    parsed = parse_line(filling.form, filling.text, post_kind=post.kind)
    problems: list[Problem] = [item for item in parsed.problems if item.key is not ProblemKey.POST_TWICE]
    filling.answers = {**parsed.answers, **filling.answers}
    filling.waiting = []
    await advance(ctx, filling, problems, below=below)


async def tap_cancel(ctx: Ctx, tap: taps.DraftCancelTap) -> None:
    """Drop the draft by its button."""
    row = next((item for item in ctx.drafts if item.id == tap.draft_id), None)
    if row is None:
        ctx.answer(await drafts.gone(ctx), alert=True)
        return
    await drafts.drop(ctx, row)
    ctx.answer("draft-dropped-tap")
    await drafts.put(ctx, row, (ctx.html("draft-dropped"), []), below=False)


async def tap_go_on(ctx: Ctx, tap: taps.DraftGoOnTap) -> None:
    """Go on with a draft, below what was written since."""
    filling = await resume(ctx, tap)
    if filling is not None:
        ctx.answer()
        await advance(ctx, filling, below=True)


async def tap_anew(ctx: Ctx, tap: taps.DraftAnewTap) -> None:
    """Leave a draft and begin the same form anew, in the same message."""
    old = await resume(ctx, tap)
    if old is None:
        return
    ctx.answer()
    fresh = Filling(old.form, None, "", old.source, ctx.item.received_at, row=old.row)
    posts = reach.own(ctx.known, old.form)
    fresh.post = posts[0] if len(posts) == 1 else None
    await advance(ctx, fresh, below=False)


TAPS = (
    OnTap(taps.ChoiceTap, tap_choice), OnTap(taps.ChoicesDoneTap, tap_done), OnTap(taps.QuickTap, tap_quick),
    OnTap(taps.InsistTap, tap_insist), OnTap(taps.SuggestionTap, tap_suggestion), OnTap(taps.ChangeTap, tap_field),
    OnTap(taps.LeaveTap, tap_leave), OnTap(taps.WithoutTap, tap_without), OnTap(taps.DraftBackTap, tap_back),
    OnTap(taps.AllChoicesTap, tap_all_choices), OnTap(taps.DraftSendTap, tap_send), OnTap(taps.DraftPostTap, tap_post),
    OnTap(taps.OtherPostTap, tap_other_post), OnTap(taps.DraftCancelTap, tap_cancel), OnTap(taps.DraftAnewTap, tap_anew),
)  # fmt: skip
