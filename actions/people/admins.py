"""Telling admins that something needs them."""

from __future__ import annotations

from datetime import datetime

from core.delivery.keys import admin_key
from core.delivery.outgoing import Outgoing, Priority, message_params
from core.delivery.readers import language_of
from core.desk import Desk
from core.kit.texts import TextArg
from storage.database.engine import Tx
from storage.delivery import outbox
from storage.people import people


async def alert_admins(tx: Tx, desk: Desk, text: str, *, key: str, now: datetime, **values: TextArg) -> int:
    """Send every admin who can be reached a text in their language, once for each `key`; gives how many they are."""
    rows = await people.admins(tx, now=now)
    messages = []
    for row in rows:
        language = language_of(desk.texts, row)
        params = message_params(desk.texts.html(language, text, **values))
        messages.append(
            Outgoing(
                "sendMessage",
                params,
                admin_key(key, row.id),
                Priority.ALERT,
                chat_id=row.telegram_id,
                person_id=row.id,
            )
        )
    await outbox.add_many(tx, desk.bot_id, messages, now=now)
    return len(messages)
