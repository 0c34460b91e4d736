"""What the clock does about one incident: its owner is asked, the next level up hears, or all who know of it hear anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from actions.incidents import alarms, deadlines, escalation_news, life, owner_question
from actions.incidents.cards import card_groups, load_card, refresh_cards, show_below, show_copies, show_in
from actions.incidents.escalation_news import DueIncident
from core.desk import Desk
from core.incidents.escalation import Climb, Due, climb, deadline, decide, farthest, group_level, held_until, pace
from core.incidents.keys import ring_key
from core.incidents.lifecycle import ANSWERED_FOR, Part, State, parts_of
from core.incidents.timeline import Event
from storage.database.engine import Tx
from storage.groups import linked_groups
from storage.incidents import incidents, timeline
from storage.people import people
from storage.tables import GroupRow, PersonRow


@dataclass(frozen=True)
class Rise:
    """How the news of an incident went up: the groups that get its card now, or nobody was left above."""

    groups: tuple[GroupRow, ...] = ()
    top: bool = False
    silent: str | None = None  # the owner who has not answered


async def act(tx: Tx, desk: Desk, incident_id: int, *, now: datetime) -> bool:
    """Do what one incident asks for at this moment, and set when it is looked at next; False when it asks for nothing.

    The deadline changes in the transaction that adds the messages, so that each step is taken once.
    """
    found = await incidents.get(tx, incident_id, lock=True)
    if found is None:
        return False
    incident = found.incident
    if incident.look_at is None or now < incident.look_at <= now + farthest(desk.escalation):
        return False
    due = DueIncident(desk, found, now)
    watch = deadlines.watch_of(incident, alarm=due.alarm)
    owner = await _owner(tx, due)
    if owner.lapsed and held_until(due.times, watch, now) is None:
        await lapse(tx, due)
        return True
    spoke_at = await timeline.spoke_at(tx, incident.id, owner.person.id) if owner.person is not None else None
    what = decide(due.times, watch, now, spoke_at=spoke_at, answers=owner.person is not None)
    await _do(tx, due, what, owner.person, spoke_at)
    return what is not Due.NOTHING


async def _do(tx: Tx, due: DueIncident, what: Due, owner: PersonRow | None, spoke_at: datetime | None) -> None:
    """Tell everybody who hears now, and show it on the cards."""
    desk, incident, now = due.desk, due.incident, due.now
    since = spoke_at or incident.acknowledged_at or incident.opened_at
    rise, copies = Rise(), list[PersonRow]()
    if what is Due.RING:
        copies = await _ring(tx, due)
    if what in (Due.RING, Due.ESCALATE, Due.UNANSWERED):
        rise = await _go_up(tx, due, what, since)
    if copies and not rise.groups:
        due.note(tx, Event.ESCALATED, await _told_before(tx, due))
    asking = owner if what in (Due.ASK, Due.UNANSWERED) else None
    if asking is not None:
        due.note(tx, Event.ASKED)
    _set_next(due, what, top=rise.top, spoke_at=spoke_at)
    card = await load_card(tx, desk, due.record)
    await show_copies(tx, desk, card, copies, now=now)
    await show_in(tx, desk, card, rise.groups, now=now)
    if asking is not None:
        left = not rise.top and (await _above(tx, due)).step.target is not None
        await owner_question.ask(
            tx, desk, card, asking, owner_question.Silence(since, incident.due_at or now, left), now=now
        )
    await refresh_cards(tx, desk, card, now=now)
    if what in (Due.ESCALATE, Due.UNANSWERED) and (due.alarm or not rise.groups):
        await show_below(tx, desk, card, incident, now=now)
    if due.alarm and what in (Due.ESCALATE, Due.UNANSWERED):
        await alarms.call(tx, due, since=since, unanswered=what is Due.UNANSWERED, name=rise.silent)
    if due.alarm:
        await alarms.show_own(tx, desk, due.record, now=now)


def _set_next(due: DueIncident, what: Due, *, top: bool, spoke_at: datetime | None) -> None:
    """Set the deadline that follows what was done."""
    incident, times = due.incident, due.times
    before = deadlines.watch_of(incident, alarm=due.alarm)
    if what is Due.BEGIN:
        deadlines.reschedule(due.desk, incident, alarm=due.alarm, now=due.now)
        return
    if what is Due.SPOKEN:
        incident.asked = 0
    elif what in (Due.ASK, Due.UNANSWERED, Due.RING, Due.ESCALATE):
        incident.asked += 1
    wait: timedelta | None = None
    if top or (what is Due.RING and incident.asked >= times.rings) or (what is Due.UNANSWERED and due.alarm):
        wait = pace(times, before)
    new = {
        Due.NOTHING: None,
        Due.REFRESH: incident.due_at,
        Due.HOLD: held_until(times, before, due.now),
        Due.SPOKEN: deadline(times, before, spoke_at or due.now),
    }.get(what, deadline(times, before, due.now, wait=wait))
    deadlines.set_due(incident, new, alarm=due.alarm, now=due.now)


@dataclass(frozen=True)
class _Owner:
    """The owner of an incident under way, if they can be asked; `lapsed` where they are not responsible any more."""

    person: PersonRow | None = None
    lapsed: bool = False


async def _owner(tx: Tx, due: DueIncident) -> _Owner:
    incident = due.incident
    if incident.owner_id is None or incident.state not in ANSWERED_FOR:
        return _Owner()
    row = (await people.by_ids(tx, [incident.owner_id])).get(incident.owner_id)
    if row is None:
        return _Owner(lapsed=True)
    member = (await people.members(tx, [row.telegram_id], now=due.now)).get(row.telegram_id)
    held = member is not None and Part.OWNER in parts_of(
        member.actor, region_code=incident.region_code, owner_id=incident.owner_id,
        contact_id=incidents.contact_of(incident),
    )  # fmt: skip
    return _Owner(row if held and row.unreachable_since is None else None, lapsed=not held)


async def lapse(tx: Tx, due: DueIncident) -> None:
    """Let an incident wait to be taken again whose owner is not responsible for the place any more.

    One that is referred stays with the body that it was referred to; if it comes back, it comes back to nobody.
    """
    desk, incident, now = due.desk, due.incident, due.now
    name = await escalation_news.owner_name(tx, due)
    due.note(tx, Event.LAPSED, name)
    if incident.state not in ANSWERED_FOR:
        incident.owner_id = None
        await refresh_cards(tx, desk, await load_card(tx, desk, due.record), now=now)
        return
    await escalation_news.tell_lapsed(tx, due, name)
    life.let_wait(incident)
    deadlines.reschedule(desk, incident, alarm=due.alarm, now=now)
    card = await load_card(tx, desk, due.record)
    await refresh_cards(tx, desk, card, now=now)
    await show_below(tx, desk, card, incident, now=now)
    if due.alarm:
        await alarms.show_own(tx, desk, due.record, now=now)


async def _told_before(tx: Tx, due: DueIncident) -> str:
    """The groups that have the card already, by their titles."""
    held = await card_groups(tx, due.desk, due.incident.id)
    return ", ".join(row.title for row in held.values() if row.unlinked_at is None)


@dataclass(frozen=True)
class _Above:
    """Which level hears next, among the groups that are for the incident."""

    step: Climb
    fitting: Mapping[int, GroupRow]
    held: Mapping[int, GroupRow]  # the groups that have its card


async def _above(tx: Tx, due: DueIncident) -> _Above:
    desk, incident = due.desk, due.incident
    held = await card_groups(tx, desk, incident.id)
    linked = await linked_groups(tx, desk.bot_id)
    fitting = {row.id: row for row in linked if deadlines.hears(desk, incident, row)}
    levels = {group_level(row.region_code) for row in fitting.values()}
    return _Above(climb(deadlines.told_level(desk, incident, held.values()), levels), fitting, held)


async def _go_up(tx: Tx, due: DueIncident, what: Due, since: datetime) -> Rise:
    """Find the next level above that has a group for the incident; where nobody is left, tell admins."""
    desk, incident = due.desk, due.incident
    name = await escalation_news.owner_name(tx, due) if what is Due.UNANSWERED else None
    if what is Due.UNANSWERED:
        due.note(tx, Event.UNANSWERED, name)
    if what is Due.UNANSWERED and due.alarm:
        await escalation_news.tell_silent(tx, due, name)
    above = await _above(tx, due)
    step, before = above.step, await _told_before(tx, due)
    if step.target is None:
        if what is not Due.RING:
            await deadlines.tell_skipped(tx, desk, incident, step.skipped, now=due.now)
            await escalation_news.tell_admins(tx, due, what, before=before, since=since, name=name)
        return Rise(top=what is not Due.RING, silent=name)
    await deadlines.tell_skipped(tx, desk, incident, step.skipped, now=due.now)
    fresh = [
        row
        for row in above.fitting.values()
        if group_level(row.region_code) is step.target and row.id not in above.held
    ]
    due.note(tx, Event.ESCALATED, before)
    if incident.state != State.REFERRED:
        incident.level = step.target.value
    if what is Due.ESCALATE and not due.alarm:
        await escalation_news.tell_escalated(tx, due, fresh)
    return Rise(tuple(fresh), silent=name)


async def _ring(tx: Tx, due: DueIncident) -> list[PersonRow]:
    """Let an alarm that nobody has taken be heard again, and gather who gets it in person besides.

    With the first ring these are the coordinators above who have no copy yet; with the second the admins hear of it.
    """
    number = due.incident.asked + 1
    await alarms.ring(tx, due.desk, due.record, key=ring_key(due.incident.id, due.moment), now=due.now)
    if number == alarms.ADMINS_AT:
        due.note(tx, Event.ADMINS)
        await alarms.tell_admins(tx, due.desk, due.record, now=due.now)
    return await alarms.untold_coordinators(tx, due.desk, due.incident, now=due.now) if number == 1 else []
