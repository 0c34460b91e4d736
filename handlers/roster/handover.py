"""The first half of a handover: which post, to whom, sure; and for coordinators, who held a post when."""

from __future__ import annotations

from collections.abc import Sequence

from core.delivery.outgoing import Button
from core.kit.shortening import short
from core.kit.texts import Markup, UserError
from core.kit.words import fold
from core.people.roles import Role, may, scope_of
from core.roster.taps import ALL_POSTS, HandoverCancelTap, HandoverOfferTap, HandoverPostTap, HandoverToTap, ReceiverTap
from core.territory.post_codes import post_matches
from handlers.kit.command import Command, OnTap, Where
from handlers.kit.scope import Ctx
from handlers.roster import takeover
from handlers.roster.takeover import OFFER_LASTS, Offer, offer_of, post_lines, show_offer
from storage import roster
from storage.delivery import screens
from storage.tables import PersonRow, PostRow

POSTS_SHOWN = 20  # buttons; beyond that one types the code
LOOKING = (Role.COORDINATOR, Role.ADMIN)


async def handover(ctx: Ctx, words: str) -> None:
    """Begin to hand over a post; for a coordinator who names a post, show who held it when."""
    own = list(ctx.known.posts)
    wanted = words.strip()
    named = _named(wanted, own) if wanted else own
    if wanted and len(named) != 1:
        if not may(ctx.actor, LOOKING):
            raise UserError("handover-not-yours", word=wanted[:60])
        await _history(ctx, wanted)
    elif not named:
        if not may(ctx.actor, LOOKING):
            raise UserError("no-post")
        ctx.say("handover-example")
    elif len(named) == 1:
        text, rows = await _ask_receiver(ctx, named)
        ctx.send(text, rows)
    else:
        rows = [[Button(short(post.name), tap=HandoverPostTap(post.id))] for post in named[:POSTS_SHOWN]]
        rows.append([ctx.button("button-hand-over-all", HandoverPostTap(ALL_POSTS))])
        ctx.say("handover-which", rows=[*rows, [ctx.button("button-cancel", HandoverCancelTap())]])


def _named(wanted: str, posts: Sequence[PostRow]) -> list[PostRow]:
    """The own posts that a typed code, its tail or a name means."""
    by_name = [post for post in posts if fold(post.name) == fold(wanted)]
    codes = post_matches(wanted, [post.code for post in posts])
    return by_name or [post for post in posts if post.code in codes]


async def _ask_receiver(ctx: Ctx, posts: Sequence[PostRow]) -> tuple[Markup, list[list[Button]]]:
    """Ask who takes over, among those who hold or held the post lately."""
    found = await roster.candidates(ctx.tx, [post.id for post in posts], without=ctx.known.row.id, now=ctx.now)
    title = ctx.desk.texts.join(ctx.lang, [post.name for post in posts[: takeover.POSTS_SHOWN]])
    if not found:
        return ctx.html("handover-nobody", post=title, code=posts[0].code), []
    key = posts[0].id if len(posts) == 1 else ALL_POSTS
    rows = [[Button(short(one.name), tap=HandoverToTap(key, one.id))] for one in found]
    return ctx.html("handover-to-whom", post=title), [*rows, [ctx.button("button-cancel", HandoverCancelTap())]]


def _posts(ctx: Ctx, key: int) -> list[PostRow]:
    """The own posts that a button names, deny by default."""
    own = list(ctx.known.posts)
    posts = own if key == ALL_POSTS else [post for post in own if post.id == key]
    if not posts or (key == ALL_POSTS and len(posts) < 2):
        raise UserError("tap-not-your-post")
    return posts


async def _still_asking(ctx: Ctx) -> None:
    """Refuse a late tap on a message that has become an offer: it would hide how the offer stands."""
    message = ctx.tap.message
    if not ctx.private:
        raise UserError("tap-too-old")
    if message is not None and await screens.subject_at(ctx.tx, ctx.desk.bot_id, message.chat.id, message.message_id):
        raise UserError("tap-handover-offered")


async def tap_post(ctx: Ctx, tap: HandoverPostTap) -> None:
    """Choose the post, or all of them."""
    await _still_asking(ctx)
    text, rows = await _ask_receiver(ctx, _posts(ctx, tap.post_id))
    ctx.answer()
    ctx.edit_tapped(text, rows)


async def _chosen(ctx: Ctx, tap: ReceiverTap) -> tuple[list[PostRow], PersonRow]:
    """The posts and the receiver that a button names; only who was offered may be chosen."""
    posts = _posts(ctx, tap.post_id)
    found = await roster.candidates(ctx.tx, [post.id for post in posts], without=ctx.known.row.id, now=ctx.now)
    receiver = next((one for one in found if one.id == tap.person_id), None)
    if receiver is None:
        raise UserError("tap-too-old")
    if receiver.unreachable_since is not None:
        raise UserError("tap-handover-unreachable", name=receiver.name[:40])
    return posts, receiver


async def tap_receiver(ctx: Ctx, tap: HandoverToTap) -> None:
    """Choose who takes over, and see what is handed over before it is offered."""
    await _still_asking(ctx)
    posts, receiver = await _chosen(ctx, tap)
    lines = [ctx.html("handover-sure", name=receiver.name), *await post_lines(ctx, ctx.lang, posts, full=True)]
    confirm = ctx.button("button-hand-over", HandoverOfferTap(tap.post_id, receiver.id), style="primary")
    ctx.answer()
    ctx.edit_tapped("\n".join(lines), [[confirm, ctx.button("button-cancel", HandoverCancelTap())]])


async def tap_confirm(ctx: Ctx, tap: HandoverOfferTap) -> None:
    """Offer the post to the receiver; the same offer twice is one, and a new one takes the place of an older one."""
    if not ctx.private:
        raise UserError("tap-too-old")
    posts, receiver = await _chosen(ctx, tap)
    earlier = [
        row for row in await roster.offered(ctx.tx, [post.id for post in posts]) if row.from_id == ctx.known.row.id
    ]
    same = [row for row in earlier if row.to_id == receiver.id and ctx.now - row.offered_at <= OFFER_LASTS]
    if {row.post_id for row in same} == {post.id for post in posts}:
        ctx.answer("tap-handover-waiting", name=receiver.name[:60])
        return
    replaced: dict[int, Offer] = {}
    for row in earlier:
        offer = await offer_of(ctx, await roster.together(ctx.tx, row.id))
        offer.settle([row], "dropped", now=ctx.now)
        replaced[offer.id] = offer
    for offer in replaced.values():
        await show_offer(ctx, offer)
    rows = await roster.offer(ctx.tx, posts, from_id=ctx.known.row.id, to_id=receiver.id, cause=ctx.cause, now=ctx.now)
    message = ctx.tap.message
    await show_offer(
        ctx, Offer(rows, posts, ctx.known.row, receiver), message_id=message.message_id if message else None
    )
    ctx.answer("tap-handover-waiting", name=receiver.name[:60])


async def tap_cancel(ctx: Ctx, _tap: HandoverCancelTap) -> None:
    """Close the question without offering anything."""
    await _still_asking(ctx)
    ctx.answer("tap-handover-none")
    ctx.edit_tapped(ctx.html("handover-none"))


async def _history(ctx: Ctx, wanted: str) -> None:
    """Show who held a post of the own territory when."""
    found = await roster.posts_named(ctx.tx, wanted, scope_of(ctx.actor, *LOOKING))
    if not found:
        raise UserError("handover-unknown-post", word=wanted[:60])
    if len(found) > 1:
        raise UserError("handover-many-posts", word=wanted[:60], codes=", ".join(f"#{post.code}" for post in found))
    post, moment = found[0], ctx.desk.texts.moment
    lines = [ctx.html("handover-history", name=post.name, code=post.code)]
    for held in await roster.history(ctx.tx, post.id):
        since = moment(ctx.lang, held.since, now=ctx.now)
        if held.until is None or held.until > ctx.now:
            lines.append(ctx.html("handover-holds", name=held.name, since=since))
        else:
            until = moment(ctx.lang, held.until, now=ctx.now)
            lines.append(ctx.html("handover-held", name=held.name, since=since, until=until))
    if len(lines) == 1:
        lines.append(ctx.html("handover-never-held", code=post.code))
    ctx.send("\n".join(lines))


COMMANDS = (
    Command("handover", ("serahterima", "aplusan", "handover"), handover, roles=frozenset(Role), where=Where.PRIVATE),
)
TAPS = (
    OnTap(HandoverPostTap, tap_post),
    OnTap(HandoverToTap, tap_receiver),
    OnTap(HandoverOfferTap, tap_confirm),
    OnTap(HandoverCancelTap, tap_cancel),
    *takeover.TAPS,
)
