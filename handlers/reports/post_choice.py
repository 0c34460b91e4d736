"""Which post a report is about: named in the line, chosen by a button, or all that have not reported."""

from __future__ import annotations

import re

from core.delivery.outgoing import Button
from core.forms.forms import Form
from core.forms.line_grammar import Parsed
from core.forms.problems import Problem, ProblemKey
from core.kit.geo import Fix, is_fresh, nearest
from core.kit.shortening import short
from core.kit.texts import Markup
from core.people.roles import Role, reaches
from core.reports.draft import Stage
from core.reports.taps import DraftBackTap, DraftCancelTap, DraftPostTap
from core.territory.post_codes import post_matches
from handlers.kit.scope import Ctx
from handlers.reports.drafts import Filling, keep, put
from handlers.reports.filing import distance_text, window_of
from storage.reports import reports
from storage.reports.standings import reported_posts
from storage.tables import PostRow
from storage.territory import places

IN_NOTE = re.compile(r"#([\w-]{2,40})")
POSTS_SHOWN = 20  # buttons; beyond that one types the number
ACTING = frozenset({Role.COORDINATOR, Role.ADMIN})


def own_posts(ctx: Ctx, form: Form) -> list[PostRow]:
    """The person's own posts that file a form."""
    return [post for post in ctx.known.posts if post.kind in form.posts]


async def silent_posts(ctx: Ctx, form: Form) -> list[PostRow]:
    """Those of one's own posts that have not answered a form in its present window."""
    posts = own_posts(ctx, form)
    keys = {post.id: window_of(ctx, form, post, ctx.now).key for post in posts}
    done = await reported_posts(ctx.tx, keys)
    return [post for post in posts if post.id not in done]


async def find_post(ctx: Ctx, form: Form, parsed: Parsed) -> tuple[PostRow | None, Markup | None]:
    """The post a line is about; None, with what to say, when the person must choose."""
    posts = own_posts(ctx, form)
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
    foreign = await _in_territory(ctx, form, parsed.post_token) if not matches else []
    if len(foreign) == 1:
        return foreign[0], None
    key = "post-ambiguous" if matches or foreign else "post-not-yours"
    return None, ctx.html(key, token=parsed.post_token)


async def _in_territory(ctx: Ctx, form: Form, token: str) -> list[PostRow]:
    """Posts of the own territory that a coordinator may file for, when a colleague calls by radio."""
    regions = [one.region_code for one in ctx.actor.assignments if one.role in ACTING]
    if not regions:
        return []
    found = await places.posts_like(ctx.tx, token, limit=3, within=regions)
    return [post for post in found if post.kind in form.posts]


async def post_of(ctx: Ctx, post_id: int | None, *, report_id: int | None = None) -> PostRow | None:
    """The post of a draft or report if the person may file for it: an own one, or one of the own territory.

    An own report, `report_id`, may be corrected where it was filed, whoever holds that post now.
    """
    own = next((post for post in ctx.known.posts if post.id == post_id), None)
    if own is not None or post_id is None:
        return own
    found = await places.post_by_id(ctx.tx, post_id)
    if found is None or (found.active and reaches(ctx.actor, found.region_code, ACTING)):
        return found
    report = await reports.by_id(ctx.tx, report_id) if report_id is not None else None
    mine = report is not None and report.person_id == ctx.known.row.id and report.post_id == post_id
    return found if mine else None


async def typed_post(ctx: Ctx, form: Form, text: str) -> PostRow | None:
    """The post that a typed code, its tail, or a name means, if it can be only one; for coordinators any of theirs."""
    posts = own_posts(ctx, form)
    named = [post for post in posts if post.name.casefold() == text.strip().casefold()]
    codes = post_matches(text.strip().removeprefix("#"), [post.code for post in posts])
    fitting = named or [post for post in posts if post.code in codes]
    if not fitting and " " not in text.strip():
        fitting = await _in_territory(ctx, form, text.strip().removeprefix("#"))
    return fitting[0] if len(fitting) == 1 else None


async def ask_post(ctx: Ctx, filling: Filling, *, below: bool = True, said: Markup | None = None) -> None:
    """Ask which post is meant: the one used last first, or the nearest if the phone has told where it is."""
    row = await keep(ctx, filling, Stage.POST)
    posts = await _ordered(ctx, filling)
    done = {post.id for post in posts} - {post.id for post in await silent_posts(ctx, filling.form)}
    buttons = [
        [Button(short(_name(ctx, filling, post, reported=post.id in done)), tap=DraftPostTap(row.id, post.id))]
        for post in posts[:POSTS_SHOWN]
    ]
    several = len(posts) > 1 and filling.report_id is None and filling.form.nil is not None
    if several and len(done) < len(posts):
        buttons.append([ctx.button("button-all-posts", DraftPostTap(row.id, "all"), count=len(posts) - len(done))])
    cancel = ctx.button("button-cancel", DraftCancelTap(row.id))
    buttons.append([ctx.button("button-back", DraftBackTap(row.id)), cancel] if filling.post is not None else [cancel])
    key = "which-post" if posts else "which-post-code"
    await put(ctx, row, (said or ctx.html(key, title=filling.form.title.text(ctx.lang)), buttons), below=below)


def may_name_posts(ctx: Ctx) -> bool:
    """Whether the person may file for posts of a territory, by their codes."""
    return any(one.role in ACTING for one in ctx.actor.assignments)


async def _ordered(ctx: Ctx, filling: Filling) -> list[PostRow]:
    posts = own_posts(ctx, filling.form)
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
    distance = distance_text(ctx, away)
    return f"{mark}{short(post.name, 22 - len(distance) - len(mark))} {distance}"
