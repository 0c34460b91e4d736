"""The summary on demand."""

from __future__ import annotations

from actions.overview import summary as summaries
from core.territory.regions import covers
from handlers.groups import find_region
from handlers.kit.command import Command
from handlers.kit.scope import Ctx


async def summary(ctx: Ctx, text: str) -> None:
    """Show the summary of a region: the one named, else the group's, else the person's own."""
    named = find_region(ctx, text).code if text.strip() else None
    if named is None and not ctx.private and ctx.group is not None:
        named = ctx.group.region_code
    code = summaries.region_for(ctx.work, named)
    # A group hears of the region that an admin linked it for; whoever reads more than that reads it alone.
    if not ctx.private and (ctx.group is None or not covers(ctx.group.region_code, code)):
        raise ctx.only_private(COMMANDS[0].name(ctx.lang))
    ctx.send(await summaries.text(ctx.tx, ctx.desk, code, language=ctx.lang, now=ctx.now))


COMMANDS = (Command("summary", ("ringkasan", "summary"), summary, roles=summaries.READING),)
