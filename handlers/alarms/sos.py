"""Calling for help: one command, one tap, and everybody who must act hears of it; what is missing follows later."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import timedelta

from actions.incidents.alarms import region_place, show_own
from actions.incidents.cards import hearers
from core.alarms.taps import AlarmCancelTap, AlarmSendTap
from core.delivery.commands import read_command
from core.delivery.outgoing import Priority, message_params
from core.delivery.overtaking import ALARM_COMMANDS
from core.evidence.flags import old_fix
from core.forms.forms import CONFIDENTIAL, Form
from core.incidents.keys import alarm_ask_key
from core.kit.geo import Fix
from core.kit.texts import UserError
from core.kit.words import fold
from core.people.roles import Role, scope_of
from core.reports.keys import alarm_source
from handlers.alarms import alarm
from handlers.alarms.alarm import alarm_form, join, take_words, tell_coordinators
from handlers.kit.command import Command, OnTap, Where
from handlers.kit.scope import Ctx
from handlers.reports.filing import Filing, file_report
from storage.delivery import inbox, screens
from storage.incidents import incidents
from storage.people import people
from storage.records import IncidentRecord
from storage.reports import reports
from storage.tables import PostRow

JOINS = timedelta(seconds=60)  # a second alarm so soon is the same one, sent by a shaking hand
BUTTON_LASTS = timedelta(hours=1)  # an older button is rather touched by accident
FIX_LASTS = timedelta(hours=12)  # the phone's last place helps to find somebody even then; its age is shown
GROUPS_NAMED = 3


async def sos(ctx: Ctx, words: str) -> None:
    """Show the one button that sends an alarm; with one just sent, or words for one that is out, add to that one."""
    form = alarm_form(ctx)
    if words.strip() and await take_words(ctx, words):
        return
    running = await incidents.alarm_of(ctx.tx, ctx.known.row.id, form.id, since=ctx.now - JOINS)
    if running is None:
        await ask(ctx, words)
        return
    await join(ctx, running, words)
    ctx.say("sos-running", number=str(running.incident.number))


async def ask(ctx: Ctx, words: str) -> None:
    """Ask whether to send: the words stay in the message that asked, until the button is tapped."""
    form, post = alarm_form(ctx), await _likely_post(ctx)
    region = post.region_code if post else await _region(ctx)
    heard = await hearers(ctx.tx, ctx.desk, category=None, severity=form.opens({})[1], region_code=region)  # type: ignore[index]
    titles = [group.title for group in heard.values()]
    named = titles[:GROUPS_NAMED]
    if len(titles) > len(named):
        named.append(ctx.label("sos-more-groups", count=len(titles) - len(named)))
    lines = [
        ctx.html(
            "sos-ask",
            place=post.name if post else ctx.desk.regions.path(region)[-1],
            groups=ctx.desk.texts.join(ctx.lang, named) or ctx.label("sos-nobody-linked"),
        )
    ]
    if words.strip():
        lines.append(ctx.html("sos-words", words=words.strip()[:200]))
    if marked_secret(words, ctx.desk.forms.values()):
        lines.append(ctx.html("sos-no-secret"))
    tap = AlarmSendTap(ctx.item.id, post.id if post else 0)
    ctx.send(
        "\n".join(lines),
        [[ctx.button("button-sos-send", tap, style="danger")], [ctx.button("button-cancel", AlarmCancelTap())]],
        priority=Priority.SOS,
    )


def marked_secret(words: str, forms: Iterable[Form]) -> bool:
    """Whether words ask to keep the name back, as in a report: an alarm cannot, or help would not find who calls."""
    marks = {key for form in forms for key, field in form.by_mark.items() if field.id == CONFIDENTIAL}
    return any(fold(word.strip(".,;:!?()")) in marks for word in words.split())


async def _likely_post(ctx: Ctx) -> PostRow | None:
    """The post of the person's last report, else their first; None for somebody who holds only a region.

    Who holds nothing at present calls from the post that they held last.
    """
    posts = ctx.known.posts
    if ctx.unassigned:
        last = await people.last_holding(ctx.tx, ctx.known.row.id)
        return last.post if last is not None and last.post is not None and last.post.active else None
    if len(posts) < 2:
        return posts[0] if posts else None
    before = await reports.last_post(ctx.tx, ctx.known.row.id)
    return next((post for post in posts if post.id == before), posts[0])


async def _region(ctx: Ctx) -> str:
    """The region that a person without a post calls from: the first that they hold, or the last that they held."""
    held = scope_of(ctx.actor, Role.COORDINATOR, Role.ADMIN) or tuple(one.region_code for one in ctx.actor.assignments)
    if not held:
        last = await people.last_holding(ctx.tx, ctx.known.row.id)
        held = (last.assignment.region_code if last is not None else "",)
    return held[0] or ctx.desk.preset.root


async def tap_send(ctx: Ctx, tap: AlarmSendTap) -> None:
    """Send the alarm at once; the same button twice, or another within a minute, sends no second one."""
    form = alarm_form(ctx)
    if not ctx.private:
        raise UserError("tap-too-old")
    asked = tap.item_id
    told = await inbox.body_of(ctx.tx, asked, ctx.user.id)
    if told is None or told[1] < ctx.now - BUTTON_LASTS:
        raise UserError("tap-sos-old")
    words, source = _words(told[0], ctx.desk.bot_username), alarm_source(asked)
    filed = await reports.by_source(ctx.tx, source)
    if filed is not None:
        before = await reports.record_of(ctx.tx, filed.id)
        number = before.incident.number if before and before.incident else filed.number
        ctx.answer("tap-sos-running", number=str(number))
        return
    running = await incidents.alarm_of(ctx.tx, ctx.known.row.id, form.id, since=ctx.now - JOINS)
    if running is not None:
        await join(ctx, running, words)
        ctx.answer("tap-sos-running", number=str(running.incident.number))
        await _close(ctx, ctx.html("sos-running", number=str(running.incident.number)), "sos-joined")
        return
    post = next((one for one in ctx.known.posts if one.id == tap.post_id), None) or await _likely_post(ctx)
    await _send(ctx, form, post or await region_place(ctx.tx, ctx.desk, await _region(ctx)), words, source)


def _words(body: str, username: str) -> str:
    """What was typed behind the command that asked for the button."""
    message = json.loads(body).get("message") or {}
    text = str(message.get("text") or message.get("caption") or "")
    typed = read_command(text, username=username)
    return (typed.rest if typed else text.strip().partition(" ")[2]).strip()


async def _send(ctx: Ctx, form: Form, post: PostRow, words: str, source: str) -> None:
    fix, flags = _last_place(ctx)
    answers = {form.rest.id: words} if form.rest and words else {}
    filing = Filing(form, post, answers, words, source, ctx.item.received_at, flags, fix)
    filed = await file_report(ctx, filing)
    incident = filed.incident
    assert incident is not None, "the form of an alarm always opens an incident"
    record = IncidentRecord(incident, filed.report, post, ctx.known.row)
    await tell_coordinators(ctx, record)
    message = ctx.tap.message
    await show_own(ctx.tx, ctx.desk, record, now=ctx.now, message_id=message.message_id if message else None)
    ctx.journal("alarm", f"I-{incident.number}", post=post.code)
    ctx.answer("tap-sos-sent", number=str(incident.number))


def _last_place(ctx: Ctx) -> tuple[Fix | None, list[str]]:
    """Where the phone was last, and the mark of how long ago."""
    person = ctx.known.row
    if person.lat is None or person.lon is None or person.located_at is None:
        return None, []
    age = ctx.now - person.located_at
    if age > FIX_LASTS:
        return None, []
    minutes = int(age.total_seconds() // 60)
    return Fix(person.lat, person.lon, person.accuracy_m), [old_fix(minutes)] if minutes > 0 else []


async def tap_cancel(ctx: Ctx, _tap: AlarmCancelTap) -> None:
    """Close the question without sending anything; a finger that slips from the red button takes nothing back."""
    if not ctx.private:
        raise UserError("tap-too-old")
    message = ctx.tap.message
    shown = None
    if message is not None:
        shown = await screens.subject_at(ctx.tx, ctx.desk.bot_id, message.chat.id, message.message_id)
    if shown is not None and shown != "sos-not-sent":
        raise UserError("tap-sos-too-late")
    ctx.answer("tap-sos-not-sent")
    await _close(ctx, ctx.html("sos-not-sent"), "sos-not-sent")


async def _close(ctx: Ctx, text: str, subject: str) -> None:
    """Put a last word in the place of the question."""
    message = ctx.tap.message
    if message is None:
        return
    await screens.show(
        ctx.tx,
        ctx.desk.bot_id,
        screens.Shown(
            alarm_ask_key(message.chat.id, message.message_id),
            subject=subject,
            place=(message.chat.id, None),
            params=message_params(text),
            priority=Priority.ALERT,
        ),
        now=ctx.now,
        message_id=message.message_id,
    )


COMMANDS = (Command("sos", ALARM_COMMANDS, sos, roles=frozenset(Role), where=Where.PRIVATE, unassigned=True),)
TAPS = (OnTap(AlarmSendTap, tap_send), OnTap(AlarmCancelTap, tap_cancel), *alarm.TAPS)
