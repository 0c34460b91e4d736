"""/tugas: everything that is one's own, in one message: what is due, what was sent, what is open, what was begun."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.calendar.calendar import local_day, phase_on
from core.calendar.days import days_line
from core.calendar.windows import WindowRef, WindowState, due_now, next_due
from core.delivery.outgoing import Button
from core.duties.due import DueTexts, SilentOfficer, SilentPost, nil_windows, window_label
from core.forms.severity import Severity
from core.incidents.card_text import event_title
from core.incidents.lifecycle import ACTING
from core.kit.shortening import short
from core.kit.texts import Markup
from core.people.roles import Role, scope_of
from core.reports.taps import DraftGoOnTap, ReceiptTap
from core.territory.posts import PostKind
from handlers.kit.command import Command, Where
from handlers.kit.scope import Ctx
from handlers.reports.attachments import number_of
from storage.duties import Came, came
from storage.own import mine
from storage.records import ReportRecord
from storage.reports import reports
from storage.tables import DraftRow, PostRow

EVERYONE = frozenset(Role)
POSTS_SHOWN = 10
REPORTS_SHOWN = 5
INCIDENTS_SHOWN = 5
DRAFTS_SHOWN = 3  # each with a button; an officer with more has forgotten the others


async def tasks(ctx: Ctx, _text: str) -> None:
    """Show my posts with what is due until when, my last reports, open incidents, drafts and roles."""
    posts = ctx.known.posts
    due = {post.id: _due(ctx, post) for post in posts}
    known = await came(ctx.tx, ctx.desk.forms, due)
    lines = [ctx.html("my-title", name=ctx.known.row.name), _phase(ctx)]
    for post in posts[:POSTS_SHOWN]:
        lines.append(ctx.html("my-post", name=post.name, code=post.code))
        lines += [Markup(f"    {line}") for line in _due_lines(ctx, due[post.id], known, post.id)]
    if len(posts) > POSTS_SHOWN:
        lines.append(ctx.html("my-more-posts", count=len(posts) - POSTS_SHOWN))
    if ctx.unassigned:
        lines.append(ctx.html("my-unassigned"))
    lines += _next(ctx, posts)
    for one in ctx.actor.assignments:
        if one.role is not Role.OFFICER:
            place = " › ".join(ctx.desk.regions.path(one.region_code)) if one.region_code else ctx.label("everywhere")
            lines.append(ctx.html("my-role", role=ctx.label(f"role-{one.role}"), place=place))
    lines += await _owned(ctx)
    lines += await _incidents(ctx)
    latest = await reports.last_of(ctx.tx, ctx.known.row.id, limit=REPORTS_SHOWN)
    lines += _reports(ctx, latest)
    rows = _due_rows(ctx, _officer(ctx, due, known))
    ctx.send(
        Markup("\n".join([*lines, *_draft_lines(ctx)])), [*rows, *_draft_rows(ctx, rows), *_report_rows(ctx, latest)]
    )


def _phase(ctx: Ctx) -> Markup:
    """How long until the event, and the phase that today belongs to."""
    calendar = ctx.desk.calendar
    days = days_line(ctx.desk.texts, ctx.lang, ctx.desk.countdown(ctx.lang, ctx.now))
    phase = phase_on(calendar, ctx.desk.event_date, local_day(calendar, ctx.now))
    return ctx.html("my-phase", days=days, phase=phase.label.text(ctx.lang)) if phase else days


def _due(ctx: Ctx, post: PostRow) -> list[WindowRef]:
    """What a post owes now: every open window, and the window of a nihil where none of that form is open."""
    desk, kind = ctx.desk, PostKind(post.kind)
    found = list(due_now(desk.calendar, kind, desk.event_date, ctx.now))
    open_forms = {window.form for window in found}
    planned = nil_windows(desk.forms, desk.calendar, desk.event_date, post_kind=kind, sent_at=ctx.now)
    return found + [window for form, window in planned if form.id not in open_forms]


def _due_rows(ctx: Ctx, officer: SilentOfficer) -> list[list[Button]]:
    """The buttons that a reminder of what is due would have."""
    texts = DueTexts(ctx.desk.texts, ctx.desk.forms, ctx.desk.calendar, "due-soon")
    return texts.rows(ctx.lang, officer) if officer.posts else []


def _due_lines(
    ctx: Ctx, windows: Iterable[WindowRef], known: dict[tuple[int, str], Came], post_id: int
) -> list[Markup]:
    lines = []
    for window in windows:
        title, clock = (
            ctx.desk.forms[window.form].title.text(ctx.lang),
            ctx.desk.texts.clock(ctx.lang, window.closes_at),
        )
        if (post_id, window.key) in known:
            lines.append(ctx.html("due-reported", title=title))
        elif window.state is WindowState.CLOSED:
            lines.append(ctx.html("due-missed", title=title, clock=clock))
        else:
            lines.append(ctx.html("due-until", title=title, clock=clock))
    return lines or [ctx.html("due-none")]


def _next(ctx: Ctx, posts: Iterable[PostRow]) -> list[Markup]:
    """The next window to open for any of the own posts."""
    desk = ctx.desk
    kinds = {PostKind(post.kind) for post in posts}
    coming = [next_due(desk.calendar, kind, desk.event_date, ctx.now) for kind in kinds]
    planned = [window for window in coming if window is not None]
    if not planned:
        return []
    window = min(planned, key=lambda one: (one.opens_at, one.key))
    time = desk.texts.moment(ctx.lang, window.opens_at, now=ctx.now)
    return [ctx.html("my-next", label=window_label(desk.forms, desk.calendar, ctx.lang, window), time=time)]


async def _incidents(ctx: Ctx) -> list[Markup]:
    found = await mine.open_incidents(ctx.tx, ctx.known.row.id, limit=INCIDENTS_SHOWN)
    lines = [Markup(""), ctx.html("my-incidents")] if found else []
    for one in found:
        now = one.goes_on or one.incident
        keys = ("my-incident", "my-incident-owner")
        keys = keys if one.goes_on is None else ("my-incident-merged", "my-incident-merged-owner")
        lines.append(
            ctx.html(
                keys[one.owner is not None],
                symbol=Severity(now.severity).symbol,
                number=str(now.number),
                title=_what(ctx, one),
                post=one.post.name,
                state=ctx.label(f"state-{now.state}"),
                **({"owner": one.owner} if one.owner is not None else {}),
                **({"own": str(one.incident.number)} if one.goes_on is not None else {}),
            )
        )
    return lines


async def _owned(ctx: Ctx) -> list[Markup]:
    """What a coordinator handles, with the deadlines, and where all the others are listed."""
    regions = [code or ctx.desk.preset.root for code in scope_of(ctx.actor, *ACTING)]
    if not regions:
        return []
    found = await mine.owned_incidents(ctx.tx, ctx.known.row.id, regions, limit=INCIDENTS_SHOWN)
    lines = [Markup(""), ctx.html("my-owned")] if found else []
    for one in found:
        due = one.incident.due_at
        late = one.incident.asked > 0 or (due is not None and due <= ctx.now)
        lines.append(
            ctx.html(
                "my-owned-incident" if due is None else "my-owned-late" if late else "my-owned-due",
                symbol=Severity(one.incident.severity).symbol,
                number=str(one.incident.number),
                title=_what(ctx, one),
                post=one.post.name,
                state=ctx.label(f"state-{one.incident.state}"),
                **({"time": ctx.desk.texts.moment(ctx.lang, due, now=ctx.now)} if due else {}),
            )
        )
    return [*lines, ctx.html("my-list")]


def _what(ctx: Ctx, one: mine.OpenIncident) -> str:
    """What an incident is about."""
    form = ctx.desk.forms.get(one.report.form_id)
    return event_title(ctx.lang, form, one.report.answers) if form else one.report.form_id


def _reports(ctx: Ctx, latest: Sequence[ReportRecord]) -> list[Markup]:
    if not latest:
        return [ctx.html("my-no-reports")] if ctx.known.posts else []
    lines = [Markup(""), ctx.html("my-reports")]
    for one in latest:
        report, incident = one.report, one.incident
        form = ctx.desk.forms.get(report.form_id)
        lines.append(
            ctx.html(
                "my-report",
                number=number_of(report, incident),
                title=form.title.text(ctx.lang) if form else report.form_id,
                post=one.post.name,
                time=ctx.desk.texts.moment(ctx.lang, report.sent_at, now=ctx.now),
                state=ctx.label(f"state-{incident.state}") if incident else ctx.label("state-stored"),
            )
        )
    return lines


def _report_rows(ctx: Ctx, latest: Sequence[ReportRecord]) -> list[list[Button]]:
    """A button for the receipt of each last report: who handed the post over finds them nowhere else."""
    if not ctx.unassigned:
        return []
    return [
        [Button(short(f"{number_of(one.report, one.incident)} {one.post.name}"), tap=ReceiptTap(one.report.id))]
        for one in latest
    ]


def _officer(ctx: Ctx, due: dict[int, list[WindowRef]], known: dict[tuple[int, str], Came]) -> SilentOfficer:
    """The own posts that owe something now, with the drafts that would answer it, for the buttons."""
    row = ctx.known.row
    officer = SilentOfficer(row.id, row.telegram_id, row.language, row.telegram_language)
    for post in ctx.known.posts:
        for window in due[post.id]:
            if (post.id, window.key) in known:
                continue
            officer.posts.append(SilentPost(post.id, post.name, post.code, window))
            draft = next((one for one in ctx.drafts if _answers(one, post, window)), None)
            if draft is not None:
                officer.drafts[window.form, post.id] = draft.id
    return officer


def _answers(draft: DraftRow, post: PostRow, window: WindowRef) -> bool:
    return draft.form_id == window.form and draft.post_id == post.id and draft.report_id is None


def _draft_lines(ctx: Ctx) -> list[Markup]:
    lines = [Markup("")] if ctx.drafts else []
    for draft in ctx.drafts[:DRAFTS_SHOWN]:
        form = ctx.desk.forms.get(draft.form_id)
        post = next((item for item in ctx.known.posts if item.id == draft.post_id), None)
        time = ctx.desk.texts.moment(ctx.lang, draft.sent_at, now=ctx.now)
        if form is None:
            lines.append(ctx.html("my-draft-words", time=time))
        elif post is None:
            lines.append(ctx.html("my-draft", title=form.title.text(ctx.lang), time=time))
        else:
            lines.append(ctx.html("my-draft-post", title=form.title.text(ctx.lang), post=post.name, time=time))
    return lines


def _draft_rows(ctx: Ctx, rows: list[list[Button]]) -> list[list[Button]]:
    """A button to go on with each draft that has none yet."""
    taken = {button.tap for row in rows for button in row}
    found = []
    for draft in ctx.drafts[:DRAFTS_SHOWN]:
        tap = DraftGoOnTap(draft.id)
        form = ctx.desk.forms.get(draft.form_id)
        if tap in taken:
            continue
        label = ctx.label("button-go-on-form", title=form.title.text(ctx.lang)) if form else ctx.label("button-go-on")
        found.append([Button(short(label), tap=tap)])
    return found


COMMANDS = (Command("my", ("tugas", "my"), tasks, roles=EVERYONE, where=Where.PRIVATE, unassigned=True),)
