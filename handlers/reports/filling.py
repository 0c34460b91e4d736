"""Filling a report: what is still missing is asked for, by buttons or typed, until it can be filed."""

from __future__ import annotations

from collections.abc import Sequence

from actions.reports import drafts, reach
from actions.reports.drafts import Filling, filling_of
from actions.reports.filing import opens
from actions.reports.quick_answers import quick_answers
from core.evidence.flags import Flag, insisted
from core.forms.fields import Field
from core.forms.problems import Problem
from core.kit.geo import distance_m
from core.kit.shortening import distance_text
from core.reports.draft import Ask, Complete, Stage, next_step
from handlers.kit.scope import Ctx
from handlers.reports import correcting, post_choice
from handlers.reports import drafts as draft_screens
from handlers.reports.attachments import comes_with_media, number_of
from handlers.reports.questions import QuestionView, change, question
from handlers.reports.receipt import confirm, confirm_all
from handlers.reports.review import Review, review
from storage import evidence
from storage.reports import corrections, reports
from storage.tables import DraftRow


async def advance(
    ctx: Ctx,
    filling: Filling,
    problems: Sequence[Problem] = (),
    *,
    below: bool = True,
    send: bool = False,
    afresh: bool = False,
) -> None:
    """File the report if nothing is missing, else keep it and ask one question, or show the review.

    `below` moves the draft's message below what was typed since; a tap edits it where it is. `send` files what was reviewed.
    `afresh` asks as if the line had said nothing of it: with every choice, where only the nearest were offered.
    """
    if filling.post is None and not filling.for_all:
        await post_choice.ask_post(ctx, filling, below=below)
        return
    step = drafts.step(ctx.work, filling, problems, afresh=afresh)
    if isinstance(step, Ask):
        filling.waiting = list(step.waiting)
        row = draft_screens.keep(ctx, filling, Stage.ASK)
        await draft_screens.put(ctx, row, question(ctx, await view(ctx, filling, row, step.field), step), below=below)
    elif filling.reviewed and not send:
        await show_review(ctx, filling, below=below)
    else:
        await _finish(ctx, filling, below=below)


async def view(ctx: Ctx, filling: Filling, row: DraftRow, one: Field | None) -> QuestionView:
    """What a question about this draft is put with."""
    name = filling.post.name if filling.post else ctx.label("all-posts")
    quick = await quick_answers(ctx.work, filling.post, filling.form, one, language=ctx.lang) if one is not None else []
    fresh = not filling.text.strip() and not filling.answers and filling.report_id is None
    return QuestionView(
        row.id,
        filling.form,
        name,
        filling.answers,
        quick,
        fresh=fresh,
        guided=filling.reviewed,
        back=filling.reviewed and (filling.stage is Stage.FIELD or bool(filling.trail) or not fresh),
        signed=drafts.terms(ctx.work, filling).signed,
    )


async def show_review(ctx: Ctx, filling: Filling, *, below: bool) -> None:
    """Show everything that would be sent, each answer a button."""
    filling.waiting = []
    row = draft_screens.keep(ctx, filling, Stage.REVIEW)
    several = filling.post is not None and len(reach.own(ctx.known, filling.form)) > 1
    more = Review(
        post_kind=drafts.post_kind(ctx.work, filling),
        several_posts=several,
        flags=[*filling.flags, *map(insisted, filling.insisted)],
        media=await evidence.count(ctx.tx, draft_source=filling.source),
        place=_place(ctx, filling),
        number=await _number(ctx, filling),
        promised=await drafts.is_promised(ctx.work, filling),
    )
    await draft_screens.put(ctx, row, review(ctx, await view(ctx, filling, row, None), more), below=below)


async def _number(ctx: Ctx, filling: Filling) -> str | None:
    """The number of the report that is corrected."""
    report = await reports.by_id(ctx.tx, filling.report_id) if filling.report_id is not None else None
    if report is None:
        return None
    return number_of(report, await corrections.incident_of(ctx.tx, report.id))


def _place(ctx: Ctx, filling: Filling) -> str | None:
    fix, post = filling.fix, filling.post
    if fix is None or post is None or post.lat is None or post.lon is None:
        return None
    return distance_text(ctx.lang, distance_m((fix.lat, fix.lon), (post.lat, post.lon)))


async def show_change(ctx: Ctx, filling: Filling, one: Field, *, below: bool) -> None:
    """Ask for one answer anew, on the way to the review."""
    filling.waiting = [one.id]
    row = draft_screens.keep(ctx, filling, Stage.FIELD)
    await draft_screens.put(ctx, row, change(ctx, await view(ctx, filling, row, one), one), below=below)


async def refresh(ctx: Ctx, row: DraftRow) -> None:
    """Show a draft's message anew, below what came since; a file or a place belongs to it now."""
    form = ctx.desk.forms.get(row.form_id)
    if form is None:
        return
    filling = filling_of(form, row, await reach.find(ctx.work, row.post_id, report_id=row.report_id))
    if filling.stage is Stage.POST:
        await post_choice.ask_post(ctx, filling)
    elif filling.stage is Stage.FIELD and filling.waiting:
        await show_change(ctx, filling, form.field(filling.waiting[0]), below=True)
    elif isinstance(
        next_step(form, filling.answers, (), drafts.terms(ctx.work, filling), waiting=filling.waiting), Complete
    ):
        await show_review(ctx, filling, below=True)
    else:
        await advance(ctx, filling)


async def _finish(ctx: Ctx, filling: Filling, *, below: bool) -> None:
    """File what is complete: as a correction, for several posts, or for one."""
    if filling.report_id is not None:
        draft_screens.keep(ctx, filling, Stage.REASON)
        if not await correcting.unchanged(ctx, filling):
            await correcting.ask_reason(ctx, filling, below=below)
        return
    if filling.post is None and opens(ctx.desk.routing, filling.form, filling.answers) is not None:
        filling.flags = [flag for flag in filling.flags if flag != Flag.ALL]
        await post_choice.ask_post(ctx, filling, below=below, said=ctx.html("all-one-by-one"))
        return
    if filling.row is not None and await reports.by_source(ctx.tx, filling.source) is not None:
        await draft_screens.drop(ctx, filling.row)
        await draft_screens.put(ctx, filling.row, (ctx.html("tap-draft-gone"), []), below=below)
        return
    shown = filling.row
    ended = [item for item in ctx.drafts if drafts.superseded(item, filling)]
    filed = await drafts.send(ctx.work, filling, ended, media=int(comes_with_media(ctx)))
    draft_screens.forget(ctx, ended)
    key = draft_screens.screen_key(shown) if shown is not None else None
    if filling.post is None:
        await confirm_all(ctx, filed, key=key, below=below)
    else:
        await confirm(ctx, filed[0], key=key, below=below)
