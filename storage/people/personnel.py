"""Who holds what within somebody's territory, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, true

from core.people.roles import Role
from storage.database.engine import Tx
from storage.people.people import Holding, valid_at
from storage.tables import AssignmentRow, PersonRow, PostRow
from storage.territory.within import in_region


@dataclass(frozen=True)
class Sight:
    """Whose assignments are seen: any inside some regions, officers' inside others ("" is everywhere)."""

    all_in: tuple[str, ...]
    officers_in: tuple[str, ...]


@dataclass(frozen=True)
class Sought:
    """What a list is narrowed to; a name is any part of one."""

    region_code: str = ""
    post_id: int | None = None
    name: str = ""


@dataclass(frozen=True)
class Listed:
    """A person with those of their assignments that are seen."""

    person: PersonRow
    holdings: tuple[Holding, ...]


async def count(tx: Tx, sight: Sight, sought: Sought, *, now: datetime) -> int:
    """How many people there are to list."""
    found = _people(select(func.count(func.distinct(PersonRow.id))), sight, sought, now=now)
    return int(await tx.scalar(found) or 0)


async def page(tx: Tx, sight: Sight, sought: Sought, *, now: datetime, offset: int, limit: int) -> list[Listed]:
    """A part of the list, in the order of names."""
    ids = _people(select(PersonRow.id, func.lower(PersonRow.name)), sight, sought, now=now).distinct()
    shown = ids.order_by(func.lower(PersonRow.name), PersonRow.id).offset(offset).limit(limit)
    order = [row[0] for row in await tx.execute(shown)]
    rows = {row.id: row for row in await tx.scalars(select(PersonRow).where(PersonRow.id.in_(order)))}
    held: dict[int, list[Holding]] = {key: [] for key in order}
    statement = (
        select(AssignmentRow, PostRow)
        .outerjoin(PostRow, PostRow.id == AssignmentRow.post_id)
        .where(AssignmentRow.person_id.in_(order), *_seen(sight, sought, now=now))
        .order_by(AssignmentRow.id)
    )
    for assignment, post in await tx.execute(statement):
        held[assignment.person_id].append(Holding(assignment, post))
    return [Listed(rows[key], tuple(held[key])) for key in order]


async def names_beginning(tx: Tx, sight: Sight, beginnings: Sequence[str], *, now: datetime, limit: int) -> list[str]:
    """Names of which a word begins so, to find what a mistyped one may have meant."""
    wanted = or_(
        *(
            func.lower(PersonRow.name).like(like, escape="/")
            for one in beginnings
            for like in (f"{_plain(one)}%", f"% {_plain(one)}%")
        )
    )
    found = _people(select(PersonRow.name), sight, Sought(), now=now).where(wanted).distinct()
    return list(await tx.scalars(found.order_by(PersonRow.name).limit(limit)))


def _plain(text: str) -> str:
    return "".join(f"/{char}" if char in "/%_" else char for char in text)


def _people(statement: Any, sight: Sight, sought: Sought, *, now: datetime) -> Any:
    found = statement.join(AssignmentRow, AssignmentRow.person_id == PersonRow.id).where(
        PersonRow.active, *_seen(sight, sought, now=now)
    )
    if sought.name:
        found = found.where(func.lower(PersonRow.name).contains(sought.name.lower(), autoescape=True))
    return found


def _seen(sight: Sight, sought: Sought, *, now: datetime) -> list[ColumnElement[bool]]:
    seen: list[ColumnElement[bool]] = [_inside(code) for code in sight.all_in]
    seen += [and_(AssignmentRow.role == Role.OFFICER, _inside(code)) for code in sight.officers_in]
    conditions = [valid_at(now), or_(*seen) if seen else ~true()]
    if sought.region_code:
        conditions.append(in_region(AssignmentRow.region_code, sought.region_code))
    if sought.post_id is not None:
        conditions.append(AssignmentRow.post_id == sought.post_id)
    return conditions


def _inside(code: str) -> ColumnElement[bool]:
    inside: ColumnElement[bool] = in_region(AssignmentRow.region_code, code) if code else true()
    return inside
