"""Putting somebody out: what they held ends at once, and with it what they could still do or hear by it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from actions.delivery.telling import News, tell_person
from actions.incidents import escalation
from actions.incidents.escalation_news import DueIncident
from actions.people import open_invites
from actions.people.admins import tell_admins_over
from actions.people.inviting import place_of
from actions.roster import offers
from actions.roster.personnel import is_named, member_of
from actions.work import Work
from core.delivery.readers import language_of
from core.incidents.lifecycle import Part, parts_of
from core.kit.texts import Markup, UserError
from core.people.roles import Actor, AssignmentFact, Role, leads
from core.roster.keys import removed_key
from core.roster.removal import Bar, Why, ending
from storage import roster
from storage.incidents import incidents
from storage.people import invites, removal
from storage.people.people import Holding, Member
from storage.reports import drafts
from storage.tables import PersonRow, PostRow


@dataclass(frozen=True)
class Removed:
    """Who was put out, and what that has left behind."""

    person: PersonRow
    ended: tuple[Holding, ...]
    left: tuple[Holding, ...]  # outside the authority of who did it
    incidents: tuple[int, ...]  # the numbers of those that have no owner any more
    withdrawn: int  # invitations of the person's making
    invites: int  # that can still be used for the same places
    empty: tuple[PostRow, ...]  # posts without an officer now

    @property
    def roles_left(self) -> frozenset[Role]:
        """What the person still is somewhere."""
        return frozenset(Role(one.assignment.role) for one in self.left)


async def remove(work: Work, person_id: int, why: Why) -> Removed:
    """Put a person out of everything that lies within the own authority, and tell whom it concerns.

    Who holds nothing then is not active any more. Drafts stay as they are, for a return; nothing is sent of them.
    Raises UserError for the person themselves, an admin of the settings or above, and who holds nothing there.
    """
    member = await member_of(work, person_id)
    found = ending(work.actor, member.actor, named=is_named(member))
    if isinstance(found, Bar):
        raise UserError(f"remove-bar-{found}", name=member.row.name[:60])
    ended = tuple(one for one in member.holdings if _fact(one) in found)
    left = tuple(one for one in member.holdings if one not in ended)
    removal.remove(member.row, [one.assignment for one in ended], left=bool(left), now=work.now)
    rest = Member(member.row, left)
    await _drop_offers(work, rest, ended)
    withdrawn = await open_invites.withdraw_of(work, person_id, rest.actor)
    numbers = await _free_incidents(work, rest.actor)
    posts = {one.post.id: one.post for one in ended if one.post is not None}
    removed = Removed(
        member.row,
        ended,
        left,
        numbers,
        withdrawn,
        await _invites_left(work, ended),
        await _follow(work, person_id, posts),
    )
    _note(work, removed, why)
    await _tell(work, removed, why)
    return removed


def places(work: Work, holdings: Sequence[Holding], language: str) -> list[str]:
    """What somebody holds or held, as people say it: `petugas Lapas Kelas IIA (LAPAS-1673)`."""
    texts, found = work.desk.texts, []
    for one in holdings:
        place = place_of(work.desk, one.assignment.region_code, one.post) if one.assignment.region_code else ""
        role = texts.plain(language, f"role-{one.assignment.role}")
        found.append(f"{role} {place or texts.plain(language, 'everywhere')}")
    return list(dict.fromkeys(found))


def _fact(holding: Holding) -> AssignmentFact:
    row = holding.assignment
    return AssignmentFact(Role(row.role), row.region_code, row.post_id)


async def _drop_offers(work: Work, rest: Member, ended: Collection[Holding]) -> None:
    """Let no post pass from or to the person any more that is not theirs to give or to get; both sides see it."""
    lost = {one.post.id for one in ended if one.post is not None}
    dropped: dict[int, offers.Offer] = {}
    for row in await roster.offered_with(work.tx, rest.row.id):
        found = await offers.offer_of(work, await roster.together(work.tx, row.id))
        here = leads(work.actor, Role.OFFICER, found.post(row).region_code) or not rest.holdings
        if row.post_id in lost if row.from_id == rest.row.id else here:
            found.settle([one for one in found.rows if one.id == row.id], "dropped", now=work.now)
            dropped[found.id] = found
    for found in dropped.values():
        await offers.show_both(work, found)
        if found.giver.id != rest.row.id:
            offers.tell_giver(work, found, "handover-lapsed")


async def _free_incidents(work: Work, rest: Actor) -> tuple[int, ...]:
    """Let whatever the person had and cannot see any more wait to be taken; its groups and its officer hear of it."""
    freed = []
    for record in await incidents.owned_by(work.tx, rest.person_id):
        incident = record.incident
        parts = parts_of(
            rest,
            region_code=incident.region_code,
            owner_id=incident.owner_id,
            contact_id=incidents.contact_of(incident),
        )
        if Part.OWNER not in parts:
            await escalation.lapse(work.tx, DueIncident(work.desk, record, work.now))
            freed.append(incident.number)
    return tuple(freed)


async def _follow(work: Work, person_id: int, posts: dict[int, PostRow]) -> tuple[PostRow, ...]:
    """Let another officer of a post follow the incidents that the person reported there; gives the posts without one."""
    holders = await roster.holders_of(work.tx, posts, now=work.now)
    empty = []
    for post_id, post in posts.items():
        others = [one for one in holders[post_id] if one != person_id]
        if others:
            await incidents.move_contact(work.tx, post_id, person_id, others[0])
        else:
            empty.append(post)
    return tuple(empty)


async def _invites_left(work: Work, ended: Sequence[Holding]) -> int:
    """How many invitations for the same places somebody else may still use, or they with another account."""
    same = {(one.assignment.region_code, one.assignment.post_id) for one in ended}
    return await invites.count_open(work.tx, open_invites.sight_of(work.actor), now=work.now, places=same)


def _note(work: Work, removed: Removed, why: Why) -> None:
    work.journal(
        "removed",
        f"person:{removed.person.id}",
        why=why.value,
        ended=[
            {
                "role": one.assignment.role,
                "region": one.assignment.region_code,
                "post": one.post.code if one.post else None,
            }
            for one in removed.ended
        ],
        left=len(removed.left),
        incidents=list(removed.incidents),
        invites_withdrawn=removed.withdrawn,
    )


async def _tell(work: Work, removed: Removed, why: Why) -> None:
    """Tell the person, and the other admins there."""
    person, texts = removed.person, work.desk.texts
    key = removed_key(person.id, work.origin)
    language = language_of(texts, person)
    begun = (await drafts.list_by_person(work.tx, [person.id]))[person.id]
    lines = [
        texts.html(language, "removed-told", name=work.person.name, clock=texts.clock(language, work.now)),
        *_place_lines(work, removed.ended, language),
    ]
    if why is not Why.UNSAID:
        lines.append(texts.html(language, "removed-why", why=texts.plain(language, f"why-{why}")))
    if removed.left:
        kept = texts.join(language, places(work, removed.left, language))
        lines.append(texts.html(language, "removed-told-left", places=kept))
    else:
        lines.append(texts.html(language, "removed-told-all", name=work.person.name))
    if begun:
        lines.append(texts.html(language, "removed-told-drafts", count=len(begun)))
    tell_person(work.tx, work.desk, person, News("\n".join(lines), key), now=work.now)

    def words(reader: str) -> str:
        told = [texts.html(reader, "alert-removed", name=work.person.name, person=person.name)]
        told += _place_lines(work, removed.ended, reader)
        if why is not Why.UNSAID:
            told.append(texts.html(reader, "removed-why", why=texts.plain(reader, f"why-{why}")))
        if removed.incidents:
            told.append(texts.html(reader, "removed-incidents", numbers=numbers_text(removed.incidents)))
        return "\n".join(told)

    regions = [one.assignment.region_code for one in removed.ended]
    but = [work.person.id, person.id]
    await tell_admins_over(work.tx, work.desk, regions, words, key=key, now=work.now, but=but)


def numbers_text(numbers: Sequence[int]) -> str:
    """Numbers of incidents in a row."""
    return ", ".join(f"I-{number}" for number in numbers)


def _place_lines(work: Work, holdings: Sequence[Holding], language: str) -> list[Markup]:
    return [work.desk.texts.html(language, "removed-place", place=place) for place in places(work, holdings, language)]
