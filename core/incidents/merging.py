"""Reports of the same event by several witnesses: which open incidents may be the same as another."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from core.kit.geo import distance_m
from core.kit.preset_tables import read_toml
from core.territory.regions import RegionLevel, region_level

MOST_MINUTES: Final = 24 * 60  # what is further apart is not the same event
MOST_METRES: Final = 50_000


@dataclass(frozen=True)
class MergeRule:
    """How near in time and place two reports must be to be offered as one event; no time at all offers nothing."""

    within: timedelta = timedelta(0)  # between the two reports' arrival
    metres: int = 0


@dataclass(frozen=True)
class Sighting:
    """An incident as far as telling it from another goes."""

    id: int
    number: int
    kind: tuple[str | None, bool]  # its category, and whether it is an alarm
    opened_at: datetime
    post_id: int | None  # None where the post stands for a whole region
    region_code: str
    place: tuple[float, float] | None  # where the phone was, else where the post is
    confidential: bool
    going_on: bool  # open, and merged into no other


def load_merge(file: Path) -> MergeRule:
    """Return the rule of a routing file; PresetError for a number that is out of range."""
    table = read_toml(file).table("merge")
    minutes, metres = table.whole("minutes"), table.whole("metres")
    table.done()
    if not 0 <= minutes <= MOST_MINUTES:
        raise table.fault("minutes", f"must be from 0 (nothing is offered) to {MOST_MINUTES}")
    if not 0 <= metres <= MOST_METRES:
        raise table.fault("metres", f"must be from 0 (only the same post) to {MOST_METRES}")
    return MergeRule(timedelta(minutes=minutes), metres)


def same_event(rule: MergeRule, one: Sighting, other: Sighting) -> bool:
    """Tell whether two incidents may be the same event: alike, both going on, near in time and in place.

    A confidential one is never the same as one that everybody reads.
    """
    return (
        one.id != other.id
        and one.kind == other.kind
        and one.confidential == other.confidential
        and one.going_on
        and other.going_on
        and bool(rule.within)
        and abs(one.opened_at - other.opened_at) <= rule.within
        and _metres(one, other) <= rule.metres
    )


def twin(rule: MergeRule, one: Sighting, others: Iterable[Sighting]) -> Sighting | None:
    """Return the incident reported before this one that may be the same event, the nearest in time; None without one.

    Only the later report offers itself, so that of two cards one says where to go on.
    """
    found = [other for other in others if other.number < one.number and same_event(rule, one, other)]
    return min(found, key=lambda other: (one.opened_at - other.opened_at, -other.number), default=None)


def by_nearness(one: Sighting, others: Iterable[Sighting]) -> list[Sighting]:
    """Order incidents that somebody may mean as the same event: alike first, then the nearest in place, then in time."""
    return sorted(
        others,
        key=lambda other: (other.kind != one.kind, _metres(one, other), abs(one.opened_at - other.opened_at)),
    )


def _metres(one: Sighting, other: Sighting) -> float:
    """How far two incidents are from each other: nothing at one post, nor in one village when that is all we know."""
    if one.post_id is not None and one.post_id == other.post_id:
        return 0.0
    if one.place is not None and other.place is not None:
        return distance_m(one.place, other.place)
    same_village = one.region_code == other.region_code and region_level(one.region_code) is RegionLevel.VILLAGE
    return 0.0 if same_village else math.inf
