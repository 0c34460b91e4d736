"""The pump: updates become rows many to a commit, and one that fails harms nobody else."""

from __future__ import annotations

import asyncio
import itertools
import logging
import random
from collections.abc import Sequence
from datetime import datetime

import pytest
from sqlalchemy import select, text

from core.delivery.pace import Pace, Speed
from core.delivery.verdicts import Verdict
from jobs.delivery.pump import RETRIES, Pump
from storage.database import state
from storage.database.engine import Database, Tx
from storage.database.faults import DatabaseBusyError
from storage.delivery import inbox
from storage.delivery.inbox import SEEK_LIMIT, Claimed
from storage.tables import InboxRow, InboxState, JournalRow, MetaRow
from tests.storage_kit import BOT, FakeClock, an_update, impatient, one, opened, rows, store


class Recorder:
    """A processor that writes one line a update into the journal; those in `bad` break a constraint."""

    def __init__(self) -> None:
        self.batches: list[int] = []
        self.bad: set[int] = set()
        self.verdicts: dict[int, Verdict] = {}
        self.rude = False

    async def process(self, tx: Tx, batch: Sequence[Claimed], *, now: datetime) -> list[Verdict]:
        self.batches.append(len(batch))
        for item in batch:
            state.note(tx, now=now, action="did", subject=str(item.update_id))
            if item.update_id in self.bad:
                tx.add(MetaRow(key="taken", value="again"))
        return [self.verdicts.get(item.update_id, Verdict.DONE) for item in batch]

    async def apologise(self, tx: Tx, item: Claimed, *, now: datetime) -> None:
        if self.rude:
            raise LookupError
        state.note(tx, now=now, action="sorry", subject=str(item.update_id))

    async def tell_slowed(self, tx: Tx, item: Claimed, *, now: datetime) -> None:
        state.note(tx, now=now, action="slowed", subject=str(item.update_id))

    async def report_unparsable(self, tx: Tx, item: Claimed, *, now: datetime) -> None:
        state.note(tx, now=now, action="unparsable", subject=str(item.update_id))


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
async def pump(db: Database, recorder: Recorder, clock: FakeClock) -> Pump:
    await db.write(lambda tx: state.remember(tx, "taken", "first"))
    return Pump(db, recorder, bot_id=BOT, clock=clock, committed=lambda: None, passed=lambda: 0.0)


async def journal(db: Database, action: str = "did") -> list[int]:
    found = await rows(db, select(JournalRow.subject).where(JournalRow.action == action).order_by(JournalRow.id))
    return [int(subject) for (subject,) in found]


async def drain(pump: Pump) -> None:
    """Do rounds until nothing is due."""
    while await pump.round():
        pass


async def count(db: Database, wanted: InboxState) -> int:
    return await db.read(lambda tx: inbox.count(tx, wanted))


async def test_fifty_updates_share_a_commit(db: Database, pump: Pump, recorder: Recorder) -> None:
    """Updates of many people are processed fifty to a transaction."""
    await store(db, *(an_update(n, lane=n) for n in range(1, 121)))
    await drain(pump)
    assert recorder.batches == [50, 50, 20]


async def test_slow_rounds_grow_short(db: Database, recorder: Recorder, clock: FakeClock) -> None:
    """Where fifty updates take a second the next round takes ten, so that a call for help waits little; all are done."""
    seconds = itertools.count()
    pump = Pump(db, recorder, bot_id=BOT, clock=clock, committed=lambda: None, passed=lambda: next(seconds))
    await store(db, *(an_update(n, lane=n) for n in range(1, 71)))
    await drain(pump)
    assert recorder.batches == [50, 10, 5, 5]


async def test_rows_and_done_mark_become_true_together(db: Database, pump: Pump) -> None:
    """After a round the updates are done and their rows are there."""
    await store(db, an_update(1, lane=1), an_update(2, lane=2))
    await pump.round()
    assert (await journal(db), await count(db, InboxState.DONE)) == ([1, 2], 2)


async def test_order_of_a_person_is_kept(db: Database, pump: Pump) -> None:
    """Updates of one person are processed in the order in which they came."""
    await store(db, *(an_update(n, lane=n % 3) for n in range(1, 31)))
    await drain(pump)
    done = await journal(db)
    assert all(sorted(mine) == mine for mine in ([n for n in done if n % 3 == chat] for chat in range(3)))
    assert sorted(done) == list(range(1, 31))


async def test_done_updates_are_not_done_again(db: Database, pump: Pump) -> None:
    """An update that is delivered again after it was done has no effect."""
    await store(db, an_update(1))
    await drain(pump)
    await store(db, an_update(1))
    await drain(pump)
    assert await journal(db) == [1]


async def test_sender_is_told_after_the_commit(db: Database, recorder: Recorder, clock: FakeClock) -> None:
    """The sender is woken once for each batch, after it is on disk."""
    told: list[int] = []
    pump = Pump(db, recorder, bot_id=BOT, clock=clock, committed=lambda: told.append(1))
    await store(db, an_update(1))
    await drain(pump)
    assert told == [1]


async def test_failing_update_undoes_its_own_rows_only(db: Database, pump: Pump, recorder: Recorder) -> None:
    """When one update of a batch breaks a constraint, its own rows are undone and the others' are stored."""
    recorder.bad = {2}
    await store(db, *(an_update(n, lane=n) for n in (1, 2, 3)))
    await pump.round()
    assert await journal(db) == [1, 3]


async def test_failing_update_is_tried_again_with_growing_delay(
    db: Database, pump: Pump, recorder: Recorder, clock: FakeClock
) -> None:
    """A failing update is tried again after 2, 8, 30 and 60 seconds, and then no more."""
    recorder.bad = {1}
    await store(db, an_update(1))
    await drain(pump)
    for delay in (2, 8, 30, 60):
        clock.advance(delay - 0.1)
        assert await pump.round() == 0
        clock.advance(0.1)
        assert await pump.round() == 1
    clock.advance(3600)
    assert await pump.round() == 0


async def fail_for_good(pump: Pump, clock: FakeClock) -> None:
    for _ in range(6):
        await drain(pump)
        clock.advance(61)


async def test_hopeless_update_is_set_aside_with_one_apology(
    db: Database, pump: Pump, recorder: Recorder, clock: FakeClock
) -> None:
    """After its last attempt an update is kept with its reason, and its sender is told once."""
    recorder.bad = {1}
    await store(db, an_update(1))
    await fail_for_good(pump, clock)
    found = await rows(db, select(InboxRow.state, InboxRow.error))
    assert (found[0][0], "IntegrityError" in found[0][1]) == ("dead", True)
    assert await journal(db, "sorry") == [1]


async def test_failing_update_holds_back_its_person_only(
    db: Database, pump: Pump, recorder: Recorder, clock: FakeClock
) -> None:
    """While an update waits for its next attempt, later ones of its person wait behind it and others go on."""
    recorder.bad = {1}
    await store(db, an_update(1, lane=1), an_update(2, lane=1), an_update(3, lane=2))
    await drain(pump)
    assert await journal(db) == [3]
    await fail_for_good(pump, clock)
    assert await journal(db) == [3, 2]


async def test_update_that_succeeds_at_last_is_done(
    db: Database, pump: Pump, recorder: Recorder, clock: FakeClock
) -> None:
    """An update that failed twice and then works is done, and nobody hears of it."""
    recorder.bad = {1}
    await store(db, an_update(1))
    await drain(pump)
    clock.advance(2)
    await drain(pump)
    recorder.bad.clear()
    clock.advance(8)
    await drain(pump)
    assert (await journal(db), await journal(db, "sorry")) == ([1], [])


async def test_failure_is_logged_once_with_its_update(
    db: Database, pump: Pump, recorder: Recorder, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    """The traceback of a failing update is logged once, with the update's id, however often it is tried."""
    recorder.bad = {77}
    await store(db, an_update(77))
    with caplog.at_level(logging.INFO, "jobs.delivery.pump"):
        await fail_for_good(pump, clock)
    traced = [record for record in caplog.records if record.exc_info]
    assert [record.message for record in traced] == ["update 77 failed; it is tried again"]


async def test_failing_apology_holds_up_nobody(db: Database, pump: Pump, recorder: Recorder, clock: FakeClock) -> None:
    """When even the apology fails, the update is set aside and those behind it are processed."""
    recorder.bad, recorder.rude = {1}, True
    await store(db, an_update(1, lane=1))
    for _ in range(4):
        await drain(pump)
        clock.advance(61)
    await store(db, an_update(2, lane=1), an_update(3, lane=2))
    await fail_for_good(pump, clock)
    assert (await count(db, InboxState.DEAD), sorted(await journal(db))) == (1, [2, 3])


async def test_unparsable_update_is_set_aside_at_once(db: Database, pump: Pump, recorder: Recorder) -> None:
    """An update that cannot be parsed is set aside without retries, admins are told, the others are done."""
    recorder.verdicts = {1: Verdict.UNPARSABLE}
    await store(db, an_update(1, lane=1), an_update(2, lane=2))
    await drain(pump)
    assert await journal(db, "unparsable") == [1]
    assert [await count(db, wanted) for wanted in (InboxState.DEAD, InboxState.DONE)] == [1, 1]


async def test_strangers_words_are_not_kept(db: Database, pump: Pump, recorder: Recorder) -> None:
    """Of an update whose verdict says so, only that it came is kept."""
    recorder.verdicts = {1: Verdict.FORGET}
    await store(db, an_update(1, body='{"text": "rahasia"}'))
    await drain(pump)
    assert await rows(db, select(InboxRow.body, InboxRow.state)) == [("{}", "done")]


# Fairness.


async def test_taps_on_one_card_are_acted_on_in_their_order(db: Database, pump: Pump, recorder: Recorder) -> None:
    """What different people do is acted on in the order in which it came, however the persons' numbers lie."""
    lanes = random.Random(5).sample(range(1, 10_000), 120)
    await store(db, *(an_update(number, lane=lane) for number, lane in enumerate(lanes, start=1)))
    await drain(pump)
    assert await journal(db) == list(range(1, 121))


async def test_a_backlog_of_one_delays_nobody(db: Database, pump: Pump) -> None:
    """Who has a thousand updates waiting has one of them in each batch: somebody else's first is in the next one."""
    await store(db, *(an_update(n, lane=1) for n in range(1, 1001)))
    await store(db, an_update(5000, lane=2))
    await pump.round()
    assert await journal(db) == [1, 5000]


async def test_who_sends_very_many_is_slowed_and_told_once(db: Database, recorder: Recorder, clock: FakeClock) -> None:
    """After twenty at once a person's updates are acted on two a second; all of them in the end, and the person is told once."""
    pump = Pump(db, recorder, bot_id=BOT, clock=clock, committed=lambda: None, pace=Pace(Speed()))
    await store(db, *(an_update(n, lane=1) for n in range(1, 61)), an_update(99, lane=2))
    await drain(pump)
    assert len(await journal(db)) == 21
    for _ in range(41):
        clock.advance(0.51)
        await drain(pump)
    assert (len(await journal(db)), await count(db, InboxState.WAITING)) == (61, 0)
    assert len(await journal(db, "slowed")) == 1


async def test_an_alarm_of_who_is_slowed_comes_at_once(db: Database, recorder: Recorder, clock: FakeClock) -> None:
    """Who is slowed and calls for help is heard at once, before everything that waits of theirs."""
    pump = Pump(db, recorder, bot_id=BOT, clock=clock, committed=lambda: None, pace=Pace(Speed()))
    await store(db, *(an_update(n, lane=1) for n in range(1, 61)))
    await drain(pump)
    await store(db, an_update(99, lane=1, alarm=True))
    await drain(pump)
    assert (await journal(db))[-1] == 99


async def test_alarms_of_many_do_not_hide_one(db: Database, recorder: Recorder, clock: FakeClock) -> None:
    """Who calls for help once comes before those who have called already, however many they are."""
    pump = Pump(db, recorder, bot_id=BOT, clock=clock, committed=lambda: None, pace=Pace(Speed()))
    await store(db, *(an_update(n, lane=n % 60, alarm=True) for n in range(1, 181)))
    await pump.round()
    await pump.round()
    await store(db, an_update(999, lane=99, alarm=True))
    await pump.round()
    assert 999 in await journal(db)


async def test_who_asked_for_little_comes_first(db: Database, recorder: Recorder, clock: FakeClock) -> None:
    """Of those whose updates wait, who asked for little lately comes before who asked for much."""
    pump = Pump(db, recorder, bot_id=BOT, clock=clock, committed=lambda: None, pace=Pace(Speed()))
    await store(db, *(an_update(n, lane=1) for n in range(1, 16)))
    await drain(pump)
    await store(db, an_update(90, lane=1), an_update(91, lane=2))
    await drain(pump)
    assert (await journal(db))[-2:] == [91, 90]


async def test_many_failing_people_do_not_hide_the_others(
    db: Database, pump: Pump, recorder: Recorder, clock: FakeClock
) -> None:
    """However many people's updates are failing, more than one claim looks at, the others' are found."""
    many = SEEK_LIMIT + 30
    recorder.bad = set(range(1, many))
    await store(db, *(an_update(n, lane=n) for n in range(1, many)))
    await drain(pump)
    await store(db, an_update(9000, lane=9000), an_update(9001, lane=9001))
    await drain(pump)
    assert await journal(db) == [9000, 9001]


async def test_who_fails_again_delays_nobody(db: Database, pump: Pump, recorder: Recorder, clock: FakeClock) -> None:
    """Updates that have failed are tried apart from the others, a few at a time, in every second round."""
    recorder.bad = set(range(1, 41))
    await store(db, *(an_update(n, lane=n) for n in range(1, 41)))
    await drain(pump)
    clock.advance(2)
    await store(db, *(an_update(100 + n, lane=100 + n) for n in range(10)))
    recorder.batches.clear()
    await pump.round()
    await pump.round()
    await pump.round()
    assert sorted(await journal(db)) == list(range(100, 110))
    assert 10 in recorder.batches
    assert len(recorder.batches) <= 1 + 2 * (RETRIES + 1)


async def test_held_database_is_no_attempt(db: Database, pump: Pump, recorder: Recorder) -> None:
    """A database held by another program counts as no attempt, and the update is done when it is free."""
    await store(db, an_update(1))
    await impatient(db)
    async with opened(db.url) as other, other.engine.execution_options(write=True).connect() as holder:
        await holder.execute(text("DELETE FROM firings"))
        for _ in range(6):
            with pytest.raises(DatabaseBusyError):
                await pump.round()
        await holder.rollback()
    assert await one(db, select(InboxRow.attempts)) == 0
    await drain(pump)
    assert await journal(db) == [1]


async def test_running_pump_processes_what_arrives(db: Database, recorder: Recorder, clock: FakeClock) -> None:
    """A running pump that is woken processes new updates and stops when told to."""
    through, stopping = asyncio.Event(), asyncio.Event()
    pump = Pump(db, recorder, bot_id=BOT, clock=clock, committed=through.set)
    running = asyncio.create_task(pump.run(stopping))
    await store(db, an_update(1))
    pump.wake()
    await asyncio.wait_for(through.wait(), 5)
    stopping.set()
    await asyncio.wait_for(running, 5)
    assert await journal(db) == [1]
