"""The buttons of a report being filled: each reads its draft anew, so that an old or repeated tap does no harm."""

from __future__ import annotations

from core.draft import Ask, Stage, next_step, without
from core.flags import Flag
from core.forms import BEHALF, Field
from core.grammar import parse_line
from core.kinds import kind_of
from core.problems import Problem, ProblemKey
from core.quality import suggested
from core.texts import UserError
from handlers import choosing
from handlers.drafting import advance, show_change, terms
from handlers.drafts import Filling, drop, filling_of, gone, put
from handlers.quick import quick_answers
from handlers.scope import Ctx, read_key
from storage.tables import PostRow


async def resume(ctx: Ctx, rest: str) -> tuple[Filling, list[str]] | None:
    """Find the draft that a button belongs to, with what else its data says; None, and answered, when it is gone."""
    draft_id, *arguments = rest.split(":")
    row = next((item for item in ctx.drafts if str(item.id) == draft_id), None)
    form = ctx.desk.forms.get(row.form_id) if row is not None else None
    if row is None or form is None:
        ctx.answer(await gone(ctx), alert=True)
        return None
    post = await choosing.post_of(ctx, row.post_id, report_id=row.report_id)
    filling = filling_of(form, row, post)
    if row.post_id is not None and post is None:
        if not choosing.own_posts(ctx, form) or row.report_id is not None:
            raise UserError("tap-post-gone")
        ctx.answer("tap-post-gone", alert=True)
        await choosing.ask_post(ctx, filling, below=False, said=ctx.html("post-gone"))
        return None
    return filling, arguments


def _placed(filling: Filling) -> bool:
    return filling.post is not None or filling.for_all


async def _asked(ctx: Ctx, rest: str, count: int) -> tuple[Filling, Field, list[str]] | None:
    """The draft and the field that a button answers; None, and answered, when the data fits no question."""
    found = await resume(ctx, rest)
    if found is None:
        return None
    filling, arguments = found
    field = next((item for item in filling.form.fields if arguments and item.id == arguments[0]), None)
    if field is None or len(arguments) != count or not _placed(filling):
        ctx.answer("tap-too-old", alert=True)
        return None
    return filling, field, arguments


async def _answered(ctx: Ctx, filling: Filling, field: Field, value: object) -> None:
    """Take an answer by a tap and go on."""
    filling.answers[field.id] = value
    filling.insisted = [item for item in filling.insisted if item != field.id]
    filling.waiting = [item for item in filling.waiting if item != field.id]
    if field.id not in filling.trail and field.required:
        filling.trail.append(field.id)
    ctx.answer()
    await advance(ctx, filling, below=False)


async def tap_choice(ctx: Ctx, rest: str) -> None:
    """Answer a question by its button; of several choices each tap sets or takes away one."""
    found = await _asked(ctx, rest, 2)
    if found is None:
        return
    filling, field, (_, chosen) = found
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


async def tap_done(ctx: Ctx, rest: str) -> None:
    """Go on from a question with several choices."""
    found = await _asked(ctx, rest, 1)
    if found is not None:
        filling, field, _ = found
        await _answered(ctx, filling, field, filling.answers.get(field.id, []))


async def tap_quick(ctx: Ctx, rest: str) -> None:
    """Take a quick answer: a number of the last report, the present hour, a name that signed before."""
    found = await _asked(ctx, rest, 2)
    if found is None:
        return
    filling, field, (_, number) = found
    quick = await quick_answers(ctx, filling.post, filling.form, field)
    index = read_key(number)
    if index is None or index >= len(quick):
        ctx.answer("tap-too-old", alert=True)
        return
    await _answered(ctx, filling, field, quick[index][1])


async def tap_insist(ctx: Ctx, rest: str) -> None:
    """Take a doubtful number as it is: the officer says it is right."""
    found = await _asked(ctx, rest, 1)
    if found is None:
        return
    filling, field, _ = found
    filling.waiting = [item for item in filling.waiting if item != field.id]
    filling.insisted = [*dict.fromkeys([*filling.insisted, field.id])]
    ctx.answer()
    await advance(ctx, filling, below=False)


async def tap_suggestion(ctx: Ctx, rest: str) -> None:
    """Take the number that was probably meant."""
    found = await _asked(ctx, rest, 2)
    if found is None:
        return
    filling, field, (_, number) = found
    step = next_step(filling.form, filling.answers, (), await terms(ctx, filling), waiting=filling.waiting)
    doubt = step.doubt if isinstance(step, Ask) else None
    if doubt is None or doubt.field != field.id or read_key(number) not in doubt.suggestions:
        ctx.answer("tap-too-old", alert=True)
        return
    await _answered(ctx, filling, field, suggested(doubt, filling.answers, int(number)))


async def tap_field(ctx: Ctx, rest: str) -> None:
    """Open one answer from the review."""
    found = await _asked(ctx, rest, 1)
    if found is not None:
        filling, field, _ = found
        ctx.answer()
        await show_change(ctx, filling, field, below=False)


async def tap_leave(ctx: Ctx, rest: str) -> None:
    """Leave an optional answer empty."""
    found = await _asked(ctx, rest, 1)
    if found is None:
        return
    filling, field, _ = found
    if field.required or (field.id == BEHALF and (await terms(ctx, filling)).signed):
        ctx.answer("tap-too-old", alert=True)
        return
    filling.answers = without(filling.answers, field.id)
    filling.waiting = [item for item in filling.waiting if item != field.id]
    ctx.answer()
    await advance(ctx, filling, below=False)


async def tap_without(ctx: Ctx, rest: str) -> None:
    """Send the line without the optional answer that was not understood."""
    found = await resume(ctx, rest)
    if found is None:
        return
    filling, arguments = found
    if not filling.waiting or arguments != [str(len(filling.waiting))] or not _placed(filling):
        ctx.answer("tap-too-old", alert=True)
        return
    filling.answers = without(filling.answers, filling.waiting[0])
    filling.waiting = filling.waiting[1:]
    ctx.answer()
    await advance(ctx, filling, below=False)


async def tap_back(ctx: Ctx, rest: str) -> None:
    """Go back to the question before, or to the review."""
    found = await resume(ctx, rest)
    if found is None:
        return
    filling, _ = found
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


async def tap_all_choices(ctx: Ctx, rest: str) -> None:
    """Show every choice of a field, where only the nearest ones were offered."""
    found = await resume(ctx, rest)
    if found is not None and _placed(found[0]):
        ctx.answer()
        await advance(ctx, found[0], below=False, afresh=True)


async def tap_send(ctx: Ctx, rest: str) -> None:
    """Send what was looked over."""
    found = await resume(ctx, rest)
    if found is not None:
        ctx.answer()
        await advance(ctx, found[0], below=False, send=True)


async def tap_post(ctx: Ctx, rest: str) -> None:
    """Choose the post that a draft is about; the line is then read again with that post's kind and numbers."""
    found = await resume(ctx, rest)
    if found is None:
        return
    filling, arguments = found
    if arguments == ["all"] and filling.report_id is None:
        filling.post, filling.flags = None, [*dict.fromkeys([*filling.flags, Flag.ALL.value])]
        ctx.answer()
        await advance(ctx, filling, below=False)
        return
    post = next((item for item in ctx.known.posts if [str(item.id)] == arguments), None)
    if post is None or post.kind not in filling.form.posts:
        ctx.answer("tap-not-your-post", alert=True)
        return
    filling.flags = [flag for flag in filling.flags if flag != Flag.ALL]
    ctx.answer()
    await with_post(ctx, filling, post, below=False)


async def tap_other_post(ctx: Ctx, rest: str) -> None:
    """Choose another post from the review."""
    found = await resume(ctx, rest)
    if found is not None:
        ctx.answer()
        await choosing.ask_post(ctx, found[0], below=False)


async def with_post(ctx: Ctx, filling: Filling, post: PostRow, *, below: bool) -> None:
    """Go on with a draft whose post is now known: its line is read again, and answers given since are kept."""
    filling.post = post
    parsed = parse_line(filling.form, filling.text, post_kind=post.kind)
    problems: list[Problem] = [item for item in parsed.problems if item.key is not ProblemKey.POST_TWICE]
    filling.answers = {**parsed.answers, **filling.answers}
    filling.waiting = []
    await advance(ctx, filling, problems, below=below)


async def tap_cancel(ctx: Ctx, rest: str) -> None:
    """Drop the draft by its button."""
    row = next((item for item in ctx.drafts if str(item.id) == rest), None)
    if row is None:
        ctx.answer(await gone(ctx), alert=True)
        return
    await drop(ctx, row)
    ctx.answer("draft-dropped-tap")
    await put(ctx, row, (ctx.html("draft-dropped"), []), below=False)


async def tap_go_on(ctx: Ctx, rest: str) -> None:
    """Go on with a draft, below what was written since."""
    found = await resume(ctx, rest)
    if found is not None:
        ctx.answer()
        await advance(ctx, found[0], below=True)


async def tap_anew(ctx: Ctx, rest: str) -> None:
    """Leave a draft and begin the same form anew, in the same message."""
    found = await resume(ctx, rest)
    if found is None:
        return
    old, _ = found
    ctx.answer()
    fresh = Filling(old.form, None, "", old.source, ctx.item.received_at, row=old.row)
    posts = choosing.own_posts(ctx, old.form)
    fresh.post = posts[0] if len(posts) == 1 else None
    await advance(ctx, fresh, below=False)


TAPS = {
    "dc": tap_choice, "dk": tap_done, "dq": tap_quick, "di": tap_insist, "dv": tap_suggestion, "df": tap_field,
    "dl": tap_leave, "ds": tap_without, "db": tap_back, "da": tap_all_choices, "dz": tap_send, "dp": tap_post,
    "dw": tap_other_post, "dx": tap_cancel, "dn": tap_anew,
}  # fmt: skip
