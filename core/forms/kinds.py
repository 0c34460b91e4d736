"""The kinds of answer, one class a kind: how it is typed, limited, shown, exported, added up, and asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from core.forms import spelling
from core.forms.choice_kinds import ChoiceKind, ChoicesKind
from core.forms.fields import Field, Kind, Value
from core.forms.kind_parts import COUNT, COUNTS, FIGURES, LENGTH, LIMITS, NO_TOTAL, SIZE, SUMS, TYPED, AnswerKind, Asked
from core.forms.problems import Problem, ProblemKey
from core.kit.texts import Texts
from core.kit.words import storable


class IntegerKind(AnswerKind):
    """A whole number."""

    kind, stored, asked = Kind.INTEGER, int, Asked.NUMBER
    options, bound, places = FIGURES, SIZE, (None,)
    words, unread, example, problem_example = 2, ProblemKey.NUMBER, ("120", "120"), "120"
    columns, totals = ("",), SUMS

    def read(self, field: Field, text: str) -> Value | None:
        """`120`, `1.250`, `12 orang`."""
        return spelling.read_integer(text)

    def show(self, texts: Texts, language: str, field: Field, value: Value) -> str:
        """The number with the language's separators."""
        return texts.number(language, value) if isinstance(value, int) else str(value)

    def numbers(self, value: Value) -> list[tuple[int | None, int]]:
        """The one number."""
        return [(None, value)] if isinstance(value, int) else []

    def fits(self, field: Field, value: Value) -> bool:
        """A number; true and false, which Python takes for numbers, are none."""
        return spelling.is_whole(value)


class RatioKind(AnswerKind):
    """Two numbers, the first of the second: a list of both."""

    kind, stored, asked = Kind.RATIO, list, Asked.NUMBER
    options, bound, places = FIGURES | {"may_exceed"}, SIZE, (0, 1)
    words, unread, example, problem_example = 3, ProblemKey.RATIO, ("18/20", "18/20"), "18/20"
    columns, totals = ("_1", "_2"), SUMS

    def read(self, field: Field, text: str) -> Value | None:
        """`18/20`, `18 dari 20`."""
        return spelling.read_ratio(text)

    def show(self, texts: Texts, language: str, field: Field, value: Value) -> str:
        """Both numbers with a stroke between them."""
        return "/".join(texts.number(language, int(one)) for one in value) if isinstance(value, list) else str(value)

    def check(self, field: Field, value: Value) -> Problem | None:
        """Both numbers are within the limits, and the first is not the larger one unless the field says so."""
        problem = super().check(field, value)
        if problem is not None or not isinstance(value, list):
            return problem
        first, second = (number for _, number in self.numbers(value))
        if first > second and not field.may_exceed:
            return Problem(key=ProblemKey.RATIO_ORDER, field=field.id, args={"first": first, "second": second})
        return None

    def numbers(self, value: Value) -> list[tuple[int | None, int]]:
        """The two numbers."""
        return [(place, int(value[place])) for place in range(len(value))] if isinstance(value, list) else []

    def fits(self, field: Field, value: Value) -> bool:
        """A list of two numbers, neither below zero."""
        return isinstance(value, list) and len(value) == 2 and all(spelling.is_whole(one, least=0) for one in value)

    def cells(self, value: Any) -> Sequence[object]:
        """A number a column, so that no spreadsheet makes a date of it."""
        return value or ("", "")


class YesNoKind(AnswerKind):
    """Yes or no: true or false."""

    kind, stored, asked = Kind.YES_NO, bool, Asked.YES_NO
    options, bound = TYPED | {"alone"}, None
    words, unread, example = 1, ProblemKey.YES_NO, ("ya", "yes")
    columns, totals = ("",), COUNTS

    def read(self, field: Field, text: str) -> Value | None:
        """`ya`, `sudah`, `tdk`."""
        return spelling.read_yes_no(text)

    def show(self, texts: Texts, language: str, field: Field, value: Value) -> str:
        """The language's word."""
        return texts.plain(language, "yes" if value else "no")

    def fits(self, field: Field, value: Value) -> bool:
        """True or false."""
        return isinstance(value, bool)

    def counted(self, value: Any) -> list[str]:
        """The two answers count, each for itself."""
        return ["yes" if value else "no"]

    def names(self, texts: Texts, language: str, field: Field) -> Mapping[str, str]:
        """The language's words."""
        return {one: texts.plain(language, one) for one in ("yes", "no")}

    def tapped(self, field: Field, given: Value | None, button: str) -> Value | None:
        """The answer of the button."""
        return button == "yes" if button in ("yes", "no") else None


class TimeKind(AnswerKind):
    """A time of day: "HH:MM"."""

    kind, stored, asked = Kind.TIME, str, Asked.TIME
    options, bound = TYPED, None
    words, unread, example, problem_example = 4, ProblemKey.TIME, ("08:10", "08:10"), "08.10"  # "pukul 8 malam WIB"
    columns, totals = ("",), NO_TOTAL

    def read(self, field: Field, text: str) -> Value | None:
        """`8.10`, `pukul 8 malam`."""
        return spelling.read_time(text)

    def show(self, texts: Texts, language: str, field: Field, value: Value) -> str:
        """Indonesian writes a point between hour and minute."""
        return str(value).replace(":", ".") if language == "id" and isinstance(value, str) else str(value)

    def fits(self, field: Field, value: Value) -> bool:
        """A time as it is stored."""
        return isinstance(value, str) and self.read(field, value) == value


class TextKind(AnswerKind):
    """Words as they were typed."""

    kind, stored, asked, free = Kind.TEXT, str, Asked.WORDS, True
    options, bound = TYPED | LIMITS | {"rest"}, LENGTH
    words, unread, example = 1, ProblemKey.EMPTY, ("keterangan", "remark")
    columns, totals = ("",), NO_TOTAL

    def read(self, field: Field, text: str) -> Value | None:
        """Anything that can be seen."""
        return storable(text) or None

    def show(self, texts: Texts, language: str, field: Field, value: Value) -> str:
        """The words themselves."""
        return str(value)

    def fits(self, field: Field, value: Value) -> bool:
        """Words as they are stored."""
        return isinstance(value, str) and self.read(field, value) == value


class LocationKind(AnswerKind):
    """A place: {"lat": …, "lon": …} in degrees."""

    kind, stored, asked = Kind.LOCATION, dict, Asked.PLACE
    options, bound = TYPED, None
    words, unread, example = 2, ProblemKey.LOCATION, ("-2.99,104.75", "-2.99,104.75")
    columns, totals = ("_lat", "_lon"), NO_TOTAL

    def read(self, field: Field, text: str) -> Value | None:
        """`-2.99,104.75`."""
        return spelling.read_location(text)

    def show(self, texts: Texts, language: str, field: Field, value: Value) -> str:
        """The place as it is stored."""
        return str(value)

    def fits(self, field: Field, value: Value) -> bool:
        """Both coordinates, and nothing else."""
        return (
            isinstance(value, dict) and value.keys() == {"lat", "lon"} and spelling.is_place(value["lat"], value["lon"])
        )

    def cells(self, value: Any) -> Sequence[object]:
        """A column for each coordinate."""
        return (value["lat"], value["lon"]) if value else ("", "")


class MediaKind(AnswerKind):
    """Files, a list of their ids: sent, never typed."""

    kind, stored, asked = Kind.MEDIA, list, Asked.FILES
    options, bound = LIMITS, COUNT
    words, unread, example = 1, ProblemKey.NOT_TYPED, None
    columns, totals = ("",), NO_TOTAL

    def read(self, field: Field, text: str) -> Value | None:
        """No words are a file."""
        return None

    def show(self, texts: Texts, language: str, field: Field, value: Value) -> str:
        """The ids of the files."""
        return str(value)

    def fits(self, field: Field, value: Value) -> bool:
        """At least one id of a file, and nothing else."""
        return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)


KINDS: Final[Mapping[Kind, AnswerKind]] = MappingProxyType(
    {
        one.kind: one
        for one in (
            ChoiceKind(), ChoicesKind(), IntegerKind(), RatioKind(), YesNoKind(), TimeKind(), TextKind(), LocationKind(),
            MediaKind(),
        )
    }
)  # fmt: skip


def kind_of(field: Field) -> AnswerKind:
    """Return what is particular to the kind of a field's answers."""
    return KINDS[field.kind]
