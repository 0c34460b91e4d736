"""What an incident's owner answers when the clock asks whether it is still being handled."""

from __future__ import annotations

from core.lifecycle import Action
from handlers.scope import Ctx
from handlers.steps import found_for, take_step


async def tap_still(ctx: Ctx, rest: str) -> None:
    """Note that the owner is at it: the question comes anew only after as long again."""
    await take_step(ctx, await found_for(ctx, rest), Action.STILL)


async def tap_release(ctx: Ctx, rest: str) -> None:
    """Give the incident back to whoever takes it."""
    await take_step(ctx, await found_for(ctx, rest), Action.RELEASE)


TAPS = {"iy": tap_still, "iz": tap_release}
