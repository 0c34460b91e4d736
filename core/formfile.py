"""Reading a folder of form files; a broken one is named with its place and the reason before anybody meets it."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from pydantic import ValidationError

from core.examples import example_line
from core.forms import Choice, Field, Form, Forms, Kind, Label, Summary
from core.grammar import parse_line
from core.values import LONGEST_PHRASE, Problem, read_value
from core.words import LONGEST_WORD, fold, fold_key

POST_NUMBERS: Final = frozenset({"voters"})  # what `at_most` may name of a post

_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,31}")
_COMMAND: Final = re.compile(r"[a-z0-9_]{1,32}")  # what Telegram accepts as a command
_BUTTON_DATA: Final = 48  # bytes of form, field and choice id; Telegram allows 64, the rest names the draft
_CHOICE_LABEL: Final = 24  # more is cut off on a small phone with two buttons a row
_FIELD_LABEL: Final = 40
_CHOSEN: Final = frozenset({Kind.CHOICE, Kind.CHOICES})

# Which kinds an option means something to; options not named here belong to every kind.
_OPTION_KINDS: Final[Mapping[str, frozenset[Kind]]] = MappingProxyType(
    {
        "choices": _CHOSEN,
        "min": frozenset({Kind.CHOICES, Kind.INTEGER, Kind.RATIO, Kind.TEXT, Kind.MEDIA}),
        "max": frozenset({Kind.CHOICES, Kind.INTEGER, Kind.RATIO, Kind.TEXT, Kind.MEDIA}),
        "at_most": frozenset({Kind.INTEGER, Kind.RATIO}),
        "may_exceed": frozenset({Kind.RATIO}),
        "rest": frozenset({Kind.TEXT}),
        "words": frozenset(Kind) - {Kind.MEDIA},
        "example": frozenset(Kind) - {Kind.MEDIA},
    }
)


class FormFileError(Exception):
    """A form file cannot be used: which file, where in it, and why, in one line."""

    def __init__(self, file: str, where: str, reason: str) -> None:
        self.file, self.where, self.reason = file, where, " ".join(reason.split())
        super().__init__(": ".join(part for part in (self.file, self.where, self.reason) if part))


class _BrokenRuleError(Exception):
    """A rule that a form breaks, before the file's name is known."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(where, reason)
        self.where, self.reason = where, reason


def load_forms(folder: Path) -> Forms:
    """Return the forms of all `*.toml` files in a folder; FormFileError for the first that is broken."""
    forms: list[Form] = []
    owners: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        form = read_form(_read(path), file=str(path))
        for name, what in ((f"form {form.id}", "id"), *((f"/{command}", "commands") for command in form.commands)):
            if name in owners:
                raise FormFileError(str(path), what, f"{name} is already taken by {owners[name]}")
            owners[name] = path.name
        forms.append(form)
    if not forms:
        raise FormFileError(str(folder), "", "no form files (*.toml) in this folder")
    return Forms(forms)


def read_form(text: str, *, file: str = "form.toml") -> Form:
    """Return the form that a TOML text defines; FormFileError when it breaks a rule."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FormFileError(file, "", str(error)) from error
    except RecursionError as error:
        raise FormFileError(file, "", "nested too deeply") from error
    try:
        form = Form.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise FormFileError(file, _place(data, first["loc"]), first["msg"]) from error
    try:
        for rule in (_check_form, _check_words, _check_references, _check_examples):
            rule(form)
    except _BrokenRuleError as broken:
        raise FormFileError(file, broken.where, broken.reason) from broken
    return form


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")  # editors on Windows put a byte order mark first
    except UnicodeDecodeError as error:
        raise FormFileError(str(path), f"byte {error.start}", "not UTF-8 text") from error
    except OSError as error:
        raise FormFileError(str(path), "", error.strerror or "cannot be read") from error


def _place(data: Any, loc: Sequence[int | str]) -> str:
    """Turn a position like (field, 0, choices, 1, level) into words that name the ids there."""
    names: list[str] = []
    here = data
    for step in loc:
        here = _inside(here, step)
        if isinstance(step, int):
            known = here.get("id") if isinstance(here, dict) else None
            names[-1] = f"{names[-1].removesuffix('s')} {known if isinstance(known, str) else f'number {step + 1}'}"
        else:
            names.append(step)
    return ", ".join(names)


def _inside(here: Any, step: int | str) -> Any:
    if isinstance(here, dict):
        return here.get(step)
    return here[step] if isinstance(here, list) and isinstance(step, int) and step < len(here) else None


def _check_form(form: Form) -> None:
    _demand(_ID.fullmatch(form.id), "id", f"{form.id!r} is not a plain id (a-z, 0-9, _; at most 32)")
    for command in form.commands:
        _demand(_COMMAND.fullmatch(command), "commands", f"{command!r} is not a command name ([a-z0-9_], 1 to 32)")
    _demand(len(set(form.commands)) == len(form.commands), "commands", "the same command twice")
    _unique([field.id for field in form.fields], "field id")
    for field in form.fields:
        _check_field(form, field)
    rests = [field.id for field in form.fields if field.rest]
    _demand(len(rests) <= 1, "field " + ", ".join(rests), "only one field may take the rest of the line")


def _check_field(form: Form, field: Field) -> None:
    where = f"field {field.id}"
    _demand(_ID.fullmatch(field.id), where, "is not a plain id (a-z, 0-9, _; at most 32)")
    for option, kinds in _OPTION_KINDS.items():
        used = option in field.model_fields_set
        _demand(not used or field.kind in kinds, f"{where}, {option}", f"does not belong to kind {field.kind}")
    _demand(field.kind not in _CHOSEN or field.choices, f"{where}, choices", f"kind {field.kind} needs choices")
    if field.min is not None and field.max is not None:
        _demand(field.min <= field.max, f"{where}, min", f"{field.min} is more than max {field.max}")
    _demand(field.kind is not Kind.TEXT or field.max is None or field.max > 0, f"{where}, max", "leaves no text")
    sums, counts = {Kind.INTEGER, Kind.RATIO}, _CHOSEN | {Kind.YES_NO}
    _demand(field.summary is not Summary.SUM or field.kind in sums, f"{where}, summary", f"no sum of kind {field.kind}")
    _demand(
        field.summary is not Summary.COUNT or field.kind in counts, f"{where}, summary", f"no count of {field.kind}"
    )
    _check_label(f"{where}, label", field.label, _FIELD_LABEL)
    _unique([choice.id for choice in field.choices], f"{where}, choice id")
    for choice in field.choices:
        _check_choice(f"{where}, choice {choice.id}", choice)
        size = len(f"{form.id}:{field.id}:{choice.id}")
        _demand(
            size <= _BUTTON_DATA, f"{where}, choice {choice.id}", f"ids too long for a button: {size} > {_BUTTON_DATA}"
        )


def _check_choice(where: str, choice: Choice) -> None:
    _demand(_ID.fullmatch(choice.id), where, "is not a plain id (a-z, 0-9, _; at most 32)")
    _check_label(f"{where}, label", choice.label, _CHOICE_LABEL)
    if choice.symbol is not None:
        whole = 0 < len(choice.symbol) <= 8 and not any(char.isspace() or char.isalnum() for char in choice.symbol)
        _demand(whole, f"{where}, symbol", f"{choice.symbol!r} is not one symbol")


def _check_label(where: str, label: Label, longest: int) -> None:
    for lang, text in (("id", label.id), ("en", label.en)):
        _demand(text == text.strip() and text, f"{where}, {lang}", "empty, or space around it")
        _demand(len(text) <= longest, f"{where}, {lang}", f"{len(text)} characters, more than {longest}")


def _check_words(form: Form) -> None:
    """No word or key of a form may mean two things: neither anywhere in a line, nor as the answer to one field."""
    owners: dict[str, str] = {}
    for field, where, word in _line_words(form):
        meaning = fold_key(word)
        phrase = fold(word).split()
        _demand(meaning and len(word) <= LONGEST_WORD and not set("=#").intersection(word), where, f"{word!r} no word")
        _demand(len(phrase) <= LONGEST_PHRASE, where, f"{word!r} has more than {LONGEST_PHRASE} words")
        _demand(owners.setdefault(meaning, where) == where, where, f"{word!r} already belongs to {owners[meaning]}")
        _demand(
            not field.keys.intersection({meaning}) or where == f"field {field.id}", where, f"{word!r} is also the key"
        )
    for field in form.fields:
        meant: dict[str, str] = {}
        for choice in field.choices:
            for name in sorted(choice.names):
                other = meant.setdefault(name, choice.id)
                where = f"field {field.id}, choice {choice.id}"
                _demand(other == choice.id, where, f"{name!r} already belongs to choice {other}")
    both = sorted(form.never_typos.intersection(form.by_word))
    _demand(not both, "plain_words", f"{', '.join(both)} also names a choice")


def _line_words(form: Form) -> Iterator[tuple[Field, str, str]]:
    for field in form.fields:
        for word in (field.id, *field.words):
            _demand(len(word.split()) == 1, f"field {field.id}", f"key {word!r} is not one word")
            yield field, f"field {field.id}", word
        for choice in field.choices:
            for word in choice.words:
                yield field, f"field {field.id}, choice {choice.id}", word


def _check_references(form: Form) -> None:
    earlier: dict[str, Field] = {}
    numbers = {field.id for field in form.fields if field.kind is Kind.INTEGER}
    for field in form.fields:
        where = f"field {field.id}"
        if field.at_most is not None:
            known = field.at_most in POST_NUMBERS or field.at_most in numbers - {field.id}
            _demand(known, f"{where}, at_most", f"{field.at_most!r} is no integer field and no number of a post")
        if field.only_if is not None:
            other = earlier.get(field.only_if.field)
            if other is None:
                raise _BrokenRuleError(f"{where}, only_if", f"{field.only_if.field!r} is no earlier field")
            _check_condition(f"{where}, only_if", field, other)
        for post in field.only_for:
            _demand(post in form.posts, f"{where}, only_for", f"{post} does not file this form")
        earlier[field.id] = field


def _check_condition(where: str, field: Field, other: Field) -> None:
    wanted = field.only_if.is_ if field.only_if else ()
    if other.kind is Kind.YES_NO:
        _demand(isinstance(wanted, bool), where, f"{other.id} is answered with true or false")
        return
    _demand(other.kind in _CHOSEN and not isinstance(wanted, bool), where, f"{other.id} has no such answer")
    ids = {choice.id for choice in other.choices}
    for choice_id in (wanted,) if isinstance(wanted, str) else wanted if isinstance(wanted, tuple) else ():
        _demand(choice_id in ids, where, f"{other.id} has no choice {choice_id!r}")


def _check_examples(form: Form) -> None:
    for field in form.fields:
        for lang in ("id", "en"):
            example = field.example_text(lang)
            fits = example is None or not isinstance(read_value(field, example), Problem)
            _demand(fits, f"field {field.id}, example", f"{example!r} is not an answer to this field")
    for lang in ("id", "en"):
        line = example_line(form, lang)
        parsed = parse_line(form, line)
        _demand(not parsed.problems, "example", f"the line {line!r} made of the examples is not understood")


def _unique(ids: list[str], what: str) -> None:
    for one in ids:
        _demand(ids.count(one) == 1, f"{what} {one}", "is there twice")


def _demand(holds: object, where: str, reason: str) -> None:
    if not holds:
        raise _BrokenRuleError(where, reason)
