"""Merging reports of one event: one incident goes on, the others keep their reporter and files and lead to it."""

from __future__ import annotations

from dataclasses import dataclass

from actions.incidents import steps
from actions.incidents.cards import load_card, refresh_cards, reroute
from actions.incidents.steps import Outcome
from actions.work import Work
from core.forms.severity import Severity
from core.incidents.lifecycle import ACTING, OPEN, Action, Part, Refusal, State, decide
from core.incidents.open_list import heard_of
from core.kit.texts import UserError
from core.people.roles import scope_of
from core.territory.regions import covers
from storage.groups import group_fact
from storage.incidents import incidents, merging
from storage.incidents.open_list import View
from storage.records import IncidentRecord

LONGEST_CHAIN = 20  # mergers followed


@dataclass(frozen=True)
class Merged:
    """What became of merging one incident into another, and the incident that goes on, unless it was refused."""

    outcome: Outcome
    into: IncidentRecord | None = None


async def choices(work: Work, record: IncidentRecord, *, limit: int) -> list[IncidentRecord]:
    """The open incidents into which this one may be merged here, the likeliest first."""
    alarms = work.desk.forms.alarm_ids
    return await merging.choices(work.tx, record, _view(work), alarms=alarms, limit=limit)


def _view(work: Work) -> View:
    """Among what the person chooses: where they act, and in a group only what everybody there may hear of."""
    desk, me = work.desk, work.person.id
    root = desk.preset.root
    codes = [code or root for code in scope_of(work.actor, *ACTING)]
    if work.private:
        return View(desk.bot_id, codes, me)
    if work.group is None:
        return View(desk.bot_id, (), me)
    here = work.group.region_code or root
    both = [here if covers(code, here) else code for code in codes if covers(code, here) or covers(here, code)]
    heard = heard_of(desk.routing, group_fact(work.group).purposes)
    return View(desk.bot_id, both, me, work.group.id, heard)


async def merge(work: Work, record: IncidentRecord, other: IncidentRecord) -> Merged:
    """Merge one incident into another, or into that which the other was itself merged into; or give why not.

    Raises UserError where merging these two is out of the question.
    """
    incident = record.incident
    if isinstance(decide(State(incident.state), Action.DUPLICATE, steps.parts(work, incident)), Refusal):
        return Merged(await steps.take(work, record, Action.DUPLICATE))  # which gives why not
    going_on = await _end(work, record, other)
    into = going_on.incident
    outcome = await steps.take(work, record, Action.DUPLICATE, note=str(into.number), into=into)
    merging.join(work.tx, incident, into, work.stamp)
    await _show(work, incident.severity, going_on)
    return Merged(outcome, going_on)


async def _end(work: Work, record: IncidentRecord, other: IncidentRecord) -> IncidentRecord:
    """The incident that goes on; raises UserError where merging is out of the question."""
    incident, number = record.incident, str(record.incident.number)
    last = await merging.end_of(work.tx, other.incident)
    if last.id == incident.id:
        raise UserError("merge-itself", number=number)
    going_on = other if last.id == other.incident.id else await incidents.get(work.tx, last.id)
    # One sentence for both, so that nobody learns by trying which incidents are confidential.
    if (
        going_on is None
        or last.confidential != incident.confidential
        or not steps.parts(work, last) - {Part.REPORTER}
        or (last.confidential and last.category != incident.category)
    ):
        raise UserError("merge-apart", number=number, other=str(other.incident.number))
    if last.state not in OPEN:
        raise UserError("merge-ended", number=number, other=str(last.number))
    return going_on


async def _show(work: Work, severity: str, going_on: IncidentRecord) -> None:
    """Bring the cards of the one that goes on up to date; as grave as its gravest witness, it may concern more groups."""
    last, tx, desk = going_on.incident, work.tx, work.desk
    if not Severity(severity).graver_than(Severity(last.severity)):
        await refresh_cards(tx, desk, await load_card(tx, desk, going_on), now=work.now)
        return
    last.severity = severity
    await reroute(tx, desk, going_on, now=work.now)


async def goes_on(work: Work, record: IncidentRecord) -> IncidentRecord:
    """The incident into which one was merged; what was confided stays where it was, or it would name who confided it."""
    for _ in range(LONGEST_CHAIN):
        incident = record.incident
        into = incident.duplicate_of
        other = await incidents.get(work.tx, into) if into is not None and not incident.confidential else None
        if other is None or other.incident.confidential:  # marked since: there the words would stand with a name
            break
        record = other
    return record
