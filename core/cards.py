"""An incident's card, as one language reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.answers import answer_lines, choice_text
from core.forms import Answers, Form, level
from core.outgoing import Button
from core.texts import Markup, Texts

NOTE_LIMIT = 1200  # characters; the whole words are in the report, and a card must fit one message
STATE_SYMBOLS = {"new": "🔔", "acknowledged": "👀", "resolved": "✅"}
SEVERITY_SYMBOLS = {"low": "🟢", "medium": "🟡", "high": "🟠", "critical": "🔴"}


@dataclass(frozen=True)
class Card:
    """Everything a card shows; `reporter` is None where no name may be shown."""

    number: int
    incident_id: int
    form: Form
    answers: Answers
    text: str  # the line as it was typed: a word that named a choice is not in the note any more
    category: str | None
    severity: str
    state: str
    post: str
    path: Sequence[str]
    occurred_at: datetime
    sent_at: datetime
    reporter: str | None
    agency: str | None
    owner: str | None
    acknowledged_at: datetime | None
    resolved_at: datetime | None
    location: tuple[float, float] | None


def card_title(language: str, card: Card) -> str:
    """What happened, in a word or two: the category, or the gravest answer of a status."""
    if card.category is not None:
        return choice_text(card.form.field("category").choice(card.category), language)
    worst = level(card.form, card.answers)
    chosen = (
        choice
        for field in card.form.fields
        for choice in field.choices
        if card.answers.get(field.id) == choice.id and choice.level is worst
    )
    found = next(chosen, None)
    return choice_text(found, language) if found else card.form.title.text(language)


def card_text(texts: Texts, language: str, card: Card, *, now: datetime) -> Markup:
    """Render the card's text."""
    lines = [
        texts.html(
            language,
            "card-title",
            symbol=SEVERITY_SYMBOLS[card.severity],
            number=str(card.number),
            title=card_title(language, card),
            severity=texts.plain(language, f"severity-{card.severity}"),
        ),
        texts.html(language, "card-place", post=card.post, path=" › ".join(reversed(card.path))),
        texts.html(
            language,
            "card-times",
            occurred=texts.moment(language, card.occurred_at, now=now),
            sent=texts.moment(language, card.sent_at, now=now),
        ),
    ]
    if card.location is not None:
        lat, lon = card.location
        lines.append(texts.html(language, "card-map", lat=f"{lat:.5f}", lon=f"{lon:.5f}"))
    lines += _answers(texts, language, card)
    if card.reporter is None:
        lines.append(texts.html(language, "card-confidential"))
    else:
        agency = texts.plain(language, f"agency-{card.agency}")
        lines.append(texts.html(language, "card-reporter", name=card.reporter, agency=agency))
    lines.append(_state(texts, language, card, now=now))
    return Markup("\n".join(lines))


def _answers(texts: Texts, language: str, card: Card) -> list[Markup]:
    shown = answer_lines(texts, language, card.form, card.answers)
    if card.category is not None:  # category and severity stand in the title
        known = {card.form.field(name).label.text(language) for name in ("category", "severity")}
        shown = [(label, value) for label, value in shown if label not in known]
    lines = [texts.html(language, "card-answer", label=label, value=value) for label, value in shown]
    note = str(card.answers.get(card.form.rest.id, "")) if card.form.rest else ""
    text = card.text if note in card.text else f"{card.text}\n{note}"
    if text.strip():
        shown_note = text if len(text) <= NOTE_LIMIT else f"{text[:NOTE_LIMIT].rstrip()}…"
        lines.append(texts.html(language, "card-note", note=shown_note))
    return lines


def _state(texts: Texts, language: str, card: Card, *, now: datetime) -> Markup:
    symbol = STATE_SYMBOLS[card.state]
    if card.state == "new" or card.owner is None:
        return texts.html(language, "card-state-new", symbol=symbol)
    at = card.resolved_at if card.state == "resolved" else card.acknowledged_at
    clock = texts.moment(language, at, now=now) if at else ""
    return texts.html(language, f"card-state-{card.state}", symbol=symbol, owner=card.owner, clock=clock)


def card_buttons(texts: Texts, language: str, card: Card) -> list[list[Button]]:
    """The buttons that move the incident along from its present state."""
    take = Button(texts.plain(language, "button-take"), data=f"it:{card.incident_id}", style="primary")
    resolve = Button(texts.plain(language, "button-resolve"), data=f"ir:{card.incident_id}", style="success")
    return {"new": [[take, resolve]], "acknowledged": [[resolve]]}.get(card.state, [])
