"""The grades of an incident and their order."""

from __future__ import annotations

from core.forms.severity import GRAVEST_FIRST, URGENT, Severity


def test_the_grades_are_ordered_from_the_mildest_up() -> None:
    """A grade is graver than those named before it, and than no other."""
    grades = list(Severity)
    assert {(one, other) for one in grades for other in grades if one.graver_than(other)} == {
        (one, other) for place, one in enumerate(grades) for other in grades[:place]
    }
    assert sorted(grades, key=GRAVEST_FIRST.__getitem__) == grades[::-1]


def test_what_is_urgent_is_graver_than_what_is_not() -> None:
    """No grade that waits its turn is graver than one that goes out with the alerts."""
    milder = set(Severity) - URGENT
    assert all(one.graver_than(other) for one in URGENT for other in milder)


def test_no_two_grades_look_alike() -> None:
    """Each grade has a symbol of its own."""
    assert len({grade.symbol for grade in Severity}) == len(Severity)
