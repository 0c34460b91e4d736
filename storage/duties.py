"""Who owes a report: the posts that are silent in a window, their officers, and what has come in already."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select

from core.calendar.windows import EARLY, WindowRef
from core.duties.due import SilentOfficer, SilentPost, standing_key
from core.forms.forms import Forms
from core.people.roles import Role
from core.territory.posts import PostKind
from storage.database.engine import Tx
from storage.people.people import valid_at
from storage.tables import AssignmentRow, DraftRow, PersonRow, PostRow, ReportRow, StandingRow

BREATH = 1000  # rows read before others get their turn


@dataclass(frozen=True)
class Came:
    """A report that stands in a window."""

    number: int
    sent_at: datetime


async def list_silent_officers(
    tx: Tx, forms: Forms, windows: Iterable[tuple[Collection[PostKind], WindowRef]], *, now: datetime
) -> list[SilentOfficer]:
    """The officers of the posts of these kinds that are silent in these windows, each once; one statement a window and a form."""
    found: dict[int, SilentOfficer] = {}
    begun: dict[str, dict[tuple[int, int | None], int]] = {}
    for kinds, window in windows:
        if window.form not in begun:
            begun[window.form] = await _drafts(tx, window.form)
        drafts = begun[window.form]
        silent = await tx.execute(_silent(standing_key(forms, window), kinds, window, now=now))
        for number, (person_id, telegram_id, chosen, phones, post_id, name, code) in enumerate(silent):
            if number % BREATH == 0:
                await asyncio.sleep(0)
            officer = found.get(person_id)
            if officer is None:
                officer = found[person_id] = SilentOfficer(person_id, telegram_id, chosen, phones)
            officer.posts.append(SilentPost(post_id, name, code, window))
            waiting = drafts.get((person_id, post_id)) or drafts.get((person_id, None))
            if waiting is not None:
                officer.drafts[window.form, post_id] = waiting
    return list(found.values())


def _silent(key: str, kinds: Collection[PostKind], window: WindowRef, *, now: datetime) -> Any:
    reported = exists().where(
        StandingRow.window_key == key,
        StandingRow.post_id == PostRow.id,
        StandingRow.sent_at >= window.opens_at - EARLY,  # what stands of an earlier day is no answer to this window
    )
    return (
        select(
            PersonRow.id,
            PersonRow.telegram_id,
            PersonRow.language,
            PersonRow.telegram_language,
            PostRow.id,
            PostRow.name,
            PostRow.code,
        )
        .join(AssignmentRow, AssignmentRow.post_id == PostRow.id)
        .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
        .where(
            PostRow.active,
            PostRow.kind.in_(kinds),
            AssignmentRow.role == Role.OFFICER,
            valid_at(now),
            PersonRow.active,
            PersonRow.consent_at.is_not(None),
            PersonRow.unreachable_since.is_(None),
            ~reported,
        )
        .distinct()
        .order_by(PersonRow.id, PostRow.code)
    )


async def _drafts(tx: Tx, form_id: str) -> dict[tuple[int, int | None], int]:
    """The newest draft of this form by person and post; a draft that corrects a report is no report to come."""
    rows = await tx.execute(
        select(DraftRow.person_id, DraftRow.post_id, DraftRow.id)
        .where(DraftRow.form_id == form_id, DraftRow.report_id.is_(None))
        .order_by(DraftRow.updated_at)
    )
    return {(person_id, post_id): draft_id for person_id, post_id, draft_id in rows}


async def came(tx: Tx, forms: Forms, wanted: Mapping[int, Sequence[WindowRef]]) -> dict[tuple[int, str], Came]:
    """What these posts have reported in these windows, by post and window; in one statement."""
    keys = {standing_key(forms, window) for windows in wanted.values() for window in windows}
    standing: dict[tuple[int, str], Came] = {}
    if keys:
        rows = await tx.execute(
            select(StandingRow.post_id, StandingRow.window_key, ReportRow.number, StandingRow.sent_at)
            .join(ReportRow, ReportRow.id == StandingRow.report_id)
            .where(StandingRow.post_id.in_(wanted), StandingRow.window_key.in_(keys))
        )
        standing = {(post_id, key): Came(number, sent_at) for post_id, key, number, sent_at in rows}
    # Filed earlier in this transaction: another officer's report of the same post is not written yet.
    for row in tx.unit.reports.by_source.values():
        standing[row.post_id, row.window_key] = Came(row.number, row.sent_at)
    found: dict[tuple[int, str], Came] = {}
    for post_id, windows in wanted.items():
        for window in windows:
            report = standing.get((post_id, standing_key(forms, window)))
            if report is not None and report.sent_at >= window.opens_at - EARLY:
                found[post_id, window.key] = report
    return found
