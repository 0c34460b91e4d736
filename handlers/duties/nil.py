"""Nihil: nothing to report, in one tap or one word, for the window that a post owes now and for no other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from actions.duties import nil as action
from actions.duties.nil import Owed
from core.calendar.keys import read_window_key
from core.calendar.windows import WindowRef, next_due, window_rule
from core.delivery.outgoing import Button
from core.duties.due import POSTS_NAMED, closing_minute, nil_all_tap, nil_tap, window_label
from core.duties.taps import ALL, NilTap
from core.evidence.flags import Flag
from core.kit.shortening import LABEL_LIMIT
from core.kit.texts import Markup, UserError
from core.people.roles import Role
from core.reports.keys import tap_source
from core.reports.taps import OpenFormTap
from core.territory.post_codes import post_matches
from core.territory.posts import PostKind
from handlers.kit.command import Command, OnTap, Where
from handlers.kit.scope import Ctx
from handlers.reports.filling import advance
from handlers.reports.receipt import confirm
from handlers.reports.receipt_text import receipt
from storage.tables import PostRow

OFFICER = frozenset({Role.OFFICER})


async def nil(ctx: Ctx, text: str) -> None:
    """File nihil for the only post, or for the one that is named; with several, offer those that are silent."""
    posts = _named(ctx, text)
    items = await action.owed(ctx.work, posts, sent_at=ctx.message.date)
    silent = [item for item in items if item.came is None]
    if not items:
        _nothing_due(ctx, posts)
    elif not silent:
        _say_already(ctx, items)
    elif ctx.known.row.shared:
        await _sign(ctx, silent[0], sent_at=ctx.message.date)
    elif len(posts) == 1:
        await confirm(ctx, await action.file(ctx.work, silent[0], sent_at=ctx.message.date))
    else:
        ctx.send(ctx.html("nil-which", count=len(silent)), _rows(ctx, silent))


def _named(ctx: Ctx, text: str) -> list[PostRow]:
    """The own posts that are meant: the one whose code is typed, else all."""
    posts = list(ctx.known.posts)
    if not posts:
        raise UserError("no-post")
    token = text.strip().split(" ")[0].removeprefix("#")
    if not token:
        return posts
    codes = post_matches(token, [post.code for post in posts])
    if not codes:
        raise UserError("nil-not-yours", token=token[:40])
    return [post for post in posts if post.code in codes]


async def _sign(ctx: Ctx, item: Owed, *, sent_at: datetime) -> None:
    """On a desk phone that several use, ask who signs before the nihil is filed."""
    begun = next((row for row in ctx.drafts if row.post_id == item.post.id and Flag.NIL in row.flags), None)
    source = begun.source if begun else tap_source(ctx.chat.id, ctx.item.update_id)
    await advance(ctx, action.filling_of(item, source=source, sent_at=sent_at, row=begun))


def _nothing_due(ctx: Ctx, posts: Sequence[PostRow]) -> None:
    """Say when the next window opens, with the button that reports anyway."""
    desk = ctx.desk
    coming = [next_due(desk.calendar, PostKind(post.kind), desk.event_date, ctx.now) for post in posts]
    planned = sorted((window for window in coming if window is not None), key=lambda window: window.opens_at)
    forms = desk.forms.for_post(posts[0].kind)
    tap = OpenFormTap(forms[0].id, posts[0].id if len(posts) == 1 else None)
    rows = [[ctx.button("button-fill", tap)]]
    if not planned:
        ctx.say("nil-none-planned", rows)
        return
    time = desk.texts.moment(ctx.lang, planned[0].opens_at, now=ctx.now)
    ctx.say("nil-none-now", rows, label=_label_of(ctx, planned[0]), time=time)


def _label_of(ctx: Ctx, window: WindowRef) -> str:
    return window_label(ctx.desk.forms, ctx.desk.calendar, ctx.lang, window)


def _already(ctx: Ctx, item: Owed) -> Markup:
    assert item.came is not None
    return ctx.html(
        "nil-already",
        post=item.post.name,
        label=_label_of(ctx, item.window),
        number=f"L-{item.came.number}",
        time=ctx.desk.texts.moment(ctx.lang, item.came.sent_at, now=ctx.now),
    )


def _say_already(ctx: Ctx, items: Sequence[Owed]) -> None:
    ctx.send(_already(ctx, items[0]) if len(items) == 1 else ctx.html("nil-all-already"))


def _rows(ctx: Ctx, silent: Sequence[Owed]) -> list[list[Button]]:
    """A button for each silent post, and one for all of them."""
    buttons = [
        Button(_label(item.post, len(silent)), tap=nil_tap(item.post.id, item.window)) for item in silent[:POSTS_NAMED]
    ]
    rows = [buttons[start : start + 2] for start in range(0, len(buttons), 2)]
    if len(silent) > 1:
        tap = nil_all_tap(item.window for item in silent)
        rows.append([ctx.button("button-nil-all", tap, style="success")])
    return rows


def _label(post: PostRow, count: int) -> str:
    """A post on a button; the end of its name tells it from its neighbours, where there are some."""
    name = f"Nihil: {post.name}"
    if len(name) <= LABEL_LIMIT:
        return name
    return f"{name[: LABEL_LIMIT - 1]}…" if count == 1 else f"Nihil: …{name[8 - LABEL_LIMIT :]}"


async def tap_nil(ctx: Ctx, tap: NilTap) -> None:
    """File nihil by a button: for the post and window that it names, or for all own posts that owe what it named."""
    if tap.post == ALL:
        await _tap_all(ctx, tap)
        return
    about = tap.about or ""
    if about and window_rule(ctx.desk.calendar, *read_window_key(about)) is None:
        raise UserError("tap-too-old")
    post = next((item for item in ctx.known.posts if item.id == tap.post), None)
    if post is None:
        raise UserError("tap-not-your-post")
    sent_at = ctx.item.received_at  # a tap carries no time of its own
    items = await (action.candidates if about else action.owed)(ctx.work, [post], sent_at=sent_at)
    item = next((one for one in items if about in ("", one.window.key)), None)
    if item is None:
        await _window_over(ctx)
    elif await action.filed_before(ctx.work, item):
        ctx.answer("tap-nil-already")  # a second tap: the message shows the receipt already
    elif item.came is not None:
        ctx.answer("tap-nil-already")
        await _edit_rest(ctx, [_already(ctx, item)], sent_at=sent_at)
    elif ctx.known.row.shared:
        ctx.answer()
        await _sign(ctx, item, sent_at=sent_at)
    else:
        filed = await action.file(ctx.work, item, sent_at=sent_at)
        ctx.answer("tap-nil-filed")
        others = [one for one in await action.silent(ctx.work, sent_at=sent_at) if one.post.id != post.id]
        text, rows = receipt(ctx, filed)
        if others:
            text = Markup(f"{text}\n\n{_rest(ctx, others)}")
            rows = [*rows, *_rows(ctx, others)]
        ctx.edit_tapped(text, rows)


async def _tap_all(ctx: Ctx, tap: NilTap) -> None:
    """File nihil for every own post that is silent in one of the windows that close when the button says."""
    minutes = tap.minutes()
    if minutes is None:
        raise UserError("tap-too-old")
    sent_at = ctx.item.received_at
    items = await action.owed(ctx.work, ctx.known.posts, sent_at=sent_at)
    meant = [item for item in items if not minutes or closing_minute(item.window) in minutes]
    silent = [item for item in meant if item.came is None]
    if not silent:
        if not meant:
            await _window_over(ctx)
            return
        ctx.answer("tap-nil-already")
        if not await action.filed_before(ctx.work, meant[0]):
            await _edit_rest(ctx, [ctx.html("nil-all-already")], sent_at=sent_at)
        return
    if ctx.known.row.shared:
        ctx.answer()
        await _sign(ctx, silent[0], sent_at=sent_at)
        return
    lines = []
    for item in silent:
        filed = await action.file(ctx.work, item, sent_at=sent_at, several=True)
        key = "nil-filed-late" if filed.report.late else "nil-filed-line"
        label = _label_of(ctx, item.window)
        lines.append(ctx.html(key, number=f"L-{filed.report.number}", post=item.post.name, label=label))
    ctx.answer("tap-nil-filed")
    clock = ctx.desk.texts.clock(ctx.lang, ctx.now)
    head = ctx.html("nil-filed-all", count=len(lines), clock=clock)
    await _edit_rest(ctx, [head, *lines], sent_at=sent_at)


async def _window_over(ctx: Ctx) -> None:
    """Say that the button's window is past and nothing was sent, and offer what is owed now."""
    ctx.answer("tap-nil-window-over", alert=True)
    await _edit_rest(ctx, [ctx.html("nil-window-over")], sent_at=ctx.item.received_at)


async def _edit_rest(ctx: Ctx, lines: Sequence[Markup], *, sent_at: datetime) -> None:
    """Let the tapped message say this, with buttons for the own posts that are still silent."""
    silent = await action.silent(ctx.work, sent_at=sent_at)
    shown = [*lines, *([Markup(""), _rest(ctx, silent)] if silent else [])]
    ctx.edit_tapped(Markup("\n".join(shown)), _rows(ctx, silent))


def _rest(ctx: Ctx, silent: Sequence[Owed]) -> Markup:
    """How many own posts are still awaited, and in which windows."""
    labels = dict.fromkeys(_label_of(ctx, item.window) for item in silent)
    return ctx.html("nil-rest", count=len(silent), label=", ".join(labels))


COMMANDS = (Command("nil", ("nihil", "nil"), nil, roles=OFFICER, where=Where.PRIVATE),)
TAPS = (OnTap(NilTap, tap_nil),)
