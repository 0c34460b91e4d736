"""The reminders of the calendar: one to each person and each group that a moment is for, in their languages."""

from __future__ import annotations

from datetime import datetime

from actions import calendar
from core.calendar.calendar import Moment
from core.delivery.keys import person_key
from core.delivery.outgoing import Outgoing, Priority, message_params
from core.delivery.readers import language_in, language_of
from core.desk import Desk
from core.kit.texts import Markup
from core.people.audience import parse_audience
from storage.database.engine import Tx
from storage.people import people


async def compose(tx: Tx, desk: Desk, moment: Moment, *, now: datetime) -> list[Outgoing]:
    """Write a reminder to its audience and to its groups."""
    wanted = parse_audience(moment.reminder.to, desk.regions).audience if moment.reminder.to else None
    readers = await people.audience(tx, wanted, now=now) if wanted is not None else []
    texts: dict[str, Markup] = {}

    def text(language: str) -> Markup:
        if language not in texts:
            texts[language] = _text(desk, language, moment, now=now)
        return texts[language]

    messages = [
        Outgoing(
            "sendMessage",
            message_params(text(language_of(desk.texts, row))),
            person_key(moment.key, row.id),
            Priority.SUMMARY,
            chat_id=row.telegram_id,
            expires_at=now + calendar.KEEP_TRYING,
            person_id=row.id,
        )
        for row in readers
        if row.unreachable_since is None
    ]
    for group in await calendar.list_groups(tx, desk, moment):
        messages += calendar.to_group(group, moment, text(language_in(desk.texts, group)), now=now)
    return messages


def _text(desk: Desk, language: str, moment: Moment, *, now: datetime) -> Markup:
    """Render a reminder; the words come from the text it names."""
    days = desk.days_left(now)
    return desk.texts.html(
        language,
        moment.reminder.text,
        days=days,
        event=desk.event_name(language),
        date=desk.texts.day(language, desk.event_date),
    )
