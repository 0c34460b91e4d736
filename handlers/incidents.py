"""Looking at an incident: its card by its number, and who may see what."""

from __future__ import annotations

import re

from core.formparts import confides
from core.lifecycle import ACTING
from core.people import may, reaches
from core.regions import covers
from core.texts import UserError
from handlers.copies import card_copy
from handlers.scope import Ctx
from handlers.steps import parts
from storage import incidents, places
from storage.cards import bring_back, card_groups, load_card
from storage.tables import IncidentRow, ReportRow

NUMBER = re.compile(r"[Ii]\s?-?\s?(\d{1,9})\s*")


async def show_incident(ctx: Ctx, text: str) -> bool:
    """Show the incident whose number was typed (`I-42`) to who may act on it; False when the text is no number."""
    match = NUMBER.fullmatch(text.strip())
    if match is None:
        return False
    if not may(ctx.actor, ACTING):
        raise UserError("incident-coordinators-only")
    found = await incidents.by_number(ctx.tx, int(match[1]))
    if found is None or not reaches(ctx.actor, found[0].region_code, ACTING):
        raise UserError("incident-unknown", number=match[1])
    incident = found[0]
    if not ctx.private and not (may_hear(ctx, incident) or await _has_card(ctx, incident)):
        raise ctx.only_private(ctx.desk.forms[found[1].form_id].command(ctx.lang))
    card = await load_card(ctx.tx, ctx.desk, *found)
    if ctx.group is None or ctx.private:
        ctx.send(*card_copy(ctx, card, incident, parts(ctx, incident)), whole=True)
    else:
        await bring_back(ctx.tx, ctx.desk, card, ctx.group, ctx.place.thread_id, now=ctx.now)
    return True


async def _has_card(ctx: Ctx, incident: IncidentRow) -> bool:
    """Whether this group has the card, as by a referral: then it may see it again."""
    return ctx.group is not None and ctx.group.id in await card_groups(ctx.tx, ctx.desk, incident.id)


def confided(ctx: Ctx, report: ReportRow, incident: IncidentRow | None) -> bool:
    """Whether a report was made in confidence: by the incident that it opened, else by what it answers."""
    if incident is not None and incident.confidential:
        return True
    return confides(ctx.desk.forms.get(report.form_id), ctx.desk.routing, report.answers)


def may_see(ctx: Ctx, report: ReportRow, incident: IncidentRow | None) -> bool:
    """Whether the person may know that a report exists, as far as confidence goes.

    One that was made in confidence is known to its reporter and to who acts on it there, not to colleagues at the
    post: one of them may be whom it accuses.
    """
    if report.person_id == ctx.known.row.id or not confided(ctx, report, incident):
        return True
    return reaches(ctx.actor, incident.region_code if incident else report.region_code, ACTING)


def may_hear(ctx: Ctx, incident: IncidentRow) -> bool:
    """Whether this group was linked for such incidents there: a card shown in it is read by everybody in it."""
    if ctx.group is None:
        return False
    group, routing = places.group_fact(ctx.group), ctx.desk.routing
    category = incident.category
    wanted = routing.status_purposes if category is None else routing.category(category).purposes
    return covers(group.region_code, incident.region_code) and (not group.purposes or bool(group.purposes & wanted))
