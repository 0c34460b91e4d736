"""/kontak: one's own rank and phone number, by which whoever acts on an incident can call."""

from __future__ import annotations

from actions.own import contact
from core.delivery.outgoing import NO_KEYBOARD, Button, contact_keyboard
from core.kit.texts import Markup, UserError
from core.kit.words import fold
from core.own.keys import contact_key
from core.own.taps import PhoneChangeTap, PhoneDeleteTap, RankDeleteTap
from core.people.contact_line import ContactLine, read_line
from core.people.phones import shown
from core.people.roles import Role
from handlers.kit.command import Command, OnTap, Where
from handlers.kit.scope import Ctx
from storage.delivery import screens

REMOVING = frozenset({"hapus", "hapus nomor", "hapus pangkat", "delete", "delete number", "delete rank"})
TAIL = 4  # digits by which people know a number of theirs again


async def contact_(ctx: Ctx, text: str) -> None:
    """Show one's rank and number and who sees them, or take the one or both that were typed."""
    ctx.forget = True  # what is kept of a number is in one place, so that it can be deleted
    typed = ContactLine(None, None) if fold(text) in REMOVING else read_line(text)
    if typed == ContactLine(None, None):
        await _show_all(ctx)
        return
    phone = await contact.fill_in(ctx.work, typed)
    if phone is not None:
        await _kept(ctx, phone, rank=typed.rank)
    else:
        await _show(ctx, below=True)


async def contact_message(ctx: Ctx, _text: str) -> None:
    """Take one's own number, shared by the button or as a contact; somebody else's is not kept."""
    ctx.forget = True
    shared = ctx.message.contact
    assert shared is not None
    if shared.user_id != ctx.user.id:
        raise UserError("contact-not-own")
    phone = await contact.fill_in(ctx.work, ContactLine(None, shared.phone_number), shared=True)
    assert phone is not None
    await _kept(ctx, phone)


async def _kept(ctx: Ctx, phone: str, *, rank: str | None = None) -> None:
    """Say that a number is kept without repeating it, with the rank that came with it; put the button away that asked for it."""
    tail = phone[-TAIL:]
    kept = ctx.html("contact-kept", tail=tail) if rank is None else ctx.html("contact-kept-rank", rank=rank, tail=tail)
    ctx.send_keyboard(kept, NO_KEYBOARD)
    if _key(ctx) in await screens.load(ctx.tx, ctx.desk.bot_id, [_key(ctx)]):
        await _show(ctx)


async def _show_all(ctx: Ctx) -> None:
    """Show what is kept, and the button that shares the phone's number where there is none yet."""
    person = ctx.known.row
    if person.phone is not None or person.rank is not None:
        await _show(ctx, below=True)
        if person.phone is None:
            _offer(ctx, ctx.html("contact-share"))
    else:
        _offer(ctx, _overview(ctx))


def _offer(ctx: Ctx, text: Markup) -> None:
    ctx.send_keyboard(text, contact_keyboard(ctx.label("contact-share-mine")))


async def _show(ctx: Ctx, *, below: bool = False) -> None:
    """Bring the one message up to date that shows what is kept: a number is nowhere else in the chat or the outbox."""
    person = ctx.known.row
    rows: list[list[Button]] = []
    if person.phone is not None:
        rows.append(
            [ctx.button("button-change-phone", PhoneChangeTap()), ctx.button("button-delete-phone", PhoneDeleteTap())]
        )
    if person.rank is not None:
        rows.append([ctx.button("button-delete-rank", RankDeleteTap())])
    await ctx.show(_key(ctx), _overview(ctx), rows, below=below)


def _overview(ctx: Ctx) -> Markup:
    person, none = ctx.known.row, ctx.label("contact-none")
    return ctx.html(
        "contact-mine",
        name=person.name,
        rank=person.rank or none,
        phone=shown(person.phone) if person.phone else none,
    )


def _key(ctx: Ctx) -> str:
    return contact_key(ctx.known.row.id)


async def tap_delete_phone(ctx: Ctx, _tap: PhoneDeleteTap) -> None:
    """Delete one's number, here and on every card."""
    await contact.delete_phone(ctx.work)
    await _deleted(ctx, "tap-phone-deleted")


async def tap_delete_rank(ctx: Ctx, _tap: RankDeleteTap) -> None:
    """Delete one's rank, here and on every card."""
    await contact.delete_rank(ctx.work)
    await _deleted(ctx, "tap-rank-deleted")


async def _deleted(ctx: Ctx, answer: str) -> None:
    ctx.forget = True  # Telegram sends the tapped message along, and the number stands in it
    ctx.answer(answer)
    await _show(ctx)


async def tap_change_phone(ctx: Ctx, _tap: PhoneChangeTap) -> None:
    """Offer the button that shares this phone's number."""
    ctx.forget = True
    ctx.answer("tap-phone-change")
    _offer(ctx, ctx.html("contact-share"))


COMMANDS = (
    Command("contact", ("kontak", "contact"), contact_, roles=frozenset(Role), where=Where.PRIVATE, unassigned=True),
)
TAPS = (
    OnTap(PhoneDeleteTap, tap_delete_phone),
    OnTap(RankDeleteTap, tap_delete_rank),
    OnTap(PhoneChangeTap, tap_change_phone),
)
