"""Filing: a finished report becomes rows, a receipt, and, when something is wrong, an incident with its cards."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from core.answers import answer_lines
from core.forms import Form, level
from core.moments import occurred_at
from core.people import PostKind
from core.texts import Markup
from core.windows import window_for
from handlers.scope import Ctx
from storage import incidents, reports
from storage.alerts import alert_admins
from storage.cards import show_cards
from storage.tables import IncidentRow, PostRow, ReportRow

NOTE_SHOWN = 120  # characters of the note in a receipt: enough to see that it is the right one


async def file_report(
    ctx: Ctx,
    form: Form,
    post: PostRow,
    *,
    answers: dict[str, Any],
    text: str,
    source: str,
    sent_at: datetime,
    tapped: bool = False,
) -> None:
    """Store a complete report, relay it if something is wrong, and give the officer a receipt."""
    desk = ctx.desk
    window = window_for(
        desk.calendar, form=form.id, post_kind=PostKind(post.kind), event=desk.event_date, sent_at=sent_at
    )
    worst = level(form, answers)
    report = await reports.add(
        ctx.tx,
        cause=ctx.cause,
        kind=post.kind,
        form_id=form.id,
        post_id=post.id,
        region_code=post.region_code,
        person_id=ctx.known.row.id,
        answers=answers,
        level=worst.value if worst else None,
        text=text,
        source=source,
        window_key=window.key,
        late=window.is_late,
        occurred_at=occurred_at(answers.get("time"), sent_at, desk.texts.zone),
        sent_at=sent_at,
        stored_at=ctx.now,
    )
    incident = await _open_incident(ctx, form, report)
    told = None if incident is None else await _relay(ctx, incident, report, post)
    receipt = receipt_text(ctx, form, report, post, incident, told)
    if tapped:
        ctx.edit_tapped(receipt)
    else:
        ctx.send(receipt)


async def _open_incident(ctx: Ctx, form: Form, report: ReportRow) -> IncidentRow | None:
    """Open an incident for an incident report, and for any report of level bad or worst."""
    routing = ctx.desk.routing
    category = report.answers.get("category") if form.id == "incident" else None
    if category is not None:
        severity, confidential = report.answers["severity"], routing.category(category).confidential
    else:
        found = routing.status_severity.get(report.level or "")
        if found is None:
            return None
        severity, confidential = found.value, False
    return await incidents.open_for(
        ctx.tx, report, category=category, severity=severity, confidential=confidential, now=ctx.now
    )


async def _relay(ctx: Ctx, incident: IncidentRow, report: ReportRow, post: PostRow) -> Markup:
    """Show the incident to those who must act, and say in a line for the receipt who they are."""
    groups = await show_cards(ctx.tx, ctx.desk, incident, report, post, ctx.known.row, now=ctx.now)
    if groups:
        return ctx.html("receipt-relayed", groups=groups)
    admins = await _nobody_hears(ctx, incident)
    return ctx.html("receipt-admins-told" if admins else "receipt-nobody")


async def _nobody_hears(ctx: Ctx, incident: IncidentRow) -> int:
    """An incident that no group hears of must not be met with silence: tell the admins; gives how many they are."""
    return await alert_admins(
        ctx.tx,
        ctx.desk,
        "alert-no-group",
        key=f"no-group:u{ctx.item.id}",
        now=ctx.now,
        number=str(incident.number),
        region=" › ".join(ctx.desk.regions.path(incident.region_code)),
    )


def receipt_text(
    ctx: Ctx, form: Form, report: ReportRow, post: PostRow, incident: IncidentRow | None, told: Markup | None
) -> Markup:
    """What the officer sees: number and hour, how the report was understood, and who was told."""
    texts, lang = ctx.desk.texts, ctx.lang
    number = f"I-{incident.number}" if incident else f"L-{report.number}"
    lines = [
        ctx.html("receipt", number=number, clock=texts.clock(lang, ctx.now)),
        ctx.html("receipt-post", post=post.name, title=form.title.text(lang)),
    ]
    lines += [
        ctx.html("receipt-answer", label=label, value=value)
        for label, value in answer_lines(texts, lang, form, report.answers)
    ]
    if "time" in report.answers:
        lines.append(ctx.html("receipt-time", time=texts.moment(lang, report.occurred_at, now=ctx.now)))
    note = report.answers.get(form.rest.id) if form.rest else None
    if note:
        shown = note if len(note) <= NOTE_SHOWN else f"{note[:NOTE_SHOWN].rstrip()}…"
        lines.append(ctx.html("receipt-note", note=shown))
    if report.late:
        lines.append(ctx.html("receipt-late"))
    if told is not None:
        lines.append(told)
    message = ctx.update.effective_message
    if message is not None and getattr(message, "effective_attachment", None):
        lines.append(ctx.html("media-not-kept"))
    return Markup("\n".join(lines))
