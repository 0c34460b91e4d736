"""An incident's cards: one self-editing message in each group that must act, and of an alarm one with each coordinator."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from core.answers import signers
from core.cards import OLD_FIX, Card, PhonePlace, card_buttons, card_text
from core.desk import Desk
from core.flags import Flag
from core.forms import BEHALF
from core.outgoing import Priority, Rows, message_params
from core.routing import Severity, listeners
from core.texts import Markup
from storage import corrections, incidents, media, places, slots
from storage.engine import Tx
from storage.tables import (
    GroupRow,
    IncidentRow,
    PersonRow,
    PostRow,
    ReportRow,
    ReportVersionRow,
    SlotRow,
)

URGENT = frozenset({"high", "critical"})  # these cards go out with the alerts


def card_of(
    desk: Desk,
    incident: IncidentRow,
    report: ReportRow,
    post: PostRow,
    reporter: PersonRow,
    owner: PersonRow | None,
    *,
    older: Sequence[ReportVersionRow] = (),
    files: int = 0,
) -> Card:
    """Gather what a card shows, with the `older` versions; a confidential one has no reporter and no phone."""
    form, secret = desk.forms[report.form_id], incident.confidential
    behalf = report.answers.get(BEHALF)
    return Card(
        number=incident.number,
        incident_id=incident.id,
        form=form,
        answers=report.answers,
        text=report.text,
        category=incident.category,
        severity=incident.severity,
        state=incident.state,
        post=post.name,
        path=desk.regions.path(incident.region_code),
        occurred_at=incident.occurred_at,
        sent_at=report.sent_at,
        reporter=None if secret else reporter.name,
        agency=None if secret else reporter.agency,
        owner=owner.name if owner else None,
        acknowledged_at=incident.acknowledged_at,
        resolved_at=incident.resolved_at,
        location=(post.lat, post.lon) if post.lat is not None and post.lon is not None else None,
        phone=None if secret else _phone(report),
        behalf=None if secret or not behalf else str(behalf),
        version=report.version,
        corrected_at=report.stored_at if report.version > 1 else None,
        reason=older[-1].reason if older else None,
        media=files,
        signers=signers(form, [(one.answers, one.text) for one in older]) if secret else (),
    )


def _phone(report: ReportRow) -> PhonePlace | None:
    """Where the report's phone was, if it told."""
    if report.lat is None or report.lon is None:
        return None
    flags = report.flags or []
    ages = [flag.removeprefix(OLD_FIX) for flag in flags if flag.startswith(OLD_FIX)]
    far = report.distance_m if Flag.FAR in flags else None
    return PhonePlace(report.lat, report.lon, report.accuracy_m, far, int(ages[0]) if ages else None)


async def load_card(
    tx: Tx, desk: Desk, incident: IncidentRow, report: ReportRow, post: PostRow, reporter: PersonRow
) -> Card:
    """Gather what a card shows of a report filed before: also its owner, why it was corrected, and how many files it has."""
    owner = await tx.get(PersonRow, incident.owner_id) if incident.owner_id else None
    older = await incidents.older_versions(tx, report)
    files = await media.count(tx, report_id=report.id)
    card = card_of(desk, incident, report, post, reporter, owner, older=older, files=files)
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
    older = await incidents.older_versions(tx, report)  # a correction may be what opened it
    card = card_of(desk, incident, report, post, reporter, None, older=older, files=files)
    for group in groups.values():
        await _show(tx, desk, card, group, now=now)
    return len(groups)


async def _hearers_of(tx: Tx, desk: Desk, incident: IncidentRow) -> dict[int, GroupRow]:
    return await hearers(
        tx, desk, category=incident.category, severity=incident.severity, region_code=incident.region_code
    )


async def refresh_cards(tx: Tx, desk: Desk, card: Card, *, now: datetime) -> None:
    """Edit the card in every group that has it, linked or not any more, and with every coordinator who got it."""
    for group in (await card_groups(tx, desk, card.incident_id)).values():
        await _show(tx, desk, card, group, now=now)
    await show_copies(tx, desk, card, await copy_holders(tx, desk, card.incident_id), now=now)


async def reroute(
    tx: Tx, desk: Desk, incident: IncidentRow, report: ReportRow, post: PostRow, reporter: PersonRow, *, now: datetime
) -> int:
    """Show a corrected incident to those who must hear of it now; gives how many groups that are.

    In a group that may not hear of it any more the card makes room for a line without content.
    """
    card = await load_card(tx, desk, incident, report, post, reporter)
    wanted = await _hearers_of(tx, desk, incident)
    for group in (await card_groups(tx, desk, incident.id)).values():
        if group.id not in wanted:
            language = desk.texts.language(group.language)
            text = desk.texts.html(language, "card-moved", number=str(incident.number))
            await _put(tx, desk, card, group, text, subject=f"moved:{incident.id}", now=now)
    for group in wanted.values():
        await _show(tx, desk, card, group, now=now)
    await show_copies(tx, desk, card, await copy_holders(tx, desk, incident.id), now=now)
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
    stored = await tx.scalars(select(SlotRow).where(SlotRow.bot_id == desk.bot_id, SlotRow.subject == subject))
    pending: Collection[SlotRow] = tx.info.get("slots", {}).values()
    slots = {slot.key: slot for slot in [*stored, *pending]}
    return {int(slot.key.rpartition(":")[2]) for slot in slots.values() if slot.subject == subject}


async def is_card(tx: Tx, desk: Desk, incident_id: int, chat_id: int, message_id: int) -> bool:
    """Whether a message edits itself as an incident's card in its chat, and is not one that somebody asked for."""
    found = await tx.scalar(
        select(SlotRow.id).where(
            SlotRow.bot_id == desk.bot_id,
            SlotRow.subject.in_([f"incident:{incident_id}", f"sos:{incident_id}"]),
            SlotRow.chat_id == chat_id,
            SlotRow.message_id == message_id,
        )
    )
    return found is not None


async def show_copies(tx: Tx, desk: Desk, card: Card, holders: Collection[PersonRow], *, now: datetime) -> None:
    """Show an alarm's card in the private chats of these people, or bring it up to date there."""
    for person in holders:
        language = desk.texts.language(person.language, person.telegram_language)
        head = desk.texts.html(language, f"sos-alert-{card.state}")
        text = Markup(f"{head}\n{card_text(desk.texts, language, card, now=now)}")
        await slots.show(
            tx,
            desk.bot_id,
            f"sos:{card.incident_id}:{person.id}",
            subject=f"sos:{card.incident_id}",
            place=(person.telegram_id, None),
            params=message_params(text, card_buttons(desk.texts, language, card)),
            now=now,
            priority=Priority.SOS,
        )


async def _show(tx: Tx, desk: Desk, card: Card, group: GroupRow, *, now: datetime) -> None:
    language = desk.texts.language(group.language)
    text, rows = card_text(desk.texts, language, card, now=now), card_buttons(desk.texts, language, card)
    await _put(tx, desk, card, group, text, rows, subject=f"incident:{card.incident_id}", now=now)


async def _put(
    tx: Tx, desk: Desk, card: Card, group: GroupRow, text: str, rows: Rows = (), *, subject: str, now: datetime
) -> None:
    urgency = Priority.ALERT if card.severity in URGENT else Priority.CARD
    await slots.show(
        tx,
        desk.bot_id,
        f"incident:{card.incident_id}:{group.id}",
        subject=subject,
        place=(group.chat_id, group.thread_id or None),
        params=message_params(text, rows),
        now=now,
        priority=Priority.SOS if card.form.alarm else urgency,
    )
