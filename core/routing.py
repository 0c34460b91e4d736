"""Who hears of an incident or a bad status: which groups, by place, level, purpose and severity."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

from core.chains import Chain, chains_for, read_chains
from core.confidants import Confidant, read_confidants
from core.forms import Label, Level
from core.merging import MergeRule, load_merge
from core.people import Agency
from core.posts import PostKind
from core.presetfile import PresetError, Table, read_toml
from core.purposes import Purpose
from core.regions import LEVELS, RegionLevel, covers, region_level
from core.severity import Severity
from core.streak import StreakRule, read_streak

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
    confidants: tuple[Confidant, ...] = ()  # who may know who reported in confidence
    merge: MergeRule = field(default_factory=MergeRule)
    streak: StreakRule | None = None  # what ends the days without conflict; None: they are not counted

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


def load_routing(file: Path, *, categories: Collection[str] | None = None) -> Routing:
    """Return the routing table of a preset; PresetError if it is broken or misses one of the categories asked for."""
    top = read_toml(file)
    status = top.table("status")
    known = _categories(top)
    routing = Routing(
        categories=MappingProxyType(known),
        levels=MappingProxyType(_levels(top.table("levels"))),
        status_purposes=frozenset(_purposes(status)),
        status_severity=MappingProxyType(_status(status.table("severity"))),
        referrals=MappingProxyType(_referrals(top)),
        chains=read_chains(top, known),
        confidants=read_confidants(top, known),
        merge=load_merge(top.table("merge")),
        streak=read_streak(top, known),
    )
    status.done()
    top.done()
    for wanted in sorted({FALLBACK, *(categories or ())} - set(routing.categories)):
        raise PresetError(file, f"category {wanted}", "is missing")
    for extra in sorted(set(routing.categories) - set(categories or routing.categories) - {FALLBACK}):
        raise PresetError(file, f"category {extra}", "is a category that no form opens")
    return routing


def _level(group: GroupFact) -> RegionLevel:
    # A group of the whole territory stands where the province's groups stand.
    return region_level(group.region_code) or RegionLevel.PROVINCE


def _categories(top: Table) -> dict[str, Category]:
    found: dict[str, Category] = {}
    for table in top.tables("category"):
        category = Category(table.ident("id"), _purposes(table), table.flag("confidential", default=False))
        table.done()
        if category.id in found:
            raise table.fault("id", "stands here a second time")
        found[category.id] = category
    return found


def _referrals(top: Table) -> dict[str, Referral]:
    found: dict[str, Referral] = {}
    for table in top.tables("referral"):
        agencies = frozenset(table.members("agencies", Agency))
        referral = Referral(table.ident("id"), table.label("label"), table.member("purpose", Purpose), agencies)
        table.done()
        if referral.id in found:
            raise table.fault("id", "stands here a second time")
        found[referral.id] = referral
    return found


def _purposes(table: Table) -> frozenset[Purpose]:
    purposes = frozenset(table.members("purposes", Purpose))
    if not purposes:
        raise table.fault("purposes", "names nobody who would hear of it")
    return purposes


def _levels(table: Table) -> dict[Severity, frozenset[RegionLevel]]:
    found = {severity: frozenset(table.members(severity, RegionLevel)) for severity in Severity}
    table.done()
    for severity, levels in found.items():
        if not levels:
            raise table.fault(severity, "names no level that would hear of it")
    return found


def _status(table: Table) -> dict[Level, Severity]:
    # The levels of an answer as forms name them; the two lower ones are never relayed one by one.
    found = {level: table.member(level, Severity) for level in (Level.BAD, Level.WORST)}
    table.done()
    return found
