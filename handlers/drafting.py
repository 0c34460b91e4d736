"""Drafts: what is still missing of a report is asked for, by buttons or typed, until it can be filed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core.draft import LINE, Ask, next_step, without
from core.forms import Field, Form
from core.grammar import parse_line
from core.texts import UserError
from core.values import Problem, ProblemKey, read_value
from handlers.asking import question
from handlers.filing import file_report
from handlers.scope import Ctx
from storage import reports
from storage.tables import DraftRow, PostRow

STALE = timedelta(hours=24)  # a question older than this is not what somebody is answering


@dataclass
class Filing:
    """A report on its way: what it answers, for which post, and what it goes back to."""

    form: Form
    post: PostRow | None
    answers: dict[str, Any]
    text: str
    source: str
    sent_at: datetime


def attributes_of(post: PostRow) -> dict[str, int]:
    """The post's numbers that a form may compare answers with."""
    return {"voters": post.voters} if post.voters is not None else {}


async def begin_draft(ctx: Ctx, filing: Filing, *, waiting: Sequence[str]) -> DraftRow:
    """Keep what is known so far, in the place of any earlier draft of the person."""
    draft = await reports.put_draft(
        ctx.tx,
        ctx.draft,
        person_id=ctx.known.row.id,
        form_id=filing.form.id,
        post_id=filing.post.id if filing.post else None,
        answers=dict(filing.answers),
        asking=list(waiting),
        text=filing.text,
        source=filing.source,
        sent_at=filing.sent_at,
        updated_at=ctx.now,
    )
    ctx.draft = draft
    return draft


async def advance(
    ctx: Ctx,
    filing: Filing,
    problems: Sequence[Problem] = (),
    *,
    waiting: Sequence[str] = (),
    fresh: bool = False,
    tapped: bool = False,
) -> None:
    """File the report if nothing is missing, else keep it and ask one question.

    `fresh` adds an example, for a command without a line; `tapped` edits the message with the buttons.
    """
    post = filing.post
    assert post is not None
    step = next_step(
        filing.form, filing.answers, problems, post_kind=post.kind, attributes=attributes_of(post), waiting=waiting
    )
    if not isinstance(step, Ask):
        if ctx.draft is not None and ctx.draft.source == filing.source:  # a draft of something else stays
            await reports.drop_draft(ctx.tx, ctx.draft)
            ctx.draft = None
        await file_report(
            ctx,
            filing.form,
            post,
            answers=filing.answers,
            text=filing.text,
            source=filing.source,
            sent_at=filing.sent_at,
            tapped=tapped,
        )
        return
    draft = await begin_draft(ctx, filing, waiting=step.waiting)
    text, rows = question(ctx, filing.form, post, step, draft.id, fresh=fresh)
    if tapped:
        ctx.edit_tapped(text, rows)
    else:
        ctx.send(text, rows)


def _resume(ctx: Ctx, rest: str) -> tuple[Filing, list[str], list[str]] | None:
    """Find the draft that a tapped button belongs to; answers the tap itself when there is none any more."""
    draft_id, *arguments = rest.split(":")
    draft = ctx.draft
    if draft is None or str(draft.id) != draft_id:
        ctx.answer("tap-draft-gone", alert=True)
        return None
    form = ctx.desk.forms.get(draft.form_id)
    if form is None:
        raise UserError("tap-draft-gone")
    post = next((item for item in ctx.known.posts if item.id == draft.post_id), None)
    if draft.post_id is not None and post is None:
        raise UserError("no-post")
    filing = Filing(form, post, dict(draft.answers), draft.text, draft.source, draft.sent_at)
    return filing, list(draft.asking), arguments


async def tap_choice(ctx: Ctx, rest: str) -> None:
    """Answer a question by its button; files at once if nothing else is missing."""
    found = _resume(ctx, rest)
    if found is None:
        return
    filing, waiting, arguments = found
    if filing.post is None or len(arguments) != 2 or not _offers(filing.form, arguments[0], arguments[1]):
        ctx.answer("tap-too-old", alert=True)
        return
    field_id, choice_id = arguments
    filing.answers[field_id] = choice_id
    ctx.answer()
    await advance(ctx, filing, waiting=[item for item in waiting if item != field_id], tapped=True)


def _offers(form: Form, field_id: str, choice_id: str) -> bool:
    field = next((item for item in form.fields if item.id == field_id), None)
    return field is not None and any(choice.id == choice_id for choice in field.choices)


async def tap_post(ctx: Ctx, rest: str) -> None:
    """Choose the post that a draft is about; the line is then read again with that post's kind and numbers."""
    found = _resume(ctx, rest)
    if found is None:
        return
    filing, waiting, arguments = found
    post = next((item for item in ctx.known.posts if [str(item.id)] == arguments), None)
    if post is None or post.kind not in filing.form.posts:
        ctx.answer("tap-not-your-post", alert=True)
        return
    filing.post = post
    ctx.answer()
    problems = read_again(filing)
    waiting = [item for item in waiting if item != LINE]
    await advance(ctx, filing, problems, waiting=waiting, fresh=not filing.text.strip(), tapped=True)


def read_again(filing: Filing) -> list[Problem]:
    """Read the draft's own line once more, now that its post is known; answers given since are kept."""
    assert filing.post is not None
    parsed = parse_line(filing.form, filing.text, post_kind=filing.post.kind, attributes=attributes_of(filing.post))
    filing.answers = {**parsed.answers, **filing.answers}
    return [item for item in parsed.problems if item.key is not ProblemKey.POST_TWICE]


async def tap_all_choices(ctx: Ctx, rest: str) -> None:
    """Show every choice of a field, where only the nearest ones were offered."""
    found = _resume(ctx, rest)
    if found is None:
        return
    filing, waiting, _ = found
    ctx.answer()
    if filing.post is not None:
        await advance(ctx, filing, waiting=waiting, tapped=True)


async def tap_without(ctx: Ctx, rest: str) -> None:
    """Send the report without the optional answer that was not understood."""
    found = _resume(ctx, rest)
    if found is None:
        return
    filing, waiting, arguments = found
    if not waiting or arguments != [str(len(waiting))] or filing.post is None:
        ctx.answer("tap-too-old", alert=True)
        return
    filing.answers = without(filing.answers, waiting[0])
    ctx.answer()
    await advance(ctx, filing, waiting=waiting[1:], tapped=True)


async def tap_cancel(ctx: Ctx, rest: str) -> None:
    """Drop the draft by its button."""
    found = _resume(ctx, rest)
    if found is None or ctx.draft is None:
        return
    await reports.drop_draft(ctx.tx, ctx.draft)
    ctx.answer("draft-dropped-tap")
    ctx.edit_tapped(ctx.html("draft-dropped"))


async def typed_answer(ctx: Ctx, text: str) -> bool:
    """Take a typed text as the answer to the question that is open; False when none is."""
    draft = ctx.draft
    if draft is None or draft.post_id is None or not draft.asking or draft.asking[0] == LINE:
        return False
    if ctx.now - draft.updated_at > STALE:
        return False
    found = _resume(ctx, str(draft.id))
    if found is None:
        return False
    filing, waiting, _ = found
    assert filing.post is not None
    field = _field(filing.form, waiting[0])
    if field is None:
        return False
    value = read_value(field, text, answers=filing.answers, attributes=attributes_of(filing.post))
    if isinstance(value, Problem):
        await advance(ctx, filing, [value], waiting=waiting)
        return True
    filing.answers[field.id] = value
    await advance(ctx, filing, waiting=waiting[1:])
    return True


def _field(form: Form, field_id: str) -> Field | None:
    return next((item for item in form.fields if item.id == field_id), None)


TAPS = {
    "dc": tap_choice,
    "dp": tap_post,
    "da": tap_all_choices,
    "ds": tap_without,
    "dx": tap_cancel,
}
