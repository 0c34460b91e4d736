"""Reports, and the latest answer of each post in each window."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from storage.database import state
from storage.database.engine import Tx, insert_for, new_id
from storage.records import ReportRecord
from storage.stamp import NO_UPDATE
from storage.tables import IncidentRow, PostRow, ReportRow, StandingRow


async def add(tx: Tx, *, cause: tuple[int, int | None], kind: str, **values: Any) -> ReportRow:
    """Add a report with the next number; it becomes the standing of its post (of this `kind`) in its window."""
    row = ReportRow(
        id=new_id(tx),
        number=await state.next_number(tx, "report"),
        version=1,
        bot_id=cause[0],
        update_id=cause[1] or NO_UPDATE,
        **values,
    )
    tx.add(row)
    tx.unit.reports.by_source[row.source] = row
    standings = tx.unit.reports.standings
    key = (row.window_key, row.post_id)
    if key not in standings or standings[key]["sent_at"] <= row.sent_at:
        standings[key] = {
            "window_key": row.window_key,
            "post_id": row.post_id,
            "kind": kind,
            "region_code": row.region_code,
            "report_id": row.id,
            "level": row.level,
            "answers": row.answers,
            "late": row.late,
            "sent_at": row.sent_at,
        }
    return row


async def write_standings(tx: Tx) -> None:
    """Write the standings that this transaction changed, in one statement; the newest answer wins."""
    standings, tx.unit.reports.standings = tx.unit.reports.standings, {}
    if not standings:
        return
    statement = insert_for(tx)(StandingRow)
    names = ("kind", "region_code", "report_id", "level", "answers", "late", "sent_at")
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["window_key", "post_id"],
            set_={name: statement.excluded[name] for name in names},
            where=StandingRow.sent_at <= statement.excluded.sent_at,
        ),
        list(standings.values()),
    )


async def foresee_sources(tx: Tx, sources: Collection[str]) -> None:
    """Ask in one statement for a whole batch what `by_source` would ask message by message."""
    await known_sources(tx, sources)


async def by_source(tx: Tx, source: str) -> ReportRow | None:
    """The report that this message or draft has filed already, also earlier in the same batch."""
    filed = tx.unit.reports.by_source
    if source in filed:
        return filed[source]
    if source in tx.unit.reports.unfiled:
        return None
    found = await tx.scalar(select(ReportRow).where(ReportRow.source == source))
    if found is None:
        tx.unit.reports.unfiled.add(source)
    return found


async def known_sources(tx: Tx, sources: Collection[str]) -> set[str]:
    """Which of these messages or drafts have filed a report already; of the others the transaction asks no more."""
    if not sources:
        return set()
    known = set(await tx.scalars(select(ReportRow.source).where(ReportRow.source.in_(sources))))
    tx.unit.reports.unfiled |= set(sources) - known
    return known


async def by_id(tx: Tx, report_id: int) -> ReportRow | None:
    """Load a report."""
    return await tx.get(ReportRow, report_id)


async def by_number(tx: Tx, number: int) -> ReportRow | None:
    """Load a report by the number people know."""
    return await tx.scalar(select(ReportRow).where(ReportRow.number == number))


async def is_newest(tx: Tx, report: ReportRow) -> bool:
    """Whether a report is the newest of its post to its form."""
    newest = await tx.scalar(
        select(ReportRow.id)
        .where(ReportRow.post_id == report.post_id, ReportRow.form_id == report.form_id)
        .order_by(ReportRow.sent_at.desc(), ReportRow.id.desc())
        .limit(1)
    )
    return newest == report.id


async def last_post(tx: Tx, person_id: int) -> int | None:
    """The post of a person's newest report."""
    return await tx.scalar(
        select(ReportRow.post_id).where(ReportRow.person_id == person_id).order_by(ReportRow.id.desc()).limit(1)
    )


async def last_answers(tx: Tx, post_id: int, form_id: str) -> dict[str, Any]:
    """The newest answers of a post to a form, empty when it has given none."""
    found = await tx.scalar(
        select(ReportRow.answers)
        .where(ReportRow.post_id == post_id, ReportRow.form_id == form_id)
        .order_by(ReportRow.id.desc())
        .limit(1)
    )
    return found or {}


async def record_of(tx: Tx, report_id: int) -> ReportRecord | None:
    """Load a report with its post and the incident that it opened, if any."""
    return await _one(tx, ReportRow.id == report_id)


async def named(tx: Tx, letter: str, number: int) -> ReportRecord | None:
    """Find a report (`L`) or an incident's report (`I`) by the number that people know."""
    return await _one(tx, (IncidentRow if letter == "I" else ReportRow).number == number)


async def _one(tx: Tx, condition: ColumnElement[bool]) -> ReportRecord | None:
    row = (await tx.execute(_records().where(condition))).first()
    return ReportRecord(*row) if row else None


def _records() -> Select[ReportRow, PostRow, IncidentRow]:
    return (
        select(ReportRow, PostRow, IncidentRow)
        .join(PostRow, PostRow.id == ReportRow.post_id)
        .outerjoin(IncidentRow, IncidentRow.report_id == ReportRow.id)
    )


async def last_of(tx: Tx, person_id: int, *, limit: int) -> list[ReportRecord]:
    """A person's newest reports, each with its post and the incident it opened, if any."""
    newest = _records().where(ReportRow.person_id == person_id).order_by(ReportRow.id.desc()).limit(limit)
    return [ReportRecord(*row) for row in await tx.execute(newest)]
