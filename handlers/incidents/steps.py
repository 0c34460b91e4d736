"""The one door through which people move an incident along: decided, noted, shown on every card, told to the officer."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from actions.delivery.telling import News, tell_person
from actions.incidents import copies, life
from actions.incidents.alarms import show_own
from actions.incidents.card_views import paired
from actions.incidents.cards import load_card, refresh_cards, show_below, show_in
from core.delivery.keys import Subject
from core.delivery.outgoing import Priority
from core.delivery.readers import language_of
from core.incidents.card import Card
from core.incidents.card_buttons import over_buttons
from core.incidents.keys import COPY, step_key
from core.incidents.lifecycle import Action, Part, Refusal, State, decide
from core.incidents.taps import AcceptTap, CloseTap, ResolveTap, StartTap, TakeTap
from core.incidents.timeline import note_text
from core.kit.texts import UserError
from handlers.incidents.copies import card_copy
from handlers.incidents.menu_message import end
from handlers.incidents.step_news import Before, actor_name, part_again, tell_others
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx
from storage.delivery import screens
from storage.incidents import incidents
from storage.people import people
from storage.records import IncidentRecord
from storage.tables import GroupRow, IncidentRow

# Steps of which the officer hears in a new message: an edited one does not ring. The others are on the card.
TOLD = frozenset(Action) - {Action.NOTE, Action.STILL, Action.WITHDRAW, Action.DISPUTE}


async def found_for(ctx: Ctx, incident_id: int) -> IncidentRecord:
    """Load the incident whose key a button carries; raises UserError for who has nothing to do with it."""
    found = await incidents.get(ctx.tx, incident_id)
    if found is None:
        raise UserError("tap-too-old")
    if not parts(ctx, found.incident):
        raise UserError("tap-not-your-region")
    return found


def parts(ctx: Ctx, incident: IncidentRow) -> frozenset[Part]:
    """What the person is to this incident, here in this chat."""
    return copies.parts(ctx.desk, incident, ctx.known, group=None if ctx.private else ctx.group)


async def take_step(
    ctx: Ctx,
    found: IncidentRecord,
    action: Action,
    *,
    note: str | None = None,
    referral: str | None = None,
    into: IncidentRow | None = None,
    groups: Collection[GroupRow] = (),
) -> bool:
    """Take a step, or say why not; every card and copy follows, and the officer hears of it. Gives whether it was taken.

    `groups` get the card too; the menu of this chat goes.
    """
    incident = found.incident
    target = decide(State(incident.state), action, parts(ctx, incident), reason=note is not None)
    if isinstance(target, Refusal):
        await _refuse(ctx, found, target)
        return False
    alarm, before = ctx.desk.forms[found.report.form_id].alarm, Before.of(incident)
    step = life.Step(action, target, note, referral, into.id if into else None)
    life.apply(ctx.tx, ctx.desk, found, step, ctx.stamp)
    card = await load_card(ctx.tx, ctx.desk, found)
    await refresh_cards(ctx.tx, ctx.desk, card, now=ctx.now)
    await show_in(ctx.tx, ctx.desk, card, groups, now=ctx.now)
    if action in life.AGAIN or (action is Action.RETURN and before.owner_id != ctx.known.row.id):
        await show_below(ctx.tx, ctx.desk, card, incident, now=ctx.now)  # an edited card does not ring
    await _say_taken(ctx, incident, action, before, into)
    await edit_copy(ctx, card, incident)
    await end(ctx, incident)
    if alarm:
        await show_own(ctx.tx, ctx.desk, found, now=ctx.now)
    if action in TOLD:
        await tell_officer(ctx, found, action, note=note, into=into)
    await tell_others(ctx, found, action, before, note=note)
    if before.duplicate_of is not None and incident.duplicate_of is None:
        await part_again(ctx, incident, before.duplicate_of)
    return True


async def _say_taken(ctx: Ctx, incident: IncidentRow, action: Action, before: Before, into: IncidentRow | None) -> None:
    """Say to who took a step what it did; who gives back what is another's reads whose it was."""
    number, other = str(incident.number), str(into.number) if into else "-"
    if action is Action.RELEASE and before.owner_id not in (None, ctx.known.row.id):
        owner = (await people.by_ids(ctx.tx, [before.owner_id or 0])).get(before.owner_id or 0)
        say(ctx, "tap-released-other", number=number, name=owner.name if owner else "-")
    else:
        say(ctx, f"tap-{action}", number=number, other=other)


def say(ctx: Ctx, key: str, /, **values: Any) -> None:
    """Answer where the person acted: on the button, or below what they wrote."""
    if ctx.update.callback_query is not None:
        ctx.answer(key, **values)
    else:
        ctx.say(key, **values)


async def _refuse(ctx: Ctx, found: IncidentRecord, refusal: Refusal) -> None:
    """Say why a step is not taken; the card that was tapped shows how things stand now."""
    card = await load_card(ctx.tx, ctx.desk, found)
    number = str(found.incident.number)
    if refusal is Refusal.NOT_YOURS:
        raise UserError("tap-not-your-region")
    if parts(ctx, found.incident) <= {Part.REPORTER}:  # who has no menu of steps
        say(ctx, "step-refused-officer", number=number, state=ctx.label(f"state-{found.incident.state}"))
    elif refusal is Refusal.STATE:
        say(ctx, f"tap-already-{found.incident.state}", number=number, name=card.people.owner or "-")
    else:
        say(ctx, f"step-refused-{refusal}", number=number, name=card.people.owner or "-")
    await edit_copy(ctx, card, found.incident)


async def edit_copy(ctx: Ctx, card: Card, incident: IncidentRow) -> None:
    """Bring up to date the tapped message where it is a card that was asked for, which nothing else edits."""
    message = ctx.tap.message if ctx.tapped is not None and ctx.tapped.on_card else None
    if message is None:
        return
    shown = await screens.subject_at(ctx.tx, ctx.desk.bot_id, message.chat.id, message.message_id)
    if shown is None and ctx.private:  # in a group it is a card that has come anew below meanwhile
        ctx.edit_tapped(*card_copy(ctx, card, incident))
    elif shown == Subject(COPY, incident.id).text:
        card = await paired(ctx.tx, ctx.desk, card, now=ctx.now)
        await copies.refresh(ctx.tx, ctx.desk, card, now=ctx.now)


async def tell_officer(
    ctx: Ctx, found: IncidentRecord, action: Action, *, note: str | None = None, into: IncidentRow | None = None
) -> None:
    """Tell the officer who reported, or who holds the post now, of a step; not of what they did themselves."""
    incident, reporter = found.incident, found.reporter
    contact = reporter
    if incidents.contact_of(incident) != reporter.id:
        known = await people.by_ids(ctx.tx, [incidents.contact_of(incident)])
        contact = known.get(incidents.contact_of(incident), reporter)
    if contact.id == ctx.known.row.id and ctx.private:
        return
    alarm, texts = ctx.desk.forms[found.report.form_id].alarm, ctx.desk.texts
    language = language_of(texts, contact)
    referral = ctx.desk.routing.referrals.get(incident.referred_to or "")
    text = texts.html(
        language,
        "sos-heard" if alarm and action is Action.TAKE else f"officer-{action}",
        number=str(incident.number),
        name=actor_name(ctx, incident, action, language),
        clock=texts.clock(language, ctx.now),
        note=note_text(texts, language, note) if note else "-",
        to=referral.label.text(language) if referral else "-",
        other=str(into.number) if into else "-",
    )
    key = step_key(incident.id, action, ctx.item.id)
    urgency = Priority.SOS if alarm else Priority.ALERT
    rows = over_buttons(texts, language, incident.id) if action is Action.RESOLVE else ()
    tell_person(ctx.tx, ctx.desk, contact, News(text, key, priority=urgency, rows=rows), now=ctx.now)


async def tap_take(ctx: Ctx, tap: TakeTap) -> None:
    """Make the person who tapped `Terima` the incident's owner."""
    await take_step(ctx, await found_for(ctx, tap.incident_id), Action.TAKE)


async def tap_start(ctx: Ctx, tap: StartTap) -> None:
    """Note that the owner acts on the incident."""
    await take_step(ctx, await found_for(ctx, tap.incident_id), Action.START)


async def tap_resolve(ctx: Ctx, tap: ResolveTap) -> None:
    """Mark the incident resolved by the person who tapped `Selesai`."""
    await take_step(ctx, await found_for(ctx, tap.incident_id), Action.RESOLVE)


async def tap_close(ctx: Ctx, tap: CloseTap) -> None:
    """Close what was resolved."""
    await take_step(ctx, await found_for(ctx, tap.incident_id), Action.CLOSE)


async def tap_accept(ctx: Ctx, tap: AcceptTap) -> None:
    """Accept a referral for the body that it went to."""
    found = await found_for(ctx, tap.incident_id)
    if found.incident.state == State.REFERRED and found.incident.referred_by == ctx.known.row.id:
        raise UserError("tap-accept-own", number=str(found.incident.number))
    await take_step(ctx, found, Action.ACCEPT)


TAPS = (
    OnTap(TakeTap, tap_take),
    OnTap(StartTap, tap_start),
    OnTap(ResolveTap, tap_resolve),
    OnTap(CloseTap, tap_close),
    OnTap(AcceptTap, tap_accept),
)
