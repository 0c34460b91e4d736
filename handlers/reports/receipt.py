"""The word to the officer that a report is stored: one receipt for one report, one for several posts at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions.incidents.cards import card_groups
from core.delivery.keys import Subject
from core.delivery.outgoing import Button
from core.evidence.flags import Flag
from core.kit.shortening import short
from core.kit.texts import Markup, UserError
from core.reports.keys import REPORT, post_source
from core.reports.taps import ReceiptTap
from handlers.kit.scope import Ctx
from handlers.reports import attachments
from handlers.reports.filing import Filed, Filing, file_report, receipt
from handlers.reports.questions import pairs
from storage import evidence
from storage.delivery import screens
from storage.reports import reports
from storage.tables import IncidentRow, PostRow, ReportRow
from storage.territory import places

POSTS_LISTED = 30  # beyond that a receipt is no longer read


async def file_and_confirm(
    ctx: Ctx, filing: Filing, *, key: str | None = None, below: bool = True, drafts: Sequence[str] = ()
) -> Filed:
    """Store a complete report and give its receipt; `key` names the message that showed its draft.

    `drafts` are the sources of the drafts that end with it, whose files become its own.
    """
    filing.media = sum([await evidence.count(ctx.tx, draft_source=source) for source in drafts])
    filing.media += ctx.update.callback_query is None and attachments.has_media(ctx.message)
    filed = await file_report(ctx, filing)
    await confirm(ctx, filed, key=key, below=below, drafts=drafts)
    return filed


async def confirm(
    ctx: Ctx, filed: Filed, *, key: str | None = None, below: bool = True, drafts: Sequence[str] = ()
) -> None:
    """Give the receipt; one with files, or one that took a draft's place, edits itself as more becomes known."""
    report = filed.report
    count = sum([await evidence.adopt(ctx.tx, source, report) for source in drafts])
    if ctx.update.callback_query is None and attachments.has_media(ctx.message):
        count += await attachments.keep(ctx, report=report, filed=True)
    text, rows = receipt(ctx, filed, media=count)
    if count and (offered := await attachments.offer(ctx, report, filed.incident)):
        rows.append(list(offered))
    if key is None and not count:
        ctx.send(text, rows)
    else:
        subject = Subject(REPORT, report.id).text
        await ctx.show(key or subject, text, rows, subject=subject, below=below)


async def refresh_receipt(ctx: Ctx, report: ReportRow, incident: IncidentRow | None) -> bool:
    """Let a receipt that edits itself count the files that came since; False when the report has no such receipt."""
    slot = await screens.slot_of(ctx.tx, ctx.desk.bot_id, Subject(REPORT, report.id).text)
    form = ctx.desk.forms.get(report.form_id)
    post = await places.post_by_id(ctx.tx, report.post_id)
    if slot is None or form is None or post is None:
        return False
    told = None
    if incident is not None and (groups := await card_groups(ctx.tx, ctx.desk, incident.id)):
        told = ctx.html("receipt-relayed", groups=len(groups))
    count = await evidence.count(ctx.tx, report_id=report.id)
    text, rows = receipt(ctx, Filed(report, form, post, incident, told), media=count)
    if offered := await attachments.offer(ctx, report, incident):
        rows.append(list(offered))
    await ctx.show(slot.key, text, rows, subject=slot.subject)
    return True


async def file_for_all(
    ctx: Ctx, filings: Sequence[Filing], *, key: str | None = None, below: bool = True, drafts: Sequence[str] = ()
) -> None:
    """Store the same report for several posts, with one receipt; files that came with it go to the first of them."""
    if not filings:
        raise UserError("all-reported")
    filed = []
    known = await reports.known_sources(ctx.tx, [post_source(filing.source, filing.post.id) for filing in filings])
    for filing in filings:
        source = post_source(filing.source, filing.post.id)
        if source in known:
            continue
        flags = list(dict.fromkeys([*filing.flags, Flag.ALL]))
        filed.append(await file_report(ctx, replace(filing, source=source, answers=dict(filing.answers), flags=flags)))
    lines = [ctx.html("receipt-all", count=len(filed), clock=ctx.desk.texts.clock(ctx.lang, ctx.now))]
    lines += [
        ctx.html("receipt-all-post", number=f"L-{one.report.number}", post=one.post.name)
        for one in filed[:POSTS_LISTED]
    ]
    rows = pairs([report_button(one.report, one.post) for one in filed[:POSTS_LISTED]])
    count = sum([await evidence.adopt(ctx.tx, source, filed[0].report) for source in drafts]) if filed else 0
    if filed and ctx.update.callback_query is None and attachments.has_media(ctx.message):
        count += await attachments.keep(ctx, report=filed[0].report, filed=True)
    if count:
        lines.append(ctx.html("receipt-media", count=count))
    lines.append(ctx.html("receipt-all-rest"))
    text = Markup("\n".join(lines))
    if key is None:
        ctx.send(text, rows)
    else:
        await ctx.show(key, text, rows, subject=key, below=below)


def report_button(report: ReportRow, post: PostRow) -> Button:
    """The button that shows a report's receipt again."""
    return Button(short(f"L-{report.number} {post.name}"), tap=ReceiptTap(report.id))
