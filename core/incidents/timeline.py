"""An incident's timeline: what happened to it beside the steps that people take, and how an entry is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from core.forms.forms import Label
from core.incidents.card_lines import NAME_SHOWN
from core.incidents.lifecycle import RULES, Action, Part
from core.kit.shortening import cut, short_moment
from core.kit.texts import Markup, Texts

NOTE_SHOWN: Final = 120  # characters of a note on a card; the whole note is in the timeline


class Event(StrEnum):
    """An entry that is no step of a person's; the value is what the timeline calls it."""

    OPENED = "opened"
    CORRECTED = "corrected"
    UPDATED = "updated"  # newer figures of something that lasts
    MOVED = "moved"
    ADDED = "added"  # further words of an alarm
    LOCATED = "located"
    HANDED_OVER = "handed-over"  # the next officer at the post follows it
    EVIDENCE = "evidence"  # files; the note is how many
    WITNESS = "witness"  # another report of the same event was merged into this one; the note is its number
    PARTED = "parted"  # such a report goes its own way again; the note is its number
    ASKED = "asked"  # the owner was asked whether it is still being handled
    UNANSWERED = "unanswered"  # the owner did not answer, or could not be asked; the note is their name
    LAPSED = "lapsed"  # the owner is not responsible there any more, so it waits to be taken; the note is their name
    ESCALATED = "escalated"  # the next level heard; the note names who was told before
    ADMINS = "admins"  # nobody was left above: admins heard


@dataclass(frozen=True)
class Entry:
    """One entry as a card shows it; `who` is None for the clock."""

    at: datetime
    action: str  # core.incidents.lifecycle.Action or Event
    who: str | None
    note: str | None = None
    label: Label | None = None  # whom it was referred to
    by_reporter: bool = False  # shown instead of a name that may not be told


_WORDS: Final = frozenset({Action.NOTE.value, Event.ADDED.value})  # what was said is the whole of them
# Their sentence holds the note already.
_TOLD: Final = frozenset(
    {
        Event.EVIDENCE.value,
        Event.WITNESS.value,
        Event.PARTED.value,
        Event.ESCALATED.value,
        Event.LAPSED.value,
        Action.DUPLICATE.value,
        Action.REFER.value,
    }
)
# Another sentence where the note names somebody.
_NAMING: Final[Mapping[str, str]] = MappingProxyType(
    {Event.ESCALATED.value: "event-escalated-from", Event.LAPSED.value: "event-lapsed-from"}
)
# Steps that nobody takes as the reporter. Opening it again is one that a reporter may have asked for.
_LEADING: Final = frozenset(
    action.value for action, rule in RULES.items() if Part.REPORTER not in rule.parts and action is not Action.REOPEN
)
# Notes that are chosen by a button: each reader has these in their own language.
REASONS: Final = (
    "reject-untrue",
    "reject-not-ours",
    "reject-test",
    "return-not-ours",
    "return-incomplete",
    "return-recalled",
    "reopen-not-over",
    "reopen-again",
    "reopen-mistake",
    "reporter-not-over",
)


def note_text(texts: Texts, language: str, note: str) -> str:
    """A note in the reader's language where a button chose it, else as it was written; plain text."""
    return texts.plain(language, note) if note in REASONS else note


def hides_reporter(action: str) -> bool:
    """Tell whether an entry of a confidential incident's reporter must not name them: they took it as the reporter.

    Who leads an incident is named as its owner anyway: a nameless step beside that name would tell who reported it.
    """
    return action not in _LEADING


def entry_line(texts: Texts, language: str, entry: Entry, *, now: datetime, note_shown: int = NOTE_SHOWN) -> Markup:
    """Render one entry: `07.31 Rahmat menerima`, `07.40 Rahmat mengembalikan: berkas kurang`.

    `note_shown` is how many characters of a note are shown.
    """
    note = note_text(texts, language, entry.note) if entry.note else ""
    note = cut(" ".join(note.split()), note_shown)
    what = texts.plain(
        language,
        _NAMING[entry.action] if note and entry.action in _NAMING else f"event-{entry.action}",
        to=entry.label.text(language) if entry.label else "-",
        note=note,
    )
    words = entry.action in _WORDS
    who = texts.plain(language, "event-reporter") if entry.by_reporter else cut(entry.who or "", NAME_SHOWN)
    did = " ".join(part for part in (who, "" if words else what) if part)
    line = texts.html(
        language,
        "card-entry",
        clock=short_moment(texts, language, entry.at, now=now),
        did=f"💬 {did}" if words else did,
    )
    return line if entry.action in _TOLD or not note else texts.html(language, "card-entry-note", entry=line, note=note)
