"""What nobody in a region hears of any more once one of its groups hears of something else, or of nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from core.groups.purposes import Purpose
from core.groups.routing import GroupFact
from core.territory.regions import covers


@dataclass(frozen=True)
class Gap:
    """Purposes for which a region had a group of its own until now."""

    region_code: str
    lost: frozenset[Purpose]
    above: tuple[int, ...]  # the groups of regions above that hear of any of them, by their keys
    nowhere: frozenset[Purpose]  # those of which no group above hears either

    @property
    def everything(self) -> bool:
        """Whether the region has no group left for anything."""
        return self.lost == frozenset(Purpose)


def gap_of(region_code: str, before: Iterable[GroupFact], after: Collection[GroupFact]) -> Gap | None:
    """Return what a region lost by a change of the linked groups, None where each purpose still has a group there."""
    lost = _heard(region_code, before) - _heard(region_code, after)
    if not lost:
        return None
    above = [one for one in after if one.region_code != region_code and covers(one.region_code, region_code)]
    hearing = [one for one in above if not one.purposes or one.purposes & lost]
    heard = frozenset[Purpose]().union(*(one.purposes or lost for one in hearing))
    return Gap(region_code, lost, tuple(one.id for one in hearing), lost - heard)


def _heard(region_code: str, groups: Iterable[GroupFact]) -> frozenset[Purpose]:
    """The purposes of which a group of this very region hears."""
    own = [one.purposes or frozenset(Purpose) for one in groups if one.region_code == region_code]
    return frozenset[Purpose]().union(*own)
