"""Forms as data: what a report asks for, which questions apply, and how bad its answers are."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Final

from pydantic import Field as Option
from pydantic import StrictBool, StrictInt

from core.forms.fields import Answers, Choice, Field, Level, OnlyIf, Style, Summary, Value
from core.forms.severity import Severity
from core.kit.label import Label, Record
from core.kit.words import fold, fold_key
from core.territory.posts import PostKind

__all__ = [
    "BEHALF",
    "CONFIDENTIAL",
    "Answers",
    "Choice",
    "Field",
    "Form",
    "Forms",
    "Label",
    "Level",
    "OnlyIf",
    "OpensIncident",
    "Style",
    "Summary",
    "Value",
    "applicable",
    "fits_post",
    "is_answered",
    "lasting_key",
    "level",
    "missing",
]

BEHALF: Final = "behalf"  # the question that every form has: who reports through the one who writes
CONFIDENTIAL: Final = "confidential"  # the question that every form but the alarm has: whether the name is kept back


class OpensIncident(Record):
    """That filing a form opens an incident: of which category (none: heard of like a bad status), how grave, and when."""

    category: str | None = None
    category_from: str | None = None  # the choice field whose answer is the category
    severity_from: str | None = None  # the choice field whose answer is the severity
    severity: Severity | None = None  # the severity where that field has no answer, or where there is none
    when: OnlyIf | None = None  # only with this answer; without it, always


class Form(Record):
    """The definition of one kind of report."""

    id: str
    commands: tuple[str, ...] = Option(min_length=1)
    title: Label
    posts: tuple[PostKind, ...] = Option(min_length=1)
    order: StrictInt = 100  # place in menus and help, small first
    plain_words: tuple[str, ...] = ()  # ordinary words that look like a slip of a choice's word but are none
    nil: Mapping[str, Value] | None = None  # the answers that stand for "nothing to report"
    incident: OpensIncident | None = None
    lasting: StrictBool = False  # the newest answer stands, whichever the day, until a newer one replaces it
    alarm: StrictBool = False  # filed with one tap; at most one form of a preset
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
    def by_mark(self) -> Mapping[str, Field]:
        """Field by each folded key that by itself, before the note, means yes."""
        return MappingProxyType({key: field for key, field in self.by_key.items() if field.alone})

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

    @property
    def categories(self) -> frozenset[str]:
        """Every category of incident that filing this form may open."""
        rule = self.incident
        if rule is None or rule.category_from is None:
            return frozenset({rule.category} if rule and rule.category else ())
        return frozenset(choice.id for choice in self.field(rule.category_from).choices)

    @property
    def standing_key(self) -> str | None:
        """The window in which the answers of a form of lasting figures stand; none where the calendar says which."""
        return lasting_key(self.id) if self.lasting else None

    def opens(self, answers: Answers) -> tuple[str | None, str] | None:
        """Return category and severity of the incident that these answers open, if the form says that they do."""
        rule = self.incident
        if rule is None or (rule.when is not None and not rule.when.holds(answers.get(rule.when.field))):
            return None
        category = answers.get(rule.category_from) if rule.category_from else rule.category
        severity = (answers.get(rule.severity_from) if rule.severity_from else None) or rule.severity
        if not isinstance(severity, str) or (rule.category_from and category is None):
            return None
        return (str(category) if category is not None else None), str(severity)

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

    @property
    def alarm(self) -> Form | None:
        """The form that is filed with one tap when help is needed, if the preset has one."""
        return next((form for form in self.values() if form.alarm), None)

    @property
    def alarm_ids(self) -> frozenset[str]:
        """The ids of the forms that call for help."""
        return frozenset(form.id for form in self.values() if form.alarm)

    @property
    def categories(self) -> frozenset[str]:
        """Every category of incident that some form opens."""
        return frozenset(category for form in self.values() for category in form.categories)

    def for_command(self, command: str) -> Form | None:
        """Return the form that a command (without slash, any case) opens, if any."""
        return self._by_command.get(command.casefold())

    def for_post(self, kind: str) -> tuple[Form, ...]:
        """Return the forms that this kind of post files."""
        return tuple(form for form in self.values() if kind in form.posts)


def lasting_key(form_id: str) -> str:
    """Return the key of the window in which the answers of a form of lasting figures stand."""
    return f"{form_id}/lasting"


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
