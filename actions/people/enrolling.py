"""Enrolling: an invitation is opened, and who agrees to it is taken in."""

from __future__ import annotations

from dataclasses import dataclass

from actions.people.inviting import place_of
from actions.work import Work
from core.delivery.readers import language_for
from core.kit.texts import UserError
from core.people.consent import proof_of, was_shown
from core.people.roles import Agency, Role
from storage.people import invites, people, removal
from storage.people.people import Member
from storage.tables import InviteRow, PersonRow
from storage.territory.places import post_by_id

NAME_LIMIT = 200  # storage.tables.PersonRow.name
CODE_LIMIT = 32  # storage.tables.InviteRow.code


@dataclass(frozen=True)
class Newcomer:
    """Who agrees to an invitation, as Telegram tells of them; it may be somebody who has enrolled before."""

    telegram_id: int
    name: str
    language: str | None


@dataclass(frozen=True)
class OpenedInvite:
    """An invitation that can be agreed to."""

    row: InviteRow
    place: str  # empty is the whole territory
    held: bool  # it would change nothing for who opens it
    proof: str  # what shows afterwards that its explanation was sent to who opens it


@dataclass(frozen=True)
class Enrolled:
    """Who has agreed to an invitation, and what they hold now."""

    person: PersonRow
    invite: InviteRow
    place: str  # empty is the whole territory
    roles: frozenset[Role]


async def open_invite(work: Work, code: str, *, telegram_id: int) -> OpenedInvite:
    """Find an invitation by its code.

    Raises UserError for one that is unknown, too old, used up, or made before who opens it was put out.
    """
    invite = await _usable(work, code)
    await _check_removed(work, invite, telegram_id)
    proof = proof_of(await invites.consent_secret(work.tx), telegram_id=telegram_id, code=invite.code)
    return OpenedInvite(invite, await _place(work, invite), work.who is not None and _holds(work.who, invite), proof)


async def agree(work: Work, code: str, newcomer: Newcomer, *, proof: str | None) -> Enrolled | None:
    """Enrol the person who agreed; None if they held all of it before.

    Raises UserError for who was not sent the explanation, which `proof` shows, and for an invitation that is unknown, too
    old, used up, or made before they were put out.
    """
    found = await invites.get(work.tx, code[:CODE_LIMIT])
    if work.who is not None and found is not None and _holds(work.who, found):
        return None
    if not await _was_shown(work, code, newcomer.telegram_id, proof):
        raise UserError("tap-invite-again")
    invite = await _usable(work, code)
    await _check_removed(work, invite, newcomer.telegram_id)
    known = await people.members(work.tx, [newcomer.telegram_id], now=work.now)
    before = known.get(newcomer.telegram_id)
    person = await _person(work, invite, newcomer, before)
    person.shared = person.shared or invite.shared
    if before is None or not _assigned(before, invite):
        people.assign(
            work.tx,
            person,
            role=invite.role,
            region_code=invite.region_code,
            post_id=invite.post_id,
            granted=f"invite:{invite.code}",
            now=work.now,
        )
    invite.uses_left -= 1
    place = await _place(work, invite)
    work.journal(
        "enrolled", f"person:{person.id}", role=invite.role, place=place or _everywhere(work, newcomer.language)
    )
    held = {Role(item.assignment.role) for item in before.holdings} if before else set()
    return Enrolled(person, invite, place, frozenset({*held, Role(invite.role)}))


async def _was_shown(work: Work, code: str, telegram_id: int, proof: str | None) -> bool:
    """Whether somebody was sent the explanation of an invitation; buttons of the first days prove nothing."""
    if proof is None:
        return False
    return was_shown(await invites.consent_secret(work.tx), telegram_id=telegram_id, code=code, proof=proof)


async def _usable(work: Work, code: str) -> InviteRow:
    invite = await invites.get(work.tx, code[:CODE_LIMIT])
    if invite is None:
        raise UserError("invite-unknown")
    if invite.expires_at <= work.now:
        raise UserError("invite-expired")
    if invite.uses_left <= 0 and not (work.who and _holds(work.who, invite)):
        raise UserError("invite-used")
    return invite


async def _check_removed(work: Work, invite: InviteRow, telegram_id: int) -> None:
    """Let nobody who was put out come back by an invitation from before, whichever place it is for."""
    removed_at = await removal.removed_at(work.tx, telegram_id)
    if removed_at is not None and invite.created_at <= removed_at:
        raise UserError("invite-removed")


async def _person(work: Work, invite: InviteRow, newcomer: Newcomer, before: Member | None) -> PersonRow:
    """The row of who agreed, with what the invitation says of them."""
    if before is not None:
        if invite.agency != Agency.OTHER:
            before.row.agency = invite.agency
        return before.row
    row = await people.revive_or_add(
        work.tx,
        telegram_id=newcomer.telegram_id,
        name=(invite.name or newcomer.name)[:NAME_LIMIT],
        agency=invite.agency,
        language=newcomer.language,
        now=work.now,
    )
    row.language = row.language or invite.language
    return row


def _holds(member: Member, invite: InviteRow) -> bool:
    """Whether an invitation would change nothing for this person."""
    if invite.shared and not member.row.shared:
        return False
    return _assigned(member, invite)


def _assigned(member: Member, invite: InviteRow) -> bool:
    return any(
        (item.assignment.role, item.assignment.region_code, item.assignment.post_id)
        == (invite.role, invite.region_code, invite.post_id)
        for item in member.holdings
    )


async def _place(work: Work, invite: InviteRow) -> str:
    post = await post_by_id(work.tx, invite.post_id) if invite.post_id else None
    return place_of(work.desk, invite.region_code, post)


def _everywhere(work: Work, telegram_language: str | None) -> str:
    """The whole territory, in the language of who agreed."""
    chosen = work.who.row.language if work.who is not None else None
    texts = work.desk.texts
    return texts.plain(language_for(texts, chosen, telegram_language), "everywhere")
