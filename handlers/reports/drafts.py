"""A report being filled as its officer sees it: one message, which shows it until it is sent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from actions.reports import draft_room
from actions.reports import drafts as action
from actions.reports.drafts import Filling
from core.delivery.keys import Subject
from core.reports.draft import Stage
from core.reports.keys import EXPIRED, draft_key
from handlers.kit.scope import Ctx
from storage.delivery import screens
from storage.tables import DraftRow


def keep(ctx: Ctx, filling: Filling, stage: Stage) -> DraftRow:
    """Store what is known so far; the same message never has two drafts."""
    if filling.row is None:
        filling.row = next((item for item in ctx.drafts if item.source == filling.source), None)
    row = action.keep(ctx.work, filling, stage)
    remember(ctx, row)
    return row


def remember(ctx: Ctx, row: DraftRow) -> None:
    """Let a draft be the one touched last."""
    ctx.drafts = [row, *(item for item in ctx.drafts if item is not row)]


async def make_room(ctx: Ctx) -> None:
    """Put the oldest drafts aside where the person has begun more than one may have at the same time."""
    forget(ctx, await draft_room.make(ctx.work, ctx.drafts))


async def take_up(ctx: Ctx, draft_id: int) -> None:
    """Take up a draft whose button is tapped, if it was put aside."""
    if all(one.id != draft_id for one in ctx.drafts):
        row = await draft_room.take_up(ctx.work, draft_id)
        ctx.drafts = [row, *ctx.drafts] if row is not None else ctx.drafts


async def drop(ctx: Ctx, row: DraftRow) -> None:
    """Delete a draft."""
    await action.drop(ctx.work, row)
    forget(ctx, [row])


def forget(ctx: Ctx, ended: Collection[DraftRow]) -> None:
    """Let drafts that have ended be none of the person's any more."""
    ctx.drafts = [item for item in ctx.drafts if all(item is not row for row in ended)]


async def put(ctx: Ctx, row: DraftRow, screen: tuple[str, Sequence[Any]], *, below: bool) -> None:
    """Show a draft in its one message."""
    await ctx.show(screen_key(row), screen[0], screen[1], below=below)


async def gone(ctx: Ctx) -> str:
    """What is said of a tapped draft that is not there: whether its message shows that it expired, as a text's key."""
    message = ctx.tap.message
    shown = None
    if message is not None:
        shown = await screens.subject_at(ctx.tx, ctx.desk.bot_id, message.chat.id, message.message_id)
    return "tap-draft-expired" if Subject.read(shown).kind == EXPIRED else "tap-draft-gone"


def screen_key(row: DraftRow) -> str:
    """The name of the message that shows a draft, and then its receipt."""
    return draft_key(row.id)
