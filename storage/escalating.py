"""What the clock does about one incident: its owner is asked, the next level up hears, or admins do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.desk import Desk
from core.escalation import OWNED, Due, EscalationTimes, climb, deadline, decide, group_level, held_until, span
from core.lifecycle import Part, State, parts_of
from core.outgoing import Priority
from core.timeline import Event
from storage import alarms, asked, escalation, incidents, people, places
from storage.alerts import tell_person
from storage.cards import card_groups, load_card, refresh_cards, show_copies, show_in
from storage.engine import Tx
from storage.tables import GroupRow, IncidentRow, PersonRow, PostRow, ReportRow


@dataclass(frozen=True)
class Case:
    """An incident that is due, with what belongs to it."""

    desk: Desk
    incident: IncidentRow
    report: ReportRow
    post: PostRow
    reporter: PersonRow
    alarm: bool
    now: datetime

    @property
    def times(self) -> EscalationTimes:
        """The preset's times."""
        return self.desk.calendar.escalation

    @property
    def moment(self) -> int:
        """What tells this deadline of the incident from its others, in the keys of messages."""
        return int((self.incident.due_at or self.now).timestamp())

    def note(self, tx: Tx, event: Event, note: str | None = None) -> None:
        """Add an entry of the clock's to the timeline."""
        incidents.event(
            tx, self.incident, action=event.value, person_id=None,
            cause=(self.desk.bot_id, None), now=self.now, note=note or None,
        )  # fmt: skip


@dataclass(frozen=True)
class Rise:
    """How the news of an incident went up: the groups that get its card now, or nobody was left above."""

    groups: tuple[GroupRow, ...] = ()
    top: bool = False


async def act(tx: Tx, desk: Desk, incident_id: int, *, now: datetime) -> bool:
    """Do what one incident asks for at this moment, and set when it is looked at next; False when it asks for nothing.

    The deadline changes in the transaction that adds the messages, so that each step is taken once.
    """
    incident = await tx.get(IncidentRow, incident_id, with_for_update=True)
    if incident is None or incident.look_at is None or incident.look_at > now:
        return False
    found = await incidents.get(tx, incident_id)
    assert found is not None, "an incident has its report, its post and its reporter"
    _, report, post, reporter = found
    case = Case(desk, incident, report, post, reporter, desk.forms[report.form_id].alarm, now)
    owner = await _owner(tx, case)
    spoke_at = await escalation.spoke_at(tx, incident.id, owner.id) if owner is not None else None
    watch = escalation.watch_of(incident, alarm=case.alarm)
    due = decide(case.times, watch, now, spoke_at=spoke_at, answers=owner is not None)
    since = spoke_at or incident.acknowledged_at or incident.opened_at
    rise, copies = Rise(), list[PersonRow]()
    if due is Due.RING:
        copies = await _ring(tx, case)
        rise = await _go_up(tx, case, due, since)
    elif due in (Due.ESCALATE, Due.UNANSWERED):
        rise = await _go_up(tx, case, due, since)
    if copies and not rise.groups:
        case.note(tx, Event.ESCALATED, await _told_before(tx, case))
    asking = owner if due in (Due.ASK, Due.UNANSWERED) else None
    if asking is not None:
        case.note(tx, Event.ASKED)
    _set_next(case, due, top=rise.top, spoke_at=spoke_at)
    await tx.flush()  # the card shows the entries that were added just now
    card = await load_card(tx, desk, incident, report, post, reporter)
    await show_copies(tx, desk, card, copies, now=now)
    await show_in(tx, desk, card, rise.groups, now=now)
    if asking is not None:
        await asked.ask(tx, desk, card, asking, since=since, until=incident.due_at or now, now=now)
    await refresh_cards(tx, desk, card, now=now)
    if case.alarm:
        await alarms.show_own(tx, desk, incident, post, reporter, now=now)
    return due is not Due.NOTHING


def _set_next(case: Case, due: Due, *, top: bool, spoke_at: datetime | None) -> None:
    """Set the deadline that follows what was done."""
    incident, times = case.incident, case.times
    before = escalation.watch_of(incident, alarm=case.alarm)
    if due is Due.BEGIN:
        escalation.reschedule(case.desk, incident, alarm=case.alarm, now=case.now)
        return
    if due is Due.SPOKEN:
        incident.asked = 0
    elif due in (Due.ASK, Due.UNANSWERED, Due.RING, Due.ESCALATE):
        incident.asked += 1
    wait: timedelta | None = None
    if top or (due is Due.RING and incident.asked >= times.rings):
        wait = max(times.again, span(times, before) or times.again)
    new = {
        Due.NOTHING: None,
        Due.REFRESH: incident.due_at,
        Due.HOLD: held_until(times, before, case.now),
        Due.SPOKEN: deadline(times, before, spoke_at or case.now),
    }.get(due, deadline(times, before, case.now, wait=wait))
    escalation.set_due(incident, new, alarm=case.alarm, now=case.now)


async def _owner(tx: Tx, case: Case) -> PersonRow | None:
    """The owner of an incident under way, if they can be asked: reachable, and still responsible for the place."""
    incident = case.incident
    if incident.owner_id is None or incident.state not in OWNED:
        return None
    row = (await people.by_ids(tx, [incident.owner_id])).get(incident.owner_id)
    if row is None or row.unreachable_since is not None:
        return None
    member = (await people.members(tx, [row.telegram_id], now=case.now)).get(row.telegram_id)
    if member is None:
        return None
    parts = parts_of(
        member.actor, region_code=incident.region_code, owner_id=incident.owner_id,
        contact_id=incidents.contact_of(incident),
    )  # fmt: skip
    return row if Part.OWNER in parts else None


async def _told_before(tx: Tx, case: Case) -> str:
    """The groups that have the card already, by their titles."""
    held = await card_groups(tx, case.desk, case.incident.id)
    return ", ".join(row.title for row in held.values() if row.unlinked_at is None)


async def _go_up(tx: Tx, case: Case, due: Due, since: datetime) -> Rise:
    """Find the next level above that has a group for the incident; where nobody is left, tell admins."""
    desk, incident = case.desk, case.incident
    name = await _silent_owner(tx, case) if due is Due.UNANSWERED else None
    if due is Due.UNANSWERED:
        case.note(tx, Event.UNANSWERED, name)
    held = await card_groups(tx, desk, incident.id)
    linked = await places.linked_groups(tx, desk.bot_id)
    fitting = {row.id: row for row in linked if escalation.hears(desk, incident, row)}
    levels = {group_level(row.region_code) for row in fitting.values()}
    step = climb(escalation.told_level(desk, incident, held.values()), levels)
    before = await _told_before(tx, case)
    if step.target is None:
        if due is not Due.RING:
            await escalation.tell_skipped(tx, desk, incident, step.skipped, now=case.now)
            await _tell_admins(tx, case, due, before, since, name)
        return Rise(top=due is not Due.RING)
    await escalation.tell_skipped(tx, desk, incident, step.skipped, now=case.now)
    fresh = [row for row in fitting.values() if group_level(row.region_code) is step.target and row.id not in held]
    case.note(tx, Event.ESCALATED, before)
    if incident.state != State.REFERRED:
        incident.level = step.target.value
    if due is Due.ESCALATE and not case.alarm:
        await _tell_officer(tx, case, fresh)
    return Rise(tuple(fresh))


async def _silent_owner(tx: Tx, case: Case) -> str | None:
    """The name of an owner who has not answered; of somebody who confided the incident it is told nowhere."""
    incident = case.incident
    if incident.confidential and incident.owner_id == incident.reporter_id:
        return None
    row = (await people.by_ids(tx, [incident.owner_id or 0])).get(incident.owner_id or 0)
    return row.name if row is not None else None


async def _tell_officer(tx: Tx, case: Case, groups: list[GroupRow]) -> None:
    """Tell the officer that their report has gone up, and to whom."""
    contact_id = incidents.contact_of(case.incident)
    contact = (await people.by_ids(tx, [contact_id])).get(contact_id)
    if contact is None:
        return
    texts = case.desk.texts
    language = texts.language(contact.language, contact.telegram_language)
    titles = texts.join(language, [row.title for row in groups])
    text = texts.html(language, "officer-escalated", number=str(case.incident.number), groups=titles)
    key = f"incident:{case.incident.id}:escalated:{case.moment}"
    tell_person(tx, case.desk, contact, text, key=key, now=case.now)


async def _tell_admins(tx: Tx, case: Case, due: Due, before: str, since: datetime, name: str | None) -> None:
    """Tell admins that nobody is left above: who was told before, and since when it waits.

    Of a confidential one they read its number and place here, and the rest on its card.
    """
    incident, texts = case.incident, case.desk.texts
    if incident.confidential:
        key = "alert-waiting-confidential"
    elif due is Due.UNANSWERED:
        key = "alert-waiting-owner"
    else:
        key = "alert-waiting-referred" if incident.state == State.REFERRED else "alert-waiting"
    case.note(tx, Event.ADMINS)
    referral = case.desk.routing.referrals.get(incident.referred_to or "")
    for admin in await people.admins(tx, now=case.now):
        language = texts.language(admin.language, admin.telegram_language)
        text = texts.html(
            language,
            key,
            number=str(incident.number),
            place=case.post.name,
            since=texts.moment(language, since if due is Due.UNANSWERED else incident.opened_at, now=case.now),
            groups=before or "-",
            name=name or "-",
            to=referral.label.text(language) if referral else "-",
        )
        told = f"waiting:{incident.id}:{case.moment}:{admin.id}"
        urgency = Priority.SOS if case.alarm else Priority.ALERT
        tell_person(tx, case.desk, admin, text, key=told, now=case.now, priority=urgency)


async def _ring(tx: Tx, case: Case) -> list[PersonRow]:
    """Let an alarm that nobody has taken be heard again, and gather who gets it in person besides.

    With the first ring these are the coordinators above who have no copy yet; with the second the admins hear of it.
    """
    number = case.incident.asked + 1
    await alarms.ring(
        tx, case.desk, case.incident, case.post, key=f"ring:{case.incident.id}:{case.moment}", now=case.now
    )
    if number == alarms.ADMINS_AT:
        case.note(tx, Event.ADMINS)
        await alarms.tell_admins(tx, case.desk, case.incident, case.post, case.reporter, now=case.now)
    return await alarms.untold_coordinators(tx, case.desk, case.incident, now=case.now) if number == 1 else []
