"""The words and buttons of a question about a half-filled report."""

from __future__ import annotations

from collections.abc import Sequence

from core.answers import choice_text
from core.draft import Ask
from core.examples import example_line
from core.forms import Form, Kind
from core.outgoing import Button
from core.texts import Markup
from core.values import Problem, ProblemKey
from handlers.scope import Ctx
from storage.tables import PostRow

EXAMPLES = {Kind.INTEGER: "120", Kind.RATIO: "18/20", Kind.TIME: "08.10"}  # where a form's file gives none
POSTS_SHOWN = 20  # buttons; beyond that one types the number


def question(
    ctx: Ctx, form: Form, post: PostRow, step: Ask, draft_id: int, *, fresh: bool
) -> tuple[str, list[list[Button]]]:
    """Put what is asked next into words and buttons; `fresh` adds an example of the whole line."""
    lang = ctx.lang
    lines: list[str] = []
    if fresh:
        title = form.title.text(lang)
        example = f"/{form.command(lang)} {example_line(form, lang)}"
        lines.append(ctx.html("form-example", title=title, example=example, post=post.name))
    if step.problem is not None:
        lines.append(problem_text(ctx, form, step.problem))
    elif step.field is not None:
        hint = step.field.hint or step.field.label
        key = "ask-field" if step.field.required else "ask-again"
        lines.append(ctx.html(key, label=step.field.label.text(lang), hint=hint.text(lang)))
    rows = _choices(ctx, step, draft_id)
    optional = step.field is None or not step.field.required
    if optional:
        rows.append([ctx.button("button-send-without", f"ds:{draft_id}:{len(step.waiting)}")])
    rows.append([ctx.button("button-cancel", f"dx:{draft_id}")])
    return "\n\n".join(lines), rows


def problem_text(ctx: Ctx, form: Form, problem: Problem) -> Markup:
    """What was wrong with an answer, and how to put it right, in the chat's language."""
    lang = ctx.lang
    values: dict[str, str | int] = dict(problem.args)
    if "other" in values:
        values["other"] = form.field(str(values["other"])).label.text(lang)
    if problem.key is ProblemKey.NOT_FOR_POST:
        values["post_kind"] = ctx.label(f"post-kind-{values['post_kind']}")
    if problem.key is ProblemKey.OVER_POST:
        values["attribute"] = ctx.label(f"attribute-{values['attribute']}")
    field = form.field(problem.field) if problem.field else None
    values["label"] = field.label.text(lang) if field else form.title.text(lang)
    values["example"] = field.example_text(lang) or EXAMPLES.get(field.kind, "") if field else ""
    return ctx.html(problem.key.value, **values)


def _choices(ctx: Ctx, step: Ask, draft_id: int) -> list[list[Button]]:
    field = step.field
    if field is None or field.kind is not Kind.CHOICE:
        return []
    near = step.problem.near if step.problem else ()
    shown = [field.choice(item) for item in near] if near else list(field.choices)
    buttons = [
        Button(
            choice_text(choice, ctx.lang),
            data=f"dc:{draft_id}:{field.id}:{choice.id}",
            style=choice.style.value if choice.style else None,
        )
        for choice in shown
    ]
    rows = [buttons[start : start + 2] for start in range(0, len(buttons), 2)]
    if near and len(near) < len(field.choices):
        rows.append([ctx.button("button-other-choice", f"da:{draft_id}:{field.id}")])
    return rows


def post_rows(ctx: Ctx, draft_id: int, posts: Sequence[PostRow]) -> list[list[Button]]:
    """Buttons for choosing one of one's own posts, and the way out."""
    rows = [[Button(_short(post), data=f"dp:{draft_id}:{post.id}")] for post in posts[:POSTS_SHOWN]]
    return [*rows, [ctx.button("button-cancel", f"dx:{draft_id}")]]


def _short(post: PostRow) -> str:
    return post.name if len(post.name) <= 24 else f"{post.name[:23]}…"
