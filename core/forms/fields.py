"""The questions of a form as data: what sort of answer each takes, within which limits, under which conditions."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import TypeAlias

from pydantic import Field as Option
from pydantic import StrictBool, StrictInt

from core.kit.label import Label, Record
from core.kit.words import fold, fold_key
from core.territory.posts import PostKind

# What an answer looks like, ready for JSON: a choice's id, a number, yes or no, "HH:MM" or text; several choices' ids or
# media ids; a ratio's two numbers; {"lat": …, "lon": …}.
Value: TypeAlias = str | int | bool | list[str] | list[int] | dict[str, float]
Answers: TypeAlias = Mapping[str, Value]


class Kind(StrEnum):
    """What sort of answer a field takes."""

    CHOICE = "choice"
    CHOICES = "choices"
    INTEGER = "integer"
    RATIO = "ratio"
    YES_NO = "yes_no"
    TIME = "time"
    TEXT = "text"
    LOCATION = "location"
    MEDIA = "media"


class Level(StrEnum):
    """How bad a choice is, from good to worst."""

    OK = "ok"
    WATCH = "watch"
    BAD = "bad"
    WORST = "worst"


class Style(StrEnum):
    """The colour of a choice's button in Telegram."""

    PRIMARY = "primary"
    SUCCESS = "success"
    DANGER = "danger"


class Summary(StrEnum):
    """What the summary makes of a field's answers."""

    SUM = "sum"
    COUNT = "count"
    LATEST = "latest"
    NONE = "none"


class Choice(Record):
    """One of the answers that a choice field offers."""

    id: str
    label: Label
    words: tuple[str, ...] = ()  # name it anywhere in a line
    also: tuple[str, ...] = ()  # name it only after the field's key, or as the answer to its question
    level: Level | None = None
    symbol: str | None = None  # emoji before the label on buttons and cards
    style: Style | None = None

    @cached_property
    def names(self) -> frozenset[str]:
        """Every folded name by which the answer to this very field may be given."""
        typed = (*self.words, *self.also, self.label.id, self.label.en, self.id)
        return frozenset(name for text in typed for name in (fold(text), fold_key(text)) if name)

    def text(self, lang: str) -> str:
        """Return the choice as people see it: symbol and word."""
        label = self.label.text(lang)
        return f"{self.symbol} {label}" if self.symbol else label


class OnlyIf(Record):
    """The answer of an earlier field on which a field depends."""

    field: str
    is_: StrictBool | str | tuple[str, ...] = Option(alias="is")

    def holds(self, answer: Value | None) -> bool:
        """Tell whether this answer is (or, with several choices, contains) what is asked for."""
        if isinstance(self.is_, bool):
            return answer is self.is_
        wanted = {self.is_} if isinstance(self.is_, str) else set(self.is_)
        return bool(wanted.intersection(answer)) if isinstance(answer, list) else answer in wanted


class Field(Record):
    """One question of a form."""

    id: str
    kind: Kind
    label: Label
    required: StrictBool = False
    words: tuple[str, ...] = ()  # keys of `key=value`, beside the id
    choices: tuple[Choice, ...] = ()
    min: StrictInt | None = None  # of a number, of a text's length, of how many choices or media
    max: StrictInt | None = None
    likely_min: StrictInt | None = None  # a number beyond these is doubted, not refused
    likely_max: StrictInt | None = None
    at_most: str | None = None  # another field, or a number that the post has; more is doubted, not refused
    may_exceed: StrictBool = False  # a ratio's first number may be the larger one
    only_if: OnlyIf | None = None
    only_for: tuple[PostKind, ...] = ()
    summary: Summary = Summary.NONE
    rest: StrictBool = False  # takes the note at the end of a line
    alone: StrictBool = False  # one of its keys by itself, before the note, means yes
    quick: tuple[str, ...] = ()  # answers worth a button: a number as typed, "last" or a number that the post has
    hint: Label | None = None
    example: Label | str | None = None

    @cached_property
    def keys(self) -> frozenset[str]:
        """The folded keys that mean this field before `=`."""
        return frozenset(fold_key(word) for word in (self.id, *self.words))

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Choice id by each folded name that answers this field."""
        return MappingProxyType({name: choice.id for choice in self.choices for name in choice.names})

    def choice(self, choice_id: str) -> Choice:
        """Return a choice by its id; KeyError when there is none."""
        for choice in self.choices:
            if choice.id == choice_id:
                return choice
        raise KeyError(choice_id)

    def key(self, lang: str) -> str:
        """Return the key to show in a language: ids are English, the first word is Indonesian."""
        return self.words[0] if self.words and lang != "en" else self.id

    def example_text(self, lang: str) -> str | None:
        """Return the example that the file gives, if it gives one."""
        return self.example.text(lang) if isinstance(self.example, Label) else self.example
