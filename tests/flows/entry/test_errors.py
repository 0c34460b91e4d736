"""What nobody expected: it is retried, set aside, told, logged, and harms nobody else."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from core.delivery.backoff import HANDLER_DELAYS
from core.kit.logs import RedactingFormatter
from storage.tables import InboxRow, ReportRow
from tests.kit import Posko

BAD = "rusakkan"  # a report with this word fails in the database, as a full disk or a fault of ours would


async def break_reports(posko: Posko) -> None:
    """Make the database refuse reports that hold the bad word."""
    trigger = f"CREATE TRIGGER bad BEFORE INSERT ON reports WHEN NEW.text LIKE '%{BAD}%' BEGIN SELECT RAISE(ABORT, 'bad'); END"
    await posko.db.write(lambda tx: tx.execute(text(trigger)))


async def mend_reports(posko: Posko) -> None:
    """Let the database take everything again."""
    await posko.db.write(lambda tx: tx.execute(text("DROP TRIGGER bad")))


async def let_it_fail_for_good(posko: Posko) -> None:
    """Let all the delays pass between the attempts."""
    for seconds in (*HANDLER_DELAYS, 1):
        await posko.wait(seconds=seconds)


async def test_neighbours_in_the_batch_lose_nothing(posko: Posko) -> None:
    """One report that fails leaves the reports that came with it untouched, and they get their receipts."""
    await break_reports(posko)
    people = [await posko.officer(f"Petugas {number}") for number in range(5)]
    for number, one in enumerate(people):
        one.forget()
        await one.say(f"/lapor aman {BAD if number == 2 else 'tertib'}")
    await posko.settle()
    receipts = ["Diterima" in posko.heard(one) for one in people]
    assert receipts == [True, True, False, True, True]
    assert len(await posko.rows(ReportRow)) == 4


async def test_a_failure_that_passes_costs_nothing(posko: Posko) -> None:
    """An update whose trouble is over at the next attempt is filed with its receipt, and nobody is bothered."""
    await break_reports(posko)
    budi = await posko.officer()
    posko.forget(posko.admin)
    await posko.say(budi, f"/lapor aman {BAD}")
    await mend_reports(posko)
    await posko.wait(seconds=HANDLER_DELAYS[0])
    assert "Diterima. L-1" in posko.heard(budi)
    assert posko.heard(posko.admin) == ""


async def test_attempts_come_at_growing_distances(posko: Posko) -> None:
    """A failing update is tried again after 2, 8, 30 and 60 seconds, not before, and then set aside."""
    await break_reports(posko)
    budi = await posko.officer()
    await posko.say(budi, f"/lapor aman {BAD}")
    attempts = []
    for seconds in HANDLER_DELAYS:
        await posko.wait(seconds=seconds - 0.5)
        before = (await posko.inbox_of(budi))[-1].attempts
        await posko.wait(seconds=0.5)
        attempts.append((before, (await posko.inbox_of(budi))[-1].attempts))
    assert attempts[:3] == [(1, 2), (2, 3), (3, 4)]
    assert (await posko.inbox_of(budi))[-1].state == "dead"


async def test_the_person_gets_an_apology_with_a_reference(posko: Posko) -> None:
    """After the last attempt the officer is told, calmly and without a class name, with a number to give."""
    await break_reports(posko)
    budi = await posko.officer()
    await posko.say(budi, f"/lapor aman {BAD}")
    await let_it_fail_for_good(posko)
    said = posko.heard(budi)
    assert "Maaf" in said
    assert str((await posko.inbox_of(budi))[-1].update_id) in said
    assert "Error" not in said


async def test_admins_hear_of_it_once(posko: Posko) -> None:
    """Every admin gets one alert with the same reference."""
    await break_reports(posko)
    budi = await posko.officer()
    posko.forget(posko.admin)
    await posko.say(budi, f"/lapor aman {BAD}")
    await let_it_fail_for_good(posko)
    said = posko.heard(posko.admin)
    assert said.count("disisihkan") == 1
    assert str((await posko.inbox_of(budi))[-1].update_id) in said


async def test_a_failing_update_holds_back_its_own_person_only(posko: Posko) -> None:
    """While one person's update waits for its next attempt, others are served, and their own follow in order."""
    await break_reports(posko)
    budi, joko = await posko.officer(), await posko.officer("Joko", "RUTAN-1674")
    await posko.say(budi, f"/lapor aman {BAD}")
    held = await posko.say(budi, "/lapor waspada")
    served = await posko.say(joko, "/lapor aman")
    await let_it_fail_for_good(posko)
    assert (held, "Diterima" in served) == ("", True)
    assert [row.level for row in await posko.rows(ReportRow)] == ["ok", "watch"]


async def test_a_failing_update_freezes_no_group(posko: Posko) -> None:
    """In a group too a failing update holds back its own person only: another coordinator's tap is answered at once."""
    trigger = f"CREATE TRIGGER bad BEFORE INSERT ON incident_events WHEN NEW.note LIKE '%{BAD}%' BEGIN SELECT RAISE(ABORT, 'bad'); END"
    await posko.db.write(lambda tx: tx.execute(text(trigger)))
    budi, rahmat, dewi = await posko.officer(), await posko.coordinator("Rahmat"), await posko.coordinator("Dewi")
    group = await posko.group("Linggau", "16.73", members=[rahmat, dewi])
    await posko.say(budi, "/insiden banjir berat air masuk gudang")
    card = posko.last(group)
    for _ in range(5):
        await posko.say(rahmat, f"{BAD} semua", to=group, reply_to=card)
    assert (await posko.tap(dewi, "Terima", in_=group)).text != ""
    assert "Dewi" in posko.last(group).text
    held = await posko.rows(InboxRow, InboxRow.state == "waiting")
    assert {row.lane for row in held} == {rahmat.id}


async def test_who_fails_again_and_again_is_told_once_an_hour(posko: Posko) -> None:
    """However many updates of a person are set aside within an hour, they and the admins hear of it once."""
    await break_reports(posko)
    budi = await posko.officer()
    posko.forget(posko.admin)
    posko.forget(budi)
    for _ in range(3):
        await budi.say(f"/lapor aman {BAD}")
    for _ in range(4):
        await let_it_fail_for_good(posko)
    assert len(await posko.rows(InboxRow, InboxRow.state == "dead")) == 3
    assert (posko.heard(budi).count("Maaf"), posko.heard(posko.admin).count("disisihkan")) == (1, 1)


class Lines(logging.Handler):
    """Keeps the lines that the program would write."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[str] = []
        self.setFormatter(RedactingFormatter((), as_json=False))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """Every line logged while the test runs."""
    handler = Lines()
    logging.getLogger().addHandler(handler)
    yield handler.lines
    logging.getLogger().removeHandler(handler)


async def test_the_traceback_is_logged_once_with_the_update(posko: Posko, lines: list[str]) -> None:
    """All attempts together log one traceback, and its line carries the update's id."""
    await break_reports(posko)
    budi = await posko.officer()
    await posko.say(budi, f"/lapor aman {BAD}")
    await let_it_fail_for_good(posko)
    update_id = str((await posko.inbox_of(budi))[-1].update_id)
    traced = [line for line in lines if "Traceback" in line]
    assert len(traced) == 1
    assert f"[{update_id}]" in traced[0].partition("\n")[0]


@pytest.mark.parametrize(
    "update",
    [
        {"message": {"message_id": 1, "date": "gestern", "chat": {"id": 5, "type": "private"}, "text": "x"}},
        {"message": 7},
        {"callback_query": {"id": "1"}},
    ],
    ids=["date", "number", "half"],
)
async def test_an_update_that_cannot_be_read_is_set_aside_alone(posko: Posko, update: dict[str, object]) -> None:
    """One malformed update alerts the admins once and holds nobody up."""
    budi = await posko.officer()
    posko.forget(posko.admin)
    posko.tg.inject(update)
    text_ = await posko.say(budi, "/lapor aman")
    assert "Diterima" in text_
    assert posko.heard(posko.admin).count("tidak terbaca") == 1
    assert len(await posko.rows(InboxRow, InboxRow.state == "dead")) == 1


async def test_kinds_of_update_we_do_not_know_are_passed_over(posko: Posko) -> None:
    """An update of a kind that does not exist yet is done with at once, and nobody is alerted."""
    posko.forget(posko.admin)
    number = posko.tg.inject({"a_kind_of_the_future": {"id": "1"}})
    await posko.settle()
    assert (await posko.one(InboxRow, InboxRow.update_id == number)).state == "done"
    assert posko.heard(posko.admin) == ""


async def test_texts_no_database_stores_are_cleaned(posko: Posko) -> None:
    """NUL signs and halves of surrogate pairs in a message do not keep the report from being filed."""
    budi = await posko.officer()
    message = await budi.say("/lapor aman hujan")
    await posko.settle()
    odd = {**message.json, "message_id": message.id + 50, "text": "/lapor aman hujan\x00 \ud83d deras"}
    posko.tg.inject({"message": odd})
    await posko.settle()
    assert len(await posko.rows(ReportRow)) == 2


async def test_messages_go_out_when_telegram_is_back(posko: Posko) -> None:
    """A report taken in before Telegram became unreachable gets its receipt when it is reachable again."""
    budi = await posko.officer()
    posko.forget(budi)
    await budi.say("/lapor aman")
    await posko.machine.intake.round(timeout=0)
    async with posko.tg.unreachable():
        await posko.machine.pump.round()
        await posko.machine.sender.drain()
    await posko.wait(seconds=60)
    assert posko.heard(budi).count("Diterima") == 1


def test_no_row_that_a_database_quotes_is_logged() -> None:
    """Where PostgreSQL tells in a traceback what it refused, the line before and the statement stay, the row does not."""
    refused = ValueError("a value is missing\nDETAIL:  Failing row contains (7, Joko\nmengancam).\n[SQL: INSERT]")
    shown = RedactingFormatter((), as_json=False).formatException((ValueError, refused, None))
    assert shown.splitlines() == ["ValueError: a value is missing", "DETAIL: [row]", "[SQL: INSERT]"]
