"""Calls for help beside their cards: the officer's own message, and the place of a whole region."""

from __future__ import annotations

from datetime import datetime

from actions.delivery.telling import News, tell_group, tell_person
from actions.incidents.cards import card_groups, copy_holders
from actions.incidents.escalation_news import DueIncident
from core.delivery.keys import Subject, group_key, person_key
from core.delivery.outgoing import Button, Priority, message_params
from core.delivery.readers import language_in, language_of
from core.desk import Desk
from core.forms.fields import Field
from core.forms.problems import Problem
from core.forms.values import read_value
from core.incidents.keys import ALARM, alarm_admin_key, call_key
from core.incidents.lifecycle import OPEN, Action, State
from core.incidents.taps import AlarmMoveTap, AlarmWithdrawTap, StepTap
from core.kit.ages import age_text
from core.kit.shortening import short
from core.kit.texts import Markup
from core.people.phones import shown
from core.territory.posts import PostKind, Risk
from storage.database.engine import Tx
from storage.delivery import screens
from storage.incidents import incidents
from storage.people import people
from storage.records import IncidentRecord
from storage.tables import IncidentRow, PersonRow, PostRow, ReportRow
from storage.territory import places
from storage.territory.places import NewPost

POSTS_SHOWN = 6  # other posts among which the right one can be tapped
ADMINS_AT = 2  # the ring with which admins hear of an alarm that nobody takes


async def region_place(tx: Tx, desk: Desk, region_code: str) -> PostRow:
    """The post that stands for a whole region in an alarm by somebody who has none; it owes no report."""
    stands = NewPost(
        code=f"WILAYAH-{region_code.replace('.', '')}",
        name=desk.regions.path(region_code)[-1],
        kind=PostKind.POSKO.value,
        region_code=region_code,
        voters=None,
        risk=Risk.LOW.value,
        lat=None,
        lon=None,
    )
    return await places.ensure_post(tx, stands, active=False)


async def show_own(tx: Tx, desk: Desk, alarm: IncidentRecord, *, now: datetime, message_id: int | None = None) -> None:
    """Bring the officer's own message about an alarm up to date; the first time it takes the place of `message_id`."""
    incident, post, reporter = alarm.incident, alarm.post, alarm.reporter
    language = language_of(desk.texts, reporter)
    lines = [
        desk.texts.html(
            language, "sos-sent", number=str(incident.number), clock=desk.texts.clock(language, incident.opened_at)
        ),
        desk.texts.html(language, "sos-post", post=post.name),
        await _state(tx, desk, incident, language),
    ]
    rows: list[list[Button]] = []
    if incident.state in OPEN:
        known = await people.members(tx, [reporter.telegram_id], now=now)
        member = known.get(reporter.telegram_id)
        others = [one for one in member.posts if one.id != post.id] if member else []
        lines.append(desk.texts.html(language, "sos-more"))
        if others:
            lines.append(desk.texts.html(language, "sos-elsewhere"))
        rows = [[Button(short(one.name), tap=AlarmMoveTap(incident.id, one.id))] for one in others[:POSTS_SHOWN]]
        rows.append([Button(desk.texts.plain(language, "button-sos-withdraw"), tap=AlarmWithdrawTap(incident.id))])
    await screens.show(
        tx,
        desk.bot_id,
        screens.Shown(
            Subject(ALARM, incident.id).text,
            subject=Subject(ALARM, incident.id).text,
            place=(reporter.telegram_id, None),
            params=message_params("\n".join(lines), rows),
            priority=Priority.SOS,
        ),
        now=now,
        message_id=message_id,
    )


async def _state(tx: Tx, desk: Desk, incident: IncidentRow, language: str) -> Markup:
    """Who has acknowledged an alarm, or how many were told of it."""
    texts = desk.texts
    at = incident.acknowledged_at if incident.state in OPEN else incident.closed_at or incident.resolved_at
    if incident.state != State.NEW and at is not None:
        owner = await people.find_person(tx, incident.owner_id)
        clock = texts.clock(language, at)
        return texts.html(language, f"sos-{incident.state}", clock=clock, name=owner.name if owner else "-")
    groups, copies = await card_groups(tx, desk, incident.id), await copy_holders(tx, desk, incident.id)
    if not groups and not copies:
        return texts.html(language, "sos-told-admins")
    return texts.html(language, "sos-told", groups=len(groups), people=len(copies))


def add_words(report: ReportRow, note: Field | None, words: str) -> None:
    """Put further words behind those of an alarm that is running already.

    When they are too long for an answer to the form's `note`, they stand in its text alone.
    """
    report.text = f"{report.text}\n{words}".strip()
    if note is not None:
        both = read_value(note, f"{report.answers.get(note.id, '')}\n{words}")
        report.answers = report.answers if isinstance(both, Problem) else {**report.answers, note.id: both}


async def told_people(tx: Tx, desk: Desk, incident: IncidentRow) -> list[PersonRow]:
    """Who was told of an alarm in person: who has a copy of the card, who acknowledged it, and its present contact."""
    copies = await copy_holders(tx, desk, incident.id)
    others = await people.by_ids(tx, [incident.owner_id or 0, incidents.contact_of(incident)])
    found = {person.id: person for person in (*copies, *others.values())}
    found.pop(incident.reporter_id, None)
    return list(found.values())


async def ring(tx: Tx, desk: Desk, alarm: IncidentRecord, *, key: str, now: datetime) -> None:
    """Tell everybody who has an alarm's card, in a new message, that nobody has taken it: an edited card does not ring."""
    incident, post, texts = alarm.incident, alarm.post, desk.texts
    for group in (await card_groups(tx, desk, incident.id)).values():
        if group.unlinked_at is None:
            text = _waiting(desk, language_in(texts, group), incident, post, now=now)
            tell_group(tx, desk, group, News(text, group_key(key, group.id), priority=Priority.SOS), now=now)
    for person in await copy_holders(tx, desk, incident.id):
        text = _waiting(desk, language_of(texts, person), incident, post, now=now)
        tell_person(tx, desk, person, News(text, person_key(key, person.id), priority=Priority.SOS), now=now)


async def call(tx: Tx, due: DueIncident, *, since: datetime, unanswered: bool, name: str | None) -> None:
    """Call everybody who has a copy of an alarm's card, but its owner: nobody takes it, or its owner says nothing.

    `name` is the owner's where it may be told, `since` when the owner last said something.
    """
    desk, incident, texts = due.desk, due.incident, due.desk.texts
    key = call_key(incident.id, due.moment)
    for person in await copy_holders(tx, desk, incident.id):
        if person.id == incident.owner_id:
            continue
        language = language_of(texts, person)
        text, rows = _waiting(desk, language, incident, due.post, now=due.now), list[list[Button]]()
        if unanswered:
            text = texts.html(
                language,
                "sos-owner-silent",
                number=str(incident.number),
                post=due.post.name,
                name=name or texts.plain(language, "the-owner"),
                age=age_text(texts, language, due.now - since),
            )
            label = texts.plain(language, "button-take-over")
            rows = [[Button(label, tap=StepTap(incident.id, Action.TAKE_OVER), style="danger")]]
        told = person_key(key, person.id)
        tell_person(tx, desk, person, News(text, told, priority=Priority.SOS, rows=rows), now=due.now)


def _waiting(desk: Desk, language: str, incident: IncidentRow, post: PostRow, *, now: datetime) -> Markup:
    age = age_text(desk.texts, language, now - incident.opened_at)
    return desk.texts.html(language, "sos-waiting", number=str(incident.number), age=age, post=post.name)


async def untold_coordinators(tx: Tx, desk: Desk, incident: IncidentRow, *, now: datetime) -> list[PersonRow]:
    """The coordinators of the regions around an alarm, up to the province, who can be reached and have no copy yet."""
    told = {incident.reporter_id, *(person.id for person in await copy_holders(tx, desk, incident.id))}
    above = await people.coordinators_above(tx, incident.region_code, now=now)
    return [person for person in above if person.id not in told]


async def tell_admins(tx: Tx, desk: Desk, alarm: IncidentRecord, *, now: datetime) -> None:
    """Tell admins in person of an alarm that nobody takes, with whom to call; a confidential one bears no name."""
    incident, post, reporter = alarm.incident, alarm.post, alarm.reporter
    phone = shown(reporter.phone) if reporter.phone else None
    who = " ".join(part for part in (reporter.rank, reporter.name, phone) if part)
    for admin in await people.admins(tx, now=now):
        language = language_of(desk.texts, admin)
        lines = [_waiting(desk, language, incident, post, now=now)]
        if not incident.confidential:
            lines.append(desk.texts.html(language, "sos-call", who=who))
        key = alarm_admin_key(incident.id, int((incident.due_at or now).timestamp()), admin.id)
        tell_person(tx, desk, admin, News("\n".join(lines), key, priority=Priority.SOS), now=now)
