"""Acting on incidents: a coordinator takes or resolves one by its card, and everybody who should know hears of it."""

from __future__ import annotations

import re

from core.cards import card_buttons, card_text
from core.people import Role, reaches
from core.texts import UserError
from handlers.scope import Ctx, read_key
from storage import incidents, people
from storage.alerts import tell_person
from storage.cards import card_of, refresh_cards
from storage.tables import IncidentRow, PersonRow, PostRow, ReportRow

ACTING = frozenset({Role.COORDINATOR, Role.ADMIN})
NUMBER = re.compile(r"[Ii]\s?-?\s?(\d{1,9})\s*")


async def tap_take(ctx: Ctx, rest: str) -> None:
    """Make the person who tapped `Terima` the incident's owner."""
    incident, report, post, reporter = await _incident_for(ctx, rest)
    if incident.state != "new":
        await _too_late(ctx, incident)
        return
    incident.state, incident.owner_id, incident.acknowledged_at = "acknowledged", ctx.known.row.id, ctx.now
    await _moved(ctx, incident, report, post, reporter, "taken")


async def tap_resolve(ctx: Ctx, rest: str) -> None:
    """Mark the incident resolved by the person who tapped `Selesai`."""
    incident, report, post, reporter = await _incident_for(ctx, rest)
    if incident.state == "resolved":
        await _too_late(ctx, incident)
        return
    incident.owner_id = incident.owner_id or ctx.known.row.id
    incident.acknowledged_at = incident.acknowledged_at or ctx.now
    incident.state, incident.resolved_at = "resolved", ctx.now
    await _moved(ctx, incident, report, post, reporter, "resolved")


async def _incident_for(ctx: Ctx, rest: str) -> tuple[IncidentRow, ReportRow, PostRow, PersonRow]:
    """Load the tapped incident; only a coordinator or admin of its territory may go on."""
    key = read_key(rest)
    found = await incidents.get(ctx.tx, key) if key is not None else None
    if found is None:
        raise UserError("tap-too-old")
    if not reaches(ctx.actor, found[0].region_code, ACTING):
        raise UserError("tap-not-your-region")
    return found


async def _too_late(ctx: Ctx, incident: IncidentRow) -> None:
    owners = await people.by_ids(ctx.tx, [incident.owner_id] if incident.owner_id else [])
    name = owners[incident.owner_id].name if incident.owner_id in owners else "-"
    ctx.answer(f"tap-already-{incident.state}", number=str(incident.number), name=name)


async def _moved(
    ctx: Ctx, incident: IncidentRow, report: ReportRow, post: PostRow, reporter: PersonRow, action: str
) -> None:
    """Note the step, edit every card, and tell the officer who reported."""
    number = str(incident.number)
    incidents.event(ctx.tx, incident, action=action, person_id=ctx.known.row.id, cause=ctx.cause, now=ctx.now)
    owners = await people.by_ids(ctx.tx, [incident.owner_id] if incident.owner_id else [])
    owner = owners.get(incident.owner_id or 0, ctx.known.row)
    await refresh_cards(ctx.tx, ctx.desk, card_of(ctx.desk, incident, report, post, reporter, owner), now=ctx.now)
    ctx.answer(f"tap-{action}", number=number)
    if reporter.id == ctx.known.row.id and ctx.private:
        return
    texts = ctx.desk.texts
    language = texts.language(reporter.language, reporter.telegram_language)
    text = texts.html(
        language, f"officer-{action}", number=number, name=ctx.known.row.name, clock=texts.clock(language, ctx.now)
    )
    tell_person(ctx.tx, ctx.desk, reporter, text, key=f"incident:{incident.id}:{action}:{ctx.item.id}", now=ctx.now)


async def show_incident(ctx: Ctx, text: str) -> bool:
    """Show the incident whose number was typed (`I-42`); False when the text is no number."""
    match = NUMBER.fullmatch(text.strip())
    if match is None:
        return False
    found = await incidents.by_number(ctx.tx, int(match[1]))
    if found is None or not reaches(ctx.actor, found[0].region_code, ACTING):
        raise UserError("incident-unknown", number=match[1])
    incident, report, post, reporter = found
    owners = await people.by_ids(ctx.tx, [incident.owner_id] if incident.owner_id else [])
    card = card_of(ctx.desk, incident, report, post, reporter, owners.get(incident.owner_id or 0))
    ctx.send(card_text(ctx.desk.texts, ctx.lang, card, now=ctx.now), card_buttons(ctx.desk.texts, ctx.lang, card))
    return True


TAPS = {"it": tap_take, "ir": tap_resolve}
