"""The rules that a form's definition must keep, beyond the shape of its parts."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from core.forms.examples import example_line
from core.forms.forms import CONFIDENTIAL, Choice, Field, Form, Label, Level, OnlyIf, Summary, level, missing
from core.forms.kind_parts import OPTIONS, Asked
from core.forms.kinds import kind_of
from core.forms.line_grammar import parse_line
from core.forms.problems import Problem
from core.forms.severity import Severity
from core.forms.spelling import LONGEST_PHRASE
from core.forms.values import conflicts, read_value
from core.kit.shortening import LABEL_LIMIT
from core.kit.words import LONGEST_WORD, fold, fold_key

LAST: Final = "last"  # what `quick` may name: the latest answer of the same post
POST_NUMBERS: Final = frozenset({"voters"})  # what `at_most` and `quick` may name of a post

_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,31}")
_COMMAND: Final = re.compile(r"[a-z0-9_]{1,32}")  # what Telegram accepts as a command
_BUTTON_DATA: Final = 48  # bytes of form, field and choice id; Telegram allows 64, the rest names the draft
_FIELD_LABEL: Final = 40
_MOST_QUICK: Final = 6  # three rows of buttons


class BrokenRuleError(Exception):
    """A rule that a form breaks, before the file's name is known."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(where, reason)
        self.where, self.reason = where, reason


def check_form(form: Form) -> None:
    """Check one form by itself; BrokenRuleError for the first rule that it breaks."""
    for rule in (_check_head, _check_words, _check_references, _check_examples, _check_opening, _check_nil):
        rule(form)


def _check_head(form: Form) -> None:
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
    kind = kind_of(field)
    for option in OPTIONS:
        used = option in field.model_fields_set
        _demand(not used or option in kind.options, f"{where}, {option}", f"does not belong to kind {field.kind}")
    _demand(not kind.chooses or field.choices, f"{where}, choices", f"kind {field.kind} needs choices")
    if field.id == CONFIDENTIAL:
        _demand(kind.asked is Asked.YES_NO and not field.required, where, "must be an optional question of kind yes_no")
        _demand(not form.alarm, where, "an alarm hides nobody: help must know to whom it goes")
    _check_limits(where, field)
    _check_quick(where, field)
    _demand(not kind.free or field.max is None or field.max > 0, f"{where}, max", "leaves no text")
    for total, what in ((Summary.SUM, "sum of kind"), (Summary.COUNT, "count of")):
        _demand(field.summary is not total or total in kind.totals, f"{where}, summary", f"no {what} {field.kind}")
    _check_label(f"{where}, label", field.label, _FIELD_LABEL)
    _unique([choice.id for choice in field.choices], f"{where}, choice id")
    for choice in field.choices:
        _check_choice(f"{where}, choice {choice.id}", choice)
        size = len(f"{form.id}:{field.id}:{choice.id}")
        _demand(
            size <= _BUTTON_DATA, f"{where}, choice {choice.id}", f"ids too long for a button: {size} > {_BUTTON_DATA}"
        )


def _check_limits(where: str, field: Field) -> None:
    """Hard limits enclose likely ones."""
    names = ("min", "likely_min", "likely_max", "max")
    given = [(name, limit) for name in names if (limit := getattr(field, name)) is not None]
    for (name, low), (other, high) in pairwise(given):
        _demand(low <= high, f"{where}, {name}", f"{low} is more than {other} {high}")


def _check_quick(where: str, field: Field) -> None:
    _demand(len(field.quick) <= _MOST_QUICK, f"{where}, quick", f"more than {_MOST_QUICK} buttons")
    _unique(list(field.quick), f"{where}, quick")
    for one in field.quick:
        named = one == LAST or (one in POST_NUMBERS and kind_of(field).one_number)
        fits = named or not isinstance(read_value(field, one), Problem)
        _demand(fits, f"{where}, quick", f"{one!r} is no answer to this field, nor last, nor a number of a post")


def _check_choice(where: str, choice: Choice) -> None:
    _demand(_ID.fullmatch(choice.id), where, "is not a plain id (a-z, 0-9, _; at most 32)")
    _check_label(f"{where}, label", choice.label, LABEL_LIMIT)
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
    numbers = {field.id for field in form.fields if kind_of(field).one_number}
    for field in form.fields:
        where = f"field {field.id}"
        if field.at_most is not None:
            known = field.at_most in POST_NUMBERS or field.at_most in numbers - {field.id}
            _demand(known, f"{where}, at_most", f"{field.at_most!r} is no integer field and no number of a post")
        if field.only_if is not None:
            other = earlier.get(field.only_if.field)
            if other is None:
                raise BrokenRuleError(f"{where}, only_if", f"{field.only_if.field!r} is no earlier field")
            _check_condition(f"{where}, only_if", field.only_if, other)
        for post in field.only_for:
            _demand(post in form.posts, f"{where}, only_for", f"{post} does not file this form")
        earlier[field.id] = field


def _check_condition(where: str, need: OnlyIf, other: Field) -> None:
    wanted = need.is_
    kind = kind_of(other)
    if kind.asked is Asked.YES_NO:
        _demand(isinstance(wanted, bool), where, f"{other.id} is answered with true or false")
        return
    _demand(kind.chooses and not isinstance(wanted, bool), where, f"{other.id} has no such answer")
    ids = {choice.id for choice in other.choices}
    for choice_id in wanted if isinstance(wanted, tuple) else (str(wanted),):
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


def _check_opening(form: Form) -> None:
    """What `[incident]` names must be there whenever the form is filed; an alarm asks nothing and opens one."""
    rule = form.incident
    if rule is not None:
        _demand(not (rule.category and rule.category_from), "incident, category", "or category_from, not both")
        _demand(rule.severity or rule.severity_from, "incident, severity", "or severity_from is missing")
        if rule.when is not None:
            known = [field for field in form.fields if field.id == rule.when.field]
            _demand(known, "incident, when", f"{rule.when.field!r} is no field")
            _check_condition("incident, when", rule.when, known[0])
        for option in ("category_from", "severity_from"):
            _check_source(form, option, getattr(rule, option), rule.when)
    if form.alarm:
        _demand(form.opens({}) is not None, "alarm", "opens no incident")
        asked = [field.id for kind in form.posts for field in missing(form, {}, kind)]
        _demand(not asked, "alarm", f"needs an answer: {', '.join(asked)}")


def _check_source(form: Form, option: str, field_id: str | None, when: OnlyIf | None) -> None:
    if field_id is None:
        return
    where = f"incident, {option}"
    field = next((one for one in form.fields if one.id == field_id), None)
    if field is None or not kind_of(field).one_choice:
        raise BrokenRuleError(where, f"{field_id!r} is no choice field")
    always = field.required and not field.only_for and field.only_if in (None, when)
    spare = option == "severity_from" and form.incident is not None and form.incident.severity
    _demand(always or spare, where, f"{field_id} is not always answered when an incident is opened")
    strange = sorted({choice.id for choice in field.choices} - set(Severity)) if option == "severity_from" else []
    *milder, gravest = Severity
    _demand(not strange, where, f"{', '.join(strange)}: a severity is {', '.join(milder)} or {gravest}")


def _check_nil(form: Form) -> None:
    """Nihil is a whole report of every post that files the form, and nothing to worry about."""
    if form.nil is None:
        return
    for field_id, value in form.nil.items():
        field = next((one for one in form.fields if one.id == field_id), None)
        if field is None:
            raise BrokenRuleError(f"nil, {field_id}", "is no field of this form")
        typed = kind_of(field).asked not in (
            Asked.PLACE,
            Asked.FILES,
        )  # no file can say that nothing happened at a place
        fits = typed and kind_of(field).fits(field, value)
        _demand(fits, f"nil, {field_id}", f"{value!r} is not an answer to this field")
    for kind in form.posts:
        wrong = [problem.field for problem in conflicts(form, form.nil, post_kind=kind)]
        _demand(not wrong, f"nil, {', '.join(wrong)}", f"not asked of {kind}, or beyond a limit")
        asked = [field.id for field in missing(form, form.nil, kind)]
        _demand(not asked, "nil", f"leaves open what {kind} must answer: {', '.join(asked)}")
    grave = form.opens(form.nil) is not None or level(form, form.nil) in (Level.BAD, Level.WORST)
    _demand(not grave, "nil", "nothing to report cannot open an incident")


def _unique(ids: list[str], what: str) -> None:
    for one in ids:
        _demand(ids.count(one) == 1, f"{what} {one}", "is there twice")


def _demand(holds: object, where: str, reason: str) -> None:
    if not holds:
        raise BrokenRuleError(where, reason)
