"""What became of messages, written back for many at once."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest
from sqlalchemy import select, text

from storage.database.engine import Database, Tx
from storage.delivery import outbox, screens, settle
from storage.delivery.outbox import Ready
from storage.delivery.settle import Result, Settled
from storage.tables import GroupRow, NoticeReceiptRow, OutboxRow, ScreenRow
from tests.storage_kit import (
    BOT,
    NOW,
    a_message,
    add_notice,
    add_person,
    add_territory,
    at,
    link_group,
    notice_outcome,
    one,
    put,
    rows,
    show,
    states,
    unreachable,
    waiting,
)

WAITS_FOR_LOCK = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


async def note(db: Database, *outcomes: Settled) -> None:
    await db.write(lambda tx: settle.settle(tx, outcomes, now=NOW))


async def the_one(db: Database, *, now: datetime = NOW) -> Ready:
    (item,) = await waiting(db, now=now)
    return item


@pytest.mark.parametrize(
    ("result", "state"),
    [
        (Result.SENT, "sent"),
        (Result.RETRY, "waiting"),
        (Result.BURIED, "buried"),
        (Result.EXPIRED, "expired"),
        (Result.DOUBT, "doubt"),
    ],
)
async def test_outcome_becomes_the_state(db: Database, result: Result, state: str) -> None:
    """Each outcome leaves the message in the state that says so."""
    await put(db, a_message("a"))
    await note(db, Settled(await the_one(db), result))
    assert await states(db) == {"a": state}


async def test_reason_is_kept(db: Database) -> None:
    """A buried message keeps Telegram's words."""
    await put(db, a_message("a"))
    await note(db, Settled(await the_one(db), Result.BURIED, error="chat not found"))
    assert await rows(db, select(OutboxRow.error, OutboxRow.settled_at)) == [("chat not found", NOW)]


async def test_retry_waits_and_counts(db: Database) -> None:
    """A message to be tried again waits for its time and knows its attempts."""
    await put(db, a_message("a"))
    await note(db, Settled(await the_one(db), Result.RETRY, not_before=at(8), attempts=2))
    assert await waiting(db, now=at(7)) == []
    assert (await the_one(db, now=at(8))).attempts == 2


async def test_many_outcomes_are_noted_together(db: Database) -> None:
    """Different outcomes of many messages are written in one transaction."""
    await put(db, *(a_message(key) for key in "abc"))
    a, b, c = await waiting(db)
    await note(db, Settled(a, Result.SENT, message_id=5), Settled(b, Result.BURIED), Settled(c, Result.RETRY))
    assert await states(db) == {"a": "sent", "b": "buried", "c": "waiting"}


# Slots.


async def test_first_showing_is_a_new_message(db: Database) -> None:
    """A screen shown for the first time waits as a message without an id to edit."""
    await show(db, "card", "one", place=(-5, 77))
    item = await the_one(db)
    assert (item.params, item.screen_message_id) == ({"text": "one", "chat_id": -5, "message_thread_id": 77}, None)


async def test_edit_names_no_topic(db: Database) -> None:
    """An edit goes to the message it knows; the topic is named only when it is sent."""
    await show(db, "card", "one", place=(-5, 77))
    await note(db, Settled(await the_one(db), Result.SENT, message_id=9))
    await show(db, "card", "two", place=(-5, 77))
    item = await the_one(db)
    assert (item.params, item.screen_message_id) == ({"text": "two", "chat_id": -5}, 9)


async def test_change_while_waiting_is_folded_in(db: Database) -> None:
    """A change that comes before the first sending is sent with it, as one message."""
    await show(db, "card", "one")
    await show(db, "card", "two")
    assert (await the_one(db)).params["text"] == "two"


async def test_changes_while_in_flight_are_edited_afterwards(db: Database) -> None:
    """Changes that come while the first message is on its way become one edit with the newest content."""
    await show(db, "card", "one")
    on_its_way = await the_one(db)
    await show(db, "card", "two")
    await show(db, "card", "three")
    await note(db, Settled(on_its_way, Result.SENT, message_id=9))
    item = await the_one(db)
    assert (item.params["text"], item.screen_message_id) == ("three", 9)


async def test_change_made_while_the_old_content_is_noted_is_not_lost(db: Database) -> None:
    """A change in one transaction and the note of the sending in another leave the new content waiting."""
    await show(db, "card", "one")
    on_its_way = await the_one(db)
    noting: list[asyncio.Task[None]] = []

    async def change(tx: Tx) -> None:
        await screens.show(
            tx, BOT, screens.Shown("card", subject="s", place=(-5, None), params={"text": "two"}), now=NOW
        )
        noting.append(asyncio.create_task(note(db, Settled(on_its_way, Result.SENT, message_id=9))))
        while not db.is_sqlite and not noting[0].done() and not await one(db, WAITS_FOR_LOCK):
            pass

    await db.write(change)
    await asyncio.wait_for(noting[0], 5)
    assert (await the_one(db)).params["text"] == "two"


async def test_shown_content_is_settled(db: Database) -> None:
    """When nothing has changed meanwhile, a screen that was sent waits for nothing."""
    await show(db, "card", "one")
    await note(db, Settled(await the_one(db), Result.SENT, message_id=9))
    assert await states(db) == {"slot:card": "sent"}


async def test_unchanged_content_makes_no_message(db: Database) -> None:
    """Showing what is shown already sends nothing."""
    await show(db, "card", "one")
    await note(db, Settled(await the_one(db), Result.SENT, message_id=9))
    await show(db, "card", "one")
    assert await waiting(db) == []


async def test_edit_keeps_the_message(db: Database) -> None:
    """An edit whose answer names no message leaves the screen's message known."""
    await show(db, "card", "one")
    await note(db, Settled(await the_one(db), Result.SENT, message_id=9))
    await show(db, "card", "two")
    await note(db, Settled(await the_one(db), Result.SENT))
    await show(db, "card", "three")
    assert (await the_one(db)).screen_message_id == 9


async def test_lost_message_is_sent_anew(db: Database) -> None:
    """When the message to edit is gone, the screen's content waits to be sent as a new one."""
    await show(db, "card", "one")
    await note(db, Settled(await the_one(db), Result.SENT, message_id=9))
    await show(db, "card", "two")
    await note(db, Settled(await the_one(db), Result.LOST_SCREEN))
    item = await the_one(db)
    assert (item.params["text"], item.screen_message_id) == ("two", None)


async def test_buried_screen_rises_with_new_content(db: Database) -> None:
    """A card that could not be delivered is tried again when its content changes."""
    await show(db, "card", "one")
    await note(db, Settled(await the_one(db), Result.BURIED, error="bot was kicked"))
    await show(db, "card", "two")
    assert (await the_one(db)).params["text"] == "two"


async def test_retried_screen_counts_its_attempts_anew_after_success(db: Database) -> None:
    """A card that was sent after failures starts its next edit without old attempts."""
    await show(db, "card", "one")
    await note(db, Settled(await the_one(db), Result.RETRY, attempts=3))
    await note(db, Settled(await the_one(db), Result.SENT, message_id=9))
    await show(db, "card", "two")
    assert (await the_one(db)).attempts == 0


# Notices.


@pytest.mark.parametrize(
    ("result", "state"),
    [
        (Result.SENT, "sent"),
        (Result.BURIED, "failed"),
        (Result.EXPIRED, "failed"),
        (Result.DOUBT, "doubt"),
        (Result.RETRY, "waiting"),
    ],
)
async def test_receipt_follows_the_message(db: Database, result: Result, state: str) -> None:
    """What became of a notice for a person stands in its receipt."""
    person = await add_person(db, 7)
    await add_notice(db, person, {person: 7})
    await note(db, Settled(await the_one(db), result, error="why"))
    assert await rows(db, select(NoticeReceiptRow.state)) == [(state,)]


async def test_outcome_of_a_notice_counts_and_names(db: Database) -> None:
    """A notice's outcome counts those reached, gives the reasons of the others and names those in doubt."""
    readers = {await add_person(db, chat, f"Orang {chat}"): chat for chat in (7, 8, 9)}
    notice = await add_notice(db, next(iter(readers)), readers)
    by_chat = {item.chat_id: item for item in await waiting(db)}
    await note(
        db,
        Settled(by_chat[7], Result.SENT, message_id=1),
        Settled(by_chat[8], Result.BURIED, error="bot was blocked by the user"),
        Settled(by_chat[9], Result.DOUBT),
    )
    found = await notice_outcome(db, notice)
    assert (found.total, found.sent, dict(found.failed)) == (3, 1, {"bot was blocked by the user": 1})
    assert (found.doubt, found.in_doubt) == (1, ("Orang 9",))


# Chats.


@pytest.mark.parametrize(
    ("attempts", "flood", "held"),
    [(1, False, True), (2, False, True), (3, False, False), (99, False, False), (3, True, True)],
)
async def test_a_message_that_fails_again_and_again_waits_alone(
    db: Database, attempts: int, flood: bool, held: bool
) -> None:
    """From its third failure on a message waits alone; when Telegram says that it came too soon, its chat always waits."""
    await put(db, a_message("a"))
    item = await the_one(db)
    assert Settled(item, Result.RETRY, not_before=at(8), attempts=attempts, flood=flood).holds_chat is held


@pytest.mark.parametrize(
    ("result", "lost"), [(Result.BURIED, True), (Result.DOUBT, True), (Result.SENT, False), (Result.RETRY, False)]
)
async def test_only_a_card_that_is_given_up_is_lost(db: Database, result: Result, lost: bool) -> None:
    """A card that is buried or in doubt is lost; one that was sent or waits is not, nor is any other message."""
    await put(db, a_message("a", chat=1))
    await show(db, "card", "one")
    found = {item.slot_id is not None: Settled(item, result) for item in await waiting(db)}
    assert (found[True].card_lost, found[False].card_lost) == (lost, False)


async def test_a_group_ends_once(db: Database) -> None:
    """Of two that note the same disappearance only the first is given the group's links, all topics of them."""
    await add_territory(db)
    await link_group(db, -5, thread=3)
    await link_group(db, -5, thread=4)
    await link_group(db, -6)

    async def gone(tx: Tx) -> list[int]:
        return sorted(row.thread_id for row in await settle.chat_gone(tx, BOT, -5, now=NOW))

    assert [await db.write(gone) for _ in range(2)] == [[3, 4], []]


async def test_another_bots_link_stays(db: Database) -> None:
    """A bot that a group put out ends its own link and no other bot's."""
    await add_territory(db)
    await link_group(db, -5)
    await db.write(lambda tx: settle.chat_gone(tx, BOT + 1, -5, now=NOW))
    assert await rows(db, select(GroupRow.unlinked_at)) == [(None,)]


async def test_person_who_is_gone_is_flagged(db: Database) -> None:
    """A person whom Telegram says cannot be reached is marked so; others are not."""
    await add_person(db, 7)
    await add_person(db, 8)
    await put(db, a_message("a", chat=7))
    await note(db, Settled(await the_one(db), Result.BURIED, chat_gone=True))
    assert await unreachable(db) == {7}


async def test_group_that_is_gone_is_unlinked(db: Database) -> None:
    """A group that put the bot out is linked no more."""
    await add_territory(db)
    await link_group(db, -5)
    await put(db, a_message("a", chat=-5))
    await note(db, Settled(await the_one(db), Result.BURIED, chat_gone=True))
    assert await rows(db, select(GroupRow.unlinked_at)) == [(NOW,)]


async def test_parking_holds_one_chat_only(db: Database) -> None:
    """Everything waiting for a parked chat waits; other chats do not."""
    await put(db, a_message("a", chat=1), a_message("b", chat=1), a_message("c", chat=2))
    await db.write(lambda tx: settle.park_chat(tx, BOT, 1, until=at(30), now=at(0)))
    assert [item.params["text"] for item in await waiting(db, now=at(29))] == ["c"]


async def test_parking_shortens_no_wait(db: Database) -> None:
    """A message that waits longer than its chat is parked keeps its own time."""
    await put(db, a_message("a", not_before=at(60)))
    await db.write(lambda tx: settle.park_chat(tx, BOT, 1, until=at(30), now=at(0)))
    assert await db.read(lambda tx: outbox.next_due(tx, BOT)) == at(60)


async def test_group_is_followed_to_its_new_id(db: Database) -> None:
    """A group's link and its waiting messages move with it to the new id."""
    await add_territory(db)
    await link_group(db, -5)
    await put(db, a_message("a", chat=-5), a_message("b", chat=-6))
    await db.write(lambda tx: settle.move_chat(tx, BOT, -5, -1005))
    assert await rows(db, select(GroupRow.chat_id)) == [(-1005,)]
    assert sorted(item.params["chat_id"] for item in await waiting(db)) == [-1005, -6]


async def test_card_of_a_moved_group_is_sent_anew(db: Database) -> None:
    """A card whose group moved cannot be edited there, so its next content is a new message."""
    await show(db, "card", "one")
    await note(db, Settled(await the_one(db), Result.SENT, message_id=9))
    await show(db, "card", "two")
    await db.write(lambda tx: settle.move_chat(tx, BOT, -5, -1005))
    item = await the_one(db)
    assert (item.params["chat_id"], item.screen_message_id) == (-1005, None)


async def test_card_of_a_moved_group_can_change_later(db: Database) -> None:
    """A card that changes only after its group moved goes to the new id."""
    await show(db, "card", "one")
    await note(db, Settled(await the_one(db), Result.SENT, message_id=9))
    await db.write(lambda tx: settle.move_chat(tx, BOT, -5, -1005))
    await show(db, "card", "two")
    item = await the_one(db)
    assert (item.chat_id, item.params["chat_id"]) == (-1005, -1005)


async def test_group_linked_anew_after_its_move_is_linked_once(db: Database) -> None:
    """A group that an admin linked again under its new id does not hear everything twice."""
    await add_territory(db)
    await link_group(db, -5)
    await link_group(db, -1005)
    await db.write(lambda tx: settle.move_chat(tx, BOT, -5, -1005))
    assert await rows(db, select(GroupRow.chat_id)) == [(-1005,)]


async def test_screen_knows_what_it_shows(db: Database) -> None:
    """A screen's shown version is the one that was sent, not the newest."""
    await show(db, "card", "one")
    on_its_way = await the_one(db)
    await show(db, "card", "two")
    await note(db, Settled(on_its_way, Result.SENT, message_id=9))
    assert await rows(db, select(ScreenRow.sent_version, ScreenRow.version)) == [(1, 2)]
