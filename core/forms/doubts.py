"""Quality rules: numbers that can be but are hardly meant are asked about once; the officer may insist."""

import dataclasses
from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from typing import Final

from core.forms.forms import Answers, Field, Form, Value, applicable
from core.forms.kinds import kind_of
from core.forms.values import check_value

_SUGGESTIONS: Final = 2  # buttons in one row of a phone


class DoubtKey(StrEnum):
    """The texts that ask whether a number is meant; the comment names the arguments."""

    OVER_POST = "doubt-over-post"  # value, limit, attribute (voters)
    OVER_FIELD = "doubt-over-field"  # value, limit, other (id of the other field)
    UNLIKELY_BIG = "doubt-unlikely-big"  # value, limit
    UNLIKELY_SMALL = "doubt-unlikely-small"  # value, limit


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A number that is hardly meant: the key of a text, what that text needs, and what may have been meant."""

    field: str
    key: DoubtKey
    args: Mapping[str, str | int]
    suggestions: tuple[int, ...]  # the likeliest first
    part: int | None  # which number of a ratio is doubted; none where the answer is one number


def doubts(
    form: Form,
    answers: Answers,
    *,
    post_kind: str | None,
    attributes: Mapping[str, int],
    insisted: Collection[str] = (),
) -> tuple[Doubt, ...]:
    """Return the doubts about these answers, at most one a field, in the form's order.

    `attributes` are the post's own numbers (`voters`); `insisted` are the fields that the officer has confirmed.
    """
    found = []
    for field in applicable(form, answers, post_kind):
        if field.id in answers and field.id not in insisted:
            doubt = _doubt(field, answers, attributes)
            found += [doubt] if doubt else []
    return tuple(found)


def suggested(doubt: Doubt, answers: Answers, number: int) -> Value:
    """Return the doubted field's answer with a suggested number in its place."""
    return _with(answers[doubt.field], doubt.part, number)


def _with(answer: Value, part: int | None, number: int) -> Value:
    if part is None or not isinstance(answer, list):
        return number
    pair = [int(one) for one in answer]
    pair[part] = number
    return pair


def _doubt(field: Field, answers: Answers, attributes: Mapping[str, int]) -> Doubt | None:
    answer = answers[field.id]
    for part, number in kind_of(field).numbers(answer):
        broken = _broken(field, number, answers, attributes)
        if broken is not None:
            key, limit, args = broken
            fitting = [
                one
                for one in dict.fromkeys(_misreadings(number, longer=key is DoubtKey.UNLIKELY_SMALL))
                if _broken(field, one, answers, attributes) is None
                and check_value(field, _with(answer, part, one)) is None
            ]
            nearest = sorted(fitting, key=lambda one: abs(one - limit))[:_SUGGESTIONS]
            shown: dict[str, str | int] = {"value": number, "limit": limit, **args}
            return Doubt(field=field.id, key=key, args=shown, suggestions=tuple(nearest), part=part)
    return None


def _broken(
    field: Field, number: int, answers: Answers, attributes: Mapping[str, int]
) -> tuple[DoubtKey, int, dict[str, str]] | None:
    """Return the likely limit that a number breaks, and what the text needs beside number and limit."""
    if field.at_most is not None:
        other, limit = answers.get(field.at_most), attributes.get(field.at_most)
        if field.at_most != field.id and isinstance(other, int) and number > other:
            return DoubtKey.OVER_FIELD, other, {"other": field.at_most}
        if limit is not None and number > limit:
            return DoubtKey.OVER_POST, limit, {"attribute": field.at_most}
    if field.likely_max is not None and number > field.likely_max:
        return DoubtKey.UNLIKELY_BIG, field.likely_max, {}
    if field.likely_min is not None and number < field.likely_min:
        return DoubtKey.UNLIKELY_SMALL, field.likely_min, {}
    return None


def _misreadings(number: int, *, longer: bool) -> Iterator[int]:
    """Give the numbers of which this one is a slip: a digit too many, twice, or too few, or two that are swapped."""
    digits = str(number)
    if not digits.isdecimal():
        return
    if len(digits) > 1:
        yield int(digits[:-1])
    for place in range(len(digits) - 1):
        left, right = digits[place], digits[place + 1]
        if left == right:
            yield int(digits[:place] + digits[place + 1 :])
        elif place > 0 or right != "0":  # no number begins with a zero
            yield int(digits[:place] + right + left + digits[place + 2 :])
    if longer:
        yield int(digits + "0")
        for place, digit in enumerate(digits):
            yield int(digits[:place] + digit + digits[place:])
