"""The one door through which people move an incident along: decided, noted, shown on every card, told to who must hear."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from actions.incidents import copies, life, step_news
from actions.incidents.alarms import show_own
from actions.incidents.cards import bring_back, card_groups, load_card, refresh_cards, show_below, show_in
from actions.incidents.step_news import Before
from actions.people.admins import alert_admins
from actions.work import Work
from core.groups.routing import Referral
from core.incidents.card import Card
from core.incidents.keys import nobody_referred_key
from core.incidents.lifecycle import HEARERS, Action, Part, Refusal, State, decide
from core.kit.texts import UserError
from storage.incidents import incidents
from storage.incidents.referral import receiving_groups
from storage.people import people
from storage.records import IncidentRecord
from storage.tables import GroupRow, IncidentRow

NOT_OVER = "reporter-not-over"  # the reason of an officer's dispute


@dataclass(frozen=True)
class Outcome:
    """What became of a step that somebody wished to take, and the card as things stand now."""

    card: Card
    refusal: Refusal | None = None  # None: the step was taken
    former: str | None = None  # the name of somebody else from whom the incident was taken by giving it back

    @property
    def taken(self) -> bool:
        """Whether the step was taken."""
        return self.refusal is None


class Unreferred(StrEnum):
    """Why a body does not get an incident, which then stays as it is."""

    SAME = "same"  # the body has it already
    NOBODY = "nobody"  # no group of the body is linked there; admins were told


def parts(work: Work, incident: IncidentRow) -> frozenset[Part]:
    """What the person is to an incident, in the group in which they act or in private."""
    return copies.parts(work.desk, incident, work.known, group=work.group)


async def record_of(work: Work, incident_id: int) -> IncidentRecord:
    """Load the incident of this key; raises UserError for who has nothing to do with it."""
    record = await incidents.get(work.tx, incident_id)
    if record is None:
        raise UserError("tap-too-old")
    if not parts(work, record.incident):
        raise UserError("tap-not-your-region")
    return record


async def take(
    work: Work,
    record: IncidentRecord,
    action: Action,
    *,
    note: str | None = None,
    referral: str | None = None,
    into: IncidentRow | None = None,
    groups: Collection[GroupRow] = (),
) -> Outcome:
    """Take a step, or give why not; every card and copy follows, `groups` get the card too, and who must hear is told.

    Raises UserError for who has nothing to do with the incident.
    """
    incident, desk, now = record.incident, work.desk, work.now
    target = decide(State(incident.state), action, parts(work, incident), reason=note is not None)
    if target is Refusal.NOT_YOURS:
        raise UserError("tap-not-your-region")
    if isinstance(target, Refusal):
        return Outcome(await load_card(work.tx, desk, record), target)
    ended_by = await life.ended_by(work.tx, incident) if action is Action.DISPUTE else None
    before = Before.of(incident, ended_by=ended_by)
    step = life.Step(action, target, note, referral, into.id if into else None)
    life.apply(work.tx, desk, record, step, work.stamp)
    card = await load_card(work.tx, desk, record)
    await refresh_cards(work.tx, desk, card, now=now)
    await show_in(work.tx, desk, card, groups, now=now)
    if action in life.AGAIN or (action is Action.RETURN and before.owner_id != work.person.id):
        await show_below(work.tx, desk, card, incident, now=now)  # an edited card does not ring
    if desk.forms[record.report.form_id].alarm:
        await show_own(work.tx, desk, record, now=now)
    if HEARERS[action].officer:
        await step_news.tell_officer(work, record, action, note=note, into=into)
    await step_news.tell_others(work, record, action, before, note=note)
    if before.duplicate_of is not None and incident.duplicate_of is None:
        await step_news.part_again(work, incident, before.duplicate_of)
    return Outcome(card, former=await _former(work, action, before))


async def _former(work: Work, action: Action, before: Before) -> str | None:
    """Who gives back what is another's takes it from them."""
    if action is not Action.RELEASE or before.owner_id in (None, work.person.id):
        return None
    owner = (await people.by_ids(work.tx, [before.owner_id or 0])).get(before.owner_id or 0)
    return owner.name if owner else "-"


async def accept(work: Work, record: IncidentRecord) -> Outcome:
    """Accept a referral for the body that it went to; raises UserError for who referred it themselves."""
    incident = record.incident
    if incident.state == State.REFERRED and incident.referred_by == work.person.id:
        raise UserError("tap-accept-own", number=str(incident.number))
    return await take(work, record, Action.ACCEPT)


async def answer(work: Work, record: IncidentRecord, *, over: bool) -> Outcome:
    """Take an officer's answer to what was declared resolved: over, it is closed; else it waits to be taken again.

    Raises UserError for who is not the officer.
    """
    if Part.REPORTER not in parts(work, record.incident):
        raise UserError("tap-too-old")
    if over:
        return await take(work, record, Action.CLOSE)
    return await take(work, record, Action.DISPUTE, note=NOT_OVER)


async def refer(work: Work, record: IncidentRecord, body: str) -> Outcome | Unreferred:
    """Refer an incident to a body of the preset: its groups get the card, and one of them must accept it.

    Raises UserError for a body that the preset does not have any more.
    """
    incident, referral = record.incident, work.desk.routing.referrals.get(body)
    if referral is None:
        raise UserError("tap-too-old")
    if isinstance(decide(State(incident.state), Action.REFER, parts(work, incident)), Refusal):
        return await take(work, record, Action.REFER)  # which gives why not
    if referral.id == incident.referred_to:
        return Unreferred.SAME
    groups = await receiving_groups(work.tx, work.desk.bot_id, incident.region_code, [referral])
    if not groups:
        await _tell_nobody_there(work, incident, referral)
        return Unreferred.NOBODY
    held = await card_groups(work.tx, work.desk, incident.id)
    outcome = await take(work, record, Action.REFER, referral=referral.id, groups=list(groups.values()))
    for group in (group for key, group in groups.items() if key in held):
        # a card that only changes does not ring: it comes anew
        await bring_back(work.tx, work.desk, outcome.card, group, group.thread_id or None, now=work.now)
    return outcome


async def _tell_nobody_there(work: Work, incident: IncidentRow, referral: Referral) -> None:
    """Tell admins whose group is missing, once for each incident and body."""
    default = work.desk.texts.default
    await alert_admins(
        work.tx,
        work.desk,
        "alert-refer-nobody",
        key=nobody_referred_key(incident.id, referral.id),
        now=work.now,
        number=str(incident.number),
        body=referral.label.text(default),
        purpose=work.desk.texts.plain(default, f"purpose-{referral.purpose}"),
        region=" › ".join(work.desk.regions.path(incident.region_code)),
    )
