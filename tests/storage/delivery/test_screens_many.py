"""Many self-editing messages at once, and one that is sent anew below."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import event, select

from core.delivery.outgoing import Priority
from storage.database.engine import Database, Tx
from storage.delivery import screens, settle
from storage.delivery.screens import LINK, Pointer, Shown
from storage.delivery.settle import Result, Settled
from storage.tables import OutboxRow, ScreenRow
from tests.storage_kit import BOT, NOW, one, rows, states, waiting

SUPERGROUP = -1001234567890
POINTER = Pointer("below", f'<a href="{LINK}">below</a>')


def a_screen(key: str, words: str, *, chat: int = SUPERGROUP, thread: int | None = None) -> Shown:
    return Shown(key, "incident:1", (chat, thread), {"text": words})


async def show_all(db: Database, *shown: Shown) -> None:
    await db.write(lambda tx: screens.show_all(tx, BOT, shown, now=NOW))


async def show_below(db: Database, shown: Shown) -> None:
    await db.write(lambda tx: screens.show_below(tx, BOT, shown, POINTER, now=NOW))


async def sent(db: Database, *message_ids: int) -> None:
    """Let everything that waits be sent, as messages with these ids."""
    items = await waiting(db)
    outcomes = [Settled(item, Result.SENT, message_id=number) for item, number in zip(items, message_ids, strict=True)]
    await db.write(lambda tx: settle.settle(tx, outcomes, now=NOW))


async def texts(db: Database) -> list[tuple[str, int | None]]:
    """What waits to be sent, with the message that it changes."""
    return [
        (item.params["text"], item.screen_message_id or item.params.get("message_id")) for item in await waiting(db)
    ]


@contextmanager
def statements(db: Database) -> Iterator[list[str]]:
    """Note every statement that writes or reads rows."""
    seen: list[str] = []

    def note(*args: Any) -> None:
        seen.append(str(args[2]))

    engines = [db.engine.sync_engine, db._writer.sync_engine]
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


async def test_many_cost_no_more_statements_than_few(db: Database) -> None:
    """Twelve cards are shown, and shown anew, in as many statements as two."""
    counts = []
    for number in (2, 12):
        keys = [f"{number}:{place}" for place in range(number)]
        for words in ("one", "two"):
            with statements(db) as seen:
                await show_all(db, *(a_screen(key, words, chat=-place - 1) for place, key in enumerate(keys)))
            counts.append(len([text for text in seen if text.startswith(("SELECT", "UPDATE", "INSERT"))]))
            await sent(db, *range(1, len(await waiting(db)) + 1))
    # The changed screens themselves are written in one executemany.
    assert counts[:2] == counts[2:]


async def test_only_what_has_changed_is_sent(db: Database) -> None:
    """Of many cards shown at once those that show the same already wait for nothing."""
    await show_all(db, a_screen("a", "one"), a_screen("b", "one"))
    await sent(db, 7, 8)
    await show_all(db, a_screen("a", "one"), a_screen("b", "two"), a_screen("c", "new"))
    assert sorted(await texts(db)) == [("new", None), ("two", 8)]


async def test_the_old_message_points_to_the_new_one_once_it_is_sent(db: Database) -> None:
    """The pointer waits for the new message's address, is added once, and changes only the old message."""
    await show_all(db, a_screen("card", "one"))
    await sent(db, 7)
    await show_below(db, a_screen("card", "one"))
    await show_below(db, a_screen("card", "one"))
    assert await texts(db) == [("one", None)]
    await sent(db, 9)
    assert await texts(db) == [('<a href="https://t.me/c/1234567890/9">below</a>', 7)]
    await sent(db, 7)
    await show_all(db, a_screen("card", "two"))
    await sent(db, 9)
    assert await rows(db, select(OutboxRow.key).where(OutboxRow.key.startswith("pointer:"))) != []
    assert await waiting(db) == []
    assert await rows(db, select(ScreenRow.message_id, ScreenRow.pointer)) == [(9, None)]


async def test_an_edit_on_its_way_does_not_become_the_new_message(db: Database) -> None:
    """An edit of the old message that is noted after the card moved below leaves the new one to be sent, and pointed to."""
    await show_all(db, a_screen("card", "one", thread=5))
    await sent(db, 7)
    await show_all(db, a_screen("card", "two"))
    (edit,) = await waiting(db)
    await show_below(db, a_screen("card", "two", thread=5))
    await db.write(lambda tx: settle.settle(tx, [Settled(edit, Result.SENT)], now=NOW))
    assert await texts(db) == [("two", None)]
    await sent(db, 9)
    assert await texts(db) == [('<a href="https://t.me/c/1234567890/5/9">below</a>', 7)]


async def test_a_card_that_never_arrived_is_sent_when_it_is_asked_for(db: Database) -> None:
    """A card that was buried before it was ever sent goes out when somebody asks for it, and points from nowhere."""
    await show_all(db, a_screen("card", "one"))
    (item,) = await waiting(db)
    await db.write(lambda tx: settle.settle(tx, [Settled(item, Result.BURIED, error="muted")], now=NOW))
    await show_below(db, a_screen("card", "one"))
    assert await texts(db) == [("one", None)]
    await sent(db, 9)
    assert await waiting(db) == []


async def test_a_group_that_moved_points_to_nothing(db: Database) -> None:
    """When a group gets another id, its old messages are out of reach: nothing is edited by their numbers."""
    await show_all(db, a_screen("card", "one", chat=-5))
    await sent(db, 7)
    await show_below(db, a_screen("card", "one", chat=-5))
    await db.write(lambda tx: settle.move_chat(tx, BOT, -5, SUPERGROUP))
    await sent(db, 9)
    assert (await waiting(db), await one(db, select(ScreenRow.message_id))) == ([], 9)
    assert await states(db) == {"slot:card": "sent"}


async def test_what_shows_a_subject_is_found_in_its_own_transaction(db: Database) -> None:
    """A card that is shown in this very transaction counts among those that show the incident."""
    await show_all(db, a_screen("a", "one"))

    async def work(tx: Tx) -> list[str]:
        await screens.show_all(tx, BOT, [a_screen("b", "one")], now=NOW)
        return sorted(screen.key for screen in await screens.showing(tx, BOT, "incident:1"))

    assert await db.write(work) == ["a", "b"]


async def test_an_edit_may_be_less_urgent_than_the_message(db: Database) -> None:
    """What is edited lets new messages go first; sent anew below, it is as urgent as at first, even if an edit waits."""
    card = replace(a_screen("old", "one"), priority=Priority.ALERT, edited=Priority.CARD)
    await show_all(db, card)
    assert [item.priority for item in await waiting(db)] == [Priority.ALERT]
    await sent(db, 7)
    changed = replace(card, params={"text": "two"})
    await show_all(db, changed, replace(card, key="new", params={"text": "new"}))
    assert await texts(db) == [("new", None), ("two", 7)]
    await show_below(db, changed)
    assert [item.priority for item in await waiting(db)] == [Priority.ALERT] * 2


async def test_a_subject_is_loaded_once_in_a_transaction(db: Database) -> None:
    """Who asks again what shows a subject costs no statement, and sees what this very transaction has changed."""
    await show_all(db, a_screen("a", "one"), a_screen("b", "one"))

    async def work(tx: Tx) -> tuple[list[str], list[str]]:
        await screens.showing(tx, BOT, "incident:1", "sos:1")
        await screens.show_all(
            tx, BOT, [a_screen("c", "new"), replace(a_screen("a", "one"), subject="moved:1")], now=NOW
        )
        with statements(db) as seen:
            found = sorted(screen.key for screen in await screens.showing(tx, BOT, "incident:1"))
        return found, seen

    assert await db.write(work) == (["b", "c"], [])


async def test_what_a_message_is_found_by_changes_without_an_edit(db: Database) -> None:
    """A message that shows the same about something else is found by that from now on, and is not edited."""
    await show_all(db, a_screen("a", "one"))
    await sent(db, 7)
    await show_all(db, replace(a_screen("a", "one"), subject="incident:2"))
    assert await texts(db) == []
    assert await one(db, select(ScreenRow.subject)) == "incident:2"
