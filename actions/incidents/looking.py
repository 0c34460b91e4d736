"""Looking at an incident: its card, its files, its history, who confided it; what is looked at closely is journaled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions.delivery.telling import News, tell_person
from actions.incidents import copies, steps
from actions.incidents.card_facts import kept_back
from actions.incidents.card_views import paired
from actions.incidents.cards import bring_back, card_groups, load_card
from actions.work import Work
from core.delivery.readers import language_of
from core.incidents.escalation import fits
from core.incidents.keys import identity_key
from core.incidents.lifecycle import ACTING, Part
from core.incidents.timeline import Entry, Event
from core.kit.texts import UserError
from core.people.roles import reaches
from storage.groups import group_fact
from storage.incidents import evidence_seen, incidents, reporter, timeline
from storage.incidents.evidence_seen import SeenFile
from storage.incidents.merging import merged_into
from storage.incidents.reporter import Identity
from storage.incidents.timeline import last_entries
from storage.records import IncidentRecord
from storage.tables import IncidentRow, PersonRow

HANDLING = frozenset({Part.OWNER, Part.COORDINATOR, Part.ADMIN, Part.RECEIVER})
LONGEST = 500  # entries; more than an incident of several weeks gathers


@dataclass(frozen=True)
class Batch:
    """Some files of an incident, at which somebody looks now."""

    files: Sequence[SeenFile]
    skipped: int  # how many come before them
    total: int

    @property
    def left(self) -> int:
        """How many come after them."""
        return self.total - self.skipped - len(self.files)


async def show_copy(work: Work, record: IncidentRecord) -> bool:
    """Show the card in private to who acts on the incident, below what was written since; False for anybody else."""
    if not _acts(work, record.incident):
        return False
    card = await paired(work.tx, work.desk, await load_card(work.tx, work.desk, record), now=work.now)
    await copies.show(work.tx, work.desk, card, record.incident, work.known, now=work.now)
    return True


async def bring_here(work: Work, record: IncidentRecord, thread_id: int | None) -> bool:
    """Send the group's card anew, below, for who acts on the incident; False where the group may not hear of it."""
    group = work.group
    if group is None or not _acts(work, record.incident) or not await heard_here(work, record.incident):
        return False
    card = await load_card(work.tx, work.desk, record)
    await bring_back(work.tx, work.desk, card, group, thread_id, now=work.now)
    return True


def _acts(work: Work, incident: IncidentRow) -> bool:
    return work.who is not None and reaches(work.actor, incident.region_code, ACTING)


async def files(work: Work, record: IncidentRecord, *, skipped: int, limit: int) -> Batch:
    """The next files of an incident, and of those merged into it, for who handles it; the look is journaled.

    Raises UserError for anybody else, and where no file is left.
    """
    incident, number = record.incident, str(record.incident.number)
    if not HANDLING & steps.parts(work, incident):
        raise UserError("tap-files-not-yours")
    seen = await evidence_seen.of_incident(work.tx, incident)
    batch = Batch(seen[skipped : skipped + limit], skipped, len(seen))
    if not batch.files:
        raise UserError("tap-files-none", number=number)
    work.journal("evidence-seen", f"I-{number}", files=len(batch.files), first=skipped + 1)
    return batch


async def history(work: Work, record: IncidentRecord) -> list[Entry]:
    """The whole timeline, its opening first, for who acts on the incident; raises UserError for anybody else."""
    incident, tx, desk = record.incident, work.tx, work.desk
    if not steps.parts(work, incident) - {Part.REPORTER}:
        raise UserError("tap-not-your-region")
    older = await incidents.older_versions(tx, record.report)
    merged = await merged_into(tx, incident.id) if incident.confidential else []
    hidden = kept_back(desk, record, older, merged)
    first = Entry(
        at=incident.opened_at,
        action=Event.OPENED,
        who=None if incident.confidential else record.reporter.name,
        by_reporter=incident.confidential,
    )
    return [first, *await last_entries(tx, desk.routing.referrals, incident, hidden, limit=LONGEST)]


async def left_out(work: Work, record: IncidentRecord, *, shown: int) -> int:
    """How many entries of a timeline, its opening not counted, are older than the last ones that are shown."""
    return await timeline.count(work.tx, record.incident.id) - shown if shown >= LONGEST else 0


async def identity(work: Work, record: IncidentRecord, *, telegram_id: int) -> Identity | None:
    """Who confided an incident, for who may know it; who confided is told of the look, anybody else gets None.

    A person may know who is named in the preset, acts there now, and is alone with the bot. The look and the refusal
    are journaled; `telegram_id` is of whoever asks, who may be a stranger.
    """
    incident = record.incident
    if work.who is None or not work.private or not copies.may_look(work.desk, incident, work.who):
        work.journal("identity-refused", f"I-{incident.number}", telegram_id=telegram_id)
        return None
    work.journal("identity-seen", f"I-{incident.number}")
    found = await reporter.identity_of(work.tx, work.desk.forms.get(record.report.form_id), record)
    for person in found.persons:
        if person.id != work.person.id:
            _tell_seen(work, incident, person)
    return found


def _tell_seen(work: Work, incident: IncidentRow, person: PersonRow) -> None:
    """Let the reporter know that somebody named for it has looked, without saying who."""
    texts = work.desk.texts
    language = language_of(texts, person)
    clock = texts.clock(language, work.now)
    text = texts.html(language, "identity-seen", number=str(incident.number), clock=clock)
    news = News(text, identity_key(incident.id, work.origin, person.id))
    tell_person(work.tx, work.desk, person, news, now=work.now)


async def heard_here(work: Work, incident: IncidentRow) -> bool:
    """Whether the group in which something is done may hear of an incident: linked for such there, or with its card.

    A card shown in a group is read by everybody in it; by a referral one may have a card that it is not linked for.
    """
    group, routing = work.group, work.desk.routing
    if group is None:
        return False
    category = incident.category
    wanted = routing.status_purposes if category is None else routing.category(category).purposes
    if fits(group_fact(group), incident.region_code, wanted):
        return True
    return group.id in await card_groups(work.tx, work.desk, incident.id)
