"""What an incident's card shows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.forms.forms import Answers, Form
from core.forms.severity import Severity
from core.groups.routing import Referral
from core.incidents.card_lines import PhonePlace
from core.incidents.lifecycle import State
from core.incidents.merging import Sighting
from core.incidents.timeline import Entry


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
class CardReport:
    """What the report says that opened the incident, as it stands now."""

    form: Form
    answers: Answers
    text: str  # the line as it was typed: a word that named a choice is not in the note any more
    version: int = 1
    corrected_at: datetime | None = None
    reason: str | None = None  # why this version replaced the one before
    files: int = 0  # also those of the reports that were merged into it
    signers: Collection[str] = ()  # who reported through the reporter in older versions; kept back with the reporter


@dataclass(frozen=True)
class CardPlace:
    """Where it happened: the post, and where the reporter's phone was."""

    post: str
    path: Sequence[str]  # names of regions, the widest first
    region_code: str = ""
    location: tuple[float, float] | None = None  # of the post
    phone: PhonePlace | None = None  # is shown rather than the post's location


@dataclass(frozen=True)
class CardTimes:
    """When it happened and was told, when each step was taken, and when the next one is due."""

    occurred_at: datetime
    sent_at: datetime
    stored_at: datetime
    opened_at: datetime | None = None
    acknowledged_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    due_at: datetime | None = None  # when somebody must have taken it, or its owner must have said how it goes
    missed: bool = False  # a deadline has passed since the last step: `due_at` is when all hear of it again


@dataclass(frozen=True)
class CardReporter:
    """Who reported it, where that may be told."""

    name: str
    agency: str | None
    rank: str | None = None
    call: str | None = None  # the telephone number
    behalf: str | None = None  # who reports through the reporter


@dataclass(frozen=True)
class CardPeople:
    """Who is concerned: the reporter, None where no name may be shown, the owner, and the body it is referred to."""

    reporter: CardReporter | None
    owner: str | None = None
    referral: Referral | None = None


@dataclass(frozen=True)
class CardHistory:
    """What became of it."""

    entries: Sequence[Entry] = ()  # the last ones, the oldest first
    ended: Entry | None = None  # of a rejected one: its rejection or withdrawal, however long ago


@dataclass(frozen=True)
class CardEvent:
    """What else was reported of the same event."""

    sighting: Sighting | None = None  # what tells it from another; it is shown nowhere
    duplicate_of: int | None = None  # the number of the incident that it was merged into
    witnesses: Sequence[Witness] = ()  # of the reports that were merged into this one
    twin: Twin | None = None  # an open incident that may be the same event


@dataclass(frozen=True)
class Card:
    """Everything a card shows."""

    number: int
    incident_id: int
    category: str | None
    severity: Severity
    state: State
    report: CardReport
    place: CardPlace
    times: CardTimes
    people: CardPeople
    history: CardHistory = field(default_factory=CardHistory)
    event: CardEvent = field(default_factory=CardEvent)

    def with_twin(self, twin: Twin | None) -> Card:
        """Return the card with another incident that may be the same event, or with none."""
        return replace(self, event=replace(self.event, twin=twin))
