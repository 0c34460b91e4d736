"""Evidence: the file of a message becomes a row beside its report or draft, and its sender sees that it arrived."""

from __future__ import annotations

from telegram import Message

from actions.reports import added_files
from actions.reports.confidence import may_see
from core.delivery.keys import Subject
from core.delivery.outgoing import Button, Priority, message_params
from core.evidence.files import SentFile, refusal
from core.evidence.keys import RECEIVED, AsFile, as_file_key, received_key
from core.incidents.keys import files_source
from core.kit.texts import UserError
from core.kit.words import brief
from core.people.roles import Role, reaches
from core.reports.taps import AsFileTap
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx
from handlers.reports.drafts import drop, screen_key
from storage import evidence
from storage.database import state
from storage.delivery import screens
from storage.records import ReportRecord
from storage.reports import reports
from storage.tables import IncidentRow, MediaRow, ReportRow

ACTING = frozenset({Role.COORDINATOR, Role.ADMIN})
PHOTO = "photo"
# What Telegram calls the contents that can be no evidence: nobody made them where something happened.
UNUSABLE = ("sticker", "poll", "dice", "game", "story", "checklist")


def sent_file(message: Message) -> SentFile | None:
    """The file that a message carries; of a photo its largest size."""
    if message.photo:
        size = max(message.photo, key=lambda item: item.width * item.height)
        return SentFile(PHOTO, size.file_id, size.file_unique_id, None, "image/jpeg", size.file_size)
    # An animation is also given as a document, for programs that know no animations.
    for kind in ("animation", "video", "video_note", "voice", "audio", "document"):
        found = getattr(message, kind)
        if found is not None:
            name, mime = getattr(found, "file_name", None), getattr(found, "mime_type", None)
            return SentFile(kind, found.file_id, found.file_unique_id, name, mime, found.file_size)
    return None


def has_media(message: Message) -> bool:
    """Whether a message carries a file that can be evidence."""
    return sent_file(message) is not None


def comes_with_media(ctx: Ctx) -> bool:
    """Whether this update is a message with a file; a tap stands below a message of the bot's."""
    return ctx.update.callback_query is None and has_media(ctx.message)


def is_unusable(message: Message) -> bool:
    """Whether a message is something that can be no evidence, such as a sticker; nothing of it is kept."""
    return any(getattr(message, name, None) is not None for name in UNUSABLE)


def concerns(message: Message) -> bool:
    """Whether a message carries something besides words that must be kept or answered here."""
    return has_media(message) or is_unusable(message)


def refused(ctx: Ctx) -> UserError | None:
    """Why the message's file is not taken, as the error that says so; None when it is taken, or there is none."""
    file = sent_file(ctx.message)
    reason = refusal(file) if file is not None else None
    return None if file is None or reason is None else UserError(reason.value, name=brief(file.name or "-"))


async def keep(
    ctx: Ctx, *, report: ReportRow | None = None, draft_source: str | None = None, filed: bool = False
) -> int:
    """Add the message's file, once, for a report or a draft; gives how many files that has now that it had not before.

    What came earlier of the same message or album and belongs to no report comes along. Raises UserError for a
    refused file before anything is added; not when the message's words were just `filed`, which must stand: then
    whoever handles the message says it afterwards.
    """
    file = sent_file(ctx.message)
    error = refused(ctx)
    if file is None or (error is not None and filed):
        return 0
    if error is not None:
        raise error
    message = ctx.message
    album, sent_at = message.media_group_id, message.edit_date or message.date
    moved = await added_files.keep(
        ctx.work,
        file,
        evidence.Origin(ctx.chat.id, message.message_id, album, sent_at),
        report=report,
        draft_source=draft_source,
        place=None if ctx.private else ctx.place,
        since=message.date,
    )
    if album is not None and ctx.private:
        await _drop_emptied(ctx)
    return moved


async def _drop_emptied(ctx: Ctx) -> None:
    """Close the questions what files are, whose files have gone, with their album, to what a sibling's caption says."""
    for row in [row for row in ctx.drafts if not row.form_id and not row.text.strip()]:
        if not await evidence.count(ctx.tx, draft_source=row.source):
            if not await screens.end(ctx.tx, ctx.desk.bot_id, screen_key(row)):
                await ctx.show(screen_key(row), ctx.html("evidence-joined"))
            await drop(ctx, row)


async def enter_message(ctx: Ctx, incident: IncidentRow, report: ReportRow) -> bool:
    """Put the files of this message, or of its whole album, on the timeline; gives whether they are its first."""
    source = files_source(ctx.chat.id, ctx.mark, ctx.message.media_group_id)
    return await added_files.enter(ctx.work, incident, source, len(await files_here(ctx, report)))


async def files_here(ctx: Ctx, report: ReportRow) -> list[MediaRow]:
    """The files of a report that came with this message, or with its whole album."""
    message = ctx.message
    rows = [row for row in await evidence.of_report(ctx.tx, report.id) if row.chat_id == ctx.chat.id]
    album = message.media_group_id
    return [row for row in rows if (row.album_id == album if album else row.message_id == message.message_id)]


def number_of(report: ReportRow, incident: IncidentRow | None) -> str:
    """The number by which people know a report: its incident's, if it opened one."""
    return f"I-{incident.number}" if incident else f"L-{report.number}"


def may_add(ctx: Ctx, found: ReportRecord) -> bool:
    """Whether the person may add evidence: to their own report, one of their posts, an incident of their region."""
    report, incident = found.report, found.incident
    if not may_see(ctx.work, report, incident):
        return False
    if report.person_id == ctx.known.row.id or any(post.id == report.post_id for post in ctx.known.posts):
        return True
    return incident is not None and reaches(ctx.actor, incident.region_code, ACTING)


# What is seen of it.


async def show_receipt(ctx: Ctx, report: ReportRow, incident: IncidentRow | None) -> None:
    """Say that files came to a report filed before: one message for an album, edited as its siblings arrive."""
    rows = await evidence.of_report(ctx.tx, report.id)
    message = ctx.message
    here = [row for row in rows if row.chat_id == ctx.chat.id]
    album = message.media_group_id
    added = [row for row in here if (row.album_id == album if album else row.message_id == message.message_id)]
    key = "evidence-received" if len(added) == len(rows) else "evidence-received-more"
    text = ctx.html(key, number=number_of(report, incident), count=len(added), total=len(rows))
    first = next((row for row in rows if row.kind == PHOTO), None)
    offered = incident is not None and first in added and first is not None and not _came_with(report, first)
    await screens.show(
        ctx.tx,
        ctx.desk.bot_id,
        screens.Shown(
            received_key(report.id, album or ctx.mark),
            subject=Subject(RECEIVED, report.id).text,
            place=(ctx.chat.id, None),
            params=message_params(text, [[_as_file(ctx, report)]] if offered else ()),
            priority=Priority.ALERT,
        ),
        now=ctx.now,
    )


def _came_with(report: ReportRow, row: MediaRow) -> bool:
    """Whether a file was there when its report was filed: in the same message, or before it, in the draft."""
    return row.update_id == report.update_id or row.id < report.id


async def offer(ctx: Ctx, report: ReportRow, incident: IncidentRow | None) -> list[Button]:
    """The button for an incident's receipt that tells how to send a photo's original; none without a photo."""
    if incident is None:
        return []
    rows = await evidence.of_report(ctx.tx, report.id)
    return [_as_file(ctx, report)] if any(row.kind == PHOTO for row in rows) else []


def _as_file(ctx: Ctx, report: ReportRow) -> Button:
    return ctx.button("button-send-as-file", AsFileTap(report.id))


async def tap_as_file(ctx: Ctx, tap: AsFileTap) -> None:
    """Tell in three lines how a photo is sent uncompressed; a document that comes next goes to the same report."""
    found = await reports.record_of(ctx.tx, tap.report_id)
    if found is None or not may_see(ctx.work, found.report, found.incident):
        raise UserError("tap-too-old")
    if not may_add(ctx, found):
        raise UserError("tap-not-your-report")
    await state.remember(ctx.tx, as_file_key(ctx.known.row.id), AsFile(found.report.id, ctx.now).text)
    ctx.answer()
    ctx.say("evidence-as-file", number=number_of(found.report, found.incident))


TAPS = (OnTap(AsFileTap, tap_as_file),)
