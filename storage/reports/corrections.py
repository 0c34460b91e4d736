"""Corrections: a report's new version, with the old one kept, and the latest answer of its post set right."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from core.forms.forms import lasting_key
from core.incidents.lifecycle import OPEN
from core.reports.keys import moved_source
from storage.database.engine import Tx, insert_for
from storage.incidents.lasting import figures
from storage.reports.reports import write_standings
from storage.stamp import NO_UPDATE
from storage.tables import IncidentRow, PostRow, ReportRow, ReportVersionRow, StandingRow

KEPT = ("answers", "level", "text", "occurred_at", "sent_at", "stored_at", "bot_id", "update_id", "flags", "post_id")


async def correct(
    tx: Tx,
    report: ReportRow,
    *,
    reason: str,
    post: PostRow,
    cause: tuple[int, int | None],
    now: datetime,
    **values: Any,
) -> None:
    """Replace what a report says by a new version; the version it had is kept with the reason for the new one.

    `values` are the new answers, level, text, occurred_at and flags, and the window where the post changed. The report
    keeps its number and the time when it was sent; when the correction came is `stored_at`.
    """
    old = {name: getattr(report, name) for name in KEPT}
    tx.add(ReportVersionRow(report_id=report.id, version=report.version, reason=reason, **old))
    before = report.post_id, report.window_key
    report.version += 1
    report.bot_id, report.update_id = cause[0], cause[1] or NO_UPDATE
    report.stored_at = now
    report.post_id, report.region_code = post.id, post.region_code
    if before[0] != post.id:
        report.source = moved_source(report.id)  # the post that it was filed for by mistake may file the same again
    for name, value in values.items():
        setattr(report, name, value)
    await tx.flush()
    await write_standings(tx)
    for post_id, window_key in {before, (post.id, report.window_key)}:
        await _restand(tx, window_key, post_id)


async def _restand(tx: Tx, window_key: str, post_id: int) -> None:
    """Make the newest report of a post in a window its standing, or leave it none."""
    found = (
        await tx.execute(
            select(ReportRow, PostRow.kind)
            .join(PostRow, PostRow.id == ReportRow.post_id)
            .where(ReportRow.post_id == post_id, ReportRow.window_key == window_key)
            .order_by(ReportRow.sent_at.desc(), ReportRow.id.desc())
            .limit(1)
        )
    ).first()
    await tx.execute(delete(StandingRow).where(StandingRow.window_key == window_key, StandingRow.post_id == post_id))
    if found is None:
        return
    report, kind = found
    lasting = window_key == lasting_key(report.form_id)
    await tx.execute(
        insert_for(tx)(StandingRow).values(
            window_key=window_key,
            post_id=post_id,
            kind=kind,
            region_code=report.region_code,
            report_id=report.id,
            level=report.level,
            answers=await figures(tx, report) if lasting else report.answers,
            late=report.late,
            sent_at=report.sent_at,
        )
    )


def let_stand(tx: Tx, report: ReportRow, answers: dict[str, Any]) -> None:
    """Make these answers, and not the report's own alone, what its post has said."""
    standing = tx.unit.reports.standings.get((report.window_key, report.post_id))
    if standing is not None and standing["report_id"] == report.id:
        standing["answers"] = answers


async def incident_of(tx: Tx, report_id: int) -> IncidentRow | None:
    """The incident that a report opened, or that it tells of."""
    return await tx.scalar(select(IncidentRow).where(IncidentRow.report_id == report_id))


async def open_incident_at(tx: Tx, post_id: int, category: str | None) -> IncidentRow | None:
    """The newest incident of a category at a post that nobody has ended yet, also one of this very transaction."""
    opened = tx.unit.incidents.opened
    if (post_id, category) in opened:
        return opened[post_id, category]
    return await tx.scalar(
        select(IncidentRow)
        .where(
            IncidentRow.post_id == post_id,
            IncidentRow.category == category,
            IncidentRow.state.in_(OPEN),
        )
        .order_by(IncidentRow.id.desc())
        .limit(1)
    )


def remember_open(tx: Tx, incident: IncidentRow) -> None:
    """Let `open_incident_at` find an incident that is not written yet: two officers may report it at once."""
    tx.unit.incidents.opened[incident.post_id, incident.category] = incident
