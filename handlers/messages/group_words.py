"""What is said in a group: a reply to an incident's card belongs to the incident, everything else to the people there."""

from __future__ import annotations

from actions.incidents import steps
from core.kit.texts import UserError
from core.territory.regions import covers
from handlers.kit.scope import Ctx
from handlers.messages import note_files, notes
from handlers.messages.replies import find
from handlers.reports import attachments
from storage.tables import IncidentRow


async def group_message(ctx: Ctx, text: str) -> None:
    """Note what is written in reply to a card; anything else that people say to each other is none of ours."""
    if ctx.group is None or text.lstrip().startswith(("/", "／")):
        return
    target = await find(ctx) or await note_files.sibling(ctx)
    if target is None or not _may_here(ctx, target.named.incident):
        return
    words, edited = text.strip(), ctx.update.edited_message is not None
    if words and not edited and await notes.reason_taken(ctx, target, words):
        return
    if attachments.has_media(ctx.message):
        await note_files.take(ctx, target, words)
    elif ctx.message.location is not None:
        if not edited:  # the steps of a live location are followed without a word
            await note_files.take_place(ctx, target)
    elif words:
        await notes.add(ctx, target, words)


def _may_here(ctx: Ctx, incident: IncidentRow) -> bool:
    """Whether the sender may add to an incident in this group; as with commands, others are met with silence.

    Who may are those who have a part in it, and whoever serves in the group's region. Raises UserError for somebody
    who writes in the group's name.
    """
    user, group = ctx.update.effective_user, ctx.group
    if ctx.message.sender_chat is not None:
        if ctx.update.edited_message is not None:
            return False
        raise UserError("anonymous")
    if user is None or user.is_bot or group is None:
        return False
    held = () if ctx.member is None else ctx.actor.assignments
    if held and (steps.parts(ctx.work, incident) or any(covers(group.region_code, one.region_code) for one in held)):
        return True
    ctx.forget = True
    return False
