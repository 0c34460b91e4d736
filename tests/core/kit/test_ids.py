"""Keys made by the program."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from core.kit.ids import EPOCH_MS, IdMaker


@given(steps=st.lists(st.integers(-5000, 5000), min_size=1, max_size=200))
def test_ids_grow_whatever_the_clock_does(steps: list[int]) -> None:
    """Ids of one maker grow, even when the clock stands still or jumps back."""
    now = EPOCH_MS + 10_000_000
    maker = IdMaker(lambda: now, node=5)
    made = []
    for step in steps:
        now += step
        made.append(maker.next())
    assert all(earlier < later for earlier, later in pairwise(made))


def test_more_ids_than_a_millisecond_holds_still_grow() -> None:
    """Ten thousand ids in one millisecond are all different and in order."""
    maker = IdMaker(lambda: EPOCH_MS + 1, node=5)
    made = [maker.next() for _ in range(10_000)]
    assert (len(set(made)), made) == (10_000, sorted(made))


def test_ids_fit_into_a_signed_column() -> None:
    """An id of the year 2090 still has 63 bits."""
    year_2090 = EPOCH_MS + 66 * 365 * 86_400_000
    assert 0 < IdMaker(lambda: year_2090, node=1023).next() < 1 << 63


def test_two_processes_make_different_ids() -> None:
    """Two makers at the same instant do not meet."""
    one, other = (IdMaker(lambda: EPOCH_MS + 1, node=node) for node in (1, 2))
    assert not {one.next() for _ in range(100)} & {other.next() for _ in range(100)}


def test_later_ids_of_another_process_are_greater() -> None:
    """Ids are ordered by time across processes, a millisecond apart."""
    assert IdMaker(lambda: EPOCH_MS + 1, node=1023).next() < IdMaker(lambda: EPOCH_MS + 2, node=0).next()
