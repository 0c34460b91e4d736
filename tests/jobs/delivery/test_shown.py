"""Edits that change nothing: they are done without a call, and every other edit is made."""

from __future__ import annotations

import pytest

from core.delivery.limits import Limiter
from jobs.delivery.sender import Sender
from jobs.delivery.shown import LastShown
from sandbox import Fault, LocalTelegram
from storage.database.engine import Database
from storage.delivery.outbox import Ready
from storage.delivery.settle import Result
from tests.jobs.conftest import AnyApplication
from tests.storage_kit import BOT, NOW, FakeClock, a_message, put, show, states


@pytest.fixture
def sender(db: Database, app: AnyApplication, clock: FakeClock) -> Sender:
    return Sender(db, app.bot, bot_id=BOT, clock=clock, limiter=Limiter(None))


def called(tg: LocalTelegram) -> list[str]:
    """What Telegram was asked to show, in order, refused or not."""
    return [call.params["text"] for call in tg.calls if call.method in ("sendMessage", "editMessageText")]


async def test_what_is_shown_already_is_not_edited(db: Database, tg: LocalTelegram, sender: Sender) -> None:
    """A screen that changes there and back before anything is sent needs no call, and is done."""
    budi = tg.person("Budi", started=True)
    place = (budi.id, None)
    await show(db, "a", "one", place=place)
    await sender.drain()
    for words in ("two", "one"):
        await show(db, "a", words, place=place)
    await sender.drain()
    assert called(tg) == ["one"]
    assert await states(db) == {"slot:a": "sent"}
    await show(db, "a", "two", place=place)
    await sender.drain()
    await show(db, "a", "one", place=place)
    await sender.drain()
    assert called(tg) == ["one", "two", "one"]
    assert [message.text for message in budi.messages] == ["one"]


async def test_the_same_edit_twice_is_made_once(db: Database, tg: LocalTelegram, sender: Sender) -> None:
    """A message that is edited outside a screen is edited once to the same words; with other buttons it is another."""
    budi = tg.person("Budi", started=True)
    await put(db, a_message("first", chat=budi.id))
    await sender.drain()
    words = {"text": "done", "message_id": budi.messages[0].id}
    button = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}
    for key, params in (("1", words), ("2", words), ("3", {**words, "reply_markup": button}), ("4", words)):
        await put(db, a_message(key, chat=budi.id, method="editMessageText", params=params))
        await sender.drain()
    assert called(tg) == ["first", "done", "done", "done"]
    assert set((await states(db)).values()) == {"sent"}
    assert budi.messages[0].rows == []


async def test_after_a_failure_nobody_knows_what_is_shown(
    db: Database, tg: LocalTelegram, sender: Sender, clock: FakeClock
) -> None:
    """An edit whose outcome is unknown may have been done: the one after it is made, whatever it shows."""
    budi = tg.person("Budi", started=True)
    place = (budi.id, None)
    await show(db, "a", "one", place=place)
    await sender.drain()
    tg.faults.add(Fault("drop_after", method="editMessageText"))
    await show(db, "a", "two", place=place)
    await sender.drain()
    await show(db, "a", "one", place=place)
    clock.advance(120)
    await sender.drain()
    assert [message.text for message in budi.messages] == ["one"]


async def test_a_deleted_message_is_forgotten(db: Database, tg: LocalTelegram, sender: Sender) -> None:
    """After a deletion the same words go out anew."""
    budi = tg.person("Budi", started=True)
    await put(db, a_message("first", chat=budi.id))
    await sender.drain()
    gone = {"message_id": budi.messages[0].id}
    await put(db, a_message("gone", chat=budi.id, method="deleteMessage", params=gone))
    await sender.drain()
    tg.expect_refusal("editMessageText", "message to edit not found")
    await put(db, a_message("again", chat=budi.id, method="editMessageText", params={**gone, "text": "first"}))
    await sender.drain()
    assert [message.text for message in budi.messages] == ["first"]


async def test_only_the_latest_are_remembered(app: AnyApplication, tg: LocalTelegram) -> None:
    """What is remembered is bounded: an edit of a message of long ago is made, and Telegram says that it changes nothing."""
    budi, shown = tg.person("Budi", started=True), LastShown(most=1)
    for words in ("one", "two"):
        await shown.deliver(app.bot, ready(budi.id, words), now=NOW)
    tg.expect_refusal("editMessageText", "message is not modified")
    for message in budi.messages[::-1]:
        settled = await shown.deliver(app.bot, ready(budi.id, message.text, message.id), now=NOW)
        assert (settled.result, settled.message_id) == (Result.SENT, message.id)
    assert called(tg) == ["one", "two", "one"]


def ready(chat_id: int, words: str, message_id: int | None = None) -> Ready:
    """A message of these words, or the edit of one, that may go now."""
    edit = message_id is not None
    params = {"text": words, "chat_id": chat_id, **({"message_id": message_id} if edit else {})}
    method = "editMessageText" if edit else "sendMessage"
    return Ready(1, 2, 0, method, chat_id, params, False, 0, None, None, None, None, None, None, 0, None)
