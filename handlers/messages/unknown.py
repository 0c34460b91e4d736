"""Words that fit nothing: never ignored, always kept, and met with what they may be."""

from __future__ import annotations

from rapidfuzz import process
from rapidfuzz.distance import OSA

from actions.reports.reach import may_name
from core.kit.texts import ours
from core.kit.words import fold
from handlers.alarms.alarm import is_newest, take_words
from handlers.alarms.sos import ask as ask_alarm
from handlers.incidents.view import is_number
from handlers.kit.scope import Ctx
from handlers.messages.bare import bare_command
from handlers.messages.notes import private_reply
from handlers.messages.typed import typed_answer
from handlers.messages.undecided import edit_words, keep_words
from handlers.reports.by_number import show_incident
from handlers.reports.line import edited_words, was_answer

SLIPS = 2  # letters missing, swapped or too many in a command that is still recognised
HINTS = 2  # commands named
ALARM_WORDS = frozenset({"darurat", "sos", "tolong"})  # alone: somebody who cannot find the command


async def plain_text(ctx: Ctx, text: str) -> None:
    """Take words without a command: a reply about an incident, a command without its slash, an answer, or none of these."""
    if fold(text) not in ALARM_WORDS and await private_reply(ctx, text):
        return
    edited = ctx.update.edited_message is not None
    if not edited and is_number(text) and await show_incident(ctx, text):
        return
    line = bare_command(ctx, text)
    if line is not None:
        command, rest = line
        await command.run(ctx, rest)
        return
    if edited:
        await _edited(ctx, text)
        return
    if not await is_newest(ctx) and await typed_answer(ctx, text):
        return
    if fold(text) in ALARM_WORDS:
        await ask_alarm(ctx, "")
    elif await take_words(ctx, text):
        return
    elif ctx.known.posts or may_name(ctx.known):
        await keep_words(ctx, text)
    else:
        ctx.say("unassigned" if ctx.unassigned else "not-understood")


async def _edited(ctx: Ctx, text: str) -> None:
    """Follow an edit of words: of a report's, of undecided ones, or of an answer, which it cannot change."""
    if await edited_words(ctx, text) or await edit_words(ctx, text):
        return
    if await was_answer(ctx):
        ctx.say("edit-of-answer")


async def unknown_command(ctx: Ctx, name: str) -> None:
    """Name the commands that look like what was typed, or where to find them all; what follows it is kept."""
    names = [item for command in ctx.commands for item in command.names]
    found = process.extract(name, names, scorer=OSA.distance, limit=HINTS, score_cutoff=SLIPS)
    if found:
        near = ours(f" {ctx.label('or')} ".join(f"/{item}" for item, _, _ in found))
        said = ctx.html("command-near", command=f"/{name[:32]}", near=near)
    else:
        said = ctx.html("command-unknown", command=f"/{name[:32]}")
    rest = (ctx.message.text or "").partition(" ")[2]
    if rest.strip() and ctx.known.posts and ctx.update.edited_message is None:
        await keep_words(ctx, rest, said=said)
    else:
        ctx.send(said)
