"""Messages as rows: added once, taken by urgency, dropped when too old."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from core.delivery.outgoing import Attachment, Priority
from storage.database.engine import Database, Tx
from storage.delivery import outbox, settle
from storage.delivery.settle import Result, Settled
from storage.tables import OutboxRow, OutboxState
from tests.storage_kit import BOT, NOW, a_message, at, put, rows, show, states, waiting


async def settle_as(db: Database, result: Result, *keys: str) -> None:
    """Note the same outcome for these waiting messages."""

    async def work(tx: Tx) -> None:
        found = {
            row.params.get("text"): row for row in await outbox.ready(tx, BOT, now=NOW, closed={}, held=(), limit=99)
        }
        await settle.settle(tx, [Settled(found[key], result, message_id=1) for key in keys], now=NOW)

    await db.write(work)


async def test_key_makes_a_message_unique(db: Database) -> None:
    """A message added twice under one key is stored once."""
    await put(db, a_message("a"))
    await put(db, a_message("a"))
    assert await states(db) == {"a": "waiting"}


async def test_known_keys_do_not_keep_out_the_others(db: Database) -> None:
    """Adding many messages ignores those already there and stores the rest."""
    await put(db, a_message("a"))
    await put(db, *(a_message(key) for key in "abc"))
    assert sorted(await states(db)) == ["a", "b", "c"]


async def test_a_message_already_sent_is_not_added_again(db: Database) -> None:
    """The key of a message that was sent keeps a second one out."""
    await put(db, a_message("a"))
    await settle_as(db, Result.SENT, "a")
    await put(db, a_message("a"))
    assert await states(db) == {"a": "sent"}


async def test_a_second_message_of_one_key_fails_its_transaction(db: Database) -> None:
    """A single message whose key is taken makes its transaction fail: its cause was acted on before."""
    await put(db, a_message("a"))

    async def work(tx: Tx) -> None:
        outbox.add(tx, BOT, a_message("a"), now=NOW)

    with pytest.raises(IntegrityError):
        await db.write(work)


async def test_many_messages_are_added_together_or_not_at_all(db: Database) -> None:
    """When a transaction fails, none of the many messages it added is stored."""

    async def work(tx: Tx) -> None:
        await outbox.add_many(tx, BOT, [a_message(f"m{n}") for n in range(1200)], now=NOW)
        raise LookupError

    with pytest.raises(LookupError):
        await db.write(work)
    assert await states(db) == {}


async def test_more_messages_than_one_statement_takes_are_all_added(db: Database) -> None:
    """A broadcast longer than one statement's worth is stored whole."""
    await put(db, *(a_message(f"m{n}") for n in range(1200)))
    assert len(await states(db)) == 1200


async def test_most_urgent_goes_first_and_then_the_oldest(db: Database) -> None:
    """Messages leave by urgency, and in the order they were added within one urgency."""
    order = [Priority.NOTICE, Priority.CARD, Priority.ANSWER, Priority.NOTICE, Priority.ALERT]
    await put(db, *(a_message(f"{number}", priority=item) for number, item in enumerate(order)))
    assert [item.params["text"] for item in await waiting(db)] == ["2", "4", "1", "0", "3"]


async def test_message_for_later_is_not_ready(db: Database) -> None:
    """A message is not ready before its time."""
    await put(db, a_message("a", not_before=at(10)))
    assert await waiting(db, now=at(9)) == []
    assert len(await waiting(db, now=at(10))) == 1


async def test_next_due_names_the_earliest(db: Database) -> None:
    """The sender learns when the earliest waiting message may go."""
    await put(db, a_message("a", not_before=at(20)), a_message("b", not_before=at(10)))
    assert await db.read(lambda tx: outbox.next_due(tx, BOT)) == at(10)


async def test_closed_chats_are_passed_over(db: Database) -> None:
    """Messages for closed chats are left out; a call without a chat never is."""
    await put(db, a_message("a", chat=1), a_message("b", chat=2), a_message("c", chat=None))
    assert [item.params["text"] for item in await waiting(db, closed=(1,))] == ["b", "c"]


async def test_held_messages_do_not_use_up_the_limit(db: Database) -> None:
    """Rows already in hand are passed over, and as many others are given as were asked for."""
    await put(db, *(a_message(f"{n}") for n in range(6)))
    held = [item.id for item in (await waiting(db))[:3]]
    found = await db.read(lambda tx: outbox.ready(tx, BOT, now=NOW, closed={}, held=held, limit=2))
    assert [item.params["text"] for item in found] == ["3", "4"]


async def test_file_comes_back_with_its_message(db: Database) -> None:
    """A message's file is stored with it, bytes and name."""
    await put(db, a_message("a", attachment=Attachment("photo", "peta.png", b"\x89PNG\x00")))
    (item,) = await waiting(db)
    assert (item.attachment, item.attachment_name) == (b"\x89PNG\x00", "photo:peta.png")


async def test_expired_messages_are_dropped(db: Database) -> None:
    """Messages whose time has passed are dropped, the others wait on."""
    await put(db, a_message("a", expires_at=at(5)), a_message("b", expires_at=at(50)), a_message("c"))
    assert await db.write(lambda tx: outbox.expire(tx, BOT, now=at(5))) == 1
    assert await states(db) == {"a": "expired", "b": "waiting", "c": "waiting"}


@pytest.mark.parametrize(("seconds", "found"), [(4, False), (5, True)])
async def test_expiry_is_noticed_in_time(db: Database, seconds: int, found: bool) -> None:
    """Whether anything has run out of time can be asked without writing."""
    await put(db, a_message("a", expires_at=at(5)))
    assert await db.read(lambda tx: outbox.any_expired(tx, BOT, now=at(seconds))) is found


async def test_interrupted_messages_are_those_handed_over(db: Database) -> None:
    """After a kill, exactly the messages that were marked as handed over are in doubt."""
    await put(db, a_message("a", once=True), a_message("b", once=True))
    first = (await waiting(db))[0].id
    await db.write(lambda tx: outbox.mark_sending(tx, [first]))
    found = await db.read(lambda tx: outbox.interrupted(tx, BOT))
    assert [item.params["text"] for item in found] == ["a"]


async def test_recent_sends_are_told_with_chat_and_time(db: Database) -> None:
    """A fresh start can ask what was sent lately, oldest first, and where."""
    await put(db, a_message("a", chat=3), a_message("b", chat=4))
    await settle_as(db, Result.SENT, "a")
    sent = await db.read(lambda tx: outbox.recent_sends(tx, BOT, since=at(-1)))
    assert sent == [(3, NOW)]


async def test_old_settled_messages_are_deleted(db: Database) -> None:
    """Messages settled a month ago are deleted; waiting ones and those of screens are kept."""
    await put(db, a_message("a"), a_message("b"))
    await show(db, "card", "x")
    await settle_as(db, Result.SENT, "a", "x")
    assert await db.write(lambda tx: outbox.prune(tx, now=NOW + timedelta(days=31))) == 1
    assert sorted(await states(db)) == ["b", "slot:card"]


async def test_messages_of_other_bots_are_not_ours_to_send(db: Database) -> None:
    """Several bots share a database, and each sends its own messages only."""
    await db.write(lambda tx: outbox.add_many(tx, BOT + 1, [a_message("a")], now=NOW))
    assert await waiting(db) == []


async def test_presence_of_a_key_is_known_after_sending(db: Database) -> None:
    """Whether a message was ever added can be asked by its key."""
    await put(db, a_message("a"))
    await settle_as(db, Result.BURIED, "a")
    assert await db.read(lambda tx: outbox.has(tx, BOT, "a")) is True
    assert await rows(db, select(OutboxRow.state)) == [(OutboxState.BURIED,)]
