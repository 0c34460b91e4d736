"""Evidence: the files that came with reports and drafts, which of them wait to be fetched, where the others lie."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, func, literal_column, select, update

from core.evidence.files import DOWNLOAD_LIMIT, SentFile
from core.privacy.masking import names_of, signers
from storage.database.engine import Tx, new_id
from storage.stamp import NO_UPDATE
from storage.tables import IncidentRow, MediaRow, MediaState, PersonRow, ReportRow, ReportVersionRow

WAITING = literal_column("'waiting'", String)  # a literal, so that the partial index on waiting rows is used
ERROR_LIMIT = 200  # characters kept of what went wrong


@dataclass(frozen=True)
class Owner:
    """What a file belongs to: a report, a draft (by its source), or neither."""

    report_id: int | None
    draft_source: str | None


@dataclass(frozen=True)
class Origin:
    """The message that a file came in, and the album that this message is part of."""

    chat_id: int
    message_id: int
    album_id: str | None
    sent_at: datetime


@dataclass(frozen=True)
class Fetch:
    """A file that waits to be fetched."""

    id: int
    file_id: str
    kind: str
    name: str | None
    mime: str | None
    attempts: int
    error: str | None
    person_id: int


# Adding and moving: in the transaction of the update that brought the file.


async def of_message(tx: Tx, bot_id: int, chat_id: int, message_id: int, *, since: datetime) -> list[MediaRow]:
    """The files that came in the message sent `since` then: one, or more when its sender exchanged it by an edit.

    What came before is of another message, to which Telegram had given the same number.
    """
    where = (MediaRow.bot_id == bot_id, MediaRow.chat_id == chat_id, MediaRow.message_id == message_id)
    return await _with_pending(
        tx,
        (*where, MediaRow.sent_at >= since),
        lambda row: (row.bot_id, row.chat_id, row.message_id) == (bot_id, chat_id, message_id) and row.sent_at >= since,
    )


async def of_album(tx: Tx, bot_id: int, chat_id: int, album_id: str) -> list[MediaRow]:
    """The files of an album that have come so far, in the order in which they came."""
    where = (MediaRow.bot_id == bot_id, MediaRow.chat_id == chat_id, MediaRow.album_id == album_id)
    return await _with_pending(
        tx, where, lambda row: (row.bot_id, row.chat_id, row.album_id) == (bot_id, chat_id, album_id)
    )


def owner(rows: Collection[MediaRow]) -> Owner | None:
    """What these files belong to: the report of any of them, else the draft of any; None when there are none."""
    if not rows:
        return None
    report = next((row.report_id for row in rows if row.report_id is not None), None)
    draft = next((row.draft_source for row in rows if row.draft_source is not None), None)
    return Owner(report, None if report is not None else draft)


def add(
    tx: Tx, file: SentFile, origin: Origin, *, person_id: int, cause: tuple[int, int | None], now: datetime
) -> MediaRow:
    """Add a file of a message, to be fetched if a bot may; `assign` says whose it is."""
    too_big = file.size is not None and file.size > DOWNLOAD_LIMIT
    row = MediaRow(
        id=new_id(tx),
        person_id=person_id,
        **vars(origin),
        kind=file.kind,
        file_id=file.file_id,
        file_unique_id=file.unique_id,
        name=file.name[:255] if file.name else None,
        mime=file.mime[:120] if file.mime else None,
        size=file.size,
        state=MediaState.REMOTE if too_big else MediaState.WAITING,
        attempts=0,
        next_at=now,
        bot_id=cause[0],
        update_id=cause[1] or NO_UPDATE,
    )
    tx.add(row)
    return row


def hold(row: MediaRow) -> None:
    """Let a file stay at Telegram until it belongs to a report."""
    row.state = MediaState.HELD


def assign(rows: Collection[MediaRow], *, report: ReportRow | None = None, draft_source: str | None = None) -> None:
    """Say whose these files are; what was held until it has a report is fetched then."""
    for row in rows:
        if report is not None and row.state == MediaState.HELD:
            row.state = MediaState.WAITING
        # The object, because a flush puts the report before its files only when it knows that they belong together.
        row.report, row.report_id = report, report.id if report else None
        row.draft_source = draft_source


async def adopt(tx: Tx, draft_source: str, report: ReportRow) -> int:
    """Move the files of a draft to the report that it became; gives how many."""
    rows = await _with_pending(
        tx, (MediaRow.draft_source == draft_source,), lambda row: row.draft_source == draft_source
    )
    assign(rows, report=report)
    return len(rows)


async def of_report(tx: Tx, report_id: int) -> list[MediaRow]:
    """The files of a report, in the order in which they came."""
    return await _with_pending(tx, (MediaRow.report_id == report_id,), lambda row: row.report_id == report_id)


async def count(tx: Tx, *, report_id: int | None = None, draft_source: str | None = None) -> int:
    """How many files a report or a draft has, those of this transaction included."""
    column, owner_of = (
        (MediaRow.report_id, report_id) if report_id is not None else (MediaRow.draft_source, draft_source)
    )
    if any(isinstance(row, MediaRow) for row in (*tx.new, *tx.dirty)):
        return len(await _with_pending(tx, (column == owner_of,), lambda row: getattr(row, column.key) == owner_of))
    return int(await tx.scalar(select(func.count()).where(column == owner_of)) or 0)


async def counts(tx: Tx, report_ids: Collection[int]) -> dict[int, int]:
    """How many files each of these reports has, as stored; reports without any are left out."""
    rows = await tx.execute(
        select(MediaRow.report_id, func.count()).where(MediaRow.report_id.in_(report_ids)).group_by(MediaRow.report_id)
    )
    return {report_id: number for report_id, number in rows if report_id is not None}


async def _with_pending(tx: Tx, where: Any, fits: Any) -> list[MediaRow]:
    """The rows that fit, also those added or moved in this transaction, which the database does not know yet."""
    stored = list(await tx.scalars(select(MediaRow).where(*where)))
    pending = [row for row in [*tx.new, *tx.dirty] if isinstance(row, MediaRow)]
    found = {row.id: row for row in [*stored, *pending] if fits(row)}
    return [found[key] for key in sorted(found)]


# Fetching: what the fetcher reads and writes back.


async def waiting(
    tx: Tx,
    bot_id: int,
    *,
    now: datetime,
    limit: int,
    held: Collection[int] = (),
    resting: Collection[int] = (),
) -> list[Fetch]:
    """The files that may be fetched now, of each person the one that has waited longest, the longest first.

    `held` are files in hand already, `resting` persons of whom enough is in hand: nobody's many files delay another's.
    """
    turn = func.row_number().over(partition_by=MediaRow.person_id, order_by=(MediaRow.next_at, MediaRow.id))
    due = (
        select(MediaRow.id, turn.label("turn"))
        .where(MediaRow.state == WAITING, MediaRow.bot_id == bot_id, MediaRow.next_at <= now)
        .where(MediaRow.id.not_in(held), MediaRow.person_id.not_in(resting))
        .subquery()
    )
    rows = await tx.execute(
        select(
            MediaRow.id,
            MediaRow.file_id,
            MediaRow.kind,
            MediaRow.name,
            MediaRow.mime,
            MediaRow.attempts,
            MediaRow.error,
            MediaRow.person_id,
        )
        .join(due, due.c.id == MediaRow.id)
        .where(due.c.turn == 1)
        .order_by(MediaRow.next_at, MediaRow.id)
        .limit(limit)
    )
    return [Fetch(*row) for row in rows]


async def stored(tx: Tx, media_id: int, *, sha256: str, path: str, size: int, now: datetime) -> None:
    """Note that a file lies on the disk, whole and hashed."""
    values = {"sha256": sha256, "path": path, "size": size, "stored_at": now, "error": None}
    await _settle(tx, media_id, state=MediaState.STORED, **values)


async def postpone(tx: Tx, media_id: int, *, attempts: int, error: str, next_at: datetime) -> None:
    """Note a failed attempt and when the next one may be."""
    await _settle(tx, media_id, attempts=attempts, error=error[:ERROR_LIMIT], next_at=next_at)


async def give_up(tx: Tx, media_id: int, state: MediaState, *, error: str) -> bool:
    """Note that a file stays at Telegram or is lost; False when it was settled before."""
    return await _settle(tx, media_id, state=state, error=error[:ERROR_LIMIT])


async def _settle(tx: Tx, media_id: int, **values: Any) -> bool:
    settled = await tx.scalar(
        update(MediaRow)
        .where(MediaRow.id == media_id, MediaRow.state == WAITING)
        .values(**values)
        .returning(MediaRow.id)
        .execution_options(synchronize_session=False)
    )
    return settled is not None


@dataclass(frozen=True)
class Readable:
    """A file on the disk: its place below the media folder, and of a confided one the names that it must not hold."""

    path: str
    secret: bool
    names: frozenset[str]


async def readable(tx: Tx, media_id: int) -> Readable | None:
    """Where a file lies that may go on, and what it must not tell; None where it does not lie on the disk."""
    row = await tx.get(MediaRow, media_id)
    if row is None or row.path is None:
        return None
    incident = await tx.scalar(select(IncidentRow).where(IncidentRow.report_id == row.report_id))
    people, secret, seen = {row.person_id}, False, set[int]()
    while incident is not None and incident.id not in seen:  # it may have been merged into another, and that one too
        seen.add(incident.id)
        people.add(incident.reporter_id)
        secret = secret or incident.confidential
        incident = await tx.get(IncidentRow, incident.duplicate_of) if incident.duplicate_of is not None else None
    if not secret:
        return Readable(row.path, False, frozenset())
    told = await tx.execute(select(PersonRow.name, PersonRow.phone).where(PersonRow.id.in_(people)))
    names = frozenset().union(*(names_of(name, phone) for name, phone in told))
    return Readable(row.path, True, names | await _signed(tx, row.report_id))


async def _signed(tx: Tx, report_id: int | None) -> frozenset[str]:
    """Who reported through another, in any version of a report."""
    versions = [
        *await tx.execute(select(ReportRow.answers, ReportRow.text).where(ReportRow.id == report_id)),
        *await tx.execute(
            select(ReportVersionRow.answers, ReportVersionRow.text).where(ReportVersionRow.report_id == report_id)
        ),
    ]
    return signers(None, [(answers, text) for answers, text in versions])


@dataclass(frozen=True)
class SentMedia:
    """A file with who sent it, and the numbers of its report and incident, if any."""

    row: MediaRow
    sender: PersonRow
    report: int | None
    incident: int | None


async def sender_of(tx: Tx, media_id: int) -> SentMedia | None:
    """Load a file with who sent it."""
    row = (
        await tx.execute(
            select(MediaRow, PersonRow, ReportRow.number, IncidentRow.number)
            .join(PersonRow, PersonRow.id == MediaRow.person_id)
            .outerjoin(ReportRow, ReportRow.id == MediaRow.report_id)
            .outerjoin(IncidentRow, IncidentRow.report_id == MediaRow.report_id)
            .where(MediaRow.id == media_id)
        )
    ).first()
    return SentMedia(*row) if row else None
