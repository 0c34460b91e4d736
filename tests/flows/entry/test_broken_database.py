"""A database that cannot be used: one clear line at start, and an end that somebody sees while the program runs."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from actions.entry import setup
from sandbox import Limits, LocalTelegram
from storage.database.engine import Database
from storage.database.faults import DatabaseBrokenError
from tests.kit import PRESET, TOKEN, Posko, running
from tests.test_start import program, up

Breaking = Callable[[Path], None]


@pytest.fixture
async def tg() -> AsyncIterator[LocalTelegram]:
    """A local Telegram that runs with the machine's own time."""
    async with LocalTelegram(TOKEN, limits=Limits.off()) as telegram:
        yield telegram
        telegram.assert_no_unexpected_refusals()


@pytest.fixture
async def file(tmp_path: Path) -> Path:
    """A database that was made and is not in use."""
    file = tmp_path / "posko.db"
    db = Database(f"sqlite+aiosqlite:///{file}")
    await setup.prepare(db, PRESET, now=datetime.now(UTC))
    await db.close()
    return file


def overwrite(file: Path, name: str) -> None:
    """Write nonsense over the first page of a table or an index, as a bad disk does."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)).fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    with file.open("r+b") as raw:
        raw.seek((page - 1) * size)
        raw.write(b"\xa5" * size)


def overwrite_in_use(file: Path, name: str) -> None:
    """The same while a program uses the file, which must not find the page in its memory."""
    overwrite(file, name)
    with closing(sqlite3.connect(file)) as connection:  # what another program commits makes everybody read anew
        connection.execute("INSERT INTO meta (key, value) VALUES ('another', 'program')")
        connection.commit()


def nonsense(file: Path) -> None:
    """Put something else in the file's place."""
    file.write_bytes(b"This is no database. " * 400)


def a_folder(file: Path) -> None:
    """Put a folder in the file's place."""
    file.unlink()
    file.mkdir()


def immutable(file: Path) -> None:
    """Let nobody write to the file, not even root."""
    if subprocess.run(["chattr", "+i", str(file)], capture_output=True, check=False).returncode:
        pytest.skip("this file system knows no immutable files")


@pytest.fixture
def mutable(tmp_path: Path) -> Iterator[None]:
    """Let the file be deleted after the test."""
    yield
    subprocess.run(["chattr", "-i", str(tmp_path / "posko.db")], capture_output=True, check=False)


@pytest.mark.usefixtures("mutable")
@pytest.mark.parametrize(
    ("breaking", "said"),
    [
        (lambda file: overwrite(file, "inbox"), "is damaged"),
        (lambda file: overwrite(file, "outbox"), "is damaged"),
        (lambda file: overwrite(file, "reports"), "is damaged"),
        (lambda file: overwrite(file, "ix_reports_person_id"), "is damaged"),
        (lambda file: overwrite(file, "meta"), "is damaged"),
        (nonsense, "file is not a database"),
        (a_folder, "unable to open"),
        (immutable, "readonly"),
    ],
    ids=["inbox", "outbox", "reports", "index", "meta", "nonsense", "folder", "immutable"],
)
async def test_the_start_names_it_in_one_line(
    tg: LocalTelegram, file: Path, breaking: Breaking, said: str, tmp_path: Path
) -> None:
    """A database that cannot be used ends the start with 2 and one line: which file, what is wrong, what to do."""
    breaking(file)
    async with program(tg, tmp_path) as running:
        assert await running.ended() == 2
    assert running.output.count("\n") == 1
    assert (running.output.startswith(f"posko: POSKO_DATABASE_URL: {file} "), said in running.output) == (True, True)
    assert "deploy/README.md" in running.output
    assert len(tg.calls.of("getUpdates")) == 0


async def run_until_it_ends(posko: Posko, breaking: Breaking) -> None:
    """Run the program as bot.py does, break the database under it, and let somebody write."""
    running = asyncio.create_task(posko.machine.run(asyncio.Event()))
    await posko.admin.say("/panduan")
    await posko.admin.hears("/tugas", timeout=20)
    breaking(Path(str(posko.db.engine.url.database)))
    await posko.admin.say("/panduan")
    await asyncio.wait_for(running, 20)


def told(posko: Posko) -> int:
    """How often the admin heard of it."""
    return sum("Posko berhenti menerima laporan" in message.text for message in posko.admin.messages)


@pytest.mark.usefixtures("mutable")
@pytest.mark.parametrize(
    ("breaking", "said"),
    [
        (lambda file: overwrite_in_use(file, "inbox"), "is damaged"),
        (lambda file: overwrite_in_use(file, "ix_inbox_waiting"), "is damaged"),
        (lambda file: overwrite_in_use(file, "people"), "is damaged"),
        (Path.unlink, "was deleted or replaced"),
        (lambda file: file.with_name("posko.db-wal").unlink(), "was deleted or replaced"),
        (immutable, "may not be written"),
    ],
    ids=["inbox", "index", "people", "deleted", "log", "immutable"],
)
async def test_the_program_ends_and_says_so(
    database_url: str, breaking: Breaking, said: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A database that breaks in use ends the program with what is wrong; no update is blamed, and admins hear of it.

    They hear of it once an hour, though the program is started again and ends again.
    """
    async with running(database_url, media_dir=tmp_path / "media") as posko:
        with pytest.raises(DatabaseBrokenError, match=said):
            await run_until_it_ends(posko, breaking)
        await posko.machine.watch.tell()
        assert told(posko) == 1
        posko.clock.advance(hours=1)
        await posko.machine.watch.tell()
        assert told(posko) == 2
    assert [record.message for record in caplog.records if record.exc_info] == []


async def test_what_came_meanwhile_waits_at_telegram(tg: LocalTelegram, file: Path, tmp_path: Path) -> None:
    """A program whose database broke ends with 3, its last line says why, what it could not store is not confirmed.

    The next start refuses in one line, also where the damage is in what a quick look at the queues does not see.
    """
    async with program(tg, tmp_path) as running:
        await up(tg)
        overwrite_in_use(file, "inbox")
        await tg.person("Orang").say("halo")
        assert await running.ended() == 3
    assert "is damaged" in running.output.splitlines()[-1]
    assert tg.pending == 1
    async with program(tg, tmp_path) as again:
        assert await again.ended() == 2
    assert (again.output.count("\n"), tg.pending) == (1, 1)


@pytest.mark.parametrize("breaking", [Path.unlink, lambda file: os.truncate(file, 0)], ids=["deleted", "emptied"])
async def test_no_empty_database_takes_the_place_of_a_broken_one(
    tg: LocalTelegram, file: Path, breaking: Breaking, tmp_path: Path
) -> None:
    """Who starts again after the file was lost gets one line, not a bot that knows nobody; without the note it begins anew."""
    async with program(tg, tmp_path) as running:
        await up(tg)
        breaking(file)
        await tg.person("Orang").say("halo")
        assert await running.ended() == 3
    async with program(tg, tmp_path) as again:
        assert await again.ended() == 2
    assert (again.output.count("\n"), "missing or empty" in again.output, tg.pending) == (1, True, 1)
    note = Path(again.output.split("remove ")[1].partition(";")[0])
    (tmp_path / note).unlink()
    async with program(tg, tmp_path) as anew:
        await tg.until(lambda: tg.pending == 0, timeout=20)
        assert await anew.stop() == 0
