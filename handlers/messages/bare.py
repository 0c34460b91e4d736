"""A form's command typed without its slash, as thumbs do; told from a sentence that merely begins with such a word."""

from __future__ import annotations

from core.forms.forms import Form
from core.forms.line_grammar import parse_line
from core.kit.words import fold
from handlers.kit.command import Command
from handlers.kit.scope import Ctx


def bare_command(ctx: Ctx, text: str) -> tuple[Command, str] | None:
    """The form's command that a text begins with and what follows it; None when it is a sentence, or nobody who files.

    "logistik belum datang" answers no question that must be answered: it is news, and no line of the form logistics.
    """
    first, _, rest = text.strip().partition(" ")
    command = next((item for item in ctx.commands if item.form_id and fold(first) in item.names), None)
    if command is None or command.form_id is None or not ctx.known.posts:
        return None
    return (command, rest) if not rest.strip() or _is_line(ctx.desk.forms[command.form_id], rest) else None


def _is_line(form: Form, rest: str) -> bool:
    parsed = parse_line(form, rest)
    asked = {field.id for field in form.fields if field.required}
    return bool(asked.intersection(parsed.answers)) or any(problem.near for problem in parsed.problems)
