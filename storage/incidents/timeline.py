"""An incident's timeline: its last entries as its card shows them, and who did what when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from core.forms.forms import Form
from core.groups.routing import Referral
from core.incidents.keys import from_group
from core.incidents.lifecycle import Action
from core.incidents.timeline import REASONS, Entry, Event, hides_reporter
from core.privacy.masking import masked
from storage.database.engine import Tx
from storage.tables import IncidentEventRow, IncidentRow, PersonRow

SHOWN = 3  # entries on a card


@dataclass(frozen=True)
class KeptBack:
    """What the timeline of a confidential incident keeps back; of any other it keeps back nothing."""

    form: Form | None = None  # by its fields a name is known as one
    names: Collection[str] = ()  # that no words hold
    people: Collection[int] = ()  # the keys of those whose entries bear no name: the reporter and the witnesses


async def last_entries(
    tx: Tx,
    referrals: Mapping[str, Referral],
    incident: IncidentRow,
    kept_back: KeptBack,
    *,
    limit: int = SHOWN,
    actions: Collection[str] | None = None,
) -> list[Entry]:
    """The last entries of an incident, the oldest first, also those of this very transaction; its opening is none.

    With `actions` only such entries are meant. `referrals` are the bodies of the preset, by the ids that are noted.
    """
    rows = [row for row in tx.new if isinstance(row, IncidentEventRow) and row.incident is incident]
    if actions is not None:
        rows = [row for row in rows if row.action in actions]
    names: dict[int, str] = {}
    if incident not in tx.new:
        wanted = IncidentEventRow.action
        found = await tx.execute(
            select(IncidentEventRow, PersonRow.name)
            .outerjoin(PersonRow, PersonRow.id == IncidentEventRow.person_id)
            .where(
                IncidentEventRow.incident_id == incident.id,
                wanted != Event.OPENED.value if actions is None else wanted.in_(actions),
            )
            .order_by(IncidentEventRow.id.desc())
            .limit(limit)
        )
        for row, name in found:
            rows.append(row)
            if row.person_id is not None:
                names[row.person_id] = name
    last = sorted((row for row in rows if row.action != Event.OPENED), key=lambda row: row.id)[-limit:]
    names |= await _names(tx, {row.person_id for row in last if row.person_id is not None} - set(names))
    return [_entry(referrals, incident, row, names, kept_back) for row in last]


async def has(tx: Tx, incident_id: int, action: str) -> bool:
    """Whether such an entry stands on an incident's timeline."""
    found = await tx.scalar(
        select(IncidentEventRow.id)
        .where(IncidentEventRow.incident_id == incident_id, IncidentEventRow.action == action)
        .limit(1)
    )
    return found is not None


async def count(tx: Tx, incident_id: int) -> int:
    """How many entries an incident's timeline has; its opening is none."""
    where = (IncidentEventRow.incident_id == incident_id, IncidentEventRow.action != Event.OPENED.value)
    return int(await tx.scalar(select(func.count()).where(*where)) or 0)


async def spoke_at(tx: Tx, incident_id: int, person_id: int) -> datetime | None:
    """When a person last did or wrote something about an incident."""
    return await tx.scalar(
        select(func.max(IncidentEventRow.at)).where(
            IncidentEventRow.incident_id == incident_id, IncidentEventRow.person_id == person_id
        )
    )


async def last_by(tx: Tx, incident_id: int, actions: Collection[Action]) -> int | None:
    """The key of the person who took the last of these steps."""
    return await tx.scalar(
        select(IncidentEventRow.person_id)
        .where(
            IncidentEventRow.incident_id == incident_id,
            IncidentEventRow.action.in_([action.value for action in actions]),
        )
        .order_by(IncidentEventRow.at.desc(), IncidentEventRow.id.desc())
        .limit(1)
    )


async def _names(tx: Tx, ids: Iterable[int]) -> dict[int, str]:
    """The names of people; those who act in this transaction are loaded already."""
    known = {row.id: row.name for row in tx.identity_map.values() if isinstance(row, PersonRow)}
    missing = set(ids) - set(known)
    if missing:
        found = await tx.execute(select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(missing)))
        known |= {row[0]: row[1] for row in found}
    return known


def _entry(
    referrals: Mapping[str, Referral],
    incident: IncidentRow,
    row: IncidentEventRow,
    names: dict[int, str],
    kept_back: KeptBack,
) -> Entry:
    referral = referrals.get(row.note or "") if row.action == Action.REFER else None
    own = row.person_id == incident.reporter_id and row.person_id is not None
    # In a group everybody saw who wrote it: without a name there they would learn who reported.
    secret = row.person_id in kept_back.people and hides_reporter(row.action) and not from_group(row.source)
    note = row.note
    if incident.confidential and note and note not in REASONS:  # a card travels further than where it was written
        note = masked(kept_back.form, note, kept_back.names)
    return Entry(
        at=row.at,
        action=row.action,
        who=None if secret or row.person_id is None else names.get(row.person_id, "-"),
        note=note,
        label=referral.label if referral else None,
        by_reporter=secret or (own and row.action == Event.CORRECTED),
    )
