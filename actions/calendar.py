"""What comes with a moment of the calendar: its messages wait to be sent, once over restarts and kills, or it is skipped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from core.calendar.calendar import Firing, Moment
from core.delivery.html_pieces import split_message
from core.delivery.keys import group_key, piece_key
from core.delivery.outgoing import Outgoing, Place, Priority, message_params
from core.desk import Desk
from core.kit.texts import Markup
from storage.database import state
from storage.database.engine import Database, Tx
from storage.delivery import outbox
from storage.groups import linked_groups
from storage.tables import GroupRow

KEEP_TRYING = timedelta(hours=12)  # a message of a moment that could not be delivered for so long helps nobody
CHUNK = 1000  # messages added in one transaction: others who write wait no longer than for these


async def list_groups(tx: Tx, desk: Desk, moment: Moment) -> list[GroupRow]:
    """The linked groups with one of the reminder's purposes; one linked for no purpose hears all."""
    if not moment.reminder.groups:
        return []
    wanted = {purpose.value for purpose in moment.reminder.groups}
    rows = await linked_groups(tx, desk.bot_id)
    return [row for row in rows if not row.purposes or wanted.intersection(row.purposes)]


def to_group(group: GroupRow, moment: Moment, text: Markup, *, now: datetime) -> list[Outgoing]:
    """Build the messages that bring a moment's text to a group, in its topic."""
    place = Place(group.chat_id, group.thread_id or None)
    return [
        Outgoing(
            "sendMessage",
            message_params(piece, place=place),
            piece_key(group_key(moment.key, group.id), number),
            Priority.SUMMARY,
            chat_id=group.chat_id,
            expires_at=now + KEEP_TRYING,
        )
        for number, piece in enumerate(split_message(text), start=1)
    ]


async def send(db: Database, desk: Desk, moment: Moment, messages: Sequence[Outgoing], *, now: datetime) -> bool:
    """Let a moment's messages wait to be sent, so many in a transaction; False when another has claimed the moment.

    The moment is claimed with its last messages: whoever is killed before adds all again, under the same keys.
    """
    chunks = [messages[start : start + CHUNK] for start in range(0, len(messages), CHUNK)] or [[]]
    for chunk in chunks[:-1]:
        await db.write(partial(_add, desk=desk, messages=chunk, now=now))
    return await db.write(partial(claim, desk=desk, moment=moment, messages=chunks[-1], now=now))


async def claim(tx: Tx, desk: Desk, moment: Moment, messages: Sequence[Outgoing], *, now: datetime) -> bool:
    """Claim a moment and let its last messages wait to be sent; False, and none waits, when it was claimed before."""
    if not await state.fire(tx, moment.key, due_at=moment.due_at, now=now, outcome=Firing.FIRE.value):
        return False
    await _add(tx, desk, messages, now=now)
    return True


async def skip(tx: Tx, moment: Moment, *, now: datetime) -> bool:
    """Claim a moment for which it is too late, and note that; False when it was claimed before."""
    if not await state.fire(tx, moment.key, due_at=moment.due_at, now=now, outcome=Firing.SKIP.value):
        return False
    state.note(tx, now=now, action="reminder-skipped", subject=moment.key, detail={"due": moment.due_at.isoformat()})
    return True


async def _add(tx: Tx, desk: Desk, messages: Sequence[Outgoing], *, now: datetime) -> None:
    await outbox.add_many(tx, desk.bot_id, messages, now=now)
