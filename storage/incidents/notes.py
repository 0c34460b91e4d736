"""Notes and files on an incident's timeline: one entry for a message, found again when the message is edited."""

from __future__ import annotations

from sqlalchemy import select

from core.delivery.keys import holder_of
from core.incidents.keys import talk_beginning
from storage.database.engine import Tx
from storage.tables import IncidentEventRow, ScreenRow


async def entry(tx: Tx, bot_id: int, source: str) -> IncidentEventRow | None:
    """The entry of this name."""
    where = (IncidentEventRow.bot_id == bot_id, IncidentEventRow.source == source)
    return await tx.scalar(select(IncidentEventRow).where(*where))


async def told(tx: Tx, bot_id: int, source: str) -> list[int]:
    """The keys of the people to whom a note was passed on."""
    start = talk_beginning(source)
    keys = await tx.scalars(select(ScreenRow.key).where(ScreenRow.bot_id == bot_id, ScreenRow.key.startswith(start)))
    return sorted(holder_of(key) for key in keys)
