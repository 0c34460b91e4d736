"""Referrals: the groups of the body that an incident is referred to."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from core.groups.routing import Referral, receivers
from core.incidents.lifecycle import Action
from storage.database.engine import Tx
from storage.groups import group_fact, linked_groups
from storage.tables import GroupRow, IncidentEventRow, IncidentRow


async def receiving_groups(
    tx: Tx, bot_id: int, region_code: str, referrals: Collection[Referral]
) -> dict[int, GroupRow]:
    """The groups that receive an incident there when it is referred to these bodies, by their key."""
    if not referrals:
        return {}
    rows = {row.id: row for row in await linked_groups(tx, bot_id)}
    facts = [group_fact(row) for row in rows.values()]
    found = {fact.id for referral in referrals for fact in receivers(referral, region_code=region_code, groups=facts)}
    return {key: row for key, row in rows.items() if key in found}


async def ever_referred_to(tx: Tx, incident: IncidentRow) -> set[str]:
    """The ids of the bodies that an incident was ever referred to, also of those that sent it back."""
    noted = await tx.scalars(
        select(IncidentEventRow.note).where(
            IncidentEventRow.incident_id == incident.id, IncidentEventRow.action == Action.REFER.value
        )
    )
    return {note for note in noted if note} | ({incident.referred_to} if incident.referred_to else set())
