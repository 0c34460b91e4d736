"""What was not delivered: who is told of a card that its group, or an offer that its receiver, does not get."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from datetime import datetime

from actions.delivery.telling import Flooded, FloodNews, News, Undelivered, tell_person
from actions.groups.gone import tell_groups_gone
from actions.people.admins import alert_admins
from core.delivery.keys import Subject, flood_key, holder_of
from core.delivery.readers import language_of
from core.desk import Desk
from core.incidents.keys import CARD, card_lost_key
from core.roster.keys import OFFERED_TO, handover_lost_key
from storage import groups, roster
from storage.database.engine import Tx
from storage.delivery import screens
from storage.delivery.settle import Result, Settled
from storage.incidents import incidents
from storage.people import people
from storage.tables import GroupRow


def undelivered(desk: Desk) -> Undelivered:
    """What the sender calls in the transaction in which it notes lost cards and lost groups."""

    async def tell(tx: Tx, lost: Sequence[Settled], gone: Sequence[GroupRow], now: datetime) -> None:
        await tell_groups_gone(tx, desk, gone, now=now)
        ended = {row.id for row in gone}
        for item in lost:
            await _tell_card_lost(tx, desk, item, ended, now=now)
            await _tell_offer_lost(tx, desk, item, now=now)

    return tell


def flooded(desk: Desk) -> Flooded:
    """What the sender calls when Telegram refuses what is sent too fast."""

    async def tell(tx: Tx, news: FloodNews, now: datetime) -> None:
        minutes, key = math.ceil(news.seconds / 60), flood_key(news.chat_id or 0, now)
        if news.chat_id is None:
            await alert_admins(tx, desk, "alert-flood", key=key, now=now, minutes=minutes)
            return
        linked = [row for row in await groups.linked_groups(tx, desk.bot_id) if row.chat_id == news.chat_id]
        if linked:
            title = linked[0].title
            await alert_admins(tx, desk, "alert-flood-group", key=key, now=now, title=title, minutes=minutes)

    return tell


async def _tell_card_lost(tx: Tx, desk: Desk, item: Settled, ended: Collection[int], *, now: datetime) -> None:
    """Tell admins of a card that its group did not get: the officer was told that it was passed on."""
    screen = await screens.find_screen(tx, item.message.slot_id)
    shown = Subject.read(screen.subject if screen else None)
    found = await incidents.get(tx, shown.id) if shown.kind == CARD and shown.id is not None else None
    if screen is None or found is None:
        return
    group = await groups.find_group(tx, holder_of(screen.key))
    if group is not None and group.unlinked_at is not None and group.id not in ended and screen.message_id is not None:
        return  # a mere change of a card, in a group that is known to hear nothing more
    await alert_admins(
        tx,
        desk,
        "alert-card-doubt" if item.result is Result.DOUBT else "alert-card-lost",
        key=card_lost_key(screen.id),
        now=now,
        number=str(found.incident.number),
        title=group.title if group else "-",
        reason=item.error or "-",
    )


async def _tell_offer_lost(tx: Tx, desk: Desk, item: Settled, *, now: datetime) -> None:
    """Tell an officer that the colleague whom they offered their post cannot be written to."""
    screen = await screens.find_screen(tx, item.message.slot_id)
    shown = Subject.read(screen.subject if screen else None)
    if screen is None or shown.kind != OFFERED_TO or screen.message_id is not None:
        return
    row = await roster.find_handover(tx, shown.id) if shown.id is not None else None
    known = await people.by_ids(tx, [row.from_id, row.to_id]) if row is not None else {}
    if row is None or row.state != "offered" or len(known) < 2:
        return
    giver = known[row.from_id]
    language = language_of(desk.texts, giver)
    text = desk.texts.html(language, "handover-undelivered", name=known[row.to_id].name)
    tell_person(tx, desk, giver, News(text, handover_lost_key(row.id)), now=now)
