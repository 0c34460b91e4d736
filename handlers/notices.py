"""Broadcasts: an admin writes, sees to how many it goes and how long that takes, and confirms."""

from __future__ import annotations

from math import ceil

from core.delivery.limits import RateLimits
from core.delivery.outgoing import Button, Outgoing, Priority, message_params
from core.delivery.readers import language_of
from core.kit.texts import UserError
from core.notices.notice_text import audience_text, notice_key, notice_text
from core.notices.taps import NoticeAudienceTap, NoticeCancelTap, NoticeSendTap, NoticeTap
from core.people.audience import Audience, audience_words, parse_audience
from core.people.roles import Role, scope_of
from core.territory.posts import PostKind
from handlers.kit.command import Command, OnTap, Where
from handlers.kit.scope import Ctx, mistake
from storage import notices
from storage.delivery import outbox
from storage.people import people
from storage.tables import NoticeRow

ADMIN = frozenset({Role.ADMIN})
TEXT_LIMIT = 3500  # leaves room for the heading and the name under it
QUICK = {  # audiences to choose from when none was named, by the button's data
    "all": Audience(),
    "officer": Audience(roles=frozenset({Role.OFFICER})),
    "coordinator": Audience(roles=frozenset({Role.COORDINATOR})),
    "tps": Audience(posts=frozenset({PostKind.TPS})),
    "lapas": Audience(posts=frozenset({PostKind.LAPAS})),
}


async def notice(ctx: Ctx, text: str) -> None:
    """Keep a notice and show its preview, or ask for whom it is."""
    parsed = parse_audience(text, ctx.desk.regions)
    if parsed.problems:
        first = parsed.problems[0]
        raise mistake(first.key, first.args)
    words = parsed.rest_text.strip()
    if not words:
        raise UserError("notice-example")
    if len(words) > TEXT_LIMIT:
        raise UserError("notice-too-long", length=len(words), limit=TEXT_LIMIT)
    if parsed.named and await _size(ctx, parsed.audience) == 0:
        raise UserError(
            "notice-nobody", audience=audience_text(ctx.desk.texts, ctx.lang, parsed.audience, ctx.desk.regions)
        )
    row = notices.add(
        ctx.tx,
        person_id=ctx.known.row.id,
        audience=audience_words(parsed.audience) if parsed.named else "",
        text=words,
        now=ctx.now,
    )
    if parsed.named:
        ctx.send(*await _preview(ctx, row, parsed.audience))
    else:
        buttons = [Button(ctx.label(f"audience-{name}"), tap=NoticeAudienceTap(row.id, name)) for name in QUICK]
        rows = [buttons[start : start + 2] for start in range(0, len(buttons), 2)]
        ctx.say("notice-for-whom", rows=[*rows, [ctx.button("button-cancel", NoticeCancelTap(row.id))]])


async def _size(ctx: Ctx, audience: Audience) -> int:
    return await people.audience_size(ctx.tx, audience, now=ctx.now, within=scope_of(ctx.actor, Role.ADMIN))


async def _preview(ctx: Ctx, row: NoticeRow, audience: Audience) -> tuple[str, list[list[Button]]]:
    total = await _size(ctx, audience)
    minutes = ceil(total / RateLimits().overall_per_second / 60)
    text = ctx.html(
        "notice-preview",
        audience=audience_text(ctx.desk.texts, ctx.lang, audience, ctx.desk.regions),
        count=ctx.desk.texts.number(ctx.lang, total),
        minutes=minutes,
        text=notice_text(ctx.desk.texts, ctx.lang, row.text, ctx.known.row.name),
    )
    send = ctx.button("button-send", NoticeSendTap(row.id), style="success")
    return text, [[send, ctx.button("button-cancel", NoticeCancelTap(row.id))]]


async def _own(ctx: Ctx, tap: NoticeTap) -> NoticeRow:
    """Load the tapped notice, if it is the person's own, not yet sent, and the person is still an admin."""
    row = await notices.get(ctx.tx, tap.notice_id)
    if row is None or row.person_id != ctx.known.row.id or not scope_of(ctx.actor, Role.ADMIN):
        raise UserError("tap-too-old")
    if row.state != "preview":
        raise UserError(f"notice-already-{row.state}")
    return row


async def tap_audience(ctx: Ctx, tap: NoticeAudienceTap) -> None:
    """Choose for whom a notice is, and see its preview."""
    row = await _own(ctx, tap)
    audience = QUICK.get(tap.audience)
    if audience is None:
        raise UserError("tap-too-old")
    if await _size(ctx, audience) == 0:
        raise UserError(
            "notice-nobody", audience=audience_text(ctx.desk.texts, ctx.own_lang, audience, ctx.desk.regions)
        )
    row.audience = audience_words(audience)
    ctx.answer()
    ctx.edit_tapped(*await _preview(ctx, row, audience))


async def tap_send(ctx: Ctx, tap: NoticeSendTap) -> None:
    """Send a notice to everybody it is for, as they are at this moment."""
    row = await _own(ctx, tap)
    audience = parse_audience(row.audience, ctx.desk.regions).audience
    readers = await people.audience(ctx.tx, audience, now=ctx.now, within=scope_of(ctx.actor, Role.ADMIN))
    if not row.audience or not readers:
        raise UserError("tap-too-old")
    row.state, row.total, row.confirmed_at = "sending", len(readers), ctx.now
    await notices.await_receipts(ctx.tx, row, readers, now=ctx.now)
    texts = ctx.desk.texts
    rendered = {
        language: message_params(notice_text(texts, language, row.text, ctx.known.row.name))
        for language in {language_of(texts, one) for one in readers}
    }
    messages = [
        Outgoing(
            "sendMessage",
            rendered[language_of(texts, one)],
            notice_key(row.id, one.id),
            Priority.NOTICE,
            chat_id=one.telegram_id,
            once=True,
            notice_id=row.id,
            person_id=one.id,
        )
        for one in readers
    ]
    await outbox.add_many(ctx.tx, ctx.desk.bot_id, messages, now=ctx.now)
    ctx.journal("notice", f"notice:{row.id}", audience=row.audience, total=row.total)
    ctx.answer("notice-on-its-way")
    ctx.edit_tapped(ctx.html("notice-sending", count=texts.number(ctx.lang, row.total)))


async def tap_cancel(ctx: Ctx, tap: NoticeCancelTap) -> None:
    """Drop a notice that was not sent."""
    row = await _own(ctx, tap)
    row.state = "cancelled"
    ctx.answer()
    ctx.edit_tapped(ctx.html("notice-cancelled"))


COMMANDS = (Command("notice", ("pengumuman", "notice"), notice, roles=ADMIN, where=Where.PRIVATE),)
TAPS = (OnTap(NoticeAudienceTap, tap_audience), OnTap(NoticeSendTap, tap_send), OnTap(NoticeCancelTap, tap_cancel))
