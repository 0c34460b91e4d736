"""Refusals for sending too fast: one chat waits, or all of them for seconds, and nothing is lost."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

import pytest

from actions.delivery.telling import FloodNews
from core.delivery.limits import Limiter
from core.delivery.outgoing import Priority
from jobs.delivery.sender import Sender
from sandbox import Fault, LocalTelegram
from storage.database.engine import Database, Tx
from tests.jobs.conftest import AnyApplication
from tests.jobs.delivery.test_sender import a_sender, sender, texts
from tests.storage_kit import BOT, FakeClock, a_message, put

__all__ = ["sender"]


async def test_flood_parks_one_chat_only(db: Database, tg: LocalTelegram, sender: Sender, clock: FakeClock) -> None:
    """After a 429 that chat gets nothing until Telegram's time is over, and all others go on."""
    budi, sari = tg.person("Budi", started=True), tg.person("Sari", started=True)
    tg.faults.add(Fault("flood", chat_id=budi.id, retry_after=7))
    await put(db, a_message("b1", chat=budi.id), a_message("s1", chat=sari.id))
    await sender.drain()
    clock.advance(6.9)
    await put(db, a_message("b2", chat=budi.id), a_message("s2", chat=sari.id), now=clock.now())
    await sender.drain()
    assert texts(tg) == ["s1", "s2"]
    clock.advance(0.2)
    await sender.drain()
    assert texts(tg) == ["s1", "s2", "b1", "b2"]


async def test_two_people_refused_at_once_hold_nobody_else(
    db: Database, tg: LocalTelegram, sender: Sender, clock: FakeClock
) -> None:
    """When two people are refused within a second, for an hour, the next message shows that it is their own limit: others go on."""
    budi, sari, tono = (tg.person(name, started=True) for name in ("Budi", "Sari", "Tono"))
    fault = tg.faults.add(Fault("flood", "sendMessage", times=2, retry_after=3600))
    await put(db, a_message("b1", chat=budi.id), a_message("s1", chat=sari.id))
    await sender.drain()
    await put(db, a_message("t1", chat=tono.id), a_message("b2", chat=budi.id), now=clock.now())
    await sender.drain()
    clock.advance(60)
    await put(db, a_message("t2", chat=tono.id), now=clock.now())
    await sender.drain()
    assert (texts(tg), fault.hits) == (["t1", "t2"], 2)
    clock.advance(3601)
    await sender.drain()
    assert sorted(texts(tg)) == ["b1", "b2", "s1", "t1", "t2"]


async def test_everything_refused_is_tried_again_within_seconds(
    db: Database, tg: LocalTelegram, sender: Sender, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    """When everybody is refused for an hour, the most urgent message tries alone after two seconds, and then all go on at once."""
    people = [tg.person(name, started=True) for name in ("Budi", "Sari", "Tono", "Wati")]
    fault = tg.faults.add(Fault("flood", "sendMessage", times=4, retry_after=3600))
    await put(db, *(a_message(f"m{number}", chat=person.id) for number, person in enumerate(people[:3])))
    await sender.drain()
    clock.advance(2.1)
    await put(db, a_message("w", chat=people[3].id), now=clock.now())
    await sender.drain()
    await put(db, a_message("tolong", chat=people[3].id, priority=Priority.SOS), now=clock.now())
    await sender.drain()
    assert (texts(tg), fault.hits) == ([], 4)
    clock.advance(5.1)
    await sender.drain()
    assert texts(tg)[0] == "tolong"
    assert sorted(texts(tg)) == ["m0", "m1", "m2", "tolong", "w"]
    assert [record.message for record in caplog.records if "refuses everything" in record.message] != []


async def test_two_refused_with_nothing_else_to_send_are_tried_again(
    db: Database, tg: LocalTelegram, sender: Sender, clock: FakeClock
) -> None:
    """Where nothing else is sent that would show whether everything is refused, who was refused for an hour is tried in seconds."""
    people = [tg.person(name, started=True) for name in ("Budi", "Sari")]
    tg.faults.add(Fault("flood", "sendMessage", times=2, retry_after=3600))
    await put(db, *(a_message(f"m{number}", chat=person.id) for number, person in enumerate(people)))
    await sender.drain()
    for _ in range(10):
        clock.advance(1)
        await sender.drain()
    assert sorted(texts(tg)) == ["m0", "m1"]


async def test_a_long_refusal_of_everything_is_probed_every_minute(
    db: Database, tg: LocalTelegram, sender: Sender, clock: FakeClock
) -> None:
    """While everything is refused one message tries at a time, ever more seldom, and at least once a minute."""
    people = [tg.person(f"Petugas {number}", started=True) for number in range(6)]
    fault = tg.faults.add(Fault("flood", "sendMessage", times=None, retry_after=3600))
    await put(db, *(a_message(f"m{number}", chat=person.id) for number, person in enumerate(people)))
    tried: list[int] = []
    for second in range(600):
        before = fault.hits
        await sender.drain()
        tried += [second] * (fault.hits - before)
        clock.advance(1)
    assert tried[:6] == [0] * 6
    assert [after - before for before, after in pairwise(tried[5:])][:7] == [2, 5, 15, 30, 60, 60, 60]
    tg.faults.clear()
    clock.advance(60)
    await sender.drain()
    assert len(texts(tg)) == 6


async def test_who_must_know_of_refusals_is_told(
    db: Database, tg: LocalTelegram, app: AnyApplication, clock: FakeClock
) -> None:
    """Of one chat refused for long, and of everything refused, somebody is told, with the outcome in one transaction."""
    told: list[FloodNews] = []

    async def flooded(_tx: Tx, news: FloodNews, _now: datetime) -> None:
        told.append(news)

    sender = Sender(db, app.bot, bot_id=BOT, clock=clock, limiter=Limiter(None), flooded=flooded)
    people = [tg.person(name, started=True) for name in ("Budi", "Sari", "Tono")]
    tg.faults.add(Fault("flood", chat_id=people[0].id, retry_after=600))
    await put(db, a_message("a", chat=people[0].id))
    await sender.drain()
    clock.advance(700)
    tg.faults.add(Fault("flood", "sendMessage", times=3, retry_after=90))
    await put(db, *(a_message(f"m{person.id}", chat=person.id) for person in people[:2]), now=clock.now())
    await sender.drain()
    await put(db, a_message("last", chat=people[2].id), now=clock.now())
    await sender.drain()
    assert [(news.chat_id, round(news.seconds)) for news in told] == [(people[0].id, 600), (None, 90)]


async def test_parked_chat_stays_parked_over_a_restart(
    db: Database, tg: LocalTelegram, app: AnyApplication, clock: FakeClock
) -> None:
    """A new process waits out the 429 that the old one was given."""
    budi = tg.person("Budi", started=True)
    tg.faults.add(Fault("flood", chat_id=budi.id, retry_after=7))
    await put(db, a_message("a", chat=budi.id))
    await a_sender(db, app.bot, clock).drain()
    clock.advance(6)
    await a_sender(db, app.bot, clock).drain()
    assert texts(tg) == []


async def test_an_alarm_tries_a_closed_group_every_minute(
    db: Database, tg: LocalTelegram, sender: Sender, clock: FakeClock
) -> None:
    """A group closed for an hour by the refusal of an edit is tried by a call for help every minute; when that passes, all goes on."""
    group = tg.group("Posko", [tg.person("Sari", started=True)])
    fault = tg.faults.add(Fault("flood", chat_id=group.id, times=2, retry_after=3600))
    await put(db, a_message("a", chat=group.id))
    await sender.drain()
    await put(db, a_message("b", chat=group.id), a_message("tolong", chat=group.id, priority=Priority.SOS))
    for _ in range(2):
        clock.advance(59)
        await sender.drain()
        assert texts(tg) == []
        clock.advance(1.1)
        await sender.drain()
    assert (fault.hits, texts(tg)) == (2, ["tolong", "a", "b"])
