"""The buttons of a report being filled: each reads its draft anew, so that an old or repeated tap does no harm."""

from __future__ import annotations

from actions.reports import reach
from actions.reports.drafts import Filling, at, filling_of, may_answer, terms
from actions.reports.quick_answers import quick_answers
from core.evidence.flags import Flag
from core.forms.doubts import Doubt, suggested
from core.forms.forms import BEHALF, Field, Value
from core.forms.kinds import kind_of
from core.forms.line_grammar import parse_line
from core.forms.problems import Problem, ProblemKey
from core.kit.texts import UserError
from core.reports import taps
from core.reports.draft import LINE, Ask, Stage, next_step, without
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


def too_old(ctx: Ctx) -> None:
    """Say that a button fits no more what the draft asks now."""
    ctx.answer("tap-too-old", alert=True)


async def resume_at(ctx: Ctx, tap: taps.DraftTap, *stages: Stage) -> Filling | None:
    """Find the draft that a button belongs to, if its message shows such buttons; else None, and answered."""
    filling = await resume(ctx, tap)
    if filling is not None and filling.stage not in stages:
        too_old(ctx)
        return None
    return filling


async def _asked(ctx: Ctx, tap: taps.FieldTap) -> tuple[Filling, Field] | None:
    """The draft and the field that a button answers; None, and answered, when it fits no question of the form."""
    filling = await resume(ctx, tap)
    if filling is None:
        return None
    field = next((item for item in filling.form.fields if item.id == tap.field_id), None)
    if field is None or not _placed(filling):
        too_old(ctx)
        return None
    return filling, field


def _must(ctx: Ctx, filling: Filling, field: Field) -> bool:
    """Whether a report cannot be sent without this answer."""
    return field.required or (field.id == BEHALF and terms(ctx.work, filling).signed)


async def _take(ctx: Ctx, filling: Filling, field: Field, value: Value | None) -> None:
    """Take an answer by a tap and go on, where it answers the question that is open; else only say so.

    A tap that a bad network delivers twice is met with silence.
    """
    if value is not None and not at(filling, field) and filling.answers.get(field.id) == value:
        ctx.answer()
        return
    if value is None or not may_answer(ctx.work, filling, field, value):
        too_old(ctx)
        return
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
    filling, field = found
    kind = kind_of(field)
    after = kind.tapped(field, filling.answers.get(field.id), tap.choice)
    if not kind.several:
        await _take(ctx, filling, field, after)
    elif after is None or not (may_answer(ctx.work, filling, field, after) if after else at(filling, field)):
        too_old(ctx)
    else:
        filling.answers = {**without(filling.answers, field.id), **({field.id: after} if after else {})}
        ctx.answer()
        await show_change(ctx, filling, field, below=False)


async def tap_done(ctx: Ctx, tap: taps.ChoicesDoneTap) -> None:
    """Go on from a question with several choices, of which some are chosen."""
    found = await _asked(ctx, tap)
    if found is not None:
        filling, field = found
        await _take(ctx, filling, field, filling.answers.get(field.id) if kind_of(field).several else None)


async def tap_quick(ctx: Ctx, tap: taps.QuickTap) -> None:
    """Take a quick answer: a number of the last report, the present hour, a name that signed before."""
    found = await _asked(ctx, tap)
    if found is None:
        return
    filling, field = found
    quick = await quick_answers(ctx.work, filling.post, filling.form, field, language=ctx.lang)
    await _take(ctx, filling, field, quick[tap.number][1] if tap.number < len(quick) else None)


def _doubt(ctx: Ctx, filling: Filling, field: Field) -> Doubt | None:
    """What is doubtful about the answer to this field, if that is what is asked now."""
    step = next_step(filling.form, filling.answers, (), terms(ctx.work, filling), waiting=filling.waiting)
    doubt = step.doubt if isinstance(step, Ask) else None
    return doubt if doubt is not None and doubt.field == field.id and at(filling, field) else None


async def tap_insist(ctx: Ctx, tap: taps.InsistTap) -> None:
    """Take a doubtful number as it is: the officer says it is right."""
    found = await _asked(ctx, tap)
    if found is None:
        return
    filling, field = found
    if field.id in filling.insisted:
        ctx.answer()
    elif _doubt(ctx, filling, field) is None:
        too_old(ctx)
    else:
        filling.waiting = [item for item in filling.waiting if item != field.id]
        filling.insisted = [*filling.insisted, field.id]
        ctx.answer()
        await advance(ctx, filling, below=False)


async def tap_suggestion(ctx: Ctx, tap: taps.SuggestionTap) -> None:
    """Take the number that was probably meant."""
    found = await _asked(ctx, tap)
    if found is None:
        return
    filling, field = found
    doubt = _doubt(ctx, filling, field)
    if doubt is not None and tap.number in doubt.suggestions:
        await _take(ctx, filling, field, suggested(doubt, filling.answers, tap.number))
    else:
        too_old(ctx)


async def tap_leave(ctx: Ctx, tap: taps.LeaveTap) -> None:
    """Leave an optional answer empty."""
    found = await _asked(ctx, tap)
    if found is None:
        return
    filling, field = found
    if not at(filling, field) and field.id not in filling.answers:
        ctx.answer()
        return
    if not at(filling, field) or not filling.reviewed or _must(ctx, filling, field):
        too_old(ctx)
        return
    filling.answers = without(filling.answers, field.id)
    filling.waiting = [item for item in filling.waiting if item != field.id]
    ctx.answer()
    await advance(ctx, filling, below=False)


async def tap_without(ctx: Ctx, tap: taps.WithoutTap) -> None:
    """Send the line without the optional answer that was not understood."""
    filling = await resume_at(ctx, tap, Stage.ASK)
    if filling is None:
        return
    first = filling.waiting[0] if filling.waiting and tap.waiting == len(filling.waiting) else None
    field = next((item for item in filling.form.fields if item.id == first), None)
    offered = first == LINE or (field is not None and not filling.reviewed and not _must(ctx, filling, field))
    if first is None or not offered or not _placed(filling):
        too_old(ctx)
        return
    filling.answers = without(filling.answers, first)
    filling.waiting = filling.waiting[1:]
    ctx.answer()
    await advance(ctx, filling, below=False)


async def tap_back(ctx: Ctx, tap: taps.DraftBackTap) -> None:
    """Go back to the question before, or to the review."""
    filling = await resume_at(ctx, tap, Stage.ASK, Stage.FIELD, Stage.POST, Stage.REVIEW)
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
    found = await _asked(ctx, tap)
    if found is None:
        return
    filling, field = found
    if not at(filling, field):
        too_old(ctx)
        return
    ctx.answer()
    await advance(ctx, filling, below=False, afresh=True)


async def tap_post(ctx: Ctx, tap: taps.DraftPostTap) -> None:
    """Choose the post that a draft is about; the line is then read again with that post's kind and numbers."""
    filling = await resume(ctx, tap)
    if filling is None:
        return
    post = next((item for item in reach.own(ctx.known, filling.form) if item.id == tap.post), None)
    if post is None and not (tap.post == "all" and post_choice.offers_all(ctx, filling)):
        ctx.answer("tap-not-your-post", alert=True)
        return
    if filling.stage is not Stage.POST:
        chosen = filling.post is post and filling.for_all is (post is None)
        ctx.answer() if chosen else too_old(ctx)
        return
    if post is None:
        filling.post, filling.flags = None, [*dict.fromkeys([*filling.flags, Flag.ALL.value])]
        ctx.answer()
        await advance(ctx, filling, below=False)
        return
    filling.flags = [flag for flag in filling.flags if flag != Flag.ALL]
    ctx.answer()
    await with_post(ctx, filling, post, below=False)


async def with_post(ctx: Ctx, filling: Filling, post: PostRow, *, below: bool) -> None:
    """Go on with a draft whose post is now known: its line is read again, and answers given since are kept."""
    filling.post = post
    parsed = parse_line(filling.form, filling.text, post_kind=post.kind)
    problems: list[Problem] = [item for item in parsed.problems if item.key is not ProblemKey.POST_TWICE]
    filling.answers = {**parsed.answers, **filling.answers}
    filling.waiting = []
    await advance(ctx, filling, problems, below=below)


async def tap_go_on(ctx: Ctx, tap: taps.DraftGoOnTap) -> None:
    """Go on with a draft, below what was written since."""
    filling = await resume(ctx, tap)
    if filling is not None:
        ctx.answer()
        await advance(ctx, filling, below=True)


TAPS = (
    OnTap(taps.ChoiceTap, tap_choice), OnTap(taps.ChoicesDoneTap, tap_done), OnTap(taps.QuickTap, tap_quick),
    OnTap(taps.InsistTap, tap_insist), OnTap(taps.SuggestionTap, tap_suggestion), OnTap(taps.LeaveTap, tap_leave),
    OnTap(taps.WithoutTap, tap_without), OnTap(taps.DraftBackTap, tap_back), OnTap(taps.AllChoicesTap, tap_all_choices),
    OnTap(taps.DraftPostTap, tap_post),
)  # fmt: skip
