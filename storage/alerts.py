"""Telling one person something, and telling admins that something needs them."""

from __future__ import annotations

from datetime import datetime

from core.desk import Desk
from core.outgoing import Outgoing, Priority, message_params
from core.split import split_message
from core.texts import TextArg
from storage import outbox, people
from storage.engine import Tx
from storage.tables import PersonRow


def tell_person(tx: Tx, desk: Desk, person: PersonRow, text: str, *, key: str, now: datetime) -> None:
    """Send a person an alert in their private chat, once for each `key`; a long text goes in several messages."""
    for number, piece in enumerate(split_message(text), start=1):
        message = Outgoing(
            "sendMessage",
            message_params(piece),
            f"{key}:{number}",
            Priority.ALERT,
            chat_id=person.telegram_id,
            person_id=person.id,
        )
        outbox.add(tx, desk.bot_id, message, now=now)


async def alert_admins(tx: Tx, desk: Desk, text: str, *, key: str, now: datetime, **values: TextArg) -> None:
    """Send every admin a text in their language, once for each `key`."""
    rows = await people.admins(tx, now=now)
    messages = []
    for row in rows:
        language = desk.texts.language(row.language, row.telegram_language)
        params = message_params(desk.texts.html(language, text, **values))
        messages.append(
            Outgoing(
                "sendMessage",
                params,
                f"alert:{key}:{row.id}",
                Priority.ALERT,
                chat_id=row.telegram_id,
                person_id=row.id,
            )
        )
    await outbox.add_many(tx, desk.bot_id, messages, now=now)
