"""Answers that are one tap away: numbers of the last report or of the post, the present hour, names that signed before."""

from __future__ import annotations

from actions.work import Work
from core.forms.forms import BEHALF, Field, Form, Value
from core.forms.kind_parts import Asked
from core.forms.kinds import kind_of
from core.forms.problems import Problem
from core.forms.showing import value_text
from core.forms.values import read_value
from storage.reports import reports
from storage.reports.signers import last_signers
from storage.tables import PostRow


async def quick_answers(
    work: Work, post: PostRow | None, form: Form, one: Field, *, language: str
) -> list[tuple[str, Value]]:
    """The label and the value of each quick answer to a question, in the order of their buttons."""
    texts = work.desk.texts
    if kind_of(one).asked is Asked.TIME:
        local = work.now.astimezone(texts.zone)
        return [(texts.plain(language, "button-now", clock=texts.hour(language, work.now)), f"{local:%H:%M}")]
    if one.id == BEHALF:
        return [(name, name) for name in await last_signers(work.tx, work.person.id)]
    last: dict[str, Value] = {}
    if "last" in one.quick and post is not None:
        last = await reports.last_answers(work.tx, post.id, form.id)
    values = [_value(one, word, post, last) for word in one.quick]
    known = {value_text(texts, language, one, value): value for value in values if value is not None}
    return list(known.items())


def _value(one: Field, word: str, post: PostRow | None, last: dict[str, Value]) -> Value | None:
    if word == "last":
        return last.get(one.id)
    if word == "voters":
        return post.voters if post is not None else None
    value = read_value(one, word)
    return None if isinstance(value, Problem) else value
