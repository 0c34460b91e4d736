"""The whole timeline of an incident, for whoever acts on it, in their private chat."""

from __future__ import annotations

from actions.incidents.card_facts import kept_back
from core.incidents.lifecycle import Part
from core.incidents.taps import HistoryTap
from core.incidents.timeline import Entry, Event, entry_line
from core.kit.texts import UserError
from handlers.incidents.steps import found_for, parts
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx
from storage.incidents import incidents
from storage.incidents.merging import merged_into
from storage.incidents.timeline import last_entries

LONGEST = 500  # entries; more than an incident of several weeks gathers
NOTE_SHOWN = 4000  # characters of a note: all that is kept of it


async def tap_history(ctx: Ctx, tap: HistoryTap) -> None:
    """Send the whole timeline to who tapped, in private; a long one in several messages."""
    found = await found_for(ctx, tap.incident_id)
    incident = found.incident
    if not parts(ctx, incident) - {Part.REPORTER}:
        raise UserError("tap-not-your-region")
    texts, language = ctx.desk.texts, ctx.own_lang
    older = await incidents.older_versions(ctx.tx, found.report)
    merged = await merged_into(ctx.tx, incident.id) if incident.confidential else []
    hidden = kept_back(ctx.desk, found, older, merged)
    entries = await last_entries(ctx.tx, ctx.desk.routing.referrals, incident, hidden, limit=LONGEST)
    first = Entry(
        at=incident.opened_at,
        action=Event.OPENED,
        who=None if incident.confidential else found.reporter.name,
        by_reporter=incident.confidential,
    )
    lines = [
        texts.html(language, "history-title", number=str(incident.number), post=found.post.name),
        *(entry_line(texts, language, entry, now=ctx.now, note_shown=NOTE_SHOWN) for entry in (first, *entries)),
    ]
    ctx.send("\n".join(lines), to=ctx.user.id)
    ctx.answer(None if ctx.private else "tap-history-sent", number=str(incident.number))


TAPS = (OnTap(HistoryTap, tap_history),)
