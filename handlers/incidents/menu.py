"""The menu of an incident's rarer steps: what whoever taps may do now, and the reason where a step needs one.

In a group others may tap it too, and it may be old: every tap asks again what this person may do.
"""

from __future__ import annotations

from actions.incidents import steps
from core.incidents.lifecycle import Action, Part, Refusal, State, decide
from core.incidents.lifecycle import steps as steps_now
from core.incidents.taps import HistoryTap, IncidentTap, MenuBackTap, MenuCloseTap, MenuTap, StepReasonTap, StepTap
from core.incidents.timeline import REASONS
from core.kit.texts import UserError
from handlers.incidents import menu_message, merging, referring
from handlers.incidents.steps import take_step
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx
from storage.records import IncidentRecord

# The steps of the menu, in its order; the others stand on the card whenever they can be taken.
BUTTONS = {
    Action.STILL: "button-still",
    Action.TAKE_OVER: "button-take-over",
    Action.ACCEPT: "button-accept",
    Action.RETURN: "button-return",
    Action.REFER: "button-refer",
    Action.DUPLICATE: "button-merge",
    Action.RELEASE: "button-release",
    Action.REJECT: "button-reject",
    Action.REOPEN: "button-reopen",
}
REASONED = {Action.REJECT: "reject-", Action.REOPEN: "reopen-", Action.RETURN: "return-"}  # how their reasons begin
RECALLED = "return-recalled"  # for who sent it there; the other reasons are the receiving body's
RECALL = "button-recall"  # what returning is called for who sent it there
LONGEST_REASON = 300  # characters
READERS = frozenset(Part) - {Part.REPORTER}  # who may read the whole timeline


async def tap_menu(ctx: Ctx, tap: IncidentTap) -> None:
    """Open the menu below the card, or go back to it, with the steps that this person may take now."""
    found = await steps.record_of(ctx.work, tap.incident_id)
    if await _show_steps(ctx, found):
        ctx.answer()
    else:
        ctx.answer("tap-menu-nothing", number=str(found.incident.number))


async def _show_steps(ctx: Ctx, found: IncidentRecord) -> bool:
    """Show the steps; False when this person can do nothing."""
    incident, own = found.incident, steps.parts(ctx.work, found.incident)
    may = steps_now(State(incident.state), own)
    labels = BUTTONS | ({} if Action.ACCEPT in may else {Action.RETURN: RECALL})
    buttons = [ctx.button(label, StepTap(incident.id, action)) for action, label in labels.items() if action in may]
    if own & READERS:
        buttons.append(ctx.button("button-history", HistoryTap(incident.id)))
    if not buttons:
        return False
    text = ctx.html("steps-menu", number=str(incident.number), state=ctx.label(f"state-{incident.state}"))
    await menu_message.put(ctx, incident, text, menu_message.pairs(buttons))
    return True


async def tap_step(ctx: Ctx, tap: StepTap) -> None:
    """Take a step of the menu, or ask what it needs to know first."""
    found, action = await steps.record_of(ctx.work, tap.incident_id), tap.action
    if action not in BUTTONS:
        raise UserError("tap-too-old")
    refused = isinstance(decide(State(found.incident.state), action, steps.parts(ctx.work, found.incident)), Refusal)
    if refused or action not in (*REASONED, Action.REFER, Action.DUPLICATE):
        await _try(ctx, found, action, note="-" if action in REASONED else None)
        return
    if action is Action.REFER:
        await referring.ask(ctx, found)
    elif action is Action.DUPLICATE:
        await merging.ask(ctx, found)
    else:
        await _ask_reason(ctx, found, action)
    ctx.answer()


async def _ask_reason(ctx: Ctx, found: IncidentRecord, action: Action) -> None:
    """Offer the usual reasons; a reply to the message gives any other."""
    incident = found.incident
    reasons = [key for key in REASONS if key.startswith(REASONED[action])]
    question = f"steps-why-{action}"
    if action is Action.RETURN:
        own = steps.parts(ctx.work, incident)
        question = question if Part.RECEIVER in own else "steps-why-recalled"
        sent = bool(own & {Part.OWNER, Part.ADMIN})
        reasons = [key for key in reasons if (sent if key == RECALLED else Part.RECEIVER in own)]
    rows = [[ctx.button(key, StepReasonTap(incident.id, key))] for key in reasons]
    text = ctx.html(question, number=str(incident.number))
    await menu_message.put(ctx, incident, text, [*rows, menu_message.back(ctx, incident)], waiting_for=action.value)


async def tap_reason(ctx: Ctx, tap: StepReasonTap) -> None:
    """Take a step for the reason of the tapped button."""
    found, reason = await steps.record_of(ctx.work, tap.incident_id), tap.reason
    action = next((one for one, begin in REASONED.items() if reason in REASONS and reason.startswith(begin)), None)
    if action is None:
        raise UserError("tap-too-old")
    await _try(ctx, found, action, note=reason)


async def typed_reason(ctx: Ctx, incident_id: int, text: str) -> bool:
    """Take a reply to the menu for what it waits for, a reason or another incident's number; False when it waits for nothing."""
    message = ctx.message.reply_to_message
    words = " ".join(text.split())
    if message is None or ctx.member is None or not words:
        return False
    waiting = await menu_message.waits_for(ctx, incident_id, message.message_id)
    if waiting is None:
        return False
    found = await steps.record_of(ctx.work, incident_id)
    if waiting == Action.DUPLICATE:
        await merging.typed_number(ctx, found, words)
        return True
    if len(words) > LONGEST_REASON:
        raise UserError("steps-reason-long", count=len(words), most=LONGEST_REASON)
    await take_step(ctx, found, Action(waiting), note=words)
    return True


async def _try(ctx: Ctx, found: IncidentRecord, action: Action, *, note: str | None) -> None:
    """Take a step, which ends the menu; where the incident has moved on the menu shows what this person may do now."""
    moved_on = decide(State(found.incident.state), action, steps.parts(ctx.work, found.incident)) is Refusal.STATE
    await take_step(ctx, found, action, note=note)
    if moved_on and await menu_message.is_tapped(ctx, found.incident) and not await _show_steps(ctx, found):
        await menu_message.end(ctx, found.incident)


async def tap_close(ctx: Ctx, tap: MenuCloseTap) -> None:
    """Take the menu away."""
    found = await steps.record_of(ctx.work, tap.incident_id)
    await menu_message.end(ctx, found.incident)
    ctx.answer()


TAPS = (
    OnTap(MenuTap, tap_menu),
    OnTap(MenuBackTap, tap_menu),
    OnTap(StepTap, tap_step),
    OnTap(StepReasonTap, tap_reason),
    OnTap(MenuCloseTap, tap_close),
)
