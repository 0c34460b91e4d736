"""The real program in a process of its own: starting, refusing, stopping, and what it writes."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from sandbox import Fault, Limits, LocalTelegram
from storage.database.engine import Database
from storage.tables import InboxRow
from tests.kit import PRESET, ROOT

TOKEN = "987654321:AAE-Rahasia_Sekali_0123456789abcdefg"
SECRET = TOKEN.partition(":")[2]


class Program:
    """A running `python bot.py` with everything it writes."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.output = ""

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal and wait for the end."""
        self.process.send_signal(number)
        return await self.ended()

    async def ended(self) -> int:
        """Wait for the end, keep what was written, and give the exit code."""
        out, err = await asyncio.wait_for(self.process.communicate(), 15)
        self.output += (out + err).decode()
        assert self.process.returncode is not None
        return self.process.returncode


@asynccontextmanager
async def program(tg: LocalTelegram, folder: Path, *arguments: str, **more: str) -> AsyncIterator[Program]:
    """Start the program on a fresh database in a folder; it is killed when the block ends, if it still runs."""
    settings = {
        "TOKEN": tg.token,
        "API_URL": tg.url,
        "PRESET": str(PRESET),
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'posko.db'}",
        **more,
    }
    environment = {name: value for name, value in os.environ.items() if not name.startswith("POSKO_")}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, str(ROOT / "bot.py"), *arguments),
        cwd=folder,
        env=environment | {f"POSKO_{name}": value for name, value in settings.items()},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield Program(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.fixture
async def tg() -> AsyncIterator[LocalTelegram]:
    """A local Telegram that runs with the machine's own time."""
    async with LocalTelegram(TOKEN, limits=Limits.off()) as telegram:
        yield telegram
        telegram.assert_no_unexpected_refusals()


async def up(tg: LocalTelegram) -> None:
    """Wait until the bot polls."""
    await tg.until(lambda: tg.state.updates.polled, timeout=20)


async def test_it_starts_answers_and_stops(tg: LocalTelegram, tmp_path: Path) -> None:
    """A fresh start makes the database, answers the first message and ends with 0 on SIGTERM.

    In JSON logs every line about an update holds its id in a field of its own. While it runs, a second run on the
    same SQLite file ends with 2, names the file and the other process, and makes no call.
    """
    async with LocalTelegram(TOKEN) as other, program(tg, tmp_path, LOG_FORMAT="json") as running:
        await up(tg)
        async with program(other, tmp_path) as second:
            assert await second.ended() == 2
        assert len(other.calls) == 0
        assert "posko.db is in use by another run" in second.output
        assert str(running.process.pid) in second.output
        number = tg.inject({"message": 7})
        orang = tg.person("Orang", language="id")
        await orang.say("halo")
        await orang.hears("belum terdaftar", timeout=20)
        assert await running.stop() == 0
    assert (tmp_path / "posko.db").exists()
    about = [json.loads(line) for line in running.output.splitlines() if str(number) in line]
    assert about
    assert {line["update"] for line in about} == {str(number)}


async def test_a_stop_while_messages_wait_is_quick_and_clean(tg: LocalTelegram, tmp_path: Path) -> None:
    """SIGTERM in the middle of work ends the program with 0 within 10 s, and what waits is on disk."""
    tg.faults.add(Fault("latency", method="sendMessage", seconds=1.0, times=None))
    async with program(tg, tmp_path) as running:
        await up(tg)
        for number in range(60):
            await tg.person(f"Orang {number}").say("halo")
        await tg.until(lambda: len(tg.calls) > 0 and any(call.method == "sendMessage" for call in tg.calls), timeout=20)
        began = time.monotonic()
        assert await running.stop() == 0
        assert time.monotonic() - began < 10
    db = Database(f"sqlite+aiosqlite:///{tmp_path / 'posko.db'}")
    stored = await db.read(lambda tx: tx.scalar(select(func.count()).select_from(InboxRow)))
    await db.close()
    assert (stored or 0) + tg.pending >= 60


async def test_a_token_that_telegram_refuses_ends_the_start(tg: LocalTelegram, tmp_path: Path) -> None:
    """Telegram's 401 at start is one line about the token, without the token, and exit code 2."""
    tg.expect_refusal(text="Unauthorized")
    async with program(tg, tmp_path, TOKEN="111:AAE-Salah_Sekali_0123456789abcdefgh") as running:
        assert await running.ended() == 2
    assert running.output.startswith("posko: POSKO_TOKEN: Telegram does not know this token")
    assert running.output.count("\n") == 1
    assert "Salah" not in running.output


async def test_a_broken_preset_is_named_at_start(tg: LocalTelegram, tmp_path: Path) -> None:
    """A fault in a preset's file stops the start with the file, the place and the reason, and exit code 2."""
    preset = tmp_path / "preset"
    shutil.copytree(PRESET, preset)
    calendar = preset / "calendar.toml"
    calendar.write_text(calendar.read_text().replace('at = "07:00"', 'at = "27:00"'))
    async with program(tg, tmp_path, PRESET=str(preset)) as running:
        assert await running.ended() == 2
    assert running.output.count("\n") == 1
    assert "calendar.toml" in running.output
    assert "27:00" in running.output


async def test_trouble_with_telegram_never_writes_the_token(tg: LocalTelegram, tmp_path: Path) -> None:
    """Broken connections, 5xx and nonsense leave no token in any output."""
    kinds = {"getUpdates": ("drop_before", "bad_gateway"), "setMyCommands": ("drop_before", "garbage", "restart")}
    faults = [
        tg.faults.add(Fault(kind, method=method))  # type: ignore[arg-type]
        for method, several in kinds.items()
        for kind in several
    ]
    async with program(tg, tmp_path, LOG_FORMAT="json") as running:
        await tg.until(lambda: all(fault.hits for fault in faults), timeout=20)
        assert await running.stop() == 0
    assert "cannot be reached" in running.output
    assert SECRET not in running.output


async def test_an_outage_at_start_is_waited_out_and_never_writes_the_token(tg: LocalTelegram, tmp_path: Path) -> None:
    """A program that cannot reach Telegram says so once, goes on trying, and still stops with 0."""
    async with program(tg, tmp_path, API_URL="http://127.0.0.1:1") as running:
        assert running.process.stderr is not None
        running.output = (await asyncio.wait_for(running.process.stderr.readline(), 20)).decode()
        assert await running.stop() == 0
    assert running.output.count("Telegram cannot be reached yet") == 1
    assert SECRET not in running.output


async def test_a_server_that_is_away_at_start_is_waited_for(tg: LocalTelegram, tmp_path: Path) -> None:
    """A database server that takes no connection yet, as after a power cut, is said once and waited for; a stop ends with 0."""
    url = "postgresql+asyncpg://posko:rahasia@127.0.0.1:1/posko"
    async with program(tg, tmp_path, DATABASE_URL=url) as running:
        assert running.process.stderr is not None
        running.output = (await asyncio.wait_for(running.process.stderr.readline(), 20)).decode()
        assert await running.stop() == 0
    assert running.output.count("127.0.0.1:1/posko is away") == 1
    assert ("rahasia" in running.output, "Traceback" in running.output) == (False, False)


async def test_a_command_says_that_the_server_is_away(tg: LocalTelegram, tmp_path: Path) -> None:
    """A command that needs the database does not wait for a server that is away: one line and exit code 1."""
    async with program(tg, tmp_path, "migrate", DATABASE_URL="postgresql+asyncpg://posko@127.0.0.1:1/posko") as running:
        assert await running.ended() == 1
    assert running.output.splitlines()[-1].startswith(
        "posko: the database at postgresql+asyncpg://posko@127.0.0.1:1/posko"
    )
    assert "Traceback" not in running.output


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("texts/id/own.ftl", b"\xff\xfe", "is not UTF-8"),
        ("texts/id/own.ftl", b"", "is empty"),
        ("forms/status.toml", b"", "status.toml"),
        ("posts.csv", b"\xff\xfe", "is not UTF-8"),
        ("regions.csv", b"", "regions.csv"),
    ],
    ids=["text-bytes", "text-empty", "form", "posts", "regions"],
)
async def test_an_unreadable_file_of_the_preset_is_named(
    tg: LocalTelegram, tmp_path: Path, file: str, content: bytes, said: str
) -> None:
    """A file of the preset that is empty or no text ends the start with 2, names itself, and leaves no traceback."""
    preset = tmp_path / "preset"
    shutil.copytree(PRESET, preset)
    (preset / file).parent.mkdir(parents=True, exist_ok=True)
    (preset / file).write_bytes(content)
    async with program(tg, tmp_path, PRESET=str(preset)) as running:
        assert await running.ended() == 2
    assert said in running.output
    assert "Traceback" not in running.output


async def test_settings_that_are_no_text_are_named(tg: LocalTelegram, tmp_path: Path) -> None:
    """A `.env` in another encoding ends the start with 2 and one line."""
    (tmp_path / ".env").write_bytes(b"POSKO_EVENT_NAME=\xff\xfe\n")
    async with program(tg, tmp_path) as running:
        assert await running.ended() == 2
    assert running.output.startswith("posko: .env cannot be read")
    assert running.output.count("\n") == 1


async def test_migrate_says_where_the_database_stands(tg: LocalTelegram, tmp_path: Path) -> None:
    """`migrate` needs no token, creates the database, says its version and exits with 0."""
    async with program(tg, tmp_path, "migrate", TOKEN="") as running:
        assert await running.ended() == 0
    assert "the database stands at" in running.output
