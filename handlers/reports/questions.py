"""The words and buttons of a question about a half-filled report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.delivery.outgoing import Button
from core.forms.doubts import Doubt
from core.forms.examples import example_line
from core.forms.forms import BEHALF, Field, Form, Value
from core.forms.kind_parts import Asked
from core.forms.kinds import kind_of
from core.forms.problems import Problem, ProblemKey
from core.forms.showing import value_text
from core.kit.shortening import short
from core.kit.texts import Markup
from core.reports.draft import Ask
from core.reports.taps import (
    AllChoicesTap,
    ChoicesDoneTap,
    ChoiceTap,
    DraftBackTap,
    DraftCancelTap,
    InsistTap,
    LeaveTap,
    QuickTap,
    SuggestionTap,
    WithoutTap,
)
from handlers.kit.scope import Ctx

Rows = list[list[Button]]


@dataclass(frozen=True)
class QuestionView:
    """What a question is asked about: the draft's key, its form, where, and what is known so far."""

    draft_id: int
    form: Form
    post_name: str
    answers: dict[str, Value]
    quick: Sequence[tuple[str, Value]] = ()  # answers to the present question that are one tap away
    fresh: bool = False  # nothing is answered yet: an example of the whole line is shown
    guided: bool = False  # it is looked over before it is sent
    back: bool = False  # there is a question before this one
    signed: bool = False  # somebody must sign, as on a desk phone


def pairs(buttons: Sequence[Button]) -> Rows:
    """Put buttons two to a row."""
    return [list(buttons[start : start + 2]) for start in range(0, len(buttons), 2)]


def question(ctx: Ctx, view: QuestionView, step: Ask) -> tuple[str, Rows]:
    """Put what is asked next into words and buttons."""
    lines = _fresh(ctx, view)
    if step.problem is not None:
        lines.append(problem_text(ctx, view.form, step.problem))
    elif step.doubt is not None:
        lines.append(doubt_text(ctx, view.form, step.doubt))
    elif step.field is not None:
        lines.append(asked_text(ctx, step.field, again=not view.guided and not _must(view, step.field)))
    rows = _doubted(ctx, view, step.doubt) if step.doubt else answers_to(ctx, view, step)
    if step.field is None or not _must(view, step.field):
        if view.guided and step.field is not None:
            rows.append([ctx.button("button-leave-empty", LeaveTap(view.draft_id, step.field.id))])
        else:
            rows.append([ctx.button("button-send-without", WithoutTap(view.draft_id, len(step.waiting)))])
    rows.append(way_out(ctx, view))
    return "\n\n".join(lines), rows


def change(ctx: Ctx, view: QuestionView, one: Field) -> tuple[str, Rows]:
    """Ask for one answer anew, or for an optional one, on the way to the review."""
    lines = [asked_text(ctx, one, again=False)]
    if one.id in view.answers:
        shown = value_text(ctx.desk.texts, ctx.lang, one, view.answers[one.id])
        lines.append(ctx.html("answer-now", value=short(shown, 120)))
    rows = answers_to(ctx, view, Ask(one, None, (one.id,)))
    if not _must(view, one) and one.id in view.answers:
        rows.append([ctx.button("button-leave-empty", LeaveTap(view.draft_id, one.id))])
    rows.append(way_out(ctx, view))
    return "\n\n".join(lines), rows


def _must(view: QuestionView, one: Field) -> bool:
    """Whether a report cannot be sent without this answer."""
    return one.required or (view.signed and one.id == BEHALF)


def way_out(ctx: Ctx, view: QuestionView) -> list[Button]:
    """Back, where there is something to go back to, and out."""
    cancel = ctx.button("button-cancel", DraftCancelTap(view.draft_id))
    return [ctx.button("button-back", DraftBackTap(view.draft_id)), cancel] if view.back else [cancel]


def _fresh(ctx: Ctx, view: QuestionView) -> list[str]:
    if not view.fresh:
        return []
    example = f"/{view.form.command(ctx.lang)} {example_line(view.form, ctx.lang)}"
    return [ctx.html("form-example", title=view.form.title.text(ctx.lang), example=example, post=view.post_name)]


def asked_text(ctx: Ctx, one: Field, *, again: bool) -> Markup:
    """A field's question."""
    hint = one.hint or one.label
    return ctx.html("ask-again" if again else "ask-field", label=one.label.text(ctx.lang), hint=hint.text(ctx.lang))


def problem_text(ctx: Ctx, form: Form, problem: Problem) -> Markup:
    """What was wrong with an answer, and how to put it right, in the chat's language."""
    lang = ctx.lang
    values: dict[str, str | int] = dict(problem.args)
    if "other" in values:
        values["other"] = form.field(str(values["other"])).label.text(lang)
    if problem.key is ProblemKey.NOT_FOR_POST:
        values["post_kind"] = ctx.label(f"post-kind-{values['post_kind']}")
    one = form.field(problem.field) if problem.field else None
    values["label"] = one.label.text(lang) if one else form.title.text(lang)
    values["example"] = one.example_text(lang) or kind_of(one).problem_example if one else ""
    return ctx.html(problem.key.value, **values)


def doubt_text(ctx: Ctx, form: Form, doubt: Doubt) -> Markup:
    """Why a number is hardly meant, and what may have been."""
    texts, lang = ctx.desk.texts, ctx.lang
    values: dict[str, str | int] = {
        name: texts.number(lang, value) if isinstance(value, int) else value for name, value in doubt.args.items()
    }
    if "other" in values:
        values["other"] = form.field(str(values["other"])).label.text(lang)
    if "attribute" in values:
        values["attribute"] = ctx.label(f"attribute-{values['attribute']}")
    lines = [ctx.html(doubt.key.value, label=form.field(doubt.field).label.text(lang), **values)]
    if doubt.suggestions:
        likely = f" {ctx.label('or')} ".join(texts.number(lang, number) for number in doubt.suggestions)
        lines.append(ctx.html("doubt-suggestion", likely=likely, value=values["value"]))
    else:
        lines.append(ctx.html("doubt-ask", value=values["value"]))
    return Markup("\n".join(lines))


def _doubted(ctx: Ctx, view: QuestionView, doubt: Doubt) -> Rows:
    texts, lang = ctx.desk.texts, ctx.lang
    likely = [
        Button(texts.number(lang, number), tap=SuggestionTap(view.draft_id, doubt.field, number))
        for number in doubt.suggestions
    ]
    value = doubt.args["value"]
    shown = texts.number(lang, value) if isinstance(value, int) else value
    sure = ctx.button("button-insist", InsistTap(view.draft_id, doubt.field), value=shown)
    return [*pairs(likely), [sure]]


def answers_to(ctx: Ctx, view: QuestionView, step: Ask) -> Rows:
    """The buttons that answer a question."""
    one, near = step.field, step.problem.near if step.problem else ()
    if one is None:
        return []
    rows: Rows = []
    asked = kind_of(one).asked
    if asked is Asked.CHOICES:
        rows = _choices(ctx, view, one, near)
    elif asked is Asked.YES_NO:
        rows = [
            [
                ctx.button("button-yes", ChoiceTap(view.draft_id, one.id, "yes"), style="success"),
                ctx.button("button-no", ChoiceTap(view.draft_id, one.id, "no")),
            ]
        ]
    quick = [
        Button(short(label), tap=QuickTap(view.draft_id, one.id, number))
        for number, (label, _) in enumerate(view.quick)
    ]
    return [*rows, *pairs(quick)]


def _choices(ctx: Ctx, view: QuestionView, one: Field, near: Sequence[str]) -> Rows:
    shown = [one.choice(item) for item in near] if near else list(one.choices)
    chosen = view.answers.get(one.id)
    marked = set(map(str, chosen)) if isinstance(chosen, list) else set()
    buttons = [
        Button(
            short(f"✔ {choice.text(ctx.lang)}" if choice.id in marked else choice.text(ctx.lang)),
            tap=ChoiceTap(view.draft_id, one.id, choice.id),
            style=choice.style.value if choice.style else None,
        )
        for choice in shown
    ]
    rows = pairs(buttons)
    if near and len(near) < len(one.choices):
        rows.append([ctx.button("button-other-choice", AllChoicesTap(view.draft_id, one.id))])
    if kind_of(one).several and marked:
        rows.append([ctx.button("button-done", ChoicesDoneTap(view.draft_id, one.id), style="success")])
    return rows
