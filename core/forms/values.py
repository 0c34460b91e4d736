"""Typed answers: what a person wrote becomes a value, or a problem that names a text and its arguments."""

from collections.abc import Iterable
from typing import Final

from core.forms.forms import Answers, Field, Form, Value, applicable, fits_post, is_answered
from core.forms.kinds import kind_of
from core.forms.problems import Problem, ProblemKey
from core.kit.slips import distance, is_close
from core.kit.words import brief, fold

_LONGEST_SHORT: Final = 200  # characters of any value but a text: more is no number, time or choice


def read_value(field: Field, text: str) -> Value | Problem:
    """Return the value that a typed answer means, checked against the field's limits, or the problem with it."""
    value = read_syntax(field, text)
    if value is None:
        return unreadable(field, text)
    return check_value(field, value) or value


def read_syntax(field: Field, text: str) -> Value | None:
    """Return the value that a typed answer spells, limits not yet checked; nothing when it spells none."""
    kind = kind_of(field)
    return kind.read(field, text) if kind.free or len(text) <= _LONGEST_SHORT else None


def unreadable(field: Field, text: str) -> Problem:
    """Return the problem with a typed answer that spells no value of this field's kind."""
    shown, key = brief(text), kind_of(field).unread
    if key is ProblemKey.NOT_TYPED:
        return Problem(key=key, field=field.id)
    if not shown or key is ProblemKey.EMPTY:
        return Problem(key=ProblemKey.EMPTY, field=field.id)
    return Problem(key=key, field=field.id, args={"text": shown}, near=near_choices(field, text))


def near_choices(field: Field, text: str, limit: int = 3) -> tuple[str, ...]:
    """Return the ids of the choices whose names are nearest to what was typed, nearest first; far ones are left out."""
    typed = fold(text)
    found: dict[str, int] = {}
    for name, choice_id in field.names.items():
        slips = distance(typed, name)
        if is_close(typed, name) or slips * 3 <= min(len(typed), len(name)):
            found[choice_id] = min(slips, found.get(choice_id, slips))
    return tuple(sorted(found, key=lambda choice_id: found[choice_id])[:limit])


def find_slip(form: Form, fields: Iterable[Field], phrase: str) -> Field | None:
    """Return the field of which a folded phrase misspells a choice, the nearest one; nothing for ordinary words."""
    if phrase in form.by_word or phrase in form.by_key or form.never_typos.intersection(phrase.split()):
        return None
    ids = {field.id for field in fields}
    near = [
        (distance(phrase, word), field)
        for word, (field, _) in form.by_word.items()
        if field.id in ids and is_close(phrase, word)
    ]
    return min(near, key=lambda found: found[0], default=(0, None))[1]


def check_value(field: Field, value: Value) -> Problem | None:
    """Return the problem with a value, whatever brought it, that cannot be an answer to this field.

    It is of another kind, or beyond the field's limits; what is merely doubtful is for `core.forms.doubts`.
    """
    kind = kind_of(field)
    return kind.check(field, value) if kind.fits(field, value) else unreadable(field, "")


def accepted(
    form: Form, answers: Answers, post_kind: str | None = None, *, unfinished: bool = False
) -> dict[str, Value]:
    """Return the answers that may be stored, in their own order: each fits its field and its limits, and is asked.

    In a report that is `unfinished`, what depends on a question without an answer may stay until that has one, and so may
    several choices of which too few are chosen yet.
    """
    kept: dict[str, Value] = {}
    for one in form.fields:
        if not is_answered(answers, one.id) or not fits_post(one, post_kind):
            continue
        need, problem = one.only_if, check_value(one, answers[one.id])
        choosing = unfinished and kind_of(one).several and problem is not None and problem.key is ProblemKey.TOO_FEW
        waiting = need is not None and unfinished and not is_answered(answers, need.field)
        asked = need is None or waiting or (need.field in kept and need.holds(kept[need.field]))
        if asked and (problem is None or choosing):
            kept[one.id] = answers[one.id]
    return {field_id: value for field_id, value in answers.items() if field_id in kept}


def conflicts(form: Form, answers: Answers, *, post_kind: str | None = None) -> tuple[Problem, ...]:
    """Return what is wrong between answers that are good alone: a question that is not asked, or not of this post.

    A question whose condition is not answered yet is not wrong yet.
    """
    asked = {one.id for one in applicable(form, answers, post_kind)}
    found = []
    for one in form.fields:
        if not is_answered(answers, one.id):
            continue
        need = one.only_if
        if not fits_post(one, post_kind):
            found.append(Problem(key=ProblemKey.NOT_FOR_POST, field=one.id, args={"post_kind": post_kind or ""}))
        elif need is not None and one.id not in asked and is_answered(answers, need.field):
            found.append(Problem(key=ProblemKey.NOT_ASKED, field=one.id, args={"other": need.field}))
        else:
            problem = check_value(one, answers[one.id])
            found += [problem] if problem else []
    return tuple(found)
