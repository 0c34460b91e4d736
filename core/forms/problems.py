"""What can be wrong with an answer: the text that says so, and its arguments."""

import dataclasses
from collections.abc import Mapping
from enum import StrEnum


class ProblemKey(StrEnum):
    """The texts that tell a person what is wrong with an answer; the comment names the arguments."""

    TYPO = "problem-typo"  # word
    CHOICE = "problem-choice"  # text
    NUMBER = "problem-number"  # text
    RATIO = "problem-ratio"  # text
    RATIO_ORDER = "problem-ratio-order"  # first, second
    YES_NO = "problem-yes-no"  # text
    TIME = "problem-time"  # text
    LOCATION = "problem-location"  # text
    EMPTY = "problem-empty"  # none
    NOT_TYPED = "problem-not-typed"  # none
    TOO_SMALL = "problem-too-small"  # value, min
    TOO_BIG = "problem-too-big"  # value, max
    TEXT_TOO_SHORT = "problem-text-too-short"  # length, min
    TEXT_TOO_LONG = "problem-text-too-long"  # length, max
    TOO_FEW = "problem-too-few"  # count, min
    TOO_MANY = "problem-too-many"  # count, max
    NOT_FOR_POST = "problem-not-for-post"  # post_kind
    NOT_ASKED = "problem-not-asked"  # other (id of the field on which it depends)
    POST_TWICE = "problem-post-twice"  # first, second
    LEFT_OVER = "problem-left-over"  # text


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with one answer: the key of a text, and what that text needs."""

    key: ProblemKey
    field: str  # id of the field; empty when the problem is with the line itself
    args: Mapping[str, str | int] = dataclasses.field(default_factory=dict)
    near: tuple[str, ...] = ()  # ids of the choices that may have been meant, nearest first
