"""What becomes of an alarm that is out: words and a place added, its post put right, or the whole taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from actions.delivery.telling import News, tell_group, tell_person
from actions.incidents import alarms, life, step_news
from actions.incidents.cards import card_groups, load_card, refresh_cards, reroute, show_copies
from actions.people.admins import alert_admins
from actions.work import Work
from core.delivery.keys import group_key, person_key
from core.delivery.outgoing import Priority
from core.delivery.readers import language_in, language_of
from core.desk import Desk
from core.evidence.flags import Flag, old_fix_minutes
from core.forms.forms import Form
from core.incidents.keys import alarm_news_key, nobody_hears_key, withdrawn_key
from core.incidents.lifecycle import OPEN, Action, Part, Refusal, State, decide
from core.incidents.timeline import Event
from core.kit.geo import Fix, distance_m, is_far
from core.kit.texts import UserError
from core.kit.words import brief
from storage.incidents import incidents
from storage.people import people
from storage.records import IncidentRecord
from storage.reports import corrections
from storage.tables import IncidentRow, PostRow, ReportRow

HEARD = timedelta(minutes=60)  # so long after an alarm what its officer writes is news of it
LATER_FIX = timedelta(minutes=30)  # a location shared so long after an alarm belongs to it
WORDS_SHOWN = 500  # characters of news told to whoever has taken an alarm; its card has more


def form_of(desk: Desk) -> Form:
    """The preset's form of an alarm; raises UserError where there is none."""
    form = desk.forms.alarm
    if form is None:
        raise UserError("sos-no-form")
    return form


async def alarm_of(work: Work, *, within: timedelta = HEARD) -> IncidentRecord | None:
    """The person's newest alarm of this long, the last hour, that is not ended; none where the preset has no form for one."""
    form = work.desk.forms.alarm
    if form is None:
        return None
    return await incidents.alarm_of(work.tx, work.person.id, form.id, since=work.now - within)


async def tell_coordinators(work: Work, alarm: IncidentRecord) -> int:
    """Send the card to each coordinator in person, who may have muted the group; gives how many they are."""
    incident = alarm.incident
    near = await people.coordinators_of(work.tx, incident.region_code, now=work.now)
    near = [one for one in near if one.id != incident.reporter_id]
    card = await load_card(work.tx, work.desk, alarm)
    await show_copies(work.tx, work.desk, card, near, now=work.now)
    return len(near)


async def add_words(work: Work, alarm: IncidentRecord, words: str) -> bool:
    """Add words to an alarm that is out: every card shows them, and whoever has taken it hears of them.

    False where its cards have no room for them: then they stand whole on its timeline, and are told all the same.
    """
    incident, report = alarm.incident, alarm.report
    words = words.strip()
    if not words or f"\n{words}\n" in f"\n{report.text}\n":  # the same button once more
        return True
    fits = len(report.text) + 1 + len(words) <= work.desk.bounds.alarm_words
    if fits:
        alarms.add_words(report, form_of(work.desk).rest, words)
    incidents.event(work.tx, incident, work.stamp, action=Event.ADDED, note=words)
    await refresh_cards(work.tx, work.desk, await load_card(work.tx, work.desk, alarm), now=work.now)
    owner = (await people.by_ids(work.tx, [incident.owner_id or 0])).get(incident.owner_id or 0)
    if owner is not None:  # an edited card does not ring
        texts, shown = work.desk.texts, brief(words, WORDS_SHOWN)
        language, number = language_of(texts, owner), str(incident.number)
        text = texts.html(language, "sos-news", number=number, post=alarm.post.name, words=shown)
        news = News(text, alarm_news_key(work.origin), priority=Priority.SOS)
        tell_person(work.tx, work.desk, owner, news, now=work.now)
    return fits


async def locate(work: Work, found: IncidentRecord, fix: Fix) -> None:
    """Put where its reporter is in the place of where the report came from."""
    report = found.report
    report.lat, report.lon, report.accuracy_m = fix.lat, fix.lon, fix.accuracy_m
    report.flags = [flag for flag in report.flags if old_fix_minutes(flag) is None]
    _measure(report, found.post)
    incidents.event(work.tx, found.incident, work.stamp, action=Event.LOCATED)
    await refresh_cards(work.tx, work.desk, await load_card(work.tx, work.desk, found), now=work.now)


async def locate_running(work: Work, fix: Fix) -> IncidentRecord | None:
    """Add a location to the person's alarm of the last half hour; gives that, None when there is none."""
    alarm = await alarm_of(work, within=LATER_FIX)
    if alarm is not None:
        await locate(work, alarm, fix)
    return alarm


async def move(work: Work, incident_id: int, post_id: int) -> PostRow:
    """Correct the post of an own alarm, to one that it gives: who must hear of it there hears of it now.

    Raises UserError for another's alarm, for one that is over, and for another's post.
    """
    alarm = await _own(work, incident_id)
    post = next((one for one in work.known.posts if one.id == post_id), None)
    if post is None:
        raise UserError("tap-not-your-post")
    if post.id != alarm.post.id:
        await _move(work, alarm, post)
    return post


async def _move(work: Work, alarm: IncidentRecord, post: PostRow) -> None:
    incident, report = alarm.incident, alarm.report
    reason = work.desk.texts.plain(work.language, "sos-moved-from", post=alarm.post.name)
    await corrections.correct(work.tx, report, reason=reason, post=post, cause=work.cause, now=work.now)
    incident.post_id, incident.region_code = post.id, post.region_code
    _measure(report, post)
    incidents.event(work.tx, incident, work.stamp, action=Event.MOVED)
    moved = replace(alarm, post=post)
    groups = await reroute(work.tx, work.desk, moved, now=work.now)
    near = await tell_coordinators(work, moved)
    if not groups and not near:
        await _tell_admins(work, incident)
    await alarms.show_own(work.tx, work.desk, moved, now=work.now)


def _measure(report: ReportRow, post: PostRow) -> None:
    """Set down how far the phone was from the post that is named now."""
    flags = [flag for flag in report.flags if flag != Flag.FAR]
    report.distance_m = None
    if report.lat is not None and report.lon is not None and post.lat is not None and post.lon is not None:
        report.distance_m = distance_m((report.lat, report.lon), (post.lat, post.lon))
        if is_far(report.distance_m, Fix(report.lat, report.lon, report.accuracy_m)):
            flags.append(Flag.FAR)
    report.flags = flags


async def _tell_admins(work: Work, incident: IncidentRow) -> None:
    await alert_admins(
        work.tx,
        work.desk,
        "alert-no-group",
        key=nobody_hears_key(incident.number, work.origin),
        now=work.now,
        number=str(incident.number),
        region=" › ".join(work.desk.regions.path(incident.region_code)),
    )


async def withdraw(work: Work, incident_id: int) -> IncidentRow:
    """Take back an own false alarm, which it gives: every card says so, and everybody who was told hears it anew.

    Raises UserError for another's alarm and for one that is over.
    """
    alarm = await _own(work, incident_id)
    incident = alarm.incident
    target = decide(State(incident.state), Action.WITHDRAW, {Part.REPORTER})
    if isinstance(target, Refusal):
        raise UserError("tap-too-old")
    life.apply(work.tx, work.desk, alarm, life.Step(Action.WITHDRAW, target), work.stamp)
    await refresh_cards(work.tx, work.desk, await load_card(work.tx, work.desk, alarm), now=work.now)
    await alarms.show_own(work.tx, work.desk, alarm, now=work.now)
    await step_news.tell_joined(work, alarm, Action.WITHDRAW)
    await _tell_withdrawn(work, alarm)
    subject, post, report = f"I-{incident.number}", alarm.post.code, str(alarm.report.number)
    work.journal("alarm-withdrawn", subject, post=post, report=report)
    return incident


async def _tell_withdrawn(work: Work, alarm: IncidentRecord) -> None:
    """Tell the groups that have its card, and whom it was told in person; admins where no group has heard of it."""
    incident, desk, texts = alarm.incident, work.desk, work.desk.texts
    values = {"number": str(incident.number), "post": alarm.post.name}
    key = withdrawn_key(incident.id, work.origin)
    groups = await card_groups(work.tx, desk, incident.id)
    for group in groups.values():
        text = texts.html(language_in(texts, group), "sos-withdrawn", **values)
        tell_group(work.tx, desk, group, News(text, group_key(key, group.id), priority=Priority.SOS), now=work.now)
    for one in await alarms.told_people(work.tx, desk, incident):
        text = texts.html(language_of(texts, one), "sos-withdrawn", **values)
        tell_person(work.tx, desk, one, News(text, person_key(key, one.id), priority=Priority.SOS), now=work.now)
    if not groups:
        await alert_admins(work.tx, desk, "sos-withdrawn", key=key, now=work.now, **values)


async def _own(work: Work, incident_id: int) -> IncidentRecord:
    """The alarm of this key; only who sent it may go on, while it is open."""
    found = await incidents.get(work.tx, incident_id)
    if found is None or found.incident.reporter_id != work.person.id or found.report.form_id != form_of(work.desk).id:
        raise UserError("tap-too-old")
    incident = found.incident
    if incident.state not in OPEN:
        state = work.desk.texts.plain(work.language, f"state-{incident.state}")
        raise UserError("tap-answer-late", number=str(incident.number), state=state)
    return found
