"""Showing the answers of a report in the reader's language."""

from __future__ import annotations

from core.forms.fields import Answers, Field, Value
from core.forms.forms import CONFIDENTIAL, Form, is_answered
from core.forms.kinds import kind_of
from core.kit.texts import Texts


def value_text(texts: Texts, language: str, field: Field, value: Value) -> str:
    """One answer in words; plain text, not yet escaped."""
    return kind_of(field).show(texts, language, field, value)


def answer_lines(texts: Texts, language: str, form: Form, answers: Answers) -> list[tuple[str, str]]:
    """Label and text of each answer, in the form's order, without the note and the mark that keeps a name back."""
    return [
        (field.label.text(language), value_text(texts, language, field, answers[field.id]))
        for field in form.fields
        if is_answered(answers, field.id) and not field.rest and field.id not in ("time", CONFIDENTIAL)
    ]
