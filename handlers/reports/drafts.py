"""A report being filled: what is known of it so far, kept in a row, shown in one message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from actions.reports.expired_drafts import BUSY
from core.calendar.windows import draft_expires
from core.delivery.keys import Subject
from core.evidence.flags import Flag, insisted
from core.forms.forms import Form
from core.kit.geo import Fix
from core.reports.draft import Stage
from core.reports.keys import EXPIRED, draft_key
from core.territory.posts import PostKind
from handlers.kit.scope import Ctx
from handlers.reports.filing import Filing
from storage.delivery import screens
from storage.reports import reports
from storage.tables import DraftRow, PostRow

KEEP = timedelta(hours=24)  # words that nobody has said yet what they are


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
    """Take up a stored draft."""
    fix = Fix(row.lat, row.lon, row.accuracy_m) if row.lat is not None and row.lon is not None else None
    return Filling(
        form=form,
        post=post,
        text=row.text,
        source=row.source,
        sent_at=row.sent_at,
        answers=dict(row.answers),
        waiting=list(row.asking),
        trail=list(row.trail),
        insisted=list(row.insisted),
        flags=list(row.flags),
        fix=fix,
        report_id=row.report_id,
        stage=Stage(row.stage),
        row=row,
    )


async def keep(ctx: Ctx, filling: Filling, stage: Stage) -> DraftRow:
    """Store what is known so far; the same message never has two drafts."""
    filling.stage = stage
    row = filling.row or next((item for item in ctx.drafts if item.source == filling.source), None)
    fix = filling.fix
    filling.row = reports.save_draft(
        ctx.tx,
        row,
        person_id=ctx.known.row.id,
        form_id=filling.form.id,
        post_id=filling.post.id if filling.post else None,
        answers=dict(filling.answers),
        asking=list(filling.waiting),
        text=filling.text,
        source=filling.source,
        sent_at=filling.sent_at,
        updated_at=ctx.now,
        stage=stage.value,
        trail=list(filling.trail),
        insisted=list(filling.insisted),
        flags=list(filling.flags),
        report_id=filling.report_id,
        lat=fix.lat if fix else None,
        lon=fix.lon if fix else None,
        accuracy_m=fix.accuracy_m if fix else None,
        # What is asked now is asked of somebody who is there: a correction of yesterday's report is not stale.
        expires_at=expires(ctx, filling.form, filling.post, max(filling.sent_at, ctx.now)),
    )
    ctx.drafts = [filling.row, *(item for item in ctx.drafts if item is not filling.row)]
    return filling.row


def expires(ctx: Ctx, form: Form, post: PostRow | None, began: datetime) -> datetime:
    """When a draft is too old to be sent: the calendar says so."""
    if post is None:
        return began + KEEP
    desk = ctx.desk
    return draft_expires(desk.calendar, form.id, PostKind(post.kind), desk.event_date, began)


async def drop(ctx: Ctx, row: DraftRow) -> None:
    """Delete a draft."""
    await reports.drop_draft(ctx.tx, row)
    ctx.drafts = [item for item in ctx.drafts if item is not row]


async def put(ctx: Ctx, row: DraftRow, screen: tuple[str, Sequence[Any]], *, below: bool) -> None:
    """Show a draft in its one message."""
    await ctx.show(slot_key(row), screen[0], screen[1], below=below)


async def gone(ctx: Ctx) -> str:
    """What is said of a tapped draft that is not there: whether its message shows that it expired, as a text's key."""
    message = ctx.tap.message
    shown = None
    if message is not None:
        shown = await screens.subject_at(ctx.tx, ctx.desk.bot_id, message.chat.id, message.message_id)
    return "tap-draft-expired" if Subject.read(shown).kind == EXPIRED else "tap-draft-gone"


def is_over(ctx: Ctx, row: DraftRow) -> bool:
    """Whether a draft's time has passed and nobody is at it."""
    return row.expires_at is not None and row.expires_at <= ctx.now and row.updated_at <= ctx.now - BUSY


def slot_key(row: DraftRow) -> str:
    """The name of the message that shows a draft, and then its receipt."""
    return draft_key(row.id)


def filing_of(filling: Filling, post: PostRow) -> Filing:
    """What is filed of a finished draft."""
    flags = [*filling.flags, *map(insisted, filling.insisted)]
    return Filing(
        filling.form, post, filling.answers, filling.text, filling.source, filling.sent_at, flags, filling.fix
    )
