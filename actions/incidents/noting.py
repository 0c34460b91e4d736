"""Notes on an incident: kept on its timeline once for a message, shown on its cards, passed on to who must hear of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from actions.incidents import deadlines, life, steps
from actions.incidents.cards import load_card, refresh_cards
from actions.work import Work
from core.delivery.outgoing import Priority, message_params
from core.delivery.readers import language_of
from core.incidents.card import Card
from core.incidents.keys import talk_key, talk_subject
from core.incidents.lifecycle import ACTING, ENDED, Action, Part
from core.incidents.timeline import Event
from core.kit.shortening import cut
from core.kit.texts import Markup
from core.people.roles import reaches
from core.privacy.masking import masked, names_of, signers
from storage.delivery import screens
from storage.incidents import incidents, notes
from storage.people import people
from storage.people.people import Member
from storage.records import IncidentRecord
from storage.tables import PersonRow

PASSED_LIMIT = 3000  # characters of a note that is passed on: they must fit one message with the line that names it
LEADING = frozenset({Part.OWNER, Part.COORDINATOR, Part.ADMIN, Part.RECEIVER})


@dataclass(frozen=True)
class Target:
    """What somebody writes about: the incident that is named, and the one that goes on where that was merged."""

    named: IncidentRecord
    found: IncidentRecord
    asker_id: int | None = None  # whose note is answered

    @property
    def moved(self) -> bool:
        """Whether the words go to another incident than the one named."""
        return self.named.incident is not self.found.incident


@dataclass(frozen=True)
class Hearer:
    """Somebody who is told; `hidden` where the writer may not know who it is."""

    person: PersonRow
    hidden: bool


async def add(work: Work, target: Target, words: str, *, source: str) -> list[Hearer] | None:
    """Put words on the timeline, once for the message of this key, and pass them on; gives who was told of them.

    None where the message was known already: then its note is corrected. The caller has seen that the writer may add to
    the incident: it is theirs, or it was heard of where they write.
    """
    if await notes.entry(work.tx, work.desk.bot_id, source) is not None:
        await correct(work, words, source=source)
        return None
    incidents.event(work.tx, target.found.incident, work.stamp, action=Action.NOTE.value, note=words, source=source)
    card = await _spoken(work, target.found)
    hearing = await _hearers(work, target)
    for one in hearing:
        await _pass_on(work, target.found, card, one.person, words, source=source)
    return hearing


async def correct(work: Work, words: str, *, source: str) -> bool:
    """Let a note say what its edited message says now: on the timeline, on the cards, and to who was told of it.

    False where the message is no note of the person; where it has no words any more the note stays as it is.
    """
    before = await notes.entry(work.tx, work.desk.bot_id, source)
    if before is None or not words:
        return before is not None
    record = await incidents.get(work.tx, before.incident_id)
    if record is None or before.person_id != work.person.id or before.action != Action.NOTE:
        return False
    if before.note != words:
        before.note = words
        work.journal("note-corrected", f"I-{record.incident.number}")
        card = await _refreshed(work, record)
        told = await people.by_ids(work.tx, await notes.told(work.tx, work.desk.bot_id, source))
        for person in told.values():
            await _pass_on(work, record, card, person, words, source=source)
    return True


async def add_place(work: Work, record: IncidentRecord, place: tuple[float, float], *, source: str) -> bool:
    """Note where somebody is who comes to an incident, by latitude and longitude; False where that is known already.

    The incident's own place stays where its report was made.
    """
    if await notes.entry(work.tx, work.desk.bot_id, source) is not None:
        return False
    note = f"{place[0]:.5f}, {place[1]:.5f}"
    incidents.event(work.tx, record.incident, work.stamp, action=Event.LOCATED.value, note=note, source=source)
    await _spoken(work, record)
    return True


async def tell_files(work: Work, record: IncidentRecord, count: int, *, source: str) -> None:
    """Tell who must hear of it that an officer sent so many files without words: one message, also for an album."""
    await _tell_added(work, record, "files-to-owner", count, source=source)


async def tell_place(work: Work, record: IncidentRecord, *, source: str) -> None:
    """Tell who must hear of it that an officer has shared where they are."""
    await _tell_added(work, record, "place-to-owner", 0, source=source)


async def _tell_added(work: Work, record: IncidentRecord, text: str, count: int, *, source: str) -> None:
    incident, texts = record.incident, work.desk.texts
    if not work.private or _leads(work, record):
        return
    for one in await _hearers(work, Target(record, record)):
        language = language_of(texts, one.person)
        words = texts.html(language, text, number=str(incident.number), post=record.post.name, count=count)
        alarm = work.desk.forms[record.report.form_id].alarm
        await _show(work, record, one.person, words, source=source, alarm=alarm)


async def _spoken(work: Work, record: IncidentRecord) -> Card:
    """Count what was added as an answer of the owner, and bring the cards up to date."""
    deadlines.spoke(work.desk, record, work.person.id, now=work.now)
    return await _refreshed(work, record)


async def _refreshed(work: Work, record: IncidentRecord) -> Card:
    card = await load_card(work.tx, work.desk, record)
    await refresh_cards(work.tx, work.desk, card, now=work.now)
    return card


def _leads(work: Work, record: IncidentRecord) -> bool:
    """Whether the person writes as who leads the incident, not as its officer."""
    incident = record.incident
    return bool(steps.parts(work, incident) & LEADING) and work.person.id != incidents.contact_of(incident)


async def _hearers(work: Work, target: Target) -> list[Hearer]:
    """Who is told of what is written, in their private chat.

    Who leads is heard by the officer, the officer by the owner, and who asked is answered. An edited card does not ring.
    """
    incident, me = target.found.incident, work.person.id
    wanted: set[int | None] = {target.asker_id} if work.private else set()
    if _leads(work, target.found):
        wanted.add(incidents.contact_of(incident))
    elif work.private:
        # Of what is over also who ended it: nobody else would hear that it was a mistake.
        over = [await life.ended_by(work.tx, one) for one in (incident, target.named.incident)]
        wanted |= {incident.owner_id, *over}
    known = await people.by_ids(work.tx, [one for one in wanted if one is not None and one != me])
    reached = [one for one in known.values() if one.active and one.unreachable_since is None]
    members = await people.members(work.tx, [one.telegram_id for one in reached], now=work.now)
    return [
        Hearer(one, incident.confidential and _reported(target.found, one.id))
        for one in reached
        if _may_know(members[one.telegram_id], target.found)
    ]


def _reported(record: IncidentRecord, person_id: int) -> bool:
    """Whether somebody is the officer behind an incident: who reported it, or who follows it since."""
    return person_id in (record.incident.reporter_id, incidents.contact_of(record.incident))


def _may_know(member: Member, record: IncidentRecord) -> bool:
    """Whether somebody may still be told of an incident: its officer, who acts there now, a colleague at the post."""
    incident, report = record.incident, record.report
    if _reported(record, member.row.id) or reaches(member.actor, incident.region_code, ACTING):
        return True
    return not incident.confidential and any(post.id == report.post_id for post in member.posts)


async def _pass_on(
    work: Work, record: IncidentRecord, card: Card, person: PersonRow, words: str, *, source: str
) -> None:
    """Tell one person of the words in a message that follows their edits, and that can be answered by replying to it."""
    incident, texts, form = record.incident, work.desk.texts, card.report.form
    language = language_of(texts, person)
    name = work.person.name
    if incident.confidential and work.private and _reported(record, work.person.id):
        # Masked before it is cut: of a name at the cut its beginning would stay.
        name, words = texts.plain(language, "note-the-reporter"), masked(form, words, _kept_back(record, card))
    values = {"number": str(incident.number), "name": name, "words": cut(words, PASSED_LIMIT)}
    if _reported(record, person.id):
        text = texts.html(language, "note-to-officer", **values)
    else:
        state = [texts.plain(language, f"state-{incident.state}")] if incident.state in ENDED else []
        text = texts.html(language, "note-to-owner", post=" · ".join([record.post.name, *state]), **values)
    await _show(work, record, person, text, source=source, alarm=form.alarm)


def _kept_back(record: IncidentRecord, card: Card) -> Collection[str]:
    """The names that the words of who confided an incident must not give away."""
    report, reporter, form = record.report, record.reporter, card.report.form
    return {
        *card.report.signers,
        *signers(form, [(report.answers, report.text)]),
        *names_of(reporter.name, reporter.phone),
    }


async def _show(
    work: Work, record: IncidentRecord, person: PersonRow, text: Markup, *, source: str, alarm: bool
) -> None:
    """Show somebody what was added; what was added by one message is told in one."""
    await screens.show(
        work.tx,
        work.desk.bot_id,
        screens.Shown(
            talk_key(source, person.id),
            subject=talk_subject(record.incident.id, work.person.id),
            place=(person.telegram_id, None),
            params=message_params(text),
            priority=Priority.SOS if alarm else Priority.ALERT,
        ),
        now=work.now,
    )
