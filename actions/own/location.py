"""Where a person is, as their phone last said."""

from __future__ import annotations

from datetime import datetime

from actions.work import Work
from core.kit.geo import Fix


async def share(work: Work, fix: Fix, at: datetime) -> None:
    """Keep where the person was at this time, in place of what their phone said before."""
    person = work.person
    person.lat, person.lon, person.accuracy_m, person.located_at = fix.lat, fix.lon, fix.accuracy_m, at
