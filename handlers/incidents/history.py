"""The whole timeline of an incident, for whoever acts on it, in their private chat."""

from __future__ import annotations

from actions.incidents import looking, steps
from core.incidents.taps import HistoryTap
from core.incidents.timeline import entry_line
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx

NOTE_SHOWN = 4000  # characters of a note: all that is kept of it


async def tap_history(ctx: Ctx, tap: HistoryTap) -> None:
    """Send the whole timeline to who tapped, in private; a long one in several messages."""
    record = await steps.record_of(ctx.work, tap.incident_id)
    number = str(record.incident.number)
    texts, language = ctx.desk.texts, ctx.own_lang
    entries = await looking.history(ctx.work, record)
    lines = [
        texts.html(language, "history-title", number=number, post=record.post.name),
        *(entry_line(texts, language, entry, now=ctx.now, note_shown=NOTE_SHOWN) for entry in entries),
    ]
    ctx.send("\n".join(lines), to=ctx.user.id)
    ctx.answer(None if ctx.private else "tap-history-sent", number=number)


TAPS = (OnTap(HistoryTap, tap_history),)
