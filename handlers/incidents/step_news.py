"""Who else hears of a step: who had the incident before, and the officers whose reports were merged into it."""

from __future__ import annotations

from dataclasses import dataclass

from actions.delivery.telling import News, tell_person
from actions.incidents.cards import load_card, refresh_cards
from core.delivery.outgoing import Priority
from core.delivery.readers import language_of
from core.incidents.keys import former_key, joined_key
from core.incidents.lifecycle import ACTING, Action
from core.incidents.timeline import hides_reporter, note_text
from core.people.roles import reaches
from handlers.kit.scope import Ctx
from storage.incidents import incidents, merging
from storage.people import people
from storage.records import IncidentRecord
from storage.tables import IncidentRow, PersonRow

# Who had it, or referred it, hears of these in words of their own; its owner hears of the others when somebody else acts.
TAKEN_AWAY = frozenset((Action.TAKE_OVER, Action.ACCEPT, Action.RETURN))
OWNER_HEARS = frozenset(
    (Action.RELEASE, Action.REFER, Action.RESOLVE, Action.CLOSE, Action.REOPEN, Action.DUPLICATE, Action.REJECT)
)
WITH_REASON = frozenset((Action.REOPEN, Action.REJECT))
# Officers of merged reports hear of these: it goes on with somebody, or is over, or is not.
JOINED = frozenset((Action.TAKE, Action.TAKE_OVER, Action.ACCEPT, Action.START))
JOINED_END = frozenset((Action.RESOLVE, Action.CLOSE, Action.REJECT, Action.REOPEN, Action.DISPUTE, Action.WITHDRAW))


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


def actor_name(ctx: Ctx, incident: IncidentRow, action: Action, language: str) -> str:
    """The name by which others may read of who acts: who confided an incident, and acts as its reporter, has none."""
    row = ctx.known.row
    if incident.confidential and row.id == incident.reporter_id and hides_reporter(action):
        return ctx.desk.texts.plain(language, "note-the-reporter")
    return row.name


async def tell_others(ctx: Ctx, found: IncidentRecord, action: Action, before: Before, *, note: str | None) -> None:
    """Tell who had the incident, or referred it, what somebody else did with it; and officers of merged reports."""
    if action in TAKEN_AWAY | OWNER_HEARS:
        await _tell_former(ctx, found.incident, action, before, note=note)
    if action in JOINED | JOINED_END:
        await tell_joined(ctx, found, action)


async def _tell_former(ctx: Ctx, incident: IncidentRow, action: Action, before: Before, *, note: str | None) -> None:
    texts = ctx.desk.texts
    wanted = {before.owner_id, before.referred_by if action in TAKEN_AWAY else None} - {None}
    wanted -= {ctx.known.row.id, incidents.contact_of(incident)}
    referral = ctx.desk.routing.referrals.get(incident.referred_to or before.referred_to or "")
    for person in await acting(ctx, incident, wanted):
        language = language_of(texts, person)
        reason = note_text(texts, language, note) if note else "-"
        to = referral.label.text(language) if referral else "-"
        what = texts.plain(language, f"event-{action}", to=to, note=reason)
        text = texts.html(
            language,
            f"former-{action}" if action in TAKEN_AWAY else "former-step",
            number=str(incident.number),
            name=actor_name(ctx, incident, action, language),
            clock=texts.clock(language, ctx.now),
            to=to,
            note=reason,
            what=f"{what}: {reason}" if action in WITH_REASON and note else what,
        )
        key = former_key(incident.id, action, ctx.item.id, person.id)
        tell_person(ctx.tx, ctx.desk, person, News(text, key), now=ctx.now)


async def acting(ctx: Ctx, incident: IncidentRow, ids: set[int | None]) -> list[PersonRow]:
    """Of these people those who still act where the incident is."""
    known = await people.by_ids(ctx.tx, [one for one in ids if one is not None])
    members = await people.members(ctx.tx, [one.telegram_id for one in known.values()], now=ctx.now)
    return [one.row for one in members.values() if reaches(one.actor, incident.region_code, ACTING)]


async def tell_joined(ctx: Ctx, found: IncidentRecord, action: Action) -> None:
    """Tell the officers whose reports were merged into this one what became of it, each once for each report."""
    texts, incident = ctx.desk.texts, found.incident
    joined = await merging.merged_into(ctx.tx, incident.id)
    contacts = await people.by_ids(ctx.tx, {incidents.contact_of(one.incident) for one in joined})
    for one in joined:
        merged = one.incident
        person = contacts.get(incidents.contact_of(merged), one.reporter)
        if person.id in (ctx.known.row.id, incidents.contact_of(incident)):
            continue
        language = language_of(texts, person)
        text = texts.html(
            language,
            "officer-joined" if action in JOINED_END else "officer-joined-goes-on",
            number=str(incident.number),
            own=str(merged.number),
            name=actor_name(ctx, incident, action, language),
            what=texts.plain(language, f"event-{action}", to="-"),
            clock=texts.clock(language, ctx.now),
        )
        urgency = Priority.SOS if ctx.desk.forms[one.report.form_id].alarm else Priority.ALERT
        key = joined_key(merged.id, action, ctx.item.id)
        tell_person(ctx.tx, ctx.desk, person, News(text, key, priority=urgency), now=ctx.now)


async def part_again(ctx: Ctx, incident: IncidentRow, former_id: int) -> None:
    """Show on the incident that went on that a merged report goes its own way again."""
    going_on = await merging.part(ctx.tx, incident, former_id, ctx.stamp)
    if going_on is not None:
        await refresh_cards(ctx.tx, ctx.desk, await load_card(ctx.tx, ctx.desk, going_on), now=ctx.now)
