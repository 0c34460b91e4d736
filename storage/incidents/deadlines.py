"""Incidents that the clock must look at."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update

from storage.database.engine import Tx
from storage.incidents.incidents import BY_GRAVITY
from storage.tables import IncidentRow

LATER = timedelta(minutes=1)  # how long what failed is left alone


async def list_due(tx: Tx, *, now: datetime, farthest: timedelta, limit: int) -> list[int]:
    """The keys of the incidents that the clock must look at now, the gravest first, then the longest waiting.

    Also of those that were set to a time further ahead than `farthest`: the machine's clock was wrong then.
    """
    found = (
        select(IncidentRow.id)
        .where(or_(IncidentRow.look_at <= now, IncidentRow.look_at > now + farthest))
        .order_by(BY_GRAVITY, IncidentRow.look_at, IncidentRow.id)
    )
    return list(await tx.scalars(found.limit(limit)))


async def look_now(tx: Tx, ids: Collection[int], *, now: datetime) -> None:
    """Let the clock look at these incidents at its next tick, which brings their cards up to date; their deadlines stay."""
    if ids:
        moved = update(IncidentRow).where(IncidentRow.id.in_(ids)).values(look_at=now)
        await tx.execute(moved.execution_options(synchronize_session=False))


async def postpone(tx: Tx, incident_id: int, *, now: datetime) -> int:
    """Leave an incident alone for a minute, because it failed; gives its number, 0 when it is not there any more."""
    incident = await tx.get(IncidentRow, incident_id, with_for_update=True)
    if incident is None:
        return 0
    incident.look_at = now + LATER
    return incident.number
