"""What every benchmark stands on: a local Telegram in its own process, a database with people in it, a bot to measure."""

from __future__ import annotations

import asyncio
import os
import re
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from actions.entry import setup
from core.delivery.outgoing import Place
from core.groups.purposes import Purpose
from core.people.roles import Role
from sandbox.remote.remote import Json, RemoteTelegram
from storage.database.engine import Database, Tx
from storage.groups import link_group
from storage.people import people
from storage.territory import places
from storage.territory.places import NewPost

ROOT = Path(__file__).resolve().parent.parent
PRESET = ROOT / "presets" / "sumsel"
TOKEN = "123456:benchmark"
REGION = "16.74.01.1001"
MARK = re.compile(r"\bk\d{6}\b")  # every line carries one, and so does the receipt for it


class BenchmarkError(Exception):
    """What was measured did not do its job, so its figures mean nothing."""


@dataclass(frozen=True)
class Bench:
    """One local Telegram with one bot: where to play people, and where the bot keeps its database."""

    telegram: RemoteTelegram
    folder: Path

    @property
    def database(self) -> Path:
        """The bot's SQLite file."""
        return self.folder / "bench.db"


@asynccontextmanager
async def telegram(folder: Path, *, latency: float, limits: bool) -> AsyncIterator[Bench]:
    """Start a local Telegram in its own process."""
    command = [sys.executable, "-m", "sandbox.remote.server", "--port", "0", "--token", TOKEN]
    command += ["--latency", str(latency), "--keep-calls", "400000", *([] if limits else ["--no-limits"])]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    try:
        assert process.stdout is not None
        url = (await process.stdout.readline()).decode().strip()
        async with RemoteTelegram(url) as remote:
            yield Bench(remote, folder)
    finally:
        process.terminate()
        await process.wait()


@asynccontextmanager
async def program(bench: Bench, command: Sequence[str], **settings: str) -> AsyncIterator[subprocess.Popen[bytes]]:
    """Run a bot against the local Telegram; what it writes goes to a file beside its database."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **settings}
    with (bench.folder / "log").open("ab") as log:
        process = subprocess.Popen(command, cwd=bench.folder, env=environment, stdout=log, stderr=log)  # noqa: ASYNC220 - a start takes no time
        try:
            yield process
        finally:
            process.terminate()
            await asyncio.to_thread(process.wait)


def posko(bench: Bench, *, limits: bool, admins: Sequence[int] = ()) -> tuple[list[str], dict[str, str]]:
    """How the bot itself is started: the command, and its settings."""
    return [sys.executable, str(ROOT / "bot.py"), "run"], {
        "POSKO_TOKEN": TOKEN,
        "POSKO_API_URL": bench.telegram.url,
        "POSKO_DATABASE_URL": f"sqlite+aiosqlite:///{bench.database}",
        "POSKO_PRESET": str(PRESET),
        "POSKO_ADMINS": ",".join(map(str, admins)),
        "POSKO_RATE_LIMITS": "telegram" if limits else "off",
    }


async def enrol(bench: Bench, officers: Sequence[int], *, group: int | None = None) -> None:
    """Make the database with one polling station for each officer, and a group that hears of their incidents."""
    now = datetime.now(UTC)
    db = Database(f"sqlite+aiosqlite:///{bench.database}")
    codes = [f"TPS-1674010001-{number:05}" for number in range(len(officers))]

    async def fill(tx: Tx) -> None:
        await places.put_posts(tx, [NewPost(code, code, "tps", REGION, 300, "low", None, None) for code in codes])
        for start in range(0, len(codes), 500):
            part = codes[start : start + 500]
            posts = await places.posts_by_code(tx, part)
            for code, telegram_id in zip(part, officers[start : start + 500], strict=True):
                person = people.add(tx, telegram_id=telegram_id, name=code, agency="linmas", language="id", now=now)
                place = {"region_code": REGION, "post_id": posts[code].id}
                people.assign(tx, person, role=Role.OFFICER, granted="benchmark", now=now, **place)  # type: ignore[arg-type]

        if group is not None:
            region = {"region_code": REGION[:5], "purposes": list(Purpose)}
            bot_id = int(TOKEN.split(":", maxsplit=1)[0])
            await link_group(tx, bot_id, Place(group), title="Posko", now=now, **region)  # type: ignore[arg-type]

    try:
        await setup.prepare(db, PRESET, now=now)
        await db.write(fill)
    finally:
        await db.close()


def line(number: int) -> str:
    """One status report as an officer types it, with a mark by which its receipt is known."""
    return f"/lapor aman personel=18/20 logistik=lengkap antrean panjang tetapi tertib k{number:06}"


async def wait_for_events(bench: Bench, number: int, *, seconds: float, pause: float = 0.1) -> None:
    """Wait until the local Telegram has counted so many messages; asks rarely, so as not to disturb."""
    end = time.monotonic() + seconds
    while (await bench.telegram.stats())["events"] < number:
        if time.monotonic() > end:
            stats = await bench.telegram.stats()
            log = (bench.folder / "log").read_text()[-2000:]
            raise BenchmarkError(f"only {stats['events']} of {number} messages after {seconds:g} s; {stats}\n{log}")
        await asyncio.sleep(pause)


async def events(bench: Bench, since: int) -> list[Json]:
    """Every message after event `since`, oldest first."""
    found: list[Json] = []
    while True:
        since, page = await bench.telegram.transcript(since)
        if not page:
            return found
        found += page


@dataclass(frozen=True)
class Trips:
    """How each line travelled: when it was typed and when its receipt came, by the local Telegram's clock."""

    typed: dict[str, float]
    received: dict[str, float]

    @property
    def seconds(self) -> float:
        """From the first line to the last receipt."""
        return max(self.received.values()) - min(self.typed.values())

    @property
    def rate(self) -> float:
        """Receipts a second."""
        return len(self.received) / self.seconds

    def percentile(self, share: float) -> float:
        """The time from line to receipt that this share of the lines did not exceed."""
        times = sorted(self.received[mark] - self.typed[mark] for mark in self.received)
        return times[min(len(times) - 1, int(share * len(times)))]


def trips(found: Sequence[Json]) -> Trips:
    """Match receipts with lines; raises BenchmarkError unless each officer got each of theirs exactly once."""
    typed: dict[str, tuple[int, float]] = {}
    received: dict[str, float] = {}
    twice: Counter[str] = Counter()
    for event in found:
        mark = MARK.search(event["text"])
        if mark is None:
            continue
        if not event["by_bot"]:
            typed[mark[0]] = event["chat"], event["time"]
        elif event["chat"] != typed[mark[0]][0]:
            raise BenchmarkError(f"the receipt of {mark[0]} went to somebody else")
        elif mark[0] in received:
            twice[mark[0]] += 1
        else:
            received[mark[0]] = event["time"]
    if twice or received.keys() != typed.keys():
        raise BenchmarkError(f"{len(typed.keys() - received.keys())} receipts lost, {len(twice)} doubled")
    return Trips({mark: at for mark, (_, at) in typed.items()}, received)


def count(database: Path, query: str) -> int:
    """Ask the bot's database for one number."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        return int(connection.execute(query).fetchone()[0])
