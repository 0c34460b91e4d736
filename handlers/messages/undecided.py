"""Words or files that nobody has said yet what they are: kept, and asked about with a button for each likely answer."""

from __future__ import annotations

from datetime import timedelta

from actions.incidents import merging
from actions.incidents.noting import Target
from actions.reports import added_files, drafts, reach
from actions.reports.drafts import Filling
from core.forms.examples import example_line
from core.forms.forms import Form
from core.forms.line_grammar import parse_line
from core.kit.shortening import cut, short
from core.kit.texts import Markup, UserError
from core.messages.taps import KeptFormTap, KeptIncidentTap, KeptNothingTap, KeptReportTap, KeptTap
from core.reports.keys import message_source
from core.reports.taps import DraftGoOnTap
from handlers.kit.command import OnTap
from handlers.kit.scope import Ctx
from handlers.messages import notes
from handlers.reports import attachments, filling_taps, post_choice
from handlers.reports import drafts as draft_screens
from handlers.reports.filling import advance
from handlers.reports.filling import refresh as refresh_form
from handlers.reports.questions import pairs
from handlers.reports.receipt_text import NOTE_SHOWN
from storage import evidence
from storage.incidents import incidents
from storage.own import mine
from storage.records import ReportRecord
from storage.reports import corrections, reports
from storage.tables import DraftRow, IncidentRow, ReportRow

JOINED = timedelta(minutes=10)  # several short messages in a row are one matter
RECENT = timedelta(hours=12)  # a report so old is hardly what a file belongs to
FORMS_SHOWN = 2
INCIDENTS_SHOWN = 2


async def keep_words(ctx: Ctx, text: str, *, said: Markup | None = None, alone: bool = False) -> None:
    """Keep a message that is no report yet, and ask what it is; `said` comes before the question.

    Where it does not fit to the words of a moment ago, or is to be kept `alone`, it is asked about by itself.
    """
    row = next((item for item in ctx.drafts if item.form_id == "" and ctx.now - item.updated_at <= JOINED), None)
    source = message_source(ctx.chat.id, ctx.mark)
    if row is not None and (alone or not drafts.fits(ctx.work, row, text)):
        said = said or ctx.html("kept-apart", most=ctx.desk.texts.number(ctx.lang, ctx.desk.bounds.draft_words))
        row = next((item for item in ctx.drafts if item.form_id == "" and item.source == source), None)
    if row is not None and attachments.has_media(ctx.message) and row.source != source:
        row = None if not await evidence.count(ctx.tx, draft_source=row.source) else row
    kept = drafts.keep_words(ctx.work, row, text, source=source, sent_at=ctx.message.date)
    draft_screens.remember(ctx, kept)
    await ask_what(ctx, kept, said=said)


async def edit_words(ctx: Ctx, text: str) -> bool:
    """Follow an edit of words that are still undecided; False when they are none of these."""
    source = message_source(ctx.chat.id, ctx.mark)
    row = next((item for item in ctx.drafts if item.form_id == "" and item.source == source), None)
    if row is not None and row.text != text.strip():
        drafts.edit_words(ctx.work, row, text.strip())
        await ask_what(ctx, row, below=False)
    return row is not None


async def refresh(ctx: Ctx, row: DraftRow, *, said: Markup | None = None) -> None:
    """Show a draft's message anew, whatever it is of; `said` comes before the question what words or files are."""
    await (ask_what(ctx, row, said=said) if row.form_id == "" else refresh_form(ctx, row))


async def ask_what(ctx: Ctx, row: DraftRow, *, below: bool = True, said: Markup | None = None) -> None:
    """Ask what the kept words or files are."""
    count = await evidence.count(ctx.tx, draft_source=row.source)
    lines = [said] if said else []
    if row.text:
        lines.append(ctx.html("kept-words", words=cut(row.text, NOTE_SHOWN)))
    if count:
        lines.append(ctx.html("receipt-media", count=count))
    lines.append(ctx.html("kept-what"))
    forms = _forms(ctx)
    if row.text and forms:
        form = forms[0]
        lines.append(ctx.html("example", line=f"/{form.command(ctx.lang)} {example_line(form, ctx.lang)}"))
    buttons = [
        ctx.button("button-kept-form", KeptFormTap(row.id, form.id), title=short(form.title.text(ctx.lang), 20))
        for form in forms
    ]
    rows = pairs(buttons)
    open_ = await _open_incidents(ctx) if row.text else []
    rows += [
        [ctx.button("button-kept-add", KeptIncidentTap(row.id, one.id), number=f"I-{one.number}")] for one in open_
    ]
    last = await _last_report(ctx)
    if last is not None and count and all(one.report_id != last.id for one in open_):
        number = attachments.number_of(last, await corrections.incident_of(ctx.tx, last.id))
        rows.append([ctx.button("button-kept-add", KeptReportTap(row.id, last.id), number=number)])
    others = [one for one in ctx.drafts if one.form_id and one is not row]
    if others:
        clock = ctx.desk.texts.clock(ctx.lang, others[0].sent_at)
        rows.append([ctx.button("button-go-on-from", DraftGoOnTap(others[0].id), clock=clock)])
    rows.append([ctx.button("button-kept-nothing", KeptNothingTap(row.id))])
    await draft_screens.put(ctx, row, (Markup("\n".join(lines)), rows), below=below)


def _forms(ctx: Ctx) -> list[Form]:
    kinds = {post.kind for post in ctx.known.posts}
    fitting = [form for form in ctx.desk.forms.values() if not form.alarm]
    if kinds:
        fitting = [form for form in fitting if kinds.intersection(form.posts)]
    return fitting[:FORMS_SHOWN]


async def _last_report(ctx: Ctx) -> ReportRow | None:
    found = await reports.last_of(ctx.tx, ctx.known.row.id, limit=1)
    if not found or ctx.now - found[0].report.sent_at > RECENT:
        return None
    return found[0].report


async def _open_incidents(ctx: Ctx) -> list[IncidentRow]:
    """The person's newest incidents that go on: the words may be news of one of them."""
    found = await mine.open_incidents(ctx.tx, ctx.known.row.id, limit=INCIDENTS_SHOWN)
    return [one.incident for one in found if attachments.may_add(ctx, ReportRecord(one.report, one.post, one.incident))]


async def _kept(ctx: Ctx, tap: KeptTap) -> DraftRow:
    """The kept words that a button belongs to; raises UserError when they have become something already."""
    row = next((item for item in ctx.drafts if item.id == tap.draft_id and item.form_id == ""), None)
    if row is None:
        raise UserError(await draft_screens.gone(ctx))
    return row


async def tap_form(ctx: Ctx, tap: KeptFormTap) -> None:
    """Make the kept words a report of a form: read as its line, the rest is asked."""
    row = await _kept(ctx, tap)
    form = next((item for item in _forms(ctx) if item.id == tap.form_id), None)
    if form is None:
        raise UserError("tap-too-old")
    posts = reach.own(ctx.known, form)
    post = posts[0] if len(posts) == 1 else None
    parsed = parse_line(form, row.text, post_kind=post.kind if post else None)
    found, said = await post_choice.find_post(ctx, form, parsed)
    ctx.answer()
    filling = Filling(form, found, row.text, row.source, row.sent_at, answers=dict(parsed.answers), row=row)
    if found is None:
        await post_choice.ask_post(ctx, filling, below=False, said=said)
        return
    await advance(ctx, filling, parsed.problems, below=False)


async def tap_add(ctx: Ctx, tap: KeptReportTap) -> None:
    """Add the kept files to the person's last report."""
    row = await _kept(ctx, tap)
    last = await _last_report(ctx)
    if last is None or tap.report_id != last.id:
        raise UserError("tap-too-old")
    incident = await corrections.incident_of(ctx.tx, last.id)
    count = await added_files.adopt_kept(ctx.work, row, last, incident, none_too=True)
    await draft_screens.drop(ctx, row)
    ctx.answer()
    text = ctx.html("kept-added", count=count, number=attachments.number_of(last, incident))
    await ctx.show(draft_screens.screen_key(row), text, (), below=False)


async def tap_note(ctx: Ctx, tap: KeptIncidentTap) -> None:
    """Put the kept words on the timeline of an incident of theirs, and the files beside them to its report."""
    row = await _kept(ctx, tap)
    found = await incidents.get(ctx.tx, tap.incident_id)
    if found is None or not row.text or not attachments.may_add(ctx, found.as_report):
        raise UserError("tap-too-old")
    target = Target(found, await merging.goes_on(ctx.work, found))
    await added_files.adopt_kept(ctx.work, row, target.found.report, target.found.incident)
    heard = await notes.add(ctx, target, row.text)
    words = row.text
    await draft_screens.drop(ctx, row)
    ctx.answer()
    lines = [ctx.html("kept-words", words=cut(words, NOTE_SHOWN)), notes.receipt_text(ctx, target, heard or [])]
    await ctx.show(draft_screens.screen_key(row), Markup("\n".join(lines)), (), below=False)


async def tap_nothing(ctx: Ctx, tap: KeptNothingTap) -> None:
    """Let the kept words be no report; the message itself stays stored as it came."""
    row = await _kept(ctx, tap)
    await draft_screens.drop(ctx, row)
    ctx.answer()
    await draft_screens.put(ctx, row, (ctx.html("kept-nothing"), []), below=False)


async def tap_go_on(ctx: Ctx, tap: DraftGoOnTap) -> None:
    """Go on with a draft, or with words that nobody has said yet what they are."""
    await draft_screens.take_up(ctx, tap.draft_id)
    kept = next((row for row in ctx.drafts if row.id == tap.draft_id and row.form_id == ""), None)
    if kept is None:
        await filling_taps.tap_go_on(ctx, tap)
        return
    ctx.answer()
    await ask_what(ctx, kept)


TAPS = (
    OnTap(KeptFormTap, tap_form),
    OnTap(KeptReportTap, tap_add),
    OnTap(KeptIncidentTap, tap_note),
    OnTap(KeptNothingTap, tap_nothing),
    OnTap(DraftGoOnTap, tap_go_on),
)
