"""What its officer adds to an alarm that is out, and its buttons: another post, or taken back."""

from __future__ import annotations

from actions.alarms import running
from core.incidents.taps import AlarmMoveTap, AlarmWithdrawTap
from core.kit.geo import Fix
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx
from storage.records import IncidentRecord


async def tap_move(ctx: Ctx, tap: AlarmMoveTap) -> None:
    """Correct the post of an alarm that is out."""
    post = await running.move(ctx.work, tap.incident_id, tap.post_id)
    ctx.answer("tap-sos-moved", post=post.name[:60])


async def tap_withdraw(ctx: Ctx, tap: AlarmWithdrawTap) -> None:
    """Take back a false alarm."""
    incident = await running.withdraw(ctx.work, tap.incident_id)
    ctx.answer("tap-sos-withdrawn", number=str(incident.number))


async def is_newest(ctx: Ctx) -> bool:
    """Whether the person's running alarm came after everything they were filling: then it hears what they write."""
    found = await running.alarm_of(ctx.work)
    return found is not None and (ctx.draft is None or ctx.draft.updated_at < found.incident.opened_at)


async def take_words(ctx: Ctx, text: str) -> bool:
    """Add what the person writes to their alarm of the last hour, and say so; False when none is running."""
    found = await running.alarm_of(ctx.work)
    if found is None or not text.strip():
        return False
    fits = await running.add_words(ctx.work, found, text)
    ctx.say("sos-added" if fits else "sos-added-timeline", number=f"I-{found.incident.number}")
    return True


async def take_location(ctx: Ctx, fix: Fix) -> IncidentRecord | None:
    """Add a location to the person's alarm of the last half hour, and say so; gives that, None when there is none."""
    found = await running.locate_running(ctx.work, fix)
    if found is not None:
        ctx.say("sos-located", number=str(found.incident.number))
    return found


TAPS = (OnTap(AlarmMoveTap, tap_move), OnTap(AlarmWithdrawTap, tap_withdraw))
