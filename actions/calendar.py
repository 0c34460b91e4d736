"""What comes with a moment of the calendar: its messages wait to be sent, once over restarts and kills, or it is skipped.

And what comes of a clock that cannot be trusted: nothing by time, and admins are told.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from core.calendar.calendar import Firing, Moment
from core.delivery.html_pieces import split_message
from core.delivery.keys import admin_key, group_key, hour_key, piece_key
from core.delivery.outgoing import Outgoing, Place, Priority, message_params
from core.delivery.readers import language_of
from core.desk import Desk
from core.kit.steady import Reading
from core.kit.texts import Markup
from storage.database import ahead, state
from storage.database.engine import Database, Tx
from storage.delivery import outbox
from storage.groups import linked_groups
from storage.people import people
from storage.tables import GroupRow

KEEP_TRYING = timedelta(hours=12)  # a message of a moment that could not be delivered for so long helps nobody
CHUNK = 1000  # messages added in one transaction: others who write wait no longer than for these
HELD = "clock-held"  # under which is kept since when admins know that the clock is not trusted
RIGHT = "clock-right-at"  # under which is kept when the clock was right last


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


async def release(tx: Tx, desk: Desk, *, now: datetime) -> int:
    """Let moments fire that were claimed by a clock which was ahead; gives how many there were."""
    count = await ahead.release(tx, desk.bot_id, now=now, skipped=Firing.SKIP.value)
    if count:
        state.note(tx, now=now, action="reminders-released", subject="clock", detail={"count": count})
    return count


async def told_held(tx: Tx) -> bool:
    """Whether admins know that the clock is not trusted, and not yet that it is right again."""
    return bool(await state.recall(tx, HELD))


async def tell_held(tx: Tx, desk: Desk, reading: Reading) -> bool:
    """Tell admins that nothing happens by time, because the machine's clock is wrong; False when none can be reached."""
    if not await _tell_admins(tx, desk, "alert-clock-wrong", reading):
        return False
    await state.remember(tx, HELD, reading.time.isoformat())
    detail = {"shown": reading.shown.isoformat(), "right": reading.reckoned.isoformat()}
    state.note(tx, now=reading.time, action="clock-held", subject="clock", detail=detail)
    return True


async def tell_right(tx: Tx, desk: Desk, reading: Reading) -> None:
    """Tell admins that the clock is right again, and that everything goes on."""
    await _tell_admins(tx, desk, "alert-clock-right", reading)
    await state.remember(tx, HELD, "")
    state.note(tx, now=reading.time, action="clock-right", subject="clock")


async def _tell_admins(tx: Tx, desk: Desk, text: str, reading: Reading) -> int:
    """Send every admin who can be reached a text with both times, once an hour at most; gives how many they are."""
    now, texts = reading.time, desk.texts
    messages = []
    for row in await people.admins(tx, now=now):
        language = language_of(texts, row)
        shown, right = (f"{texts.day(language, at)}, {texts.clock(language, at)}" for at in (reading.shown, now))
        params = message_params(texts.html(language, text, shown=shown, right=right))
        key = admin_key(hour_key(text, now), row.id)
        messages.append(Outgoing("sendMessage", params, key, Priority.ALERT, chat_id=row.telegram_id, person_id=row.id))
    await outbox.add_many(tx, desk.bot_id, messages, now=now)
    return len(messages)


async def keep_right(tx: Tx, *, now: datetime) -> None:
    """Keep that the clock was right at this time: at the next start it must not be earlier."""
    await state.remember(tx, RIGHT, now.isoformat())


async def right_at(tx: Tx) -> datetime | None:
    """When the clock was right last, in whatever life of the program."""
    kept = await state.recall(tx, RIGHT)
    return datetime.fromisoformat(kept) if kept else None
