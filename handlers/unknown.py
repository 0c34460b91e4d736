"""Words that fit nothing: never ignored, always kept, and met with what they may be."""

from __future__ import annotations

from rapidfuzz import process
from rapidfuzz.distance import OSA

from core.words import fold
from handlers.scope import Ctx
from handlers.sos import ask as ask_alarm
from handlers.typed import typed_answer
from handlers.undecided import edit_words, keep_words

SLIPS = 2  # letters missing, swapped or too many in a command that is still recognised
HINTS = 2  # commands named
ALARM_WORDS = frozenset({"darurat", "sos", "tolong"})  # alone: somebody who cannot find the command


async def plain_text(ctx: Ctx, text: str) -> None:
    """Take words without a command: a command without its slash, the answer to an open question, or neither."""
    edited = ctx.update.edited_message is not None
    first, _, rest = text.strip().partition(" ")
    command = next((item for item in ctx.commands if item.form_id and fold(first) in item.names), None)
    if command is not None and ctx.known.posts:
        await command.run(ctx, rest)
        return
    if edited:
        await edit_words(ctx, text)
        return
    if await typed_answer(ctx, text):
        return
    if fold(first) in ALARM_WORDS and not rest.strip():
        await ask_alarm(ctx, "")
    elif ctx.known.posts:
        await keep_words(ctx, text)
    else:
        ctx.say("not-understood")


async def unknown_command(ctx: Ctx, name: str) -> None:
    """Name the commands that look like what was typed, or where to find them all."""
    names = [item for command in ctx.commands for item in command.names]
    found = process.extract(name, names, scorer=OSA.distance, limit=HINTS, score_cutoff=SLIPS)
    if found:
        near = " ".join(f"/{item}" for item, _, _ in found)
        ctx.say("command-near", command=f"/{name[:32]}", near=near)
    else:
        ctx.say("command-unknown", command=f"/{name[:32]}")
