"""What an incident's owner answers when the clock asks whether it is still being handled."""

from __future__ import annotations

from core.incidents.lifecycle import Action
from core.incidents.taps import ReleaseTap, StillTap
from handlers.incidents.steps import found_for, take_step
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx


async def tap_still(ctx: Ctx, tap: StillTap) -> None:
    """Note that the owner is at it: the question comes anew only after as long again."""
    await take_step(ctx, await found_for(ctx, tap.incident_id), Action.STILL)


async def tap_release(ctx: Ctx, tap: ReleaseTap) -> None:
    """Give the incident back to whoever takes it."""
    await take_step(ctx, await found_for(ctx, tap.incident_id), Action.RELEASE)


TAPS = (OnTap(StillTap, tap_still), OnTap(ReleaseTap, tap_release))
