"""Reports being filled: what is known of one so far, kept in a row until it is sent or its time has passed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from actions.reports import filing, reach
from actions.reports.filing import Filed, Filing
from actions.work import Work
from core.calendar.windows import draft_expires
from core.desk import Desk
from core.evidence.flags import Flag, insisted
from core.forms.forms import CONFIDENTIAL, Field, Form, Value, applicable
from core.forms.line_grammar import parse_line
from core.forms.problems import Problem
from core.forms.values import accepted
from core.kit.geo import Fix
from core.kit.texts import UserError
from core.privacy.confiding import confides
from core.reports.draft import LINE, Ask, Complete, Stage, Terms, fitting, next_step, without
from core.territory.posts import PostKind
from storage.reports import corrections, drafts, reports
from storage.tables import DraftRow, PostRow

KEEP = timedelta(hours=24)  # words that nobody has said yet what they are
BUSY = timedelta(minutes=30)  # a draft touched so lately is under somebody's thumb, whatever the calendar says


@dataclass
class Filling:
    """A report being filled: what is known so far, and the row that keeps it once something is missing."""

    form: Form
    post: PostRow | None
    text: str
    source: str
    sent_at: datetime
    answers: dict[str, Any] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)  # questions still open, or the one that is changed
    trail: list[str] = field(default_factory=list)  # questions answered, in order
    insisted: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    fix: Fix | None = None
    report_id: int | None = None  # the report that is corrected
    stage: Stage = Stage.ASK
    row: DraftRow | None = None

    @property
    def reviewed(self) -> bool:
        """Whether it is looked over before it is sent: a typed line is not, what was filled by buttons is."""
        return not self.text.strip() or self.report_id is not None

    @property
    def for_all(self) -> bool:
        """Whether it is about all the person's posts that have not reported."""
        return Flag.ALL in self.flags


def attributes_of(post: PostRow | None) -> dict[str, int]:
    """The post's numbers that a form may compare answers with."""
    return {"voters": post.voters} if post is not None and post.voters is not None else {}


def filling_of(form: Form, row: DraftRow, post: PostRow | None) -> Filling:
    """Take up a stored draft; what the form's own check refuses of it, as after a change of the form, is asked anew."""
    fix = Fix(row.lat, row.lon, row.accuracy_m) if row.lat is not None and row.lon is not None else None
    kind, known = post.kind if post is not None else None, {one.id for one in form.fields}
    answers = accepted(form, row.answers, kind, unfinished=True)
    asked = {one.id for one in applicable(form, answers, kind)}
    refused = [one for one in row.answers if one in asked and one not in answers]
    return Filling(
        form=form,
        post=post,
        text=row.text,
        source=row.source,
        sent_at=row.sent_at,
        answers=answers,
        waiting=list(dict.fromkeys([*(one for one in row.asking if one in known or one == LINE), *refused])),
        trail=[one for one in row.trail if one in known],
        insisted=[one for one in row.insisted if one in known],
        flags=list(row.flags),
        fix=fix,
        report_id=row.report_id,
        stage=Stage(row.stage),
        row=row,
    )


# The row.


def keep(work: Work, filling: Filling, stage: Stage) -> DraftRow:
    """Store what is known so far, in the filling's own row; one source never has two rows.

    An answer that the form's own check refuses is not stored, whatever brought it.
    """
    fix = filling.fix
    filling.answers = accepted(filling.form, filling.answers, post_kind(work, filling), unfinished=True)
    filling.stage = stage
    filling.row = drafts.save(
        work.tx,
        filling.row,
        person_id=work.person.id,
        form_id=filling.form.id,
        post_id=filling.post.id if filling.post else None,
        answers=dict(filling.answers),
        asking=list(filling.waiting),
        text=filling.text,
        source=filling.source,
        sent_at=filling.sent_at,
        updated_at=work.now,
        stage=stage.value,
        trail=list(filling.trail),
        insisted=list(filling.insisted),
        flags=list(filling.flags),
        report_id=filling.report_id,
        lat=fix.lat if fix else None,
        lon=fix.lon if fix else None,
        accuracy_m=fix.accuracy_m if fix else None,
        # What is asked now is asked of somebody who is there: a correction of yesterday's report is not stale.
        expires_at=expires(work.desk, filling.form, filling.post, max(filling.sent_at, work.now)),
    )
    return filling.row


def keep_words(work: Work, row: DraftRow | None, words: str, *, source: str, sent_at: datetime) -> DraftRow:
    """Keep words that are no report yet: in a row of their own, or after those of a moment ago, in their row."""
    return drafts.save(
        work.tx,
        row,
        person_id=work.person.id,
        form_id="",
        answers={},
        asking=[],
        text="\n".join(part for part in (row.text if row else "", words.strip()) if part),
        source=row.source if row else source,
        sent_at=row.sent_at if row else sent_at,
        updated_at=work.now,
        stage=Stage.KEPT.value,
        expires_at=work.now + KEEP,
    )


def fits(work: Work, row: DraftRow, words: str) -> bool:
    """Whether there is room for further words after those kept: what is joined is no longer than a message can be."""
    return not words.strip() or len(row.text) + 1 + len(words.strip()) <= work.desk.bounds.draft_words


def edit_words(work: Work, row: DraftRow, words: str, *, touch: bool = True) -> None:
    """Put other words in place of those kept; without `touch` the draft counts as touched when it was before."""
    row.text = words
    if touch:
        row.updated_at = work.now


def add_words(work: Work, row: DraftRow, words: str) -> None:
    """Take what came with a file, if it came with words: after those kept; beside a form, only into the journal."""
    if words and not row.form_id:
        row.text = f"{row.text}\n{words}".strip()
    elif words:
        work.journal("evidence", f"draft:{row.source}", words=words)
    row.updated_at = work.now


def offer(work: Work, row: DraftRow) -> None:
    """Let a draft wait for its person's word whether it goes on or begins anew."""
    row.updated_at, row.stage = work.now, Stage.OFFER.value


def locate(work: Work, row: DraftRow, fix: Fix) -> None:
    """Let a draft say where its report is made."""
    row.lat, row.lon, row.accuracy_m, row.updated_at = fix.lat, fix.lon, fix.accuracy_m, work.now


def expires(desk: Desk, form: Form, post: PostRow | None, began: datetime) -> datetime:
    """When a draft is too old to be sent: the calendar says so."""
    if post is None:
        return began + KEEP
    return draft_expires(desk.calendar, form.id, PostKind(post.kind), desk.event_date, began)


def is_over(row: DraftRow, *, now: datetime) -> bool:
    """Whether a draft's time has passed and nobody is at it."""
    return row.expires_at is not None and row.expires_at <= now and row.updated_at <= now - BUSY


async def drop(work: Work, row: DraftRow) -> None:
    """Delete a draft; nothing of it is sent."""
    await drafts.drop(work.tx, row)


# What comes next.


def terms(work: Work, filling: Filling) -> Terms:
    """What the answers are checked against."""
    post = filling.post
    signed = filing.must_sign(work, post, anew=filling.report_id is None)
    return Terms(post_kind(work, filling), attributes_of(post), filling.insisted, signed=signed)


def post_kind(work: Work, filling: Filling) -> str | None:
    """The kind of post that decides which questions apply; none where several kinds are meant."""
    if filling.post is not None:
        return filling.post.kind
    kinds = {post.kind for post in reach.own(work.known, filling.form)}
    return kinds.pop() if len(kinds) == 1 else None


def at(filling: Filling, field: Field) -> bool:
    """Whether this question is the one that is open."""
    return filling.stage in (Stage.ASK, Stage.FIELD) and filling.waiting[:1] == [field.id]


def may_answer(work: Work, filling: Filling, field: Field, value: Value) -> bool:
    """Whether a value may be the answer to a question now: it is open, or all are looked over, and the form takes it."""
    answers = {**filling.answers, field.id: value}
    fits = field.id in accepted(filling.form, answers, post_kind(work, filling), unfinished=True)
    return fits and (at(filling, field) or filling.stage is Stage.REVIEW)


def step(work: Work, filling: Filling, problems: Sequence[Problem] = (), *, afresh: bool = False) -> Ask | Complete:
    """Decide what to ask next, where a post is known or all are meant; answers that apply no more are left out.

    `afresh` asks as if the line had said nothing of it: with every choice, where only the nearest were offered.
    """
    if filling.reviewed:
        filling.answers = fitting(filling.form, filling.answers, post_kind(work, filling))
    known = [*problems, *([] if afresh else _remembered(work, filling))]
    return next_step(filling.form, filling.answers, known, terms(work, filling), waiting=filling.waiting)


def _remembered(work: Work, filling: Filling) -> list[Problem]:
    """What was wrong in the typed line with the answers that are still awaited."""
    if not filling.text.strip() or not filling.waiting:
        return []
    parsed = parse_line(filling.form, filling.text, post_kind=post_kind(work, filling))
    return [item for item in parsed.problems if item.field in filling.waiting and item.field not in filling.answers]


async def is_promised(work: Work, filling: Filling) -> bool:
    """Whether the reporter's name is kept back whatever is marked now: by the category, or since an older version."""
    routing = work.desk.routing
    if confides(filling.form, routing, without(filling.answers, CONFIDENTIAL)):
        return True
    report = await reports.by_id(work.tx, filling.report_id) if filling.report_id is not None else None
    if report is None:
        return False
    incident = await corrections.incident_of(work.tx, report.id)
    return (incident is not None and incident.confidential) or confides(filling.form, routing, report.answers)


# Sending.


def superseded(row: DraftRow, filling: Filling) -> bool:
    """Whether a complete report says what a draft began to say: the same message, or the line typed once more."""
    if row.source == filling.source:
        return True
    post_id = filling.post.id if filling.post else None
    same_place = row.form_id == filling.form.id and row.post_id in (None, post_id) and row.report_id is None
    return same_place and all(filling.answers.get(key) == value for key, value in row.answers.items())


def filing_of(filling: Filling, post: PostRow) -> Filing:
    """What is filed of a finished draft: what is asked of this post, where it is about several of different kinds."""
    flags = [*filling.flags, *map(insisted, filling.insisted)]
    answers = accepted(filling.form, filling.answers, post.kind)
    return Filing(filling.form, post, answers, filling.text, filling.source, filling.sent_at, flags, filling.fix)


async def send(work: Work, filling: Filling, ended: Collection[DraftRow], *, media: int = 0) -> list[Filed]:
    """File what is complete: for its post, or for each own post that has not reported; the ended drafts go with it.

    `media` are files that come with it beside those of the drafts. Raises UserError when every post has reported.
    """
    if filling.row is not None and filling.reviewed:
        filling.sent_at = work.since  # a report filled by buttons says how things are when it is sent
    for row in ended:
        await drop(work, row)
    sources = [row.source for row in ended]
    if filling.post is not None:
        one = filing_of(filling, filling.post)
        one.media, one.drafts = media, sources
        return [await filing.file(work, one)]
    silent = await reach.silent(work, filling.form)
    if not silent:
        raise UserError("all-reported")
    return await filing.file_for_all(work, [filing_of(filling, post) for post in silent], drafts=sources)
