"""An incident's card, as one language reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape

from core.delivery.outgoing import TEXT_LIMIT
from core.forms.forms import BEHALF, Answers, Form, level
from core.forms.showing import answer_lines
from core.incidents import card_lines
from core.incidents.card import Card, CardReporter
from core.incidents.lifecycle import HELD, OPEN, STATE_SYMBOLS, WAITING, Action, State
from core.incidents.timeline import entry_line
from core.kit.shortening import cut
from core.kit.texts import Markup, Texts
from core.privacy.masking import anonymous, masked, signers

REASON_LIMIT = 120  # characters
# Why a report was corrected, where a button or an edit says it: each reader has these in their own language.
REASONS = ("reason-typo", "reason-newer", "reason-place", "reason-checked", "reason-edited")
NOTE_LIMIT = 1200  # characters; the whole words are in the report, and a card must fit one message
CARD_LIMIT = TEXT_LIMIT - 200  # an alarm's card has a line above it
# Characters of the words and of each answer, tried one after the other until the card fits.
SQUEEZES = ((NOTE_LIMIT, 200), (500, 80), (150, 30))
TAG = re.compile("<[^>]+>")
ENDED_BY = {Action.REJECT.value: "card-refused", Action.WITHDRAW.value: "card-withdrawn"}


def card_title(language: str, card: Card) -> str:
    """What happened, in a word or two."""
    return event_title(language, card.report.form, card.report.answers)


def event_title(language: str, form: Form, answers: Answers) -> str:
    """What a report tells of: the category, or the gravest answer, or the form's title where that says it."""
    rule = form.incident
    if rule is not None:
        asked = form.field(rule.category_from) if rule.category_from else None
        chosen = next((one for one in asked.choices if one.id == answers.get(asked.id)), None) if asked else None
        return chosen.text(language) if chosen else form.title.text(language)
    worst = level(form, answers)
    gravest = (
        choice
        for field in form.fields
        for choice in field.choices
        if answers.get(field.id) == choice.id and choice.level is worst
    )
    found = next(gravest, None)
    return found.text(language) if found else form.title.text(language)


def card_text(texts: Texts, language: str, card: Card, *, now: datetime) -> Markup:
    """Render the card's text; long words are cut further until it fits one message with room for a line above it."""
    for note, value in SQUEEZES:
        text = Markup("\n".join(_lines(texts, language, card, note, value, now=now)))
        if _length(text) <= CARD_LIMIT:
            break
    return text


def _lines(texts: Texts, language: str, card: Card, note: int, value: int, *, now: datetime) -> Iterator[Markup]:
    """The card's lines, with so many characters of the words, and of each answer."""
    yield texts.html(
        language,
        "card-title",
        symbol=card.severity.symbol,
        number=str(card.number),
        title=card_title(language, card),
        severity=texts.plain(language, f"severity-{card.severity}"),
    )
    yield _state(texts, language, card, now=now)
    times = card.times
    if card.state in OPEN:
        yield from card_lines.clock_line(
            texts,
            language,
            opened_at=times.opened_at,
            due_at=times.due_at,
            waiting=card.state in WAITING,
            missed=times.missed,
            now=now,
        )
    yield card_lines.place_line(texts, language, card.place.post, card.place.path)
    yield from card_lines.map_line(texts, language, card.place.location, card.place.phone)
    yield card_lines.times_line(texts, language, (times.occurred_at, times.sent_at, times.stored_at), now=now)
    yield from _answers(texts, language, card, note, value)
    if card.report.files:
        yield texts.html(language, "card-media", count=card.report.files)
    yield _reporter(texts, language, card.people.reporter)
    yield from _since(texts, language, card, now=now)


def _since(texts: Texts, language: str, card: Card, *, now: datetime) -> Iterator[Markup]:
    """What became of it since it was reported: corrections, other reports of the same event, the last entries."""
    report, event = card.report, card.event
    if report.version > 1 and report.corrected_at is not None:
        clock = texts.moment(language, report.corrected_at, now=now)
        reason = texts.plain(language, report.reason) if report.reason in REASONS else cut(_reason(card), REASON_LIMIT)
        yield texts.html(language, "card-corrected", clock=clock, version=str(report.version), reason=reason)
    if event.witnesses:
        yield card_lines.witness_line(texts, language, [(one.number, one.name) for one in event.witnesses])
    if (twin := event.twin) is not None:
        yield card_lines.twin_line(
            texts, language, number=twin.number, post=twin.post, opened_at=twin.opened_at, now=now
        )
    for entry in card.history.entries:
        yield entry_line(texts, language, entry, now=now)


def _length(text: str) -> int:
    """How long Telegram finds a text at most: without its mark-up, in UTF-16 units."""
    return len(unescape(TAG.sub("", text)).encode("utf-16-le", "surrogatepass")) // 2


def _reporter(texts: Texts, language: str, reporter: CardReporter | None) -> Markup:
    """Who reports; nobody on a confidential card."""
    if reporter is None:
        return texts.html(language, "card-confidential")
    name = f"{reporter.rank} {reporter.name}" if reporter.rank else reporter.name
    return card_lines.reporter_line(
        texts, language, name=name, agency=reporter.agency, behalf=reporter.behalf, call=reporter.call
    )


def _reason(card: Card) -> str:
    report = card.report
    reason = report.reason or "-"
    if card.people.reporter is not None:
        return reason
    return masked(report.form, reason, {*report.signers, *signers(report.form, [(report.answers, report.text)])})


def _answers(texts: Texts, language: str, card: Card, note_limit: int, value_limit: int) -> Iterator[Markup]:
    report, form = card.report, card.report.form
    answers, typed = report.answers, report.text
    if card.people.reporter is None:
        answers, typed = anonymous(form, answers, typed, report.signers)
    rest = form.rest
    told = not rest or str(report.answers.get(rest.id, "")) in report.text
    note = "" if told or not rest else str(answers[rest.id])
    answers = {name: value for name, value in answers.items() if name != BEHALF}  # stands beside the reporter
    if rule := form.incident:  # what the title tells already
        answers = {
            name: value for name, value in answers.items() if name not in (rule.category_from, rule.severity_from)
        }
    shown = answer_lines(texts, language, form, answers)
    parts = [texts.html(language, "card-answer", label=label, value=cut(value, value_limit)) for label, value in shown]
    if parts:
        yield Markup(" · ".join(parts))
    text = "\n".join(part for part in (typed, note) if part.strip())
    if text:
        yield texts.html(language, "card-note", note=cut(text, note_limit))


def _state(texts: Texts, language: str, card: Card, *, now: datetime) -> Markup:
    at, ended, referral = _since_when(card), card.history.ended, card.people.referral
    key = f"card-state-{card.state}"
    if card.state is State.REJECTED and ended is not None:  # by whom it was ended stands on the timeline
        key = ENDED_BY.get(ended.action, key)
    return texts.html(
        language,
        key,
        symbol=STATE_SYMBOLS[card.state],
        owner=cut(card.people.owner or "-", card_lines.NAME_SHOWN),
        clock=texts.moment(language, at, now=now) if at else "",
        to=referral.label.text(language) if referral else "-",
        number=str(card.event.duplicate_of or "-"),
    )


def _since_when(card: Card) -> datetime | None:
    """When it came to be in its present state, as far as the card tells that."""
    if card.state in HELD:
        return card.times.acknowledged_at
    return card.times.closed_at if card.state is State.CLOSED else card.times.resolved_at
