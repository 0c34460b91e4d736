"""Forms as data: what a report asks for, which questions apply, and how bad its answers are."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, StrictBool, StrictInt
from pydantic import Field as Option

from core.words import fold, fold_key

# What an answer looks like, ready for JSON: a choice's id, a number, yes or no, "HH:MM" or text; several choices' ids or
# media ids; a ratio's two numbers; {"lat": …, "lon": …}.
Value: TypeAlias = str | int | bool | list[str] | list[int] | dict[str, float]
Answers: TypeAlias = Mapping[str, Value]

PostKind: TypeAlias = Literal["tps", "lapas", "posko", "gudang", "kantor"]


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


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Label(_Record):
    """A text in both languages."""

    id: str = Option(min_length=1)
    en: str = Option(min_length=1)

    def text(self, lang: str) -> str:
        """Return the text in a language; one we do not have gets Indonesian."""
        return self.en if lang == "en" else self.id


class Choice(_Record):
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


class OnlyIf(_Record):
    """The answer of an earlier field on which a field depends."""

    field: str
    is_: StrictBool | str | tuple[str, ...] = Option(alias="is")

    def holds(self, answer: Value | None) -> bool:
        """Tell whether this answer is (or, with several choices, contains) what is asked for."""
        if isinstance(self.is_, bool):
            return answer is self.is_
        wanted = {self.is_} if isinstance(self.is_, str) else set(self.is_)
        return bool(wanted.intersection(answer)) if isinstance(answer, list) else answer in wanted


class Field(_Record):
    """One question of a form."""

    id: str
    kind: Kind
    label: Label
    required: StrictBool = False
    words: tuple[str, ...] = ()  # keys of `key=value`, beside the id
    choices: tuple[Choice, ...] = ()
    min: StrictInt | None = None  # of a number, of a text's length, of how many choices or media
    max: StrictInt | None = None
    at_most: str | None = None  # another field, or a number that the post has
    may_exceed: StrictBool = False  # a ratio's first number may be the larger one
    only_if: OnlyIf | None = None
    only_for: tuple[PostKind, ...] = ()
    summary: Summary = Summary.NONE
    rest: StrictBool = False  # takes the note at the end of a line
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


class Form(_Record):
    """The definition of one kind of report."""

    id: str
    commands: tuple[str, ...] = Option(min_length=1)
    title: Label
    posts: tuple[PostKind, ...] = Option(min_length=1)
    order: StrictInt = 100  # place in menus and help, small first
    plain_words: tuple[str, ...] = ()  # ordinary words that look like a slip of a choice's word but are none
    fields: tuple[Field, ...] = Option(alias="field", min_length=1)

    @cached_property
    def by_word(self) -> Mapping[str, tuple[Field, Choice]]:
        """Field and choice by each folded word that names one anywhere in a line (`politikuang` as well as `politik uang`)."""
        found: dict[str, tuple[Field, Choice]] = {}
        for field in self.fields:
            for choice in field.choices:
                for word in choice.words:
                    found[fold(word)] = (field, choice)
                    found.setdefault(fold_key(word), (field, choice))
        return MappingProxyType(found)

    @cached_property
    def by_key(self) -> Mapping[str, Field]:
        """Field by each folded key."""
        return MappingProxyType({key: field for field in self.fields for key in field.keys})

    @cached_property
    def never_typos(self) -> frozenset[str]:
        """Folded ordinary words that begin a note even when they look like a slip."""
        return frozenset(fold(word) for word in self.plain_words)

    @cached_property
    def rest(self) -> Field | None:
        """The text field that takes the note, if the form has one."""
        return next((field for field in self.fields if field.rest), None)

    def command(self, lang: str) -> str:
        """Return the command to show in a language: ids are English, the others Indonesian."""
        others = [name for name in self.commands if name != self.id]
        return self.id if self.id in self.commands and (lang == "en" or not others) else others[0]

    def field(self, field_id: str) -> Field:
        """Return a field by its id; KeyError when there is none."""
        for field in self.fields:
            if field.id == field_id:
                return field
        raise KeyError(field_id)


class Forms(Mapping[str, Form]):
    """The forms of a preset by id, in the order of menus, and by command."""

    def __init__(self, forms: Iterable[Form]) -> None:
        ordered = sorted(forms, key=lambda form: (form.order, form.id))
        self._by_id = {form.id: form for form in ordered}
        self._by_command = {command: form for form in ordered for command in form.commands}

    def __getitem__(self, form_id: str) -> Form:
        return self._by_id[form_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    @property
    def commands(self) -> tuple[str, ...]:
        """Every command that opens a form, in order."""
        return tuple(self._by_command)

    def for_command(self, command: str) -> Form | None:
        """Return the form that a command (without slash, any case) opens, if any."""
        return self._by_command.get(command.casefold())

    def for_post(self, kind: str) -> tuple[Form, ...]:
        """Return the forms that this kind of post files."""
        return tuple(form for form in self.values() if kind in form.posts)


def is_answered(answers: Answers, field_id: str) -> bool:
    """Tell whether a field has an answer; an empty text or list is none, zero and "no" are."""
    answer = answers.get(field_id)
    return answer is not None and answer not in ("", [])


def fits_post(field: Field, post_kind: str | None) -> bool:
    """Tell whether a field is asked of this kind of post; while the kind is unknown every field is."""
    return post_kind is None or not field.only_for or post_kind in field.only_for


def applicable(form: Form, answers: Answers, post_kind: str | None = None) -> tuple[Field, ...]:
    """Return the fields that are asked, given the answers so far and the kind of post."""
    asked: dict[str, Field] = {}
    for field in form.fields:
        need = field.only_if
        if need is not None and not (need.field in asked and need.holds(answers.get(need.field))):
            continue
        if fits_post(field, post_kind):
            asked[field.id] = field
    return tuple(asked.values())


def missing(form: Form, answers: Answers, post_kind: str | None = None) -> tuple[Field, ...]:
    """Return the required fields that apply and have no answer yet, in the form's order."""
    return tuple(
        field for field in applicable(form, answers, post_kind) if field.required and not is_answered(answers, field.id)
    )


def level(form: Form, answers: Answers) -> Level | None:
    """Return the worst level among the chosen choices; nothing when none of them has a level."""
    order = list(Level)
    chosen = [one for field in form.fields for one in _levels(field, answers.get(field.id))]
    return max(chosen, key=order.index, default=None)


def _levels(field: Field, answer: Value | None) -> list[Level]:
    ids: list[object] = list(answer) if isinstance(answer, list) else [answer]
    return [choice.level for choice in field.choices if choice.id in ids and choice.level is not None]
