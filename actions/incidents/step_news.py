"""Who hears of a step besides the cards: its officer, who had the incident before, and whose reports were merged into it."""

from __future__ import annotations

from dataclasses import dataclass

from actions.delivery.telling import News, tell_person
from actions.incidents.cards import load_card, refresh_cards
from actions.work import Work
from core.delivery.outgoing import Button, Priority
from core.delivery.readers import language_of
from core.incidents.card_buttons import over_buttons
from core.incidents.keys import disputed_key, former_key, joined_key, step_key
from core.incidents.lifecycle import ACTING, HEARERS, Action, Former, Joined
from core.incidents.taps import TakeTap
from core.incidents.timeline import hides_reporter, note_text
from core.people.roles import reaches
from storage.incidents import incidents, merging
from storage.people import people
from storage.records import IncidentRecord
from storage.tables import IncidentRow, PersonRow


@dataclass(frozen=True)
class Before:
    """What an incident was before a step, as far as the step wipes it out."""

    owner_id: int | None
    ended_by: int | None  # who ended one that is over
    referred_to: str | None
    referred_by: int | None
    duplicate_of: int | None

    @classmethod
    def of(cls, incident: IncidentRow, *, ended_by: int | None = None) -> Before:
        """Remember an incident as it is."""
        return cls(incident.owner_id, ended_by, incident.referred_to, incident.referred_by, incident.duplicate_of)


async def tell_officer(
    work: Work, record: IncidentRecord, action: Action, *, note: str | None = None, into: IncidentRow | None = None
) -> None:
    """Tell the officer who reported, or who holds the post now, of a step; not of what they did themselves."""
    incident, reporter, desk = record.incident, record.reporter, work.desk
    contact = reporter
    if incidents.contact_of(incident) != reporter.id:
        known = await people.by_ids(work.tx, [incidents.contact_of(incident)])
        contact = known.get(incidents.contact_of(incident), reporter)
    if contact.id == work.person.id and work.private:
        return
    alarm, texts = desk.forms[record.report.form_id].alarm, desk.texts
    if not (contact.active or alarm):
        return  # who was put out hears of their own call for help, and of nothing else
    language = language_of(texts, contact)
    referral = desk.routing.referrals.get(incident.referred_to or "")
    text = texts.html(
        language,
        "sos-heard" if alarm and action is Action.TAKE else f"officer-{action}",
        number=str(incident.number),
        name=_actor_name(work, incident, action, language),
        clock=texts.clock(language, work.now),
        note=note_text(texts, language, note) if note else "-",
        to=referral.label.text(language) if referral else "-",
        other=str(into.number) if into else "-",
    )
    key = step_key(incident.id, action, work.origin)
    rows = over_buttons(texts, language, incident.id) if action is Action.RESOLVE else ()
    tell_person(work.tx, desk, contact, News(text, key, priority=_urgency(alarm), rows=rows), now=work.now)


async def tell_others(
    work: Work, record: IncidentRecord, action: Action, before: Before, *, note: str | None = None
) -> None:
    """Tell who had the incident, or referred it, what somebody else did with it; and officers of merged reports."""
    former = HEARERS[action].former
    if former is Former.DISPUTED:
        await _tell_disputed(work, record, before)
    elif former is not Former.NOTHING:
        await _tell_former(work, record.incident, action, before, note=note)
    await tell_joined(work, record, action)


async def _tell_former(work: Work, incident: IncidentRow, action: Action, before: Before, *, note: str | None) -> None:
    texts, former = work.desk.texts, HEARERS[action].former
    wanted = {before.owner_id, before.referred_by if former is Former.TAKEN_AWAY else None} - {None}
    wanted -= {work.person.id, incidents.contact_of(incident)}
    referral = work.desk.routing.referrals.get(incident.referred_to or before.referred_to or "")
    for person in await _acting(work, incident, wanted):
        language = language_of(texts, person)
        reason = note_text(texts, language, note) if note else "-"
        to = referral.label.text(language) if referral else "-"
        what = texts.plain(language, f"event-{action}", to=to, note=reason)
        text = texts.html(
            language,
            f"former-{action}" if former is Former.TAKEN_AWAY else "former-step",
            number=str(incident.number),
            name=_actor_name(work, incident, action, language),
            clock=texts.clock(language, work.now),
            to=to,
            note=reason,
            what=f"{what}: {reason}" if former is Former.REASONED and note else what,
        )
        key = former_key(incident.id, action, work.origin, person.id)
        tell_person(work.tx, work.desk, person, News(text, key), now=work.now)


async def _tell_disputed(work: Work, record: IncidentRecord, before: Before) -> None:
    """Tell who had it and who ended it, while they still act there, that it waits to be taken again."""
    incident, texts = record.incident, work.desk.texts
    alarm = work.desk.forms[record.report.form_id].alarm
    for person in await _acting(work, incident, {before.owner_id, before.ended_by} - {work.person.id}):
        language = language_of(texts, person)
        text = texts.html(language, "owner-disputed", number=str(incident.number), post=record.post.name)
        take = Button(texts.plain(language, "button-take"), tap=TakeTap(incident.id), style="primary")
        key = disputed_key(incident.id, work.origin, person.id)
        news = News(text, key, priority=_urgency(alarm), rows=[[take]])
        tell_person(work.tx, work.desk, person, news, now=work.now)


async def tell_joined(work: Work, record: IncidentRecord, action: Action) -> None:
    """Tell the officers whose reports were merged into this one what became of it, each once for each report."""
    texts, incident, joined = work.desk.texts, record.incident, HEARERS[action].joined
    if joined is Joined.NOTHING:
        return
    merged = await merging.merged_into(work.tx, incident.id)
    contacts = await people.by_ids(work.tx, {incidents.contact_of(one.incident) for one in merged})
    for one in merged:
        own = one.incident
        person = contacts.get(incidents.contact_of(own), one.reporter)
        if person.id in (work.person.id, incidents.contact_of(incident)) or not person.active:
            continue
        language = language_of(texts, person)
        text = texts.html(
            language,
            "officer-joined" if joined is Joined.OVER else "officer-joined-goes-on",
            number=str(incident.number),
            own=str(own.number),
            name=_actor_name(work, incident, action, language),
            what=texts.plain(language, f"event-{action}", to="-"),
            clock=texts.clock(language, work.now),
        )
        urgency = _urgency(work.desk.forms[one.report.form_id].alarm)
        news = News(text, joined_key(own.id, action, work.origin), priority=urgency)
        tell_person(work.tx, work.desk, person, news, now=work.now)


async def part_again(work: Work, incident: IncidentRow, former_id: int) -> None:
    """Show on the incident that went on that a merged report goes its own way again."""
    going_on = await merging.part(work.tx, incident, former_id, work.stamp)
    if going_on is not None:
        await refresh_cards(work.tx, work.desk, await load_card(work.tx, work.desk, going_on), now=work.now)


async def _acting(work: Work, incident: IncidentRow, ids: set[int | None]) -> list[PersonRow]:
    """Of these people those who still act where the incident is."""
    known = await people.by_ids(work.tx, [one for one in ids if one is not None])
    members = await people.members(work.tx, [one.telegram_id for one in known.values()], now=work.now)
    return [one.row for one in members.values() if reaches(one.actor, incident.region_code, ACTING)]


def _actor_name(work: Work, incident: IncidentRow, action: Action, language: str) -> str:
    """The name by which others may read of who acts: who confided an incident, and acts as its reporter, has none."""
    if incident.confidential and work.person.id == incident.reporter_id and hides_reporter(action):
        return work.desk.texts.plain(language, "note-the-reporter")
    return work.person.name


def _urgency(alarm: bool) -> Priority:
    return Priority.SOS if alarm else Priority.ALERT
