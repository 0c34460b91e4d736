"""Files added to a report or a draft: kept once, counted on the incident's timeline and on its cards."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from actions.evidence import too_big
from actions.incidents.cards import load_card, refresh_cards
from actions.work import Work
from core.delivery.keys import message_mark
from core.delivery.outgoing import Outgoing, Place, Priority, message_params
from core.delivery.readers import language_in
from core.evidence.early_files import EarlyFiles
from core.evidence.files import SentFile
from core.evidence.keys import early_files_key, early_full_key
from core.incidents.keys import kept_files_source
from core.incidents.timeline import Event
from core.kit.texts import UserError
from storage import evidence
from storage.database import state
from storage.delivery import outbox
from storage.evidence import Origin
from storage.incidents import incidents, notes
from storage.tables import DraftRow, IncidentRow, MediaRow, MediaState, ReportRow


async def keep(
    work: Work,
    file: SentFile,
    origin: Origin,
    *,
    report: ReportRow | None = None,
    draft_source: str | None = None,
    place: Place | None = None,
    since: datetime,
) -> int:
    """Add a file, once, for a report or a draft; gives how many files that has now that it had not before.

    What came earlier of the same message or album and belongs to no report comes along. `place` is the place in a
    group where the file was sent, None in a private chat: there its sender is told when it is too large. The message was
    sent at `since`, whenever it was edited. Raises UserError where a report has no room for the file.
    """
    bot_id = work.desk.bot_id
    file = replace(file, unique_id=message_mark(file.unique_id, since, work.desk.dated_since))
    mine = await evidence.of_message(work.tx, bot_id, origin.chat_id, origin.message_id, since=since)
    if all(row.file_unique_id != file.unique_id for row in mine):
        if report is not None and await is_full(work, report):
            raise UserError("report-full", number=f"L-{report.number}", most=work.desk.bounds.report_files)
        mine.append(await _add(work, file, origin, place, early=report is None))
    if origin.album_id is not None:
        mine += await evidence.of_album(work.tx, bot_id, origin.chat_id, origin.album_id)
    loose = {row.id: row for row in mine if row.report_id is None}
    moved = [row for row in loose.values() if report is not None or row.draft_source != draft_source]
    evidence.assign(moved, report=report, draft_source=draft_source)
    return len(moved)


async def is_full(work: Work, report: ReportRow, more: int = 1) -> bool:
    """Whether a report has no room for so many further files."""
    return await evidence.count(work.tx, report_id=report.id) + more > work.desk.bounds.report_files


async def _add(work: Work, file: SentFile, origin: Origin, place: Place | None, *, early: bool) -> MediaRow:
    """Add a file; one that belongs to no report yet, `early`, is fetched at once if not too much of the person's was today."""
    row = evidence.add(work.tx, file, origin, person_id=work.person.id, cause=work.cause, now=work.now)
    if row.state == MediaState.REMOTE:
        told = too_big(work.desk, row, work.person)
        if place is not None:  # said where it was sent: in the group's language, in its topic
            text = work.desk.texts.html(language_in(work.desk.texts, work.group), "evidence-too-big")
            told = replace(told, params=message_params(text, place=place))
        outbox.gather(work.tx, told)
    elif early and not await _count_early(work, file):
        evidence.hold(row)
    return row


async def _count_early(work: Work, file: SentFile) -> bool:
    """Count a file that is fetched before it belongs to a report; where that is too much, its sender is told once a day."""
    person, key, bounds = work.person, early_files_key(work.person.id), work.desk.bounds
    today = work.now.astimezone(work.desk.texts.zone).date()
    more = EarlyFiles.read(await state.recall(work.tx, key), today=today).take(bounds, file.size)
    if more is not None:
        await state.remember(work.tx, key, more.text)
        return True
    text = work.desk.texts.html(work.language, "evidence-held", most=bounds.early_files, size=bounds.early_megabytes)
    told = early_full_key(person.id, today)
    outbox.gather(
        work.tx, Outgoing("sendMessage", message_params(text), told, Priority.ALERT, chat_id=person.telegram_id)
    )
    return False


async def adopt_kept(
    work: Work, row: DraftRow, report: ReportRow, incident: IncidentRow | None, *, none_too: bool = False
) -> int:
    """Move files that were kept undecided to a report, its incident's timeline and its cards; gives how many.

    Where there are none nothing is entered, unless `none_too`. Raises UserError where the report has no room for them.
    """
    kept = await evidence.count(work.tx, draft_source=row.source)
    if kept and await is_full(work, report, kept):
        number = f"I-{incident.number}" if incident else f"L-{report.number}"
        raise UserError("tap-report-full", number=number, most=work.desk.bounds.report_files)
    count = await evidence.adopt(work.tx, row.source, report)
    if incident is not None and (count or none_too):
        await enter(work, incident, kept_files_source(row.source), count)
        await refresh_card(work, incident)
    return count


async def enter(work: Work, incident: IncidentRow, source: str, count: int) -> bool:
    """Put so many files on an incident's timeline as one entry of this name; gives whether it is a new one."""
    before = await notes.entry(work.tx, work.desk.bot_id, source)
    if before is not None:
        before.note = str(count)
        return False
    incidents.event(work.tx, incident, work.stamp, action=Event.EVIDENCE.value, note=str(count), source=source)
    return True


async def refresh_card(work: Work, incident: IncidentRow) -> None:
    """Let an incident's cards say how many files there are now."""
    found = await incidents.get(work.tx, incident.id)
    if found is None:
        return
    card = await load_card(work.tx, work.desk, found)
    files = await evidence.count(work.tx, report_id=found.report.id)
    card = replace(card, report=replace(card.report, files=files))
    await refresh_cards(work.tx, work.desk, card, now=work.now)
