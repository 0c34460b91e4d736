"""What a receipt says of a stored report, and the buttons below."""

from __future__ import annotations

from actions.reports.filing import Filed, Told
from core.delivery.outgoing import Button
from core.evidence.flags import Flag, insisted_field
from core.forms.showing import answer_lines
from core.kit import shortening
from core.kit.texts import Markup
from core.privacy.confiding import confides
from core.reports.taps import CorrectTap, UpwardTap
from handlers.kit.scope import Ctx
from storage.tables import ReportRow

NOTE_SHOWN = 120  # characters of the note in a receipt: enough to see that it is the right one


def receipt(ctx: Ctx, filed: Filed, *, media: int = 0) -> tuple[Markup, list[list[Button]]]:
    """What the officer sees: number and hour, how the report was understood, who was told, and what can be done with it."""
    report = filed.report
    number = f"I-{filed.incident.number}" if filed.incident else f"L-{report.number}"
    lines = [_head(ctx, report, number)]
    lines.append(ctx.html("receipt-post", post=filed.post.name, title=filed.form.title.text(ctx.lang)))
    lines += _answers(ctx, filed)
    lines += _marks(ctx, report)
    if filed.told is not None:
        lines.append(_told(ctx, filed.told))
    if _keeps_name(ctx, filed):
        lines.append(ctx.html("receipt-confidential"))
    if media:
        lines.append(ctx.html("receipt-media", count=media))
    buttons = [ctx.button("button-correct", CorrectTap(report.id)), ctx.button("button-pass-up", UpwardTap(report.id))]
    return Markup("\n".join(lines)), [buttons]


def _told(ctx: Ctx, told: Told) -> Markup:
    """Who hears of the incident."""
    if told.updated is not None:
        return ctx.html("receipt-updated", number=str(told.updated))
    if told.groups:
        return ctx.html("receipt-cards-follow" if told.followed else "receipt-relayed", groups=told.groups)
    if not told.admins:
        return ctx.html("receipt-nobody")
    return ctx.html("receipt-admins-told-purpose" if told.elsewhere else "receipt-admins-told")


def _keeps_name(ctx: Ctx, filed: Filed) -> bool:
    """Whether the reporter was promised that the name is kept back."""
    promised = filed.incident is not None and filed.incident.confidential
    return promised or confides(filed.form, ctx.desk.routing, filed.report.answers)


def _head(ctx: Ctx, report: ReportRow, number: str) -> Markup:
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
        distance = shortening.distance_text(ctx.lang, report.distance_m)
        lines.append(ctx.html("receipt-far", distance=distance))
    if any(insisted_field(flag) for flag in report.flags):
        lines.append(ctx.html("receipt-insisted"))
    return lines
