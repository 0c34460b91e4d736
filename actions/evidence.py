"""Files that are not fetched: what is said of them to who sent them, and to admins."""

from __future__ import annotations

from datetime import datetime

from actions.people.admins import alert_admins
from core.delivery.keys import message_mark
from core.delivery.outgoing import Outgoing, Priority, message_params
from core.delivery.readers import language_of
from core.desk import Desk
from core.evidence.keys import admins_lost_key, sender_lost_key, too_big_key
from storage import evidence
from storage.database.engine import Tx
from storage.delivery import outbox
from storage.tables import MediaRow, MediaState, PersonRow


def too_big(desk: Desk, row: MediaRow, person: PersonRow) -> Outgoing:
    """Tell a sender, once for a message or album, that a file is too large for a bot and stays at Telegram."""
    text = desk.texts.html(language_of(desk.texts, person), "evidence-too-big")
    key = too_big_key(row.chat_id, row.album_id or message_mark(row.message_id, row.sent_at, desk.dated_since))
    params = message_params(text)
    return Outgoing("sendMessage", params, key, Priority.ALERT, chat_id=row.chat_id, person_id=person.id)


def _lost(desk: Desk, row: MediaRow, person: PersonRow, number: str) -> Outgoing:
    """Tell a sender that Telegram does not give a file any more; `number` is its report's."""
    params = message_params(desk.texts.html(language_of(desk.texts, person), "evidence-lost", number=number))
    key = sender_lost_key(row.id)
    # What is told later, without the message at hand, is told in private: it may have come from a group.
    return Outgoing("sendMessage", params, key, Priority.ALERT, chat_id=person.telegram_id, person_id=person.id)


async def tell_not_fetched(tx: Tx, desk: Desk, media_id: int, state: MediaState, *, now: datetime) -> None:
    """Tell the sender that a file was not fetched, and of a lost one the admins too."""
    found = await evidence.sender_of(tx, media_id)
    if found is None:
        return
    if state is MediaState.REMOTE:
        if found.sender.active:
            await outbox.add_many(tx, desk.bot_id, [too_big(desk, found.row, found.sender)], now=now)
        return
    number = f"I-{found.incident}" if found.incident else f"L-{found.report}" if found.report else "-"
    if found.sender.active:
        await outbox.add_many(tx, desk.bot_id, [_lost(desk, found.row, found.sender, number)], now=now)
    # Without the sender's name, which a confidential report keeps from admins too; the sender is told already.
    await alert_admins(tx, desk, "alert-media-lost", key=admins_lost_key(found.row.id), now=now, number=number)
