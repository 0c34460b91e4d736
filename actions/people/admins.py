"""Telling admins that something needs them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from core.delivery.keys import admin_key
from core.delivery.outgoing import Outgoing, Priority, message_params
from core.delivery.readers import language_of
from core.desk import Desk
from core.kit.texts import TextArg
from storage.database.engine import Tx
from storage.delivery import outbox
from storage.people import people
from storage.tables import PersonRow


async def alert_admins(tx: Tx, desk: Desk, text: str, *, key: str, now: datetime, **values: TextArg) -> int:
    """Send every admin who can be reached a text in their language, once for each `key`; gives how many they are."""
    rows = await people.admins(tx, now=now)
    return await _send(tx, desk, rows, lambda language: desk.texts.html(language, text, **values), key=key, now=now)


async def tell_admins_over(
    tx: Tx,
    desk: Desk,
    region_codes: Collection[str],
    words: Callable[[str], str],
    *,
    key: str,
    now: datetime,
    but: Collection[int] = (),
) -> int:
    """Send who is an admin over one of these regions what `words` gives for their language, once for each `key`.

    `but` are the keys of people who know. Gives how many are told.
    """
    rows = [row for row in await people.admins_over(tx, region_codes, now=now) if row.id not in but]
    return await _send(tx, desk, rows, words, key=key, now=now)


async def _send(
    tx: Tx, desk: Desk, rows: Collection[PersonRow], words: Callable[[str], str], *, key: str, now: datetime
) -> int:
    rendered = {language: words(language) for language in {language_of(desk.texts, row) for row in rows}}
    messages = [
        Outgoing(
            "sendMessage",
            message_params(rendered[language_of(desk.texts, row)]),
            admin_key(key, row.id),
            Priority.ALERT,
            chat_id=row.telegram_id,
            person_id=row.id,
        )
        for row in rows
    ]
    await outbox.add_many(tx, desk.bot_id, messages, now=now)
    return len(messages)
