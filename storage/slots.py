"""What a message that edits itself shows."""

from __future__ import annotations

from sqlalchemy import select

from storage.engine import Tx
from storage.tables import SlotRow


async def subject_at(tx: Tx, bot_id: int, chat_id: int, message_id: int) -> str | None:
    """What a message shows that edits itself; None for any other message."""
    return await tx.scalar(
        select(SlotRow.subject)
        .where(SlotRow.bot_id == bot_id, SlotRow.chat_id == chat_id, SlotRow.message_id == message_id)
        .order_by(SlotRow.id.desc())
        .limit(1)
    )
