"""Which post a report is about: named in the line, chosen by a button, or all that have not reported."""

from __future__ import annotations

import re

from actions.reports import reach
from actions.reports.drafts import Filling
from core.delivery.outgoing import Button
from core.forms.forms import Form
from core.forms.line_grammar import Parsed
from core.forms.problems import Problem, ProblemKey
from core.kit.geo import Fix, is_fresh, nearest
from core.kit.shortening import distance_text, short
from core.kit.texts import Markup
from core.reports.draft import Stage
from core.reports.taps import DraftBackTap, DraftCancelTap, DraftPostTap
from core.territory.post_codes import post_matches
from handlers.kit.scope import Ctx
from handlers.reports import drafts
from storage.reports import reports
from storage.tables import PostRow

IN_NOTE = re.compile(r"#([\w-]{2,40})")
TOKENS_READ = 5  # words with `#` in a note that may name the post: who writes more means something else
POSTS_SHOWN = 20  # buttons; beyond that one types the number


async def find_post(ctx: Ctx, form: Form, parsed: Parsed) -> tuple[PostRow | None, Markup | None]:
    """The post a line is about; None, with what to say, when the person must choose."""
    posts = reach.own(ctx.known, form)
    twice: list[Problem] = [item for item in parsed.problems if item.key is ProblemKey.POST_TWICE]
    if twice:
        return None, ctx.html(twice[0].key.value, **dict(twice[0].args))
    codes = [post.code for post in posts]
    if parsed.post_token is None:
        if len(posts) == 1:
            return posts[0], None
        # A post named at the end of the line stands in the note: it is taken if it can only be one of one's own.
        tokens = set(IN_NOTE.findall(parsed.note))
        named = {code for token in tokens if len(tokens) <= TOKENS_READ for code in post_matches(token, codes)}
        return (posts[codes.index(named.pop())], None) if len(named) == 1 else (None, None)
    matches = post_matches(parsed.post_token, codes)
    if len(matches) == 1:
        return posts[codes.index(matches[0])], None
    foreign = await reach.find_in_territory(ctx.work, form, parsed.post_token) if not matches else []
    if len(foreign) == 1:
        return foreign[0], None
    key = "post-ambiguous" if matches or foreign else "post-not-yours"
    return None, ctx.html(key, token=parsed.post_token)


async def ask_post(ctx: Ctx, filling: Filling, *, below: bool = True, said: Markup | None = None) -> None:
    """Ask which post is meant: the one used last first, or the nearest if the phone has told where it is."""
    row = drafts.keep(ctx, filling, Stage.POST)
    posts = await _ordered(ctx, filling)
    done = {post.id for post in posts} - {post.id for post in await reach.silent(ctx.work, filling.form)}
    buttons = [
        [Button(short(_name(ctx, filling, post, reported=post.id in done)), tap=DraftPostTap(row.id, post.id))]
        for post in posts[:POSTS_SHOWN]
    ]
    if offers_all(ctx, filling) and len(done) < len(posts):
        buttons.append([ctx.button("button-all-posts", DraftPostTap(row.id, "all"), count=len(posts) - len(done))])
    cancel = ctx.button("button-cancel", DraftCancelTap(row.id))
    buttons.append([ctx.button("button-back", DraftBackTap(row.id)), cancel] if filling.post is not None else [cancel])
    key = "which-post" if posts else "which-post-code"
    await drafts.put(ctx, row, (said or ctx.html(key, title=filling.form.title.text(ctx.lang)), buttons), below=below)


def offers_all(ctx: Ctx, filling: Filling) -> bool:
    """Whether a report may be about all of somebody's posts at once."""
    return len(reach.own(ctx.known, filling.form)) > 1 and filling.report_id is None and filling.form.nil is not None


async def _ordered(ctx: Ctx, filling: Filling) -> list[PostRow]:
    posts = reach.own(ctx.known, filling.form)
    fix = filling.fix or present_fix(ctx)
    if fix is not None:
        known = [(post.id, post.lat, post.lon) for post in posts if post.lat is not None and post.lon is not None]
        order = {key: number for number, (key, _) in enumerate(nearest(fix, known, limit=len(known)))}
        return sorted(posts, key=lambda post: order.get(post.id, len(order)))
    last = await reports.last_post(ctx.tx, ctx.known.row.id)
    return sorted(posts, key=lambda post: post.id != last)


def present_fix(ctx: Ctx) -> Fix | None:
    """Where the person's phone is, if it told so lately."""
    row = ctx.known.row
    if row.lat is None or row.lon is None or not is_fresh(row.located_at, ctx.now):
        return None
    return Fix(row.lat, row.lon, row.accuracy_m)


def _name(ctx: Ctx, filling: Filling, post: PostRow, *, reported: bool) -> str:
    mark = "✔ " if reported else ""
    fix = filling.fix or present_fix(ctx)
    if fix is None or post.lat is None or post.lon is None:
        return f"{mark}{post.name}"
    away = nearest(fix, [(post.id, post.lat, post.lon)], limit=1)[0][1]
    distance = distance_text(ctx.lang, away)
    return f"{mark}{short(post.name, 22 - len(distance) - len(mark))} {distance}"
