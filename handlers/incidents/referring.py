"""Referring an incident to another body: which one."""

from __future__ import annotations

from actions.incidents import steps
from actions.incidents.steps import Unreferred
from core.delivery.outgoing import Button
from core.incidents.lifecycle import Action
from core.incidents.taps import ReferTap
from core.kit.texts import UserError
from handlers.incidents import menu_message
from handlers.incidents.steps import answer_step
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx
from storage.records import IncidentRecord


async def ask(ctx: Ctx, record: IncidentRecord) -> None:
    """Ask in the menu to whom; the body that has it already is not among them."""
    incident = record.incident
    buttons = [
        Button(referral.label.text(ctx.lang), tap=ReferTap(incident.id, referral.id))
        for referral in ctx.desk.routing.referrals.values()
        if referral.id != incident.referred_to
    ]
    text = ctx.html("steps-refer", number=str(incident.number))
    await menu_message.put(ctx, incident, text, [*menu_message.pairs(buttons), menu_message.back(ctx, incident)])


async def tap_refer(ctx: Ctx, tap: ReferTap) -> None:
    """Refer the incident to the tapped body, or say why not."""
    record = await steps.record_of(ctx.work, tap.incident_id)
    result = await steps.refer(ctx.work, record, tap.referral)
    if not isinstance(result, Unreferred):
        await answer_step(ctx, record, Action.REFER, result)
        return
    number = str(record.incident.number)
    body = ctx.desk.routing.referrals[tap.referral].label.text(ctx.own_lang)
    if result is Unreferred.SAME:
        raise UserError("tap-refer-same", number=number, body=body)
    ctx.answer("tap-refer-nobody", alert=True, number=number, body=body)


TAPS = (OnTap(ReferTap, tap_refer),)
