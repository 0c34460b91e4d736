"""The summary's small decisions: bars and sums."""

from __future__ import annotations

import pytest

from core.overview.summary import CELLS, Situation, SubRegion, bar


@pytest.mark.parametrize(
    ("reported", "expected", "full"),
    [(0, 10, 0), (1, 1000, 1), (5, 10, 4), (999, 1000, 7), (10, 10, 8), (0, 0, 0), (3, 0, 0)],
)
def test_a_bar_is_full_only_when_nobody_is_missing(reported: int, expected: int, full: int) -> None:
    """A bar is empty only when nobody reported and full only when all did."""
    assert bar(reported, expected) == "▰" * full + "▱" * (CELLS - full)


def test_a_region_is_the_sum_of_its_parts() -> None:
    """Reported and expected of a region are those of its parts together."""
    parts = [SubRegion("A", 3, 1), SubRegion("B", 4, 4)]
    whole = Situation((), (), parts, (), (), 0, ())
    assert (whole.reported, whole.expected) == (5, 7)
