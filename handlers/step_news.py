"""Who else hears of a step: those who had the incident before, and the officers whose reports were merged into it."""

from __future__ import annotations

from dataclasses import dataclass

from core.lifecycle import Action
from core.outgoing import Priority
from core.timeline import note_text
from handlers.scope import Ctx
from storage import incidents, merging, people
from storage.alerts import tell_person
from storage.cards import load_card, refresh_cards
from storage.tables import IncidentRow, PersonRow, PostRow, ReportRow

Found = tuple[IncidentRow, ReportRow, PostRow, PersonRow]

TAKEN_AWAY = frozenset((Action.TAKE_OVER, Action.ACCEPT, Action.RETURN))  # who had it hears of these
JOINED = frozenset(
    (Action.RESOLVE, Action.CLOSE, Action.REJECT, Action.REOPEN)
)  # officers of merged reports hear of these


@dataclass(frozen=True)
class Before:
    """What an incident was before a step, as far as the step wipes it out."""

    owner_id: int | None
    referred_to: str | None
    referred_by: int | None
    duplicate_of: int | None

    @classmethod
    def of(cls, incident: IncidentRow) -> Before:
        """Remember an incident as it is."""
        return cls(incident.owner_id, incident.referred_to, incident.referred_by, incident.duplicate_of)


async def tell_others(ctx: Ctx, found: Found, action: Action, before: Before, *, note: str | None) -> None:
    """Tell who had the incident, or referred it, that it is with somebody else; and officers of merged reports its end."""
    if action in TAKEN_AWAY:
        await _tell_former(ctx, found[0], action, before, note=note)
    if action in JOINED:
        await tell_joined(ctx, found, action)


async def _tell_former(ctx: Ctx, incident: IncidentRow, action: Action, before: Before, *, note: str | None) -> None:
    texts = ctx.desk.texts
    wanted = {one for one in (before.owner_id, before.referred_by) if one is not None}
    wanted -= {ctx.known.row.id, incidents.contact_of(incident)}
    referral = ctx.desk.routing.referrals.get(before.referred_to or "")
    for person in (await people.by_ids(ctx.tx, wanted)).values():
        language = texts.language(person.language, person.telegram_language)
        text = texts.html(
            language,
            f"former-{action}",
            number=str(incident.number),
            name=ctx.known.row.name,
            clock=texts.clock(language, ctx.now),
            to=referral.label.text(language) if referral else "-",
            note=note_text(texts, language, note) if note else "-",
        )
        key = f"incident:{incident.id}:former-{action}:{ctx.item.id}:{person.id}"
        tell_person(ctx.tx, ctx.desk, person, text, key=key, now=ctx.now)


async def tell_joined(ctx: Ctx, found: Found, action: Action) -> None:
    """Tell the officers whose reports were merged into this one what became of it, each once for each report."""
    texts, incident = ctx.desk.texts, found[0]
    joined = await merging.merged_into(ctx.tx, incident.id)
    contacts = await people.by_ids(ctx.tx, {incidents.contact_of(row[0]) for row in joined})
    for merged, report, _, reporter in joined:
        person = contacts.get(incidents.contact_of(merged), reporter)
        if person.id in (ctx.known.row.id, incidents.contact_of(incident)):
            continue
        language = texts.language(person.language, person.telegram_language)
        text = texts.html(
            language,
            "officer-joined",
            number=str(incident.number),
            own=str(merged.number),
            name=ctx.known.row.name,
            what=texts.plain(language, f"event-{action}", to="-"),
            clock=texts.clock(language, ctx.now),
        )
        urgency = Priority.SOS if ctx.desk.forms[report.form_id].alarm else Priority.ALERT
        key = f"incident:{merged.id}:joined-{action}:{ctx.item.id}"
        tell_person(ctx.tx, ctx.desk, person, text, key=key, now=ctx.now, priority=urgency)


async def part_again(ctx: Ctx, incident: IncidentRow, former_id: int) -> None:
    """Show on the incident that went on that a merged report goes its own way again."""
    going_on = await merging.part(ctx.tx, incident, former_id, person_id=ctx.known.row.id, cause=ctx.cause, now=ctx.now)
    if going_on is not None:
        await refresh_cards(ctx.tx, ctx.desk, await load_card(ctx.tx, ctx.desk, *going_on), now=ctx.now)
