"""Who hears of an incident or a bad status: which groups, by place, level, purpose and severity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from core.forms.forms import Label, Level
from core.forms.severity import Severity
from core.groups.chains import Chain, chains_for
from core.groups.purposes import Purpose
from core.people.roles import Agency
from core.territory.posts import PostKind
from core.territory.regions import LEVELS, RegionLevel, covers, region_level

FALLBACK: Final = "other"  # the category that must exist: what a preset does not know is routed like it


@dataclass(frozen=True)
class Category:
    """How incidents of one category are relayed."""

    id: str
    purposes: frozenset[Purpose]
    confidential: bool  # the reporter's name and agency stand on no card and in no export of incidents


@dataclass(frozen=True)
class Referral:
    """A body that incidents are referred to: its groups are those linked for its purpose by name."""

    id: str
    label: Label
    purpose: Purpose
    agencies: frozenset[Agency]  # whose coordinators act for it also outside its groups


@dataclass(frozen=True)
class Routing:
    """A preset's table of who hears what."""

    categories: Mapping[str, Category]
    levels: Mapping[Severity, frozenset[RegionLevel]]  # whose groups hear an incident of this severity
    status_purposes: frozenset[Purpose]  # who hears a status report that is relayed
    status_severity: Mapping[Level, Severity]  # level of a status answer to severity; other levels are not relayed
    referrals: Mapping[str, Referral] = field(default_factory=dict)
    chains: tuple[Chain, ...] = ()  # who hears besides

    def category(self, category_id: str) -> Category:
        """Return a category; one that the preset does not know is treated like `other`."""
        return self.categories.get(category_id, self.categories[FALLBACK])

    def confides_any(self, category_ids: Iterable[str]) -> bool:
        """Tell whether one of these categories is confidential."""
        return any(self.category(category_id).confidential for category_id in category_ids)


@dataclass(frozen=True)
class GroupFact:
    """A linked group as far as routing needs it."""

    id: int
    region_code: str  # empty is the whole territory
    purposes: frozenset[Purpose]  # empty hears of everything


@dataclass(frozen=True)
class Listeners:
    """The groups that hear, in the order given."""

    groups: tuple[GroupFact, ...]
    fell_back: bool  # nobody at the level that must act: the next level above took it


def listeners(
    routing: Routing,
    *,
    category: str | None,
    severity: Severity,
    region_code: str,
    groups: Iterable[GroupFact],
) -> Listeners:
    """Return the groups that must hear of an incident, or of a bad status if there is no category.

    If no level that must act has a group for it, the next level above that has one takes it.
    """
    wanted = routing.status_purposes if category is None else routing.category(category).purposes
    fitting = [
        group
        for group in groups
        if covers(group.region_code, region_code) and (not group.purposes or group.purposes & wanted)
    ]
    acting = routing.levels[severity]
    found = tuple(group for group in fitting if _level(group) in acting)
    if found:
        return Listeners(found, fell_back=False)
    lowest = max(LEVELS.index(level) for level in acting)
    for level in reversed(LEVELS[:lowest]):
        found = tuple(group for group in fitting if _level(group) is level)
        if found:
            return Listeners(found, fell_back=True)
    return Listeners((), fell_back=False)


def chain_listeners(
    routing: Routing,
    *,
    category: str | None,
    post_kind: PostKind,
    confidential: bool,
    region_code: str,
    groups: Iterable[GroupFact],
) -> tuple[GroupFact, ...]:
    """Return the groups that hear of an incident besides, by the chain of their own body; they need not act on it."""
    concerned = chains_for(routing.chains, category=category, post_kind=post_kind, confidential=confidential)
    return tuple(
        group
        for group in groups
        if covers(group.region_code, region_code)
        and any(chain.purpose in group.purposes and _level(group) in chain.levels for chain in concerned)
    )


def receivers(referral: Referral, *, region_code: str, groups: Iterable[GroupFact]) -> tuple[GroupFact, ...]:
    """Return the groups that receive a referral: linked for its purpose by name, at the regency or the next level above."""
    fitting = [
        group for group in groups if referral.purpose in group.purposes and covers(group.region_code, region_code)
    ]
    for level in (RegionLevel.REGENCY, RegionLevel.PROVINCE):
        found = tuple(group for group in fitting if _level(group) is level)
        if found:
            return found
    return ()


def _level(group: GroupFact) -> RegionLevel:
    # A group of the whole territory stands where the province's groups stand.
    return region_level(group.region_code) or RegionLevel.PROVINCE
