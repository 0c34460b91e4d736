"""The second half of a handover: the offer's buttons, by which it is taken, refused or taken back."""

from __future__ import annotations

from dataclasses import replace

from actions.roster import handover
from actions.work import Work
from core.kit.texts import UserError
from core.roster.taps import OfferRefuseTap, OfferTakeTap, OfferWithdrawTap
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx
from storage.people import people


async def _as_receiver(ctx: Ctx) -> Work:
    """What is done by who tapped: also somebody whose assignments have all ended, since an offer is how they get one again."""
    if ctx.member is not None:
        return ctx.work
    found = await people.members(ctx.tx, [ctx.user.id], now=ctx.now)
    if ctx.user.id not in found:
        raise UserError("tap-stranger")
    return replace(ctx.work, who=found[ctx.user.id])


async def tap_take(ctx: Ctx, tap: OfferTakeTap) -> None:
    """Take over what was offered."""
    taken = await handover.take(await _as_receiver(ctx), tap.handover_id)
    ctx.answer("tap-handover-yours" if taken else "tap-handover-dropped", alert=not taken)


async def tap_refuse(ctx: Ctx, tap: OfferRefuseTap) -> None:
    """Refuse what was offered."""
    refused = await handover.refuse(await _as_receiver(ctx), tap.handover_id)
    ctx.answer("tap-handover-refused" if refused else "tap-handover-dropped", alert=not refused)


async def tap_take_back(ctx: Ctx, tap: OfferWithdrawTap) -> None:
    """Take back what one has offered."""
    await handover.take_back(ctx.work, tap.handover_id)
    ctx.answer("tap-handover-dropped")


TAPS = (OnTap(OfferTakeTap, tap_take), OnTap(OfferRefuseTap, tap_refuse), OnTap(OfferWithdrawTap, tap_take_back))
