"""Files and places in reply to an incident's card: evidence of its report, counted on its timeline."""

from __future__ import annotations

from actions.alarms import running
from actions.incidents import noting
from actions.incidents.cards import load_card, refresh_cards
from actions.incidents.noting import Target
from actions.reports import added_files
from core.delivery.keys import message_mark
from core.delivery.outgoing import Outgoing, Priority, message_params
from core.evidence.keys import refused_key, report_full_key
from core.incidents.keys import files_source, note_source
from core.kit.geo import Fix
from core.kit.texts import Markup
from handlers.kit.scope import Ctx
from handlers.messages import notes
from handlers.messages.replies import find
from handlers.reports import attachments
from storage import evidence
from storage.delivery import outbox
from storage.incidents import incidents
from storage.incidents.notes import entry
from storage.records import IncidentRecord
from storage.reports import reports
from storage.tables import IncidentRow, ReportRow


async def sibling(ctx: Ctx) -> Target | None:
    """The incident of an album whose reply another message of it carries, and which the same person sent."""
    album_id, member = ctx.message.media_group_id, ctx.member
    if album_id is None or member is None:
        return None
    rows = await evidence.of_album(ctx.tx, ctx.desk.bot_id, ctx.chat.id, album_id)
    report_id = next((row.report_id for row in rows if row.person_id == member.row.id), None)
    found = await reports.record_of(ctx.tx, report_id) if report_id is not None else None
    incident = found.incident if found is not None else None
    whole = await incidents.get(ctx.tx, incident.id) if incident is not None else None
    return Target(whole, whole) if whole is not None else None


async def take(ctx: Ctx, target: Target, words: str) -> None:
    """Keep a file from a group as evidence, with its words as a note; a reaction is the receipt, a refusal is said."""
    incident, report = target.found.incident, target.found.report
    error = attachments.refused(ctx)
    if error is not None:
        if words:
            await notes.add(ctx, target, words)
        if ctx.update.edited_message is None:
            _reply(ctx, ctx.html(error.key, **error.values))
        return
    if await added_files.is_full(ctx.work, report):
        _say_full(ctx, target)
    elif await attachments.keep(ctx, report=report):
        if await attachments.enter_message(ctx, incident, report):
            notes.react(ctx)
        if not words:
            await refresh_cards(ctx.tx, ctx.desk, await load_card(ctx.tx, ctx.desk, target.found), now=ctx.now)
    if words:
        await notes.add(ctx, target, words)


def _say_full(ctx: Ctx, target: Target) -> None:
    number, most = f"I-{target.found.incident.number}", ctx.desk.bounds.report_files
    key = report_full_key(ctx.chat.id, target.found.report.id, ctx.now)
    _reply(ctx, ctx.html("evidence-report-full", number=number, most=most), key)


def _reply(ctx: Ctx, text: Markup, key: str | None = None) -> None:
    """Answer below the message itself: a group talks of many things at once."""
    params = message_params(text, place=ctx.place)
    params["reply_parameters"] = {"message_id": ctx.message.message_id, "allow_sending_without_reply": True}
    key = key or refused_key(ctx.chat.id, ctx.mark)
    outbox.gather(ctx.tx, Outgoing("sendMessage", params, key, Priority.ALERT, chat_id=ctx.chat.id))


async def private_place(ctx: Ctx, fix: Fix) -> bool:
    """Add a place shared in reply to a message about an incident; False when it answers none."""
    target = await find(ctx)
    if target is None or not attachments.may_add(ctx, target.named.as_report):
        return False
    if target.found.incident.reporter_id == ctx.known.row.id:
        await running.locate(ctx.work, target.found, fix)
        key = "note-located-kept" if target.found.incident.confidential else "note-located"
        key = "sos-located" if ctx.desk.forms[target.found.report.form_id].alarm else key
        ctx.say(key, number=str(target.found.incident.number))
    else:
        await take_place(ctx, target)
        notes.receipt(ctx, target, [])
    await tell_place(ctx, target.found)
    return True


async def tell_files(ctx: Ctx, incident: IncidentRow, report: ReportRow) -> None:
    """Tell who must hear of files that an officer sent without words: one message, also for an album."""
    rows = await attachments.files_here(ctx, report)
    earliest = min(rows, key=lambda row: row.message_id)
    mark = message_mark(earliest.message_id, earliest.sent_at, ctx.desk.dated_since)
    first = note_source(ctx.chat.id, mark)
    found = await incidents.get(ctx.tx, incident.id)
    if found is None or await entry(ctx.tx, ctx.desk.bot_id, first) is not None:  # the album's words were told
        return
    source = files_source(ctx.chat.id, ctx.mark, ctx.message.media_group_id)
    await noting.tell_files(ctx.work, found, len(rows), source=source)


async def tell_place(ctx: Ctx, found: IncidentRecord) -> None:
    """Tell who must hear of it that an officer has shared where they are."""
    await noting.tell_place(ctx.work, found, source=notes.source_of(ctx))


async def take_place(ctx: Ctx, target: Target) -> None:
    """Note where somebody is who comes to an incident; its own place stays where its report was made."""
    place = ctx.message.location
    if place is None:
        return
    where = (place.latitude, place.longitude)
    if await noting.add_place(ctx.work, target.found, where, source=notes.source_of(ctx)) and not ctx.private:
        notes.react(ctx)
