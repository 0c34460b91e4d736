"""What people write about an incident in reply to one of its messages: kept on its timeline, passed on to who must hear."""

from __future__ import annotations

from datetime import timedelta

from actions.alarms import running
from actions.incidents import merging, noting, steps
from actions.incidents.noting import PASSED_LIMIT, Target
from core.delivery.outgoing import Outgoing, Priority
from core.incidents.keys import note_seen_key, note_source
from core.kit.texts import Markup
from handlers.alarms import alarm
from handlers.incidents import menu
from handlers.kit.scope import Ctx
from handlers.messages.replies import RepliedTo, find
from handlers.reports import attachments
from storage.delivery import outbox
from storage.incidents import incidents
from storage.tables import IncidentRow

SEEN = "👍"  # one of the emoji that bots may put (Telegram's docs, ReactionTypeEmoji)
SEEN_LASTS = timedelta(hours=1)  # a reaction later than this tells nobody anything


def react(ctx: Ctx) -> None:
    """Say that a message in a group was noted: by a reaction, which is no message and counts for no limit of the group."""
    place = {"chat_id": ctx.chat.id, "message_id": ctx.message.message_id}
    params = {**place, "reaction": [{"type": "emoji", "emoji": SEEN}]}
    key = note_seen_key(ctx.chat.id, ctx.mark)
    outbox.gather(ctx.tx, Outgoing("setMessageReaction", params, key, Priority.ALERT, expires_at=ctx.now + SEEN_LASTS))


async def private_reply(ctx: Ctx, text: str) -> bool:
    """Note what is written in reply to a message about an incident, and say who hears of it; False when it is none."""
    words = text.strip()
    if ctx.update.edited_message is not None:
        return await noting.correct(ctx.work, words, source=source_of(ctx))
    target = await find(ctx)
    if target is None or not words or not attachments.may_add(ctx, target.named.as_report):
        return False
    if await reason_taken(ctx, target, words):
        return True
    out = await running.alarm_of(ctx.work)
    if out is not None and out.incident.id == target.found.incident.id:
        return await alarm.take_words(ctx, words)
    heard = await add(ctx, target, words)
    if heard is not None:
        receipt(ctx, target, heard, shortened=bool(heard) and len(words) > PASSED_LIMIT)
    return True


async def reason_taken(ctx: Ctx, target: Target, words: str) -> bool:
    """Give the words to the menu of steps that they reply to; False when it is none, or waits for no reason."""
    incident = target.named.incident
    on_menu = isinstance(target, RepliedTo) and target.menu and bool(steps.parts(ctx.work, incident))
    return on_menu and await menu.typed_reason(ctx, incident.id, words)


def receipt(ctx: Ctx, target: Target, heard: list[str], *, shortened: bool = False) -> None:
    """Say where the words stand now, and who was told of them."""
    ctx.send(receipt_text(ctx, target, heard, shortened=shortened))


def receipt_text(ctx: Ctx, target: Target, heard: list[str], *, shortened: bool = False) -> Markup:
    """Where the words stand now, and who was told of them."""
    number, clock = str(target.found.incident.number), ctx.desk.texts.clock(ctx.lang, ctx.now)
    lines = [ctx.html("note-kept", number=number, clock=clock)]
    if heard:
        names = f" {ctx.label('note-and')} ".join(heard)
        lines.append(ctx.html("note-heard", names=names))
    if target.moved:
        lines.append(ctx.html("note-joined", number=str(target.named.incident.number), other=number))
    if shortened:
        lines.append(ctx.html("note-cut", count=PASSED_LIMIT))
    return Markup(" ".join(lines))


def source_of(ctx: Ctx) -> str:
    """The key of what a message brings to an incident's timeline."""
    return note_source(ctx.chat.id, ctx.mark)


async def add(ctx: Ctx, target: Target, words: str) -> list[str] | None:
    """Note the words of this message; gives the names of who was told, None when the message was known already."""
    heard = await noting.add(ctx.work, target, words, source=source_of(ctx))
    if heard is None:
        return None
    if not ctx.private:
        react(ctx)
    officer = ctx.label("note-the-reporter")
    return [officer if one.hidden else one.person.name for one in heard]


async def caption(ctx: Ctx, incident: IncidentRow, words: str) -> None:
    """Note the words beside a file that an officer sent for an incident; its receipt is the file's."""
    found = await incidents.get(ctx.tx, incident.id) if words else None
    if found is not None:
        await add(ctx, await find(ctx) or Target(found, await merging.goes_on(ctx.work, found)), words)
