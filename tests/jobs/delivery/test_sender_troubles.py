"""The way out in bad times: broken connections, outages, kills, a database that is held."""

from __future__ import annotations

import asyncio
import logging

import pytest
from sqlalchemy import select, text

from core.delivery.limits import Limiter
from core.delivery.outgoing import Priority
from jobs.delivery.sender import Sender
from sandbox import Fault, LocalTelegram
from storage.database.engine import Database
from storage.delivery import outbox
from storage.tables import OutboxRow
from tests.jobs.conftest import AnyApplication
from tests.storage_kit import (
    BOT,
    FakeClock,
    a_message,
    add_notice,
    add_person,
    impatient,
    notice_outcome,
    opened,
    put,
    rows,
    show,
    states,
    waiting,
)


@pytest.fixture
def sender(db: Database, app: AnyApplication, clock: FakeClock) -> Sender:
    return Sender(db, app.bot, bot_id=BOT, clock=clock, limiter=Limiter(None))


def texts(tg: LocalTelegram) -> list[str]:
    """Everything that the local Telegram posted, even if its answer was lost."""
    return [event.message.json["text"] for event in tg.events if event.message.by_bot]


async def later(sender: Sender, clock: FakeClock, seconds: float = 61) -> None:
    """Let time pass and send what may go."""
    clock.advance(seconds)
    await sender.drain()


async def a_notice(db: Database, tg: LocalTelegram, *names: str) -> int:
    """Add a notice to these people and give its key."""
    people = [tg.person(name, started=True) for name in names]
    readers = {await add_person(db, person.id, person.name): person.id for person in people}
    return await add_notice(db, next(iter(readers)), readers)


# Unknown outcomes: Telegram did it, and the connection broke before it could say so.


async def test_alert_with_unknown_outcome_is_repeated(
    db: Database, tg: LocalTelegram, sender: Sender, clock: FakeClock
) -> None:
    """An alert whose answer was lost is sent again: twice is better than never."""
    budi = tg.person("Budi", started=True)
    tg.faults.add(Fault("drop_after"))
    await put(db, a_message("a", chat=budi.id))
    await sender.drain()
    await later(sender, clock)
    assert texts(tg) == ["a", "a"]


async def test_card_with_unknown_outcome_is_repeated(
    db: Database, tg: LocalTelegram, sender: Sender, clock: FakeClock
) -> None:
    """A card whose answer was lost is sent again."""
    group = tg.group("Posko", [tg.person("Sari")])
    tg.faults.add(Fault("drop_after"))
    await show(db, "card", "one", place=(group.id, None))
    await sender.drain()
    await later(sender, clock)
    assert await states(db) == {"slot:card": "sent"}


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "garbage"])
async def test_notice_with_unknown_outcome_is_listed(
    db: Database, tg: LocalTelegram, sender: Sender, clock: FakeClock, fault: str
) -> None:
    """A notice whose answer was lost is not repeated but listed as in doubt, by name."""
    notice = await a_notice(db, tg, "Budi", "Sari")
    tg.faults.add(Fault(fault))  # type: ignore[arg-type]
    await sender.drain()
    await later(sender, clock)
    found = await notice_outcome(db, notice)
    assert (found.sent, found.doubt, len(found.in_doubt)) == (1, 1, 1)
    assert len(tg.calls.of("sendMessage")) == 2


async def test_alert_that_did_not_arrive_is_repeated(
    db: Database, tg: LocalTelegram, sender: Sender, clock: FakeClock
) -> None:
    """An alert whose connection broke before Telegram acted is sent again and arrives once."""
    budi = tg.person("Budi", started=True)
    tg.faults.add(Fault("drop_before"))
    await put(db, a_message("a", chat=budi.id))
    await sender.drain()
    await later(sender, clock)
    assert texts(tg) == ["a"]


async def test_refused_connection_loses_and_doubles_nothing(
    db: Database, tg: LocalTelegram, sender: Sender, clock: FakeClock
) -> None:
    """While no connection comes about, messages of all kinds wait, and then each arrives once."""
    notice = await a_notice(db, tg, "Budi")
    sari = tg.person("Sari", started=True)
    await put(db, a_message("alert", chat=sari.id))
    async with tg.unreachable():
        await sender.drain()
        assert set((await states(db)).values()) == {"waiting"}
    await later(sender, clock)
    assert len(texts(tg)) == 2
    assert (await notice_outcome(db, notice)).sent == 1


@pytest.mark.parametrize("fault", ["restart", "bad_gateway"])
async def test_server_errors_are_tried_again_later(
    db: Database, tg: LocalTelegram, sender: Sender, clock: FakeClock, fault: str
) -> None:
    """A 5xx means that Telegram did nothing: even a notice is sent again, after a while."""
    notice = await a_notice(db, tg, "Budi")
    tg.faults.add(Fault(fault))  # type: ignore[arg-type]
    await sender.drain()
    await sender.drain()
    assert len(tg.calls.of("sendMessage")) == 1
    await later(sender, clock)
    assert (await notice_outcome(db, notice)).sent == 1


async def test_later_messages_of_a_chat_do_not_overtake_a_failed_one(
    db: Database, tg: LocalTelegram, sender: Sender, clock: FakeClock
) -> None:
    """While a message waits for its next attempt, the chat's others wait behind it."""
    budi = tg.person("Budi", started=True)
    tg.faults.add(Fault("restart"))
    await put(db, a_message("1", chat=budi.id), a_message("2", chat=budi.id))
    await sender.drain()
    await later(sender, clock)
    assert texts(tg) == ["1", "2"]


async def test_message_that_always_fails_does_not_silence_its_chat(
    db: Database, tg: LocalTelegram, sender: Sender, clock: FakeClock
) -> None:
    """A message that always gets a 5xx lets the others pass after three attempts, and is sent when it can be."""
    budi = tg.person("Budi", started=True)
    fault = tg.faults.add(Fault("restart", "sendLocation", times=None))
    where = {"latitude": -3.0, "longitude": 104.7}
    await put(db, a_message("1", chat=budi.id, method="sendLocation", params=where), a_message("2", chat=budi.id))
    for seconds in (0, 1, 2):
        assert await states(db) == {"1": "waiting", "2": "waiting"}
        await later(sender, clock, seconds)
    await sender.drain()
    assert (fault.hits, await states(db)) == (3, {"1": "waiting", "2": "sent"})
    for _ in range(15):
        await later(sender, clock, 301)
    assert (fault.hits, await states(db)) == (18, {"1": "waiting", "2": "sent"})
    tg.faults.clear()
    await later(sender, clock, 301)
    assert await states(db) == {"1": "sent", "2": "sent"}


async def test_message_whose_answer_is_always_lost_is_given_up(
    db: Database, tg: LocalTelegram, sender: Sender, clock: FakeClock
) -> None:
    """A message that may have arrived eight times is in doubt and not sent again; a 5xx between does not count."""
    budi = tg.person("Budi", started=True)
    tg.faults.add(Fault("restart", "sendMessage", times=5))
    tg.faults.add(Fault("drop_after", "sendMessage", times=None))
    await put(db, a_message("a", chat=budi.id))
    for _ in range(20):
        await later(sender, clock, 301)
    assert (texts(tg), await states(db)) == (["a"] * 8, {"a": "doubt"})


# Outages.


async def test_outage_is_said_once(
    db: Database, tg: LocalTelegram, sender: Sender, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    """An outage is logged once when it begins and once when it is over."""
    people = [tg.person("P", started=True) for _ in range(20)]
    await put(db, *(a_message(f"{person.id}", chat=person.id) for person in people))
    with caplog.at_level(logging.WARNING, "jobs.delivery.sender"):
        async with tg.unreachable():
            for _ in range(5):
                await later(sender, clock)
        await later(sender, clock)
    assert [record.message.partition(" (")[0] for record in caplog.records] == [
        "Telegram cannot be reached",
        "Telegram can be reached again; what waited is being sent",
    ]


async def test_calls_that_fail_together_are_one_failure(
    db: Database, tg: LocalTelegram, sender: Sender, clock: FakeClock
) -> None:
    """However many calls were on their way when the line broke, the next attempt follows within a second."""
    people = [tg.person("P", started=True) for _ in range(50)]
    await put(db, *(a_message(f"{person.id}", chat=person.id) for person in people))
    async with tg.unreachable():
        await sender.drain()
    await later(sender, clock, 1)
    assert len(texts(tg)) == 50


async def test_refused_token_loses_nothing(
    db: Database, tg: LocalTelegram, sender: Sender, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    """When Telegram refuses the token of a running program, messages wait until it takes it again."""
    budi = tg.person("Budi", started=True)
    await put(db, a_message("a", chat=budi.id))
    path, tg.front._bot_path = tg.front._bot_path, "/bot999:other/"
    await sender.drain()
    assert await states(db) == {"a": "waiting"}
    assert "refuses the token" in caplog.text
    tg.front._bot_path = path
    await later(sender, clock)
    assert texts(tg) == ["a"]


# Kills.


async def test_notice_interrupted_by_a_kill_is_in_doubt(db: Database, tg: LocalTelegram, sender: Sender) -> None:
    """A notice that was being handed over when the program died is listed as in doubt and not sent again."""
    notice = await a_notice(db, tg, "Budi")
    handed = [item.id for item in await waiting(db)]
    await db.write(lambda tx: outbox.mark_sending(tx, handed))
    await sender.recover()
    await sender.drain()
    assert (await notice_outcome(db, notice)).in_doubt == ("Budi",)
    assert texts(tg) == []


async def test_tap_answer_interrupted_by_a_kill_is_dropped(db: Database, sender: Sender) -> None:
    """An answer to a tap that was being handed over when the program died is dropped."""
    await put(db, a_message("a", chat=None, method="answerCallbackQuery", priority=Priority.ANSWER, once=True))
    handed = [item.id for item in await waiting(db)]
    await db.write(lambda tx: outbox.mark_sending(tx, handed))
    await sender.recover()
    assert await states(db) == {"a": "expired"}


async def test_alert_interrupted_by_a_kill_is_sent(db: Database, tg: LocalTelegram, sender: Sender) -> None:
    """An alert is still waiting after a kill, whether it was on its way or not."""
    budi = tg.person("Budi", started=True)
    await put(db, a_message("a", chat=budi.id))
    await sender.recover()
    await sender.drain()
    assert texts(tg) == ["a"]


async def test_notice_is_marked_before_it_is_handed_over(db: Database, tg: LocalTelegram, sender: Sender) -> None:
    """At the moment a notice reaches Telegram, the database says already that it was handed over."""
    await a_notice(db, tg, "Budi")
    fault = tg.faults.add(Fault("latency", seconds=0.2))
    await sender.step()
    assert set((await states(db)).values()) == {"sending"}
    await sender.finish()
    assert fault.hits == 1


# A database that is held by another program.


async def test_outcome_is_noted_when_the_database_is_free_again(
    db: Database, tg: LocalTelegram, sender: Sender
) -> None:
    """An outcome that could not be written at once is written later, and the message is not sent again."""
    budi = tg.person("Budi", started=True)
    await put(db, a_message("1", chat=budi.id), a_message("2", chat=budi.id))
    await impatient(db)
    async with opened(db.url) as other, other.engine.execution_options(write=True).connect() as holder:
        await holder.execute(text("DELETE FROM meta"))
        await sender.step()
        await sender.finish()
        await holder.rollback()
    await sender.drain()
    assert texts(tg) == ["1", "2"]
    assert await rows(db, select(OutboxRow.state).distinct()) == [("sent",)]


async def test_held_database_does_not_end_the_sender(db: Database, tg: LocalTelegram, sender: Sender) -> None:
    """A notice that cannot be marked because the database is held is sent when it is free."""
    notice = await a_notice(db, tg, "Budi")
    await sender.recover()
    await impatient(db)
    stopping = asyncio.Event()
    async with opened(db.url) as other, other.engine.execution_options(write=True).connect() as holder:
        await holder.execute(text("DELETE FROM meta"))
        assert await sender._guarded() > 0
        await holder.rollback()
    running = asyncio.create_task(sender.run(stopping))
    await tg.until(lambda: len(texts(tg)) == 1)
    stopping.set()
    await asyncio.wait_for(running, 5)
    assert (await notice_outcome(db, notice)).sent == 1


async def test_stop_finishes_what_is_on_its_way(db: Database, tg: LocalTelegram, sender: Sender) -> None:
    """A sender that is told to stop waits for its calls and notes their outcomes."""
    budi = tg.person("Budi", started=True)
    stopping = asyncio.Event()
    await put(db, a_message("a", chat=budi.id))
    running = asyncio.create_task(sender.run(stopping))
    await tg.until(lambda: len(tg.calls.of("sendMessage")) == 1)
    stopping.set()
    await asyncio.wait_for(running, 5)
    assert await states(db) == {"a": "sent"}


async def test_waking_sends_what_was_added(db: Database, tg: LocalTelegram, sender: Sender) -> None:
    """A sender that sleeps sends a new message as soon as it is woken."""
    budi = tg.person("Budi", started=True)
    stopping = asyncio.Event()
    running = asyncio.create_task(sender.run(stopping))
    await asyncio.sleep(0)
    await put(db, a_message("a", chat=budi.id))
    sender.wake()
    await budi.hears("a")
    stopping.set()
    await asyncio.wait_for(running, 5)
