"""An incident's card, as one language reads it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.answers import anonymous, answer_lines, choice_text, masked, signers
from core.forms import BEHALF, Answers, Form, level
from core.geo import metres
from core.outgoing import Button
from core.texts import Markup, Texts

OLD_FIX = "old-fix:"  # a report's mark: how many minutes before the report its phone was where the report says
REASON_LIMIT = 200  # characters
# Why a report was corrected, where a button or an edit says it: each reader has these in their own language.
REASONS = ("reason-typo", "reason-newer", "reason-place", "reason-checked", "reason-edited")
NOTE_LIMIT = 1200  # characters; the whole words are in the report, and a card must fit one message
STATE_SYMBOLS = {"new": "🔔", "acknowledged": "👀", "resolved": "✅", "rejected": "🚫"}
SEVERITY_SYMBOLS = {"low": "🟢", "medium": "🟡", "high": "🟠", "critical": "🔴"}


@dataclass(frozen=True)
class PhonePlace:
    """Where a report's phone was, with what makes it doubtful."""

    lat: float
    lon: float
    accuracy_m: float | None = None
    far_m: float | None = None  # from there to the post, if that is far
    minutes: int | None = None  # how long before the report, if not just then


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
    location: tuple[float, float] | None  # of the post
    phone: PhonePlace | None = None  # is shown rather than the post's location
    behalf: str | None = None  # who reports through the reporter
    version: int = 1
    corrected_at: datetime | None = None
    reason: str | None = None  # why this version replaced the one before
    media: int = 0  # files that came with the report
    signers: Collection[str] = ()  # who reported through the reporter in older versions; kept back with the reporter


def card_title(language: str, card: Card) -> str:
    """What happened, in a word or two: the category, or the gravest answer, or the form's title where that says it."""
    rule = card.form.incident
    if rule is not None:
        chosen = card.answers.get(rule.category_from) if rule.category_from else None
        title = card.form.title.text(language)
        return choice_text(card.form.field(str(rule.category_from)).choice(str(chosen)), language) if chosen else title
    worst = level(card.form, card.answers)
    gravest = (
        choice
        for field in card.form.fields
        for choice in field.choices
        if card.answers.get(field.id) == choice.id and choice.level is worst
    )
    found = next(gravest, None)
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
    lines += _map(texts, language, card)
    lines += _answers(texts, language, card)
    if card.media:
        lines.append(texts.html(language, "card-media", count=card.media))
    lines.append(_reporter(texts, language, card))
    if card.version > 1 and card.corrected_at is not None:
        clock = texts.moment(language, card.corrected_at, now=now)
        reason = texts.plain(language, card.reason) if card.reason in REASONS else cut(_reason(card), REASON_LIMIT)
        lines.append(texts.html(language, "card-corrected", clock=clock, version=str(card.version), reason=reason))
    lines.append(_state(texts, language, card, now=now))
    return Markup("\n".join(lines))


def cut(text: str, limit: int) -> str:
    """Shorten a text to so many characters, with a sign that it was."""
    return text if len(text) <= limit else f"{text[:limit].rstrip()}…"


def _map(texts: Texts, language: str, card: Card) -> list[Markup]:
    """The link to the map: where the phone was, with how sure that is, else where the post is."""
    place = (card.phone.lat, card.phone.lon) if card.phone else card.location
    if place is None:
        return []
    parts = [texts.html(language, "card-map", lat=f"{place[0]:.5f}", lon=f"{place[1]:.5f}")]
    if card.phone is not None:
        facts = list(_doubtful(texts, language, card.phone))
        parts.append(texts.html(language, "card-phone", facts=f" ({', '.join(facts)})" if facts else ""))
    return [Markup(" · ".join(parts))]


def _doubtful(texts: Texts, language: str, phone: PhonePlace) -> Iterator[str]:
    if phone.accuracy_m is not None:
        yield f"±{distance_text(language, phone.accuracy_m)}"
    if phone.far_m is not None:
        yield texts.plain(language, "card-distance", distance=distance_text(language, phone.far_m))
    if phone.minutes is not None:
        hours = phone.minutes >= 2 * 60
        age = texts.plain(
            language, "age-hours" if hours else "age-minutes", count=phone.minutes // (60 if hours else 1)
        )
        yield texts.plain(language, "card-fix-age", age=age)


def distance_text(language: str, distance: float) -> str:
    """A distance in metres as the reader writes it: `120 m`, `2,1 km`."""
    number, unit = metres(distance)
    return f"{number.replace('.', ',') if language == 'id' else number} {unit}"


def _reporter(texts: Texts, language: str, card: Card) -> Markup:
    """Who reports: nobody on a confidential card; both names where one reports through another."""
    if card.reporter is None:
        return texts.html(language, "card-confidential")
    agency = texts.plain(language, f"agency-{card.agency}")
    if card.behalf is None:
        return texts.html(language, "card-reporter", name=card.reporter, agency=agency)
    return texts.html(language, "card-behalf", behalf=card.behalf, name=card.reporter, agency=agency)


def _reason(card: Card) -> str:
    reason = card.reason or "-"
    if card.reporter is not None:
        return reason
    return masked(card.form, reason, {*card.signers, *signers(card.form, [(card.answers, card.text)])})


def _answers(texts: Texts, language: str, card: Card) -> list[Markup]:
    answers, typed = card.answers, card.text
    if card.reporter is None:
        answers, typed = anonymous(card.form, answers, typed, card.signers)
    rest = card.form.rest
    told = not rest or str(card.answers.get(rest.id, "")) in card.text
    note = "" if told or not rest else str(answers[rest.id])
    answers = {name: value for name, value in answers.items() if name != BEHALF}  # stands beside the reporter
    if rule := card.form.incident:  # what the title tells already
        answers = {
            name: value for name, value in answers.items() if name not in (rule.category_from, rule.severity_from)
        }
    shown = answer_lines(texts, language, card.form, answers)
    lines = [texts.html(language, "card-answer", label=label, value=value) for label, value in shown]
    text = "\n".join(part for part in (typed, note) if part.strip())
    if text:
        lines.append(texts.html(language, "card-note", note=cut(text, NOTE_LIMIT)))
    return lines


def _state(texts: Texts, language: str, card: Card, *, now: datetime) -> Markup:
    symbol = STATE_SYMBOLS[card.state]
    at = card.acknowledged_at if card.state == "acknowledged" else card.resolved_at
    clock = texts.moment(language, at, now=now) if at else ""
    if card.state == "rejected":
        return texts.html(language, "card-state-rejected", symbol=symbol, clock=clock)
    if card.state == "new" or card.owner is None:
        return texts.html(language, "card-state-new", symbol=STATE_SYMBOLS["new"])
    return texts.html(language, f"card-state-{card.state}", symbol=symbol, owner=card.owner, clock=clock)


def card_buttons(texts: Texts, language: str, card: Card) -> list[list[Button]]:
    """The buttons that move the incident along from its present state."""
    take = Button(texts.plain(language, "button-take"), data=f"it:{card.incident_id}", style="primary")
    resolve = Button(texts.plain(language, "button-resolve"), data=f"ir:{card.incident_id}", style="success")
    return {"new": [[take, resolve]], "acknowledged": [[resolve]]}.get(card.state, [])
