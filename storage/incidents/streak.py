"""When a territory last had a conflict."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import false, func, or_, select

from core.incidents.lifecycle import State
from core.incidents.streak import Streak, StreakRule
from storage.database.engine import Tx
from storage.database.state import INSTALLED
from storage.tables import IncidentRow, MetaRow

NOTHING = (State.DUPLICATE.value, State.REJECTED.value)  # another incident counts for it, or it was none


async def streak_of(tx: Tx, rule: StreakRule | None, regions: Collection[str]) -> Streak | None:
    """Since when these regions ("" is everywhere) have had no conflict, in one statement; None where none are counted.

    Reads the index of times from the newest back to the first that fits, so that it does not grow with history.
    """
    if rule is None:
        return None
    last = (
        select(IncidentRow.occurred_at)
        .where(_counted(rule), IncidentRow.state.not_in(NOTHING), _inside(regions))
        .order_by(IncidentRow.occurred_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    installed = select(MetaRow.value).where(MetaRow.key == INSTALLED).scalar_subquery()
    found = (await tx.execute(select(last, installed))).one()
    return Streak(found[0], datetime.fromisoformat(found[1]) if found[1] else None)


def _counted(rule: StreakRule) -> Any:
    bare = IncidentRow.category.is_(None) if rule.status else false()
    return or_(IncidentRow.category.in_(sorted(rule.categories)), bare)


def _inside(regions: Collection[str]) -> Any:
    # Not a range, which would lead the database to the index of regions and through all of a province's history. The
    # codes of a level all have one length, so that a region's own code is the beginning of no other's of that level.
    return or_(*(func.substr(IncidentRow.region_code, 1, len(code)) == code for code in regions))
