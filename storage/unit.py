"""What one transaction knows beside its rows, by topic: loaded once, gathered to be written, gone with the transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from core.delivery.outgoing import Outgoing
from core.kit.ids import IdMaker
from storage.records import IncidentRecord
from storage.tables import CounterRow, GroupRow, IncidentRow, ReportRow, ScreenRow


@dataclass
class KnownScreens:
    """Messages that edit themselves, as this transaction has them."""

    by_key: dict[str, ScreenRow] = field(default_factory=dict)  # loaded or begun here
    subjects: set[str] = field(default_factory=set)  # whose screens have all been loaded into `by_key`


@dataclass
class KnownGroups:
    """Linked groups that this transaction has loaded."""

    linked: dict[int, list[GroupRow]] = field(default_factory=dict)  # all that are linked, by the bot
    with_cards: dict[int, GroupRow] = field(default_factory=dict)  # those with an incident's card, by their key


@dataclass
class KnownIncidents:
    """Incidents that a query would miss, or that many messages of one step ask for."""

    opened: dict[tuple[int, str | None], IncidentRow] = field(default_factory=dict)  # here, by post and category
    merged: dict[int, IncidentRecord] = field(default_factory=dict)  # into others, by their key
    merged_into: set[int] = field(default_factory=set)  # keys of those whose merged ones are all in `merged`


@dataclass
class FiledReports:
    """Reports that this transaction files, and what it knows of those filed before."""

    by_source: dict[str, ReportRow] = field(default_factory=dict)  # filed here
    unfiled: set[str] = field(default_factory=set)  # sources that had filed nothing before this transaction
    standings: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)  # to be written, by window and post


@dataclass
class Unit:
    """A transaction's own state; `ids` outlives it, everything else but `turn` is forgotten when it is rolled back."""

    ids: IdMaker  # makes the keys of new rows; one for the whole program
    turn: int = 0  # of the update that is being acted on: what its person has asked for lately (core.delivery.pace)
    outgoing: list[Outgoing] = field(default_factory=list)  # gathered, to be added to the outbox in one statement
    counters: dict[str, CounterRow] = field(default_factory=dict)  # of numbers given out, loaded and locked
    screens: KnownScreens = field(default_factory=KnownScreens)
    groups: KnownGroups = field(default_factory=KnownGroups)
    incidents: KnownIncidents = field(default_factory=KnownIncidents)
    reports: FiledReports = field(default_factory=FiledReports)

    def anew(self) -> Unit:
        """Give the unit that follows a rollback: it knows nothing yet."""
        return Unit(self.ids, turn=self.turn)
