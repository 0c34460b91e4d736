"""Merging an incident into another: which one, chosen by a button or named by its number."""

from __future__ import annotations

import re

from actions.incidents import merging, steps
from core.delivery.outgoing import Button
from core.incidents.card_text import event_title
from core.incidents.lifecycle import Action
from core.incidents.taps import MergeTap, MergingTap, TwinTap
from core.kit.shortening import short
from core.kit.texts import Markup, UserError
from handlers.incidents import menu_message
from handlers.incidents.steps import answer_step
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx
from storage.incidents import incidents
from storage.records import IncidentRecord

NUMBER = re.compile(r"(?:[Ii]\s?-?\s?)?(\d{1,9})")
CHOICES = 6  # that fit below the question


async def ask(ctx: Ctx, record: IncidentRecord) -> None:
    """Ask in the menu which incident goes on; a reply with its number names any other."""
    incident = record.incident
    rows, lines = [], []
    for one in await merging.choices(ctx.work, record, limit=CHOICES):
        other, form = one.incident, ctx.desk.forms.get(one.report.form_id)
        title = event_title(ctx.lang, form, one.report.answers) if form else one.report.form_id
        number, clock = str(other.number), ctx.desk.texts.moment(ctx.lang, other.opened_at, now=ctx.now)
        lines.append(ctx.html("steps-merge-one", number=number, title=title, post=one.post.name, clock=clock))
        rows.append([Button(short(f"I-{number} · {title}"), tap=MergeTap(incident.id, other.id))])
    key = "steps-merge" if rows else "steps-merge-none"
    text = Markup("\n".join([ctx.html(key, number=str(incident.number)), *lines]))
    await menu_message.put(
        ctx, incident, text, [*rows, menu_message.back(ctx, incident)], waiting_for=Action.DUPLICATE.value
    )


async def tap_merge(ctx: Ctx, tap: MergingTap) -> None:
    """Merge the incident into the one of the tapped button."""
    record = await steps.record_of(ctx.work, tap.incident_id)
    other = await incidents.get(ctx.tx, tap.other_id)
    if other is None:
        raise UserError("tap-too-old")
    await _merge(ctx, record, other)


async def typed_number(ctx: Ctx, record: IncidentRecord, text: str) -> None:
    """Merge the incident into the one whose number was written."""
    match = NUMBER.fullmatch(text)
    if match is None:
        raise UserError("merge-no-number", number=str(record.incident.number))
    other = await incidents.by_number(ctx.tx, int(match[1]))
    if other is None:
        raise UserError("incident-unknown", number=match[1])
    await _merge(ctx, record, other)


async def _merge(ctx: Ctx, record: IncidentRecord, other: IncidentRecord) -> None:
    merged = await merging.merge(ctx.work, record, other)
    into = merged.into.incident if merged.into is not None else None
    await answer_step(ctx, record, Action.DUPLICATE, merged.outcome, into=into)


TAPS = (OnTap(TwinTap, tap_merge), OnTap(MergeTap, tap_merge))
