"""The open invitations in one message that edits itself: who may come in where, and a button that withdraws each."""

from __future__ import annotations

from actions.people import open_invites
from actions.people.open_invites import OpenInvite, OpenInvites
from core.delivery.outgoing import Button
from core.kit.texts import Markup, UserError
from core.people.keys import invites_key
from core.people.roles import Role
from core.people.taps import InvitesTap, InviteWithdrawTap
from handlers.kit.command import Command, OnTap, Where
from handlers.kit.scope import Ctx

LEADING = frozenset({Role.ADMIN, Role.COORDINATOR})


async def invites(ctx: Ctx, _text: str) -> None:
    """List the open invitations of one's own territory."""
    await _show(ctx, 1, below=True)


async def tap_page(ctx: Ctx, tap: InvitesTap) -> None:
    """Show another page, as things stand now."""
    _check(ctx)
    found = await _show(ctx, tap.page)
    ctx.answer("people-page", page=found.page, pages=found.pages)


async def tap_withdraw(ctx: Ctx, tap: InviteWithdrawTap) -> None:
    """Withdraw an invitation, and show the list without it."""
    _check(ctx)
    row = await open_invites.withdraw(ctx.work, tap.code)
    ctx.answer("tap-invite-withdrawn", role=ctx.label(f"role-{row.role}"))
    await _show(ctx, tap.page, without=tap.code)


def _check(ctx: Ctx) -> None:
    if not ctx.private or not any(one.role in LEADING for one in ctx.actor.assignments):
        raise UserError("tap-too-old")


async def _show(ctx: Ctx, page: int, *, below: bool = False, without: str | None = None) -> OpenInvites:
    found = await open_invites.listing(ctx.work, page, without=without)
    lines = [ctx.html("invites-title", count=found.count) if found.count else ctx.html("invites-none")]
    lines += [_line(ctx, number, one) for number, one in enumerate(found.shown, start=1)]
    if found.pages > 1:
        lines.append(ctx.html("people-page", page=found.page, pages=found.pages))
    await ctx.show(invites_key(ctx.chat.id), "\n".join(lines), _rows(ctx, found), below=below)
    return found


def _line(ctx: Ctx, number: int, one: OpenInvite) -> Markup:
    row = one.row
    agency = f" · {ctx.label(f'agency-{row.agency}')}" if row.agency != "other" else ""
    return ctx.html(
        "invites-line",
        number=number,
        role=ctx.label(f"role-{row.role}"),
        place=one.place or ctx.label("everywhere"),
        agency=agency,
        uses=row.uses_left,
        until=ctx.desk.texts.moment(ctx.lang, row.expires_at, now=ctx.now),
        maker=one.maker or "-",
    )


def _rows(ctx: Ctx, found: OpenInvites) -> list[list[Button]]:
    """A button for each invitation by its number on the page, and those that turn the page."""
    buttons = [
        ctx.button("button-withdraw-invite", InviteWithdrawTap(one.row.code, found.page), number=number)
        for number, one in enumerate(found.shown, start=1)
    ]
    turn = [Button("◀", tap=InvitesTap(found.page - 1))] if found.page > 1 else []
    turn += [Button("▶", tap=InvitesTap(found.page + 1))] if found.page < found.pages else []
    return [*(buttons[at : at + 2] for at in range(0, len(buttons), 2)), turn]


COMMANDS = (Command("invites", ("undangan", "invites"), invites, roles=LEADING, where=Where.PRIVATE),)
TAPS = (OnTap(InvitesTap, tap_page), OnTap(InviteWithdrawTap, tap_withdraw))
