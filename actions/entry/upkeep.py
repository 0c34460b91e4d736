"""Clearing away what has run out of time: messages, drafts, rows that were done with days ago, and traces of a wrong clock."""

from __future__ import annotations

from datetime import datetime

from actions import calendar
from actions.reports import expired_drafts
from core.desk import Desk
from storage.database import ahead
from storage.database.engine import Database, Tx
from storage.delivery import inbox, outbox

ROUND = 500  # drafts in one sweep; the next one goes on


async def sweep(db: Database, desk: Desk, *, now: datetime) -> bool:
    """Drop messages and drafts that ran out of time; tells whether somebody is told of a draft.

    Most of the time there are none: looking costs no write, for which others would have to wait.
    """
    if await db.read(lambda tx: outbox.any_expired(tx, desk.bot_id, now=now)):
        await db.write(lambda tx: outbox.expire(tx, desk.bot_id, now=now))
    if not await db.read(lambda tx: expired_drafts.any_stale(tx, now=now)):
        return False
    for _ in range(ROUND // expired_drafts.CHUNK):  # between two chunks others may write
        if await db.write(lambda tx: expired_drafts.drop_stale(tx, desk, now=now)) < expired_drafts.CHUNK:
            break
    return True


async def tidy(db: Database, *, now: datetime) -> None:
    """Delete updates and messages that nobody will ask for again."""
    await db.write(lambda tx: inbox.prune(tx, now=now))
    await db.write(lambda tx: outbox.prune(tx, now=now))


async def come_back(db: Database, desk: Desk, *, now: datetime) -> int:
    """Undo what a clock that was ahead has left behind; gives how many moments of the calendar will come again."""

    async def work(tx: Tx) -> int:
        await ahead.bring_back(tx, now=now)
        return await calendar.release(tx, desk, now=now)

    return await db.write(work)
