"""Looking at an incident: its card by its number, and who may see what."""

from __future__ import annotations

import re

from actions.incidents.cards import bring_back, card_groups, load_card
from core.incidents.lifecycle import ACTING
from core.kit.texts import UserError
from core.people.roles import may, reaches
from core.privacy.confiding import confides
from core.territory.regions import covers
from handlers.incidents.copies import show_copy
from handlers.kit.scope import Ctx
from handlers.reports.own_receipt import show_own
from storage.groups import group_fact
from storage.incidents import incidents
from storage.tables import IncidentRow, ReportRow

# `I-4` however it is typed; where more follows it must be plain that a number is meant, and no line of a report.
NUMBER = re.compile(r"[Ii]\s?-?\s?(\d{1,9})[.?!]?")
NUMBER_FIRST = re.compile(r"(?:[Ii]-?)?(\d{1,9})[.?!]?|[Ii]-?(\d{1,9})\b.*", re.DOTALL)


def is_number(text: str) -> bool:
    """Whether a text is nothing but the number of an incident: `I-42`."""
    return NUMBER.fullmatch(text.strip()) is not None


async def show_incident(ctx: Ctx, text: str) -> bool:
    """Show the incident whose number was typed (`I-42`); False when the text is no number.

    For who may act on incidents `42` is one too, and `I-42` whatever follows it.
    """
    words = text.strip()
    match = NUMBER.fullmatch(words) or (NUMBER_FIRST.fullmatch(words) if may(ctx.actor, ACTING) else None)
    if match is None:
        return False
    number = next(group for group in match.groups() if group is not None)
    await (_show_here(ctx, number) if ctx.private else _show_in_group(ctx, number))
    return True


async def _show_here(ctx: Ctx, number: str) -> None:
    """Show the card to who may act on it, and to an officer how their own report stands."""
    found = await incidents.by_number(ctx.tx, int(number))
    if found is not None and reaches(ctx.actor, found.incident.region_code, ACTING):
        await show_copy(ctx, found)
    elif found is not None and ctx.known.row.id in (found.incident.reporter_id, incidents.contact_of(found.incident)):
        await show_own(ctx, found)
    elif may(ctx.actor, ACTING):
        raise UserError("incident-unknown", number=number)
    else:
        raise UserError("incident-coordinators-only")


async def _show_in_group(ctx: Ctx, number: str) -> None:
    """Bring the card back below; what the group may not hear of is answered as what there is not."""
    if not may(ctx.actor, ACTING):
        raise UserError("incident-coordinators-only")
    if ctx.group is None:
        raise UserError("not-linked")
    found = await incidents.by_number(ctx.tx, int(number))
    if (
        found is None
        or not reaches(ctx.actor, found.incident.region_code, ACTING)
        or not (may_hear(ctx, found.incident) or await _has_card(ctx, found.incident))
    ):
        raise UserError("incident-not-here", number=number)
    card = await load_card(ctx.tx, ctx.desk, found)
    await bring_back(ctx.tx, ctx.desk, card, ctx.group, ctx.place.thread_id, now=ctx.now)


def how(ctx: Ctx) -> UserError:
    """What to say to who acts on incidents, and wrote neither a number nor a line that files."""
    if ctx.private:
        return UserError("incident-how")
    return UserError("incident-how-group", bot=ctx.desk.bot_username)


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
    group, routing = group_fact(ctx.group), ctx.desk.routing
    category = incident.category
    wanted = routing.status_purposes if category is None else routing.category(category).purposes
    return covers(group.region_code, incident.region_code) and (not group.purposes or bool(group.purposes & wanted))
