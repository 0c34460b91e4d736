"""What a region has lost when its groups change: nothing less is told, and nothing more."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.groups.gaps import Gap, gap_of
from core.groups.purposes import Purpose
from core.groups.routing import GroupFact

ALL = frozenset(Purpose)
D, L, S = Purpose.DISASTER, Purpose.LEGAL, Purpose.SECURITY
OWN = "16.73"


def fact(key: int, code: str, *purposes: Purpose) -> GroupFact:
    """A linked group."""
    return GroupFact(key, code, frozenset(purposes))


def test_the_only_group_of_a_region_is_gone() -> None:
    """Everything is lost, and no group above hears of it."""
    assert gap_of(OWN, [fact(1, OWN)], [fact(2, "16.74"), fact(3, "16.73.06")]) == Gap(OWN, ALL, (), ALL)


def test_who_hears_instead_is_named() -> None:
    """A group of the province hears instead, of as much as it is linked for."""
    before, above = [fact(1, OWN, D, L)], [fact(2, "16", D), fact(3, "16", S)]
    assert gap_of(OWN, [*before, *above], above) == Gap(OWN, frozenset({D, L}), (2,), frozenset({L}))
    assert gap_of(OWN, before, [fact(2, "16")]) == Gap(OWN, frozenset({D, L}), (2,), frozenset())


def test_narrowing_a_link_loses_the_rest() -> None:
    """A group that heard of everything and now hears of one thing leaves a gap for all the others."""
    gap = gap_of(OWN, [fact(1, OWN)], [fact(1, OWN, D)])
    assert gap is not None
    assert gap.lost == ALL - {D}


def test_another_group_of_the_region_fills_the_gap() -> None:
    """What a further group of the very region hears of is not lost, and what nobody heard of before neither."""
    assert gap_of(OWN, [fact(1, OWN), fact(2, OWN)], [fact(2, OWN)]) is None
    assert gap_of(OWN, [fact(1, OWN, D), fact(2, OWN, D)], [fact(2, OWN, D)]) is None
    assert gap_of(OWN, [], [fact(1, OWN, D)]) is None


codes = st.sampled_from(["", "16", OWN, "16.73.06", "16.74"])
groups = st.builds(GroupFact, st.integers(1, 9), codes, st.frozensets(st.sampled_from(Purpose)))


@given(codes, st.lists(groups, max_size=5), st.lists(groups, max_size=5))
def test_a_gap_is_what_was_heard_and_is_not(code: str, before: list[GroupFact], after: list[GroupFact]) -> None:
    """A purpose is lost exactly when a group of the region heard of it before and none does now; nowhere is part of lost."""

    def heard(linked: list[GroupFact]) -> set[Purpose]:
        return {
            one
            for one in Purpose
            for row in linked
            if row.region_code == code and (not row.purposes or one in row.purposes)
        }

    gap = gap_of(code, before, after)
    assert (gap.lost if gap else set()) == heard(before) - heard(after)
    assert gap is None or gap.nowhere <= gap.lost
