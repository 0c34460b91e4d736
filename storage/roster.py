"""Handovers: who may take over a post, what was offered, and who held it when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, or_, select

from core.people.roles import Role
from storage.database.engine import Tx, new_id
from storage.people import people
from storage.people.people import valid_at
from storage.stamp import NO_UPDATE
from storage.tables import AssignmentRow, DraftRow, HandoverRow, PersonRow, PostRow
from storage.territory.within import in_region

LOOKED_BACK = timedelta(days=60)  # who held the post within these days may take it over


@dataclass(frozen=True)
class Held:
    """Who held a post from when to when; `until` is None for who holds it now."""

    name: str
    since: datetime
    until: datetime | None


async def candidates(
    tx: Tx, post_ids: Collection[int], *, without: int, now: datetime, limit: int = 8
) -> list[PersonRow]:
    """The people who hold these posts or held them lately, the most recent first, without one of them."""
    recent = func.max(func.coalesce(AssignmentRow.valid_to, now)).label("until")
    rows = await tx.execute(
        select(PersonRow, recent, func.max(AssignmentRow.valid_from).label("since"))
        .join(AssignmentRow, AssignmentRow.person_id == PersonRow.id)
        .where(
            AssignmentRow.post_id.in_(post_ids),
            AssignmentRow.role == Role.OFFICER,
            or_(AssignmentRow.valid_to.is_(None), AssignmentRow.valid_to > now - LOOKED_BACK),
            # Who was put out does not come back by a colleague: what ended before that counts no more.
            or_(
                AssignmentRow.valid_to.is_(None),
                PersonRow.removed_at.is_(None),
                AssignmentRow.valid_to > PersonRow.removed_at,
            ),
            PersonRow.active,
            PersonRow.id != without,
        )
        .group_by(PersonRow.id)
        .order_by(recent.desc(), func.max(AssignmentRow.valid_from).desc(), PersonRow.id)
        .limit(limit)
    )
    return [row[0] for row in rows]


async def offer(
    tx: Tx, posts: Sequence[PostRow], *, from_id: int, to_id: int, cause: tuple[int, int | None], now: datetime
) -> list[HandoverRow]:
    """Offer posts to the next officer, all in one; the first one's key names them together."""
    rows = [
        HandoverRow(
            id=new_id(tx),
            post_id=post.id,
            from_id=from_id,
            to_id=to_id,
            state="offered",
            offered_at=now,
            bot_id=cause[0],
            update_id=cause[1] or NO_UPDATE,
        )
        for post in posts
    ]
    tx.add_all(rows)
    return rows


async def offered(tx: Tx, post_ids: Collection[int]) -> list[HandoverRow]:
    """The offers of these posts that nobody has settled, the oldest first."""
    return list(
        await tx.scalars(
            select(HandoverRow)
            .where(HandoverRow.post_id.in_(post_ids), HandoverRow.state == "offered")
            .order_by(HandoverRow.id)
            .with_for_update()
        )
    )


async def offered_with(tx: Tx, person_id: int) -> list[HandoverRow]:
    """The offers from or to a person that nobody has settled, the oldest first."""
    return list(
        await tx.scalars(
            select(HandoverRow)
            .where(
                or_(HandoverRow.from_id == person_id, HandoverRow.to_id == person_id), HandoverRow.state == "offered"
            )
            .order_by(HandoverRow.id)
            .with_for_update()
        )
    )


async def holders_of(tx: Tx, post_ids: Collection[int], *, now: datetime) -> dict[int, list[int]]:
    """The keys of the officers of each of these posts now, who holds it longest first."""
    found: dict[int, list[int]] = {post_id: [] for post_id in post_ids}
    rows = await tx.execute(
        select(AssignmentRow.post_id, AssignmentRow.person_id)
        .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
        .where(AssignmentRow.post_id.in_(found), AssignmentRow.role == Role.OFFICER, valid_at(now), PersonRow.active)
        .order_by(AssignmentRow.valid_from, AssignmentRow.id)
    )
    for post_id, person_id in rows:
        found.setdefault(post_id or 0, []).append(person_id)
    return found


async def find_handover(tx: Tx, handover_id: int) -> HandoverRow | None:
    """What was offered of one post by this key."""
    return await tx.get(HandoverRow, handover_id)


async def together(tx: Tx, handover_id: int) -> list[HandoverRow]:
    """An offer with those that were made in the same breath, locked; empty when there is none of this key."""
    row = await find_handover(tx, handover_id)
    if row is None:
        return []
    return list(
        await tx.scalars(
            select(HandoverRow)
            .where(
                HandoverRow.bot_id == row.bot_id,
                HandoverRow.update_id == row.update_id,
                HandoverRow.from_id == row.from_id,
                HandoverRow.offered_at == row.offered_at,
            )
            .order_by(HandoverRow.id)
            .with_for_update()
        )
    )


async def posts_of(tx: Tx, rows: Sequence[HandoverRow]) -> list[PostRow]:
    """The posts of these offers, in their order."""
    found = {
        row.id: row for row in await tx.scalars(select(PostRow).where(PostRow.id.in_([one.post_id for one in rows])))
    }
    return [found[one.post_id] for one in rows]


async def holding(tx: Tx, person_id: int, post_id: int, *, now: datetime) -> list[AssignmentRow]:
    """The assignments by which a person holds a post as its officer now."""
    return list(
        await tx.scalars(
            select(AssignmentRow).where(
                AssignmentRow.person_id == person_id,
                AssignmentRow.post_id == post_id,
                AssignmentRow.role == Role.OFFICER,
                valid_at(now),
            )
        )
    )


async def pass_on(tx: Tx, row: HandoverRow, post: PostRow, receiver: PersonRow, *, now: datetime) -> None:
    """Let the receiver hold the post from now on, and the giver no longer."""
    if not await holding(tx, receiver.id, post.id, now=now):
        people.assign(
            tx,
            receiver,
            role=Role.OFFICER,
            region_code=post.region_code,
            post_id=post.id,
            granted=f"handover:{row.id}",
            now=now,
        )
    for one in await holding(tx, row.from_id, post.id, now=now):
        one.valid_to = now


async def drop_drafts(tx: Tx, person_id: int, post_ids: Collection[int]) -> int:
    """Delete the drafts that a person has begun for these posts; gives how many."""
    gone = await tx.scalars(
        delete(DraftRow)
        .where(DraftRow.person_id == person_id, DraftRow.post_id.in_(post_ids))
        .returning(DraftRow.id)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())


async def history(tx: Tx, post_id: int, *, limit: int = 10) -> list[Held]:
    """Who held a post last, the newest first."""
    rows = await tx.execute(
        select(PersonRow.name, AssignmentRow.valid_from, AssignmentRow.valid_to)
        .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
        .where(AssignmentRow.post_id == post_id, AssignmentRow.role == Role.OFFICER)
        .order_by(AssignmentRow.valid_from.desc(), AssignmentRow.id.desc())
        .limit(limit)
    )
    return [Held(*row) for row in rows]


async def posts_named(tx: Tx, words: str, within: Collection[str], *, limit: int = 6) -> list[PostRow]:
    """The posts inside these regions ("" is everywhere) whose code ends so or whose name holds these words."""
    clean = words.strip().removeprefix("#").casefold()
    condition: Any = or_(
        func.lower(PostRow.code).endswith(clean, autoescape=True),
        func.lower(PostRow.name).contains(clean, autoescape=True),
    )
    statement = select(PostRow).where(PostRow.active, condition)
    if "" not in within:
        statement = statement.where(or_(*(in_region(PostRow.region_code, code) for code in within)))
    rows = list(await tx.scalars(statement.order_by(PostRow.code).limit(limit)))
    return [row for row in rows if clean in (row.code.casefold(), row.name.casefold())] or rows
