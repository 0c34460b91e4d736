"""The files of an incident as somebody looks at them: its own, and those of the reports merged into it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from storage.database.engine import Tx
from storage.incidents import merging
from storage.tables import IncidentRow, MediaRow, PersonRow


@dataclass(frozen=True)
class SeenFile:
    """A file, with the name of who sent it where that may be told, and the number of the merged incident it came with.

    `secret`: it was told in confidence who sent it.
    """

    row: MediaRow
    name: str | None
    witness: int | None
    secret: bool = False


async def of_incident(tx: Tx, incident: IncidentRow) -> list[SeenFile]:
    """The files of an incident and of those merged into it, its own first, each in the order in which they came.

    Of a confidential one no name is given: the file may be its reporter's.
    """
    merged = await merging.merged_into(tx, incident.id)
    owners = {incident.report_id: incident, **{one.report.id: one.incident for one in merged}}
    order = {report_id: place for place, report_id in enumerate(owners)}
    rows = await tx.execute(
        select(MediaRow, PersonRow)
        .join(PersonRow, PersonRow.id == MediaRow.person_id)
        .where(MediaRow.report_id.in_(owners))
    )
    found = []
    for row, person in sorted(rows, key=lambda pair: (order[pair[0].report_id or 0], pair[0].id)):
        owner = owners[row.report_id or 0]
        secret = incident.confidential or owner.confidential
        witness = None if owner is incident else owner.number
        found.append(SeenFile(row, None if secret else person.name, witness, secret))
    return found
