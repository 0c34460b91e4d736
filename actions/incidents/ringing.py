"""Cards that are heard again: sent anew below what was written since, because an edited card does not ring."""

from __future__ import annotations

from datetime import datetime

from actions.incidents import deadlines
from actions.incidents.cards import bring_back, card_groups
from core.desk import Desk
from core.incidents.card import Card
from storage.database.engine import Tx
from storage.tables import IncidentRow


async def show_below(tx: Tx, desk: Desk, card: Card, incident: IncidentRow, *, now: datetime) -> None:
    """Send an incident's card anew in each group that has it and still hears of it; where it was stands a pointer.

    A card that waits to be sent anew is sent once, however often it changes meanwhile.
    """
    for group in (await card_groups(tx, desk, incident.id)).values():
        if group.unlinked_at is None and deadlines.hears(desk, incident, group):
            await bring_back(tx, desk, card, group, group.thread_id or None, now=now)
