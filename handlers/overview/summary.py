"""The summary on demand."""

from __future__ import annotations

from core.kit.texts import UserError
from core.overview.summary import summary_text
from core.people.roles import Role, reaches, scope_of
from core.territory.regions import covers
from handlers.groups import find_region
from handlers.kit.command import Command
from handlers.kit.scope import Ctx
from storage.overview.summary import situation

READING = frozenset({Role.COORDINATOR, Role.ADMIN})


async def summary(ctx: Ctx, text: str) -> None:
    """Show the summary of a region: the one named, else the group's, else the person's own."""
    scope = scope_of(ctx.actor, *READING)
    if text.strip():
        code = find_region(ctx, text).code
    elif not ctx.private and ctx.group is not None:
        code = ctx.group.region_code
    else:
        code = scope[0] or ctx.desk.preset.root
    if not reaches(ctx.actor, code, READING):
        raise UserError("not-your-region")
    # A group hears of the region that an admin linked it for; whoever reads more than that reads it alone.
    if not ctx.private and (ctx.group is None or not covers(ctx.group.region_code, code)):
        raise ctx.only_private(COMMANDS[0].name(ctx.lang))
    found = await situation(ctx.tx, ctx.desk, code, now=ctx.now)
    ctx.send(summary_text(ctx.desk.texts, ctx.lang, found, ctx.desk.countdown(ctx.lang, ctx.now), now=ctx.now))


COMMANDS = (Command("summary", ("ringkasan", "summary"), summary, roles=READING),)
