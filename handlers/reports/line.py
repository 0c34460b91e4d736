"""Reports by command: a typed line is read and filed, or kept and asked about; the command alone opens the form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from actions.reports import drafts, reach
from actions.reports.correcting import check_room
from actions.reports.correcting import source_of as correction_of
from actions.reports.drafts import Filling, filing_of, is_over, terms
from core.evidence.flags import Flag
from core.forms.forms import Form
from core.forms.line_grammar import Parsed, parse_line
from core.forms.problems import ProblemKey
from core.incidents.lifecycle import ACTING
from core.kit.texts import UserError, ours
from core.kit.words import fold
from core.people.roles import Role, may
from core.reports.draft import Ask, next_step
from core.reports.keys import message_source, post_source, tap_source
from core.reports.taps import DraftAnewTap, DraftCancelTap, DraftGoOnTap, OpenFormTap
from handlers.incidents.open_list import show_list
from handlers.incidents.view import how
from handlers.kit.command import Command, OnTap, Where
from handlers.kit.scope import Ctx
from handlers.reports import attachments, correcting, filling_taps, post_choice
from handlers.reports import drafts as draft_screens
from handlers.reports.by_number import show_incident
from handlers.reports.filling import advance
from handlers.reports.post_choice import find_post
from storage import evidence
from storage.reports import reports
from storage.tables import DraftRow, PostRow, ReportRow

ANYONE = frozenset(Role)
OFFICER = frozenset({Role.OFFICER})
INCIDENT = "incident"
ANSWERED = timedelta(minutes=15)  # an answer typed so shortly before a report was filed was part of it
ALL_WORDS = frozenset({"semua", "seluruh", "all"})


def form_commands(forms: Sequence[Form]) -> tuple[Command, ...]:
    """One command for each form of the preset, by the names the form declares; the alarm has its own."""
    return tuple(_form_command(form) for form in forms if not form.alarm)


def _form_command(form: Form) -> Command:
    async def run(ctx: Ctx, rest: str) -> None:
        if form.id == INCIDENT and (await show_incident(ctx, rest) or await show_list(ctx, rest)):
            return
        if form.id == INCIDENT and not ctx.private and may(ctx.actor, ACTING):
            raise how(ctx)
        await file_line(ctx, form, rest)

    english = [name for name in form.commands if name == form.id]
    names = (*(name for name in form.commands if name != form.id), *english)
    where = Where.BOTH if form.id == INCIDENT else Where.PRIVATE
    # A coordinator may file for a post of the territory by its code; only who holds a post sees the command listed.
    listed = ANYONE if form.id == INCIDENT else OFFICER
    return Command(f"form-{form.id}", names, run, roles=ANYONE, where=where, listed=listed, form_id=form.id)


def source_of(ctx: Ctx) -> str:
    """The natural key of what this message files, so that neither an edit nor a repeat files it again."""
    return message_source(ctx.chat.id, ctx.mark)


def _sent_at(ctx: Ctx) -> datetime:
    message = ctx.message
    return message.edit_date or message.date if ctx.update.edited_message else message.date


async def file_line(ctx: Ctx, form: Form, text: str) -> None:
    """File a report from a typed line, or keep what it says as a draft and ask for the rest."""
    if not ctx.private:
        raise UserError("only-private", command=ours(f"/{form.command(ctx.lang)}"), bot=ctx.desk.bot_username)
    source = source_of(ctx)
    filed = await reports.by_source(ctx.tx, source)
    if filed is not None:
        await _again(ctx, form, filed, text)
        return
    posts = reach.own(ctx.known, form)
    everywhere = _without_all(form, text)
    if everywhere is not None and len(posts) > 1:
        await _for_all(ctx, form, everywhere)
        return
    if everywhere is not None and posts:
        text = everywhere  # all of one post is that post
    likely = posts[0] if len(posts) == 1 else None  # nearly everybody has one post: then the line is read once
    filling = Filling(form, likely, text, source, _sent_at(ctx))
    if not text.strip() and await _offered(ctx, form):
        return
    parsed = parse_line(form, text, post_kind=likely.kind if likely else None)
    post, said = await find_post(ctx, form, parsed)
    if post is None and not posts:
        raise _no_post(ctx, form, parsed)
    if post is not likely and post is not None:
        parsed = parse_line(form, text, post_kind=post.kind)
    filling.post, filling.answers = post, dict(parsed.answers)
    if parsed.post_token is not None and not parsed.answers and not parsed.problems:
        filling.text = ""  # only the post was named: the rest is filled by buttons and looked over
    if post is None:
        await post_choice.ask_post(ctx, filling, said=said)
        return
    problems = [item for item in parsed.problems if item.key is not ProblemKey.POST_TWICE]
    await advance(ctx, filling, problems)


def _no_post(ctx: Ctx, form: Form, parsed: Parsed) -> UserError:
    """What to say to who holds no post that files a form, and named none of the own territory."""
    if parsed.post_token is not None:
        return UserError("post-none", token=parsed.post_token)
    said = any(field.required and field.id in parsed.answers for field in form.fields)
    looking = form.id == INCIDENT and not said and may(ctx.actor, ACTING)
    return how(ctx) if looking else UserError("no-post")


def _without_all(form: Form, text: str) -> str | None:
    """The line without the word that means all posts, where it begins the line or ends it right behind a choice.

    "all clear" is a choice, and "safe, all quiet" has a note.
    """
    words = text.split()
    if words and fold(words[0]) in ALL_WORDS and fold(" ".join(words[:2])) not in form.by_word:
        return " ".join(words[1:])
    if len(words) == 2 and fold(words[1]) in ALL_WORDS and fold(words[0]) in form.by_word:
        return words[0]
    return None


async def _for_all(ctx: Ctx, form: Form, text: str) -> None:
    """File the same for all of one's own posts that have not reported yet; the exceptions follow one by one."""
    posts = reach.own(ctx.known, form)
    if await reports.known_sources(ctx.tx, [post_source(source_of(ctx), post.id) for post in posts]):
        if ctx.update.edited_message is not None:
            ctx.say("edit-for-all")
        return
    if not await reach.silent(ctx.work, form):
        raise UserError("all-reported")
    kinds = {post.kind for post in posts}
    parsed = parse_line(form, text, post_kind=kinds.pop() if len(kinds) == 1 else None)
    filling = Filling(form, None, text, source_of(ctx), _sent_at(ctx), answers=dict(parsed.answers))
    filling.flags = [Flag.ALL.value]
    await advance(ctx, filling, parsed.problems)


async def edited_words(ctx: Ctx, text: str) -> bool:
    """Follow an edit of words without a command that have filed a report; False when they are none of these."""
    filed = await reports.by_source(ctx.tx, source_of(ctx))
    form = ctx.desk.forms.get(filed.form_id) if filed is not None else None
    if filed is None or form is None:
        return False
    await _again(ctx, form, filed, text)
    return True


async def was_answer(ctx: Ctx) -> bool:
    """Whether an edited message was probably an answer: to the draft that is open, or of the report filed right after it."""
    sent = ctx.message.date
    if ctx.draft is not None and ctx.draft.form_id and ctx.draft.sent_at <= sent:
        return True
    last = await reports.last_of(ctx.tx, ctx.known.row.id, limit=1)
    return bool(last) and timedelta() <= last[0].report.stored_at - sent <= ANSWERED


async def _again(ctx: Ctx, form: Form, filed: ReportRow, text: str) -> None:
    """An edited message that has filed already makes a new version of its report."""
    if filed.text == text:
        # Telegram also reports an edit when only a preview or a reaction changed, or when a file was replaced.
        await attachments.keep(ctx, report=filed, filed=True)
        return
    check_room(ctx.work, filed, form)
    post = await reach.find(ctx.work, filed.post_id, report_id=filed.id)
    if post is None or filed.form_id != form.id:
        raise UserError("edit-files-nothing", command=ours(f"/{form.command(ctx.lang)}"))
    parsed = parse_line(form, text, post_kind=post.kind)
    named, _ = await find_post(ctx, form, parsed)
    if parsed.post_token is not None and named is not None:
        post = named
    typed_before = parse_line(form, filed.text, post_kind=post.kind).answers
    tapped = {key: value for key, value in filed.answers.items() if key not in typed_before}
    source = correction_of(ctx.work, filed)
    filling = Filling(
        form, post, text, source, filed.sent_at, answers={**tapped, **parsed.answers}, report_id=filed.id,
        row=next((item for item in ctx.drafts if item.source == source), None),
    )  # fmt: skip
    if parsed.problems or _open(ctx, filling):
        await advance(ctx, filling, parsed.problems)
        return
    await correcting.edited(ctx, filed, filing_of(filling, post))


def _open(ctx: Ctx, filling: Filling) -> bool:
    """Whether something about an edited line must be asked."""
    return isinstance(next_step(filling.form, filling.answers, (), terms(ctx.work, filling)), Ask)


async def _offered(ctx: Ctx, form: Form) -> bool:
    """Offer to go on with what was begun of this form and not sent; False when there is nothing worth it."""
    row = next((item for item in ctx.drafts if item.form_id == form.id and item.report_id is None), None)
    if row is None or is_over(row, now=ctx.now):
        return False
    if not row.answers and not row.text.strip() and not await evidence.count(ctx.tx, draft_source=row.source):
        await draft_screens.drop(ctx, row)
        await draft_screens.put(ctx, row, (ctx.html("draft-replaced"), []), below=False)
        return False
    await _offer(ctx, form, row)
    return True


async def _offer(ctx: Ctx, form: Form, row: DraftRow) -> None:
    """Ask whether to go on with a draft or to begin anew."""
    drafts.offer(ctx.work, row)
    clock = ctx.desk.texts.moment(ctx.lang, row.sent_at, now=ctx.now)
    post = await reach.find(ctx.work, row.post_id)
    title = f"{form.title.text(ctx.lang)} · {post.name}" if post else form.title.text(ctx.lang)
    text = ctx.html("draft-offer", title=title, time=clock)
    buttons = [
        [ctx.button("button-go-on", DraftGoOnTap(row.id), style="success")],
        [ctx.button("button-anew", DraftAnewTap(row.id)), ctx.button("button-cancel", DraftCancelTap(row.id))],
    ]
    await draft_screens.put(ctx, row, (text, buttons), below=True)


async def open_form(ctx: Ctx, form: Form, post: PostRow | None = None) -> None:
    """Open a form's guided filling from a button anywhere."""
    posts = reach.own(ctx.known, form)
    if not posts:
        raise UserError("no-post")
    source = tap_source(ctx.chat.id, ctx.item.update_id)
    chosen = post or (posts[0] if len(posts) == 1 else None)
    await advance(ctx, Filling(form, chosen, "", source, ctx.item.received_at))


async def tap_open(ctx: Ctx, tap: OpenFormTap) -> None:
    """Open a form by its button, for a post if the button names one."""
    form = ctx.desk.forms.get(tap.form_id)
    if form is None or form.alarm:
        raise UserError("tap-too-old")
    post = next((item for item in reach.own(ctx.known, form) if item.id == tap.post_id), None)
    if tap.post_id is not None and post is None:
        raise UserError("tap-not-your-post")
    begun = next((row for row in ctx.drafts if row.form_id == form.id and row.report_id is None), None)
    ctx.answer()
    if begun is not None and begun.answers and begun.post_id == (post.id if post else begun.post_id):
        await _offer(ctx, form, begun)
        return
    await open_form(ctx, form, post)


TAPS = (*filling_taps.TAPS, OnTap(OpenFormTap, tap_open))
