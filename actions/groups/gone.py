"""Groups that turn out to be gone: admins hear of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from actions.people.admins import alert_admins
from core.delivery.keys import group_gone_key
from core.desk import Desk
from storage.database.engine import Tx
from storage.tables import GroupRow


async def tell_groups_gone(tx: Tx, desk: Desk, gone: Sequence[GroupRow], *, now: datetime) -> None:
    """Tell admins of groups that have just turned out to be gone, once for each chat however many topics were linked."""
    for chat_id in dict.fromkeys(row.chat_id for row in gone):
        rows = sorted((row for row in gone if row.chat_id == chat_id), key=lambda row: row.thread_id)
        regions = dict.fromkeys(" › ".join(desk.regions.path(row.region_code)) for row in rows)
        await alert_admins(
            tx,
            desk,
            "alert-group-gone",
            key=group_gone_key(chat_id, now),
            now=now,
            title=rows[0].title,
            region="; ".join(regions),
        )
