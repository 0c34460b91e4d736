"""The word to the officer that a report is stored: one receipt for one report, one for several posts at once."""

from __future__ import annotations

from collections.abc import Sequence

from actions.incidents.cards import card_groups
from actions.reports.filing import Filed, Told
from core.delivery.keys import Subject
from core.delivery.outgoing import Button
from core.kit.shortening import short
from core.kit.texts import Markup
from core.reports.keys import REPORT
from core.reports.taps import ReceiptTap
from handlers.kit.scope import Ctx
from handlers.reports import attachments
from handlers.reports.questions import pairs
from handlers.reports.receipt_text import receipt
from storage import evidence
from storage.delivery import screens
from storage.tables import IncidentRow, PostRow, ReportRow
from storage.territory import places

POSTS_LISTED = 30  # beyond that a receipt is no longer read


async def confirm(ctx: Ctx, filed: Filed, *, key: str | None = None, below: bool = True) -> None:
    """Give the receipt; one with files, or one that took a draft's place, edits itself as more becomes known.

    `key` names the message that showed the draft.
    """
    report, count = filed.report, filed.files
    if attachments.comes_with_media(ctx):
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
    screen = await screens.screen_of(ctx.tx, ctx.desk.bot_id, Subject(REPORT, report.id).text)
    form = ctx.desk.forms.get(report.form_id)
    post = await places.post_by_id(ctx.tx, report.post_id)
    if screen is None or form is None or post is None:
        return False
    told = None
    if incident is not None and (groups := await card_groups(ctx.tx, ctx.desk, incident.id)):
        told = Told(len(groups))
    count = await evidence.count(ctx.tx, report_id=report.id)
    text, rows = receipt(ctx, Filed(report, form, post, incident, told), media=count)
    if offered := await attachments.offer(ctx, report, incident):
        rows.append(list(offered))
    await ctx.show(screen.key, text, rows, subject=screen.subject)
    return True


async def confirm_all(ctx: Ctx, filed: Sequence[Filed], *, key: str | None = None, below: bool = True) -> None:
    """Give one receipt for the same report of several posts; files that came with it go to the first of them."""
    lines = [ctx.html("receipt-all", count=len(filed), clock=ctx.desk.texts.clock(ctx.lang, ctx.now))]
    lines += [
        ctx.html("receipt-all-post", number=f"L-{one.report.number}", post=one.post.name)
        for one in filed[:POSTS_LISTED]
    ]
    rows = pairs([report_button(one.report, one.post) for one in filed[:POSTS_LISTED]])
    count = sum(one.files for one in filed)
    if filed and attachments.comes_with_media(ctx):
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
