"""Acting on incidents: a coordinator takes or resolves one by its card, and everybody who should know hears of it."""

from __future__ import annotations

import re

from core.cards import Card, card_buttons, card_text
from core.formparts import confides
from core.outgoing import Priority
from core.people import Role, may, reaches
from core.regions import covers
from core.texts import UserError
from handlers.scope import Ctx, read_key
from storage import incidents, people, places
from storage.alarms import show_own
from storage.alerts import tell_person
from storage.cards import is_card, load_card, refresh_cards
from storage.tables import IncidentRow, PersonRow, PostRow, ReportRow

ACTING = frozenset({Role.COORDINATOR, Role.ADMIN})
NUMBER = re.compile(r"[Ii]\s?-?\s?(\d{1,9})\s*")


async def tap_take(ctx: Ctx, rest: str) -> None:
    """Make the person who tapped `Terima` the incident's owner."""
    found = await _incident_for(ctx, rest)
    incident = found[0]
    if incident.state != "new":
        await _too_late(ctx, *found)
        return
    incident.state, incident.owner_id, incident.acknowledged_at = "acknowledged", ctx.known.row.id, ctx.now
    await _moved(ctx, *found, "taken")


async def tap_resolve(ctx: Ctx, rest: str) -> None:
    """Mark the incident resolved by the person who tapped `Selesai`."""
    found = await _incident_for(ctx, rest)
    incident = found[0]
    if incident.state not in incidents.OPEN:
        await _too_late(ctx, *found)
        return
    incident.owner_id = incident.owner_id or ctx.known.row.id
    incident.acknowledged_at = incident.acknowledged_at or ctx.now
    incident.state, incident.resolved_at = "resolved", ctx.now
    await _moved(ctx, *found, "resolved")


async def _incident_for(ctx: Ctx, rest: str) -> tuple[IncidentRow, ReportRow, PostRow, PersonRow]:
    """Load the tapped incident; only a coordinator or admin of its territory may go on."""
    key = read_key(rest)
    found = await incidents.get(ctx.tx, key) if key is not None else None
    if found is None:
        raise UserError("tap-too-old")
    if not reaches(ctx.actor, found[0].region_code, ACTING):
        raise UserError("tap-not-your-region")
    return found


async def _too_late(ctx: Ctx, incident: IncidentRow, report: ReportRow, post: PostRow, reporter: PersonRow) -> None:
    card = await load_card(ctx.tx, ctx.desk, incident, report, post, reporter)
    ctx.answer(f"tap-already-{incident.state}", number=str(incident.number), name=card.owner or "-")
    await _edit_copy(ctx, card)


async def _edit_copy(ctx: Ctx, card: Card) -> None:
    """Bring up to date the tapped message where it is a card that was asked for, which nothing else edits."""
    message = ctx.tap.message
    if message is None or await is_card(ctx.tx, ctx.desk, card.incident_id, message.chat.id, message.message_id):
        return
    ctx.edit_tapped(
        card_text(ctx.desk.texts, ctx.lang, card, now=ctx.now), card_buttons(ctx.desk.texts, ctx.lang, card)
    )


async def _moved(
    ctx: Ctx, incident: IncidentRow, report: ReportRow, post: PostRow, reporter: PersonRow, action: str
) -> None:
    """Note the step, edit every card, and tell the officer who reported, or who has taken over the post."""
    number = str(incident.number)
    incidents.event(ctx.tx, incident, action=action, person_id=ctx.known.row.id, cause=ctx.cause, now=ctx.now)
    card = await load_card(ctx.tx, ctx.desk, incident, report, post, reporter)
    await refresh_cards(ctx.tx, ctx.desk, card, now=ctx.now)
    ctx.answer(f"tap-{action}", number=number)
    await _edit_copy(ctx, card)
    if card.form.alarm:
        await show_own(ctx.tx, ctx.desk, incident, post, reporter, now=ctx.now)
    await _tell_officer(ctx, incident, reporter, action, alarm=card.form.alarm)


async def _tell_officer(ctx: Ctx, incident: IncidentRow, reporter: PersonRow, action: str, *, alarm: bool) -> None:
    """A new message, since an edited one does not ring."""
    contact, texts = reporter, ctx.desk.texts
    if incidents.contact_of(incident) != reporter.id:
        contact = (await people.by_ids(ctx.tx, [incidents.contact_of(incident)])).get(
            incident.contact_id or 0, reporter
        )
    if contact.id == ctx.known.row.id and ctx.private:
        return
    language = texts.language(contact.language, contact.telegram_language)
    text = texts.html(
        language,
        "sos-heard" if alarm and action == "taken" else f"officer-{action}",
        number=str(incident.number),
        name=ctx.known.row.name,
        clock=texts.clock(language, ctx.now),
    )
    key = f"incident:{incident.id}:{action}:{ctx.item.id}"
    urgency = Priority.SOS if alarm else Priority.ALERT
    tell_person(ctx.tx, ctx.desk, contact, text, key=key, now=ctx.now, priority=urgency)


async def show_incident(ctx: Ctx, text: str) -> bool:
    """Show the incident whose number was typed (`I-42`) to who may act on it; False when the text is no number."""
    match = NUMBER.fullmatch(text.strip())
    if match is None:
        return False
    if not may(ctx.actor, ACTING):
        raise UserError("incident-coordinators-only")
    found = await incidents.by_number(ctx.tx, int(match[1]))
    if found is None or not reaches(ctx.actor, found[0].region_code, ACTING):
        raise UserError("incident-unknown", number=match[1])
    incident, report, post, reporter = found
    if not ctx.private and not _may_hear(ctx, incident):
        raise ctx.only_private(ctx.desk.forms[report.form_id].command(ctx.lang))
    card = await load_card(ctx.tx, ctx.desk, incident, report, post, reporter)
    buttons = card_buttons(ctx.desk.texts, ctx.lang, card)
    ctx.send(card_text(ctx.desk.texts, ctx.lang, card, now=ctx.now), buttons, whole=True)
    return True


def confided(ctx: Ctx, report: ReportRow, incident: IncidentRow | None) -> bool:
    """Whether a report was made in confidence: by the incident that it opened, else by what it answers."""
    if incident is not None and incident.confidential:
        return True
    return confides(ctx.desk.forms.get(report.form_id), ctx.desk.routing, report.answers)


def may_see(ctx: Ctx, report: ReportRow, incident: IncidentRow | None) -> bool:
    """Whether the person may know that a report exists, as far as confidence goes.

    One that was made in confidence is known to its reporter and to who acts on it there, not to colleagues at the
    post: one of them may be whom it accuses.
    """
    if report.person_id == ctx.known.row.id or not confided(ctx, report, incident):
        return True
    return reaches(ctx.actor, incident.region_code if incident else report.region_code, ACTING)


def _may_hear(ctx: Ctx, incident: IncidentRow) -> bool:
    """Whether this group was linked for such incidents there: a card shown in it is read by everybody in it."""
    if ctx.group is None:
        return False
    group, routing = places.group_fact(ctx.group), ctx.desk.routing
    category = incident.category
    wanted = routing.status_purposes if category is None else routing.category(category).purposes
    return covers(group.region_code, incident.region_code) and (not group.purposes or bool(group.purposes & wanted))


TAPS = {"it": tap_take, "ir": tap_resolve}
