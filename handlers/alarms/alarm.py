"""What becomes of an alarm that is out: its post put right, a location added, or the whole taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from actions.delivery.telling import News, tell_group, tell_person
from actions.incidents import life
from actions.incidents.alarms import add_words, show_own, told_people
from actions.incidents.cards import card_groups, load_card, refresh_cards, reroute, show_copies
from actions.people.admins import alert_admins
from core.delivery.keys import group_key, person_key
from core.delivery.outgoing import Priority
from core.delivery.readers import language_in, language_of
from core.evidence.flags import Flag, old_fix_minutes
from core.forms.forms import Form
from core.incidents.keys import alarm_news_key, nobody_hears_key, withdrawn_key
from core.incidents.lifecycle import OPEN, Action, Part, Refusal, State, decide
from core.incidents.taps import AlarmMoveTap, AlarmWithdrawTap
from core.incidents.timeline import Event
from core.kit.geo import Fix, distance_m, is_far
from core.kit.texts import UserError
from core.kit.words import brief
from handlers.incidents.step_news import tell_joined
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx
from storage.incidents import incidents
from storage.people import people
from storage.records import IncidentRecord
from storage.reports import corrections
from storage.tables import IncidentRow, PostRow, ReportRow

HEARD = timedelta(minutes=60)  # so long after an alarm what its officer writes is news of it
LATER_FIX = timedelta(minutes=30)  # a location shared so long after an alarm belongs to it
WORDS_SHOWN = 500  # characters of news told to whoever has taken an alarm; its card has more


def alarm_form(ctx: Ctx) -> Form:
    """The preset's form of an alarm."""
    form = ctx.desk.forms.alarm
    if form is None:
        raise UserError("sos-no-form")
    return form


async def tell_coordinators(ctx: Ctx, found: IncidentRecord) -> int:
    """Send the card to each coordinator in person, who may have muted the group; gives how many they are."""
    incident = found.incident
    near = await people.coordinators_of(ctx.tx, incident.region_code, now=ctx.now)
    near = [one for one in near if one.id != incident.reporter_id]
    card = await load_card(ctx.tx, ctx.desk, found)
    await show_copies(ctx.tx, ctx.desk, card, near, now=ctx.now)
    return len(near)


async def _own_alarm(ctx: Ctx, incident_id: int) -> IncidentRecord:
    """The alarm of a tapped button; only who sent it may go on."""
    found = await incidents.get(ctx.tx, incident_id)
    if found is None or found.incident.reporter_id != ctx.known.row.id or found.report.form_id != alarm_form(ctx).id:
        raise UserError("tap-too-old")
    incident = found.incident
    if incident.state not in OPEN:
        state = ctx.label(f"state-{incident.state}")
        raise UserError("tap-answer-late", number=str(incident.number), state=state)
    return found


async def tap_move(ctx: Ctx, tap: AlarmMoveTap) -> None:
    """Correct the post of an alarm that is out: who must hear of it there hears of it now."""
    found = await _own_alarm(ctx, tap.incident_id)
    incident, report, before = found.incident, found.report, found.post
    post = next((one for one in ctx.known.posts if one.id == tap.post_id), None)
    if post is None:
        raise UserError("tap-not-your-post")
    if post.id != before.id:
        await corrections.correct(
            ctx.tx,
            report,
            reason=ctx.label("sos-moved-from", post=before.name),
            post=post,
            cause=ctx.cause,
            now=ctx.now,
        )
        incident.post_id, incident.region_code = post.id, post.region_code
        _measure(report, post)
        incidents.event(ctx.tx, incident, ctx.stamp, action=Event.MOVED)
        moved = replace(found, post=post)
        groups = await reroute(ctx.tx, ctx.desk, moved, now=ctx.now)
        near = await tell_coordinators(ctx, moved)
        if not groups and not near:
            await _tell_admins(ctx, incident)
        await show_own(ctx.tx, ctx.desk, moved, now=ctx.now)
    ctx.answer("tap-sos-moved", post=post.name[:60])


def _measure(report: ReportRow, post: PostRow) -> None:
    """Set down how far the phone was from the post that is named now."""
    flags = [flag for flag in report.flags if flag != Flag.FAR]
    report.distance_m = None
    if report.lat is not None and report.lon is not None and post.lat is not None and post.lon is not None:
        report.distance_m = distance_m((report.lat, report.lon), (post.lat, post.lon))
        if is_far(report.distance_m, Fix(report.lat, report.lon, report.accuracy_m)):
            flags.append(Flag.FAR)
    report.flags = flags


async def _tell_admins(ctx: Ctx, incident: IncidentRow) -> None:
    await alert_admins(
        ctx.tx,
        ctx.desk,
        "alert-no-group",
        key=nobody_hears_key(incident.number, ctx.item.id),
        now=ctx.now,
        number=str(incident.number),
        region=" › ".join(ctx.desk.regions.path(incident.region_code)),
    )


async def tap_withdraw(ctx: Ctx, tap: AlarmWithdrawTap) -> None:
    """Take back a false alarm: every card says so, and everybody who was told hears it in a new message."""
    found = await _own_alarm(ctx, tap.incident_id)
    incident, report, post = found.incident, found.report, found.post
    target = decide(State(incident.state), Action.WITHDRAW, {Part.REPORTER})
    if isinstance(target, Refusal):
        raise UserError("tap-too-old")
    life.apply(ctx.tx, ctx.desk, found, life.Step(Action.WITHDRAW, target), ctx.stamp)
    await refresh_cards(ctx.tx, ctx.desk, await load_card(ctx.tx, ctx.desk, found), now=ctx.now)
    await show_own(ctx.tx, ctx.desk, found, now=ctx.now)
    await tell_joined(ctx, found, Action.WITHDRAW)
    values = {"number": str(incident.number), "post": post.name}
    texts, key = ctx.desk.texts, withdrawn_key(incident.id, ctx.item.id)
    groups = await card_groups(ctx.tx, ctx.desk, incident.id)
    for group in groups.values():
        text = texts.html(language_in(texts, group), "sos-withdrawn", **values)
        tell_group(ctx.tx, ctx.desk, group, News(text, group_key(key, group.id), priority=Priority.SOS), now=ctx.now)
    for one in await told_people(ctx.tx, ctx.desk, incident):
        text = texts.html(language_of(texts, one), "sos-withdrawn", **values)
        tell_person(ctx.tx, ctx.desk, one, News(text, person_key(key, one.id), priority=Priority.SOS), now=ctx.now)
    if not groups:
        await alert_admins(ctx.tx, ctx.desk, "sos-withdrawn", key=key, now=ctx.now, **values)
    ctx.journal("alarm-withdrawn", f"I-{incident.number}", post=post.code, report=str(report.number))
    ctx.answer("tap-sos-withdrawn", number=str(incident.number))


async def running(ctx: Ctx) -> IncidentRecord | None:
    """The person's alarm of the last hour that is not ended."""
    form = ctx.desk.forms.alarm
    if form is None:
        return None
    return await incidents.alarm_of(ctx.tx, ctx.known.row.id, form.id, since=ctx.now - HEARD)


async def is_newest(ctx: Ctx) -> bool:
    """Whether the person's running alarm came after everything they were filling: then it hears what they write."""
    found = await running(ctx)
    return found is not None and (ctx.draft is None or ctx.draft.updated_at < found.incident.opened_at)


async def join(ctx: Ctx, found: IncidentRecord, words: str) -> None:
    """Add words to an alarm that is out: every card shows them, and whoever has taken it hears of them."""
    incident, report = found.incident, found.report
    words = words.strip()
    if not words or f"\n{words}\n" in f"\n{report.text}\n":  # the same button once more
        return
    rest = alarm_form(ctx).rest
    add_words(report, rest.id if rest else None, words)
    incidents.event(ctx.tx, incident, ctx.stamp, action=Event.ADDED, note=words)
    await refresh_cards(ctx.tx, ctx.desk, await load_card(ctx.tx, ctx.desk, found), now=ctx.now)
    owner = (await people.by_ids(ctx.tx, [incident.owner_id or 0])).get(incident.owner_id or 0)
    if owner is not None:  # an edited card does not ring
        language = language_of(ctx.desk.texts, owner)
        shown = brief(words, WORDS_SHOWN)
        text = ctx.desk.texts.html(language, "sos-news", number=str(incident.number), post=found.post.name, words=shown)
        tell_person(
            ctx.tx, ctx.desk, owner, News(text, alarm_news_key(ctx.item.id), priority=Priority.SOS), now=ctx.now
        )


async def take_words(ctx: Ctx, text: str) -> bool:
    """Add what the person writes to their alarm of the last hour, and say so; False when none is running."""
    found = await running(ctx)
    if found is None or not text.strip():
        return False
    await join(ctx, found, text)
    ctx.say("sos-added", number=f"I-{found.incident.number}")
    return True


async def take_location(ctx: Ctx, fix: Fix) -> IncidentRecord | None:
    """Add a location to the person's alarm of the last half hour; gives that, None when there is none."""
    form = ctx.desk.forms.alarm
    if form is None:
        return None
    found = await incidents.alarm_of(ctx.tx, ctx.known.row.id, form.id, since=ctx.now - LATER_FIX)
    if found is None:
        return None
    await locate(ctx, found, fix)
    ctx.say("sos-located", number=str(found.incident.number))
    return found


async def locate(ctx: Ctx, found: IncidentRecord, fix: Fix) -> None:
    """Put where its reporter is in the place of where the report came from."""
    incident, report = found.incident, found.report
    report.lat, report.lon, report.accuracy_m = fix.lat, fix.lon, fix.accuracy_m
    report.flags = [flag for flag in report.flags if old_fix_minutes(flag) is None]
    _measure(report, found.post)
    incidents.event(ctx.tx, incident, ctx.stamp, action=Event.LOCATED)
    await refresh_cards(ctx.tx, ctx.desk, await load_card(ctx.tx, ctx.desk, found), now=ctx.now)


TAPS = (OnTap(AlarmMoveTap, tap_move), OnTap(AlarmWithdrawTap, tap_withdraw))
