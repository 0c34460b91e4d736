"""A machine's clock that goes wrong: nothing by time is done by it, nothing is lost by it, and admins hear of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from sandbox import Fault
from storage.tables import DraftRow, FiringRow, InboxRow, IncidentRow, JournalRow, OutboxRow, ReportRow
from tests.kit import START, WIB, FakeClock, Posko, copy_of, running, wib

AHEAD = "2028-02-04 07:10"
WRONG, RIGHT = "Jam server salah", "Jam server sudah benar"
BANJIR = "/insiden banjir berat air masuk gudang"


def local(moment: datetime) -> str:
    """A time as the people of the tests write it."""
    return moment.astimezone(WIB).replace(tzinfo=None).isoformat()


class Twice:
    """The program on a machine whose clock goes wrong, and Telegram, whose clock is right."""

    def __init__(self, posko: Posko, truth: FakeClock) -> None:
        self.posko, self.truth = posko, truth

    async def wait(self, **parts: float) -> None:
        """Let time pass everywhere."""
        self.truth.advance(**parts)
        await self.posko.wait(**parts)

    async def until(self, time: str) -> None:
        """Let time pass everywhere, a few hours at once, until then."""
        while (left := (wib(time) - self.truth.now()).total_seconds()) > 0:
            await self.wait(seconds=min(left, 4 * 3600))

    async def leap(self, **parts: float) -> None:
        """Let the machine's clock jump, and the program look at it."""
        self.posko.clock.leap(local(self.posko.clock.now() + timedelta(**parts)))
        await self.posko.settle()

    async def right(self) -> None:
        """Set the machine's clock right."""
        self.posko.clock.leap(local(self.truth.now()))
        await self.posko.settle()


@pytest.fixture
async def twice(database_url: str) -> AsyncIterator[Twice]:
    truth = FakeClock()
    async with running(database_url, elsewhere=truth) as posko:
        yield Twice(posko, truth)


async def done_by_time(posko: Posko) -> list[tuple[object, ...]]:
    """What the clock has done: moments, messages of theirs, what incidents have gone through, drafts that are left."""
    fired = [(row.key, row.outcome) for row in await posko.rows(FiringRow)]
    expired = [row.key for row in await posko.rows(OutboxRow, OutboxRow.state == "expired")]
    incidents = [(row.number, row.level, row.asked) for row in await posko.rows(IncidentRow)]
    drafts = [row.source for row in await posko.rows(DraftRow)]
    return [tuple(fired), tuple(expired), tuple(incidents), tuple(drafts)]


def told(posko: Posko, words: str) -> int:
    """How often the admin was told so."""
    return sum(words in message.text for message in posko.admin.messages if message.by_bot)


# A clock that is wrong, as Telegram's date says.


@pytest.mark.parametrize("days", [366, 1, -1, -366])
async def test_nothing_happens_by_a_clock_that_jumps(twice: Twice, days: int) -> None:
    """While the clock is a day or a year off, no moment, expiry, escalation or tidying happens by it."""
    posko = twice.posko
    budi = await posko.officer()
    await posko.group("Posko Linggau", "16.73")
    await posko.say(budi, BANJIR)
    await posko.say(budi, "air mulai naik di dekat gudang")
    await posko.tg.until(lambda: True)
    before = await done_by_time(posko)
    updates = len(await posko.rows(InboxRow))
    await twice.leap(days=days)
    await twice.wait(seconds=90)
    assert await done_by_time(posko) == before
    assert len(await posko.rows(InboxRow)) == updates


@pytest.mark.parametrize("days", [366, -366])
async def test_admins_are_told_once_of_a_wrong_clock_and_once_that_it_is_right(twice: Twice, days: int) -> None:
    """Admins read both times and what to do, once; and once that everything goes on."""
    posko = twice.posko
    await twice.leap(days=days)
    for _ in range(10):
        await twice.wait(minutes=20)
    assert (told(posko, WRONG), told(posko, RIGHT)) == (1, 0)
    text = next(message.text for message in posko.admin.messages if WRONG in message.text)
    shown = "4 Februari 2028" if days > 0 else "2 Februari 2026"
    assert shown in text
    assert "Rabu, 3 Februari 2027, 07.10 WIB" in text
    assert "NTP" in text
    await twice.right()
    for _ in range(3):
        await twice.wait(minutes=20)
    assert (told(posko, WRONG), told(posko, RIGHT)) == (1, 1)
    actions = [row.action for row in await posko.rows(JournalRow) if row.action.startswith("clock-")]
    assert actions == ["clock-held", "clock-right"]


@pytest.mark.parametrize("days", [366, -1])
async def test_reports_go_on_under_a_wrong_clock(twice: Twice, days: int) -> None:
    """While the clock is wrong reports are taken, answered, and stored under the right time."""
    posko = twice.posko
    budi = await posko.officer()
    await twice.leap(days=days)
    assert "07.10 WIB" in await posko.say(budi, "/lapor aman personel=18/20 tertib")
    await posko.say(budi, "/nihil")
    await twice.wait(minutes=5)
    rahmat = await posko.accept("Rahmat", await posko.invite("koordinator Lubuklinggau polri"))
    report = (await posko.rows(ReportRow))[0]
    assert abs(report.stored_at - twice.truth.now()) < timedelta(minutes=6)
    await twice.right()
    assert "Kota Lubuk Linggau" in await posko.say(rahmat, "/ringkasan")
    assert await posko.rows(OutboxRow, OutboxRow.state == "waiting") == []


async def test_what_came_due_meanwhile_is_done_when_the_clock_is_right(twice: Twice) -> None:
    """Moments that came while the clock was wrong are sent afterwards, if it is not too late for them."""
    posko = twice.posko
    budi = await posko.officer()
    await twice.until("2027-02-07 06:50")
    await twice.leap(days=30)
    await twice.wait(minutes=45)
    assert "H-7" not in posko.heard(budi)
    await twice.right()
    assert "H-7" in posko.heard(budi)


async def test_clock_that_was_wrong_before_is_set_right_at_once(twice: Twice) -> None:
    """A jump that Telegram confirms, as when a time server corrects a machine, holds nothing and is told to nobody."""
    posko = twice.posko
    budi = await posko.officer()
    await twice.until("2027-02-06 20:00")
    budi.forget()
    twice.truth.leap("2027-02-07 07:05")
    await twice.right()
    assert "H-7" in posko.heard(budi)
    assert told(posko, WRONG) == 0


async def test_without_telegram_a_jump_is_held_until_it_answers(twice: Twice) -> None:
    """While Telegram cannot be asked a clock that has jumped is not believed; its first answer decides."""
    posko = twice.posko
    before = await done_by_time(posko)
    await posko.tg.front.refuse()
    posko.clock.leap(AHEAD)
    twice.truth.leap(AHEAD)
    await posko.machine.timekeeper.tick()
    assert await done_by_time(posko) == before
    await posko.tg.front.accept()
    twice.truth.advance(seconds=20)
    posko.clock.advance(seconds=20)
    await posko.machine.timekeeper.tick()
    assert await done_by_time(posko) != before
    assert told(posko, WRONG) == 0


async def test_dates_of_a_server_in_between_do_not_count(twice: Twice) -> None:
    """Where answers are dated by a machine with the same wrong clock, the date of the next message tells."""
    posko = twice.posko
    budi = await posko.officer()
    posko.tg.front.dated = False
    await twice.wait(seconds=10)
    await posko.say(budi, "/tugas")
    before = await done_by_time(posko)
    await twice.leap(days=366)
    await twice.wait(minutes=1)
    assert await done_by_time(posko) == before
    await twice.right()
    assert "07.11 WIB" in await posko.say(budi, "/lapor aman personel=18/20")


async def test_what_was_stored_under_a_lying_date_does_not_wait_for_it(twice: Twice) -> None:
    """Answers dated hours ahead for a moment, between two looks at the clock, keep no receipt and no form waiting."""
    posko = twice.posko
    budi = await posko.officer()
    await posko.settle()
    await budi.say("/lapor aman personel=18/20")
    await budi.say("/lapor")
    twice.truth.leap("2027-02-03 20:10")
    await posko.machine.intake.round(timeout=0)
    while await posko.machine.pump.round():
        pass
    twice.truth.leap(START)
    await posko.settle()
    assert "Diterima" in posko.heard(budi)
    assert await posko.rows(OutboxRow, OutboxRow.state == "waiting") == []
    assert [row.updated_at for row in await posko.rows(DraftRow) if row.updated_at > twice.truth.now()] == []


# Over a restart.


async def test_start_with_a_clock_a_year_ahead_does_nothing_by_it(twice: Twice) -> None:
    """A program that starts on a machine whose clock is a year ahead holds everything by time until it is right."""
    posko = twice.posko
    before = await done_by_time(posko)
    posko.clock.leap(AHEAD)
    await posko.restart()
    await posko.settle()
    assert await done_by_time(posko) == before
    assert told(posko, WRONG) == 1
    posko.clock.leap(START)
    await posko.restart()
    await posko.settle()
    assert told(posko, RIGHT) == 1


# A clock that was believed, as Telegram was as wrong, or gave no date.


async def mornings(posko: Posko) -> list[str]:
    """Live until H-7 on the way to the event, hour by hour, and give what was done by the calendar."""
    while posko.clock.now() < wib("2027-02-07 09:00"):
        await posko.wait(hours=1)
    return sorted(row.key for row in await posko.rows(FiringRow, FiringRow.outcome == "fire"))


@pytest.mark.parametrize("restarts", [False, True])
async def test_moments_that_lie_ahead_again_fire(database_url: str, template: object, restarts: bool) -> None:
    """After a year ahead and back every reminder of the days to come is sent as if nothing had been, once."""
    heard = []
    for goes_ahead in (False, True):
        async with running(copy_of(template, template.parent / f"{restarts}{goes_ahead}.db")) as posko:  # type: ignore[attr-defined, arg-type]
            budi = await posko.officer()
            group = await posko.group("Posko Linggau", "16.73")
            if goes_ahead:
                await posko.at("2027-02-04 07:10")
                await posko.at("2027-02-07 07:05")
                await posko.at(AHEAD)
                if restarts:
                    await posko.restart()
                posko.clock.leap(START)
                if restarts:
                    await posko.restart()
                await posko.settle()
            posko.forget(budi, group)
            budi.forget()
            fired = await mornings(posko)
            heard.append((fired, posko.heard(budi), posko.heard(budi, group)))
    assert heard[0][0] == heard[1][0]
    assert heard[0][1:] == heard[1][1:]
    assert any(key.startswith("countdown/2027-02-07") for key in heard[0][0])
    assert "H-7" in heard[0][1]


async def test_clock_a_day_back_takes_no_post_away(posko: Posko) -> None:
    """Who enrolled "tomorrow" holds the post, is answered, and is asked for what is due."""
    await posko.at("2027-02-04 07:10")
    budi = await posko.accept("Budi", await posko.invite("petugas LAPAS-1673"))
    rahmat = await posko.accept("Rahmat", await posko.invite("koordinator Lubuklinggau polri"))
    posko.clock.leap(START)
    await posko.settle()
    assert "LAPAS-1673" in await posko.say(budi, "/tugas")
    assert "Diterima" in await posko.say(budi, "/lapor aman personel=18/20 tertib")
    assert "Kota Lubuk Linggau" in await posko.say(rahmat, "/ringkasan")


async def test_what_was_put_off_ahead_does_not_wait_for_a_year(posko: Posko) -> None:
    """A message that Telegram parked while the clock was ahead goes out when it is back."""
    budi = await posko.officer()
    await posko.at(AHEAD)
    posko.tg.faults.add(Fault("flood", method="sendMessage", retry_after=60))
    await posko.say(budi, "/tugas")
    posko.clock.leap(START)
    await posko.settle()
    await posko.wait(minutes=2)
    assert await posko.rows(OutboxRow, OutboxRow.state == "waiting") == []
    assert "LAPAS-1673" in posko.heard(budi)


async def test_clock_set_back_by_minutes_keeps_nobody_waiting(posko: Posko) -> None:
    """What came in or waited to go out just before a clock was set back by half an hour is done at once."""
    budi = await posko.officer()
    posko.tg.faults.add(Fault("bad_gateway", method="sendMessage"))
    await posko.say(budi, "/tugas")
    await budi.say("/lapor aman personel=18/20")
    await posko.machine.intake.round(timeout=0)
    posko.clock.leap("2027-02-03 06:40")
    await posko.machine.timekeeper.tick()
    await posko.wait(seconds=2)
    await posko.wait(seconds=2)
    assert "Diterima" in posko.heard(budi)
    assert await posko.rows(OutboxRow, OutboxRow.state == "waiting") == []
