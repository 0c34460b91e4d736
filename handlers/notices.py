"""Broadcasts: an admin writes, sees to how many it goes and how long that takes, and confirms."""

from __future__ import annotations

from math import ceil

from actions.notices import sending
from actions.notices.sending import Preview
from core.delivery.limits import RateLimits
from core.delivery.outgoing import Button
from core.kit.texts import UserError
from core.notices.audiences import QUICK
from core.notices.notice_text import audience_text, notice_text
from core.notices.taps import NoticeAudienceTap, NoticeCancelTap, NoticeSendTap
from core.people.audience import parse_audience
from core.people.roles import Role
from handlers.kit.command import Command, OnTap, Where
from handlers.kit.scope import Ctx, mistake

ADMIN = frozenset({Role.ADMIN})


async def notice(ctx: Ctx, text: str) -> None:
    """Keep a notice and show its preview, or ask for whom it is."""
    parsed = parse_audience(text, ctx.desk.regions)
    if parsed.problems:
        first = parsed.problems[0]
        raise mistake(first.key, first.args)
    words = parsed.rest_text.strip()
    if not words:
        raise UserError("notice-example")
    if parsed.named:
        preview = await sending.draft_for(ctx.work, words, parsed.audience)
        ctx.send(*_shown(ctx, preview))
    else:
        row = await sending.draft(ctx.work, words)
        buttons = [Button(ctx.label(f"audience-{name}"), tap=NoticeAudienceTap(row.id, name)) for name in QUICK]
        rows = [buttons[start : start + 2] for start in range(0, len(buttons), 2)]
        ctx.say("notice-for-whom", rows=[*rows, [ctx.button("button-cancel", NoticeCancelTap(row.id))]])


def _shown(ctx: Ctx, preview: Preview) -> tuple[str, list[list[Button]]]:
    """A notice as its readers would get it, to how many and in how many minutes, and the buttons."""
    row = preview.row
    text = ctx.html(
        "notice-preview",
        audience=audience_text(ctx.desk.texts, ctx.lang, preview.audience, ctx.desk.regions),
        count=ctx.desk.texts.number(ctx.lang, preview.total),
        minutes=ceil(preview.total / RateLimits().overall_per_second / 60),
        text=notice_text(ctx.desk.texts, ctx.lang, row.text, ctx.known.row.name),
    )
    send = ctx.button("button-send", NoticeSendTap(row.id), style="success")
    return text, [[send, ctx.button("button-cancel", NoticeCancelTap(row.id))]]


async def tap_audience(ctx: Ctx, tap: NoticeAudienceTap) -> None:
    """Choose for whom a notice is, and see its preview."""
    preview = await sending.choose(ctx.work, tap.notice_id, tap.audience)
    ctx.answer()
    ctx.edit_tapped(*_shown(ctx, preview))


async def tap_send(ctx: Ctx, tap: NoticeSendTap) -> None:
    """Send a notice to everybody it is for."""
    row = await sending.send(ctx.work, tap.notice_id)
    ctx.answer("notice-on-its-way")
    ctx.edit_tapped(ctx.html("notice-sending", count=ctx.desk.texts.number(ctx.lang, row.total)))


async def tap_cancel(ctx: Ctx, tap: NoticeCancelTap) -> None:
    """Drop a notice that was not sent."""
    await sending.cancel(ctx.work, tap.notice_id)
    ctx.answer()
    ctx.edit_tapped(ctx.html("notice-cancelled"))


COMMANDS = (Command("notice", ("pengumuman", "notice"), notice, roles=ADMIN, where=Where.PRIVATE),)
TAPS = (OnTap(NoticeAudienceTap, tap_audience), OnTap(NoticeSendTap, tap_send), OnTap(NoticeCancelTap, tap_cancel))
