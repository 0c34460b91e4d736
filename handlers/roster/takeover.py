"""The second half of a handover: the offer in both chats, and what becomes of it: taken, refused, withdrawn, too old."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from actions.delivery.telling import News, tell_person
from core.calendar.windows import due_now
from core.delivery.outgoing import Button, Priority, Rows, message_params
from core.delivery.readers import language_of
from core.incidents.timeline import Event
from core.kit.texts import Markup, UserError
from core.people.keys import handover_key, handover_subject, handover_told_key
from core.roster.taps import OfferRefuseTap, OfferTakeTap, OfferWithdrawTap
from core.territory.posts import PostKind
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx
from storage import roster
from storage.database import state
from storage.delivery import screens
from storage.duties import came
from storage.incidents import incidents
from storage.people import people
from storage.stamp import Stamp
from storage.tables import HandoverRow, PersonRow, PostRow

POSTS_SHOWN = 10
INCIDENTS_SHOWN = 20
OFFER_LASTS = timedelta(hours=12)  # longer than any shift: who has not answered by then will not


class Offer:
    """One offer with everything that its messages show; several posts that were offered at once are one offer."""

    def __init__(
        self, rows: Sequence[HandoverRow], posts: Sequence[PostRow], giver: PersonRow, receiver: PersonRow
    ) -> None:
        self.rows, self.giver, self.receiver = list(rows), giver, receiver
        self._posts = {post.id: post for post in posts}
        self.id = rows[0].id
        self.offered_at = rows[0].offered_at

    @property
    def state(self) -> str:
        """Where it stands; part of it may have been offered to somebody else since."""
        found = {row.state for row in self.rows}
        return next(one for one in ("offered", "taken", "refused", "dropped") if one in found)

    @property
    def open_rows(self) -> list[HandoverRow]:
        """What nobody has settled yet."""
        return [row for row in self.rows if row.state == "offered"]

    @property
    def posts(self) -> list[PostRow]:
        """The posts that it is about in its present state."""
        return [self.post(row) for row in self.rows if row.state == self.state]

    def post(self, row: HandoverRow) -> PostRow:
        """The post of one of its rows."""
        return self._posts[row.post_id]

    def settle(self, rows: Sequence[HandoverRow], to_state: str, *, now: datetime) -> None:
        """Note what has become of these rows."""
        for row in rows:
            row.state, row.settled_at = to_state, now


async def load_offer(ctx: Ctx, handover_id: int) -> Offer:
    """The offer of a tapped button."""
    rows = await roster.together(ctx.tx, handover_id)
    if not rows or rows[0].id != handover_id:
        raise UserError("tap-too-old")
    return await offer_of(ctx, rows)


async def offer_of(ctx: Ctx, rows: Sequence[HandoverRow]) -> Offer:
    """An offer with its posts and people."""
    known = await people.by_ids(ctx.tx, [rows[0].from_id, rows[0].to_id])
    return Offer(rows, await roster.posts_of(ctx.tx, rows), known[rows[0].from_id], known[rows[0].to_id])


async def show_offer(ctx: Ctx, offer: Offer, *, message_id: int | None = None) -> None:
    """Bring both people's messages about an offer up to date; the giver's takes the place of `message_id` at first."""
    waiting = offer.state == "offered"
    at = offer.offered_at + OFFER_LASTS if waiting else ctx.now
    for person, side in ((offer.receiver, "receiver"), (offer.giver, "giver")):
        lang = language_of(ctx.desk.texts, person)
        plain = ctx.desk.texts.plain
        other = offer.giver if side == "receiver" else offer.receiver
        head = ctx.desk.texts.html(
            lang, f"handover-{side}-{offer.state}", name=other.name, time=ctx.desk.texts.moment(lang, at, now=ctx.now)
        )
        lines = [head, *await post_lines(ctx, lang, offer.posts, full=waiting)]
        rows: Rows = ()
        if waiting and side == "receiver":
            take = Button(plain(lang, "button-take"), tap=OfferTakeTap(offer.id), style="success")
            rows = [[take, Button(plain(lang, "button-refuse"), tap=OfferRefuseTap(offer.id))]]
        elif waiting:
            rows = [[Button(plain(lang, "button-take-back"), tap=OfferWithdrawTap(offer.id))]]
        await screens.show(
            ctx.tx,
            ctx.desk.bot_id,
            screens.Shown(
                handover_key(side, offer.id),
                subject=handover_subject(side, offer.id),
                place=(person.telegram_id, None),
                params=message_params("\n".join(lines), rows),
                priority=Priority.ALERT,
            ),
            now=ctx.now,
            message_id=message_id if side == "giver" else None,
        )


async def post_lines(ctx: Ctx, lang: str, posts: Sequence[PostRow], *, full: bool) -> list[Markup]:
    """The posts by name and code; in full with what each owes until when, and its open incidents."""
    texts, calendar = ctx.desk.texts, ctx.desk.calendar
    lines = []
    windows = {
        post.id: due_now(calendar, PostKind(post.kind), ctx.desk.event_date, ctx.now) if full else () for post in posts
    }
    done = await came(ctx.tx, ctx.desk.forms, windows) if full else {}
    for post in posts[:POSTS_SHOWN]:
        lines.append(texts.html(lang, "handover-post", name=post.name, code=post.code))
        if not full:
            continue
        for window in windows[post.id]:
            if (post.id, window.key) not in done:
                title, clock = ctx.desk.forms[window.form].title.text(lang), texts.clock(lang, window.closes_at)
                lines.append(texts.html(lang, "handover-due", title=title, clock=clock))
        numbers = await incidents.open_at(ctx.tx, post.id)
        if numbers:
            shown = ", ".join(f"I-{number}" for number in numbers[:INCIDENTS_SHOWN])
            lines.append(texts.html(lang, "handover-open", numbers=shown, count=len(numbers)))
    if len(posts) > POSTS_SHOWN:
        lines.append(texts.html(lang, "my-more-posts", count=len(posts) - POSTS_SHOWN))
    return lines


async def _receiver(ctx: Ctx) -> PersonRow:
    """Who tapped: also somebody whose assignments have all ended, since an offer is how they get one again."""
    if ctx.member is not None:
        return ctx.known.row
    found = await people.members(ctx.tx, [ctx.user.id], now=ctx.now)
    if ctx.user.id not in found:
        raise UserError("tap-stranger")
    return found[ctx.user.id].row


async def _offer_to_me(ctx: Ctx, handover_id: int) -> Offer | None:
    """The offer that the person who tapped may answer; None when it is too old, which both are then told."""
    person = await _receiver(ctx)
    offer = await load_offer(ctx, handover_id)
    if offer.receiver.id != person.id:
        raise UserError("tap-too-old")
    if offer.state != "offered":
        raise UserError(f"tap-handover-{offer.state}")
    held = [row for row in offer.open_rows if await roster.holding(ctx.tx, offer.giver.id, row.post_id, now=ctx.now)]
    if ctx.now - offer.offered_at <= OFFER_LASTS and held:
        offer.settle([row for row in offer.open_rows if row not in held], "dropped", now=ctx.now)
        return offer
    offer.settle(offer.open_rows, "dropped", now=ctx.now)
    await show_offer(ctx, offer)
    _tell_giver(ctx, offer, "handover-lapsed", offer.posts)
    ctx.answer("tap-handover-dropped", alert=True)
    return None


async def tap_take(ctx: Ctx, tap: OfferTakeTap) -> None:
    """Take over: from now on the receiver holds the post and hears of its incidents, and the giver does not."""
    offer = await _offer_to_me(ctx, tap.handover_id)
    if offer is None:
        return
    rows, drafts = offer.open_rows, 0
    for row in rows:
        post = offer.post(row)
        await roster.pass_on(ctx.tx, row, post, offer.receiver, now=ctx.now)
        moved = await incidents.move_contact(ctx.tx, post.id, offer.giver.id, offer.receiver.id)
        for one in moved:
            incidents.event(ctx.tx, one, Stamp(offer.receiver.id, ctx.cause, ctx.now), action=Event.HANDED_OVER)
        state.note(
            ctx.tx,
            now=ctx.now,
            action=Event.HANDED_OVER,
            subject=f"post:{post.code}",
            person_id=offer.receiver.id,
            detail={"from": offer.giver.id, "to": offer.receiver.id, "incidents": [one.number for one in moved]},
            cause=ctx.cause,
        )
    drafts = await roster.drop_drafts(ctx.tx, offer.giver.id, [row.post_id for row in rows])
    offer.settle(rows, "taken", now=ctx.now)
    await show_offer(ctx, offer)
    _tell_giver(ctx, offer, "handover-done-drafts" if drafts else "handover-done", offer.posts, drafts=drafts)
    ctx.answer("tap-handover-yours")


async def tap_refuse(ctx: Ctx, tap: OfferRefuseTap) -> None:
    """Refuse: the giver keeps the post, and is told."""
    offer = await _offer_to_me(ctx, tap.handover_id)
    if offer is None:
        return
    offer.settle(offer.open_rows, "refused", now=ctx.now)
    await show_offer(ctx, offer)
    _tell_giver(ctx, offer, "handover-not-taken", offer.posts)
    ctx.answer("tap-handover-refused")


async def tap_take_back(ctx: Ctx, tap: OfferWithdrawTap) -> None:
    """Withdraw an offer that nobody has taken yet."""
    offer = await load_offer(ctx, tap.handover_id)
    if offer.giver.id != ctx.known.row.id:
        raise UserError("tap-too-old")
    if offer.state != "offered":
        raise UserError(f"tap-handover-{offer.state}")
    offer.settle(offer.open_rows, "dropped", now=ctx.now)
    await show_offer(ctx, offer)
    ctx.answer("tap-handover-dropped")


def _tell_giver(ctx: Ctx, offer: Offer, key: str, posts: Sequence[PostRow], *, drafts: int = 0) -> None:
    """A new message, since an edited one does not ring."""
    lang, texts = language_of(ctx.desk.texts, offer.giver), ctx.desk.texts
    named = texts.join(lang, [post.name for post in posts[:POSTS_SHOWN]])
    values = {"drafts": drafts} if drafts else {}
    text = texts.html(lang, key, name=offer.receiver.name, posts=named, clock=texts.clock(lang, ctx.now), **values)
    tell_person(ctx.tx, ctx.desk, offer.giver, News(text, handover_told_key(offer.id, ctx.item.id)), now=ctx.now)


TAPS = (OnTap(OfferTakeTap, tap_take), OnTap(OfferRefuseTap, tap_refuse), OnTap(OfferWithdrawTap, tap_take_back))
