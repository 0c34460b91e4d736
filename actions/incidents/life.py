"""A step of an incident's life as rows: the change itself, its entry on the timeline, and the next deadline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from actions.incidents import deadlines
from core.desk import Desk
from core.incidents.lifecycle import OPEN, Action, State
from storage.database.engine import Tx
from storage.incidents import incidents, timeline
from storage.records import IncidentRecord
from storage.stamp import Stamp
from storage.tables import IncidentRow

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
    return await timeline.last_by(tx, incident.id, _ENDING)


@dataclass(frozen=True)
class Step:
    """A step that was decided, and the state that it leads to."""

    action: Action
    target: State
    note: str | None = None
    referral: str | None = None  # to whom an incident is referred
    into: int | None = None  # the incident into which it is merged


def apply(tx: Tx, desk: Desk, record: IncidentRecord, step: Step, stamp: Stamp) -> None:
    """Change an incident as a step asks for, put the step on its timeline, and set the next deadline."""
    incident, action, target, person_id = record.incident, step.action, step.target, stamp.person_id
    incident.state = target.value
    if action in (Action.TAKE, Action.TAKE_OVER, Action.ACCEPT):
        incident.owner_id = person_id
    if action is Action.REFER:
        incident.referred_to, incident.referred_by = step.referral, person_id
    if action is Action.RETURN:
        incident.referred_to = incident.referred_by = None
    if action is Action.DUPLICATE:
        incident.duplicate_of = step.into
    if action in AGAIN or (action is Action.RETURN and incident.owner_id is None):
        let_wait(incident)
    elif action not in (Action.REJECT, Action.WITHDRAW, Action.DUPLICATE, Action.NOTE):
        incident.owner_id = incident.owner_id or person_id
        incident.acknowledged_at = incident.acknowledged_at or stamp.at
    if target is State.CLOSED:
        incident.closed_at = stamp.at
    elif target.value not in OPEN:
        incident.resolved_at = stamp.at
    shown = step.note or (step.referral if action is Action.REFER else None)
    incidents.event(tx, incident, stamp, action=action.value, note=shown)
    if action is not Action.NOTE:
        deadlines.reschedule(desk, incident, alarm=desk.forms[record.report.form_id].alarm, now=stamp.at)
