"""Which incident a message replies to: by what the bot's message shows, else by the number in its first line."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Message

from actions.incidents.cards import card_groups
from core.delivery.keys import Subject
from core.evidence.files import named_report
from core.evidence.keys import RECEIVED
from core.incidents.keys import ALARM, ALARM_COPY, ASK, ASKED, CARD, COPY, MENU, MOVED, TALK
from core.kit.ids import read_id
from core.reports.keys import DRAFT, REPORT
from handlers.incidents.view import may_hear
from handlers.kit.scope import Ctx
from handlers.reports.attachments import may_add
from storage.delivery import screens
from storage.incidents import incidents
from storage.records import IncidentRecord, ReportRecord
from storage.reports import reports
from storage.tables import IncidentRow

OF_INCIDENT = frozenset({CARD, COPY, ALARM_COPY, ALARM, MENU, TALK, ASK, ASKED})  # what shows it
OF_REPORT = frozenset({REPORT, RECEIVED})
OF_OTHERS = frozenset({DRAFT, MOVED})  # an answer to a draft is the draft's; what moved away is not for this group
LONGEST_CHAIN = 20  # mergers followed


@dataclass(frozen=True)
class Target:
    """What a message replies to: the incident that is named, and the one that goes on where that was merged."""

    named: IncidentRecord
    found: IncidentRecord
    asker_id: int | None = None  # whose note it answers
    menu: bool = False  # the message shows a menu of steps, which may wait for a reason

    @property
    def moved(self) -> bool:
        """Whether the words go to another incident than the one named."""
        return self.named.incident is not self.found.incident


def to_bot(ctx: Ctx) -> Message | None:
    """The bot's own message that this one replies to; in a topic every message replies to the topic's first, which is none."""
    replied = ctx.message.reply_to_message
    if replied is None or replied.from_user is None or replied.from_user.id != ctx.desk.bot_id:
        return None
    return None if replied.forum_topic_created is not None else replied


async def find(ctx: Ctx) -> Target | None:
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
        if named is not None and not ctx.private and not await _heard_here(ctx, named.incident):
            named = None
    if named is None:
        return None
    return Target(named, await goes_on(ctx, named), asker, kind == MENU)


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


async def _heard_here(ctx: Ctx, incident: IncidentRow) -> bool:
    """Whether this group has the incident's card, or may ask for it."""
    if ctx.group is None:
        return False
    return may_hear(ctx, incident) or ctx.group.id in await card_groups(ctx.tx, ctx.desk, incident.id)


async def goes_on(ctx: Ctx, found: IncidentRecord) -> IncidentRecord:
    """The incident into which one was merged; what was confided stays where it was, or it would name who confided it."""
    for _ in range(LONGEST_CHAIN):
        incident = found.incident
        into = incident.duplicate_of
        other = await incidents.get(ctx.tx, into) if into is not None and not incident.confidential else None
        if other is None or other.incident.confidential:  # marked since: there the words would stand with a name
            break
        found = other
    return found
