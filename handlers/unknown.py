"""Words that fit nothing: never ignored, always met with what to do."""

from __future__ import annotations

from rapidfuzz import process
from rapidfuzz.distance import OSA

from core.examples import example_line
from core.texts import Markup
from core.words import fold
from handlers.drafting import typed_answer
from handlers.scope import Ctx

SLIPS = 2  # letters missing, swapped or too many in a command that is still recognised
HINTS = 2  # forms shown as examples


async def plain_text(ctx: Ctx, text: str) -> None:
    """Take words without a command: a command without its slash, the answer to an open question, or neither."""
    edited = ctx.update.edited_message is not None
    if not text.strip() and not edited:
        ctx.say("media-alone")
        return
    first, _, rest = text.strip().partition(" ")
    command = next((item for item in ctx.commands if item.form_id and fold(first) in item.names), None)
    if command is not None and ctx.known.posts:
        await command.run(ctx, rest)
        return
    if not edited and await typed_answer(ctx, text):
        return
    if not edited:  # an edit of other words changes nothing that needs an answer
        ctx.send(Markup("\n".join([ctx.html("not-understood"), *_examples(ctx)])))


async def unknown_command(ctx: Ctx, name: str) -> None:
    """Name the commands that look like what was typed, or where to find them all."""
    names = [item for command in ctx.commands for item in command.names]
    found = process.extract(name, names, scorer=OSA.distance, limit=HINTS, score_cutoff=SLIPS)
    if found:
        near = " ".join(f"/{item}" for item, _, _ in found)
        ctx.say("command-near", command=f"/{name[:32]}", near=near)
    else:
        ctx.say("command-unknown", command=f"/{name[:32]}")


def _examples(ctx: Ctx) -> list[Markup]:
    kinds = {post.kind for post in ctx.known.posts}
    forms = [form for form in ctx.desk.forms.values() if kinds.intersection(form.posts)][:HINTS]
    return [ctx.html("example", line=f"/{form.command(ctx.lang)} {example_line(form, ctx.lang)}") for form in forms]
