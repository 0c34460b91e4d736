"""Drafts: what is still missing of a report is asked for, by buttons or typed, until it can be filed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core.draft import LINE, Ask, next_step, without
from core.forms import Field, Form, Kind
from core.grammar import parse_line
from core.postcodes import post_matches
from core.texts import UserError
from core.values import Problem, ProblemKey, read_value
from core.words import fold
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
    """Keep what is known so far, in the place of what was known before of the same message."""
    old = next((item for item in ctx.drafts if item.source == filing.source), None)
    draft = await reports.put_draft(
        ctx.tx,
        old,
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
    ctx.drafts = [draft, *(item for item in ctx.drafts if item is not old)]
    return draft


async def _drop(ctx: Ctx, draft: DraftRow) -> None:
    await reports.drop_draft(ctx.tx, draft)
    ctx.drafts = [item for item in ctx.drafts if item is not draft]


def _superseded(draft: DraftRow, filing: Filing) -> bool:
    """Whether a complete report says what a draft began to say: the same message, or the line typed once more."""
    if draft.source == filing.source:
        return True
    assert filing.post is not None
    same_place = draft.form_id == filing.form.id and draft.post_id in (None, filing.post.id)
    return same_place and all(filing.answers.get(key) == value for key, value in draft.answers.items())


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
        for draft in [item for item in ctx.drafts if _superseded(item, filing)]:
            await _drop(ctx, draft)
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
    draft = next((item for item in ctx.drafts if str(item.id) == draft_id), None)
    if draft is None:
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
    ctx.answer()
    await _with_post(ctx, filing, post, waiting, tapped=True)


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
    if found is None:
        return
    source = found[0].source
    await _drop(ctx, next(item for item in ctx.drafts if item.source == source))
    ctx.answer("draft-dropped-tap")
    ctx.edit_tapped(ctx.html("draft-dropped"))


async def typed_answer(ctx: Ctx, text: str) -> bool:
    """Take a typed text as the answer to the newest open question; False when it answers none."""
    draft = ctx.draft
    if draft is None or ctx.now - draft.updated_at > STALE:
        return False
    found = _resume(ctx, str(draft.id))
    if found is None:
        return False
    filing, waiting, _ = found
    if filing.post is None:
        return await _typed_post(ctx, filing, waiting, text)
    field = _field(filing.form, waiting[0]) if waiting else None
    if field is None:
        return False
    value = read_value(field, text, answers=filing.answers, attributes=attributes_of(filing.post))
    if isinstance(value, Problem):
        if field.kind in (Kind.CHOICE, Kind.CHOICES) and not value.near:
            return False  # "terima kasih" answers no question; the buttons stay
        await advance(ctx, filing, [value], waiting=waiting)
        return True
    filing.answers[field.id] = value
    await advance(ctx, filing, waiting=waiting[1:])
    return True


async def _typed_post(ctx: Ctx, filing: Filing, waiting: list[str], text: str) -> bool:
    """Take a typed code, its tail, or a post's name as the post that a draft is about."""
    posts = [post for post in ctx.known.posts if post.kind in filing.form.posts]
    named = [post for post in posts if fold(post.name) == fold(text)]
    codes = post_matches(text.strip().removeprefix("#"), [post.code for post in posts])
    fitting = named or [post for post in posts if post.code in codes]
    if len(fitting) != 1:
        return False
    await _with_post(ctx, filing, fitting[0], waiting, tapped=False)
    return True


async def _with_post(ctx: Ctx, filing: Filing, post: PostRow, waiting: list[str], *, tapped: bool) -> None:
    """Go on with a draft whose post is now known."""
    filing.post = post
    problems = read_again(filing)
    waiting = [item for item in waiting if item != LINE]
    await advance(ctx, filing, problems, waiting=waiting, fresh=not filing.text.strip(), tapped=tapped)


def _field(form: Form, field_id: str) -> Field | None:
    return next((item for item in form.fields if item.id == field_id), None)


TAPS = {
    "dc": tap_choice,
    "dp": tap_post,
    "da": tap_all_choices,
    "ds": tap_without,
    "dx": tap_cancel,
}
