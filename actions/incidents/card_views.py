"""What each chat sees of an incident's card: rendered once for those who see the same."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from core.delivery.keys import Subject
from core.delivery.outgoing import Priority, message_params
from core.delivery.readers import language_in, language_of
from core.desk import Desk
from core.forms.severity import URGENT
from core.incidents.card import Card, Twin
from core.incidents.card_buttons import card_buttons
from core.incidents.card_text import card_text
from core.incidents.escalation import fits
from core.incidents.keys import ALARM_COPY, CARD, MOVED
from core.incidents.lifecycle import State
from core.kit.texts import Markup
from core.territory.regions import covers
from storage.database.engine import Tx
from storage.delivery import screens
from storage.groups import group_fact
from storage.incidents import merging
from storage.tables import GroupRow, PersonRow


async def views(
    tx: Tx,
    desk: Desk,
    card: Card,
    groups: Collection[GroupRow],
    holders: Collection[PersonRow] = (),
    *,
    now: datetime,
) -> list[screens.Shown]:
    """What a card (`paired`) shows in these groups, and to these coordinators who were alarmed.

    The question whether it is the same event as another stands only where that other one is known too.
    """
    twin, alone = card.event.twin, card.with_twin(None)
    hearing = await _hearing(tx, desk, card, twin, groups)
    told = (
        await screens.holders(tx, desk.bot_id, Subject(ALARM_COPY, twin.incident_id).text)
        if twin and holders
        else set()
    )
    return [
        *_in_groups(desk, [(card if group.id in hearing else alone, group) for group in groups], now=now),
        *_with_people(desk, [(card if person.id in told else alone, person) for person in holders], now=now),
    ]


async def paired(tx: Tx, desk: Desk, card: Card, *, now: datetime) -> Card:
    """The card with the other incident that may be the same event, as things stand now."""
    sighting = card.event.sighting
    if sighting is None:
        return card.with_twin(None)
    rule, alarms = desk.merging, desk.forms.alarm_ids
    return card.with_twin(await merging.twin_of(tx, rule, sighting, alarms=alarms, now=now))


def moved(desk: Desk, card: Card, groups: Collection[GroupRow]) -> list[screens.Shown]:
    """What stands in groups that may not hear of an incident any more."""
    found = []
    for group in groups:
        text = desk.texts.html(language_in(desk.texts, group), "card-moved", number=str(card.number))
        found.append(_in_group(card, group, message_params(text), Subject(MOVED, card.incident_id).text))
    return found


def receives(card: Card, group: GroupRow) -> bool:
    """Whether a group acts for the body that an incident is referred to: it is linked for that purpose by name."""
    referral = card.people.referral
    if referral is None or card.state is not State.REFERRED:
        return False
    return referral.purpose.value in group.purposes and covers(group.region_code, card.place.region_code)


async def _hearing(tx: Tx, desk: Desk, card: Card, twin: Twin | None, groups: Collection[GroupRow]) -> Collection[int]:
    """Of these groups those that may read of the other incident: linked for its kind there, or with its card."""
    if twin is None:
        return ()
    category, routing = card.category, desk.routing
    wanted = routing.status_purposes if category is None else routing.category(category).purposes
    linked = {group.id for group in groups if fits(group_fact(group), twin.region_code, wanted)}
    if len(linked) == len(groups):
        return linked
    return linked | await screens.holders(tx, desk.bot_id, Subject(CARD, twin.incident_id).text)


def _in_groups(desk: Desk, seen: Collection[tuple[Card, GroupRow]], *, now: datetime) -> list[screens.Shown]:
    texts = desk.texts
    rendered: dict[tuple[str, bool, bool], dict[str, Any]] = {}
    found = []
    for card, group in seen:
        language, receiving = language_in(texts, group), receives(card, group)
        same = (language, receiving, card.event.twin is not None)
        if same not in rendered:
            buttons = card_buttons(texts, language, card, receiving=receiving)
            rendered[same] = message_params(card_text(texts, language, card, now=now), buttons)
        found.append(_in_group(card, group, rendered[same], Subject(CARD, card.incident_id).text))
    return found


def _in_group(card: Card, group: GroupRow, params: dict[str, Any], subject: str) -> screens.Shown:
    urgency, edited = (Priority.ALERT, Priority.CARD) if card.severity in URGENT else (Priority.CARD, Priority.SUMMARY)
    if card.report.form.alarm:
        urgency, edited = Priority.SOS, Priority.ALERT
    return screens.Shown(
        Subject(CARD, card.incident_id).held_by(group.id),
        subject,
        (group.chat_id, group.thread_id or None),
        params,
        urgency,
        edited,  # three hundred cards that have become older must not hold up a new one
    )


def _with_people(desk: Desk, seen: Collection[tuple[Card, PersonRow]], *, now: datetime) -> list[screens.Shown]:
    texts = desk.texts
    rendered: dict[tuple[str, bool], dict[str, Any]] = {}
    found = []
    for card, person in seen:
        language = language_of(texts, person)
        same = (language, card.event.twin is not None)
        if same not in rendered:
            head = texts.html(language, f"sos-alert-{card.state}")
            text = Markup(f"{head}\n{card_text(texts, language, card, now=now)}")
            rendered[same] = message_params(text, card_buttons(texts, language, card))
        subject = Subject(ALARM_COPY, card.incident_id)
        key, place = subject.held_by(person.id), (person.telegram_id, None)
        found.append(screens.Shown(key, subject.text, place, rendered[same], Priority.SOS))
    return found
