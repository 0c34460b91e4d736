"""The officer's answer when an incident was declared resolved: it is over, or it is not."""

from __future__ import annotations

from actions.delivery.telling import News, tell_person
from actions.incidents import life
from actions.incidents.alarms import show_own
from actions.incidents.cards import load_card, refresh_cards, show_below
from core.delivery.outgoing import Button, Priority
from core.delivery.readers import language_of
from core.incidents.keys import disputed_key
from core.incidents.lifecycle import Action, Part, Refusal, State, decide
from core.incidents.taps import NotOverTap, OverTap, TakeTap
from core.kit.texts import UserError
from handlers.incidents.step_news import Before, acting, tell_others
from handlers.incidents.steps import parts
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx
from storage.incidents import incidents
from storage.records import IncidentRecord

NOT_OVER = "reporter-not-over"


async def tap_over(ctx: Ctx, tap: OverTap) -> None:
    """Close what the officer agrees is over."""
    await _answer(ctx, tap.incident_id, Action.CLOSE)


async def tap_not_over(ctx: Ctx, tap: NotOverTap) -> None:
    """Open again what the officer says is not over; it waits to be taken, and who had it is told."""
    await _answer(ctx, tap.incident_id, Action.DISPUTE)


async def _answer(ctx: Ctx, incident_id: int, action: Action) -> None:
    found = await incidents.get(ctx.tx, incident_id)
    if found is None or Part.REPORTER not in parts(ctx, found.incident) or not ctx.private:
        raise UserError("tap-too-old")
    incident = found.incident
    number, before = str(incident.number), Before.of(incident)
    target = decide(State(incident.state), action, {Part.REPORTER})
    if isinstance(target, Refusal):
        ctx.edit_tapped(ctx.html("officer-answer-late", number=number, state=ctx.label(f"state-{incident.state}")))
        ctx.answer("tap-answer-late", number=number, state=ctx.label(f"state-{incident.state}"))
        return
    alarm = ctx.desk.forms[found.report.form_id].alarm
    former = {before.owner_id, await life.ended_by(ctx.tx, incident)}
    note = NOT_OVER if action is Action.DISPUTE else None
    life.apply(ctx.tx, ctx.desk, found, life.Step(action, target, note), ctx.stamp)
    card = await load_card(ctx.tx, ctx.desk, found)
    await refresh_cards(ctx.tx, ctx.desk, card, now=ctx.now)
    if action is Action.DISPUTE:
        await show_below(ctx.tx, ctx.desk, card, incident, now=ctx.now)
    if alarm:
        await show_own(ctx.tx, ctx.desk, found, now=ctx.now)
    ctx.answer(f"tap-{action}", number=number)
    clock = ctx.desk.texts.clock(ctx.lang, ctx.now)
    ctx.edit_tapped(ctx.html(f"officer-answer-{action}", number=number, clock=clock))
    if action is Action.DISPUTE:
        await _tell_former(ctx, found, former - {ctx.known.row.id}, alarm=alarm)
    await tell_others(ctx, found, action, before, note=note)


async def _tell_former(ctx: Ctx, found: IncidentRecord, ids: set[int | None], *, alarm: bool) -> None:
    """Tell who had it and who ended it, while they still act there, that it waits to be taken again."""
    incident, post = found.incident, found.post
    for person in await acting(ctx, incident, ids):
        language = language_of(ctx.desk.texts, person)
        text = ctx.desk.texts.html(language, "owner-disputed", number=str(incident.number), post=post.name)
        take = Button(ctx.desk.texts.plain(language, "button-take"), tap=TakeTap(incident.id), style="primary")
        key = disputed_key(incident.id, ctx.item.id, person.id)
        urgency = Priority.SOS if alarm else Priority.ALERT
        tell_person(ctx.tx, ctx.desk, person, News(text, key, priority=urgency, rows=[[take]]), now=ctx.now)


TAPS = (OnTap(OverTap, tap_over), OnTap(NotOverTap, tap_not_over))
