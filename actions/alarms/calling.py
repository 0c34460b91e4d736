"""Calling for help: one alarm, and everybody who must act hears of it; what is missing follows later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from actions.alarms import running
from actions.incidents.alarms import region_place, show_own
from actions.incidents.cards import hearers
from actions.reports import filing
from actions.reports.filing import Filing
from actions.work import Work
from core.evidence.flags import old_fix
from core.kit.geo import Fix
from core.kit.texts import UserError
from core.kit.words import storable
from core.people.roles import Role, scope_of
from storage.people import people
from storage.records import IncidentRecord
from storage.reports import reports
from storage.tables import GroupRow, PostRow

JOINS = timedelta(seconds=60)  # a second alarm so soon is the same one, sent by a shaking hand
BUTTON_LASTS = timedelta(hours=1)  # an older button is rather touched by accident
FIX_LASTS = timedelta(hours=12)  # the phone's last place helps to find somebody even then; its age is shown


@dataclass(frozen=True)
class Whence:
    """Where somebody calls from: a post, or only a region."""

    post: PostRow | None
    region_code: str


@dataclass(frozen=True)
class HelpCall:
    """A call for help as it is confirmed: the words, and what makes it one alarm however often it is confirmed."""

    words: str
    source: str
    asked_at: datetime  # when the caller asked for the button
    post_id: int = 0  # the post that the button named; 0: none
    message_id: int | None = None  # the caller's message that becomes the one about the alarm


class Called(Enum):
    """What a call for help has become."""

    SENT = auto()
    JOINED = auto()  # its words stand with the alarm of a moment ago
    REPEATED = auto()  # it was an alarm before


@dataclass(frozen=True)
class CallMade:
    """What a call has become, and the number of its alarm."""

    became: Called
    number: int


async def whence(work: Work) -> Whence:
    """Where the person most likely calls from."""
    post = await _likely_post(work)
    return Whence(post, post.region_code if post else await _region(work))


async def hearing(work: Work, region_code: str) -> list[GroupRow]:
    """The groups that would hear of an alarm there."""
    opens = running.form_of(work.desk).opens({})
    assert opens is not None, "the form of an alarm always opens an incident"
    heard = await hearers(work.tx, work.desk, category=None, severity=opens[1], region_code=region_code)
    return list(heard.values())


async def join(work: Work, words: str) -> IncidentRecord | None:
    """Add the words of another call to the person's alarm of a moment ago; gives that, None when there is none."""
    alarm = await running.alarm_of(work, within=JOINS)
    if alarm is not None:
        await running.add_words(work, alarm, words)
    return alarm


async def send(work: Work, call: HelpCall) -> CallMade:
    """Send an alarm at once; the same call twice, or another within a minute, sends no second one.

    Raises UserError for a call that was begun too long ago.
    """
    if call.asked_at < work.now - BUTTON_LASTS:
        raise UserError("tap-sos-old")
    filed = await reports.by_source(work.tx, call.source)
    if filed is not None:
        before = await reports.record_of(work.tx, filed.id)
        number = before.incident.number if before and before.incident else filed.number
        return CallMade(Called.REPEATED, number)
    alarm = await join(work, call.words)
    if alarm is not None:
        return CallMade(Called.JOINED, alarm.incident.number)
    alarm = await _file(work, call)
    await running.tell_coordinators(work, alarm)
    await show_own(work.tx, work.desk, alarm, now=work.now, message_id=call.message_id)
    work.journal("alarm", f"I-{alarm.incident.number}", post=alarm.post.code)
    return CallMade(Called.SENT, alarm.incident.number)


async def _file(work: Work, call: HelpCall) -> IncidentRecord:
    """Make the report of an alarm, which opens its incident and shows the cards."""
    form, (fix, flags) = running.form_of(work.desk), _last_place(work)
    post = next((one for one in work.known.posts if one.id == call.post_id), None) or await _likely_post(work)
    post = post or await region_place(work.tx, work.desk, await _region(work))
    answers = {form.rest.id: storable(call.words)} if form.rest else {}
    filed = await filing.file(work, Filing(form, post, answers, call.words, call.source, work.since, flags, fix))
    assert filed.incident is not None, "the form of an alarm always opens an incident"
    return IncidentRecord(filed.incident, filed.report, post, work.person)


async def _likely_post(work: Work) -> PostRow | None:
    """The post of the person's last report, else their first; None for somebody who holds only a region.

    Who holds nothing at present calls from the post that they held last.
    """
    posts = work.known.posts
    if not work.known.holdings:
        last = await people.last_holding(work.tx, work.person.id)
        return last.post if last is not None and last.post is not None and last.post.active else None
    if len(posts) < 2:
        return posts[0] if posts else None
    before = await reports.last_post(work.tx, work.person.id)
    return next((post for post in posts if post.id == before), posts[0])


async def _region(work: Work) -> str:
    """The region that a person without a post calls from: the first that they hold, or the last that they held."""
    actor = work.actor
    held = scope_of(actor, Role.COORDINATOR, Role.ADMIN) or tuple(one.region_code for one in actor.assignments)
    if not held:
        last = await people.last_holding(work.tx, work.person.id)
        held = (last.assignment.region_code if last is not None else "",)
    return held[0] or work.desk.preset.root


def _last_place(work: Work) -> tuple[Fix | None, list[str]]:
    """Where the phone was last, and the mark of how long ago."""
    person = work.person
    if person.lat is None or person.lon is None or person.located_at is None:
        return None, []
    age = work.now - person.located_at
    if age > FIX_LASTS:
        return None, []
    minutes = int(age.total_seconds() // 60)
    return Fix(person.lat, person.lon, person.accuracy_m), [old_fix(minutes)] if minutes > 0 else []
