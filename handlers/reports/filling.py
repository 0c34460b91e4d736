"""Filling a report: what is still missing is asked for, by buttons or typed, until it can be filed."""

from __future__ import annotations

from collections.abc import Sequence

from core.evidence.flags import Flag, insisted
from core.forms.forms import CONFIDENTIAL, Field
from core.forms.line_grammar import parse_line
from core.forms.problems import Problem
from core.kit.geo import distance_m
from core.privacy.confiding import confides
from core.reports.draft import Ask, Complete, Stage, Terms, fitting, next_step, without
from handlers.kit.scope import Ctx
from handlers.reports import correcting, post_choice
from handlers.reports.attachments import number_of
from handlers.reports.drafts import Filling, attributes_of, drop, filing_of, filling_of, keep, put, slot_key
from handlers.reports.filing import distance_text, opens
from handlers.reports.questions import QuestionView, change, question
from handlers.reports.quick_answers import quick_answers
from handlers.reports.receipt import file_and_confirm, file_for_all
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
    if filling.reviewed:
        filling.answers = fitting(filling.form, filling.answers, await _kind(ctx, filling))
    known = [*problems, *([] if afresh else await _remembered(ctx, filling))]
    step = next_step(filling.form, filling.answers, known, await terms(ctx, filling), waiting=filling.waiting)
    if isinstance(step, Ask):
        filling.waiting = list(step.waiting)
        row = await keep(ctx, filling, Stage.ASK)
        await put(ctx, row, question(ctx, await view(ctx, filling, row, step.field), step), below=below)
    elif filling.reviewed and not send:
        await show_review(ctx, filling, below=below)
    else:
        await _finish(ctx, filling, below=below)


async def _remembered(ctx: Ctx, filling: Filling) -> list[Problem]:
    """What was wrong in the typed line with the answers that are still awaited."""
    if not filling.text.strip() or not filling.waiting:
        return []
    parsed = parse_line(filling.form, filling.text, post_kind=await _kind(ctx, filling))
    return [item for item in parsed.problems if item.field in filling.waiting and item.field not in filling.answers]


async def terms(ctx: Ctx, filling: Filling) -> Terms:
    """What the answers are checked against."""
    post = filling.post
    foreign = post is not None and all(post.id != own.id for own in ctx.known.posts)
    signed = ctx.known.row.shared or (foreign and filling.report_id is None)
    return Terms(await _kind(ctx, filling), attributes_of(post), filling.insisted, signed=signed)


async def _kind(ctx: Ctx, filling: Filling) -> str | None:
    """The kind of post that decides which questions apply; none where several kinds are meant."""
    if filling.post is not None:
        return filling.post.kind
    kinds = {post.kind for post in post_choice.own_posts(ctx, filling.form)}
    return kinds.pop() if len(kinds) == 1 else None


async def view(ctx: Ctx, filling: Filling, row: DraftRow, one: Field | None) -> QuestionView:
    """What a question about this draft is put with."""
    name = filling.post.name if filling.post else ctx.label("all-posts")
    quick = await quick_answers(ctx, filling.post, filling.form, one) if one is not None else []
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
        signed=(await terms(ctx, filling)).signed,
    )


async def show_review(ctx: Ctx, filling: Filling, *, below: bool) -> None:
    """Show everything that would be sent, each answer a button."""
    filling.waiting = []
    row = await keep(ctx, filling, Stage.REVIEW)
    several = filling.post is not None and len(post_choice.own_posts(ctx, filling.form)) > 1
    more = Review(
        post_kind=await _kind(ctx, filling),
        several_posts=several,
        flags=[*filling.flags, *map(insisted, filling.insisted)],
        media=await evidence.count(ctx.tx, draft_source=filling.source),
        place=_place(ctx, filling),
        number=await _number(ctx, filling),
        promised=await is_promised(ctx, filling),
    )
    await put(ctx, row, review(ctx, await view(ctx, filling, row, None), more), below=below)


async def is_promised(ctx: Ctx, filling: Filling) -> bool:
    """Whether the reporter's name is kept back whatever is marked now: by the category, or since an older version."""
    routing = ctx.desk.routing
    if confides(filling.form, routing, without(filling.answers, CONFIDENTIAL)):
        return True
    report = await reports.by_id(ctx.tx, filling.report_id) if filling.report_id is not None else None
    if report is None:
        return False
    incident = await corrections.incident_of(ctx.tx, report.id)
    return (incident is not None and incident.confidential) or confides(filling.form, routing, report.answers)


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
    return distance_text(ctx, distance_m((fix.lat, fix.lon), (post.lat, post.lon)))


async def show_change(ctx: Ctx, filling: Filling, one: Field, *, below: bool) -> None:
    """Ask for one answer anew, on the way to the review."""
    filling.waiting = [one.id]
    row = await keep(ctx, filling, Stage.FIELD)
    await put(ctx, row, change(ctx, await view(ctx, filling, row, one), one), below=below)


async def refresh(ctx: Ctx, row: DraftRow) -> None:
    """Show a draft's message anew, below what came since; a file or a place belongs to it now."""
    form = ctx.desk.forms.get(row.form_id)
    if form is None:
        return
    filling = filling_of(form, row, await post_choice.post_of(ctx, row.post_id, report_id=row.report_id))
    if filling.stage is Stage.POST:
        await post_choice.ask_post(ctx, filling)
    elif filling.stage is Stage.FIELD and filling.waiting:
        await show_change(ctx, filling, form.field(filling.waiting[0]), below=True)
    elif isinstance(next_step(form, filling.answers, (), await terms(ctx, filling), waiting=filling.waiting), Complete):
        await show_review(ctx, filling, below=True)
    else:
        await advance(ctx, filling)


def superseded(row: DraftRow, filling: Filling) -> bool:
    """Whether a complete report says what a draft began to say: the same message, or the line typed once more."""
    if row.source == filling.source:
        return True
    post_id = filling.post.id if filling.post else None
    same_place = row.form_id == filling.form.id and row.post_id in (None, post_id) and row.report_id is None
    return same_place and all(filling.answers.get(key) == value for key, value in row.answers.items())


async def _finish(ctx: Ctx, filling: Filling, *, below: bool) -> None:
    """File what is complete: as a correction, for several posts, or for one."""
    if filling.report_id is not None:
        await keep(ctx, filling, Stage.REASON)
        if not await correcting.unchanged(ctx, filling):
            await correcting.ask_reason(ctx, filling, below=below)
        return
    if filling.post is None and opens(ctx, filling.form, filling.answers) is not None:
        filling.flags = [flag for flag in filling.flags if flag != Flag.ALL]
        await post_choice.ask_post(ctx, filling, below=below, said=ctx.html("all-one-by-one"))
        return
    if filling.row is not None and await reports.by_source(ctx.tx, filling.source) is not None:
        await drop(ctx, filling.row)
        await put(ctx, filling.row, (ctx.html("tap-draft-gone"), []), below=below)
        return
    shown = filling.row
    if shown is not None and filling.reviewed:
        filling.sent_at = ctx.item.received_at  # a report filled by buttons says how things are when it is sent
    ended = [item for item in ctx.drafts if superseded(item, filling)]
    for row in ended:
        await drop(ctx, row)
    key = slot_key(shown) if shown is not None else None
    sources = [row.source for row in ended]
    if filling.post is None:
        posts = await post_choice.silent_posts(ctx, filling.form)
        await file_for_all(ctx, [filing_of(filling, post) for post in posts], key=key, below=below, drafts=sources)
    else:
        await file_and_confirm(ctx, filing_of(filling, filling.post), key=key, below=below, drafts=sources)
