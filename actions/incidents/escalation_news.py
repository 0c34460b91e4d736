"""An incident that is due, and what its officer and the admins read of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.delivery.telling import News, tell_person
from core.delivery.outgoing import Outgoing, Priority, message_params
from core.delivery.readers import language_of
from core.desk import Desk
from core.forms.severity import URGENT
from core.incidents.escalation import Due, EscalationTimes
from core.incidents.keys import escalated_key, lapsed_key, owner_silent_key, waiting_key
from core.incidents.lifecycle import State
from core.incidents.timeline import Event
from storage.database.engine import Tx
from storage.delivery import outbox
from storage.incidents import incidents
from storage.people import people
from storage.records import IncidentRecord
from storage.stamp import Stamp
from storage.tables import GroupRow, IncidentRow, PostRow


@dataclass(frozen=True)
class DueIncident:
    """An incident that is due, with what belongs to it."""

    desk: Desk
    record: IncidentRecord
    now: datetime

    @property
    def incident(self) -> IncidentRow:
        """The incident itself."""
        return self.record.incident

    @property
    def post(self) -> PostRow:
        """Where it is."""
        return self.record.post

    @property
    def alarm(self) -> bool:
        """Whether somebody called for help."""
        return self.desk.forms[self.record.report.form_id].alarm

    @property
    def times(self) -> EscalationTimes:
        """The preset's times."""
        return self.desk.escalation

    @property
    def moment(self) -> int:
        """What tells this deadline of the incident from its others, in the keys of messages."""
        return int((self.incident.due_at or self.now).timestamp())

    def note(self, tx: Tx, event: Event, note: str | None = None) -> None:
        """Add an entry of the clock's to the timeline."""
        clock = Stamp(None, (self.desk.bot_id, None), self.now)
        incidents.event(tx, self.incident, clock, action=event.value, note=note or None)


async def owner_name(tx: Tx, due: DueIncident) -> str | None:
    """The name of the owner; of somebody who confided the incident it is told nowhere."""
    incident = due.incident
    if incident.confidential and incident.owner_id == incident.reporter_id:
        return None
    row = (await people.by_ids(tx, [incident.owner_id or 0])).get(incident.owner_id or 0)
    return row.name if row is not None else None


async def tell_escalated(tx: Tx, due: DueIncident, groups: Sequence[GroupRow]) -> None:
    """Tell the officer that their report has gone up, and to whom."""
    titles = [row.title for row in groups]
    await _tell_officer(tx, due, "officer-escalated", escalated_key(due.incident.id, due.moment), titles=titles)


async def tell_lapsed(tx: Tx, due: DueIncident, name: str | None) -> None:
    """Tell the officer that their report waits again, because its owner is not responsible there any more."""
    await _tell_officer(tx, due, "officer-lapsed", lapsed_key(due.incident.id, due.moment), name=name)


async def tell_silent(tx: Tx, due: DueIncident, name: str | None) -> None:
    """Tell who called for help, once, that the owner says nothing and others were called."""
    key = owner_silent_key(due.incident.id, due.incident.owner_id)
    await _tell_officer(tx, due, "officer-owner-silent", key, name=name)


async def _tell_officer(
    tx: Tx, due: DueIncident, text: str, key: str, *, name: str | None = None, titles: Sequence[str] = ()
) -> None:
    contact_id = incidents.contact_of(due.incident)
    contact = (await people.by_ids(tx, [contact_id])).get(contact_id)
    if contact is None or not (contact.active or due.alarm):
        return  # who was put out hears of their own call for help, and of nothing else
    texts = due.desk.texts
    language = language_of(texts, contact)
    words = texts.html(
        language,
        text,
        number=str(due.incident.number),
        groups=texts.join(language, titles),
        name=name or texts.plain(language, "the-owner"),
    )
    message = Outgoing(
        "sendMessage",
        message_params(words),
        key,
        Priority.SOS if due.alarm else Priority.ALERT,
        chat_id=contact.telegram_id,
        person_id=contact.id,
    )
    outbox.gather(tx, message)  # one whose key is there already is not sent again


def _urgency(due: DueIncident) -> Priority:
    """How urgent the admins' message is: many milder incidents that nobody takes must not shut their chat for a grave one."""
    if due.alarm:
        return Priority.SOS
    return Priority.ALERT if due.incident.severity in URGENT else Priority.SUMMARY


async def tell_admins(tx: Tx, due: DueIncident, what: Due, *, before: str, since: datetime, name: str | None) -> None:
    """Tell admins that nobody is left above: who was told before, and since when it waits.

    Of a confidential one they read its number and place here, and the rest on its card.
    """
    incident, texts = due.incident, due.desk.texts
    if incident.confidential:
        key = "alert-waiting-confidential"
    elif what is Due.UNANSWERED:
        key = "alert-waiting-owner"
    else:
        key = "alert-waiting-referred" if incident.state == State.REFERRED else "alert-waiting"
    due.note(tx, Event.ADMINS)
    referral = due.desk.routing.referrals.get(incident.referred_to or "")
    for admin in await people.admins(tx, now=due.now):
        language = language_of(texts, admin)
        text = texts.html(
            language,
            key,
            number=str(incident.number),
            place=due.post.name,
            since=texts.moment(language, since if what is Due.UNANSWERED else incident.opened_at, now=due.now),
            groups=before or "-",
            name=name or "-",
            to=referral.label.text(language) if referral else "-",
        )
        told = waiting_key(incident.id, due.moment, admin.id)
        tell_person(tx, due.desk, admin, News(text, told, priority=_urgency(due)), now=due.now)
