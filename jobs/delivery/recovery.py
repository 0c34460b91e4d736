"""Where a killed program left the way out: messages whose outcome nobody knows, and limits that are used already."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from core.delivery.limits import Limiter
from storage.database.engine import Database, Tx
from storage.delivery import outbox, settle
from storage.delivery.settle import Result, Settled

LOG = logging.getLogger(__name__)


async def recover(db: Database, bot_id: int, limiter: Limiter, *, now: datetime) -> None:
    """List as in doubt what was being sent and may not be repeated, and count what went out within the last minute."""

    async def work(tx: Tx) -> int:
        lost = await outbox.interrupted(tx, bot_id)
        answers = [Settled(item, Result.EXPIRED) for item in lost if item.notice_id is None]
        doubts = [
            Settled(item, Result.DOUBT, error="the program stopped while sending") for item in lost if item.notice_id
        ]
        await settle.settle(tx, answers + doubts, now=now)
        return len(doubts)

    doubtful = await db.write(work)
    if doubtful:
        LOG.warning("%d notices were being sent when the program stopped; they are listed as in doubt", doubtful)
    since = now - timedelta(seconds=61)
    for chat_id, at in await db.read(lambda tx: outbox.recent_sends(tx, bot_id, since=since)):
        limiter.take(chat_id, at.timestamp())
