"""The drill: incidents all over the province within ten minutes, acted on as they come, over ten restarts."""

from __future__ import annotations

from benchmarks.drill import drill

SIZE = 30  # `python -m benchmarks.drill` (`make drill`) plays it with 300


async def test_every_incident_reaches_its_groups_within_telegrams_limits(database_url: str) -> None:
    """Each card is in its groups and no other, each deadline fires once at its second, nothing is refused or left over."""
    result = await drill(database_url, SIZE)
    assert result.faults == []
    assert (result.incidents, result.restarts, result.clock_steps > SIZE // 2) == (SIZE, 10, True)
