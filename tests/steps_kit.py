"""Incidents for the tests of actions: reported without a message, and moved along by calling what a tap calls."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from actions.incidents import steps
from actions.incidents.cards import show_cards
from actions.work import Work
from core.incidents.lifecycle import Action
from storage.incidents import incidents
from storage.records import IncidentRecord
from storage.reports import reports
from storage.tables import GroupRow, IncidentRow, PersonRow
from tests.actions_kit import BOT, Office

T = TypeVar("T")
LAPAS = "LAPAS-1673"  # in Lubuklinggau, 16.73


async def report(
    office: Office,
    officer: PersonRow,
    words: str = "air masuk gudang",
    *,
    post: str = LAPAS,
    category: str = "flood",
    severity: str = "high",
    confidential: bool = False,
) -> int:
    """Let an officer report an incident at a post; gives the incident's key."""
    place = await office.post(post)

    async def act(work: Work) -> int:
        row = await reports.add(
            work.tx,
            cause=(BOT, work.origin),
            kind=place.kind,
            form_id="incident",
            post_id=place.id,
            region_code=place.region_code,
            person_id=work.person.id,
            answers={"category": category, "severity": severity, "note": words},
            level="bad",
            text=words,
            source=f"test:{work.origin}",
            window_key="test",
            late=False,
            occurred_at=work.now,
            sent_at=work.now,
            stored_at=work.now,
            flags=[],
        )
        incident = await incidents.open_for(
            work.tx, row, category=category, severity=severity, confidential=confidential, now=work.now
        )
        await show_cards(work.tx, work.desk, IncidentRecord(incident, row, place, work.person), now=work.now)
        return incident.id

    return await office.do(officer, act)


async def about(
    office: Office,
    who: PersonRow,
    incident_id: int,
    act: Callable[[Work, IncidentRecord], Awaitable[T]],
    *,
    group: GroupRow | None = None,
) -> T:
    """Let somebody do something with an incident, in a group or in private."""

    async def run(work: Work) -> T:
        return await act(work, await steps.record_of(work, incident_id))

    return await office.do(who, run, group=group)


async def take(
    office: Office,
    who: PersonRow,
    incident_id: int,
    action: Action,
    *,
    note: str | None = None,
    group: GroupRow | None = None,
) -> steps.Outcome:
    """Let somebody take a step."""
    return await about(
        office, who, incident_id, lambda work, record: steps.take(work, record, action, note=note), group=group
    )


async def state_of(office: Office, incident_id: int) -> tuple[str, int | None]:
    """Where an incident stands, and the key of its owner."""
    row = await office.one(IncidentRow, IncidentRow.id == incident_id)
    return row.state, row.owner_id
