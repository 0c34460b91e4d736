"""When an incident must be looked at again, how far its news has gone, and whose turn is next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from actions.people.admins import alert_admins
from core.desk import Desk
from core.forms.severity import Severity
from core.groups.purposes import Purpose
from core.incidents.escalation import Watch, climb, deadline, fits, group_level, highest, next_look, region_at
from core.incidents.keys import skipped_key
from core.incidents.lifecycle import ANSWERED_FOR, State
from core.incidents.timeline import Event
from core.territory.regions import LEVELS, RegionLevel
from storage.database.engine import Tx
from storage.groups import group_fact
from storage.incidents import timeline
from storage.records import IncidentRecord
from storage.tables import GroupRow, IncidentRow


async def begin(
    tx: Tx, desk: Desk, incident: IncidentRow, groups: Collection[GroupRow], *, alarm: bool, now: datetime
) -> None:
    """Note how high the news of a new incident has gone, and set its first deadline.

    Where no group stands at the levels that must act and one above took it, admins are told which are missing.
    """
    told = _highest(groups)
    incident.level = told.value if told else None
    reschedule(desk, incident, alarm=alarm, now=now)
    acting = highest(desk.routing.levels[Severity(incident.severity)])
    if told is not None and acting is not None and LEVELS.index(told) < LEVELS.index(acting):
        missed = [acting, *climb(acting, {told}).skipped]
        await tell_skipped(tx, desk, incident, missed, now=now)


def reschedule(desk: Desk, incident: IncidentRow, *, alarm: bool, now: datetime) -> None:
    """Set the deadline that an incident's present state has from now on; an ended one has none."""
    incident.asked = 0
    due_at = deadline(desk.escalation, watch_of(incident, alarm=alarm), now)
    set_due(incident, due_at, alarm=alarm, now=now)


def spoke(desk: Desk, record: IncidentRecord, person_id: int, *, now: datetime) -> None:
    """Count a word of an incident's owner as an answer: the question comes only after as long again."""
    incident = record.incident
    if incident.owner_id == person_id and incident.state in ANSWERED_FOR:
        reschedule(desk, incident, alarm=desk.forms[record.report.form_id].alarm, now=now)


def set_due(incident: IncidentRow, due_at: datetime | None, *, alarm: bool, now: datetime) -> None:
    """Set a deadline, and when the clock looks next."""
    incident.due_at = due_at
    incident.look_at = next_look(watch_of(incident, alarm=alarm), due_at, now)


def rerouted(desk: Desk, incident: IncidentRow, groups: Collection[GroupRow], *, alarm: bool, now: datetime) -> None:
    """Note that a correction changed who hears of an incident; what has become graver is due earlier."""
    told = _highest(row for row in groups if hears(desk, incident, row))
    incident.level = told.value if told else None
    new = deadline(desk.escalation, watch_of(incident, alarm=alarm), now)
    if new is not None and (incident.due_at is None or new < incident.due_at):
        set_due(incident, new, alarm=alarm, now=now)


async def kept_groups(tx: Tx, desk: Desk, incident: IncidentRow, held: Mapping[int, GroupRow]) -> dict[int, GroupRow]:
    """Of the groups that have the card, those that keep it after a correction because it had gone up to them."""
    if not await timeline.has(tx, incident.id, Event.ESCALATED):
        return {}
    return {key: row for key, row in held.items() if row.unlinked_at is None and hears(desk, incident, row)}


def watch_of(incident: IncidentRow, *, alarm: bool) -> Watch:
    """What the rules about deadlines need to know of an incident."""
    return Watch(
        State(incident.state), Severity(incident.severity), alarm, incident.asked, incident.opened_at, incident.due_at
    )


def hears(desk: Desk, incident: IncidentRow, group: GroupRow) -> bool:
    """Whether a group is for this incident, at whatever level: of a referred one, only those linked for it by name."""
    purposes, by_name = _purposes(desk, incident)
    return fits(group_fact(group), incident.region_code, purposes, by_name=by_name)


def told_level(desk: Desk, incident: IncidentRow, groups: Iterable[GroupRow]) -> RegionLevel | None:
    """The highest level that has heard of an incident, in these groups that have its card."""
    told = [group_level(row.region_code) for row in groups if hears(desk, incident, row)]
    if incident.level and incident.state != State.REFERRED:  # a referral begins where its own groups stand
        told.append(RegionLevel(incident.level))
    return highest(told)


async def tell_skipped(
    tx: Tx, desk: Desk, incident: IncidentRow, levels: Iterable[RegionLevel], *, now: datetime
) -> None:
    """Tell admins, once a day, which regions have no group that would have heard of this incident.

    Of a confidential one they do not read for which purpose.
    """
    codes = [code for level in levels if (code := region_at(incident.region_code, level)) is not None]
    if not codes:
        return
    purposes, by_name = _purposes(desk, incident)
    first = sorted(purposes, key=list(Purpose).index)[:1] if not incident.confidential else []
    wanted = [desk.texts.plain(desk.texts.default, f"purpose-{purpose}") for purpose in first]
    day = now.astimezone(desk.texts.zone).date()
    await alert_admins(
        tx,
        desk,
        "alert-level-skipped",
        key=skipped_key(codes[-1], incident.referred_to if by_name else incident.category, day),
        now=now,
        number=str(incident.number),
        regions="; ".join(", ".join(reversed(desk.regions.path(code))) for code in codes),
        command=" ".join(["/hubungkan", codes[-1], *wanted]),
    )


def _purposes(desk: Desk, incident: IncidentRow) -> tuple[Collection[Purpose], bool]:
    """The purposes whose groups hear of an incident, and whether they must be linked for them by name."""
    referral = desk.routing.referrals.get(incident.referred_to or "")
    if incident.state == State.REFERRED and referral is not None:
        return (referral.purpose,), True
    if incident.category is None:
        return desk.routing.status_purposes, False
    return desk.routing.category(incident.category).purposes, False


def _highest(groups: Iterable[GroupRow]) -> RegionLevel | None:
    return highest([group_level(row.region_code) for row in groups])
