"""The list of open incidents: which of them, in what order, and what its buttons mean; everything stands in their data."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.forms.forms import Answers
from core.forms.severity import Severity
from core.groups.purposes import Purpose
from core.groups.routing import FALLBACK, Routing
from core.incidents.lifecycle import State
from core.incidents.taps import ListTap, Show
from core.territory.regions import RegionBook, RegionLevel, covers, parent_codes, region_level

PAGE: Final = 8  # entries of two lines: more is not read on a phone without scrolling
MENU_PAGE: Final = 16  # buttons of a menu
PAGES: Final = 99_999  # no list is so long
BARE: Final = "-"  # in the place of a category: what has none, a bad status and an alarm


@dataclass(frozen=True)
class Wish:
    """What somebody wants to see: a filter, its value where it has one, and the page from 1 on."""

    show: Show = Show.ALL
    value: str = ""  # a category, or the code of a region
    page: int = 1

    @property
    def tap(self) -> ListTap:
        """The button that shows this."""
        return ListTap(self.show, self.value, self.page)


@dataclass(frozen=True)
class Heard:
    """Which categories a group may hear of."""

    categories: frozenset[str]
    known: frozenset[str]  # all that the preset has
    others: bool  # whether it hears of what the preset does not know any more
    bare: bool  # whether it hears of a bad status and of alarms


@dataclass(frozen=True)
class ListedIncident:
    """One open incident as the list shows it."""

    number: int
    severity: Severity
    state: State
    form_id: str
    answers: Answers
    post: str
    owner: str | None
    opened_at: datetime
    overdue: bool  # whether a deadline has passed and nobody has taken a step since


@dataclass(frozen=True)
class Counts:
    """How many open incidents of the territory the chat may hear of, and how many of them the wish means."""

    total: int
    fitting: int
    unowned: int
    overdue: int
    others: int = 0  # open there too, but none of this group's business


@dataclass(frozen=True)
class Listing:
    """One page of the list."""

    territory: Sequence[str]  # codes of regions
    wish: Wish
    counts: Counts
    entries: Sequence[ListedIncident]
    who: str  # the name of whoever asked

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return pages(self.counts.fitting, PAGE)


def pages(count: int, size: int) -> int:
    """Return how many pages so many entries fill; an empty list is one page."""
    return max(1, -(-count // size))


def read_wish(tap: ListTap, *, routing: Routing, book: RegionBook, territory: Collection[str]) -> Wish | None:
    """Read what a button of the list means; None for what no button carries.

    A category or a region that is not known (any more), or lies outside the territory, shows everything.
    """
    if not is_page(tap.page):
        return None
    wish, value = Wish(tap.show, tap.value, tap.page), tap.value
    if wish.show is Show.CATEGORY:
        return wish if value == BARE or value in routing.categories else Wish()
    if wish.show is Show.REGION:
        return wish if value in book and any(covers(code, value) for code in territory) else Wish()
    return wish if not value else None


def is_page(number: int) -> bool:
    """Tell whether a button's number can be that of a page."""
    return 1 <= number <= PAGES


def heard_of(routing: Routing, purposes: Collection[Purpose]) -> Heard | None:
    """Return what a group that is linked for these purposes hears of; None: everything."""
    if not purposes:
        return None
    heard = frozenset(item.id for item in routing.categories.values() if item.purposes.intersection(purposes))
    bare = bool(routing.status_purposes.intersection(purposes))
    return Heard(heard, frozenset(routing.categories), FALLBACK in heard, bare)


def part_of(code: str, territory: Sequence[str]) -> str:
    """Return the part of a territory that a region lies in: one of its regions, or of a single one the region below it."""
    if len(territory) > 1:
        return next((scope for scope in territory if covers(scope, code)), code)
    chain = [*parent_codes(code), code]
    below = chain.index(territory[0]) + 1 if territory[0] in chain else 0
    return chain[below] if below < len(chain) else code


def is_alone(wish: Wish, territory: Sequence[str]) -> bool:
    """Tell whether a region is meant without what lies below it: the only one of a territory, among its parts."""
    return wish.show is Show.REGION and tuple(territory) == (wish.value,)


def has_parts(territory: Sequence[str]) -> bool:
    """Tell whether a territory can be divided."""
    return len(territory) > 1 or region_level(territory[0]) is not RegionLevel.VILLAGE


def category_counts(groups: Mapping[tuple[str | None, str], int]) -> dict[str, int]:
    """Add up open incidents by category, the most frequent first."""
    found: dict[str, int] = {}
    for (category, _), count in groups.items():
        found[category or BARE] = found.get(category or BARE, 0) + count
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def region_counts(groups: Mapping[tuple[str | None, str], int], territory: Sequence[str]) -> dict[str, int]:
    """Add up open incidents by part of a territory, in the order of the codes."""
    found: dict[str, int] = {}
    for (_, code), count in groups.items():
        part = part_of(code, territory)
        found[part] = found.get(part, 0) + count
    return dict(sorted(found.items()))
