"""Merging reports of one event: one incident goes on, the others keep their reporter and files and lead to it."""

from __future__ import annotations

import re

from actions.incidents.cards import load_card, refresh_cards, reroute
from core.delivery.outgoing import Button
from core.forms.severity import Severity
from core.incidents.card_text import event_title
from core.incidents.lifecycle import ACTING, OPEN, Action, Part, Refusal, State, decide
from core.incidents.open_list import heard_of
from core.incidents.taps import MergeTap, MergingTap, TwinTap
from core.kit.shortening import short
from core.kit.texts import Markup, UserError
from core.people.roles import scope_of
from core.territory.regions import covers
from handlers.incidents.menu_message import back, put
from handlers.incidents.steps import found_for, parts, take_step
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx
from storage.groups import group_fact
from storage.incidents import incidents, merging
from storage.incidents.open_list import View
from storage.records import IncidentRecord

NUMBER = re.compile(r"(?:[Ii]\s?-?\s?)?(\d{1,9})")
CHOICES = 6  # that fit below the question


async def ask(ctx: Ctx, found: IncidentRecord) -> None:
    """Ask in the menu which incident goes on; a reply with its number names any other."""
    incident = found.incident
    rows, lines = [], []
    alarms = ctx.desk.forms.alarm_ids
    for one in await merging.choices(ctx.tx, found, _view(ctx), alarms=alarms, limit=CHOICES):
        other, form = one.incident, ctx.desk.forms.get(one.report.form_id)
        title = event_title(ctx.lang, form, one.report.answers) if form else one.report.form_id
        number, clock = str(other.number), ctx.desk.texts.moment(ctx.lang, other.opened_at, now=ctx.now)
        lines.append(ctx.html("steps-merge-one", number=number, title=title, post=one.post.name, clock=clock))
        rows.append([Button(short(f"I-{number} · {title}"), tap=MergeTap(incident.id, other.id))])
    key = "steps-merge" if rows else "steps-merge-none"
    text = Markup("\n".join([ctx.html(key, number=str(incident.number)), *lines]))
    await put(ctx, incident, text, [*rows, back(ctx, incident)], waiting_for=Action.DUPLICATE.value)


def _view(ctx: Ctx) -> View:
    """Among what the person chooses: where they act, and in a group only what everybody there may hear of."""
    root, me = ctx.desk.preset.root, ctx.known.row.id
    codes = [code or root for code in scope_of(ctx.actor, *ACTING)]
    if ctx.private:
        return View(ctx.desk.bot_id, codes, me)
    if ctx.group is None:
        return View(ctx.desk.bot_id, (), me)
    here = ctx.group.region_code or root
    both = [here if covers(code, here) else code for code in codes if covers(code, here) or covers(here, code)]
    heard = heard_of(ctx.desk.routing, group_fact(ctx.group).purposes)
    return View(ctx.desk.bot_id, both, me, ctx.group.id, heard)


async def tap_merge(ctx: Ctx, tap: MergingTap) -> None:
    """Merge the incident into the one of the tapped button."""
    found = await found_for(ctx, tap.incident_id)
    other = await incidents.get(ctx.tx, tap.other_id)
    if other is None:
        raise UserError("tap-too-old")
    await _merge(ctx, found, other)


async def typed_number(ctx: Ctx, found: IncidentRecord, text: str) -> None:
    """Merge the incident into the one whose number was written."""
    match = NUMBER.fullmatch(text)
    if match is None:
        raise UserError("merge-no-number", number=str(found.incident.number))
    other = await incidents.by_number(ctx.tx, int(match[1]))
    if other is None:
        raise UserError("incident-unknown", number=match[1])
    await _merge(ctx, found, other)


async def _merge(ctx: Ctx, found: IncidentRecord, other: IncidentRecord) -> None:
    """Merge one incident into another, or into that which the other was itself merged into."""
    incident = found.incident
    if isinstance(decide(State(incident.state), Action.DUPLICATE, parts(ctx, incident)), Refusal):
        await take_step(ctx, found, Action.DUPLICATE)  # which says why not
        return
    going_on = await _end(ctx, found, other)
    if not await take_step(ctx, found, Action.DUPLICATE, note=str(going_on.incident.number), into=going_on.incident):
        return
    merging.join(ctx.tx, incident, going_on.incident, ctx.stamp)
    await _show(ctx, incident.severity, going_on)


async def _end(ctx: Ctx, found: IncidentRecord, other: IncidentRecord) -> IncidentRecord:
    """The incident that goes on; raises UserError where merging is out of the question."""
    incident, number = found.incident, str(found.incident.number)
    last = await merging.end_of(ctx.tx, other.incident)
    if last.id == incident.id:
        raise UserError("merge-itself", number=number)
    going_on = other if last.id == other.incident.id else await incidents.get(ctx.tx, last.id)
    # One sentence for both, so that nobody learns by trying which incidents are confidential.
    if (
        going_on is None
        or last.confidential != incident.confidential
        or not parts(ctx, last) - {Part.REPORTER}
        or (last.confidential and last.category != incident.category)
    ):
        raise UserError("merge-apart", number=number, other=str(other.incident.number))
    if last.state not in OPEN:
        raise UserError("merge-ended", number=number, other=str(last.number))
    return going_on


async def _show(ctx: Ctx, severity: str, going_on: IncidentRecord) -> None:
    """Bring the cards of the one that goes on up to date; as grave as its gravest witness, it may concern more groups."""
    last = going_on.incident
    if not Severity(severity).graver_than(Severity(last.severity)):
        await refresh_cards(ctx.tx, ctx.desk, await load_card(ctx.tx, ctx.desk, going_on), now=ctx.now)
        return
    last.severity = severity
    await reroute(ctx.tx, ctx.desk, going_on, now=ctx.now)


TAPS = (OnTap(TwinTap, tap_merge), OnTap(MergeTap, tap_merge))
