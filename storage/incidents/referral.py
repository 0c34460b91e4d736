"""Referrals: the groups of the body that an incident is referred to."""

from __future__ import annotations

from sqlalchemy import select

from core.desk import Desk
from core.groups.routing import receivers
from core.incidents.lifecycle import Action
from storage.database.engine import Tx
from storage.groups import group_fact, linked_groups
from storage.tables import GroupRow, IncidentEventRow, IncidentRow


async def receiving_groups(tx: Tx, desk: Desk, incident: IncidentRow, referral_id: str) -> dict[int, GroupRow]:
    """The groups that receive an incident when it is referred there, by their key; none where nobody is linked."""
    return await _groups(tx, desk, incident, {referral_id})


async def kept_groups(tx: Tx, desk: Desk, incident: IncidentRow) -> dict[int, GroupRow]:
    """The groups that hear of an incident because it was ever referred to them, whatever its category is now."""
    noted = await tx.scalars(
        select(IncidentEventRow.note).where(
            IncidentEventRow.incident_id == incident.id, IncidentEventRow.action == Action.REFER.value
        )
    )
    ids = {note for note in noted if note} | ({incident.referred_to} if incident.referred_to else set())
    return await _groups(tx, desk, incident, ids)


async def _groups(tx: Tx, desk: Desk, incident: IncidentRow, referral_ids: set[str]) -> dict[int, GroupRow]:
    referrals = [desk.routing.referrals[one] for one in referral_ids if one in desk.routing.referrals]
    if not referrals:
        return {}
    rows = {row.id: row for row in await linked_groups(tx, desk.bot_id)}
    facts = [group_fact(row) for row in rows.values()]
    found = {
        fact.id
        for referral in referrals
        for fact in receivers(referral, region_code=incident.region_code, groups=facts)
    }
    return {key: row for key, row in rows.items() if key in found}
