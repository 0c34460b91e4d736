"""An incident's cards: one self-editing message in each group that must act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from core.cards import Card, card_buttons, card_text
from core.desk import Desk
from core.outgoing import Priority, message_params
from core.routing import Severity, listeners
from storage import outbox, places
from storage.engine import Tx
from storage.tables import GroupRow, IncidentRow, PersonRow, PostRow, ReportRow, SlotRow

URGENT = frozenset({"high", "critical"})  # these cards go out with the alerts


def card_of(
    desk: Desk, incident: IncidentRow, report: ReportRow, post: PostRow, reporter: PersonRow, owner: PersonRow | None
) -> Card:
    """Gather what a card shows; a confidential one has no reporter."""
    return Card(
        number=incident.number,
        incident_id=incident.id,
        form=desk.forms[report.form_id],
        answers=report.answers,
        text=report.text,
        category=incident.category,
        severity=incident.severity,
        state=incident.state,
        post=post.name,
        path=desk.regions.path(incident.region_code),
        occurred_at=incident.occurred_at,
        sent_at=report.sent_at,
        reporter=None if incident.confidential else reporter.name,
        agency=None if incident.confidential else reporter.agency,
        owner=owner.name if owner else None,
        acknowledged_at=incident.acknowledged_at,
        resolved_at=incident.resolved_at,
        location=(post.lat, post.lon) if post.lat is not None and post.lon is not None else None,
    )


async def show_cards(
    tx: Tx, desk: Desk, incident: IncidentRow, report: ReportRow, post: PostRow, reporter: PersonRow, *, now: datetime
) -> int:
    """Post a new incident's card to every group that must hear of it; gives how many groups that are."""
    groups = {row.id: row for row in await places.linked_groups(tx, desk.bot_id)}
    heard = listeners(
        desk.routing,
        category=incident.category,
        severity=Severity(incident.severity),
        region_code=incident.region_code,
        groups=[places.group_fact(row) for row in groups.values()],
    )
    card = card_of(desk, incident, report, post, reporter, None)
    for fact in heard.groups:
        await _show(tx, desk, card, groups[fact.id], now=now)
    return len(heard.groups)


async def refresh_cards(tx: Tx, desk: Desk, card: Card, *, now: datetime) -> None:
    """Edit the card in every group that has it, linked or not any more."""
    for group in (await card_groups(tx, desk, card.incident_id)).values():
        await _show(tx, desk, card, group, now=now)


async def card_groups(tx: Tx, desk: Desk, incident_id: int) -> Mapping[int, GroupRow]:
    """The groups that have an incident's card, by their key."""
    keys = await tx.scalars(
        select(SlotRow.key).where(SlotRow.bot_id == desk.bot_id, SlotRow.subject == f"incident:{incident_id}")
    )
    ids = [int(key.rpartition(":")[2]) for key in keys]
    rows = await tx.scalars(select(GroupRow).where(GroupRow.id.in_(ids)))
    return {row.id: row for row in rows}


async def is_card(tx: Tx, desk: Desk, incident_id: int, chat_id: int, message_id: int) -> bool:
    """Whether a message is an incident's own card in its group, and not one that somebody asked for."""
    found = await tx.scalar(
        select(SlotRow.id).where(
            SlotRow.bot_id == desk.bot_id,
            SlotRow.subject == f"incident:{incident_id}",
            SlotRow.chat_id == chat_id,
            SlotRow.message_id == message_id,
        )
    )
    return found is not None


async def _show(tx: Tx, desk: Desk, card: Card, group: GroupRow, *, now: datetime) -> None:
    language = desk.texts.language(group.language)
    params = message_params(card_text(desk.texts, language, card, now=now), card_buttons(desk.texts, language, card))
    subject = f"incident:{card.incident_id}"
    await outbox.show(
        tx,
        desk.bot_id,
        f"{subject}:{group.id}",
        subject=subject,
        place=(group.chat_id, group.thread_id or None),
        params=params,
        now=now,
        priority=Priority.ALERT if card.severity in URGENT else Priority.CARD,
    )
