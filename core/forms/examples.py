"""Example lines for help texts, made from a form's definition."""

from core.forms.forms import Choice, Field, Form, Value, applicable
from core.forms.kinds import kind_of
from core.forms.problems import Problem
from core.forms.values import read_value
from core.kit.words import fold


def example_line(form: Form, lang: str) -> str:
    """Return a line, without its command, that answers every required question and each one that has an example.

    Choices come first, then keys with values, then the note.
    """
    answers: dict[str, Value] = {}
    words: list[str] = []
    pairs: list[str] = []
    note = ""
    for field in form.fields:
        shown = _example(field, lang)
        if shown is None or field not in applicable(form, answers):
            continue
        value = _value(field, shown)
        if value is None:
            continue
        answers[field.id] = value
        if field.rest:
            note = shown
        elif kind_of(field).one_choice and _is_word(form, field, shown):
            words.append(shown)
        else:
            quoted = f'"{shown}"' if kind_of(field).free and " " in shown else shown
            pairs.append(f"{field.key(lang)}={quoted}")
    return " ".join(part for part in (*words, *pairs, note) if part)


def _example(field: Field, lang: str) -> str | None:
    """Return what to type for a field, or nothing when it is optional and has no example."""
    given = field.example_text(lang)
    if given is None and not field.required:
        return None
    if field.choices:
        value = read_value(field, given) if given else field.choices[0].id
        chosen = field.choice(value) if isinstance(value, str) else field.choices[0]
        return _choice_word(chosen, lang)
    usual = kind_of(field).example
    return usual[lang == "en"] if given is None and usual else given


def _choice_word(choice: Choice, lang: str) -> str:
    label = choice.label.text(lang).lower()
    known = {fold(word) for word in choice.words}
    return label if fold(label) in known or not choice.words else choice.words[0]


def _is_word(form: Form, field: Field, shown: str) -> bool:
    found = form.by_word.get(fold(shown))
    return found is not None and found[0].id == field.id


def _value(field: Field, shown: str) -> Value | None:
    value = read_value(field, shown)
    return None if isinstance(value, Problem) else value
