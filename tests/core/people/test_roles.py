"""Roles and territories: who may do what, and where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.people.roles import Actor, Agency, AssignmentFact, Role, may, reaches, read_agency, read_role, scope_of


def actor(*assignments: AssignmentFact) -> Actor:
    return Actor(7, Agency.LAPAS, assignments)


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("petugas", Role.OFFICER),
        ("Koordinator", Role.COORDINATOR),
        ("ADMIN", Role.ADMIN),
        ("officer", Role.OFFICER),
        ("raja", None),
        ("", None),
    ],
)
def test_role_words(word: str, role: Role | None) -> None:
    """A role is read in both languages, whatever the case."""
    assert read_role(word) is role


@pytest.mark.parametrize(
    ("word", "agency"),
    [
        ("kejaksaan", Agency.KEJAKSAAN),
        ("Polisi", Agency.POLRI),
        ("TNI", Agency.TNI),
        ("satpol-pp", Agency.LINMAS),
        ("rutan", Agency.LAPAS),
        ("lainnya", Agency.OTHER),
        ("nasa", None),
    ],
)
def test_agency_words(word: str, agency: Agency | None) -> None:
    """An agency is read by its id and by the words people use for it."""
    assert read_agency(word) is agency


@pytest.mark.parametrize(
    ("member", "found"),
    [
        *((one, read_role(one)) for one in Role),
        *((one, read_agency(one)) for one in Agency),
    ],
)
def test_own_ids(member: object, found: object) -> None:
    """Every id is a word for itself."""
    assert found is member


def test_nobody_may() -> None:
    """A person without an assignment may do nothing and reaches nothing."""
    nobody = actor()
    assert not may(nobody, frozenset(Role))
    assert not reaches(nobody, "16.74", Role)
    assert scope_of(nobody, *Role) == ()


def test_no_role_allowed() -> None:
    """What no role is allowed to do, an admin is not allowed either."""
    assert not may(actor(AssignmentFact(Role.ADMIN, "")), ())
    assert not reaches(actor(AssignmentFact(Role.ADMIN, "")), "16", ())


@pytest.mark.parametrize(
    ("region", "inside"),
    [("16.74", True), ("16.74.01.1002", True), ("16", False), ("16.73", False), ("", False)],
)
def test_own_territory(region: str, *, inside: bool) -> None:
    """A coordinator reaches the own region and what lies in it, and nothing else."""
    assert reaches(actor(AssignmentFact(Role.COORDINATOR, "16.74")), region, [Role.COORDINATOR]) is inside


def test_role_counts() -> None:
    """A territory held in one role does not open it in another."""
    both = actor(AssignmentFact(Role.COORDINATOR, "16.74"), AssignmentFact(Role.OFFICER, "16.73.06.1002", 5))
    assert not reaches(both, "16.73.06.1002", [Role.COORDINATOR])
    assert reaches(both, "16.73.06.1002", [Role.OFFICER])
    assert scope_of(both, Role.OFFICER) == ("16.73.06.1002",)


def test_admin_everywhere() -> None:
    """An admin of the whole territory reaches every region."""
    admin = actor(AssignmentFact(Role.ADMIN, ""), AssignmentFact(Role.ADMIN, "16.74"))
    assert reaches(admin, "16.99.01", [Role.ADMIN])
    assert scope_of(admin, Role.ADMIN) == ("",)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.COORDINATOR])
def test_missing_region(role: Role) -> None:
    """An assignment whose region is missing is no territory, except an admin's."""
    assert not reaches(actor(AssignmentFact(role, "")), "16.74", [role])
    assert scope_of(actor(AssignmentFact(role, "")), role) == ()


def test_scope_is_short() -> None:
    """A scope leaves out regions that lie in another region of it."""
    held = actor(*(AssignmentFact(Role.COORDINATOR, code) for code in ("16.74.01", "16.7", "16.74", "16.73.01")))
    assert scope_of(held, Role.COORDINATOR) == ("16.7", "16.73.01", "16.74")


REGIONS = st.lists(st.sampled_from(["", "16", "16.73", "16.74", "16.74.01", "16.74.01.1002", "16.7"]), max_size=5)


@given(REGIONS, st.sampled_from(["16", "16.73", "16.74", "16.74.01.1002"]), st.sampled_from(Role))
def test_scope_means_reach(codes: list[str], region: str, role: Role) -> None:
    """A region is reached exactly if the scope holds it."""
    held = actor(*(AssignmentFact(role, code) for code in codes))
    in_scope = any(reaches(actor(AssignmentFact(role, code)), region, [role]) for code in scope_of(held, role))
    assert reaches(held, region, [role]) is in_scope
