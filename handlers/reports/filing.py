"""Filing: a finished report becomes rows, a receipt, and, when something is wrong, an incident with its cards."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from actions.incidents.cards import load_card, refresh_cards, show_cards
from actions.people.admins import alert_admins
from core.calendar.moments import occurred_at
from core.calendar.windows import WindowRef, window_for
from core.delivery.outgoing import Button
from core.evidence.flags import Flag, insisted_field
from core.forms.forms import Answers, Form, level
from core.forms.showing import answer_lines
from core.incidents.keys import nobody_hears_key
from core.incidents.timeline import Event
from core.kit import shortening
from core.kit.geo import Fix, distance_m, is_far, is_fresh
from core.kit.texts import Markup
from core.privacy.confiding import confides
from core.reports.taps import CorrectTap, UpwardTap
from core.territory.posts import PostKind
from core.territory.regions import covers
from handlers.kit.scope import Ctx
from storage.groups import linked_groups
from storage.incidents import incidents
from storage.incidents.lasting import figures
from storage.records import IncidentRecord
from storage.reports import corrections, reports
from storage.tables import IncidentRow, PostRow, ReportRow

NOTE_SHOWN = 120  # characters of the note in a receipt: enough to see that it is the right one


@dataclass
class Filing:
    """A report on its way: what it answers, for which post, and what it goes back to."""

    form: Form
    post: PostRow
    answers: dict[str, Any]
    text: str
    source: str  # what makes it file once
    sent_at: datetime
    flags: list[str] = field(default_factory=list)
    fix: Fix | None = None
    media: int = 0  # files that come with it, for the cards


@dataclass(frozen=True)
class Filed:
    """A stored report, the incident that it opened or tells of, and who was told, in a line for the receipt."""

    report: ReportRow
    form: Form
    post: PostRow
    incident: IncidentRow | None
    told: Markup | None


async def file_report(ctx: Ctx, filing: Filing) -> Filed:
    """Store a complete report and relay it if something is wrong; the officer is told by `receipt`."""
    desk, form, post = ctx.desk, filing.form, filing.post
    window = window_of(ctx, form, post, filing.sent_at)
    worst = level(form, filing.answers)
    report = await reports.add(
        ctx.tx,
        cause=ctx.cause,
        kind=post.kind,
        form_id=form.id,
        post_id=post.id,
        region_code=post.region_code,
        person_id=ctx.known.row.id,
        answers=filing.answers,
        level=worst.value if worst else None,
        text=filing.text,
        source=filing.source,
        window_key=window.key,
        late=window.is_late,
        occurred_at=occurred_at(filing.answers.get("time"), filing.sent_at, desk.texts.zone),
        sent_at=filing.sent_at,
        stored_at=ctx.now,
        **_place(ctx, filing),
    )
    incident, told = await relay(ctx, form, report, post, media=filing.media)
    return Filed(report, form, post, incident, told)


def window_of(ctx: Ctx, form: Form, post: PostRow, sent_at: datetime) -> WindowRef:
    """The window that a report of a post sent then counts for."""
    desk = ctx.desk
    return window_for(
        desk.calendar,
        form=form.id,
        post_kind=PostKind(post.kind),
        event=desk.event_date,
        sent_at=sent_at,
        lasting=form.lasting,
    )


def _place(ctx: Ctx, filing: Filing) -> dict[str, Any]:
    """Where the phone was, how far that is from the post, and the report's marks."""
    person, post = ctx.known.row, filing.post
    fix, flags = filing.fix, list(filing.flags)
    if fix is None and is_fresh(person.located_at, filing.sent_at) and person.lat is not None:
        fix = Fix(person.lat, person.lon or 0.0, person.accuracy_m)
    if fix is None:
        return {"flags": flags}
    distance = None
    if post.lat is not None and post.lon is not None:
        distance = distance_m((fix.lat, fix.lon), (post.lat, post.lon))
    if is_far(distance, fix):
        flags.append(Flag.FAR)
    return {"flags": flags, "lat": fix.lat, "lon": fix.lon, "accuracy_m": fix.accuracy_m, "distance_m": distance}


def opens(ctx: Ctx, form: Form, answers: Answers) -> tuple[str | None, str] | None:
    """The category (None for a plain status) and severity of the incident that these answers open, if they do."""
    if form.incident is not None:
        return form.opens(answers)
    worst = level(form, answers)
    found = ctx.desk.routing.status_severity.get(worst) if worst else None
    return (None, found.value) if found else None


async def relay(
    ctx: Ctx, form: Form, report: ReportRow, post: PostRow, *, media: int = 0
) -> tuple[IncidentRow | None, Markup | None]:
    """Open an incident where the form or the answers' level say so, or bring an open one of the same kind up to date."""
    routing = ctx.desk.routing
    opened = opens(ctx, form, report.answers)
    if opened is None:
        return None, None
    category, severity = opened
    confidential = confides(form, routing, report.answers)
    if form.lasting:
        standing = await corrections.open_incident_at(ctx.tx, post.id, category)
        if standing is not None:
            standing.confidential = standing.confidential or confidential
            return standing, await _update(ctx, IncidentRecord(standing, report, post, ctx.known.row))
    incident = await incidents.open_for(
        ctx.tx, report, category=category, severity=severity, confidential=confidential, now=ctx.now
    )
    corrections.remember_open(ctx.tx, incident)
    return incident, await _show(ctx, IncidentRecord(incident, report, post, ctx.known.row), media=media)


async def _update(ctx: Ctx, record: IncidentRecord) -> Markup:
    """Let newer figures of an incident that goes on take the place of the older ones, on every card."""
    incident, report = record.incident, record.report
    incident.report = report
    incidents.event(ctx.tx, incident, ctx.stamp, action=Event.UPDATED)
    corrections.let_stand(ctx.tx, report, await figures(ctx.tx, report))
    await refresh_cards(ctx.tx, ctx.desk, await load_card(ctx.tx, ctx.desk, record), now=ctx.now)
    return ctx.html("receipt-updated", number=str(incident.number))


async def _show(ctx: Ctx, record: IncidentRecord, *, media: int) -> Markup:
    """Show the incident to those who must act, and say in a line for the receipt who they are."""
    groups = await show_cards(ctx.tx, ctx.desk, record, now=ctx.now, files=media)
    return ctx.html("receipt-relayed", groups=groups) if groups else await nobody_hears(ctx, record.incident)


async def nobody_hears(ctx: Ctx, incident: IncidentRow) -> Markup:
    """An incident that no group hears of must not be met with silence: tell the admins, and say so for the receipt."""
    admins = await alert_admins(
        ctx.tx,
        ctx.desk,
        "alert-no-group",
        key=nobody_hears_key(incident.number, ctx.item.id),
        now=ctx.now,
        number=str(incident.number),
        region=" › ".join(ctx.desk.regions.path(incident.region_code)),
    )
    if not admins:
        return ctx.html("receipt-nobody")
    linked = await linked_groups(ctx.tx, ctx.desk.bot_id)
    there = any(covers(group.region_code, incident.region_code) for group in linked)
    return ctx.html("receipt-admins-told-purpose" if there else "receipt-admins-told")


def receipt(ctx: Ctx, filed: Filed, *, media: int = 0) -> tuple[Markup, list[list[Button]]]:
    """What the officer sees: number and hour, how the report was understood, who was told, and what can be done with it."""
    report = filed.report
    number = f"I-{filed.incident.number}" if filed.incident else f"L-{report.number}"
    lines = [receipt_head(ctx, report, number)]
    lines.append(ctx.html("receipt-post", post=filed.post.name, title=filed.form.title.text(ctx.lang)))
    lines += _answers(ctx, filed)
    lines += _marks(ctx, report)
    if filed.told is not None:
        lines.append(filed.told)
    if keeps_name(ctx, filed):
        lines.append(ctx.html("receipt-confidential"))
    if media:
        lines.append(ctx.html("receipt-media", count=media))
    buttons = [ctx.button("button-correct", CorrectTap(report.id)), ctx.button("button-pass-up", UpwardTap(report.id))]
    return Markup("\n".join(lines)), [buttons]


def keeps_name(ctx: Ctx, filed: Filed) -> bool:
    """Whether the reporter was promised that the name is kept back."""
    promised = filed.incident is not None and filed.incident.confidential
    return promised or confides(filed.form, ctx.desk.routing, filed.report.answers)


def receipt_head(ctx: Ctx, report: ReportRow, number: str) -> Markup:
    """The first line of a receipt; a reply to it is known by the number it begins with."""
    clock = ctx.desk.texts.moment(ctx.lang, report.stored_at, now=ctx.now)
    if report.version > 1:
        return ctx.html("receipt-corrected", number=number, clock=clock, version=str(report.version))
    return ctx.html("receipt", number=number, clock=clock)


def _answers(ctx: Ctx, filed: Filed) -> list[Markup]:
    report, form, texts = filed.report, filed.form, ctx.desk.texts
    lines = [
        ctx.html("receipt-answer", label=label, value=value)
        for label, value in answer_lines(texts, ctx.lang, form, report.answers)
    ]
    if "time" in report.answers:
        lines.append(ctx.html("receipt-time", time=texts.moment(ctx.lang, report.occurred_at, now=ctx.now)))
    note = report.answers.get(form.rest.id) if form.rest else None
    if note:
        lines.append(ctx.html("receipt-note", note=shortening.cut(note, NOTE_SHOWN)))
    return lines


def _marks(ctx: Ctx, report: ReportRow) -> list[Markup]:
    """What is special about a report: nil, late, far, or confirmed against a doubt."""
    lines = []
    if Flag.NIL in report.flags:
        lines.append(ctx.html("receipt-nil"))
    if report.late:
        lines.append(ctx.html("receipt-late"))
    if Flag.FAR in report.flags and report.distance_m is not None:
        lines.append(ctx.html("receipt-far", distance=distance_text(ctx, report.distance_m)))
    if any(insisted_field(flag) for flag in report.flags):
        lines.append(ctx.html("receipt-insisted"))
    return lines


def distance_text(ctx: Ctx, distance: float) -> str:
    """A distance in metres as the reader of this chat writes it."""
    return shortening.distance_text(ctx.lang, distance)
