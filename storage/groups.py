"""Linked groups: where they are, what they hear of."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from core.delivery.outgoing import Place
from core.groups.purposes import Purpose
from core.groups.routing import GroupFact
from storage.database.engine import Tx, new_id
from storage.tables import GroupRow


async def group_of(tx: Tx, bot_id: int, chat_id: int, thread_id: int | None) -> GroupRow | None:
    """The linked group of this chat and topic, or the chat's own when only the whole chat is linked."""
    rows = await tx.scalars(
        select(GroupRow)
        .where(
            GroupRow.bot_id == bot_id,
            GroupRow.chat_id == chat_id,
            GroupRow.thread_id.in_([thread_id or 0, 0]),
            GroupRow.unlinked_at.is_(None),
        )
        .order_by(GroupRow.thread_id.desc())
    )
    return rows.first()


async def find_group(tx: Tx, group_id: int) -> GroupRow | None:
    """A group by its own key, linked or not any more."""
    return await tx.get(GroupRow, group_id)


async def find_at(tx: Tx, bot_id: int, chat_id: int, thread_id: int) -> GroupRow | None:
    """What this very chat and topic (0: the chat itself) is or was linked to; nobody else changes it until the commit."""
    return await tx.scalar(
        select(GroupRow)
        .where(GroupRow.bot_id == bot_id, GroupRow.chat_id == chat_id, GroupRow.thread_id == thread_id)
        .with_for_update()
    )


async def link_group(
    tx: Tx,
    bot_id: int,
    place: Place,
    *,
    title: str,
    region_code: str,
    purposes: Collection[Purpose],
    now: datetime,
) -> GroupRow:
    """Link a group (and topic) to a region for these purposes, all of them if none is named."""
    chat_id, thread_id = place.chat_id, place.thread_id or 0
    row = await find_at(tx, bot_id, chat_id, thread_id)
    if row is None:
        row = GroupRow(id=new_id(tx), bot_id=bot_id, chat_id=chat_id, thread_id=thread_id)
        tx.add(row)
    row.title, row.region_code, row.purposes = title, region_code, [item.value for item in purposes]
    row.linked_at, row.unlinked_at = now, None
    known = tx.unit.groups.linked.get(bot_id)
    if known is not None and row not in known:
        known.append(row)  # no statement of this transaction would find it: it is not written yet
    return row


async def linked_groups(tx: Tx, bot_id: int) -> list[GroupRow]:
    """The linked groups; loaded once in a transaction, because each incident of a batch asks who hears of it."""
    loaded = tx.unit.groups.linked
    if bot_id not in loaded:
        statement = select(GroupRow).where(GroupRow.bot_id == bot_id, GroupRow.unlinked_at.is_(None))
        loaded[bot_id] = list(await tx.scalars(statement.order_by(GroupRow.id)))
    return [row for row in loaded[bot_id] if row.unlinked_at is None]


async def list_with_cards(tx: Tx, ids: Collection[int]) -> dict[int, GroupRow]:
    """Groups that have an incident's card, by their keys, linked or not any more; each loaded once in a transaction."""
    known = tx.unit.groups.with_cards
    if missing := set(ids) - known.keys():
        known |= {row.id: row for row in await tx.scalars(select(GroupRow).where(GroupRow.id.in_(missing)))}
    return {key: known[key] for key in sorted(ids) if key in known}


def group_fact(row: GroupRow) -> GroupFact:
    """What the rules about relaying need to know of a group."""
    return GroupFact(row.id, row.region_code, frozenset(Purpose(item) for item in row.purposes))
