"""Reports of the same event: which incident may be the same as another, and what was merged into it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm.attributes import flag_modified

from core.incidents.card import Twin
from core.incidents.lifecycle import OPEN, State
from core.incidents.merging import MergeRule, Sighting, by_nearness, twin
from core.incidents.timeline import Event
from core.kit.geo import box
from core.territory.regions import RegionLevel, region_level
from storage.database.engine import Tx
from storage.incidents import incidents
from storage.incidents.open_list import View, open_to
from storage.records import IncidentRecord
from storage.stamp import Stamp
from storage.tables import IncidentRow, PostRow, ReportRow
from storage.territory.within import in_region

NEAR_READ = 20  # incidents, the newest, among which one of the same event is looked for
CHOICES_READ = 200  # open incidents of a regency among which the nearest are looked for


async def twin_of(tx: Tx, rule: MergeRule, own: Sighting, *, alarms: Collection[str], now: datetime) -> Twin | None:
    """The open incident that may be the same event as this one; None also when this one is older than the rule's time.

    The nearest in place are found by the database, so that the cost does not grow with what else happens at the time.
    `alarms` are the ids of the forms that call for help.
    """
    if not own.going_on or not rule.within or now - own.opened_at > rule.within:
        return None
    near = {
        one.id: (one, post) for one, post in [*await _near(tx, rule, own, alarms), *await _pending(tx, own, alarms)]
    }
    found = twin(rule, own, [one for one, _ in near.values()])
    if found is None:
        return None
    return Twin(found.number, found.id, near[found.id][1], found.opened_at, found.region_code)


async def _near(tx: Tx, rule: MergeRule, own: Sighting, alarms: Collection[str]) -> list[tuple[Sighting, str]]:
    """The stored incidents that may be the same event, the newest first, each with the name of its post."""
    category, alarm = own.kind
    incident, report, post = IncidentRow, ReportRow, PostRow
    rows = await tx.execute(
        select(
            incident.id, incident.number, incident.opened_at, incident.region_code, post.id, post.active,
            report.lat, report.lon, post.lat, post.lon, post.name,
        )
        .join(report, report.id == incident.report_id)
        .join(post, post.id == incident.post_id)
        .where(
            incident.opened_at.between(own.opened_at - rule.within, own.opened_at),
            incident.number < own.number,
            incident.state.in_(OPEN),
            incident.confidential.is_(own.confidential),
            incident.category.is_(None) if category is None else incident.category == category,
            report.form_id.in_(sorted(alarms)) if alarm else report.form_id.not_in(sorted(alarms)),
            or_(*_places(rule, own)),
        )
        .order_by(incident.opened_at.desc(), incident.number.desc())
        .limit(NEAR_READ)
    )  # fmt: skip
    # What this very transaction has ended is seen in the objects, not in what the database finds.
    ended = {row.id for row in tx.dirty if isinstance(row, IncidentRow) and row.state not in OPEN}
    return [
        (
            Sighting(
                key, number, own.kind, opened_at, post_id if active else None, region_code, _place(place),
                own.confidential, going_on=key not in ended,
            ),
            name,
        )
        for key, number, opened_at, region_code, post_id, active, *place, name in rows
    ]  # fmt: skip


def _places(rule: MergeRule, own: Sighting) -> Iterator[ColumnElement[bool]]:
    """Where other reports of an event may have come from: a little more than the rule allows."""
    if own.post_id is not None:
        yield IncidentRow.post_id == own.post_id
    if region_level(own.region_code) is RegionLevel.VILLAGE:
        yield IncidentRow.region_code == own.region_code
    if own.place is not None:
        south, north, west, east = box(own.place, rule.metres)
        for lat, lon in ((ReportRow.lat, ReportRow.lon), (PostRow.lat, PostRow.lon)):
            yield and_(lat.between(south, north), lon.between(west, east))
    yield false()


def _place(coordinates: Sequence[float | None]) -> tuple[float, float] | None:
    """Where a report came from: from where its phone was, else from its post."""
    for lat, lon in (coordinates[:2], coordinates[2:]):
        if lat is not None and lon is not None:
            return lat, lon
    return None


def sighting_of(incident: IncidentRow, report: ReportRow, post: PostRow, *, alarms: Collection[str]) -> Sighting:
    """What tells an incident from another; one whose form the preset does not have any more is no alarm."""
    return Sighting(
        id=incident.id,
        number=incident.number,
        kind=(incident.category, report.form_id in alarms),
        opened_at=incident.opened_at,
        post_id=post.id if post.active else None,
        region_code=incident.region_code,
        place=_place((report.lat, report.lon, post.lat, post.lon)),
        confidential=incident.confidential,
        going_on=incident.state in OPEN and incident.duplicate_of is None,
    )


async def choices(
    tx: Tx, found: IncidentRecord, view: View, *, alarms: Collection[str], limit: int
) -> list[IncidentRecord]:
    """The open incidents of the same regency that this one may be merged into, the likeliest first.

    Only what this chat may hear of; what is confidential is offered only for its own kind.
    """
    if not view.territory:
        return []
    incident = found.incident
    regency = ".".join(incident.region_code.split(".")[:2])
    wanted = [
        in_region(IncidentRow.region_code, regency),
        open_to(view),
        IncidentRow.confidential.is_(incident.confidential),
        IncidentRow.id != incident.id,
    ]
    if incident.confidential:
        wanted.append(IncidentRow.category == incident.category)
    statement = incidents.select_records().where(*wanted).order_by(IncidentRow.opened_at.desc()).limit(CHOICES_READ)
    rows = {row[0].id: IncidentRecord(*row) for row in await tx.execute(statement)}
    sightings = [sighting_of(one.incident, one.report, one.post, alarms=alarms) for one in rows.values()]
    own = sighting_of(incident, found.report, found.post, alarms=alarms)
    nearest = by_nearness(own, [one for one in sightings if one.going_on])
    return [rows[one.id] for one in nearest[:limit]]


async def merged_into(tx: Tx, incident_id: int) -> list[IncidentRecord]:
    """Every incident that was merged into this one, also by way of another, in the order in which they were reported."""
    found: dict[int, IncidentRecord] = {}
    wanted = {incident_id}
    while wanted:
        # What this very transaction has changed is seen in the objects, not in what the database finds.
        rows = await _merged(tx, wanted)
        joined = [one for one in rows if one.incident.duplicate_of in wanted]
        new = {one.incident.id: one for one in joined if one.incident.id not in found}
        found |= new
        wanted = set(new) - {incident_id}
    return sorted(found.values(), key=lambda one: one.incident.number)


async def _merged(tx: Tx, wanted: set[int]) -> list[IncidentRecord]:
    """What was merged into these, and perhaps is no more; a transaction loads it once, for all the messages of a step."""
    loaded, asked = tx.unit.incidents.merged, tx.unit.incidents.merged_into
    ids = {row.id for row in _changed(tx) if row.duplicate_of in wanted} - loaded.keys()
    if ids or wanted - asked:
        statement = incidents.select_records().where(
            IncidentRow.duplicate_of.in_(wanted - asked) | IncidentRow.id.in_(ids)
        )
        loaded |= {row[0].id: IncidentRecord(*row) for row in await tx.execute(statement)}
        asked |= wanted
    return list(loaded.values())


async def end_of(tx: Tx, incident: IncidentRow) -> IncidentRow:
    """The incident that goes on for one that was merged; the incident itself when it was not."""
    seen = {incident.id}
    while incident.duplicate_of is not None and incident.duplicate_of not in seen:
        target = await tx.get(IncidentRow, incident.duplicate_of)
        if target is None:
            break
        seen.add(target.id)
        incident = target
    return incident


def join(tx: Tx, incident: IncidentRow, into: IncidentRow, stamp: Stamp) -> None:
    """Note on the incident that goes on that another report of its event was merged into it."""
    # Touched in any case, so that two people who merge two incidents into each other at one instant do not both do it.
    flag_modified(into, "severity")
    incidents.event(tx, into, stamp, action=Event.WITNESS, note=str(incident.number))


async def part(tx: Tx, incident: IncidentRow, former_id: int, stamp: Stamp) -> IncidentRecord | None:
    """Note on the incident that goes on that a merged report goes its own way again; gives the one that goes on."""
    former = await tx.get(IncidentRow, former_id)
    if former is None:
        return None
    going_on = await end_of(tx, former)
    incidents.event(tx, going_on, stamp, action=Event.PARTED, note=str(incident.number))
    return await incidents.get(tx, going_on.id)


async def _pending(tx: Tx, own: Sighting, alarms: Collection[str]) -> list[tuple[Sighting, str]]:
    """Incidents of this very transaction: two officers of one batch may tell of one event."""
    found = []
    for row in list(tx.new):
        if isinstance(row, IncidentRow) and row.id != own.id and row.category == own.kind[0]:
            post = await tx.get_one(PostRow, row.post_id)
            found.append((sighting_of(row, row.report, post, alarms=alarms), post.name))
    return found


def _changed(tx: Tx) -> Iterable[IncidentRow]:
    return [row for row in tx.dirty if isinstance(row, IncidentRow) and row.state == State.DUPLICATE]
