"""The open incidents of a territory, by severity and age, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, false, func, literal, or_, select, true

from core.forms.severity import Severity
from core.incidents.keys import card_key_parts
from core.incidents.lifecycle import OPEN, State
from core.incidents.open_list import BARE, PAGE, Counts, Heard, ListedIncident, Wish, is_alone
from core.incidents.taps import Show
from storage.database.engine import Tx
from storage.incidents.incidents import BY_GRAVITY, overdue
from storage.tables import IncidentRow, PersonRow, PostRow, ReportRow, ScreenRow
from storage.territory.within import in_region


@dataclass(frozen=True)
class View:
    """Whose list it is: of which regions, for which person, and in a group what that group may hear of."""

    bot_id: int
    territory: Sequence[str]  # codes of regions, at least one
    person_id: int
    group_id: int | None = None  # None: a private chat
    heard: Heard | None = None  # None: everything


async def count(tx: Tx, view: View, wish: Wish, *, now: datetime) -> Counts:
    """How many open incidents there are for this view, how many of them are meant, and how many are for other ears."""
    heard = _heard(view)
    found = await tx.execute(
        select(
            func.count(),
            _sum(heard),
            _sum(and_(heard, _meant(view, wish, now))),
            _sum(and_(heard, IncidentRow.owner_id.is_(None))),
            _sum(and_(heard, overdue(now))),
        ).where(_open_there(view))
    )
    every, total, *numbers = (int(number or 0) for number in found.one())
    fitting, unowned, late = numbers
    return Counts(total, fitting, unowned, late, every - total)


async def page(tx: Tx, view: View, wish: Wish, *, now: datetime) -> list[ListedIncident]:
    """One page of what is meant: the gravest first, and among equals the oldest."""
    rows = await tx.execute(
        select(
            IncidentRow.number,
            IncidentRow.severity,
            IncidentRow.state,
            IncidentRow.opened_at,
            case((overdue(now), 1), else_=0),
            ReportRow.form_id,
            ReportRow.answers,
            PostRow.name,
            PersonRow.name,
        )
        .join(ReportRow, ReportRow.id == IncidentRow.report_id)
        .join(PostRow, PostRow.id == IncidentRow.post_id)
        .outerjoin(PersonRow, PersonRow.id == IncidentRow.owner_id)
        .where(open_to(view), _meant(view, wish, now))
        .order_by(BY_GRAVITY, IncidentRow.opened_at, IncidentRow.id)
        .limit(PAGE)
        .offset((wish.page - 1) * PAGE)
    )
    return [
        ListedIncident(
            number,
            Severity(severity),
            State(state),
            form,
            answers,
            post,
            owner,
            opened_at,
            bool(late),
        )
        for number, severity, state, opened_at, late, form, answers, post, owner in rows
    ]


async def groups(tx: Tx, view: View) -> dict[tuple[str | None, str], int]:
    """How many open incidents there are by category and region, for the menus of the filters."""
    rows = await tx.execute(
        select(IncidentRow.category, IncidentRow.region_code, func.count())
        .where(open_to(view))
        .group_by(IncidentRow.category, IncidentRow.region_code)
    )
    return {(category, code): number for category, code, number in rows}


def _sum(condition: ColumnElement[bool]) -> Any:
    return func.sum(case((condition, 1), else_=0))


def open_to(view: View) -> ColumnElement[bool]:
    """Open, in the territory, and for the ears of this chat."""
    return and_(_open_there(view), _heard(view))


def _open_there(view: View) -> ColumnElement[bool]:
    inside = or_(*(in_region(IncidentRow.region_code, code) for code in view.territory))
    return and_(IncidentRow.state.in_(OPEN), inside)


def _heard(view: View) -> ColumnElement[bool]:
    """What the group was linked for, and what it has the card of: by a referral, or because nobody below took it."""
    heard, category = view.heard, IncidentRow.category
    if heard is None or view.group_id is None:
        return true()
    before, after = card_key_parts(view.group_id)
    subject = literal(before, String) + cast(IncidentRow.id, String)
    card = (
        select(ScreenRow.id)
        .where(
            ScreenRow.bot_id == view.bot_id,
            ScreenRow.key == subject + after,
            ScreenRow.subject == subject,
        )
        .exists()
    )
    return or_(
        category.in_(sorted(heard.categories)),
        category.not_in(sorted(heard.known)) if heard.others else false(),
        category.is_(None) if heard.bare else false(),
        card,
    )


def _meant(view: View, wish: Wish, now: datetime) -> ColumnElement[bool]:
    if wish.show is Show.MINE:
        return IncidentRow.owner_id == view.person_id
    if wish.show is Show.UNOWNED:
        return IncidentRow.owner_id.is_(None)
    if wish.show is Show.OVERDUE:
        return overdue(now)
    if wish.show is Show.CATEGORY:
        return IncidentRow.category.is_(None) if wish.value == BARE else IncidentRow.category == wish.value
    if wish.show is Show.REGION:
        alone = is_alone(wish, view.territory)
        return IncidentRow.region_code == wish.value if alone else in_region(IncidentRow.region_code, wish.value)
    return true()
