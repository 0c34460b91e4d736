"""A handover: a post is offered, and taken, refused or taken back; until it is taken the giver holds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions.roster import offers
from actions.roster.offers import OFFER_LASTS, Offer
from actions.work import Work
from core.incidents.timeline import Event
from core.kit.texts import UserError
from core.people.roles import Role, scope_of
from core.roster.taps import ALL_POSTS
from storage import roster
from storage.incidents import incidents
from storage.roster import Held
from storage.tables import HandoverRow, PersonRow, PostRow

LOOKING = (Role.COORDINATOR, Role.ADMIN)  # who may see who held a post when


@dataclass(frozen=True)
class PostHistory:
    """Who held a post last, the newest first."""

    post: PostRow
    held: Sequence[Held]


def own_posts(work: Work, post_id: int) -> list[PostRow]:
    """The own post of this key, or all of them for `ALL_POSTS`, deny by default; raises UserError."""
    own = list(work.known.posts)
    posts = own if post_id == ALL_POSTS else [post for post in own if post.id == post_id]
    if not posts or (post_id == ALL_POSTS and len(posts) < 2):
        raise UserError("tap-not-your-post")
    return posts


async def receivers(work: Work, posts: Sequence[PostRow]) -> list[PersonRow]:
    """Who may be offered these posts: who hold or held them lately."""
    return await roster.candidates(work.tx, [post.id for post in posts], without=work.person.id, now=work.now)


async def receiver_of(work: Work, posts: Sequence[PostRow], person_id: int) -> PersonRow:
    """The receiver of this key, if these posts may be offered to them and they can be written to; raises UserError."""
    receiver = next((one for one in await receivers(work, posts) if one.id == person_id), None)
    if receiver is None:
        raise UserError("tap-too-old")
    if receiver.unreachable_since is not None:
        raise UserError("tap-handover-unreachable", name=receiver.name[:40])
    return receiver


async def offer(work: Work, post_id: int, person_id: int, *, message_id: int | None = None) -> PersonRow:
    """Offer own posts to the next officer, whom it gives; both see the offer, the giver in the place of `message_id`.

    The same offer twice is one, and a new one takes the place of an older one.
    """
    posts = own_posts(work, post_id)
    receiver = await receiver_of(work, posts, person_id)
    waiting = await roster.offered(work.tx, [post.id for post in posts])
    earlier = [row for row in waiting if row.from_id == work.person.id]
    same = [row for row in earlier if row.to_id == receiver.id and work.now - row.offered_at <= OFFER_LASTS]
    if {row.post_id for row in same} == {post.id for post in posts}:
        return receiver
    await _replace(work, earlier)
    rows = await roster.offer(work.tx, posts, from_id=work.person.id, to_id=receiver.id, cause=work.cause, now=work.now)
    await offers.show_both(work, Offer(rows, posts, work.person, receiver), message_id=message_id)
    return receiver


async def _replace(work: Work, earlier: Sequence[HandoverRow]) -> None:
    """Drop what was offered before, and show so."""
    replaced: dict[int, Offer] = {}
    for row in earlier:
        dropped = await offers.offer_of(work, await roster.together(work.tx, row.id))
        dropped.settle([row], "dropped", now=work.now)
        replaced[dropped.id] = dropped
    for dropped in replaced.values():
        await offers.show_both(work, dropped)


async def take(work: Work, handover_id: int) -> bool:
    """Take over: from now on the receiver holds the posts and hears of their incidents, and the giver does not.

    False for an offer that is too old, which both are told; raises UserError for one that cannot be answered.
    """
    found = await _offer_to_me(work, handover_id)
    if found is None:
        return False
    rows = found.open_rows
    for row in rows:
        await _pass_on(work, found, row)
    drafts = await roster.drop_drafts(work.tx, found.giver.id, [row.post_id for row in rows])
    found.settle(rows, "taken", now=work.now)
    await offers.show_both(work, found)
    offers.tell_giver(work, found, "handover-done-drafts" if drafts else "handover-done", drafts=drafts)
    return True


async def _pass_on(work: Work, found: Offer, row: HandoverRow) -> None:
    """Let one post, with its open incidents, pass to the receiver."""
    post = found.post(row)
    await roster.pass_on(work.tx, row, post, found.receiver, now=work.now)
    moved = await incidents.move_contact(work.tx, post.id, found.giver.id, found.receiver.id)
    for one in moved:
        incidents.event(work.tx, one, work.stamp, action=Event.HANDED_OVER)
    detail = {"from": found.giver.id, "to": found.receiver.id, "incidents": [one.number for one in moved]}
    work.journal(Event.HANDED_OVER, f"post:{post.code}", **detail)


async def refuse(work: Work, handover_id: int) -> bool:
    """Refuse: the giver keeps the posts, and is told; gives and raises what `take` does."""
    found = await _offer_to_me(work, handover_id)
    if found is None:
        return False
    found.settle(found.open_rows, "refused", now=work.now)
    await offers.show_both(work, found)
    offers.tell_giver(work, found, "handover-not-taken")
    return True


async def take_back(work: Work, handover_id: int) -> None:
    """Withdraw an own offer that nobody has taken yet; raises UserError for any other."""
    found = await offers.load(work, handover_id)
    if found.giver.id != work.person.id:
        raise UserError("tap-too-old")
    _still_open(found)
    found.settle(found.open_rows, "dropped", now=work.now)
    await offers.show_both(work, found)


async def _offer_to_me(work: Work, handover_id: int) -> Offer | None:
    """The offer that who does this may answer; None when it is too old, which both are then told."""
    found = await offers.load(work, handover_id)
    if found.receiver.id != work.person.id:
        raise UserError("tap-too-old")
    _still_open(found)
    giver = found.giver.id
    held = [row for row in found.open_rows if await roster.holding(work.tx, giver, row.post_id, now=work.now)]
    if work.now - found.offered_at <= OFFER_LASTS and held:
        found.settle([row for row in found.open_rows if row not in held], "dropped", now=work.now)
        return found
    found.settle(found.open_rows, "dropped", now=work.now)
    await offers.show_both(work, found)
    offers.tell_giver(work, found, "handover-lapsed")
    return None


def _still_open(found: Offer) -> None:
    if found.state != "offered":
        raise UserError(f"tap-handover-{found.state}")


async def history(work: Work, wanted: str) -> PostHistory:
    """Who held a post of the own territory when, by the end of its code or words of its name; raises UserError."""
    found = await roster.posts_named(work.tx, wanted, scope_of(work.actor, *LOOKING))
    if not found:
        raise UserError("handover-unknown-post", word=wanted[:60])
    if len(found) > 1:
        raise UserError("handover-many-posts", word=wanted[:60], codes=", ".join(f"#{post.code}" for post in found))
    return PostHistory(found[0], await roster.history(work.tx, found[0].id))
