"""Inviting people: a link with its picture, for a role at a post or over a region."""

from __future__ import annotations

import io
from collections.abc import Mapping

import segno

from core.delivery.outgoing import Attachment
from core.kit.texts import Markup, UserError
from core.people.invites import InviteRequest, PostFact, read_invite
from core.people.roles import Agency, Role, may, reaches
from core.territory.posts import PostKind
from handlers.kit.command import Command, Where
from handlers.kit.scope import Ctx, mistake
from storage.people import invites
from storage.tables import PostRow
from storage.territory import places

INVITING = frozenset({Role.ADMIN, Role.COORDINATOR})
FROM_KIND: Mapping[str, Agency] = {
    PostKind.LAPAS: Agency.LAPAS
}  # who serves at such a post, unless the invitation says otherwise


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
    _check(ctx, request)
    post = next((row for rows in posts.values() for row in rows if row.id == request.post_id), None)
    named = request.agency or (FROM_KIND.get(post.kind) if post else None)
    agency = named or Agency.OTHER
    row = invites.add(ctx.tx, request, agency=agency, created_by=ctx.known.row.id, now=ctx.now)
    place = f"{post.name} ({post.code})" if post else " › ".join(ctx.desk.regions.path(request.region_code))
    ctx.journal("invited", place or "-", role=request.role.value, agency=agency.value, uses=request.uses)
    link = ctx.desk.invite_link(row.code)
    caption = ctx.html(
        "invite-made",
        role=ctx.label(f"role-{request.role}"),
        place=place or ctx.label("everywhere"),
        agency=f" · {ctx.label(f'agency-{named}')}" if named else "",
        link=Markup(link),
        uses=request.uses,
        until=ctx.desk.texts.day(ctx.lang, row.expires_at),
    )
    if request.shared:
        caption = Markup(f"{caption}\n{ctx.html('invite-shared')}")
    ctx.send(caption, attachment=Attachment("photo", "undangan.png", qr_picture(link)))


async def _posts(ctx: Ctx, words: list[str]) -> dict[str, list[PostRow]]:
    """The posts that the words behind the role may mean: an agency, "shared", or both may stand behind the code."""
    plain = [word for word in words if "=" not in word]
    tails = {" ".join(plain[: len(plain) - cut]).removeprefix("#").strip() for cut in range(3)}
    return {tail: await places.posts_like(ctx.tx, tail, limit=6) for tail in tails if tail}


def _check(ctx: Ctx, request: InviteRequest) -> None:
    """An admin invites inside the own territory; a coordinator too, and officers only."""
    if reaches(ctx.actor, request.region_code, [Role.ADMIN]):
        return
    if request.role is not Role.OFFICER:
        key = "invite-officers-only" if not may(ctx.actor, [Role.ADMIN]) else "not-your-region"
        raise UserError(key)
    if not reaches(ctx.actor, request.region_code, [Role.COORDINATOR]):
        raise UserError("not-your-region")


def qr_picture(link: str) -> bytes:
    """Draw a link as a QR code, PNG, about 400 pixels wide: readable from another phone's screen."""
    buffer = io.BytesIO()
    segno.make(link, error="m", micro=False).save(buffer, kind="png", scale=12, border=4)
    return buffer.getvalue()


COMMANDS = (Command("invite", ("undang", "invite"), invite, roles=INVITING, where=Where.PRIVATE),)
