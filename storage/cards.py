"""An incident's cards: one self-editing message in each group that must act, and of an alarm one with each coordinator."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from core.cards import Card, card_buttons, card_text
from core.desk import Desk
from core.lifecycle import State
from core.outgoing import Priority, message_params
from core.regions import covers
from core.routing import Severity, listeners
from core.texts import Markup
from storage import asked, cardfacts, corrections, escalation, places, referral, slots
from storage.engine import Tx
from storage.tables import GroupRow, IncidentRow, PersonRow, PostRow, ReportRow

URGENT = frozenset({"high", "critical"})  # these cards go out with the alerts


async def load_card(
    tx: Tx, desk: Desk, incident: IncidentRow, report: ReportRow, post: PostRow, reporter: PersonRow
) -> Card:
    """Gather what a card shows of a report filed before: also its owner, its files, its timeline, its witnesses."""
    known = await cardfacts.beside(tx, desk, incident, report, reporter)
    card = cardfacts.card_of(desk, incident, report, post, reporter, known)
    if desk.forms[report.form_id].lasting:
        return replace(card, answers=await corrections.figures(tx, report))
    return card


async def hearers(tx: Tx, desk: Desk, *, category: str | None, severity: str, region_code: str) -> dict[int, GroupRow]:
    """The groups that must hear of such an incident there, by their key."""
    groups = {row.id: row for row in await places.linked_groups(tx, desk.bot_id)}
    heard = listeners(
        desk.routing,
        category=category,
        severity=Severity(severity),
        region_code=region_code,
        groups=[places.group_fact(row) for row in groups.values()],
    )
    return {fact.id: groups[fact.id] for fact in heard.groups}


async def show_cards(
    tx: Tx,
    desk: Desk,
    incident: IncidentRow,
    report: ReportRow,
    post: PostRow,
    reporter: PersonRow,
    *,
    now: datetime,
    files: int = 0,
) -> int:
    """Post a new incident's card to every group that must hear of it; gives how many groups that are."""
    groups = await _hearers_of(tx, desk, incident)
    await escalation.begin(tx, desk, incident, groups.values(), alarm=desk.forms[report.form_id].alarm, now=now)
    known = await cardfacts.fresh(tx, desk, incident, report, files=files)
    card = cardfacts.card_of(desk, incident, report, post, reporter, known)
    await show_in(tx, desk, card, groups.values(), now=now)
    return len(groups)


async def _hearers_of(tx: Tx, desk: Desk, incident: IncidentRow) -> dict[int, GroupRow]:
    return await hearers(
        tx, desk, category=incident.category, severity=incident.severity, region_code=incident.region_code
    )


async def refresh_cards(tx: Tx, desk: Desk, card: Card, *, now: datetime) -> None:
    """Edit the card in every group that has it, linked or not any more, and with every coordinator who got it."""
    groups = (await card_groups(tx, desk, card.incident_id)).values()
    holders = await copy_holders(tx, desk, card.incident_id) if card.form.alarm else []
    await slots.show_all(
        tx, desk.bot_id, [*_cards(desk, card, groups, now=now), *_copies(desk, card, holders, now=now)], now=now
    )
    await asked.settle(tx, desk, card.incident_id, now=now)


async def show_in(tx: Tx, desk: Desk, card: Card, groups: Collection[GroupRow], *, now: datetime) -> None:
    """Show a card in further groups, such as those of the body that it is referred to; where it is already it is edited."""
    await slots.show_all(tx, desk.bot_id, _cards(desk, card, groups, now=now), now=now)


async def reroute(
    tx: Tx, desk: Desk, incident: IncidentRow, report: ReportRow, post: PostRow, reporter: PersonRow, *, now: datetime
) -> int:
    """Show a corrected incident to those who must hear of it now; gives how many groups that are.

    In a group that may not hear of it any more the card makes room for a line without content.
    """
    held = await card_groups(tx, desk, incident.id)
    wanted = await _hearers_of(tx, desk, incident) | await referral.kept_groups(tx, desk, incident)
    wanted |= await escalation.kept_groups(tx, desk, incident, held)
    escalation.rerouted(desk, incident, wanted.values(), alarm=desk.forms[report.form_id].alarm, now=now)
    card = await load_card(tx, desk, incident, report, post, reporter)
    gone = [group for key, group in held.items() if key not in wanted]
    holders = await copy_holders(tx, desk, incident.id) if card.form.alarm else []
    shown = [
        *_moved(desk, card, gone),
        *_cards(desk, card, wanted.values(), now=now),
        *_copies(desk, card, holders, now=now),
    ]
    await slots.show_all(tx, desk.bot_id, shown, now=now)
    return len(wanted)


async def card_groups(tx: Tx, desk: Desk, incident_id: int) -> Mapping[int, GroupRow]:
    """The groups that have an incident's card, by their key; also those that get it in this very transaction."""
    ids = await _holders(tx, desk, f"incident:{incident_id}")
    rows = await tx.scalars(select(GroupRow).where(GroupRow.id.in_(ids)).order_by(GroupRow.id))
    return {row.id: row for row in rows}


async def copy_holders(tx: Tx, desk: Desk, incident_id: int) -> list[PersonRow]:
    """The people who have a copy of an alarm's card in their private chat."""
    ids = await _holders(tx, desk, f"sos:{incident_id}")
    if not ids:
        return []
    return list(await tx.scalars(select(PersonRow).where(PersonRow.id.in_(ids)).order_by(PersonRow.id)))


async def _holders(tx: Tx, desk: Desk, subject: str) -> set[int]:
    """The keys of those whose messages show a subject."""
    shown = await slots.showing(tx, desk.bot_id, subject)
    return {int(slot.key.rpartition(":")[2]) for slot in shown}


async def show_copies(tx: Tx, desk: Desk, card: Card, holders: Collection[PersonRow], *, now: datetime) -> None:
    """Show an alarm's card in the private chats of these people, or bring it up to date there."""
    await slots.show_all(tx, desk.bot_id, _copies(desk, card, holders, now=now), now=now)


async def bring_back(tx: Tx, desk: Desk, card: Card, group: GroupRow, thread_id: int | None, *, now: datetime) -> None:
    """Send a group's card anew, to be the lasting one from now on; where it was before stands a line that points here."""
    (shown,) = _cards(desk, card, [group], now=now)
    language, number = desk.texts.language(group.language), str(card.number)
    pointer = (
        desk.texts.html(language, "card-below", number=number),
        desk.texts.html(language, "card-below-link", number=number, link=slots.LINK),
    )
    await slots.show_below(tx, desk.bot_id, replace(shown, place=(group.chat_id, thread_id)), pointer, now=now)


def timely(desk: Desk, card: Card, *, now: datetime) -> Card:
    """The card without the question whether it is the same event as another, when that is too late."""
    if card.twin is None or card.opened_at is None or now - card.opened_at <= desk.routing.merge.within:
        return card
    return replace(card, twin=None)


def receives(card: Card, group: GroupRow) -> bool:
    """Whether a group acts for the body that an incident is referred to: it is linked for that purpose by name."""
    if card.referred_for is None or card.state != State.REFERRED:
        return False
    return card.referred_for.value in group.purposes and covers(group.region_code, card.region_code)


def _cards(desk: Desk, card: Card, groups: Collection[GroupRow], *, now: datetime) -> list[slots.Shown]:
    """What each group's card shows: rendered once for groups that see the same."""
    card, texts = timely(desk, card, now=now), desk.texts
    rendered: dict[tuple[str, bool], dict[str, Any]] = {}
    found = []
    for group in groups:
        language, receiving = texts.language(group.language), receives(card, group)
        if (language, receiving) not in rendered:
            buttons = card_buttons(texts, language, card, receiving=receiving)
            rendered[language, receiving] = message_params(card_text(texts, language, card, now=now), buttons)
        found.append(_in_group(card, group, rendered[language, receiving], f"incident:{card.incident_id}"))
    return found


def _moved(desk: Desk, card: Card, groups: Collection[GroupRow]) -> list[slots.Shown]:
    """What stands in groups that may not hear of an incident any more."""
    found = []
    for group in groups:
        text = desk.texts.html(desk.texts.language(group.language), "card-moved", number=str(card.number))
        found.append(_in_group(card, group, message_params(text), f"moved:{card.incident_id}"))
    return found


def _in_group(card: Card, group: GroupRow, params: dict[str, Any], subject: str) -> slots.Shown:
    urgency = Priority.ALERT if card.severity in URGENT else Priority.CARD
    return slots.Shown(
        f"incident:{card.incident_id}:{group.id}",
        subject,
        (group.chat_id, group.thread_id or None),
        params,
        Priority.SOS if card.form.alarm else urgency,
    )


def _copies(desk: Desk, card: Card, holders: Collection[PersonRow], *, now: datetime) -> list[slots.Shown]:
    """What the coordinators see who have an alarm's card in their private chats."""
    card, texts = timely(desk, card, now=now), desk.texts
    rendered: dict[str, dict[str, Any]] = {}
    found = []
    for person in holders:
        language = texts.language(person.language, person.telegram_language)
        if language not in rendered:
            head = texts.html(language, f"sos-alert-{card.state}")
            text = Markup(f"{head}\n{card_text(texts, language, card, now=now)}")
            rendered[language] = message_params(text, card_buttons(texts, language, card))
        key, subject = f"sos:{card.incident_id}:{person.id}", f"sos:{card.incident_id}"
        found.append(slots.Shown(key, subject, (person.telegram_id, None), rendered[language], Priority.SOS))
    return found
