"""Referring an incident to another body: which one, and the card in its groups."""

from __future__ import annotations

from actions.incidents.cards import bring_back, card_groups, load_card
from actions.people.admins import alert_admins
from core.delivery.outgoing import Button
from core.groups.routing import Referral
from core.incidents.keys import nobody_referred_key
from core.incidents.lifecycle import Action, Refusal, State, decide
from core.incidents.taps import ReferTap
from core.kit.texts import UserError
from handlers.incidents.menu_message import back, pairs, put
from handlers.incidents.steps import found_for, parts, take_step
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx
from storage.incidents.referral import receiving_groups
from storage.records import IncidentRecord


async def ask(ctx: Ctx, found: IncidentRecord) -> None:
    """Ask in the menu to whom; the body that has it already is not among them."""
    incident = found.incident
    buttons = [
        Button(referral.label.text(ctx.lang), tap=ReferTap(incident.id, referral.id))
        for referral in ctx.desk.routing.referrals.values()
        if referral.id != incident.referred_to
    ]
    text = ctx.html("steps-refer", number=str(incident.number))
    await put(ctx, incident, text, [*pairs(buttons), back(ctx, incident)])


async def tap_refer(ctx: Ctx, tap: ReferTap) -> None:
    """Refer the incident to the tapped body: its groups get the card, and one of them must accept it."""
    found = await found_for(ctx, tap.incident_id)
    incident, referral = found.incident, ctx.desk.routing.referrals.get(tap.referral)
    if referral is None:
        raise UserError("tap-too-old")
    if isinstance(decide(State(incident.state), Action.REFER, parts(ctx, incident)), Refusal):
        await take_step(ctx, found, Action.REFER)  # which says why not
        return
    if referral.id == incident.referred_to:
        raise UserError("tap-refer-same", number=str(incident.number), body=referral.label.text(ctx.own_lang))
    groups = await receiving_groups(ctx.tx, ctx.desk.bot_id, incident.region_code, [referral])
    if not groups:
        await _nobody_there(ctx, found, referral)
        return
    held = await card_groups(ctx.tx, ctx.desk, incident.id)
    await take_step(ctx, found, Action.REFER, referral=referral.id, groups=list(groups.values()))
    here = [group for key, group in groups.items() if key in held]
    if here:  # a card that only changes does not ring: it comes anew
        card = await load_card(ctx.tx, ctx.desk, found)
        for group in here:
            await bring_back(ctx.tx, ctx.desk, card, group, group.thread_id or None, now=ctx.now)


async def _nobody_there(ctx: Ctx, found: IncidentRecord, referral: Referral) -> None:
    """Refuse before anything changes, and tell admins whose group is missing, once for each incident and body."""
    incident = found.incident
    default = ctx.desk.texts.default
    await alert_admins(
        ctx.tx,
        ctx.desk,
        "alert-refer-nobody",
        key=nobody_referred_key(incident.id, referral.id),
        now=ctx.now,
        number=str(incident.number),
        body=referral.label.text(default),
        purpose=ctx.desk.texts.plain(default, f"purpose-{referral.purpose}"),
        region=" › ".join(ctx.desk.regions.path(incident.region_code)),
    )
    ctx.answer("tap-refer-nobody", alert=True, number=str(incident.number), body=referral.label.text(ctx.own_lang))


TAPS = (OnTap(ReferTap, tap_refer),)
