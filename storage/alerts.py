"""Telling one person something, and telling admins that something needs them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.delivery_keys import Subject, admin_key, group_gone_key, holder_of, piece_key
from core.desk import Desk
from core.incidents_keys import CARD, card_lost_key
from core.outgoing import Outgoing, Place, Priority, Rows, message_params
from core.people_keys import OFFERED_TO, handover_lost_key
from core.readers import language_of
from core.split import split_message
from core.texts import TextArg
from storage import outbox, people
from storage.engine import Tx
from storage.settle import Result, Settled
from storage.tables import GroupRow, HandoverRow, IncidentRow, PersonRow, SlotRow

Undelivered = Callable[[Tx, Sequence[Settled], Sequence[GroupRow], datetime], Awaitable[None]]


@dataclass(frozen=True)
class News:
    """What somebody is told in a new message, once for each `key`."""

    text: str
    key: str
    priority: Priority = Priority.ALERT
    rows: Rows = ()


def tell_person(tx: Tx, desk: Desk, person: PersonRow, news: News, *, now: datetime) -> None:
    """Send a person news in their private chat; a long text goes in several messages."""
    pieces = split_message(news.text)
    for number, piece in enumerate(pieces, start=1):
        message = Outgoing(
            "sendMessage",
            message_params(piece, news.rows if number == len(pieces) else ()),
            piece_key(news.key, number),
            news.priority,
            chat_id=person.telegram_id,
            person_id=person.id,
        )
        outbox.add(tx, desk.bot_id, message, now=now)


def tell_group(tx: Tx, desk: Desk, group: GroupRow, news: News, *, now: datetime) -> None:
    """Send a linked group, in its topic, news that fit one message."""
    params = message_params(news.text, news.rows, place=Place(group.chat_id, group.thread_id or None))
    message = Outgoing("sendMessage", params, news.key, news.priority, chat_id=group.chat_id)
    outbox.add(tx, desk.bot_id, message, now=now)


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


async def tell_groups_gone(tx: Tx, desk: Desk, gone: Sequence[GroupRow], *, now: datetime) -> None:
    """Tell admins of groups that have just turned out to be gone, once for each chat however many topics were linked."""
    for chat_id in dict.fromkeys(row.chat_id for row in gone):
        rows = sorted((row for row in gone if row.chat_id == chat_id), key=lambda row: row.thread_id)
        regions = dict.fromkeys(" › ".join(desk.regions.path(row.region_code)) for row in rows)
        await alert_admins(
            tx,
            desk,
            "alert-group-gone",
            key=group_gone_key(chat_id, now),
            now=now,
            title=rows[0].title,
            region="; ".join(regions),
        )


def undelivered(desk: Desk) -> Undelivered:
    """What the sender calls in the transaction in which it notes lost cards and lost groups."""

    async def tell(tx: Tx, lost: Sequence[Settled], gone: Sequence[GroupRow], now: datetime) -> None:
        await tell_groups_gone(tx, desk, gone, now=now)
        ended = {row.id for row in gone}
        for item in lost:
            await _tell_card_lost(tx, desk, item, ended, now=now)
            await _tell_offer_lost(tx, desk, item, now=now)

    return tell


async def _tell_card_lost(tx: Tx, desk: Desk, item: Settled, ended: Collection[int], *, now: datetime) -> None:
    """Tell admins of a card that its group did not get: the officer was told that it was passed on."""
    slot = await tx.get(SlotRow, item.message.slot_id)
    shown = Subject.read(slot.subject if slot else None)
    incident = await tx.get(IncidentRow, shown.id) if shown.kind == CARD else None
    if slot is None or incident is None:
        return
    group = await tx.get(GroupRow, holder_of(slot.key))
    if group is not None and group.unlinked_at is not None and group.id not in ended and slot.message_id is not None:
        return  # a mere change of a card, in a group that is known to hear nothing more
    await alert_admins(
        tx,
        desk,
        "alert-card-doubt" if item.result is Result.DOUBT else "alert-card-lost",
        key=card_lost_key(slot.id),
        now=now,
        number=str(incident.number),
        title=group.title if group else "-",
        reason=item.error or "-",
    )


async def _tell_offer_lost(tx: Tx, desk: Desk, item: Settled, *, now: datetime) -> None:
    """Tell an officer that the colleague whom they offered their post cannot be written to."""
    slot = await tx.get(SlotRow, item.message.slot_id)
    shown = Subject.read(slot.subject if slot else None)
    if slot is None or shown.kind != OFFERED_TO or slot.message_id is not None:
        return
    row = await tx.get(HandoverRow, shown.id)
    known = await people.by_ids(tx, [row.from_id, row.to_id]) if row is not None else {}
    if row is None or row.state != "offered" or len(known) < 2:
        return
    giver = known[row.from_id]
    language = language_of(desk.texts, giver)
    text = desk.texts.html(language, "handover-undelivered", name=known[row.to_id].name)
    tell_person(tx, desk, giver, News(text, handover_lost_key(row.id)), now=now)
