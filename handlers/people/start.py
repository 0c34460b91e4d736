"""Enrolling: an invitation is opened, explained, agreed to; strangers are told politely how to get one."""

from __future__ import annotations

from datetime import timedelta

from core.delivery.keys import chat_hour_key
from core.delivery.outgoing import Outgoing, Priority, message_params
from core.kit.texts import Markup, UserError
from core.people.roles import Agency, Role
from core.people.taps import AgreeTap
from handlers.kit.command import Command, OnTap, Where
from handlers.kit.menus import show_menu
from handlers.kit.scope import Ctx
from storage.delivery import outbox
from storage.people import invites, people
from storage.people.people import Member
from storage.tables import InviteRow
from storage.territory.places import post_by_id

STRANGER_EVERY = timedelta(hours=1)  # one answer an hour is enough for who is told to ask a coordinator


async def start(ctx: Ctx, code: str) -> None:
    """Open an invitation; without one, greet who is known and refuse who is not."""
    ctx.forget = ctx.member is None
    if not code:
        if ctx.member is None:
            await answer_stranger(ctx, "")
        else:
            ctx.say("welcome-back", name=ctx.known.row.name)
            await show_menu(ctx, {one.role for one in ctx.actor.assignments})
        return
    try:
        invite = await _usable(ctx, code.split(maxsplit=1)[0])
    except UserError as error:
        if ctx.member is not None:
            raise
        await _once_an_hour(ctx, error.key)  # codes can be guessed as fast as one types; answers are not owed
        return
    place = await _place(ctx, invite)
    if ctx.member is not None:
        if _holds(ctx, invite):
            ctx.say("already-enrolled", place=place)
            return
        ctx.say(
            "invite-further",
            role=ctx.label(f"role-{invite.role}"),
            place=place,
            rows=[[ctx.button("button-agree", AgreeTap(invite.code), style="success")]],
        )
        return
    text = ctx.html(
        "consent",
        role=ctx.label(f"role-{invite.role}"),
        place=place,
        event=ctx.desk.event_name(ctx.lang),
        date=ctx.desk.texts.day(ctx.lang, ctx.desk.event_date),
    )
    if invite.shared:
        text = Markup(f"{text}\n\n{ctx.html('consent-shared')}")
    ctx.send(text, [[ctx.button("button-agree", AgreeTap(invite.code), style="success")]])


async def _usable(ctx: Ctx, code: str) -> InviteRow:
    invite = await invites.get(ctx.tx, code[:32])
    if invite is None:
        raise UserError("invite-unknown")
    if invite.expires_at <= ctx.now:
        raise UserError("invite-expired")
    if invite.uses_left <= 0 and not (ctx.member and _holds(ctx, invite)):
        raise UserError("invite-used")
    return invite


def _holds(ctx: Ctx, invite: InviteRow) -> bool:
    """Whether an invitation would change nothing for this person."""
    if invite.shared and not ctx.known.row.shared:
        return False
    return _assigned(ctx.known, invite)


def _assigned(member: Member, invite: InviteRow) -> bool:
    return any(
        (item.assignment.role, item.assignment.region_code, item.assignment.post_id)
        == (invite.role, invite.region_code, invite.post_id)
        for item in member.holdings
    )


async def _place(ctx: Ctx, invite: InviteRow) -> str:
    """The post or region of an invitation, as people say it."""
    post = await post_by_id(ctx.tx, invite.post_id) if invite.post_id else None
    if post is not None:
        return f"{post.name} ({post.code})"
    return " › ".join(ctx.desk.regions.path(invite.region_code)) if invite.region_code else ctx.label("everywhere")


async def tap_agree(ctx: Ctx, tap: AgreeTap) -> None:
    """Enrol the person who agreed, and say what to do now."""
    invite = await _usable(ctx, tap.code)
    if ctx.member is not None and _holds(ctx, invite):
        ctx.answer("tap-enrolled-already")
        return
    known = await people.members(ctx.tx, [ctx.user.id], now=ctx.now)
    existing = known.get(ctx.user.id)
    if existing is None:
        row = await people.revive_or_add(
            ctx.tx,
            telegram_id=ctx.user.id,
            name=(invite.name or ctx.user.full_name)[:200],
            agency=invite.agency,
            language=ctx.user.language_code,
            now=ctx.now,
        )
        row.language = row.language or invite.language
    else:
        row = existing.row
        if invite.agency != Agency.OTHER:
            row.agency = invite.agency
    row.shared = row.shared or invite.shared
    if existing is None or not _assigned(existing, invite):
        people.assign(
            ctx.tx,
            row,
            role=invite.role,
            region_code=invite.region_code,
            post_id=invite.post_id,
            granted=f"invite:{invite.code}",
            now=ctx.now,
        )
    invite.uses_left -= 1
    place = await _place(ctx, invite)
    ctx.journal("enrolled", f"person:{row.id}", role=invite.role, place=place)
    ctx.answer("tap-enrolled")
    lines = [ctx.html("consent-given", place=place), ctx.html(f"welcome-{invite.role}")]
    if invite.shared:
        lines.insert(1, ctx.html("consent-shared"))
    if row.phone is None:
        lines.append(ctx.html("contact-offer"))
    ctx.edit_tapped(Markup("\n\n".join(lines)))
    roles = {Role(item.assignment.role) for item in existing.holdings} if existing else set()
    await show_menu(ctx, {*roles, Role(invite.role)})


async def answer_stranger(ctx: Ctx, _text: str) -> None:
    """Tell somebody without an assignment how to get one, at most once an hour; what they wrote is not kept."""
    ctx.forget = True
    await _once_an_hour(ctx, "stranger")


async def _once_an_hour(ctx: Ctx, text: str) -> None:
    """Tell somebody without an assignment this text, unless this chat has heard it within the hour."""
    bucket = int(ctx.now.timestamp() // STRANGER_EVERY.total_seconds())
    key = chat_hour_key(text, ctx.chat.id, bucket)
    if await outbox.has(ctx.tx, ctx.desk.bot_id, key):
        return
    params = message_params(ctx.html(text))
    outbox.add(
        ctx.tx,
        ctx.desk.bot_id,
        Outgoing("sendMessage", params, key, Priority.ALERT, chat_id=ctx.chat.id),
        now=ctx.now,
    )


COMMANDS = (Command("start", ("start",), start, where=Where.PRIVATE),)
TAPS = (OnTap(AgreeTap, tap_agree),)
