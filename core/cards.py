"""An incident's card, as one language reads it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from types import MappingProxyType
from typing import Final

from core import cardlines
from core.answers import anonymous, answer_lines, choice_text, masked, signers
from core.cardlines import PhonePlace
from core.forms import BEHALF, Answers, Form, Label, level
from core.lifecycle import HELD, OPEN, STATE_SYMBOLS, WAITING, Action, State
from core.merging import Sighting
from core.outgoing import TEXT_LIMIT, Button
from core.purposes import Purpose
from core.severity import Severity
from core.texts import Markup, Texts
from core.timeline import Entry, entry_line
from core.wording import cut

REASON_LIMIT = 120  # characters
# Why a report was corrected, where a button or an edit says it: each reader has these in their own language.
REASONS = ("reason-typo", "reason-newer", "reason-place", "reason-checked", "reason-edited")
NOTE_LIMIT = 1200  # characters; the whole words are in the report, and a card must fit one message
CARD_LIMIT = TEXT_LIMIT - 200  # an alarm's card has a line above it
# Characters of the words and of each answer, tried one after the other until the card fits.
SQUEEZES = ((NOTE_LIMIT, 200), (500, 80), (150, 30))
TAG = re.compile("<[^>]+>")
# The steps that have a button on the card itself: what is done, its text, its data, its colour.
_Step = tuple[Action, str, str, str | None]
_RESOLVE: Final[_Step] = (Action.RESOLVE, "button-resolve", "ir:{}", "success")
_FIRST: Final[Mapping[State, tuple[_Step, ...]]] = MappingProxyType(
    {
        State.NEW: ((Action.TAKE, "button-take", "it:{}", "primary"), _RESOLVE),
        State.ACKNOWLEDGED: ((Action.START, "button-start", "is:{}", "primary"), _RESOLVE),
        State.IN_PROGRESS: (_RESOLVE,),
        State.RESOLVED: ((Action.CLOSE, "button-close", "ic:{}", None),),
    }
)
_RECEIVING: Final[tuple[_Step, ...]] = (
    (Action.ACCEPT, "button-accept", "ia:{}", "primary"),
    (Action.RETURN, "button-return", "ij:{}:returned", None),
)

_RECALL: Final[_Step] = (Action.RETURN, "button-recall", "ij:{}:returned", None)  # for who sent it there


@dataclass(frozen=True)
class Witness:
    """A report of the same event that was merged into an incident; without a name where it was confided."""

    number: int
    name: str | None
    post: str


@dataclass(frozen=True)
class Twin:
    """An open incident that may be the same event as the one whose card names it."""

    number: int
    incident_id: int
    post: str
    opened_at: datetime
    region_code: str = ""  # of the other one: it is named only to who may hear of what happens there


@dataclass(frozen=True)
class Card:
    """Everything a card shows; `reporter` is None where no name may be shown."""

    number: int
    incident_id: int
    form: Form
    answers: Answers
    text: str  # the line as it was typed: a word that named a choice is not in the note any more
    category: str | None
    severity: Severity
    state: str
    post: str
    path: Sequence[str]
    occurred_at: datetime
    sent_at: datetime
    stored_at: datetime
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
    media: int = 0  # files, also those of the reports that were merged into it
    opened_at: datetime | None = None
    missed: bool = False  # a deadline has passed since the last step: `due_at` is when all hear of it again
    due_at: datetime | None = None  # when somebody must have taken it, or its owner must have said how it goes
    closed_at: datetime | None = None
    referred: Label | None = None  # the body that it is referred to
    referred_for: Purpose | None = None  # whose groups act for that body
    region_code: str = ""
    sighting: Sighting | None = None  # what tells it from another; it is shown nowhere
    duplicate_of: int | None = None  # the number of the incident that it was merged into
    witnesses: Sequence[Witness] = ()  # of the reports that were merged into this one
    twin: Twin | None = None  # an open incident that may be the same event
    timeline: Sequence[Entry] = ()  # the last entries, the oldest first
    ended: Entry | None = None  # of a rejected one: its rejection or withdrawal, however long ago
    rank: str | None = None  # of the reporter
    call: str | None = None  # the reporter's telephone number
    signers: Collection[str] = ()  # who reported through the reporter in older versions; kept back with the reporter


def card_title(language: str, card: Card) -> str:
    """What happened, in a word or two."""
    return event_title(language, card.form, card.answers)


def event_title(language: str, form: Form, answers: Answers) -> str:
    """What a report tells of: the category, or the gravest answer, or the form's title where that says it."""
    rule = form.incident
    if rule is not None:
        asked = form.field(rule.category_from) if rule.category_from else None
        chosen = next((one for one in asked.choices if one.id == answers.get(asked.id)), None) if asked else None
        return choice_text(chosen, language) if chosen else form.title.text(language)
    worst = level(form, answers)
    gravest = (
        choice
        for field in form.fields
        for choice in field.choices
        if answers.get(field.id) == choice.id and choice.level is worst
    )
    found = next(gravest, None)
    return choice_text(found, language) if found else form.title.text(language)


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
    if card.state in OPEN:
        waiting = card.state in WAITING
        yield from cardlines.clock_line(
            texts,
            language,
            opened_at=card.opened_at,
            due_at=card.due_at,
            waiting=waiting,
            missed=card.missed,
            now=now,
        )
    yield cardlines.place_line(texts, language, card.post, card.path)
    yield from cardlines.map_line(texts, language, card.location, card.phone)
    yield cardlines.times_line(texts, language, (card.occurred_at, card.sent_at, card.stored_at), now=now)
    yield from _answers(texts, language, card, note, value)
    if card.media:
        yield texts.html(language, "card-media", count=card.media)
    yield _reporter(texts, language, card)
    yield from _since(texts, language, card, now=now)


def _since(texts: Texts, language: str, card: Card, *, now: datetime) -> Iterator[Markup]:
    """What became of it since it was reported: corrections, other reports of the same event, the last entries."""
    if card.version > 1 and card.corrected_at is not None:
        clock = texts.moment(language, card.corrected_at, now=now)
        reason = texts.plain(language, card.reason) if card.reason in REASONS else cut(_reason(card), REASON_LIMIT)
        yield texts.html(language, "card-corrected", clock=clock, version=str(card.version), reason=reason)
    if card.witnesses:
        yield cardlines.witness_line(texts, language, [(one.number, one.name) for one in card.witnesses])
    if (twin := card.twin) is not None:
        yield cardlines.twin_line(
            texts, language, number=twin.number, post=twin.post, opened_at=twin.opened_at, now=now
        )
    for entry in card.timeline:
        yield entry_line(texts, language, entry, now=now)


def _length(text: str) -> int:
    """How long Telegram finds a text at most: without its mark-up, in UTF-16 units."""
    return len(unescape(TAG.sub("", text)).encode("utf-16-le", "surrogatepass")) // 2


def _reporter(texts: Texts, language: str, card: Card) -> Markup:
    """Who reports; nobody on a confidential card."""
    if card.reporter is None:
        return texts.html(language, "card-confidential")
    name = f"{card.rank} {card.reporter}" if card.rank else card.reporter
    return cardlines.reporter_line(texts, language, name=name, agency=card.agency, behalf=card.behalf, call=card.call)


def _reason(card: Card) -> str:
    reason = card.reason or "-"
    if card.reporter is not None:
        return reason
    return masked(card.form, reason, {*card.signers, *signers(card.form, [(card.answers, card.text)])})


def _answers(texts: Texts, language: str, card: Card, note_limit: int, value_limit: int) -> Iterator[Markup]:
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
    parts = [texts.html(language, "card-answer", label=label, value=cut(value, value_limit)) for label, value in shown]
    if parts:
        yield Markup(" · ".join(parts))
    text = "\n".join(part for part in (typed, note) if part.strip())
    if text:
        yield texts.html(language, "card-note", note=cut(text, note_limit))


def _state(texts: Texts, language: str, card: Card, *, now: datetime) -> Markup:
    state = State(card.state)
    at = {State.CLOSED: card.closed_at, **dict.fromkeys(HELD, card.acknowledged_at)}.get(state, card.resolved_at)
    key = f"card-state-{state}"
    if state is State.REJECTED:  # by whom it was ended stands on the timeline
        ends = {Action.REJECT.value: "card-refused", Action.WITHDRAW.value: "card-withdrawn"}
        key = ends.get(card.ended.action, key) if card.ended else key
    return texts.html(
        language,
        key,
        symbol=STATE_SYMBOLS[state],
        owner=cut(card.owner or "-", cardlines.NAME_SHOWN),
        clock=texts.moment(language, at, now=now) if at else "",
        to=card.referred.text(language) if card.referred else "-",
        number=str(card.duplicate_of or "-"),
    )


def card_buttons(
    texts: Texts, language: str, card: Card, *, receiving: bool = False, allowed: Collection[Action] | None = None
) -> list[list[Button]]:
    """The buttons that move the incident along from its present state.

    `receiving` is a group of the body that it is referred to. Of a copy that one person sees `allowed` names the
    steps that this person may take; a group's card shows what somebody in it may do.
    """
    state, key = State(card.state), card.incident_id
    first = _RECEIVING if receiving and state is State.REFERRED else _FIRST.get(state, ())
    if allowed is not None and state is State.REFERRED:
        first = _RECEIVING
    if allowed is not None and Action.ACCEPT not in allowed:
        first = tuple(_RECALL if item[0] is Action.RETURN else item for item in first)
    steps = [item for item in first if allowed is None or item[0] in allowed]
    buttons = [
        Button(texts.plain(language, text), data=data.format(key), style=style) for _, text, data, style in steps
    ]
    others = set(allowed or ()) - {item[0] for item in steps} - {Action.NOTE, Action.WITHDRAW}
    if others or (allowed is None and first is not _RECEIVING):
        buttons.append(Button(texts.plain(language, "button-more"), data=f"im:{key}"))
    if card.media:
        buttons.append(Button(texts.plain(language, "button-files"), data=f"ie:{key}"))
    if card.twin is not None and state.value in OPEN and (allowed is None or Action.DUPLICATE in allowed):
        label = texts.plain(language, "button-merge-into", number=str(card.twin.number))
        buttons.append(Button(label, data=f"ig:{key}:{card.twin.incident_id}"))
    return [buttons[start : start + 2] for start in range(0, len(buttons), 2)]
