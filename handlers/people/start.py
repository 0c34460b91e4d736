"""Enrolling: an invitation is opened, explained, agreed to; strangers are told politely how to get one."""

from __future__ import annotations

from datetime import timedelta

from actions.people import enrolling
from actions.people.enrolling import OpenedInvite
from core.delivery.keys import chat_hour_key
from core.delivery.outgoing import Outgoing, Priority, message_params
from core.kit.texts import Markup, UserError
from core.people.taps import AgreeTap
from handlers.kit.command import Command, OnTap, Where
from handlers.kit.menus import show_menu
from handlers.kit.scope import Ctx
from storage.delivery import outbox

STRANGER_EVERY = timedelta(hours=1)  # one answer an hour is enough for who is told to ask a coordinator


async def start(ctx: Ctx, code: str) -> None:
    """Open an invitation; without one, greet who is known and refuse who is not."""
    if not code:
        if ctx.member is None:
            await answer_stranger(ctx, "")
        else:
            ctx.say("welcome-back", name=ctx.known.row.name)
            await show_menu(ctx, {one.role for one in ctx.actor.assignments})
        return
    try:
        opened = await enrolling.open_invite(ctx.work, code.split(maxsplit=1)[0], telegram_id=ctx.user.id)
    except UserError as error:
        if ctx.member is not None:
            raise
        await _once_an_hour(ctx, error.key)  # codes can be guessed as fast as one types; answers are not owed
        return
    if opened.held:
        ctx.say("already-enrolled", place=_place(ctx, opened.place))
    else:
        _ask(ctx, opened)


def _ask(ctx: Ctx, opened: OpenedInvite) -> None:
    """Say what an invitation is for, and to a stranger what taking part means, with the button that agrees."""
    role, place = ctx.label(f"role-{opened.row.role}"), _place(ctx, opened.place)
    rows = [[ctx.button("button-agree", AgreeTap(opened.row.code, opened.proof), style="success")]]
    if ctx.member is not None:
        ctx.say("invite-further", role=role, place=place, rows=rows)
        return
    text = ctx.html(
        "consent",
        role=role,
        place=place,
        event=ctx.desk.event_name(ctx.lang),
        date=ctx.desk.texts.day(ctx.lang, ctx.desk.event_date),
    )
    if opened.row.shared:
        text = Markup(f"{text}\n\n{ctx.html('consent-shared')}")
    ctx.send(text, rows)


def _place(ctx: Ctx, place: str) -> str:
    """The post or region of an invitation, as people say it."""
    return place or ctx.label("everywhere")


async def tap_agree(ctx: Ctx, tap: AgreeTap) -> None:
    """Enrol the person who agreed, and say what to do now."""
    newcomer = enrolling.Newcomer(ctx.user.id, ctx.user.full_name, ctx.user.language_code)
    enrolled = await enrolling.agree(ctx.work, tap.code, newcomer, proof=tap.proof)
    if enrolled is None:
        ctx.answer("tap-enrolled-already")
        return
    ctx.answer("tap-enrolled")
    invite = enrolled.invite
    lines = [ctx.html("consent-given", place=_place(ctx, enrolled.place)), ctx.html(f"welcome-{invite.role}")]
    if invite.shared:
        lines.insert(1, ctx.html("consent-shared"))
    if enrolled.person.phone is None:
        lines.append(ctx.html("contact-offer"))
    ctx.edit_tapped(Markup("\n\n".join(lines)))
    await show_menu(ctx, enrolled.roles)


async def answer_stranger(ctx: Ctx, _text: str) -> None:
    """Tell somebody without an assignment how to get one, at most once an hour; what they wrote is not kept."""
    await _once_an_hour(ctx, "stranger" if ctx.former is None else "put-out")


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
