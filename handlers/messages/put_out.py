"""What somebody says who was put out: a call for help is heard, everything else meets how to come back."""

from __future__ import annotations

from core.kit.geo import Fix
from core.kit.words import fold
from handlers.alarms import alarm, sos
from handlers.kit.scope import Ctx
from handlers.messages.unknown import ALARM_WORDS
from handlers.people.start import answer_stranger


async def put_out_message(ctx: Ctx, text: str) -> None:
    """Take words and places for the person's own alarm that is running, and a word that asks for one; keep nothing else."""
    ctx.member = ctx.former
    if ctx.update.edited_message is None and await _of_an_alarm(ctx, text):
        return
    ctx.member = None
    await answer_stranger(ctx, text)


async def _of_an_alarm(ctx: Ctx, text: str) -> bool:
    place = ctx.message.location
    if place is not None:
        fix = Fix(place.latitude, place.longitude, place.horizontal_accuracy)
        return await alarm.take_location(ctx, fix) is not None
    if fold(text) in ALARM_WORDS:
        await sos.ask(ctx, "")
        return True
    return await alarm.take_words(ctx, text)
