"""What the demo is made of: its clock, its steps, its transcript, its table."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.kit.clock import FileClock
from sandbox import LocalTelegram
from sandbox.demo.stage import DemoStage, StepMissingError
from sandbox.demo.stock import TABLES, take_stock
from sandbox.rehearsal.clock import MovedClock
from sandbox.rehearsal.console import SAYS, TAPS
from sandbox.rehearsal.program import Program, ProgramError
from sandbox.rehearsal.transcript import Transcript
from sandbox.world.world import Json

BEGINS = datetime(2024, 2, 6, 18, 40, tzinfo=UTC)
DEAF = "import time\ntime.sleep(600)\n"
BROKEN = "import sys\nsys.exit('posko: no such thing')\n"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[DemoStage]:
    """A stage whose bot does nothing."""
    (tmp_path / "bot.py").write_text(DEAF)
    clock = MovedClock(tmp_path / "clock", BEGINS)
    async with LocalTelegram(clock=clock.seconds) as telegram:
        program = Program(tmp_path, tmp_path, {})
        transcript = Transcript(telegram, file=io.StringIO())
        yield DemoStage(tmp_path, tmp_path, telegram, clock, transcript, program, step_seconds=0.05)
        await program.clear()


def test_both_clocks_agree_after_every_move(tmp_path: Path) -> None:
    """The bot's clock follows the rehearsal's, however fast one move follows the other."""
    moved = MovedClock(tmp_path / "clock", BEGINS)
    followed = FileClock(moved.file)
    for _ in range(20):
        moved.later(timedelta(hours=1))
        assert abs((followed.now() - moved.now()).total_seconds()) < 1


def test_the_clock_never_goes_back(tmp_path: Path) -> None:
    """A jump to an earlier moment is refused, since no limit and no queue is made for it."""
    with pytest.raises(ValueError, match="only goes forward"):
        MovedClock(tmp_path / "clock", BEGINS).jump(BEGINS - timedelta(hours=1))


async def test_a_step_that_does_not_come_is_named_with_what_came_instead(stage: DemoStage) -> None:
    """The error says which step is missing and what the person heard instead."""
    await stage.program.start()
    budi = stage.telegram.person("Budi", started=True)
    stage.telegram.state.world.post(budi.chat, stage.telegram.bot, {"text": "Maaf"}, by_bot=True)
    with pytest.raises(StepMissingError, match=r"(?s)receipt: Budi's.*Maaf"):
        await stage.hears("receipt: Budi's", budi, "Diterima")
    assert stage.steps == 0


async def test_a_bot_that_ends_by_itself_is_noticed_at_once(stage: DemoStage) -> None:
    """Waiting for a step ends with the bot's last words when the bot has ended."""
    (stage.root / "bot.py").write_text(BROKEN)
    await stage.program.start()
    stage.step_seconds = 60
    with pytest.raises(ProgramError, match=r"(?s)exit code 1.*no such thing"):
        await stage.hears("greeting", stage.telegram.person("Budi"), "Selamat")


async def test_a_message_to_many_is_printed_once() -> None:
    """The same words to several people make one entry of the transcript, with its buttons; muted chats make none."""
    file = io.StringIO()
    async with LocalTelegram() as telegram:
        transcript = Transcript(telegram, file=file)
        people = [telegram.person(name) for name in ("Budi", "Siti", "Wawan")]
        transcript.mute(people[2])
        content: Json = {
            "text": "Apel\n\npukul 06.00",
            "reply_markup": {"inline_keyboard": [[{"text": "Terima"}, {"text": "Selesai"}]]},
        }
        for person in people:
            telegram.state.world.post(person.chat, telegram.bot, content, by_bot=True)
        transcript.flush()
    assert file.getvalue().count("Apel") == 1
    assert "Posko → Budi, Siti\n    Apel\n\n    pukul 06.00\n    [Terima]  [Selesai]\n" in file.getvalue()


def test_the_stock_names_what_is_lost_and_what_is_doubled(tmp_path: Path) -> None:
    """A line without a row is lost; one with more rows than filings is doubled."""
    database, export = tmp_path / "posko.db", tmp_path / "reports.csv"
    with sqlite3.connect(database) as base:
        for name in (*TABLES, "inbox", "outbox"):
            base.execute(f"CREATE TABLE {name} (state TEXT)")
        base.execute("INSERT INTO inbox VALUES ('done'), ('waiting')")
    base.close()
    with export.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([["text"], ["aman 1"], ["aman 2"], ["aman 2"], ["aman 3"], ["aman 3"]])
    filed = ["aman 1", "aman 2", "aman 3", "aman 3", "aman 4"]
    stock = take_stock(database, [export], filed, updates_in=5, sent=Counter())
    assert (stock.lost, stock.doubled, stock.unfinished) == (("aman 4",), ("aman 2",), 1)


@pytest.mark.parametrize(
    ("line", "taps", "words"),
    [
        ("budi: /start abc", False, ("budi", None, "/start abc")),
        ("sari @linggau: /hubungkan 16.73", False, ("sari", "linggau", "/hubungkan 16.73")),
        ("budi: saya tap tombol: ini", False, ("budi", None, "saya tap tombol: ini")),
        ("budi tap Setuju", True, ("budi", None, "Setuju")),
        ("rahmat @linggau tap Kirim: ya", True, ("rahmat", "linggau", "Kirim: ya")),
    ],
)
def test_the_console_tells_words_from_taps(line: str, taps: bool, words: tuple[str | None, ...]) -> None:
    """A colon before anything else makes a message, the word `tap` a press."""
    found = TAPS.fullmatch(line)
    assert bool(found) is taps
    found = found or SAYS.fullmatch(line)
    assert found is not None
    assert found.groups() == words
