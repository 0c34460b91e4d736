"""Putting somebody out: what ends, and who may not do it to whom."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from core.people.roles import Actor, AssignmentFact, Role, leads
from core.territory.regions import covers


class Bar(StrEnum):
    """Why somebody is not put out."""

    SELF = "self"
    SETTINGS = "settings"  # an admin named in the settings comes back with the next start
    ABOVE = "above"  # an admin over the territory of who asks
    NOTHING = "nothing"  # nothing of theirs lies in the territory of who asks


class Why(StrEnum):
    """The reasons that a button gives; the person who is put out reads it."""

    DONE = "done"
    MOVED = "moved"
    MISTAKE = "mistake"
    UNSAID = "unsaid"


def ending(actor: Actor, person: Actor, *, named: bool) -> Collection[AssignmentFact] | Bar:
    """Return what ends where `actor` puts a person out, or why nothing does; `named` tells of the settings' admins."""
    if actor.person_id == person.person_id:
        return Bar.SELF
    if named:
        return Bar.SETTINGS
    if any(one.role is Role.ADMIN and _above(actor, one.region_code) for one in person.assignments):
        return Bar.ABOVE
    found = frozenset(one for one in person.assignments if leads(actor, one.role, one.region_code))
    return found or Bar.NOTHING


def _above(actor: Actor, region_code: str) -> bool:
    """Whether an admin over this region stands above somebody, rather than beside or below them."""
    return not leads(actor, Role.ADMIN, region_code) and any(
        covers(region_code, one.region_code) for one in actor.assignments
    )
