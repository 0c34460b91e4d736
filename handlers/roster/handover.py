"""The first half of a handover: which post, to whom, sure; and for coordinators, who held a post when."""

from __future__ import annotations

from collections.abc import Sequence

from actions.roster import handover, offers
from core.delivery.outgoing import Button
from core.kit.shortening import short
from core.kit.texts import Markup, UserError
from core.kit.words import fold
from core.people.roles import Role, may
from core.roster.taps import ALL_POSTS, HandoverCancelTap, HandoverOfferTap, HandoverPostTap, HandoverToTap
from core.territory.post_codes import post_matches
from handlers.kit.command import Command, OnTap, Where
from handlers.kit.scope import Ctx
from handlers.roster import takeover
from storage.delivery import screens
from storage.tables import PostRow

POSTS_SHOWN = 20  # buttons; beyond that one types the code


async def hand_over(ctx: Ctx, words: str) -> None:
    """Begin to hand over a post; for a coordinator who names a post, show who held it when."""
    own = list(ctx.known.posts)
    wanted = words.strip()
    named = _named(wanted, own) if wanted else own
    if wanted and len(named) != 1:
        if not may(ctx.actor, handover.LOOKING):
            raise UserError("handover-not-yours", word=wanted[:60])
        await _history(ctx, wanted)
    elif not named:
        if not may(ctx.actor, handover.LOOKING):
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
    found = await handover.receivers(ctx.work, posts)
    title = ctx.desk.texts.join(ctx.lang, [post.name for post in posts[: offers.POSTS_SHOWN]])
    if not found:
        return ctx.html("handover-nobody", post=title, code=posts[0].code), []
    key = posts[0].id if len(posts) == 1 else ALL_POSTS
    rows = [[Button(short(one.name), tap=HandoverToTap(key, one.id))] for one in found]
    return ctx.html("handover-to-whom", post=title), [*rows, [ctx.button("button-cancel", HandoverCancelTap())]]


async def _still_asking(ctx: Ctx) -> None:
    """Refuse a late tap on a message that has become an offer: it would hide how the offer stands."""
    message = ctx.tap.message
    if message is not None and await screens.subject_at(ctx.tx, ctx.desk.bot_id, message.chat.id, message.message_id):
        raise UserError("tap-handover-offered")


async def tap_post(ctx: Ctx, tap: HandoverPostTap) -> None:
    """Choose the post, or all of them."""
    await _still_asking(ctx)
    text, rows = await _ask_receiver(ctx, handover.own_posts(ctx.work, tap.post_id))
    ctx.answer()
    ctx.edit_tapped(text, rows)


async def tap_receiver(ctx: Ctx, tap: HandoverToTap) -> None:
    """Choose who takes over, and see what is handed over before it is offered."""
    await _still_asking(ctx)
    posts = handover.own_posts(ctx.work, tap.post_id)
    receiver = await handover.receiver_of(ctx.work, posts, tap.person_id)
    lines = [
        ctx.html("handover-sure", name=receiver.name),
        *await offers.post_lines(ctx.work, ctx.lang, posts, full=True),
    ]
    confirm = ctx.button("button-hand-over", HandoverOfferTap(tap.post_id, receiver.id), style="primary")
    ctx.answer()
    ctx.edit_tapped("\n".join(lines), [[confirm, ctx.button("button-cancel", HandoverCancelTap())]])


async def tap_confirm(ctx: Ctx, tap: HandoverOfferTap) -> None:
    """Offer the post to the receiver; the question becomes the message that shows how the offer stands."""
    message = ctx.tap.message
    message_id = message.message_id if message else None
    receiver = await handover.offer(ctx.work, tap.post_id, tap.person_id, message_id=message_id)
    ctx.answer("tap-handover-waiting", name=receiver.name[:60])


async def tap_cancel(ctx: Ctx, _tap: HandoverCancelTap) -> None:
    """Close the question without offering anything."""
    await _still_asking(ctx)
    ctx.answer("tap-handover-none")
    ctx.edit_tapped(ctx.html("handover-none"))


async def _history(ctx: Ctx, wanted: str) -> None:
    """Show who held a post of the own territory when."""
    found, moment = await handover.history(ctx.work, wanted), ctx.desk.texts.moment
    lines = [ctx.html("handover-history", name=found.post.name, code=found.post.code)]
    for held in found.held:
        since = moment(ctx.lang, held.since, now=ctx.now)
        if held.until is None or held.until > ctx.now:
            lines.append(ctx.html("handover-holds", name=held.name, since=since))
        else:
            until = moment(ctx.lang, held.until, now=ctx.now)
            lines.append(ctx.html("handover-held", name=held.name, since=since, until=until))
    if len(lines) == 1:
        lines.append(ctx.html("handover-never-held", code=found.post.code))
    ctx.send("\n".join(lines))


COMMANDS = (
    Command("handover", ("serahterima", "aplusan", "handover"), hand_over, roles=frozenset(Role), where=Where.PRIVATE),
)
TAPS = (
    OnTap(HandoverPostTap, tap_post),
    OnTap(HandoverToTap, tap_receiver),
    OnTap(HandoverOfferTap, tap_confirm),
    OnTap(HandoverCancelTap, tap_cancel),
    *takeover.TAPS,
)
