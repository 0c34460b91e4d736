"""Which posts have reported in their windows."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import and_, or_, select

from storage.database.engine import Tx
from storage.tables import StandingRow


async def reported_posts(tx: Tx, keys: Mapping[int, str]) -> set[int]:
    """Which of these posts have reported in the window named with each."""
    if not keys:
        return set()
    rows = await tx.scalars(
        select(StandingRow.post_id).where(
            or_(*(and_(StandingRow.window_key == key, StandingRow.post_id == post) for post, key in keys.items()))
        )
    )
    return set(rows)
