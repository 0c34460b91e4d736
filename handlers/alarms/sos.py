"""Calling for help: one command, one tap, and everybody who must act hears of it; what is missing follows later."""

from __future__ import annotations

import json
from collections.abc import Iterable

from actions.alarms import calling, running
from actions.alarms.calling import Called, HelpCall
from core.alarms.taps import AlarmCancelTap, AlarmSendTap
from core.delivery.commands import read_command
from core.delivery.keys import message_mark
from core.delivery.outgoing import Priority, message_params
from core.delivery.overtaking import ALARM_COMMANDS
from core.forms.forms import CONFIDENTIAL, Form
from core.incidents.keys import alarm_ask_key
from core.kit.shortening import cut
from core.kit.texts import UserError
from core.kit.words import fold
from core.people.roles import Role
from core.reports.keys import alarm_source
from handlers.alarms import alarm
from handlers.alarms.alarm import take_words
from handlers.kit.command import Command, OnTap, Where
from handlers.kit.scope import Ctx
from storage.delivery import inbox, screens

GROUPS_NAMED = 3


async def sos(ctx: Ctx, words: str) -> None:
    """Show the one button that sends an alarm; with one just sent, or words for one that is out, add to that one."""
    running.form_of(ctx.desk)
    if words.strip() and await take_words(ctx, words):
        return
    joined = await calling.join(ctx.work, words)
    if joined is None:
        await ask(ctx, words)
        return
    ctx.say("sos-running", number=str(joined.incident.number))


async def ask(ctx: Ctx, words: str) -> None:
    """Ask whether to send: the words stay in the message that asked, until the button is tapped."""
    whence = await calling.whence(ctx.work)
    post = whence.post
    titles = [group.title for group in await calling.hearing(ctx.work, whence.region_code)]
    named = titles[:GROUPS_NAMED]
    if len(titles) > len(named):
        named.append(ctx.label("sos-more-groups", count=len(titles) - len(named)))
    lines = [
        ctx.html(
            "sos-ask",
            place=post.name if post else ctx.desk.regions.path(whence.region_code)[-1],
            groups=ctx.desk.texts.join(ctx.lang, named) or ctx.label("sos-nobody-linked"),
        )
    ]
    if words.strip():
        lines.append(ctx.html("sos-words", words=cut(words.strip(), 200)))
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


async def tap_send(ctx: Ctx, tap: AlarmSendTap) -> None:
    """Send the alarm; its message becomes the officer's own about the alarm, or says that it has joined another."""
    running.form_of(ctx.desk)
    told = await inbox.body_of(ctx.tx, tap.item_id, ctx.user.id)
    if told is None:
        raise UserError("tap-sos-old")
    body, asked_at = told
    message = ctx.tap.message
    call = HelpCall(
        _words(body, ctx.desk.bot_username),
        alarm_source(tap.item_id),
        asked_at,
        post_id=tap.post_id,
        message_id=message.message_id if message else None,
    )

    made = await calling.send(ctx.work, call)
    number = str(made.number)
    ctx.answer("tap-sos-sent" if made.became is Called.SENT else "tap-sos-running", number=number)
    if made.became is Called.JOINED:
        await _close(ctx, ctx.html("sos-running", number=number), "sos-joined")


def _words(body: str, username: str) -> str:
    """What was typed behind the command that asked for the button."""
    message = json.loads(body).get("message") or {}
    text = str(message.get("text") or message.get("caption") or "")
    typed = read_command(text, username=username)
    return (typed.rest if typed else text.strip().partition(" ")[2]).strip()


async def tap_cancel(ctx: Ctx, _tap: AlarmCancelTap) -> None:
    """Close the question without sending anything; a finger that slips from the red button takes nothing back."""
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
            alarm_ask_key(message.chat.id, message_mark(message.message_id, message.date, ctx.desk.dated_since)),
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
