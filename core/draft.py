"""What a half-filled report needs next: decided from its answers, without knowing where they came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.forms import Answers, Field, Form, Value, missing
from core.values import Problem, conflicts

LINE = "line"  # stands for the line itself where a problem belongs to no field


@dataclass(frozen=True)
class Ask:
    """One question: the field (None: the line itself), what was wrong with the answer, and what else is open."""

    field: Field | None
    problem: Problem | None
    waiting: tuple[str, ...]  # this question and those after it, by field id


@dataclass(frozen=True)
class Complete:
    """Nothing is missing: the report can be filed."""


def next_step(
    form: Form,
    answers: Answers,
    problems: Sequence[Problem],
    *,
    post_kind: str | None,
    attributes: Mapping[str, int],
    waiting: Sequence[str] = (),
) -> Ask | Complete:
    """Decide what to ask next: answers that were not understood first, then what is required and missing.

    `waiting` are fields whose answer was not understood earlier and has not been given since.
    """
    found = [*problems, *conflicts(form, answers, post_kind=post_kind, attributes=attributes)]
    wrong = {problem.field or LINE: problem for problem in reversed(found)}
    lacking = [field.id for field in missing(form, answers, post_kind)]
    order = [*wrong, *(item for item in waiting if item not in wrong), *lacking]
    queue = list(dict.fromkeys(item for item in order if item not in answers or item in wrong))
    if not queue:
        return Complete()
    first = queue[0]
    return Ask(None if first == LINE else form.field(first), wrong.get(first), tuple(queue))


def without(answers: Answers, field_id: str) -> dict[str, Value]:
    """The answers less one."""
    return {key: value for key, value in answers.items() if key != field_id}
