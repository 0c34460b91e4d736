"""Filing: a finished report becomes rows and, when something is wrong, an incident with its cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from actions.incidents.cards import load_card, refresh_cards, show_cards
from actions.people.admins import alert_admins
from actions.work import Work
from core.calendar.moments import occurred_at
from core.calendar.windows import WindowRef, window_for
from core.desk import Desk
from core.evidence.flags import Flag
from core.forms.forms import Answers, Form, level
from core.forms.values import accepted
from core.groups.routing import Routing
from core.incidents.keys import nobody_hears_key
from core.incidents.timeline import Event
from core.kit.geo import Fix, distance_m, is_far, is_fresh
from core.kit.texts import UserError
from core.privacy.confiding import confides
from core.reports.draft import Terms, is_complete
from core.reports.keys import post_source
from core.territory.posts import PostKind
from core.territory.regions import covers
from storage import evidence
from storage.groups import linked_groups
from storage.incidents import incidents
from storage.incidents.lasting import figures
from storage.records import IncidentRecord
from storage.reports import corrections, reports
from storage.tables import IncidentRow, PostRow, ReportRow


@dataclass
class Filing:
    """A report on its way: what it answers, for which post, and what it goes back to."""

    form: Form
    post: PostRow
    answers: dict[str, Any]
    text: str
    source: str  # what makes it file once
    sent_at: datetime
    flags: list[str] = field(default_factory=list)
    fix: Fix | None = None
    media: int = 0  # files that come with it beside those of its drafts, for the cards
    drafts: Sequence[str] = ()  # the sources of the drafts that end with it, whose files become its own


@dataclass(frozen=True)
class Told:
    """Who was told of an incident: so many groups; where there are none, so many admins."""

    groups: int = 0
    admins: int = 0
    elsewhere: bool = False  # no group hears of it although one is linked there: for other purposes
    updated: int | None = None  # the number of the open incident whose newer figures these are
    followed: bool = False  # the cards were there before: they follow a correction


@dataclass(frozen=True)
class Filed:
    """A stored report, the incident that it opened or tells of, who was told, and how many files its drafts gave it."""

    report: ReportRow
    form: Form
    post: PostRow
    incident: IncidentRow | None
    told: Told | None = None
    files: int = 0


async def file(work: Work, filing: Filing) -> Filed:
    """Store somebody's complete report and relay it if something is wrong; a source that has filed files no more.

    The caller has seen, by `actions.reports.reach`, that the person may file for the post. Raises UserError for answers
    that the form's own check refuses.
    """
    desk, form, post = work.desk, filing.form, filing.post
    before = await reports.by_source(work.tx, filing.source)
    if before is not None:
        return Filed(before, form, post, await corrections.incident_of(work.tx, before.id))
    check(work, filing)
    window = window_of(desk, form, post, filing.sent_at)
    worst = level(form, filing.answers)
    media = filing.media + sum([await evidence.count(work.tx, draft_source=source) for source in filing.drafts])
    report = await reports.add(
        work.tx,
        cause=work.cause,
        kind=post.kind,
        form_id=form.id,
        post_id=post.id,
        region_code=post.region_code,
        person_id=work.person.id,
        answers=filing.answers,
        level=worst.value if worst else None,
        text=filing.text,
        source=filing.source,
        window_key=window.key,
        late=window.is_late,
        occurred_at=occurred_at(filing.answers.get("time"), filing.sent_at, desk.texts.zone),
        sent_at=filing.sent_at,
        stored_at=work.now,
        **_place(work, filing),
    )
    incident, told = await relay(work, form, report, post, media=media)
    files = sum([await evidence.adopt(work.tx, source, report) for source in filing.drafts])
    return Filed(report, form, post, incident, told, files)


def check(work: Work, filing: Filing, *, anew: bool = True) -> None:
    """Refuse what the form's own check refuses, whatever brought it: the one door to stored reports; raises UserError.

    A call for help is never held up: what cannot be an answer of it stands in its text alone. `anew` is False for a
    correction.
    """
    form, post = filing.form, filing.post
    if form.alarm:
        filing.answers = accepted(form, filing.answers, post.kind)
        return
    terms = Terms(post.kind, {}, signed=must_sign(work, post, anew=anew))
    if post.kind not in form.posts or not is_complete(form, filing.answers, terms):
        raise UserError("report-incomplete")


def must_sign(work: Work, post: PostRow | None, *, anew: bool = True) -> bool:
    """Whether who reports must be named: on a desk phone, and where somebody files anew for a post that is not theirs."""
    foreign = post is not None and all(post.id != own.id for own in work.known.posts)
    return work.person.shared or (foreign and anew)


async def file_for_all(work: Work, filings: Sequence[Filing], *, drafts: Sequence[str] = ()) -> list[Filed]:
    """Store the same report for several posts, for each post once; the files of the drafts go to the first of them."""
    filed: list[Filed] = []
    known = await reports.known_sources(work.tx, [post_source(one.source, one.post.id) for one in filings])
    for one in filings:
        source = post_source(one.source, one.post.id)
        if source in known:
            continue
        flags = list(dict.fromkeys([*one.flags, Flag.ALL]))
        part = replace(one, source=source, answers=dict(one.answers), flags=flags, drafts=() if filed else drafts)
        filed.append(await file(work, part))
    return filed


def window_of(desk: Desk, form: Form, post: PostRow, sent_at: datetime) -> WindowRef:
    """The window that a report of a post sent then counts for."""
    return window_for(
        desk.calendar,
        form=form.id,
        post_kind=PostKind(post.kind),
        event=desk.event_date,
        sent_at=sent_at,
        lasting=form.lasting,
    )


def _place(work: Work, filing: Filing) -> dict[str, Any]:
    """Where the phone was, how far that is from the post, and the report's marks."""
    person, post = work.person, filing.post
    fix, flags = filing.fix, list(filing.flags)
    if fix is None and is_fresh(person.located_at, filing.sent_at) and person.lat is not None:
        fix = Fix(person.lat, person.lon or 0.0, person.accuracy_m)
    if fix is None:
        return {"flags": flags}
    distance = None
    if post.lat is not None and post.lon is not None:
        distance = distance_m((fix.lat, fix.lon), (post.lat, post.lon))
    if is_far(distance, fix):
        flags.append(Flag.FAR)
    return {"flags": flags, "lat": fix.lat, "lon": fix.lon, "accuracy_m": fix.accuracy_m, "distance_m": distance}


def opens(routing: Routing, form: Form, answers: Answers) -> tuple[str | None, str] | None:
    """The category (None for a plain status) and severity of the incident that these answers open, if they do."""
    if form.incident is not None:
        return form.opens(answers)
    worst = level(form, answers)
    found = routing.status_severity.get(worst) if worst else None
    return (None, found.value) if found else None


async def relay(
    work: Work, form: Form, report: ReportRow, post: PostRow, *, media: int = 0
) -> tuple[IncidentRow | None, Told | None]:
    """Open an incident where the form or the answers' level say so, or bring an open one of the same kind up to date."""
    routing = work.desk.routing
    opened = opens(routing, form, report.answers)
    if opened is None:
        return None, None
    category, severity = opened
    confidential = confides(form, routing, report.answers)
    if form.lasting:
        standing = await corrections.open_incident_at(work.tx, post.id, category)
        if standing is not None:
            standing.confidential = standing.confidential or confidential
            return standing, await _update(work, IncidentRecord(standing, report, post, work.person))
    incident = await incidents.open_for(
        work.tx, report, category=category, severity=severity, confidential=confidential, now=work.now
    )
    corrections.remember_open(work.tx, incident)
    record = IncidentRecord(incident, report, post, work.person)
    groups = await show_cards(work.tx, work.desk, record, now=work.now, files=media)
    return incident, Told(groups) if groups else await nobody_hears(work, incident)


async def _update(work: Work, record: IncidentRecord) -> Told:
    """Let newer figures of an incident that goes on take the place of the older ones, on every card."""
    incident, report = record.incident, record.report
    incident.report = report
    incidents.event(work.tx, incident, work.stamp, action=Event.UPDATED)
    corrections.let_stand(work.tx, report, await figures(work.tx, report))
    await refresh_cards(work.tx, work.desk, await load_card(work.tx, work.desk, record), now=work.now)
    return Told(updated=incident.number)


async def nobody_hears(work: Work, incident: IncidentRow) -> Told:
    """An incident that no group hears of must not be met with silence: tell the admins, and who files."""
    admins = await alert_admins(
        work.tx,
        work.desk,
        "alert-no-group",
        key=nobody_hears_key(incident.number, work.origin),
        now=work.now,
        number=str(incident.number),
        region=" › ".join(work.desk.regions.path(incident.region_code)),
    )
    if not admins:
        return Told()
    linked = await linked_groups(work.tx, work.desk.bot_id)
    return Told(admins=admins, elsewhere=any(covers(group.region_code, incident.region_code) for group in linked))
