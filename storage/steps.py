"""A step of an incident's life as rows: the change itself, its entry on the timeline, and the next deadline."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select

from core.desk import Desk
from core.lifecycle import OPEN, Action, State
from storage import escalation, incidents
from storage.engine import Tx
from storage.tables import IncidentEventRow, IncidentRow

AGAIN: Final = frozenset((Action.RELEASE, Action.REOPEN, Action.DISPUTE))  # after these nobody has it
_ENDING: Final = frozenset((Action.RESOLVE, Action.CLOSE, Action.DUPLICATE, Action.REJECT, Action.WITHDRAW))


def let_wait(incident: IncidentRow) -> None:
    """Let an incident wait to be taken, as if nobody had ever had it."""
    incident.state = State.NEW.value
    incident.owner_id = incident.acknowledged_at = incident.resolved_at = incident.closed_at = None
    incident.referred_to = incident.referred_by = incident.duplicate_of = None


async def ended_by(tx: Tx, incident: IncidentRow) -> int | None:
    """The key of the person who ended an incident; None for one that goes on."""
    if incident.state in OPEN:
        return None
    return await tx.scalar(
        select(IncidentEventRow.person_id)
        .where(
            IncidentEventRow.incident_id == incident.id,
            IncidentEventRow.action.in_([action.value for action in _ENDING]),
        )
        .order_by(IncidentEventRow.at.desc(), IncidentEventRow.id.desc())
        .limit(1)
    )


def apply(
    tx: Tx,
    desk: Desk,
    incident: IncidentRow,
    action: Action,
    target: State,
    *,
    person_id: int,
    cause: tuple[int, int],
    now: datetime,
    alarm: bool,
    note: str | None = None,
    referral: str | None = None,
    into: int | None = None,
) -> None:
    """Change an incident as a step that was decided asks for; `referral` is to whom, `into` the incident merged into."""
    incident.state = target.value
    if action in (Action.TAKE, Action.TAKE_OVER, Action.ACCEPT):
        incident.owner_id = person_id
    if action is Action.REFER:
        incident.referred_to, incident.referred_by = referral, person_id
    if action is Action.RETURN:
        incident.referred_to = incident.referred_by = None
    if action is Action.DUPLICATE:
        incident.duplicate_of = into
    if action in AGAIN:
        let_wait(incident)
    elif action not in (Action.REJECT, Action.WITHDRAW, Action.DUPLICATE, Action.NOTE):
        incident.owner_id = incident.owner_id or person_id
        incident.acknowledged_at = incident.acknowledged_at or now
    if target is State.CLOSED:
        incident.closed_at = now
    elif target.value not in OPEN:
        incident.resolved_at = now
    shown = note or (referral if action is Action.REFER else None)
    incidents.event(tx, incident, action=action.value, person_id=person_id, cause=cause, now=now, note=shown)
    if action is not Action.NOTE:
        escalation.reschedule(desk, incident, alarm=alarm, now=now)
