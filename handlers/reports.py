"""Reports by one typed line: reads it, finds the post, and files it or keeps it as a draft and asks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from core.draft import LINE
from core.forms import Form
from core.grammar import Parsed, parse_line
from core.people import Role
from core.postcodes import post_matches
from core.texts import Markup, UserError
from core.values import Problem, ProblemKey
from handlers.asking import post_rows
from handlers.command import Command, Where
from handlers.drafting import Filing, advance, attributes_of, begin_draft
from handlers.incidents import show_incident
from handlers.scope import Ctx
from storage import reports
from storage.tables import PostRow

OFFICER = frozenset({Role.OFFICER})
ANYONE = frozenset(Role)
INCIDENT = "incident"
IN_NOTE = re.compile(r"#([\w-]{2,40})")


def form_commands(forms: Sequence[Form]) -> tuple[Command, ...]:
    """One command for each form of the preset, by the names the form declares."""
    return tuple(_form_command(form) for form in forms)


def _form_command(form: Form) -> Command:
    async def run(ctx: Ctx, rest: str) -> None:
        if form.id == INCIDENT and await show_incident(ctx, rest):
            return
        await file_line(ctx, form, rest)

    english = [name for name in form.commands if name == form.id]
    names = (*(name for name in form.commands if name != form.id), *english)
    roles = ANYONE if form.id == INCIDENT else OFFICER
    where = Where.BOTH if form.id == INCIDENT else Where.PRIVATE
    return Command(f"form-{form.id}", names, run, roles=roles, where=where, form_id=form.id)


def source_of(ctx: Ctx) -> str:
    """The natural key of what this message files, so that neither an edit nor a repeat files it again."""
    return reports.source_of_message(ctx.chat.id, ctx.message.message_id)


async def file_line(ctx: Ctx, form: Form, text: str) -> None:
    """File a report from a typed line, or keep what it says as a draft and ask for the rest."""
    if not ctx.private:
        raise UserError("only-private", command=f"/{form.command(ctx.lang)}", bot=ctx.desk.bot_username)
    posts = [post for post in ctx.known.posts if post.kind in form.posts]
    if not posts:
        raise UserError("no-post")
    source = source_of(ctx)
    filed = await reports.by_source(ctx.tx, source)
    if filed is not None:
        # Telegram also reports an edit when only a preview or a reaction changed: nothing to say then.
        if filed.text != text:
            ctx.say("edit-files-nothing", command=f"/{form.command(ctx.lang)}")
        return
    likely = posts[0] if len(posts) == 1 else None  # nearly everybody has one post: then the line is read once
    parsed = _read(form, text, likely)
    post, problem = _find_post(ctx, parsed, posts)
    if post is not likely:
        parsed = _read(form, text, post)
    filing = Filing(form=form, post=post, answers={}, text=text, source=source, sent_at=_sent_at(ctx))
    if post is None:
        filing.answers = dict(parsed.answers)
        draft = await begin_draft(ctx, filing, waiting=[item.field or LINE for item in parsed.problems])
        ctx.send(problem or ctx.html("which-post"), post_rows(ctx, draft.id, posts))
        return
    filing.answers = dict(parsed.answers)
    await advance(ctx, filing, parsed.problems, fresh=not text.strip())


def _read(form: Form, text: str, post: PostRow | None) -> Parsed:
    return (
        parse_line(form, text, post_kind=post.kind, attributes=attributes_of(post)) if post else parse_line(form, text)
    )


def _sent_at(ctx: Ctx) -> datetime:
    message = ctx.message
    return message.edit_date or message.date if ctx.update.edited_message else message.date


def _find_post(ctx: Ctx, parsed: Parsed, posts: list[PostRow]) -> tuple[PostRow | None, Markup | None]:
    """The post a line is about; None, with what to say, when the person must choose."""
    twice: list[Problem] = [item for item in parsed.problems if item.key is ProblemKey.POST_TWICE]
    if twice:
        return None, ctx.html(twice[0].key.value, **dict(twice[0].args))
    codes = [post.code for post in posts]
    if parsed.post_token is None:
        if len(posts) == 1:
            return posts[0], None
        # A post named at the end of the line stands in the note: it is taken if it can only be one of one's own.
        named = {code for token in IN_NOTE.findall(parsed.note) for code in post_matches(token, codes)}
        return (posts[codes.index(named.pop())], None) if len(named) == 1 else (None, None)
    matches = post_matches(parsed.post_token, codes)
    if len(matches) == 1:
        return posts[codes.index(matches[0])], None
    key = "post-ambiguous" if matches else "post-not-yours"
    return None, ctx.html(key, token=parsed.post_token)
