"""The kinds of answer that are picked from a field's choices."""

from __future__ import annotations

from typing import Any

from core.forms import spelling
from core.forms.fields import Field, Kind, Value
from core.forms.kind_parts import COUNT, COUNTS, LIMITS, TYPED, AnswerKind, Asked
from core.forms.problems import ProblemKey
from core.kit.texts import Texts
from core.kit.words import fold, fold_key


class ChoiceKind(AnswerKind):
    """One choice: its id."""

    kind, stored, asked = Kind.CHOICE, str, Asked.CHOICES
    options, bound = TYPED | {"choices"}, None
    words, unread, example = spelling.LONGEST_PHRASE, ProblemKey.CHOICE, None
    columns, totals = ("",), COUNTS

    def read(self, field: Field, text: str) -> Value | None:
        """Any name of a choice."""
        return field.names.get(fold(text)) or field.names.get(fold_key(text))

    def show(self, texts: Texts, language: str, field: Field, value: Value) -> str:
        """Symbol and word of the choice; as it is stored where the form has it no more."""
        return _text(field, value, language)

    def fits(self, field: Field, value: Value) -> bool:
        """The id of a choice."""
        return isinstance(value, str) and value in _ids(field)

    def named(self, given: Value | None, choice_id: str) -> Value | None:
        """The first choice that is named holds."""
        return choice_id if given is None else None

    def tapped(self, field: Field, given: Value | None, button: str) -> Value | None:
        """The choice of the button."""
        return button if button in _ids(field) else None


class ChoicesKind(AnswerKind):
    """Several choices: a list of ids."""

    kind, stored, asked, several = Kind.CHOICES, list, Asked.CHOICES, True
    options, bound = TYPED | LIMITS | {"choices"}, COUNT
    words, unread, example = 9, ProblemKey.CHOICE, None
    columns, totals = ("",), COUNTS

    def read(self, field: Field, text: str) -> Value | None:
        """Names of choices, with commas, "and" or nothing between them."""
        return spelling.read_choices(field.names, text)

    def show(self, texts: Texts, language: str, field: Field, value: Value) -> str:
        """Symbol and word of each choice."""
        if not isinstance(value, list):
            return str(value)
        return ", ".join(_text(field, one, language) for one in value)

    def fits(self, field: Field, value: Value) -> bool:
        """At least one id of a choice, each once, and nothing else."""
        if not isinstance(value, list) or not value or not all(isinstance(one, str) for one in value):
            return False
        return set(_ids(field)).issuperset(value) and len(set(value)) == len(value)

    def counted(self, value: Any) -> list[str]:
        """Each choice counts."""
        return [str(one) for one in value]

    def named(self, given: Value | None, choice_id: str) -> Value | None:
        """Each choice that is named joins those before it."""
        chosen = [str(one) for one in given] if isinstance(given, list) else []
        return None if choice_id in chosen else [*chosen, choice_id]

    def tapped(self, field: Field, given: Value | None, button: str) -> Value | None:
        """A tap sets a choice or takes it away again; they stand in the form's order."""
        if button not in _ids(field):
            return None
        before = set(map(str, given)) if isinstance(given, list) else set()
        return [one for one in _ids(field) if one in before ^ {button}]

    def joined(self, field: Field, given: Value | None, typed: Value) -> Value:
        """Those tapped before and those typed now, in the form's order."""
        chosen = {str(one) for part in (given, typed) if isinstance(part, list) for one in part}
        return [one for one in _ids(field) if one in chosen]


def _ids(field: Field) -> list[str]:
    return [choice.id for choice in field.choices]


def _text(field: Field, choice_id: object, language: str) -> str:
    return next((choice.text(language) for choice in field.choices if choice.id == choice_id), str(choice_id))
