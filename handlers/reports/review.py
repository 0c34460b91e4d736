"""The look over a report before it is sent: everything that it says, each answer a button."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.delivery.outgoing import Button
from core.evidence.flags import Flag, insisted_field
from core.forms.forms import CONFIDENTIAL, Field, Value, applicable
from core.forms.showing import value_text
from core.kit.shortening import short
from core.kit.texts import Markup
from core.reports.taps import ChangeTap, ConfideTap, DraftSendTap, OtherPostTap
from handlers.kit.scope import Ctx
from handlers.reports.questions import QuestionView, Rows, pairs, way_out

ANSWER_SHOWN = 160  # characters of an answer; the whole text is kept


@dataclass(frozen=True)
class Review:
    """What is shown beside the answers."""

    post_kind: str | None
    several_posts: bool  # another one may be meant
    flags: Sequence[str] = ()
    media: int = 0
    place: str | None = None  # how far the phone is from the post, in words
    number: str | None = None  # of the report that is corrected
    promised: bool = False  # the name is kept back whatever is marked here


def review(ctx: Ctx, view: QuestionView, more: Review) -> tuple[str, Rows]:
    """Put a report that can be sent into words and buttons."""
    form = view.form
    asked = [one for one in applicable(form, view.answers, more.post_kind) if one.id != CONFIDENTIAL]
    offered = len(asked) < len(applicable(form, view.answers, more.post_kind)) and not more.promised
    marked = view.answers.get(CONFIDENTIAL) is True
    key = "review-title" if more.number is None else "review-correction"
    head = ctx.html(key, title=form.title.text(ctx.lang), post=view.post_name, number=more.number or "")
    lines = [head, *(_line(ctx, one, view.answers[one.id]) for one in asked if one.id in view.answers)]
    if more.place:
        lines.append(ctx.html("review-place", place=more.place))
    if more.media:
        lines.append(ctx.html("receipt-media", count=more.media))
    if any(insisted_field(flag) for flag in more.flags):
        lines.append(ctx.html("receipt-insisted"))
    if more.promised or marked:
        lines.append(ctx.html("receipt-confidential"))
    lines.append(ctx.html("review-hint-note" if form.rest else "review-hint"))
    rows: Rows = [[ctx.button("button-send", DraftSendTap(view.draft_id), style="success")]]
    rows += pairs([_field_button(ctx, view, one) for one in asked])
    if offered:
        label = ctx.label("button-confided" if marked else "button-confide")
        rows.append([Button(f"🔒 {label}", tap=ConfideTap(view.draft_id, not marked))])
    if more.several_posts and Flag.ALL not in more.flags:
        rows.append([ctx.button("button-other-post", OtherPostTap(view.draft_id))])
    rows.append(way_out(ctx, view))
    return Markup("\n".join(lines)), rows


def _line(ctx: Ctx, one: Field, value: Value) -> Markup:
    shown = value_text(ctx.desk.texts, ctx.lang, one, value)
    return ctx.html("receipt-answer", label=one.label.text(ctx.lang), value=short(shown, ANSWER_SHOWN))


def _field_button(ctx: Ctx, view: QuestionView, one: Field) -> Button:
    mark = "✏️" if one.id in view.answers else "➕"
    return Button(short(f"{mark} {one.label.text(ctx.lang)}"), tap=ChangeTap(view.draft_id, one.id))
