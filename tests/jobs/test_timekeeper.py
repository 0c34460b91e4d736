"""What happens by time: once, on time or not at all, over restarts and kills."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core.calendar.calendar import due_moments
from core.delivery.outgoing import Priority
from core.desk import Desk
from jobs.timekeeper import Timekeeper
from storage.database.engine import Database
from storage.delivery import inbox, settle
from storage.delivery.settle import Result, Settled
from storage.tables import FiringRow, InboxRow, JournalRow, NoticeRow, OutboxRow
from tests.storage_kit import (
    BOT,
    NOW,
    FakeClock,
    a_desk,
    a_message,
    add_notice,
    add_person,
    add_territory,
    an_update,
    copy_of,
    link_group,
    opened,
    put,
    rows,
    states,
    store,
    waiting,
)

MORNING = NOW + timedelta(days=3, hours=23, minutes=50)  # 07.00 WIB, seven days before the event: the first countdown
GRACE = timedelta(hours=4)
COUNTDOWN = FiringRow.key.startswith("countdown/")
GROUP = -5


@pytest.fixture
async def desk(db: Database) -> Desk:
    await add_territory(db)
    await add_person(db, 7)
    await link_group(db, GROUP)
    return await a_desk(db)


def keeper(db: Database, desk: Desk, clock: FakeClock) -> Timekeeper:
    """A timekeeper as a fresh start of the program makes it."""
    return Timekeeper(db, desk, clock=clock, since=NOW, added=lambda: None)


async def tick_at(db: Database, desk: Desk, moment: datetime) -> None:
    await keeper(db, desk, FakeClock(moment)).tick()


async def countdowns(db: Database, chat: int = 7) -> list[str]:
    """The keys of the countdown's messages to one chat."""
    found = await rows(db, select(OutboxRow.key).where(OutboxRow.chat_id == chat).order_by(OutboxRow.id))
    return [key for (key,) in found if key.startswith("countdown/")]


async def test_reminder_goes_out_at_its_time(db: Database, desk: Desk) -> None:
    """A reminder is sent at its hour, to its audience and to its groups, and not before."""
    await tick_at(db, desk, MORNING - timedelta(seconds=1))
    assert await countdowns(db) == []
    await tick_at(db, desk, MORNING)
    assert [len(await countdowns(db, chat)) for chat in (7, GROUP)] == [1, 1]


async def test_reminder_goes_out_once(db: Database, desk: Desk) -> None:
    """However often the clock ticks and the program restarts, a reminder is sent once."""
    running = keeper(db, desk, clock := FakeClock(MORNING))
    for _ in range(3):
        await running.tick()
        await tick_at(db, desk, clock.now())
        clock.advance(60)
    assert len(await countdowns(db)) == 1


async def test_every_morning_has_its_countdown(db: Database, desk: Desk) -> None:
    """A program that runs all the time counts down on each of the last seven days and on the day itself."""
    running = keeper(db, desk, clock := FakeClock(MORNING))
    for _ in range(12):
        await running.tick()
        clock.advance(86_400)
    assert len(await countdowns(db)) == 8


async def test_missed_reminder_is_caught_up(db: Database, desk: Desk) -> None:
    """A reminder that was due while the program was down is sent when it comes back in time."""
    await tick_at(db, desk, MORNING + GRACE)
    assert len(await countdowns(db)) == 1


async def test_reminder_that_is_too_late_is_skipped(db: Database, desk: Desk) -> None:
    """A reminder whose time has long passed is not sent, and the journal says so."""
    await tick_at(db, desk, MORNING + GRACE + timedelta(seconds=1))
    assert await countdowns(db) == []
    assert await rows(db, select(FiringRow.outcome).where(COUNTDOWN)) == [("skip",)]
    subjects = await rows(db, select(JournalRow.subject).where(JournalRow.action == "reminder-skipped"))
    assert [subject for (subject,) in subjects if subject.startswith("countdown/")] == ["countdown/2027-02-07T07:00"]


async def test_nothing_is_caught_up_from_before_the_installation(db: Database, desk: Desk) -> None:
    """What was due before the program was installed is neither sent nor skipped."""
    installed = MORNING + timedelta(minutes=1)
    await Timekeeper(db, desk, clock=FakeClock(installed), since=installed, added=lambda: None).tick()
    assert await rows(db, select(FiringRow.key)) == []


async def test_two_timekeepers_fire_once(db: Database, desk: Desk) -> None:
    """Two timekeepers that tick at the same moment send a reminder once."""
    async with opened(db.url) as other:
        await asyncio.gather(tick_at(db, desk, MORNING), tick_at(other, desk, MORNING))
    assert len(await countdowns(db)) == 1


async def test_sender_is_woken_by_what_was_added(db: Database, desk: Desk) -> None:
    """The sender is told when a reminder was added, and not by an idle tick."""
    told: list[int] = []
    clock = FakeClock(MORNING)
    running = Timekeeper(db, desk, clock=clock, since=MORNING - timedelta(seconds=1), added=lambda: told.append(1))
    await running.tick()
    clock.advance(1)
    await running.tick()
    assert told == [1]


STEPS = st.lists(st.integers(10, 1500), min_size=1, max_size=10)  # minutes between the ticks


@settings(max_examples=5, deadline=None)
@given(steps=STEPS)
async def test_each_morning_is_settled_once_whenever_the_program_ran(sqlite_template: Path, steps: list[int]) -> None:
    """Restarted at any times, each morning is sent once if the program ran within its grace, else skipped once."""
    moments = [MORNING - timedelta(minutes=30)]
    for minutes in steps:
        moments.append(moments[-1] + timedelta(minutes=minutes))
    with TemporaryDirectory() as folder:
        async with opened(copy_of(sqlite_template, Path(folder) / "posko.db")) as db:
            await add_territory(db)
            await add_person(db, 7)
            desk = await a_desk(db)
            for moment in moments:
                await tick_at(db, desk, moment)
            fired = dict(await rows(db, select(FiringRow.key, FiringRow.outcome).where(COUNTDOWN)))
            sent = await countdowns(db)
    found = due_moments(desk.calendar, desk.event_date, after=NOW, until=moments[-1])
    due = {one.key: one.due_at for one in found if one.key.startswith("countdown/")}
    in_time = {key: any(when <= moment <= when + GRACE for moment in moments) for key, when in due.items()}
    assert fired == {key: "fire" if reached else "skip" for key, reached in in_time.items()}
    assert len(sent) == sum(in_time.values())


# Notices.


async def a_broadcast(db: Database) -> int:
    """A notice from an admin to two people."""
    admin = await add_person(db, 9, "Admin")
    readers = {await add_person(db, chat, f"Orang {chat}"): chat for chat in (10, 11)}
    return await add_notice(db, admin, readers)


async def settle_all(db: Database, *results: Result) -> None:
    found = [item for item in await waiting(db) if item.priority == Priority.NOTICE]
    outcomes = [Settled(item, result, error="bot was blocked") for item, result in zip(found, results, strict=True)]
    await db.write(lambda tx: settle.settle(tx, outcomes, now=NOW))


async def results(db: Database) -> list[tuple[int, str]]:
    """The reports about notices: to whom, and what."""
    found = await rows(db, select(OutboxRow.chat_id, OutboxRow.params).where(OutboxRow.key.like("notice-result:%")))
    return [(chat, params["text"]) for chat, params in found]


async def test_finished_notice_is_reported_once(db: Database, desk: Desk) -> None:
    """When every message of a notice is settled its author is told what became of it, once."""
    notice = await a_broadcast(db)
    await settle_all(db, Result.SENT, Result.BURIED)
    for _ in range(3):
        await tick_at(db, desk, NOW)
    assert [chat for chat, _ in await results(db)] == [9]
    assert await rows(db, select(NoticeRow.id, NoticeRow.state)) == [(notice, "done")]


async def test_result_names_those_in_doubt(db: Database, desk: Desk) -> None:
    """The report of a notice names the people who may or may not have it."""
    await a_broadcast(db)
    await settle_all(db, Result.SENT, Result.DOUBT)
    await tick_at(db, desk, NOW)
    assert "Orang 11" in (await results(db))[0][1]


async def test_notice_under_way_is_not_reported(db: Database, desk: Desk) -> None:
    """While a message of a notice still waits, nothing is reported."""
    await a_broadcast(db)
    await settle_all(db, Result.SENT, Result.RETRY)
    await tick_at(db, desk, NOW)
    assert await results(db) == []


async def test_two_timekeepers_report_a_notice_once(db: Database, desk: Desk) -> None:
    """Two timekeepers that find the same finished notice report it once."""
    await a_broadcast(db)
    await settle_all(db, Result.SENT, Result.SENT)
    async with opened(db.url) as other:
        await asyncio.gather(tick_at(db, desk, NOW), tick_at(other, desk, NOW))
    assert len(await results(db)) == 1


# Tidying.


async def test_expired_messages_are_swept(db: Database, desk: Desk) -> None:
    """Messages that ran out of time are dropped by the clock even while nothing can be sent."""
    await put(db, a_message("a", expires_at=NOW + timedelta(seconds=5)))
    await tick_at(db, desk, NOW + timedelta(seconds=5))
    assert (await states(db))["a"] == "expired"


async def test_old_inbox_rows_are_tidied(db: Database, desk: Desk) -> None:
    """Updates done days ago are deleted by the clock."""
    await store(db, an_update(1))
    (item,) = (await db.read(lambda tx: inbox.claim(tx, BOT, now=NOW, after=None))).items
    await db.write(lambda tx: inbox.mark_done(tx, [item.id], now=NOW))
    await tick_at(db, desk, NOW + timedelta(days=3))
    assert await rows(db, select(InboxRow.id)) == []


async def test_failing_reminder_does_not_stop_the_others(
    db: Database, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """A reminder that cannot be rendered is logged once and tried until it is too late; the others go out."""
    (good,) = (item for item in desk.calendar.reminders if item.id == "countdown")
    broken = replace(good, id="broken", text="no-such-text")
    spoilt = replace(desk, calendar=replace(desk.calendar, reminders=(broken, good)))
    clock = FakeClock(MORNING)
    running = keeper(db, spoilt, clock)
    for _ in range(3):
        await running.tick()
        clock.advance(60)
    assert len(await countdowns(db)) == 1
    assert [record.message for record in caplog.records] == ["broken/2027-02-07T07:00 failed; it is tried again"]
    clock.advance(GRACE.total_seconds())
    await running.tick()
    assert ("broken/2027-02-07T07:00", "skip") in await rows(db, select(FiringRow.key, FiringRow.outcome))
