"""A typed text as the answer to the question that is open: a value, a post's code, a note, a reason."""

from __future__ import annotations

from datetime import timedelta

from actions.reports import reach
from actions.reports.drafts import Filling, filling_of, step
from core.forms.forms import Field, Form, Value
from core.forms.kinds import kind_of
from core.forms.problems import Problem
from core.forms.values import check_value, read_syntax, read_value, unreadable
from core.reports.draft import Ask, Stage, without
from handlers.kit.scope import Ctx
from handlers.reports import correcting
from handlers.reports.filling import advance
from handlers.reports.filling_taps import with_post

STALE = timedelta(hours=24)  # a question older than this is not what somebody is answering
NOTE_STALE = timedelta(minutes=15)  # words typed so long after a question are news, and no answer to it
NEWS_WORDS = 3  # so many words where a number was asked are news ("3 napi kabur")


async def typed_answer(ctx: Ctx, text: str) -> bool:
    """Take a typed text as the answer to the question touched last; False when it answers none."""
    row = next((item for item in ctx.drafts if item.form_id), None)
    form = ctx.desk.forms.get(row.form_id) if row is not None else None
    if row is None or form is None or not text.strip() or ctx.now - row.updated_at > STALE:
        return False
    post = await reach.find(ctx.work, row.post_id, report_id=row.report_id)
    if row.post_id is not None and post is None:
        return False
    filling = filling_of(form, row, post)
    if filling.stage is Stage.REASON:
        if ctx.now - row.updated_at > NOTE_STALE or await correcting.overtaken(ctx, filling):
            return False
        if isinstance(step(ctx.work, filling), Ask):  # the form has changed since it was looked over
            await advance(ctx, filling)
            return True
        await correcting.finish(ctx, filling, text.strip(), below=True)
        return True
    if filling.stage is Stage.POST:
        return await _post(ctx, filling, text)
    if filling.stage is Stage.REVIEW:
        return await _note(ctx, filling, text)
    return await _value(ctx, filling, text)


async def _post(ctx: Ctx, filling: Filling, text: str) -> bool:
    post = await reach.find_typed(ctx.work, filling.form, text)
    if post is None:
        return False
    await with_post(ctx, filling, post, below=True)
    return True


async def _note(ctx: Ctx, filling: Filling, text: str) -> bool:
    """In a review a text is the note; a second one is added to it."""
    field = filling.form.rest
    row = filling.row
    if field is None or row is None or ctx.now - row.updated_at > NOTE_STALE:
        return False
    before = filling.answers.get(field.id)
    both = f"{before}\n{text.strip()}" if before and filling.report_id is None else text.strip()
    value = read_value(field, both)
    if isinstance(value, Problem):
        await advance(ctx, filling, [value])
        return True
    filling.answers[field.id] = value
    await advance(ctx, filling)
    return True


async def _value(ctx: Ctx, filling: Filling, text: str) -> bool:
    field = _field(filling.form, filling.waiting[0]) if filling.waiting else None
    if field is None:
        return False
    row, kind = filling.row, kind_of(field)
    if kind.free and row is not None and ctx.now - row.updated_at > NOTE_STALE:
        return False
    value = _read(filling, field, text)
    if isinstance(value, Problem):
        if kind.chooses and not value.near:
            return False  # "terima kasih" answers no question; the buttons stay
        if not kind.free and len(text.split()) >= NEWS_WORDS:
            return False
        filling.answers = without(filling.answers, field.id) if not filling.reviewed else filling.answers
        await advance(ctx, filling, [value])
        return True
    filling.answers[field.id] = value
    filling.insisted = [item for item in filling.insisted if item != field.id]
    filling.waiting = filling.waiting[1:]
    if field.required and field.id not in filling.trail:
        filling.trail.append(field.id)
    await advance(ctx, filling)
    return True


def _read(filling: Filling, field: Field, text: str) -> Value | Problem:
    """The answer that a typed text gives, together with what taps have chosen before; or the problem with it."""
    value = read_syntax(field, text)
    if value is None:
        return unreadable(field, text)
    both = kind_of(field).joined(field, filling.answers.get(field.id), value)
    return check_value(field, both) or both


def _field(form: Form, field_id: str) -> Field | None:
    return next((item for item in form.fields if item.id == field_id), None)
