"""Small facts the program keeps: numbers given out, remembered values, the journal, fired moments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from storage.database.engine import Database, Tx, insert_for, new_id
from storage.tables import CounterRow, FiringRow, JournalRow, MetaRow


async def next_number(tx: Tx, series: str) -> int:
    """Give the next number of a series, without gaps: it is only used up if the transaction commits."""
    counters = tx.unit.counters
    row = counters.get(series)
    if row is None:
        row = await tx.get(CounterRow, series, with_for_update=True)
        if row is None:
            row = CounterRow(name=series, value=0)
            tx.add(row)
        counters[series] = row
    row.value += 1
    return row.value


async def remember(tx: Tx, key: str, value: str) -> None:
    """Keep a value under a key, replacing an older one."""
    statement = insert_for(tx)(MetaRow).values(key=key, value=value)
    await tx.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


async def remember_first(tx: Tx, key: str, value: str) -> None:
    """Keep a value under a key for good, unless there is one already."""
    await tx.execute(insert_for(tx)(MetaRow).values(key=key, value=value).on_conflict_do_nothing())


async def recall(tx: Tx, key: str) -> str | None:
    """Give the value kept under a key."""
    return await tx.scalar(select(MetaRow.value).where(MetaRow.key == key))


def note(
    tx: Tx,
    *,
    now: datetime,
    action: str,
    subject: str,
    person_id: int | None = None,
    detail: dict[str, Any] | None = None,
    cause: tuple[int, int | None] | None = None,
) -> None:
    """Add a line to the journal; `cause` is the bot's id and the update's."""
    bot_id, update_id = cause or (None, None)
    tx.add(
        JournalRow(
            id=new_id(tx),
            at=now,
            person_id=person_id,
            action=action,
            subject=subject,
            detail=detail or {},
            bot_id=bot_id,
            update_id=update_id,
        )
    )


async def fire(tx: Tx, key: str, *, due_at: datetime, now: datetime, outcome: str) -> bool:
    """Claim a moment of the calendar; False when it was claimed before, by whomever."""
    statement = (
        insert_for(tx)(FiringRow)
        .values(key=key, due_at=due_at, fired_at=now, outcome=outcome)
        .on_conflict_do_nothing()
        .returning(FiringRow.key)
    )
    return (await tx.scalar(statement)) is not None


async def fired(tx: Tx, keys: Sequence[str]) -> set[str]:
    """Which of these moments were claimed."""
    return set(await tx.scalars(select(FiringRow.key).where(FiringRow.key.in_(keys))))


INSTALLED = "installed-at"


async def installed_at(db: Database) -> datetime:
    """When this database was made: nothing that was due before is caught up."""
    kept = await db.read(lambda tx: recall(tx, INSTALLED))
    assert kept is not None, "prepare() first"
    return datetime.fromisoformat(kept)
