"""Which incident a message replies to: by what the bot's message shows, else by the number in its first line."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Message

from actions.incidents import looking, merging
from actions.incidents.noting import Target
from core.delivery.keys import Subject
from core.evidence.files import named_report
from core.evidence.keys import RECEIVED
from core.incidents.keys import ALARM, ALARM_COPY, ASK, ASKED, CARD, COPY, MENU, MOVED, TALK
from core.kit.ids import read_id
from core.reports.keys import DRAFT, REPORT
from handlers.kit.scope import Ctx
from handlers.reports.attachments import may_add
from storage.delivery import screens
from storage.incidents import incidents
from storage.records import IncidentRecord, ReportRecord
from storage.reports import reports

OF_INCIDENT = frozenset({CARD, COPY, ALARM_COPY, ALARM, MENU, TALK, ASK, ASKED})  # what shows it
OF_REPORT = frozenset({REPORT, RECEIVED})
OF_OTHERS = frozenset({DRAFT, MOVED})  # an answer to a draft is the draft's; what moved away is not for this group


@dataclass(frozen=True)
class RepliedTo(Target):
    """What a message replies to."""

    menu: bool = False  # the message shows a menu of steps, which may wait for a reason


def to_bot(ctx: Ctx) -> Message | None:
    """The bot's own message that this one replies to; in a topic every message replies to the topic's first, which is none."""
    replied = ctx.message.reply_to_message
    if replied is None or replied.from_user is None or replied.from_user.id != ctx.desk.bot_id:
        return None
    return None if replied.forum_topic_created is not None else replied


async def find(ctx: Ctx) -> RepliedTo | None:
    """Find the incident; None when the message replies to nothing that is about one, or that this group may hear of."""
    replied = to_bot(ctx)
    if replied is None:
        return None
    shown = Subject.read(await screens.subject_at(ctx.tx, ctx.desk.bot_id, ctx.chat.id, replied.message_id))
    kind, key = shown.kind, shown.id
    asker = None
    if kind in OF_OTHERS:
        return None
    if kind in OF_INCIDENT and key is not None:
        named = await incidents.get(ctx.tx, key)
        asker = read_id(shown.more) if kind == TALK else None
    elif kind in OF_REPORT and key is not None:
        named = await _of_report(ctx, await reports.record_of(ctx.tx, key))
    else:
        number = named_report(replied.text or replied.caption or "")
        named = await _of_report(ctx, await reports.named(ctx.tx, *number) if number else None)
        if named is not None and not ctx.private and not await looking.heard_here(ctx.work, named.incident):
            named = None
    if named is None:
        return None
    return RepliedTo(named, await merging.goes_on(ctx.work, named), asker, kind == MENU)


async def find_report(ctx: Ctx) -> ReportRecord | None:
    """The report of the incident that this message replies to, else the one that the bot's message names in its first line.

    None also when the person may add nothing to it.
    """
    target = await find(ctx)
    if target is not None:
        return target.found.as_report if may_add(ctx, target.named.as_report) else None
    replied = ctx.message.reply_to_message
    if replied is None or replied.from_user is None or replied.from_user.id != ctx.desk.bot_id:
        return None
    number = named_report(replied.text or replied.caption or "")
    found = await reports.named(ctx.tx, *number) if number else None
    return found if found is not None and may_add(ctx, found) else None


async def _of_report(ctx: Ctx, found: ReportRecord | None) -> IncidentRecord | None:
    incident = found.incident if found is not None else None
    return await incidents.get(ctx.tx, incident.id) if incident is not None else None
