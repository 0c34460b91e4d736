"""The summary of a region: on demand, and to the groups at a moment of the calendar."""

from __future__ import annotations

from datetime import datetime

from actions import calendar
from actions.overview import situation
from actions.work import Work
from core.calendar.calendar import Moment
from core.delivery.outgoing import Outgoing
from core.delivery.readers import language_in
from core.desk import Desk
from core.kit.texts import Markup, UserError
from core.overview.summary import summary_text
from core.people.roles import Role, reaches, scope_of
from storage.database.engine import Tx

READING = frozenset({Role.COORDINATOR, Role.ADMIN})


def region_for(work: Work, code: str | None) -> str:
    """The region whose summary somebody asks for: the one with this code, else their own.

    Raises UserError for a region that they do not read of.
    """
    if code is None:
        code = scope_of(work.actor, *READING)[0] or work.desk.preset.root
    if not reaches(work.actor, code, READING):
        raise UserError("not-your-region")
    return code


async def text(tx: Tx, desk: Desk, region_code: str, *, language: str, now: datetime) -> Markup:
    """Write the summary of a region as it stands now."""
    found = await situation.gather(tx, desk, region_code, now=now)
    return summary_text(desk.texts, language, found, desk.countdown(language, now), now=now)


async def compose(tx: Tx, desk: Desk, moment: Moment, *, now: datetime) -> list[Outgoing]:
    """Write the summary of its region to each group that a moment is for."""
    messages: list[Outgoing] = []
    for group in await calendar.list_groups(tx, desk, moment):
        written = await text(tx, desk, group.region_code, language=language_in(desk.texts, group), now=now)
        messages += calendar.to_group(group, moment, written, now=now)
    return messages
