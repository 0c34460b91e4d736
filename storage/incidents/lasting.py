"""What is known of something that lasts, such as a flood: the figures of all its reports together."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from core.incidents.lifecycle import OPEN
from storage.database.engine import Tx
from storage.tables import IncidentRow, ReportRow

READ = 500  # reports; a flood of weeks has fewer, and one person's thousands must not hold up all others


async def figures(tx: Tx, report: ReportRow) -> dict[str, Any]:
    """What is known of something that lasts: each figure as its newest report gave it, since the incident was opened.

    An update names what has changed; what it does not name stands as it was said last.
    """
    same = (ReportRow.post_id == report.post_id, ReportRow.form_id == report.form_id)
    opened = await tx.scalar(
        select(IncidentRow.opened_at)
        .join(ReportRow, ReportRow.id == IncidentRow.report_id)
        .where(*same, IncidentRow.state.in_(OPEN))
        .order_by(IncidentRow.id.desc())
        .limit(1)
    )
    pending = tx.unit.reports.by_source.values()
    rows = {row.id: row for row in pending if (row.post_id, row.form_id) == (report.post_id, report.form_id)}
    if opened is not None:
        since = select(ReportRow).where(*same, ReportRow.stored_at >= opened)
        stored = await tx.scalars(since.order_by(ReportRow.sent_at.desc(), ReportRow.id.desc()).limit(READ))
        rows |= {row.id: row for row in stored}
    known: dict[str, Any] = {}
    for row in sorted([*rows.values(), report], key=lambda row: (row.sent_at, row.id)):
        known |= row.answers
    return known
