"""What each kind of answer says for itself, and what holds for most of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Final

from core.forms.fields import Field, Kind, Summary, Value
from core.forms.problems import Problem, ProblemKey
from core.kit.texts import Texts

LONGEST_TEXT: Final = 4096  # as long as a message can be: a grave report is never held up by its length

# The options of a field that not every kind takes, in the order in which a wrong one is named.
OPTIONS: Final = (
    "choices", "min", "max", "at_most", "likely_min", "likely_max", "quick", "may_exceed", "rest", "alone", "words",
    "example",
)  # fmt: skip

# Options that several kinds share.
TYPED: Final = frozenset({"words", "example"})
LIMITS: Final = frozenset({"min", "max"})
FIGURES: Final = TYPED | LIMITS | {"at_most", "likely_min", "likely_max", "quick"}

# What a summary makes of many answers.
COUNTS: Final = frozenset({Summary.COUNT})
SUMS: Final = frozenset({Summary.SUM})
NO_TOTAL: Final[frozenset[Summary]] = frozenset()


class Asked(StrEnum):
    """With what a question can be answered."""

    CHOICES = "choices"  # a button for each choice
    YES_NO = "yes_no"  # two buttons
    NUMBER = "number"  # typed
    TIME = "time"  # typed, or the button for the present hour
    WORDS = "words"  # typed
    PLACE = "place"  # typed
    FILES = "files"  # sent


@dataclass(frozen=True, slots=True)
class Bound:
    """What `min` and `max` bound of an answer: its name in the texts, what is said below and above, the `max` by default."""

    name: str
    below: ProblemKey
    above: ProblemKey
    highest: int | None = None

    def broken(self, field: Field, number: int) -> Problem | None:
        """Return the problem with a number beyond the field's limits."""
        highest = self.highest if field.max is None else field.max
        if field.min is not None and number < field.min:
            return Problem(key=self.below, field=field.id, args={self.name: number, "min": field.min})
        if highest is not None and number > highest:
            return Problem(key=self.above, field=field.id, args={self.name: number, "max": highest})
        return None


LENGTH: Final = Bound("length", ProblemKey.TEXT_TOO_SHORT, ProblemKey.TEXT_TOO_LONG, LONGEST_TEXT)
COUNT: Final = Bound("count", ProblemKey.TOO_FEW, ProblemKey.TOO_MANY)
SIZE: Final = Bound("value", ProblemKey.TOO_SMALL, ProblemKey.TOO_BIG)


class AnswerKind(ABC):
    """One kind of answer; what has no value here, each kind must say for itself."""

    kind: ClassVar[Kind]
    stored: ClassVar[type]  # what an answer is in JSON
    options: ClassVar[frozenset[str]]  # those of OPTIONS that a form's file may set
    words: ClassVar[int]  # that a value in a line may have at most
    unread: ClassVar[ProblemKey]  # said of words that spell no such answer
    bound: ClassVar[Bound | None]
    asked: ClassVar[Asked]
    columns: ClassVar[tuple[str, ...]]  # of an export: what follows the field's id in the header of each
    totals: ClassVar[frozenset[Summary]]  # what a summary can make of many answers, beside telling the latest
    example: ClassVar[tuple[str, str] | None]  # as typed in Indonesian and in English, where a form's file gives none
    problem_example: ClassVar[str] = ""  # the same in the text of a problem
    free: ClassVar[bool] = False  # any words, which may name somebody
    several: ClassVar[bool] = False  # a list, to which buttons add one by one
    places: ClassVar[tuple[int | None, ...]] = ()  # of the numbers of an answer, in JSON; None: it is the number

    @property
    def chooses(self) -> bool:
        """Whether the answer is one or more of the field's choices."""
        return self.asked is Asked.CHOICES

    @property
    def one_choice(self) -> bool:
        """Whether the answer is exactly one of the field's choices."""
        return self.chooses and not self.several

    @property
    def one_number(self) -> bool:
        """Whether the answer is exactly one number."""
        return self.places == (None,)

    @abstractmethod
    def read(self, field: Field, text: str) -> Value | None:
        """Return the value that a typed answer spells, limits not yet checked; nothing when it spells none."""

    @abstractmethod
    def show(self, texts: Texts, language: str, field: Field, value: Value) -> str:
        """Return an answer in words; plain text, not yet escaped."""

    def check(self, field: Field, value: Value) -> Problem | None:
        """Return the problem with a value beyond the field's limits."""
        found = [self.bound.broken(field, number) for number in self.measured(value)] if self.bound else []
        return next((problem for problem in found if problem), None)

    def measured(self, value: Value) -> list[int]:
        """Return what `min` and `max` bound of an answer: its numbers, or how long it is."""
        if self.places:
            return [number for _, number in self.numbers(value)]
        return [len(value)] if isinstance(value, str | list) and isinstance(value, self.stored) else []

    def numbers(self, value: Value) -> list[tuple[int | None, int]]:
        """Return the numbers of an answer, each with its place."""
        return []

    @abstractmethod
    def fits(self, field: Field, value: Value) -> bool:
        """Tell whether a value, whatever brought it, is one that an answer to this field is stored as."""

    def cells(self, value: Any) -> Sequence[object]:
        """Return what stands in the columns of an export; `value` is None where there is no answer."""
        return [";".join(map(str, value)) if isinstance(value, list) else value]

    def counted(self, value: Any) -> list[str]:
        """Return the ids under which a summary counts an answer."""
        return [str(value)]

    def names(self, texts: Texts, language: str, field: Field) -> Mapping[str, str]:
        """Return the name of each id under which answers are counted, in the order of the summary."""
        return {choice.id: choice.text(language) for choice in field.choices}

    def named(self, given: Value | None, choice_id: str) -> Value | None:
        """Return the answer after a word of a line has named a choice; nothing when the word adds nothing."""
        return None

    def tapped(self, field: Field, given: Value | None, button: str) -> Value | None:
        """Return the answer after a tap on a button of the question; nothing when the question has no such button."""
        return None

    def joined(self, field: Field, given: Value | None, typed: Value) -> Value:
        """Return the answer after one was typed where taps may have given a part of it."""
        return typed
