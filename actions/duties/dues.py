"""Reminding those who owe a report, before it is too late for it."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from core.calendar.calendar import Moment
from core.calendar.windows import windows_closing
from core.delivery.keys import person_key
from core.delivery.outgoing import Outgoing, Priority, message_params
from core.delivery.readers import language_of
from core.desk import Desk
from core.duties.due import DueTexts
from storage import duties
from storage.database.engine import Tx
from storage.incidents import incidents

BREATH = 100  # messages rendered before others get their turn
ALARMED = timedelta(hours=12)  # so long after calling for help somebody is in it, until it is over


async def compose(tx: Tx, desk: Desk, moment: Moment, *, now: datetime) -> list[Outgoing]:
    """Write one message to each officer whose posts are silent in the windows that close next, naming them.

    Who has just called for help is not asked whether all is well.
    """
    closing = [
        (rule.posts, window)
        for rule, window in windows_closing(desk.calendar, desk.event_date, moment)
        if window.closes_at > now
    ]
    alarm = desk.forms.alarm
    alarmed = await incidents.alarmed(tx, alarm.id, since=now - ALARMED) if alarm is not None else set()
    silent = await duties.list_silent_officers(tx, desk.forms, closing, now=now)
    texts = DueTexts(desk.texts, desk.forms, desk.calendar, moment.reminder.text)
    messages = []
    for number, officer in enumerate([one for one in silent if one.person_id not in alarmed]):
        if number % BREATH == 0:
            await asyncio.sleep(0)  # 26,000 messages take seconds: meanwhile updates come in and receipts go out
        language = language_of(desk.texts, officer)
        text, rows = texts.message(language, officer)
        messages.append(
            Outgoing(
                "sendMessage",
                message_params(text, rows),
                person_key(moment.key, officer.person_id),
                Priority.SUMMARY,
                chat_id=officer.telegram_id,
                expires_at=min(post.window.closes_at for post in officer.posts),
                person_id=officer.person_id,
            )
        )
    return messages
