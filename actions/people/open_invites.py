"""Invitations that can still be used: listed and withdrawn by whoever may make such ones."""

from __future__ import annotations

from dataclasses import dataclass

from actions.people.inviting import place_of
from actions.work import Work
from core.kit.texts import UserError
from core.people.roles import Actor, Role, leads, scope_of
from storage.people import invites, people
from storage.people.personnel import Sight
from storage.tables import InviteRow
from storage.territory.places import post_by_id

PAGE = 6  # invitations on a page, each with a button


@dataclass(frozen=True)
class OpenInvite:
    """An invitation as the list shows it."""

    row: InviteRow
    place: str  # empty is the whole territory
    maker: str | None


@dataclass(frozen=True)
class OpenInvites:
    """A page of the list, counted from 1."""

    count: int
    page: int
    pages: int
    shown: tuple[OpenInvite, ...]


def sight_of(actor: Actor) -> Sight:
    """Whose roles a person may give and take: an admin any in the own territory, a coordinator officers'."""
    return Sight(scope_of(actor, Role.ADMIN), scope_of(actor, Role.COORDINATOR))


async def listing(work: Work, page: int, *, without: str | None = None) -> OpenInvites:
    """The open invitations that the person may withdraw; what is beyond the last page is the last.

    `without` is the code of one that is withdrawn in this very transaction, whose row does not say so yet.
    """
    sight = sight_of(work.actor)
    count = await invites.count_open(work.tx, sight, now=work.now, without=without)
    last = max(1, -(-count // PAGE))
    page = min(max(1, page), last)
    offset = (page - 1) * PAGE
    rows = await invites.list_open(work.tx, sight, now=work.now, offset=offset, limit=PAGE, without=without)
    makers = await people.by_ids(work.tx, {row.created_by for row in rows if row.created_by is not None})
    shown = []
    for row in rows:
        post = await post_by_id(work.tx, row.post_id) if row.post_id is not None else None
        maker = makers.get(row.created_by or 0)
        shown.append(OpenInvite(row, place_of(work.desk, row.region_code, post), maker.name if maker else None))
    return OpenInvites(count, page, last, tuple(shown))


async def withdraw(work: Work, code: str) -> InviteRow:
    """Let nobody use an invitation any more; raises UserError for one that is not the person's to withdraw, or is over."""
    row = await invites.get(work.tx, code)
    if row is None or not leads(work.actor, Role(row.role), row.region_code):
        raise UserError("tap-too-old")
    if row.uses_left <= 0 or row.expires_at <= work.now:
        raise UserError("tap-invite-over")
    note_withdrawn(work, row)
    invites.withdraw(row)
    return row


async def withdraw_of(work: Work, person_id: int, left: Actor) -> int:
    """Withdraw a person's open invitations that they might not make any more with what they have `left`; gives how many."""
    rows = [
        row
        for row in await invites.open_by(work.tx, person_id, now=work.now)
        if not leads(left, Role(row.role), row.region_code)
    ]
    for row in rows:
        note_withdrawn(work, row)
        invites.withdraw(row)
    return len(rows)


def note_withdrawn(work: Work, row: InviteRow) -> None:
    """Put on the journal which invitation is withdrawn, with the uses that it had left."""
    work.journal(
        "invite-withdrawn", f"invite:{row.code}", role=row.role, region=row.region_code, uses_left=row.uses_left
    )
