"""The whole timeline of an incident, for whoever acts on it, in their private chat: a long one as a file."""

from __future__ import annotations

from actions.incidents import looking, steps
from core.delivery.html_pieces import without_markup
from core.delivery.outgoing import TEXT_LIMIT, Attachment
from core.incidents.taps import HistoryTap
from core.incidents.timeline import entry_line
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx

NOTE_SHOWN = 4096  # characters of a note: all that a message holds (Telegram's docs)
MESSAGES = 5  # as many in a row are read in the chat; more would bury what came before them


async def tap_history(ctx: Ctx, tap: HistoryTap) -> None:
    """Send the whole timeline to who tapped, in private: in a few messages, or as a file."""
    record = await steps.record_of(ctx.work, tap.incident_id)
    number = str(record.incident.number)
    texts, language = ctx.desk.texts, ctx.own_lang
    entries = await looking.history(ctx.work, record)
    title = texts.html(language, "history-title", number=number, post=record.post.name)
    lines = [entry_line(texts, language, entry, now=ctx.now, note_shown=NOTE_SHOWN) for entry in entries]
    older = await looking.left_out(ctx.work, record, shown=len(entries) - 1)
    if older:
        lines.insert(1, texts.html(language, "history-older", count=older))
    whole = "\n".join([title, *lines])
    if len(whole) <= MESSAGES * TEXT_LIMIT:
        ctx.send(whole, to=ctx.user.id)
    else:
        file = Attachment("document", f"I-{number}.txt", without_markup(whole).encode())
        said = texts.html(language, "history-file", count=len(entries))
        ctx.send(f"{title}\n{said}", to=ctx.user.id, attachment=file)
    ctx.answer(None if ctx.private else "tap-history-sent", number=number)


TAPS = (OnTap(HistoryTap, tap_history),)
