"""Where a person is: kept as their phone said it last."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from actions.own import location
from core.kit.geo import Fix
from core.people.roles import Role
from storage.tables import PersonRow
from tests.actions_kit import Office


async def test_the_last_place_is_kept(office: Office) -> None:
    """A place is kept with its accuracy and its own time; the next one leaves nothing of it, and nothing is said."""
    budi = await office.person("Budi", Role.OFFICER, "LAPAS-1673")
    before = office.now - timedelta(minutes=5)
    for fix, at in ((Fix(-3.3, 102.9, 12.0), before), (Fix(-3.4, 102.8), office.now)):
        await office.do(budi, partial(location.share, fix=fix, at=at))
        row = await office.one(PersonRow, PersonRow.id == budi.id)
        assert (row.lat, row.lon, row.accuracy_m, row.located_at) == (fix.lat, fix.lon, fix.accuracy_m, at)
    assert await office.told(budi.telegram_id) == ""
