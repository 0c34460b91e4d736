"""What a half-filled report needs next: decided from its answers, without knowing where they came from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.forms.doubts import Doubt, doubts
from core.forms.forms import BEHALF, Answers, Field, Form, Value, applicable, is_answered, missing
from core.forms.problems import Problem
from core.forms.values import accepted, conflicts

LINE = "line"  # stands for the line itself where a problem belongs to no field


class Stage(StrEnum):
    """What a draft's message shows."""

    KEPT = "kept"  # words that nobody has said yet what they are
    POST = "post"  # which post is meant
    ASK = "ask"  # the next question
    FIELD = "field"  # one answer that is being changed
    REVIEW = "review"  # everything, with the button that sends
    REASON = "reason"  # why a report is corrected
    OFFER = "offer"  # go on with it, or begin anew
    ASIDE = "aside"  # put aside, because its person has begun too many; its button takes it up again


@dataclass(frozen=True)
class Ask:
    """One question: the field (None: the line itself), what was wrong or doubtful about the answer, and what else is open."""

    field: Field | None
    problem: Problem | None
    waiting: tuple[str, ...]  # this question and those after it, by field id
    doubt: Doubt | None = None


@dataclass(frozen=True)
class Complete:
    """Nothing is missing: the report can be filed, or looked over first."""


@dataclass(frozen=True)
class Terms:
    """What a report is checked against beside its form."""

    post_kind: str | None
    attributes: Mapping[str, int]  # numbers of the post
    insisted: Collection[str] = ()  # doubtful fields that the officer says are right
    signed: bool = False  # somebody must sign, as on a desk phone


def next_step(
    form: Form, answers: Answers, problems: Sequence[Problem], terms: Terms, *, waiting: Sequence[str] = ()
) -> Ask | Complete:
    """Decide what to ask next: what was not understood, then what is doubtful, then what is required and missing.

    `waiting` are fields whose answer was not understood earlier and has not been given since.
    """
    wrong: dict[str, Problem] = {}
    for problem in (*problems, *conflicts(form, answers, post_kind=terms.post_kind)):
        wrong.setdefault(problem.field or LINE, problem)
    doubtful = {
        doubt.field: doubt
        for doubt in doubts(
            form, answers, post_kind=terms.post_kind, attributes=terms.attributes, insisted=terms.insisted
        )
    }
    lacking = [field.id for field in missing(form, answers, terms.post_kind)]
    if terms.signed and not is_answered(answers, BEHALF):
        lacking.append(BEHALF)
    order = [*wrong, *doubtful, *(item for item in waiting if item not in wrong), *lacking]
    queue = list(
        dict.fromkeys(item for item in order if not is_answered(answers, item) or item in wrong or item in doubtful)
    )
    if not queue:
        return Complete()
    first = queue[0]
    doubt = None if first in wrong else doubtful.get(first)
    return Ask(None if first == LINE else form.field(first), wrong.get(first), tuple(queue), doubt)


def is_complete(form: Form, answers: Answers, terms: Terms) -> bool:
    """Tell whether a report may be stored: nothing is in it that the form's own check refuses, and nothing lacks."""
    signed = not terms.signed or is_answered(answers, BEHALF)
    whole = accepted(form, answers, terms.post_kind) == answers
    return signed and whole and not missing(form, answers, terms.post_kind)


def without(answers: Answers, field_id: str) -> dict[str, Value]:
    """The answers less one."""
    return {key: value for key, value in answers.items() if key != field_id}


def fitting(form: Form, answers: Answers, post_kind: str | None) -> dict[str, Value]:
    """The answers that still apply after one of them, or the post, has changed."""
    asked = {field.id for field in applicable(form, answers, post_kind)}
    return {key: value for key, value in answers.items() if key in asked}
