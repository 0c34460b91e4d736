"""The officer's answer when an incident was declared resolved: it is over, or it is not."""

from __future__ import annotations

from core.lifecycle import ACTING, Action, Part, Refusal, State, decide
from core.outgoing import Button, Priority
from core.people import reaches
from core.texts import UserError
from handlers.scope import Ctx, read_key
from handlers.steps import parts
from storage import incidents, people, steps
from storage.alarms import show_own
from storage.alerts import tell_person
from storage.cards import load_card, refresh_cards
from storage.tables import IncidentRow, PersonRow, PostRow, ReportRow

Found = tuple[IncidentRow, ReportRow, PostRow, PersonRow]

NOT_OVER = "reporter-not-over"


async def tap_over(ctx: Ctx, rest: str) -> None:
    """Close what the officer agrees is over."""
    await _answer(ctx, rest, Action.CLOSE)


async def tap_not_over(ctx: Ctx, rest: str) -> None:
    """Open again what the officer says is not over; it waits to be taken, and who had it is told."""
    await _answer(ctx, rest, Action.DISPUTE)


async def _answer(ctx: Ctx, rest: str, action: Action) -> None:
    key = read_key(rest)
    found = await incidents.get(ctx.tx, key) if key is not None else None
    if found is None or Part.REPORTER not in parts(ctx, found[0]) or not ctx.private:
        raise UserError("tap-too-old")
    incident, report, post, reporter = found
    number, owner_id = str(incident.number), incident.owner_id
    target = decide(State(incident.state), action, {Part.REPORTER})
    if isinstance(target, Refusal):
        ctx.edit_tapped(ctx.html("officer-answer-late", number=number, state=ctx.label(f"state-{incident.state}")))
        card = await load_card(ctx.tx, ctx.desk, *found)
        ctx.answer(f"tap-already-{incident.state}", number=number, name=card.owner or "-")
        return
    alarm = ctx.desk.forms[report.form_id].alarm
    steps.apply(
        ctx.tx, ctx.desk, incident, action, target, person_id=ctx.known.row.id, cause=ctx.cause, now=ctx.now,
        alarm=alarm, note=NOT_OVER if action is Action.DISPUTE else None,
    )  # fmt: skip
    await refresh_cards(ctx.tx, ctx.desk, await load_card(ctx.tx, ctx.desk, *found), now=ctx.now)
    if alarm:
        await show_own(ctx.tx, ctx.desk, incident, post, reporter, now=ctx.now)
    ctx.answer(f"tap-{action}", number=number)
    clock = ctx.desk.texts.clock(ctx.lang, ctx.now)
    ctx.edit_tapped(ctx.html(f"officer-answer-{action}", number=number, clock=clock))
    if action is Action.DISPUTE and owner_id is not None:
        await _tell_owner(ctx, found, owner_id, alarm=alarm)


async def _tell_owner(ctx: Ctx, found: Found, owner_id: int, *, alarm: bool) -> None:
    """Tell who declared it resolved, while they still act there, that it waits to be taken again."""
    incident, post = found[0], found[2]
    owner = (await people.by_ids(ctx.tx, [owner_id])).get(owner_id)
    member = (await people.members(ctx.tx, [owner.telegram_id], now=ctx.now)) if owner is not None else {}
    if owner is None or owner.telegram_id not in member or owner.id == ctx.known.row.id:
        return
    if not reaches(member[owner.telegram_id].actor, incident.region_code, ACTING):
        return
    language = ctx.desk.texts.language(owner.language, owner.telegram_language)
    text = ctx.desk.texts.html(language, "owner-disputed", number=str(incident.number), post=post.name)
    take = Button(ctx.desk.texts.plain(language, "button-take"), data=f"it:{incident.id}", style="primary")
    key = f"incident:{incident.id}:disputed:{ctx.item.id}"
    urgency = Priority.SOS if alarm else Priority.ALERT
    tell_person(ctx.tx, ctx.desk, owner, text, key=key, now=ctx.now, priority=urgency, rows=[[take]])


TAPS = {"oc": tap_over, "od": tap_not_over}
