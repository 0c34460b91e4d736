"""An incident by its number, typed or tapped on the list: the card to who acts on it, the receipt to who reported it."""

from __future__ import annotations

from core.incidents.lifecycle import ACTING
from core.incidents.taps import ListCardTap
from core.kit.texts import UserError
from core.people.roles import may
from handlers.incidents import open_list, view
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx
from handlers.reports.own_receipt import show_own
from storage.incidents import incidents


async def show_incident(ctx: Ctx, text: str) -> bool:
    """Show the incident whose number was typed (`I-42`); False when the text is no number."""
    number = view.number_in(ctx, text)
    if number is None:
        return False
    await (_show_here(ctx, number) if ctx.private else view.show_in_group(ctx, number))
    return True


async def _show_here(ctx: Ctx, number: str) -> None:
    """Show the card to who may act on it, and to an officer how their own report stands."""
    record = await incidents.by_number(ctx.tx, int(number))
    if await view.show_here(ctx, record):
        return
    if record is not None and ctx.known.row.id in (record.incident.reporter_id, incidents.contact_of(record.incident)):
        await show_own(ctx, record)
    elif may(ctx.actor, ACTING):
        raise UserError("incident-unknown", number=number)
    else:
        raise UserError("incident-coordinators-only")


async def tap_card(ctx: Ctx, tap: ListCardTap) -> None:
    """Show the card of an incident on the list, as typing its number does."""
    open_list.view_of(ctx)
    if not await show_incident(ctx, f"I-{tap.number}"):
        raise UserError("tap-too-old")
    ctx.answer("tap-card-below", number=str(tap.number))


TAPS = (OnTap(ListCardTap, tap_card),)
