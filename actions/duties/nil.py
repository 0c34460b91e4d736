"""Nihil: nothing to report, for the window that a post owes now and for no other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.reports import filing
from actions.reports.drafts import Filling
from actions.reports.filing import Filed, Filing
from actions.work import Work
from core.calendar.windows import WindowRef, WindowState
from core.duties.due import nil_windows
from core.evidence.flags import Flag
from core.forms.forms import Form
from core.reports.keys import nil_source
from core.territory.posts import PostKind
from storage.duties import Came, came
from storage.reports import reports
from storage.tables import DraftRow, PostRow

WORD = "nihil"  # what the report says was typed


@dataclass(frozen=True)
class Owed:
    """A post with the window that a nihil for it counts for now, and the report that stands there already."""

    post: PostRow
    form: Form
    window: WindowRef
    came: Came | None


async def owed(work: Work, posts: Sequence[PostRow], *, sent_at: datetime) -> list[Owed]:
    """For each of these posts that owes something the window of a nihil sent then: a silent one before one that is not."""
    first: dict[int, Owed] = {}
    for item in await candidates(work, posts, sent_at=sent_at):
        if item.post.id not in first or (item.came is None and first[item.post.id].came is not None):
            first[item.post.id] = item
    return list(first.values())


async def candidates(work: Work, posts: Sequence[PostRow], *, sent_at: datetime) -> list[Owed]:
    """Every window that a nihil sent then may count for, of every form that has one."""
    desk = work.desk
    windows = {
        post.id: nil_windows(desk.forms, desk.calendar, desk.event_date, post_kind=PostKind(post.kind), sent_at=sent_at)
        for post in posts
    }
    known = await came(work.tx, desk.forms, {key: [window for _, window in found] for key, found in windows.items()})
    return [
        Owed(post, form, window, known.get((post.id, window.key)))
        for post in posts
        for form, window in windows[post.id]
    ]


async def silent(work: Work, *, sent_at: datetime) -> list[Owed]:
    """The own posts that are awaited now; one whose window is about to open is not yet."""
    items = await owed(work, work.known.posts, sent_at=sent_at)
    return [item for item in items if item.came is None and item.window.state is not WindowState.COMING]


async def file(work: Work, item: Owed, *, sent_at: datetime, several: bool = False) -> Filed:
    """File nihil for a post in its window, once; `several` marks one of many posts done at once."""
    new = Filing(
        form=item.form,
        post=item.post,
        answers=_answers(item),
        text=WORD,
        source=_source(item),
        sent_at=sent_at,
        flags=[Flag.NIL, Flag.ALL] if several else [Flag.NIL],
    )
    return await filing.file(work, new)


def filling_of(item: Owed, *, source: str, sent_at: datetime, row: DraftRow | None) -> Filling:
    """Begin a nihil that somebody must sign before it is filed, as on a desk phone; in `row` where it was begun before."""
    flags = [Flag.NIL.value]
    return Filling(item.form, item.post, WORD, source, sent_at, answers=_answers(item), flags=flags, row=row)


async def filed_before(work: Work, item: Owed) -> bool:
    """Whether this person has filed this nihil before."""
    report = await reports.by_source(work.tx, _source(item))
    return report is not None and (item.came is None or report.person_id == work.person.id)


def _answers(item: Owed) -> dict[str, object]:
    assert item.form.nil is not None, "only a form that has a nihil is owed one"
    return dict(item.form.nil)


def _source(item: Owed) -> str:
    return nil_source(item.window.key, item.post.id)
