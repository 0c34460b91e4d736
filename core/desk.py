"""Everything that stays the same while the program runs, in one value handed to handlers and jobs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from core.calendar.calendar import Calendar, Countdown, days_to
from core.forms.forms import Forms
from core.groups.routing import Routing
from core.incidents.escalation import EscalationTimes
from core.incidents.merging import MergeRule
from core.incidents.streak import StreakRule
from core.kit.bounds import PersonBounds
from core.kit.preset_tables import Preset
from core.kit.texts import Texts
from core.privacy.confidants import Confidant
from core.territory.regions import RegionBook

ALWAYS: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Desk:
    """The preset, the texts and the bot's own name."""

    bot_id: int
    bot_username: str
    texts: Texts
    forms: Forms
    calendar: Calendar
    event_date: date
    event_names: Mapping[str, str]  # by language
    routing: Routing
    regions: RegionBook
    preset: Preset
    escalation: EscalationTimes  # for incidents that nobody takes, or whose owner is silent
    merging: MergeRule  # which reports may tell of the same event
    streak: StreakRule | None  # what ends the days without conflict; None: they are not counted
    confidants: tuple[Confidant, ...]  # who may know who reported in confidence
    bounds: PersonBounds  # how much one person may pile up
    dated_since: datetime = ALWAYS  # messages from before are known by their number alone

    def days_left(self, now: datetime) -> int:
        """Days from today, in the desk's zone, to the event; negative after it."""
        return days_to(self.calendar, self.event_date, now)

    def event_name(self, language: str) -> str:
        """The event's name as this language has it."""
        return self.event_names.get(language) or next(iter(self.event_names.values()))

    def countdown(self, language: str, now: datetime) -> Countdown:
        """How long it is until the event, for a reader of this language."""
        return Countdown(self.event_name(language), self.event_date, self.days_left(now))

    def invite_link(self, code: str) -> str:
        """The link that opens the bot with an invitation."""
        return f"https://t.me/{self.bot_username}?start={code}"
