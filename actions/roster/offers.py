"""Offers of posts as both people see them: where one stands, what its messages show, what the giver is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from actions.delivery.telling import News, tell_person
from actions.work import Work
from core.calendar.windows import due_now
from core.delivery.outgoing import Button, Priority, Rows, message_params
from core.delivery.readers import language_of
from core.kit.texts import Markup, UserError
from core.roster.keys import handover_key, handover_subject, handover_told_key
from core.roster.taps import OfferRefuseTap, OfferTakeTap, OfferWithdrawTap
from core.territory.posts import PostKind
from storage import roster
from storage.delivery import screens
from storage.duties import came
from storage.incidents import incidents
from storage.people import people
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


async def load(work: Work, handover_id: int) -> Offer:
    """The offer of this key, which is that of its first post; raises UserError for any other."""
    rows = await roster.together(work.tx, handover_id)
    if not rows or rows[0].id != handover_id:
        raise UserError("tap-too-old")
    return await offer_of(work, rows)


async def offer_of(work: Work, rows: Sequence[HandoverRow]) -> Offer:
    """An offer with its posts and people."""
    known = await people.by_ids(work.tx, [rows[0].from_id, rows[0].to_id])
    return Offer(rows, await roster.posts_of(work.tx, rows), known[rows[0].from_id], known[rows[0].to_id])


async def show_both(work: Work, offer: Offer, *, message_id: int | None = None) -> None:
    """Bring both people's messages about an offer up to date; the giver's takes the place of `message_id` at first."""
    waiting = offer.state == "offered"
    at = offer.offered_at + OFFER_LASTS if waiting else work.now
    texts = work.desk.texts
    for person, side in ((offer.receiver, "receiver"), (offer.giver, "giver")):
        language = language_of(texts, person)
        other = offer.giver if side == "receiver" else offer.receiver
        time = texts.moment(language, at, now=work.now)
        head = texts.html(language, f"handover-{side}-{offer.state}", name=other.name, time=time)
        lines = [head, *await post_lines(work, language, offer.posts, full=waiting)]
        rows = _buttons(work, offer, side, language) if waiting else ()
        await screens.show(
            work.tx,
            work.desk.bot_id,
            screens.Shown(
                handover_key(side, offer.id),
                subject=handover_subject(side, offer.id),
                place=(person.telegram_id, None),
                params=message_params("\n".join(lines), rows),
                priority=Priority.ALERT,
            ),
            now=work.now,
            message_id=message_id if side == "giver" else None,
        )


def _buttons(work: Work, offer: Offer, side: str, language: str) -> Rows:
    """What one side can do with an offer that waits."""
    plain = work.desk.texts.plain
    if side == "giver":
        return [[Button(plain(language, "button-take-back"), tap=OfferWithdrawTap(offer.id))]]
    take = Button(plain(language, "button-take"), tap=OfferTakeTap(offer.id), style="success")
    return [[take, Button(plain(language, "button-refuse"), tap=OfferRefuseTap(offer.id))]]


async def post_lines(work: Work, language: str, posts: Sequence[PostRow], *, full: bool) -> list[Markup]:
    """The posts by name and code; in full with what each owes until when, and its open incidents."""
    desk, texts = work.desk, work.desk.texts
    lines = []
    windows = {
        post.id: due_now(desk.calendar, PostKind(post.kind), desk.event_date, work.now) if full else ()
        for post in posts
    }
    done = await came(work.tx, desk.forms, windows) if full else {}
    for post in posts[:POSTS_SHOWN]:
        lines.append(texts.html(language, "handover-post", name=post.name, code=post.code))
        if not full:
            continue
        for window in windows[post.id]:
            if (post.id, window.key) not in done:
                title, clock = desk.forms[window.form].title.text(language), texts.clock(language, window.closes_at)
                lines.append(texts.html(language, "handover-due", title=title, clock=clock))
        numbers = await incidents.open_at(work.tx, post.id)
        if numbers:
            shown = ", ".join(f"I-{number}" for number in numbers[:INCIDENTS_SHOWN])
            lines.append(texts.html(language, "handover-open", numbers=shown, count=len(numbers)))
    if len(posts) > POSTS_SHOWN:
        lines.append(texts.html(language, "my-more-posts", count=len(posts) - POSTS_SHOWN))
    return lines


def tell_giver(work: Work, offer: Offer, key: str, *, drafts: int = 0) -> None:
    """Tell the giver what became of an offer in a new message, since an edited one does not ring."""
    language, texts = language_of(work.desk.texts, offer.giver), work.desk.texts
    named = texts.join(language, [post.name for post in offer.posts[:POSTS_SHOWN]])
    values = {"drafts": drafts} if drafts else {}
    clock = texts.clock(language, work.now)
    text = texts.html(language, key, name=offer.receiver.name, posts=named, clock=clock, **values)
    news = News(text, handover_told_key(offer.id, work.origin))
    tell_person(work.tx, work.desk, offer.giver, news, now=work.now)
