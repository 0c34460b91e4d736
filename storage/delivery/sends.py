"""What went to groups within the last minute: Telegram counts it whether or not the program was started anew meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from storage.database.engine import Tx, insert_for
from storage.tables import OutboxRow, SendRow

KEPT = timedelta(minutes=10)  # far longer than any limit looks back


async def note(tx: Tx, message_ids: Sequence[int], *, now: datetime) -> None:
    """Note that these messages and edits went to groups; a card's row alone tells only of its last edit."""
    sent = select(OutboxRow.id, OutboxRow.bot_id, OutboxRow.chat_id).where(OutboxRow.id.in_(message_ids))
    rows = [
        {"message_id": message_id, "at": now, "bot_id": bot_id, "chat_id": chat_id}
        for message_id, bot_id, chat_id in await tx.execute(sent)
    ]
    if rows:
        await tx.execute(insert_for(tx)(SendRow).on_conflict_do_nothing(), rows)


async def recent(tx: Tx, bot_id: int, *, since: datetime) -> list[tuple[int, datetime]]:
    """What went to groups since then, oldest first: chat and time."""
    rows = await tx.execute(
        select(SendRow.chat_id, SendRow.at).where(SendRow.at > since, SendRow.bot_id == bot_id).order_by(SendRow.at)
    )
    return [(chat_id, at) for chat_id, at in rows]


async def prune(tx: Tx, *, now: datetime) -> None:
    """Forget what no limit looks back to."""
    await tx.execute(delete(SendRow).where(SendRow.at < now - KEPT).execution_options(synchronize_session=False))
