"""Who may put out whom, of what, and how the list finds people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.people.roles import Actor, AssignmentFact, Role, leads
from core.roster.people_list import WORDS_BYTES, carried, near_names, pages
from core.roster.removal import Bar, ending
from core.territory.regions import covers

OFF, C, A = Role.OFFICER, Role.COORDINATOR, Role.ADMIN
HERE, THERE = "16.73", "16.74"


def somebody(key: int, *held: tuple[Role, str]) -> Actor:
    """A person with what they hold."""
    return Actor(key, None, tuple(AssignmentFact(role, region) for role, region in held))


@pytest.mark.parametrize(
    ("actor", "person", "wanted"),
    [
        ([(A, HERE)], [(OFF, "16.73.06.1002")], [(OFF, "16.73.06.1002")]),
        ([(A, HERE)], [(C, HERE), (A, "16.73.06")], [(C, HERE), (A, "16.73.06")]),
        ([(A, HERE)], [(A, HERE)], [(A, HERE)]),
        ([(A, HERE)], [(OFF, HERE), (OFF, THERE), (A, THERE)], [(OFF, HERE)]),
        ([(A, HERE)], [(OFF, HERE), (A, "16")], Bar.ABOVE),
        ([(A, HERE)], [(A, "")], Bar.ABOVE),
        ([(A, HERE)], [(OFF, THERE)], Bar.NOTHING),
        ([(A, "")], [(A, ""), (OFF, THERE)], [(A, ""), (OFF, THERE)]),
        ([(C, HERE)], [(OFF, HERE), (C, HERE)], [(OFF, HERE)]),
        ([(C, HERE)], [(C, HERE)], Bar.NOTHING),
        ([(C, HERE)], [(OFF, HERE), (A, HERE)], Bar.ABOVE),
        ([(C, HERE)], [(OFF, HERE), (A, THERE)], [(OFF, HERE)]),
        ([(OFF, HERE)], [(OFF, HERE)], Bar.NOTHING),
    ],
)
def test_what_ends(
    actor: list[tuple[Role, str]], person: list[tuple[Role, str]], wanted: list[tuple[Role, str]] | Bar
) -> None:
    """An admin ends whatever lies inside the own territory, a coordinator officers' duty; never of an admin above."""
    found = ending(somebody(1, *actor), somebody(2, *person), named=False)
    assert found == (wanted if isinstance(wanted, Bar) else {AssignmentFact(*one) for one in wanted})


def test_nobody_puts_out_themselves_or_an_admin_of_the_settings() -> None:
    """The one would lock themselves out, the other would be back with the next start."""
    admin = somebody(1, (A, ""))
    assert ending(admin, admin, named=False) is Bar.SELF
    assert ending(admin, somebody(2, (A, "")), named=True) is Bar.SETTINGS


held = st.lists(st.tuples(st.sampled_from(Role), st.sampled_from(["", "16", HERE, "16.73.06", THERE])), max_size=4)


@given(held, held, st.booleans())
def test_nothing_ends_that_is_not_led(
    actor: list[tuple[Role, str]], person: list[tuple[Role, str]], named: bool
) -> None:
    """Whatever people hold, only what the actor may give ends, and nobody loses anything to somebody below them."""
    one, other = somebody(1, *actor), somebody(2, *person)
    found = ending(one, other, named=named)
    if isinstance(found, Bar):
        return
    assert found
    assert all(leads(one, fact.role, fact.region_code) for fact in found)
    over = [fact.region_code for fact in other.assignments if fact.role is A and fact not in found]
    assert not any(covers(code, mine.region_code) for code in over for mine in one.assignments)
    assert not named


@given(st.text(max_size=80))
def test_what_a_button_carries_is_part_of_what_was_sought(words: str) -> None:
    """What is carried is short, has no colon, and is where it was cut the beginning of the words."""
    short = carried(words)
    assert len(short.encode()) <= WORDS_BYTES
    assert ":" not in short
    plain = " ".join("".join(char for char in words if char.isprintable() and char != ":").split())
    assert plain.startswith(short)


def test_a_mistyped_name_is_recognised() -> None:
    """A letter wrong, missing or swapped in a word of a name still names the person; another name does not."""
    names = ["Budi Santoso", "Rahmat Hidayat", "Dewi Lestari"]
    for typed in ("Budi Santso", "santoso", "Budii", "budi sanotso"):
        assert near_names(typed, names)[:1] == ["Budi Santoso"], typed
    assert near_names("Zulkifli", names) == []


@pytest.mark.parametrize(("count", "wanted"), [(0, 1), (1, 1), (8, 1), (9, 2), (30_000, 3750)])
def test_pages(count: int, wanted: int) -> None:
    """Eight people are a page, and nobody still is one."""
    assert pages(count) == wanted
