"""What a summary needs from the database; reads standings, so that its cost does not grow with history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, exists, false, func, or_, select

from core.forms.forms import Field
from core.forms.kinds import kind_of
from core.forms.severity import GRAVEST_FIRST, Severity
from core.incidents.lifecycle import OPEN
from core.overview.summary import OpenIncidents, Total
from core.people.roles import Role
from core.territory.posts import Risk
from core.territory.regions import RegionLevel, region_level
from storage.database.engine import Tx
from storage.incidents import incidents
from storage.overview.form_totals import number_at
from storage.people.people import valid_at
from storage.tables import AssignmentRow, IncidentRow, PostRow, StandingRow
from storage.territory.within import in_region

CODE_LENGTHS = {  # of the level below
    None: 2,
    RegionLevel.PROVINCE: 5,
    RegionLevel.REGENCY: 8,
    RegionLevel.DISTRICT: 13,
    RegionLevel.VILLAGE: 13,
}
RISK_ORDER = {risk.value: place for place, risk in enumerate(reversed(Risk))}  # the riskiest first


@dataclass(frozen=True)
class Reported:
    """The posts that reported: how many gave which level, by sub-region, and the sums of the numbers that were asked for."""

    levels: Mapping[str, Mapping[str | None, int]]
    totals: Sequence[Total]


@dataclass(frozen=True)
class SilentPlace:
    """A post that is due and has not reported, and where it is."""

    name: str
    code: str
    region_code: str


async def count_posts(tx: Tx, region_code: str, kinds: Collection[str]) -> dict[tuple[str, str], int]:
    """Count the posts of these kinds, by sub-region and kind."""
    part = _below(PostRow.region_code, region_code)
    rows = await tx.execute(
        select(part, PostRow.kind, func.count())
        .where(PostRow.active, in_region(PostRow.region_code, region_code), PostRow.kind.in_(kinds))
        .group_by(part, PostRow.kind)
    )
    return {(code, kind): number for code, kind, number in rows}


async def count_reported(tx: Tx, region_code: str, keys: Mapping[str, str], fields: Sequence[Field] = ()) -> Reported:
    """Count the posts that reported in the window of their kind, whose key `keys` has, and add up these fields' numbers."""
    part = _below(StandingRow.region_code, region_code)
    sums = [func.sum(number_at(item, place)) for item in fields for place in kind_of(item).places]
    stands = or_(
        false(), *(and_(StandingRow.kind == kind, StandingRow.window_key == key) for kind, key in keys.items())
    )
    rows = await tx.execute(
        select(part, StandingRow.level, func.count(), *sums)
        .where(stands, in_region(StandingRow.region_code, region_code))
        .group_by(part, StandingRow.level)
    )
    levels: dict[str, dict[str | None, int]] = defaultdict(dict)
    numbers = []
    for code, level, number, *sums_of_group in rows:
        levels[code][level] = number
        numbers.append(sums_of_group)
    return Reported(levels, _totals(fields, numbers))


async def list_silent(tx: Tx, region_code: str, keys: Mapping[str, str], *, limit: int) -> list[SilentPlace]:
    """The posts that have not reported in the window of their kind, whose key `keys` has, the riskiest first."""
    key = case(dict(keys), value=PostRow.kind, else_="")
    rows = await tx.execute(
        select(PostRow.name, PostRow.code, PostRow.region_code)
        .where(
            PostRow.active,
            in_region(PostRow.region_code, region_code),
            PostRow.kind.in_(keys),
            ~exists().where(StandingRow.window_key == key, StandingRow.post_id == PostRow.id),
        )
        .order_by(case(RISK_ORDER, value=PostRow.risk, else_=len(RISK_ORDER)), PostRow.kind, PostRow.code)
        .limit(limit)
    )
    return [SilentPlace(*row) for row in rows]


async def count_unmanned(tx: Tx, region_code: str, kinds: Collection[str], *, now: datetime) -> int:
    """Count the posts of these kinds that nobody is assigned to."""
    manned = exists().where(AssignmentRow.post_id == PostRow.id, AssignmentRow.role == Role.OFFICER, valid_at(now))
    counted = select(func.count()).where(
        PostRow.active, in_region(PostRow.region_code, region_code), PostRow.kind.in_(kinds), ~manned
    )
    return int(await tx.scalar(counted) or 0)


async def list_open_incidents(tx: Tx, region_code: str, *, now: datetime) -> list[OpenIncidents]:
    """The incidents that are not resolved, counted by severity, the gravest first."""
    waiting, late = (case((one, 1), else_=0) for one in (IncidentRow.owner_id.is_(None), incidents.overdue(now)))
    rows = await tx.execute(
        select(IncidentRow.severity, func.count(), func.min(IncidentRow.opened_at), func.sum(waiting), func.sum(late))
        .where(IncidentRow.state.in_(OPEN), in_region(IncidentRow.region_code, region_code))
        .group_by(IncidentRow.severity)
    )
    found = [OpenIncidents(Severity(severity), *rest) for severity, *rest in rows]
    return sorted(found, key=lambda item: GRAVEST_FIRST[item.severity])


def _below(column: Any, region_code: str) -> Any:
    return func.substr(column, 1, CODE_LENGTHS[region_level(region_code)])


def _totals(fields: Sequence[Field], rows: Sequence[Any]) -> list[Total]:
    """Add up what the groups of posts answered; a number that nobody gave is left out."""
    totals = []
    for item in fields:
        width = len(kind_of(item).places)
        numbers = [sum(row[place] or 0 for row in rows) for place in range(width)]
        if any(row[place] is not None for row in rows for place in range(width)):
            totals.append(Total({"id": item.label.id, "en": item.label.en}, tuple(int(number) for number in numbers)))
        rows = [row[width:] for row in rows]
    return totals
