"""Numbers given out, remembered values, the journal, moments that were acted on."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select

from storage.database import state
from storage.database.engine import Database, Tx
from storage.tables import FiringRow, JournalRow
from tests.storage_kit import BOT, NOW, at, opened, rows


async def test_numbers_follow_each_other(db: Database) -> None:
    """Each series counts by itself, from one, also within one transaction."""

    async def work(tx: Tx) -> list[int]:
        return [await state.next_number(tx, series) for series in ("report", "report", "incident")]

    assert await db.write(work) == [1, 2, 1]
    assert await db.write(work) == [3, 4, 2]


async def test_failed_transaction_uses_up_no_number(db: Database) -> None:
    """A number is only used up if its transaction commits."""

    async def work(tx: Tx) -> None:
        await state.next_number(tx, "report")
        await tx.flush()
        raise LookupError

    with pytest.raises(LookupError):
        await db.write(work)
    assert await db.write(lambda tx: state.next_number(tx, "report")) == 1


async def test_remembered_value_is_replaced(db: Database) -> None:
    """A value remembered again under its key replaces the older one."""
    for value in ("1", "2"):
        await db.write(lambda tx, value=value: state.remember(tx, "a", value))  # type: ignore[misc]
    assert await db.read(lambda tx: state.recall(tx, "a")) == "2"


async def test_unknown_value_is_none(db: Database) -> None:
    """What was never remembered is nothing."""
    assert await db.read(lambda tx: state.recall(tx, "a")) is None


async def test_moment_is_claimed_once(db: Database) -> None:
    """The first to claim a moment has it; later claims find it taken and change nothing."""
    claims = [
        await db.write(lambda tx, n=n: state.fire(tx, "k", due_at=NOW, now=at(n), outcome="fire"))  # type: ignore[misc]
        for n in range(3)
    ]
    assert claims == [True, False, False]
    assert await rows(db, select(FiringRow.fired_at)) == [(NOW,)]


async def test_moment_claimed_by_two_at_once_is_claimed_once(url: str) -> None:
    """Of two programs that claim a moment at the same time, one has it."""
    async with opened(url) as one_db, opened(url) as other:
        claims = await asyncio.gather(
            *(
                db.write(lambda tx: state.fire(tx, "k", due_at=NOW, now=NOW, outcome="fire"))
                for db in (one_db, other)
                for _ in range(5)
            )
        )
    assert sum(claims) == 1


async def test_claimed_moments_are_known(db: Database) -> None:
    """Which of some moments were claimed can be asked in one go."""
    await db.write(lambda tx: state.fire(tx, "a", due_at=NOW, now=NOW, outcome="fire"))
    assert await db.read(lambda tx: state.fired(tx, ["a", "b"])) == {"a"}


async def test_journal_line_names_its_cause(db: Database) -> None:
    """A line of the journal keeps who did what, and the update that caused it."""

    async def work(tx: Tx) -> None:
        state.note(tx, now=NOW, action="linked", subject="group:-5", detail={"region": "16.71"}, cause=(BOT, 77))

    await db.write(work)
    columns = (JournalRow.action, JournalRow.subject, JournalRow.detail, JournalRow.bot_id, JournalRow.update_id)
    assert await rows(db, select(*columns)) == [("linked", "group:-5", {"region": "16.71"}, BOT, 77)]
