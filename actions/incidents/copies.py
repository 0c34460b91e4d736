"""Copies of a card that one person each asked for: they follow the incident, with the buttons that this person may use."""

from __future__ import annotations

from datetime import datetime

from core.delivery.keys import Subject
from core.delivery.outgoing import Button, Priority, message_params
from core.delivery.readers import language_of
from core.desk import Desk
from core.incidents.card import Card
from core.incidents.card_buttons import card_buttons
from core.incidents.card_text import card_text
from core.incidents.keys import COPY
from core.incidents.lifecycle import ACTING, Part, State, parts_of, steps
from core.incidents.taps import IdentityTap
from core.kit.texts import Markup
from core.people.roles import reaches
from core.privacy.confidants import is_confidant
from core.territory.regions import covers
from storage.database.engine import Tx
from storage.delivery import screens
from storage.incidents import incidents
from storage.people import people
from storage.people.people import Member
from storage.tables import GroupRow, IncidentRow


async def show(tx: Tx, desk: Desk, card: Card, incident: IncidentRow, member: Member, *, now: datetime) -> None:
    """Show a card in somebody's private chat, below what was written since; the copy that they had before goes."""
    await screens.show(tx, desk.bot_id, _shown(desk, card, incident, member, now=now), now=now, below=True)


async def refresh(tx: Tx, desk: Desk, card: Card, *, now: datetime) -> None:
    """Bring the copies of a card up to date with those who still act there."""
    held = await screens.showing(tx, desk.bot_id, Subject(COPY, card.incident_id).text)
    incident = await incidents.find_row(tx, card.incident_id) if held else None
    if incident is None:
        return
    members = (await people.members(tx, [screen.chat_id for screen in held], now=now)).values()
    shown = [
        _shown(desk, card, incident, one, now=now)
        for one in members
        if reaches(one.actor, incident.region_code, ACTING)
    ]
    await screens.show_all(tx, desk.bot_id, shown, now=now)


def content(
    desk: Desk, card: Card, incident: IncidentRow, member: Member, *, now: datetime
) -> tuple[Markup, list[list[Button]]]:
    """The text and the buttons of somebody's copy."""
    texts, person = desk.texts, member.row
    language = language_of(texts, person)
    allowed = steps(State(incident.state), parts(desk, incident, member))
    twin = card.event.twin
    if twin is not None and not reaches(member.actor, twin.region_code, ACTING):
        card = card.with_twin(None)  # the other incident is none of theirs
    rows = card_buttons(texts, language, card, allowed=allowed)
    if may_look(desk, incident, member):
        rows.append([Button(texts.plain(language, "button-identity"), tap=IdentityTap(incident.id))])
    return card_text(texts, language, card, now=now), rows


def parts(desk: Desk, incident: IncidentRow, member: Member, *, group: GroupRow | None = None) -> frozenset[Part]:
    """What a person is to an incident, in this linked group or in private.

    For the body that it is referred to they act by the group, linked for it by name, else by their agency.
    """
    referral = desk.routing.referrals.get(incident.referred_to or "")
    receiving = False
    if referral is not None and group is not None:
        receiving = referral.purpose.value in group.purposes and covers(group.region_code, incident.region_code)
    elif referral is not None:
        receiving = member.actor.agency in referral.agencies
    return parts_of(
        member.actor,
        region_code=incident.region_code,
        owner_id=incident.owner_id,
        contact_id=incidents.contact_of(incident),
        referred_by=incident.referred_by,
        receiving=receiving,
    )


def may_look(desk: Desk, incident: IncidentRow, member: Member) -> bool:
    """Whether a person may see who reported in confidence: named for it in the preset, and acting there now."""
    named = is_confidant(
        desk.confidants,
        member.row.telegram_id,
        region_code=incident.region_code,
        category=incident.category,
    )
    return incident.confidential and named and reaches(member.actor, incident.region_code, ACTING)


def _shown(desk: Desk, card: Card, incident: IncidentRow, member: Member, *, now: datetime) -> screens.Shown:
    subject = Subject(COPY, incident.id)
    params = message_params(*content(desk, card, incident, member, now=now))
    place = (member.row.telegram_id, None)
    return screens.Shown(subject.held_by(member.row.id), subject.text, place, params, Priority.ALERT)
