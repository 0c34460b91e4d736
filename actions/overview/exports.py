"""The formats of an export: a table of reports or incidents written to a file."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from core.forms.forms import Forms
from core.groups.routing import Routing
from core.overview.exports import Bounds, IncidentTable, ReportTable, neutral
from storage.database.engine import Tx
from storage.overview import exports

T = TypeVar("T")  # what a row is made of


async def write_csv(
    tx: Tx, what: str, output: Path, bounds: Bounds, *, forms: Forms, zone: ZoneInfo, routing: Routing
) -> int:
    """Write "reports" or "incidents" as UTF-8 with BOM, whole or not at all; gives the number of rows without the header.

    Replaces a file that is there; OSError when the file cannot be written.
    """
    if what == "reports":
        reports = ReportTable(forms, zone, routing)
        lines = _lines(reports.header, reports.rows, exports.list_reports(tx, bounds))
    else:
        incidents = IncidentTable(forms, zone)
        lines = _lines(incidents.header, incidents.rows, exports.list_incidents(tx, bounds))
    part = output.with_name(f"{output.name}.part")
    rows = -1
    try:
        with part.open("w", encoding="utf-8-sig", newline="") as file:
            async for line in lines:
                file.write(csv_line(line))
                rows += 1
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
    return rows


def csv_line(values: Sequence[object]) -> str:
    """Write one line of CSV."""
    buffer = StringIO()
    csv.writer(buffer).writerow([neutral(value) for value in values])
    return buffer.getvalue()


async def _lines(
    header: Sequence[str], rows: Callable[[T], Iterable[Sequence[object]]], records: AsyncIterator[T]
) -> AsyncIterator[Sequence[object]]:
    """The header, then the rows of each record."""
    yield header
    async for record in records:
        for row in rows(record):
            yield row
