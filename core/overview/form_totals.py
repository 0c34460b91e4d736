"""What a summary tells of each form beside the situation report: how many posts filed it, and what they answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.forms.forms import Field, Form, Forms, Value
from core.forms.kinds import kind_of
from core.forms.showing import value_text
from core.groups.routing import Routing
from core.kit.texts import Markup, Texts

BETWEEN = " · "


@dataclass(frozen=True)
class FormPart:
    """The answers that stand now of one form, in one region."""

    form: Form
    reported: int  # posts
    counts: Sequence[tuple[Field, Mapping[str, int]]]  # how often each choice was given; "yes" and "no" for a question
    sums: Sequence[tuple[Field, tuple[int, ...]]]  # a ratio has two numbers
    latest: Sequence[tuple[Field, Value]]


def shown_forms(forms: Forms, routing: Routing, *, but: str) -> list[Form]:
    """The forms whose answers a summary may tell: none that is confidential, nor the alarm, whose cards say enough."""
    return [
        form
        for form in forms.values()
        if form.id != but and not form.alarm and not routing.confides_any(form.categories)
    ]


def form_lines(texts: Texts, language: str, part: FormPart) -> list[Markup]:
    """A form's title with the number of posts, a line for each question that is counted, and one for all numbers."""
    title = part.form.title.text(language)
    lines = [texts.html(language, "summary-form", title=title, count=texts.number(language, part.reported))]
    for field, counts in part.counts:
        words = BETWEEN.join(
            f"{name} {texts.number(language, counts[one])}"
            for one, name in kind_of(field).names(texts, language, field).items()
            if counts.get(one)
        )
        if words:
            lines.append(texts.html(language, "summary-form-count", label=field.label.text(language), words=words))
    figures = [(field, "/".join(texts.number(language, number) for number in numbers)) for field, numbers in part.sums]
    figures += [(field, value_text(texts, language, field, value)) for field, value in part.latest]
    if figures:
        words = BETWEEN.join(f"{field.label.text(language)} {number}" for field, number in figures)
        lines.append(texts.html(language, "summary-form-figures", words=words))
    return lines
