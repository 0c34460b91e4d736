"""What a summary needs from the database; reads standings, so that its cost does not grow with history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, exists, false, func, or_, select

from core.calendar.windows import WindowRef, current_window, rules_on, window_rule
from core.desk import Desk
from core.forms.forms import Field, Summary
from core.forms.kinds import kind_of
from core.forms.severity import GRAVEST_FIRST, Severity
from core.incidents.lifecycle import OPEN
from core.overview.summary import SILENT_SHOWN, OpenIncidents, Silent, Situation, SubRegion, Total
from core.people.roles import Role
from core.territory.posts import PostKind, Risk
from core.territory.regions import RegionLevel, region_level
from storage.database.engine import Tx
from storage.incidents import incidents
from storage.incidents.streak import streak_of
from storage.overview.form_totals import form_parts, number_at
from storage.people.people import valid_at
from storage.tables import AssignmentRow, IncidentRow, PostRow, StandingRow
from storage.territory.within import in_region

FORM = "status"  # the form whose silence counts
CODE_LENGTHS = {  # of the level below
    None: 2,
    RegionLevel.PROVINCE: 5,
    RegionLevel.REGENCY: 8,
    RegionLevel.DISTRICT: 13,
    RegionLevel.VILLAGE: 13,
}
RISK_ORDER = {risk.value: place for place, risk in enumerate(reversed(Risk))}  # the riskiest first


async def situation(tx: Tx, desk: Desk, region_code: str, *, now: datetime) -> Situation:
    """Gather the summary of a region for the windows that stand now, one for each kind of post that is due.

    Where some kinds of post have windows today, the others owe nothing: of these, only who reported is counted.
    """
    region_code = region_code or desk.preset.root
    windows = _windows(desk, now=now)
    expected = await _expected(tx, region_code, windows)
    here = {kind: windows[kind] for _, kind in expected}
    due = {kind: window for kind, window in here.items() if _has_windows(desk, kind, window)} or here
    counts: dict[str, int] = defaultdict(int)
    for (code, kind), number in expected.items():
        counts[code] += number if kind in due else 0
    fields = [item for item in desk.forms[FORM].fields if item.summary is Summary.SUM]
    reported, numbers = await _reported(tx, region_code, windows, fields)
    unasked = {kind: window for kind, window in windows.items() if kind not in due}
    for code, levels in (await _reported(tx, region_code, unasked))[0].items():
        counts[code] += sum(levels.values())
    return Situation(
        region=desk.regions.path(region_code),
        windows=_labels(desk, due),
        parts=[
            SubRegion(
                desk.regions.short(code),
                number,
                sum(reported[code].values()),
                {level: count for level, count in reported[code].items() if level},
            )
            for code, number in sorted(counts.items())
            if number
        ],
        open_incidents=await _incidents(tx, region_code, now=now),
        silent=await _silent(tx, desk, region_code, due),
        unmanned=await _unmanned(tx, region_code, due, now=now),
        totals=_totals(fields, numbers),
        forms=await form_parts(tx, desk, region_code, but=FORM, now=now),
        streak=await streak_of(tx, desk.streak, [region_code]),
    )


def _windows(desk: Desk, *, now: datetime) -> dict[str, WindowRef]:
    form = desk.forms[FORM]
    return {
        kind: current_window(desk.calendar, form=FORM, post_kind=PostKind(kind), event=desk.event_date, now=now)
        for kind in form.posts
    }


def _has_windows(desk: Desk, kind: str, window: WindowRef) -> bool:
    """Whether this kind of post is to report at some hour of the window's day."""
    return bool(rules_on(desk.calendar, form=FORM, post_kind=PostKind(kind), event=desk.event_date, day=window.day))


def _labels(desk: Desk, windows: Mapping[str, WindowRef]) -> list[tuple[dict[str, str], datetime, datetime, str]]:
    """The windows that are spoken of, each once."""
    found: dict[str, tuple[dict[str, str], datetime, datetime, str]] = {}
    for window in windows.values():
        rule = window_rule(desk.calendar, FORM, window.window_id) if window.window_id else None
        label = {"id": rule.label.id, "en": rule.label.en} if rule else {"id": "", "en": ""}
        found[window.key] = (label, window.opens_at, window.closes_at, window.state.value)
    return sorted(found.values(), key=lambda item: item[1])


def _standing_now(windows: Mapping[str, WindowRef]) -> Any:
    """The condition that a standing belongs to its post's present window."""
    return or_(
        false(),
        *(and_(StandingRow.kind == kind, StandingRow.window_key == window.key) for kind, window in windows.items()),
    )


def _below(column: Any, region_code: str) -> Any:
    return func.substr(column, 1, CODE_LENGTHS[region_level(region_code)])


async def _expected(tx: Tx, region_code: str, windows: Mapping[str, WindowRef]) -> dict[tuple[str, str], int]:
    """Count the posts by sub-region and kind."""
    part = _below(PostRow.region_code, region_code)
    rows = await tx.execute(
        select(part, PostRow.kind, func.count())
        .where(PostRow.active, in_region(PostRow.region_code, region_code), PostRow.kind.in_(windows))
        .group_by(part, PostRow.kind)
    )
    return {(code, kind): number for code, kind, number in rows}


async def _reported(
    tx: Tx, region_code: str, windows: Mapping[str, WindowRef], fields: Sequence[Field] = ()
) -> tuple[dict[str, dict[str | None, int]], list[Any]]:
    """How many posts gave which level, by sub-region; and the sums of these fields' numbers in each such group."""
    part = _below(StandingRow.region_code, region_code)
    sums = [func.sum(number_at(item, place)) for item in fields for place in kind_of(item).places]
    rows = await tx.execute(
        select(part, StandingRow.level, func.count(), *sums)
        .where(_standing_now(windows), in_region(StandingRow.region_code, region_code))
        .group_by(part, StandingRow.level)
    )
    found: dict[str, dict[str | None, int]] = defaultdict(dict)
    numbers = []
    for code, level, number, *totals in rows:
        found[code][level] = number
        numbers.append(totals)
    return found, numbers


async def _silent(tx: Tx, desk: Desk, region_code: str, windows: Mapping[str, WindowRef]) -> list[Silent]:
    """The posts that are due and silent, the riskiest first."""
    key = case({kind: window.key for kind, window in windows.items()}, value=PostRow.kind, else_="")
    rows = await tx.execute(
        select(PostRow.name, PostRow.code, PostRow.region_code)
        .where(
            PostRow.active,
            in_region(PostRow.region_code, region_code),
            PostRow.kind.in_(windows),
            ~exists().where(StandingRow.window_key == key, StandingRow.post_id == PostRow.id),
        )
        .order_by(case(RISK_ORDER, value=PostRow.risk, else_=len(RISK_ORDER)), PostRow.kind, PostRow.code)
        .limit(SILENT_SHOWN)
    )
    above = len(desk.regions.path(region_code)) if region_code != desk.preset.root else 0
    return [Silent(name, code, desk.regions.path(region)[above:]) for name, code, region in rows]


async def _unmanned(tx: Tx, region_code: str, windows: Mapping[str, WindowRef], *, now: datetime) -> int:
    manned = exists().where(AssignmentRow.post_id == PostRow.id, AssignmentRow.role == Role.OFFICER, valid_at(now))
    counted = select(func.count()).where(
        PostRow.active, in_region(PostRow.region_code, region_code), PostRow.kind.in_(windows), ~manned
    )
    return int(await tx.scalar(counted) or 0)


async def _incidents(tx: Tx, region_code: str, *, now: datetime) -> list[OpenIncidents]:
    waiting, late = (case((one, 1), else_=0) for one in (IncidentRow.owner_id.is_(None), incidents.overdue(now)))
    rows = await tx.execute(
        select(IncidentRow.severity, func.count(), func.min(IncidentRow.opened_at), func.sum(waiting), func.sum(late))
        .where(IncidentRow.state.in_(OPEN), in_region(IncidentRow.region_code, region_code))
        .group_by(IncidentRow.severity)
    )
    found = [OpenIncidents(Severity(severity), *rest) for severity, *rest in rows]
    return sorted(found, key=lambda item: GRAVEST_FIRST[item.severity])


def _totals(fields: list[Field], rows: Sequence[Any]) -> list[Total]:
    """Add up what the groups of posts answered; a number that nobody gave is left out."""
    totals = []
    for item in fields:
        width = len(kind_of(item).places)
        numbers = [sum(row[place] or 0 for row in rows) for place in range(width)]
        if any(row[place] is not None for row in rows for place in range(width)):
            totals.append(Total({"id": item.label.id, "en": item.label.en}, tuple(int(number) for number in numbers)))
        rows = [row[width:] for row in rows]
    return totals
