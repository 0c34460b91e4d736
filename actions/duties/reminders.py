"""The messages that a moment of the calendar asks for: one a person and one a group, in their languages."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from core.calendar.calendar import Moment, ReminderKind
from core.calendar.windows import windows_closing
from core.delivery.html_pieces import split_message
from core.delivery.keys import group_key, person_key, piece_key
from core.delivery.outgoing import Outgoing, Place, Priority, message_params
from core.delivery.readers import language_in, language_of
from core.desk import Desk
from core.duties.due import DueTexts
from core.kit.texts import Markup
from core.overview.summary import summary_text
from core.people.audience import parse_audience
from storage.database.engine import Tx
from storage.duties import silent_officers
from storage.groups import linked_groups
from storage.incidents import incidents
from storage.overview.summary import situation
from storage.people import people
from storage.tables import GroupRow

BREATH = 100  # messages rendered before others get their turn
ALARMED = timedelta(hours=12)  # so long after calling for help somebody is in it, until it is over
KEEP_TRYING = timedelta(hours=12)  # a reminder that could not be delivered for so long helps nobody


async def reminders(tx: Tx, desk: Desk, moment: Moment, *, now: datetime) -> list[Outgoing]:
    """A reminder's text for its audience and its groups."""
    wanted = parse_audience(moment.reminder.to, desk.regions).audience if moment.reminder.to else None
    readers = await people.audience(tx, wanted, now=now) if wanted is not None else []
    texts: dict[str, Markup] = {}

    def text(language: str) -> Markup:
        if language not in texts:
            texts[language] = reminder_text(desk, language, moment, now=now)
        return texts[language]

    messages = [
        Outgoing(
            "sendMessage",
            message_params(text(language_of(desk.texts, row))),
            person_key(moment.key, row.id),
            Priority.SUMMARY,
            chat_id=row.telegram_id,
            expires_at=now + KEEP_TRYING,
            person_id=row.id,
        )
        for row in readers
        if row.unreachable_since is None
    ]
    for group in await _groups(tx, desk, moment):
        messages += _to_group(group, moment, text(language_in(desk.texts, group)), now=now)
    return messages


def reminder_text(desk: Desk, language: str, moment: Moment, *, now: datetime) -> Markup:
    """Render a reminder; the words come from the text it names."""
    days = desk.days_left(now)
    return desk.texts.html(
        language,
        moment.reminder.text,
        days=days,
        event=desk.event_name(language),
        date=desk.texts.day(language, desk.event_date),
    )


async def summaries(tx: Tx, desk: Desk, moment: Moment, *, now: datetime) -> list[Outgoing]:
    """The summary of each group's region."""
    messages: list[Outgoing] = []
    for group in await _groups(tx, desk, moment):
        found = await situation(tx, desk, group.region_code, now=now)
        language = language_in(desk.texts, group)
        text = summary_text(desk.texts, language, found, desk.countdown(language, now), now=now)
        messages += _to_group(group, moment, text, now=now)
    return messages


async def dues(tx: Tx, desk: Desk, moment: Moment, *, now: datetime) -> list[Outgoing]:
    """One message to each officer whose posts are silent in the windows that close next, naming them.

    Who has just called for help is not asked whether all is well.
    """
    closing = [
        (rule.posts, window)
        for rule, window in windows_closing(desk.calendar, desk.event_date, moment)
        if window.closes_at > now
    ]
    alarm = desk.forms.alarm
    alarmed = await incidents.alarmed(tx, alarm.id, since=now - ALARMED) if alarm is not None else set()
    officers = [one for one in await silent_officers(tx, desk, closing, now=now) if one.person_id not in alarmed]
    texts = DueTexts(desk.texts, desk.forms, desk.calendar, moment.reminder.text)
    messages = []
    for number, officer in enumerate(officers):
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


MESSAGES: Mapping[ReminderKind, Callable[..., Awaitable[list[Outgoing]]]] = MappingProxyType(
    {ReminderKind.REMINDER: reminders, ReminderKind.SUMMARY: summaries, ReminderKind.DUE: dues}
)


async def _groups(tx: Tx, desk: Desk, moment: Moment) -> list[GroupRow]:
    """The linked groups with one of the reminder's purposes; one linked for no purpose hears all."""
    if not moment.reminder.groups:
        return []
    wanted = {purpose.value for purpose in moment.reminder.groups}
    rows = await linked_groups(tx, desk.bot_id)
    return [row for row in rows if not row.purposes or wanted.intersection(row.purposes)]


def _to_group(group: GroupRow, moment: Moment, text: Markup, *, now: datetime) -> list[Outgoing]:
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
