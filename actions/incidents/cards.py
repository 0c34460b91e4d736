"""An incident's cards: one self-editing message in each group that must act, and of an alarm one with each coordinator."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from actions.incidents import card_facts, copies, deadlines, owner_question
from actions.incidents.card_views import moved, paired, views
from core.delivery.keys import Subject, holder_of
from core.delivery.readers import language_in
from core.desk import Desk
from core.forms.severity import Severity
from core.groups.chains import chains_for
from core.groups.routing import chain_listeners, listeners
from core.incidents.card import Card
from core.incidents.keys import ALARM_COPY, ASK, CARD, COPY
from core.kit.texts import ours
from core.territory.posts import PostKind
from storage.database.engine import Tx
from storage.delivery import screens
from storage.groups import group_fact, linked_groups, list_with_cards
from storage.incidents import lasting, referral
from storage.people import people
from storage.records import IncidentRecord
from storage.tables import GroupRow, IncidentRow, PersonRow, PostRow

# What is edited with an incident's card: the cards in groups, of an alarm those with coordinators, copies, questions.
SHOWN_OF = (CARD, ALARM_COPY, COPY, ASK)


async def load_card(tx: Tx, desk: Desk, record: IncidentRecord) -> Card:
    """Gather what a card shows of a report filed before: also its owner, its files, its timeline, its witnesses."""
    card = card_facts.card_of(desk, record, await card_facts.beside(tx, desk, record))
    if desk.forms[record.report.form_id].lasting:
        return replace(card, report=replace(card.report, answers=await lasting.figures(tx, record.report)))
    return card


async def hearers(tx: Tx, desk: Desk, *, category: str | None, severity: str, region_code: str) -> dict[int, GroupRow]:
    """The groups that must hear of such an incident there, by their key."""
    groups = {row.id: row for row in await linked_groups(tx, desk.bot_id)}
    heard = listeners(
        desk.routing,
        category=category,
        severity=Severity(severity),
        region_code=region_code,
        groups=[group_fact(row) for row in groups.values()],
    )
    return {fact.id: groups[fact.id] for fact in heard.groups}


async def show_cards(tx: Tx, desk: Desk, new: IncidentRecord, *, now: datetime, files: int = 0) -> int:
    """Post a new incident's card to every group that must hear of it; gives how many groups must act on it."""
    groups, alarm = await _hearers_of(tx, desk, new.incident), desk.forms[new.report.form_id].alarm
    await deadlines.begin(tx, desk, new.incident, groups.values(), alarm=alarm, now=now)
    card = card_facts.card_of(desk, new, await card_facts.fresh(tx, new.report, files=files))
    besides = await _besides(tx, desk, new.incident, new.post)
    await show_in(tx, desk, card, (groups | besides).values(), now=now)
    return len(groups)


async def _hearers_of(tx: Tx, desk: Desk, incident: IncidentRow) -> dict[int, GroupRow]:
    return await hearers(
        tx, desk, category=incident.category, severity=incident.severity, region_code=incident.region_code
    )


async def _besides(tx: Tx, desk: Desk, incident: IncidentRow, post: PostRow) -> dict[int, GroupRow]:
    """The groups that hear of an incident by the chain of their own body, by their key."""
    category, kind, secret = incident.category, PostKind(post.kind), incident.confidential
    if not chains_for(desk.routing.chains, category=category, post_kind=kind, confidential=secret):
        return {}
    groups = {row.id: row for row in await linked_groups(tx, desk.bot_id)}
    linked = [group_fact(row) for row in groups.values()]
    heard = chain_listeners(
        desk.routing,
        category=category,
        post_kind=kind,
        confidential=secret,
        region_code=incident.region_code,
        groups=linked,
    )
    return {fact.id: groups[fact.id] for fact in heard}


async def refresh_cards(tx: Tx, desk: Desk, card: Card, *, now: datetime) -> None:
    """Edit the card in every group that has it, linked or not any more, and with every coordinator who got it."""
    card = await paired(tx, desk, card, now=now)
    groups = (await card_groups(tx, desk, card.incident_id)).values()
    holders = await copy_holders(tx, desk, card.incident_id) if card.report.form.alarm else []
    await screens.show_all(tx, desk.bot_id, await views(tx, desk, card, groups, holders, now=now), now=now)
    await copies.refresh(tx, desk, card, now=now)
    await owner_question.settle(tx, desk, card.incident_id, now=now)


async def show_in(tx: Tx, desk: Desk, card: Card, groups: Collection[GroupRow], *, now: datetime) -> None:
    """Show a card in further groups, such as those of the body that it is referred to; where it is already it is edited."""
    if groups:
        card = await paired(tx, desk, card, now=now)
        await screens.show_all(tx, desk.bot_id, await views(tx, desk, card, groups, now=now), now=now)


async def reroute(tx: Tx, desk: Desk, record: IncidentRecord, *, now: datetime) -> int:
    """Show a corrected incident to those who must hear of it now; gives how many groups that are.

    In a group that may not hear of it any more the card makes room for a line without content.
    """
    incident, alarm = record.incident, desk.forms[record.report.form_id].alarm
    held = await card_groups(tx, desk, incident.id)
    wanted = await _hearers_of(tx, desk, incident) | await _referred_to(tx, desk, incident)
    wanted |= await deadlines.kept_groups(tx, desk, incident, held) | await _besides(tx, desk, incident, record.post)
    deadlines.rerouted(desk, incident, wanted.values(), alarm=alarm, now=now)
    card = await paired(tx, desk, await load_card(tx, desk, record), now=now)
    gone = [group for key, group in held.items() if key not in wanted]
    holders = await copy_holders(tx, desk, incident.id) if card.report.form.alarm else []
    shown = [*moved(desk, card, gone), *await views(tx, desk, card, wanted.values(), holders, now=now)]
    await screens.show_all(tx, desk.bot_id, shown, now=now)
    await copies.refresh(tx, desk, card, now=now)
    return len(wanted)


async def _referred_to(tx: Tx, desk: Desk, incident: IncidentRow) -> dict[int, GroupRow]:
    """The groups that hear of an incident because it was ever referred to them, whatever its category is now."""
    known = desk.routing.referrals
    bodies = [known[one] for one in await referral.ever_referred_to(tx, incident) if one in known]
    return await referral.receiving_groups(tx, desk.bot_id, incident.region_code, bodies)


async def card_groups(tx: Tx, desk: Desk, incident_id: int) -> Mapping[int, GroupRow]:
    """The groups that have an incident's card, by their key; also those that get it in this very transaction."""
    return await list_with_cards(tx, await _holders(tx, desk, incident_id, CARD))


async def preload(tx: Tx, desk: Desk, incident_ids: Collection[int]) -> None:
    """Load at once whatever is edited with the cards of many incidents that are about to change."""
    await screens.showing(tx, desk.bot_id, *(Subject(kind, one).text for one in incident_ids for kind in SHOWN_OF))


async def copy_holders(tx: Tx, desk: Desk, incident_id: int) -> list[PersonRow]:
    """The people who have a copy of an alarm's card in their private chat."""
    found = await people.by_ids(tx, await _holders(tx, desk, incident_id, ALARM_COPY))
    return [found[key] for key in sorted(found) if found[key].active]


async def _holders(tx: Tx, desk: Desk, incident_id: int, kind: str) -> set[int]:
    """The keys of those who have such messages about an incident; all of its messages are loaded at once."""
    shown = await screens.showing(tx, desk.bot_id, *(Subject(one, incident_id).text for one in SHOWN_OF))
    wanted = Subject(kind, incident_id).text
    return {holder_of(screen.key) for screen in shown if screen.subject == wanted}


async def show_copies(tx: Tx, desk: Desk, card: Card, holders: Collection[PersonRow], *, now: datetime) -> None:
    """Show an alarm's card in the private chats of these people, or bring it up to date there."""
    if holders:
        card = await paired(tx, desk, card, now=now)
        await screens.show_all(tx, desk.bot_id, await views(tx, desk, card, (), holders, now=now), now=now)


async def bring_back(tx: Tx, desk: Desk, card: Card, group: GroupRow, thread_id: int | None, *, now: datetime) -> None:
    """Send a group's card anew, to be the lasting one from now on; where it was before stands a line that points here."""
    card = await paired(tx, desk, card, now=now)
    (shown,) = await views(tx, desk, card, [group], now=now)
    language, number = language_in(desk.texts, group), str(card.number)
    pointer = screens.Pointer(
        desk.texts.html(language, "card-below", number=number),
        desk.texts.html(language, "card-below-link", number=number, link=ours(screens.LINK)),
    )
    await screens.show_below(tx, desk.bot_id, replace(shown, place=(group.chat_id, thread_id)), pointer, now=now)


async def show_below(tx: Tx, desk: Desk, card: Card, incident: IncidentRow, *, now: datetime) -> None:
    """Send an incident's card anew in each group that has it and still hears of it; where it was stands a pointer.

    An edited card does not ring. One that waits to be sent anew is sent once, however often it changes meanwhile.
    """
    for group in (await card_groups(tx, desk, incident.id)).values():
        if group.unlinked_at is None and deadlines.hears(desk, incident, group):
            await bring_back(tx, desk, card, group, group.thread_id or None, now=now)
