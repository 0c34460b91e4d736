"""The buttons that move an incident along, and what whoever takes a step is answered."""

from __future__ import annotations

from typing import Any

from actions.incidents import steps
from actions.incidents.steps import Outcome
from core.incidents.lifecycle import Action, Part, Refusal
from core.incidents.taps import AcceptTap, CloseTap, ResolveTap, StartTap, TakeTap
from handlers.incidents import menu_message
from handlers.incidents.view import edit_copy
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx
from storage.records import IncidentRecord
from storage.tables import IncidentRow


async def take_step(ctx: Ctx, record: IncidentRecord, action: Action, *, note: str | None = None) -> None:
    """Take a step, or say why not."""
    await answer_step(ctx, record, action, await steps.take(ctx.work, record, action, note=note))


async def answer_step(
    ctx: Ctx, record: IncidentRecord, action: Action, outcome: Outcome, *, into: IncidentRow | None = None
) -> None:
    """Say what a step did, or why it was refused; the tapped copy follows, and a step that was taken ends the menu here."""
    incident = record.incident
    number = str(incident.number)
    if outcome.refusal is not None:
        _say_refused(ctx, record, outcome, outcome.refusal)
    elif outcome.former is not None:
        _say(ctx, "tap-released-other", number=number, name=outcome.former)
    else:
        _say(ctx, f"tap-{action}", number=number, other=str(into.number) if into else "-")
    await edit_copy(ctx, outcome.card, incident)
    if outcome.taken:
        await menu_message.end(ctx, incident)


def _say_refused(ctx: Ctx, record: IncidentRecord, outcome: Outcome, refusal: Refusal) -> None:
    """Say why a step is not taken; the card that was tapped shows how things stand now."""
    number, state = str(record.incident.number), record.incident.state
    name = outcome.card.people.owner or "-"
    if steps.parts(ctx.work, record.incident) <= {Part.REPORTER}:  # who has no menu of steps
        _say(ctx, "step-refused-officer", number=number, state=ctx.label(f"state-{state}"))
    elif refusal is Refusal.STATE:
        _say(ctx, f"tap-already-{state}", number=number, name=name)
    else:
        _say(ctx, f"step-refused-{refusal}", number=number, name=name)


def _say(ctx: Ctx, key: str, /, **values: Any) -> None:
    """Answer where the person acted: on the button, or below what they wrote."""
    if ctx.update.callback_query is not None:
        ctx.answer(key, **values)
    else:
        ctx.say(key, **values)


async def tap_take(ctx: Ctx, tap: TakeTap) -> None:
    """Make the person who tapped `Terima` the incident's owner."""
    await take_step(ctx, await steps.record_of(ctx.work, tap.incident_id), Action.TAKE)


async def tap_start(ctx: Ctx, tap: StartTap) -> None:
    """Note that the owner acts on the incident."""
    await take_step(ctx, await steps.record_of(ctx.work, tap.incident_id), Action.START)


async def tap_resolve(ctx: Ctx, tap: ResolveTap) -> None:
    """Mark the incident resolved by the person who tapped `Selesai`."""
    await take_step(ctx, await steps.record_of(ctx.work, tap.incident_id), Action.RESOLVE)


async def tap_close(ctx: Ctx, tap: CloseTap) -> None:
    """Close what was resolved."""
    await take_step(ctx, await steps.record_of(ctx.work, tap.incident_id), Action.CLOSE)


async def tap_accept(ctx: Ctx, tap: AcceptTap) -> None:
    """Accept a referral for the body that it went to."""
    record = await steps.record_of(ctx.work, tap.incident_id)
    await answer_step(ctx, record, Action.ACCEPT, await steps.accept(ctx.work, record))


TAPS = (
    OnTap(TakeTap, tap_take),
    OnTap(StartTap, tap_start),
    OnTap(ResolveTap, tap_resolve),
    OnTap(CloseTap, tap_close),
    OnTap(AcceptTap, tap_accept),
)
