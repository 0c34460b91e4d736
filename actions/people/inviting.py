"""Inviting: somebody is let in at a post or over a region by a link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from actions.work import Work
from core.desk import Desk
from core.kit.texts import UserError
from core.people.invites import InviteRequest
from core.people.roles import Actor, Agency, Role, leads, may
from core.territory.posts import PostKind
from storage.people import invites
from storage.tables import InviteRow, PostRow
from storage.territory.places import post_by_id

FROM_KIND: Mapping[str, Agency] = {
    PostKind.LAPAS: Agency.LAPAS
}  # who serves at such a post, unless the invitation says otherwise


@dataclass(frozen=True)
class Invitation:
    """An invitation that was made."""

    row: InviteRow
    place: str  # empty is the whole territory
    agency: Agency | None  # None: neither said nor known from the post


async def make(work: Work, request: InviteRequest) -> Invitation:
    """Make an invitation; raises UserError where the person may not invite."""
    _check(work.actor, request)
    post = await post_by_id(work.tx, request.post_id) if request.post_id is not None else None
    named = request.agency or (FROM_KIND.get(post.kind) if post else None)
    agency = named or Agency.OTHER
    row = invites.add(work.tx, request, agency=agency, created_by=work.person.id, now=work.now)
    place = place_of(work.desk, request.region_code, post)
    work.journal("invited", place or "-", role=request.role.value, agency=agency.value, uses=request.uses)
    return Invitation(row, place, named)


def place_of(desk: Desk, region_code: str, post: PostRow | None) -> str:
    """The post or region of an invitation, as people say it; empty for the whole territory."""
    return f"{post.name} ({post.code})" if post else " › ".join(desk.regions.path(region_code))


def _check(actor: Actor, request: InviteRequest) -> None:
    """An admin invites inside the own territory; a coordinator too, and officers only."""
    if leads(actor, request.role, request.region_code):
        return
    if request.role is not Role.OFFICER:
        key = "invite-officers-only" if not may(actor, [Role.ADMIN]) else "not-your-region"
        raise UserError(key)
    raise UserError("not-your-region")
