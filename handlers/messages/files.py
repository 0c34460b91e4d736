"""A private message that carries a file: which report or draft it belongs to."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions.alarms import running
from actions.reports import added_files, drafts
from core.evidence.files import AS_FILE_TIME
from core.evidence.keys import AsFile, as_file_key
from core.kit.texts import Markup
from core.reports.keys import message_source
from handlers.alarms import alarm
from handlers.kit.scope import Ctx
from handlers.messages import note_files, notes, replies, undecided
from handlers.messages.bare import bare_command
from handlers.messages.typed import typed_answer
from handlers.reports import attachments
from handlers.reports.receipt import refresh_receipt
from storage import evidence
from storage.database import state
from storage.records import ReportRecord
from storage.reports import reports
from storage.tables import DraftRow, MediaRow, ReportRow

OPEN = timedelta(hours=24)  # a draft older than this is not what a file is sent for


async def media_message(ctx: Ctx, text: str) -> None:
    """Keep the message's file with what it belongs to, or keep it and ask; what can be no evidence is answered.

    `text` is empty when a command has dealt with the caption: then the file is kept where the command put it.
    """
    if not attachments.has_media(ctx.message):
        if ctx.update.edited_message is None:
            ctx.say("evidence-not-media")
        return
    words = text.strip()
    line = bare_command(ctx, words)
    if line is not None and await replies.find_report(ctx) is None:
        command, rest = line
        await command.run(ctx, rest)
        words = ""
    error = attachments.refused(ctx)
    if error is not None:
        if words or not ctx.message.caption:
            raise error
        ctx.send(ctx.html(error.key, **error.values))
        return
    before = await evidence.of_message(
        ctx.tx, ctx.desk.bot_id, ctx.chat.id, ctx.message.message_id, since=ctx.message.date
    )
    if before:
        await _came_before(ctx, before, words)
    elif not await _named(ctx, words) and not await _answers(ctx, words) and not await _news(ctx, words):
        await _ask(ctx, words)


async def _named(ctx: Ctx, words: str) -> bool:
    """Add the file to what it says itself that it belongs to: by a reply, by its album, or as the original asked for."""
    found, draft = await replies.find_report(ctx), None
    if found is None:
        found, draft = await _album(ctx)
    if found is None and draft is None:
        found = await _wanted_original(ctx)
    if found is not None and await added_files.is_full(ctx.work, found.report):
        await _ask(ctx, words, said=_full(ctx, found))
    elif found is not None:
        await _add_to(ctx, found, words)
    elif draft is not None:
        await _to_draft(ctx, draft, words)
    return found is not None or draft is not None


async def _answers(ctx: Ctx, words: str) -> bool:
    """Add the file to the report that the person is filling; words that answer nothing there are another matter."""
    draft = next((item for item in ctx.drafts if item.form_id), None)
    if draft is None or ctx.now - draft.updated_at > OPEN or _kept_since(ctx, draft.updated_at):
        return False
    if drafts.is_over(draft, now=ctx.now) or await alarm.is_newest(ctx) or await _no_room(ctx, draft):
        return False
    await attachments.keep(ctx, draft_source=draft.source)
    if words:
        return draft is ctx.draft and await typed_answer(ctx, words)
    await undecided.refresh(ctx, draft)
    return True


async def _news(ctx: Ctx, words: str) -> bool:
    """Add the file and its words to the person's alarm that is running; False when there is none."""
    found = await running.alarm_of(ctx.work)
    if found is None:
        return False
    await running.add_words(ctx.work, found, words)
    if await added_files.is_full(ctx.work, found.report):
        await _ask(ctx, "", said=_full(ctx, found.as_report))
    else:
        await _add_to(ctx, found.as_report, "")
    return True


def _full(ctx: Ctx, found: ReportRecord) -> Markup:
    """Why a file is asked about that was sent for a report."""
    number = attachments.number_of(found.report, found.incident)
    return ctx.html("kept-report-full", number=number, most=ctx.desk.bounds.report_files)


async def _no_room(ctx: Ctx, draft: DraftRow) -> bool:
    """Whether a draft takes no further file."""
    return await evidence.count(ctx.tx, draft_source=draft.source) >= ctx.desk.bounds.draft_files


def _kept_since(ctx: Ctx, at: datetime) -> DraftRow | None:
    """Words or files of a moment ago that nobody has said yet what they are, if they came after this time."""
    since = max(at, ctx.now - undecided.JOINED)
    return next((item for item in ctx.drafts if not item.form_id and item.updated_at >= since), None)


async def _ask(ctx: Ctx, words: str, *, said: Markup | None = None) -> None:
    """Keep the file and its words and ask what they are, together with what came a moment ago; `said` comes before that."""
    kept = _kept_since(ctx, ctx.now - undecided.JOINED)
    full = kept is not None and await _no_room(ctx, kept)
    if kept is not None and not full and drafts.fits(ctx.work, kept, words):
        await _to_draft(ctx, kept, words, said=said)
        return
    if full and said is None:
        said = ctx.html("kept-files-full", most=ctx.desk.bounds.draft_files)
    await attachments.keep(ctx, draft_source=message_source(ctx.chat.id, ctx.mark))
    await undecided.keep_words(ctx, words, said=said, alone=kept is not None)


async def _to_draft(ctx: Ctx, draft: DraftRow, words: str, *, said: Markup | None = None) -> None:
    """Add the file to what it certainly belongs to: its album's draft, or the files of a moment ago."""
    await attachments.keep(ctx, draft_source=draft.source)
    if words and draft.form_id and draft is ctx.draft and await typed_answer(ctx, words):
        return
    if not draft.form_id and not drafts.fits(ctx.work, draft, words):
        await undecided.refresh(ctx, draft)
        await undecided.keep_words(ctx, words, alone=True)
        return
    drafts.add_words(ctx.work, draft, words)
    await undecided.refresh(ctx, draft, said=said)


async def _came_before(ctx: Ctx, rows: list[MediaRow], words: str) -> None:
    """Take what an edit changed: another file joins the first one, new words replace those nobody decided about."""
    owner = evidence.owner(rows)
    if owner is None:
        return
    if owner.report_id is not None:
        found = await reports.record_of(ctx.tx, owner.report_id)
        if found is not None:
            await _add_to(ctx, found, words)
        return
    draft = _draft(ctx, owner.draft_source)
    if draft is None:
        await attachments.keep(ctx, draft_source=owner.draft_source)
        return
    own = draft.source == message_source(ctx.chat.id, ctx.mark)
    changed = own and not draft.form_id and bool(words) and words != draft.text
    if changed:
        drafts.edit_words(ctx.work, draft, words, touch=False)
    if await attachments.keep(ctx, draft_source=draft.source) or changed:
        await undecided.refresh(ctx, draft)


async def _add_to(ctx: Ctx, found: ReportRecord, words: str) -> None:
    """Add the file to a report that was filed before, say so, and bring its cards up to date; once for a file."""
    report, incident = found.report, found.incident
    if not await attachments.keep(ctx, report=report):
        if ctx.update.edited_message is not None:
            await notes.private_reply(ctx, words)
        return
    if incident is not None:
        await attachments.enter_message(ctx, incident, report)
        await notes.caption(ctx, incident, words)
        if not words:
            await note_files.tell_files(ctx, incident, report)
    elif words:
        ctx.journal("evidence", f"report:{report.id}", words=words)
    if not await _with_its_album(ctx, report) or not await refresh_receipt(ctx, report, incident):
        await attachments.show_receipt(ctx, report, incident)
    if incident is not None:
        await added_files.refresh_card(ctx.work, incident)


async def _with_its_album(ctx: Ctx, report: ReportRow) -> bool:
    """Whether the file is a late sibling of the message that filed the report: one receipt counts them all."""
    album_id = ctx.message.media_group_id
    if album_id is None:
        return False
    rows = await evidence.of_album(ctx.tx, ctx.desk.bot_id, ctx.chat.id, album_id)
    return any(row.update_id == report.update_id for row in rows)


async def _album(ctx: Ctx) -> tuple[ReportRecord | None, DraftRow | None]:
    """What the earlier siblings of the message's album belong to, if that is still there."""
    album_id = ctx.message.media_group_id
    if album_id is None:
        return None, None
    owner = evidence.owner(await evidence.of_album(ctx.tx, ctx.desk.bot_id, ctx.chat.id, album_id))
    if owner is None:
        return None, None
    if owner.report_id is not None:
        return await reports.record_of(ctx.tx, owner.report_id), None
    return None, _draft(ctx, owner.draft_source)


async def _wanted_original(ctx: Ctx) -> ReportRecord | None:
    """The report whose photo the person was just told how to send as a file; only for a document."""
    if ctx.message.document is None or ctx.message.animation is not None:
        return None
    wanted = AsFile.read(await state.recall(ctx.tx, as_file_key(ctx.known.row.id)))
    if wanted is None or ctx.message.date - wanted.at > AS_FILE_TIME:
        return None
    found = await reports.record_of(ctx.tx, wanted.report_id)
    return found if found is not None and attachments.may_add(ctx, found) else None


def _draft(ctx: Ctx, source: str | None) -> DraftRow | None:
    return next((item for item in ctx.drafts if item.source == source), None)
