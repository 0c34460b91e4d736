"""People and their assignments."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, update

from core.people.audience import Audience
from core.people.roles import Actor, Agency, AssignmentFact, Role
from storage.database.engine import Tx, new_id
from storage.tables import AssignmentRow, PersonRow, PostRow
from storage.territory.within import REGION_LENGTHS, in_region

SETTINGS = "settings"  # what gave an assignment: the settings, and no invitation
UNSEEN = "Admin"  # an admin named in the settings who has not written yet


@dataclass(frozen=True)
class Holding:
    """An assignment with its post, if it names one."""

    assignment: AssignmentRow
    post: PostRow | None


@dataclass(frozen=True)
class Member:
    """A person with what they hold at present."""

    row: PersonRow
    holdings: tuple[Holding, ...]

    @property
    def actor(self) -> Actor:
        """What the rules about permission need to know."""
        facts = tuple(
            AssignmentFact(Role(item.assignment.role), item.assignment.region_code, item.assignment.post_id)
            for item in self.holdings
        )
        return Actor(self.row.id, Agency(self.row.agency), facts)

    @property
    def posts(self) -> tuple[PostRow, ...]:
        """The posts for which this person reports."""
        found = {
            item.post.id: item.post
            for item in self.holdings
            if item.post is not None and item.post.active and item.assignment.role == Role.OFFICER
        }
        return tuple(found.values())


def valid_at(now: datetime) -> Any:
    """The condition that an assignment which was given is not over at this time.

    Since when it holds tells who held what on an earlier day, and is not asked: whoever enrolled has enrolled, be it by
    a clock that was ahead.
    """
    return or_(AssignmentRow.valid_to.is_(None), AssignmentRow.valid_to > now)


async def members(tx: Tx, telegram_ids: Collection[int], *, now: datetime, put_out: bool = False) -> dict[int, Member]:
    """Load people by Telegram id with what they hold now, in two statements however many they are.

    With `put_out` also those who are not active any more; they hold nothing.
    """
    if not telegram_ids:
        return {}
    wanted = [PersonRow.telegram_id.in_(telegram_ids), *([] if put_out else [PersonRow.active])]
    found = await tx.scalars(select(PersonRow).where(*wanted))
    rows = [row for row in found if row.active or put_out]  # somebody may have been put out in this transaction
    held: dict[int, list[Holding]] = {row.id: [] for row in rows if row.active}
    if held:
        statement = (
            select(AssignmentRow, PostRow)
            .outerjoin(PostRow, PostRow.id == AssignmentRow.post_id)
            .where(AssignmentRow.person_id.in_(held), valid_at(now))
            .order_by(AssignmentRow.id)
        )
        for assignment, post in await tx.execute(statement):
            if assignment.valid_to is None or assignment.valid_to > now:  # as this transaction has it
                held[assignment.person_id].append(Holding(assignment, post))
    return {row.telegram_id: Member(row, tuple(held.get(row.id, ()))) for row in rows}


async def last_holding(tx: Tx, person_id: int) -> Holding | None:
    """What a person who may hold nothing any more was assigned to last."""
    found = await tx.execute(
        select(AssignmentRow, PostRow)
        .outerjoin(PostRow, PostRow.id == AssignmentRow.post_id)
        .where(AssignmentRow.person_id == person_id)
        .order_by(AssignmentRow.valid_to.desc(), AssignmentRow.id.desc())
        .limit(1)
    )
    row = found.first()
    return Holding(row[0], row[1]) if row else None


async def by_ids(tx: Tx, ids: Collection[int]) -> dict[int, PersonRow]:
    """Load people by their own keys."""
    if not ids:
        return {}
    rows = await tx.scalars(select(PersonRow).where(PersonRow.id.in_(ids)))
    return {row.id: row for row in rows}


async def find_person(tx: Tx, person_id: int | None) -> PersonRow | None:
    """Load a person by their own key, without a statement where this transaction knows them; None for no key."""
    return await tx.get(PersonRow, person_id) if person_id is not None else None


def add(tx: Tx, *, telegram_id: int, name: str, agency: str, language: str | None, now: datetime) -> PersonRow:
    """Add a person who has just agreed to take part."""
    row = PersonRow(
        id=new_id(tx),
        telegram_id=telegram_id,
        name=name,
        agency=agency,
        telegram_language=language,
        consent_at=now,
        active=True,
        created_at=now,
    )
    tx.add(row)
    return row


def assign(
    tx: Tx, person: PersonRow, *, role: str, region_code: str, post_id: int | None, granted: str, now: datetime
) -> AssignmentRow:
    """Give a person a role at a post or over a region, from now on."""
    row = AssignmentRow(
        id=new_id(tx),
        role=role,
        region_code=region_code,
        post_id=post_id,
        granted=granted,
        valid_from=now,
        person=person,
    )
    tx.add(row)
    return row


async def revive_or_add(
    tx: Tx, *, telegram_id: int, name: str, agency: str, language: str | None, now: datetime
) -> PersonRow:
    """Add a person who has just agreed to take part, or take back one who was here before."""
    row = await tx.scalar(select(PersonRow).where(PersonRow.telegram_id == telegram_id))
    if row is None:
        return add(tx, telegram_id=telegram_id, name=name, agency=agency, language=language, now=now)
    row.name, row.agency, row.active, row.consent_at, row.unreachable_since = name, agency, True, now, None
    return row


async def reachable_again(tx: Tx, telegram_id: int) -> None:
    """Note that a person has unblocked the bot."""
    await tx.execute(update(PersonRow).where(PersonRow.telegram_id == telegram_id).values(unreachable_since=None))


async def ensure_admins(tx: Tx, telegram_ids: Sequence[int], *, now: datetime) -> None:
    """Make the admins named in the settings admins of everything, without any enrolment.

    Who is named there no longer stops being one. Until one of them has written to the bot, Telegram does not let it write to them.
    """
    known = await members(tx, telegram_ids, now=now)
    for telegram_id in telegram_ids:
        member = known.get(telegram_id)
        if member is None:
            person = await tx.scalar(select(PersonRow).where(PersonRow.telegram_id == telegram_id))
            if person is None:
                person = add(tx, telegram_id=telegram_id, name=UNSEEN, agency=Agency.OTHER, language=None, now=now)
                person.unreachable_since = now
            person.active = True
            held: tuple[Holding, ...] = ()
        else:
            person, held = member.row, member.holdings
        if not any(item.assignment.granted == SETTINGS for item in held):
            assign(tx, person, role=Role.ADMIN, region_code="", post_id=None, granted=SETTINGS, now=now)
    named = select(PersonRow.id).where(PersonRow.telegram_id.in_(telegram_ids))
    await tx.execute(
        update(AssignmentRow)
        .where(
            AssignmentRow.granted == SETTINGS, AssignmentRow.person_id.not_in(named), AssignmentRow.valid_to.is_(None)
        )
        .values(valid_to=now)
        .execution_options(synchronize_session=False)
    )


def _reachable(role: Role, now: datetime, codes: Collection[str] | None = None) -> tuple[ColumnElement[bool], ...]:
    """The conditions that a person holds a role, over one of these regions if they are named, and can be reached."""
    over = () if codes is None else (AssignmentRow.region_code.in_(codes),)
    reached = (PersonRow.active, PersonRow.unreachable_since.is_(None))
    return (AssignmentRow.role == role, *over, valid_at(now), *reached)


async def _leaders(tx: Tx, *conditions: ColumnElement[bool]) -> list[PersonRow]:
    """Whoever has an assignment under these conditions, each once."""
    held = select(PersonRow).join(AssignmentRow, AssignmentRow.person_id == PersonRow.id).where(*conditions)
    return list(await tx.scalars(held.distinct().order_by(PersonRow.id)))


def _around(region_code: str) -> list[str]:
    """A region and every region around it, up to the province."""
    return [region_code[:length] for length in REGION_LENGTHS if length <= len(region_code)]


async def admins(tx: Tx, *, now: datetime) -> list[PersonRow]:
    """Everybody who is an admin of the whole territory or a part of it and can be reached, each once."""
    return await _leaders(tx, *_reachable(Role.ADMIN, now))


async def admins_over(tx: Tx, region_codes: Collection[str], *, now: datetime) -> list[PersonRow]:
    """The admins who can be reached and whose territory holds one of these regions, each once."""
    around = {one for code in region_codes for one in _around(code)} | {""}
    return await _leaders(tx, *_reachable(Role.ADMIN, now, around))


async def coordinators_of(tx: Tx, region_code: str, *, now: datetime) -> list[PersonRow]:
    """The coordinators who must hear of an alarm there and can be reached: of the regency, district and village.

    Where there are none, those of the regions above.
    """
    rows = await tx.execute(
        select(PersonRow, AssignmentRow.region_code)
        .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
        .where(*_reachable(Role.COORDINATOR, now, _around(region_code)))
        .order_by(PersonRow.id)
    )
    found = [(person, code) for person, code in rows]
    near = {person.id: person for person, code in found if len(code) > REGION_LENGTHS[0]}
    return list((near or {person.id: person for person, _ in found}).values())


async def coordinators_above(tx: Tx, region_code: str, *, now: datetime) -> list[PersonRow]:
    """The coordinators of a region and of every region around it, up to the province, who can be reached, each once."""
    return await _leaders(tx, *_reachable(Role.COORDINATOR, now, _around(region_code)))


async def audience(tx: Tx, wanted: Audience, *, now: datetime, within: Collection[str] = ("",)) -> list[PersonRow]:
    """The active people who fit an audience, each once, inside the regions `within` ("" is everywhere)."""
    return list(await tx.scalars(_audience(select(PersonRow), wanted, now=now, within=within).distinct()))


async def audience_size(tx: Tx, wanted: Audience, *, now: datetime, within: Collection[str] = ("",)) -> int:
    """How many people an audience has."""
    counted = select(func.count(func.distinct(PersonRow.id)))
    return int(await tx.scalar(_audience(counted, wanted, now=now, within=within)) or 0)


def _audience(statement: Select[Any], wanted: Audience, *, now: datetime, within: Collection[str]) -> Select[Any]:
    """All the kinds named must hold, for one and the same assignment; several values of a kind are alternatives."""
    statement = statement.join(AssignmentRow, AssignmentRow.person_id == PersonRow.id).where(
        PersonRow.active, PersonRow.consent_at.is_not(None), valid_at(now)
    )
    if wanted.roles:
        statement = statement.where(AssignmentRow.role.in_(wanted.roles))
    if wanted.agencies:
        statement = statement.where(PersonRow.agency.in_(wanted.agencies))
    for regions in (wanted.regions, within):
        if regions and "" not in regions:
            statement = statement.where(or_(*(in_region(AssignmentRow.region_code, code) for code in regions)))
    if wanted.posts:
        statement = statement.join(PostRow, PostRow.id == AssignmentRow.post_id).where(PostRow.kind.in_(wanted.posts))
    return statement
