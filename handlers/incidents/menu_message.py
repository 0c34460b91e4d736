"""The one message in a chat that holds an incident's menu: its steps, a question about one of them, then nothing."""

from __future__ import annotations

from collections.abc import Sequence

from actions.incidents import looking
from core.delivery.keys import Subject
from core.delivery.outgoing import Button, Rows
from core.incidents.keys import MENU, MENU_OVER, menu_key
from core.incidents.taps import MenuBackTap, MenuCloseTap
from core.kit.texts import UserError
from handlers.kit.scope import Ctx
from storage.delivery import screens
from storage.tables import IncidentRow


def _key(ctx: Ctx, incident: IncidentRow) -> str:
    return menu_key(incident.id, ctx.place.chat_id, ctx.place.thread_id)


async def put(ctx: Ctx, incident: IncidentRow, text: str, rows: Rows, *, waiting_for: str = "") -> None:
    """Show this in the menu: in its place when it was tapped there, else below everything.

    `waiting_for` is the step whose reason (or other incident) a reply to the menu gives. Raises UserError in a group that
    may not hear of the incident: whoever acts on it would bring it there by a made-up button.
    """
    if not ctx.private and not await looking.heard_here(ctx.work, incident):
        raise UserError("incident-not-here", number=str(incident.number))
    subject = Subject(MENU, incident.id, waiting_for).text
    close = [ctx.button("button-menu-close", MenuCloseTap(incident.id))]
    await ctx.show(_key(ctx, incident), text, [*rows, close], subject=subject, below=not await is_tapped(ctx, incident))


async def end(ctx: Ctx, incident: IncidentRow) -> None:
    """Take the incident's menu out of this chat, if there is one; one that is on its way shows that it is over."""
    key = _key(ctx, incident)
    if not await screens.end(ctx.tx, ctx.desk.bot_id, key) and await screens.load(ctx.tx, ctx.desk.bot_id, [key]):
        await ctx.show(
            key, ctx.html("steps-menu-over", number=str(incident.number)), subject=Subject(MENU_OVER, incident.id).text
        )


async def is_tapped(ctx: Ctx, incident: IncidentRow) -> bool:
    """Whether the button that was tapped is on the menu as it is now."""
    query = ctx.update.callback_query
    message = query.message if query is not None else None
    return message is not None and await _subject(ctx, message.message_id, incident.id) is not None


async def waits_for(ctx: Ctx, incident_id: int, message_id: int) -> str | None:
    """The step that this menu asks about; None when the message is no such menu, or asks nothing."""
    subject = await _subject(ctx, message_id, incident_id)
    return subject.more or None if subject is not None else None


async def _subject(ctx: Ctx, message_id: int, incident_id: int) -> Subject | None:
    subject = Subject.read(await screens.subject_at(ctx.tx, ctx.desk.bot_id, ctx.chat.id, message_id))
    return subject if (subject.kind, subject.id) == (MENU, incident_id) else None


def pairs(buttons: Sequence[Button]) -> list[list[Button]]:
    """Two buttons a row."""
    return [list(buttons[start : start + 2]) for start in range(0, len(buttons), 2)]


def back(ctx: Ctx, incident: IncidentRow) -> list[Button]:
    """The row that leads from a question to the steps."""
    return [ctx.button("button-back", MenuBackTap(incident.id))]
