"""Showing the answers of a report in the reader's language."""

from __future__ import annotations

import re

from core.forms import BEHALF, Answers, Choice, Field, Form, Kind, Value
from core.texts import Texts


def choice_text(choice: Choice, language: str) -> str:
    """A choice as people see it: symbol and word."""
    label = choice.label.text(language)
    return f"{choice.symbol} {label}" if choice.symbol else label


def value_text(texts: Texts, language: str, field: Field, value: Value) -> str:
    """One answer in words; plain text, not yet escaped."""
    if field.kind is Kind.CHOICE and isinstance(value, str):
        return choice_text(field.choice(value), language)
    if field.kind is Kind.CHOICES and isinstance(value, list):
        return ", ".join(choice_text(field.choice(str(one)), language) for one in value)
    if field.kind is Kind.RATIO and isinstance(value, list):
        return "/".join(texts.number(language, int(one)) for one in value)
    if field.kind is Kind.YES_NO:
        return texts.plain(language, "yes" if value else "no")
    if field.kind is Kind.INTEGER and isinstance(value, int):
        return texts.number(language, value)
    if field.kind is Kind.TIME and isinstance(value, str):
        return value.replace(":", ".") if language == "id" else value
    return str(value)


def answer_lines(texts: Texts, language: str, form: Form, answers: Answers) -> list[tuple[str, str]]:
    """Label and text of each answer, in the form's order, without the note."""
    return [
        (field.label.text(language), value_text(texts, language, field, answers[field.id]))
        for field in form.fields
        if field.id in answers and not field.rest and field.id != "time"
    ]


def anonymous(answers: Answers, text: str) -> tuple[dict[str, Value], str]:
    """The answers and the typed line of a confidential report without the name of the one who reports through another."""
    kept = {field_id: value for field_id, value in answers.items() if field_id != BEHALF}
    name = answers.get(BEHALF)
    if not isinstance(name, str):
        return kept, text
    return kept, re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "…", text, flags=re.IGNORECASE)
