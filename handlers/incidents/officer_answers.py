"""What is answered when the clock or a step asks: the officer whether it is over, the owner whether it is being handled."""

from __future__ import annotations

from actions.incidents import steps
from core.incidents.lifecycle import Action
from core.incidents.taps import NotOverTap, OverTap, ReleaseTap, StillTap
from core.kit.texts import UserError
from handlers.incidents.steps import take_step
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx
from storage.incidents import incidents


async def tap_over(ctx: Ctx, tap: OverTap) -> None:
    """Close what the officer agrees is over."""
    await _answer(ctx, tap.incident_id, over=True)


async def tap_not_over(ctx: Ctx, tap: NotOverTap) -> None:
    """Open again what the officer says is not over; it waits to be taken, and who had it is told."""
    await _answer(ctx, tap.incident_id, over=False)


async def _answer(ctx: Ctx, incident_id: int, *, over: bool) -> None:
    record = await incidents.get(ctx.tx, incident_id)
    if record is None:
        raise UserError("tap-too-old")
    incident = record.incident
    number, action = str(incident.number), Action.CLOSE if over else Action.DISPUTE
    outcome = await steps.answer(ctx.work, record, over=over)
    if not outcome.taken:
        state = ctx.label(f"state-{incident.state}")
        ctx.edit_tapped(ctx.html("officer-answer-late", number=number, state=state))
        ctx.answer("tap-answer-late", number=number, state=state)
        return
    ctx.answer(f"tap-{action}", number=number)
    clock = ctx.desk.texts.clock(ctx.lang, ctx.now)
    ctx.edit_tapped(ctx.html(f"officer-answer-{action}", number=number, clock=clock))


async def tap_still(ctx: Ctx, tap: StillTap) -> None:
    """Note that the owner is at it: the question comes anew only after as long again."""
    await take_step(ctx, await steps.record_of(ctx.work, tap.incident_id), Action.STILL)


async def tap_release(ctx: Ctx, tap: ReleaseTap) -> None:
    """Give the incident back to whoever takes it."""
    await take_step(ctx, await steps.record_of(ctx.work, tap.incident_id), Action.RELEASE)


TAPS = (
    OnTap(OverTap, tap_over),
    OnTap(NotOverTap, tap_not_over),
    OnTap(StillTap, tap_still),
    OnTap(ReleaseTap, tap_release),
)
