"""Inviting people: a link with its picture, for a role at a post or over a region."""

from __future__ import annotations

import io

import segno

from actions.people import inviting
from core.delivery.outgoing import Attachment
from core.kit.texts import Markup
from core.people.invites import MOST_DAYS, InviteRequest, PostFact, read_invite
from core.people.roles import Role
from handlers.kit.command import Command, Where
from handlers.kit.scope import Ctx, mistake
from storage.tables import PostRow
from storage.territory import places

INVITING = frozenset({Role.ADMIN, Role.COORDINATOR})


async def invite(ctx: Ctx, text: str) -> None:
    """Make an invitation and give its link and QR picture."""
    words = text.split()
    if not words:
        ctx.say("invite-example", bot=ctx.desk.bot_username)
        return
    posts = await _posts(ctx, words[1:])

    def find(wanted: str) -> list[PostFact]:
        found = posts.get(wanted.strip(), [])
        exact = [row for row in found if row.code.casefold() == wanted.strip().casefold()]
        return [PostFact(row.id, row.code, row.name, row.region_code) for row in exact or found]

    request = read_invite(words, ctx.desk.regions, find)
    if not isinstance(request, InviteRequest):
        raise mistake(request[0].key, request[0].args)
    made = await inviting.make(ctx.work, request)
    link, until = ctx.desk.invite_link(made.row.code), made.row.expires_at
    caption = ctx.html(
        "invite-made",
        role=ctx.label(f"role-{request.role}"),
        place=made.place or ctx.label("everywhere"),
        agency=f" · {ctx.label(f'agency-{made.agency}')}" if made.agency else "",
        link=Markup(link),
        uses=request.uses,
        until=f"{ctx.desk.texts.day(ctx.lang, until)}, {ctx.desk.texts.clock(ctx.lang, until)}",
    )
    if request.uses > 1:
        caption = Markup(f"{caption}\n{ctx.html('invite-many', most=MOST_DAYS)}")
    if request.shared:
        caption = Markup(f"{caption}\n{ctx.html('invite-shared')}")
    ctx.send(caption, attachment=Attachment("photo", "undangan.png", qr_picture(link)))


async def _posts(ctx: Ctx, words: list[str]) -> dict[str, list[PostRow]]:
    """The posts that the words behind the role may mean: an agency, "shared", or both may stand behind the code."""
    plain = [word for word in words if "=" not in word]
    tails = {" ".join(plain[: len(plain) - cut]).removeprefix("#").strip() for cut in range(3)}
    return {tail: await places.posts_like(ctx.tx, tail, limit=6) for tail in tails if tail}


def qr_picture(link: str) -> bytes:
    """Draw a link as a QR code, PNG, about 400 pixels wide: readable from another phone's screen."""
    buffer = io.BytesIO()
    segno.make(link, error="m", micro=False).save(buffer, kind="png", scale=12, border=4)
    return buffer.getvalue()


COMMANDS = (Command("invite", ("undang", "invite"), invite, roles=INVITING, where=Where.PRIVATE),)
