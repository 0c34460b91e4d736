"""The whole program on PostgreSQL: the same journey by the same code."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Iterator

import pytest

from storage.tables import InboxRow, IncidentRow, ReportRow
from tests.kit import running
from tests.storage_kit import Line, private_postgres


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """A PostgreSQL database of this test's own; skipped when no server runs, failing in CI."""
    with private_postgres(f"posko_flow_{os.getpid()}") as url:
        yield url


async def test_a_journey_on_postgres(postgres_url: str) -> None:
    """Enrolling, filing, a typo, a card that is taken, the summary and a notice work on PostgreSQL."""
    async with running(postgres_url, empty=True) as posko:
        budi = await posko.accept("Budi", await posko.invite("petugas LAPAS-1673"))
        rahmat = await posko.accept("Rahmat", await posko.invite("koordinator Lubuklinggau"))
        group = await posko.group("Posko Linggau", "16.73", members=[rahmat])
        await posko.say(budi, "/lapor aman personel=18/20")
        await posko.say(budi, "/lapor amna hujan")
        await posko.tap(budi, "🟢 Aman")
        await posko.say(budi, "/insiden banjir berat air naik")
        answer = await posko.tap(rahmat, "Terima", in_=group)
        text = await posko.say(rahmat, "/ringkasan")
        await posko.say(posko.admin, "/pengumuman role:officer Apel")
        await posko.tap(posko.admin, "Kirim")
        assert "Anda terima" in answer.text
        assert "Diterima Rahmat" in posko.last(group).text
        assert "Insiden terbuka: 1" in text
        assert "Apel" in posko.heard(budi)
        assert [row.number for row in await posko.rows(ReportRow)] == [1, 2, 3]
        assert (await posko.one(IncidentRow)).state == "acknowledged"


async def test_double_taps_in_one_batch_on_postgres(postgres_url: str) -> None:
    """Two presses of one button in a batch file one report on PostgreSQL too."""
    async with running(postgres_url, empty=True) as posko:
        budi = await posko.officer()
        await posko.say(budi, "/lapor personel=3/4")
        taps = [await budi.tap("🟢"), await budi.tap("🟢")]
        await posko.settle()
        answers = [(await budi.answer_of(tap)).text for tap in taps]
        assert "sudah tidak ada" in answers[1]
        assert len(await posko.rows(ReportRow)) == 1


async def test_an_outage_of_the_server_costs_nothing(postgres_url: str, caplog: pytest.LogCaptureFixture) -> None:
    """A server that cuts its connections and is away for a while loses no report, counts no attempt, and is said in two lines."""
    async with Line() as line, running(line.to(postgres_url), empty=True) as posko:
        people = [await posko.officer(f"Petugas {number}") for number in range(6)]
        stopping = asyncio.Event()
        program = asyncio.create_task(posko.machine.run(stopping))
        for one in people:
            await one.say("/lapor aman")
        await people[0].hears("Diterima", timeout=20)
        await line.cut()
        for one in people:
            await one.say("/lapor waspada hujan")
        await posko.tg.until(lambda: "is away" in caplog.text, timeout=20)
        await line.mend()
        for one in people:
            await one.hears("hujan", timeout=20)
        stopping.set()
        await asyncio.wait_for(program, 20)
        assert len(await posko.rows(ReportRow)) == 2 * len(people)
        assert [row.attempts for row in await posko.rows(InboxRow) if row.attempts] == []
    told = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert [record.message for record in told if record.exc_info] == []
    assert [record.message.partition(" (")[0].partition(" at ")[0] for record in told] == [
        "the database",
        "the database can be used again; what waited goes on",
    ]
