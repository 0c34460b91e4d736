"""kill -9 at random moments, of the real program on a real file: nothing is lost, nothing is counted twice."""

from __future__ import annotations

import asyncio
import os
import random
import re
import signal
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from actions.entry import setup
from core.delivery.outgoing import Place
from core.groups.purposes import Purpose
from core.people.roles import Role
from sandbox import Group, Limits, LocalTelegram, Person
from storage.database.engine import Database, Tx
from storage.database.migrate import head
from storage.groups import link_group
from storage.people import people
from storage.territory import places
from storage.territory.places import NewPost
from tests.kit import PRESET, ROOT, TOKEN

SEED = 20270214
OFFICERS = 16
ROUNDS = 30  # lines an officer types
INCIDENT_EVERY = 7  # so many lines to one that is an incident
MOMENTS = ("receipts", "notice", "start", "notice")  # what the program is doing when it is killed
BACKLOG = 4  # rounds that may wait for their receipts before the next is typed
REGENCY, VILLAGE = "16.74", "16.74.01.1001"
MARK = re.compile(r"\bk\d{5}\b")
NUMBER = re.compile(r"\b[IL]-\d+\b")


class Program:
    """`bot.py run` as a process of its own, to be started and killed again and again."""

    def __init__(self, tg: LocalTelegram, folder: Path, *, admin: int) -> None:
        self.database = folder / "posko.db"
        self._log = folder / "log"
        self._process: asyncio.subprocess.Process | None = None
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("POSKO_")},
            "POSKO_TOKEN": TOKEN,
            "POSKO_API_URL": tg.url,
            "POSKO_DATABASE_URL": f"sqlite+aiosqlite:///{self.database}",
            "POSKO_PRESET": str(PRESET),
            "POSKO_ADMINS": str(admin),
            "POSKO_RATE_LIMITS": "off",
        }

    async def start(self, *command: str) -> None:
        """Start the program, or something else in its place, under the same settings."""
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *(command or (str(ROOT / "bot.py"), "run")),
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
            )

    async def up(self, tg: LocalTelegram) -> None:
        """Start the bot and wait until it polls."""
        await self.start()
        await tg.until(lambda: tg.state.updates.polled, timeout=20)

    async def ended(self) -> int:
        """Wait for the end and give the exit code."""
        assert self._process is not None
        async with asyncio.timeout(20):
            return await self._process.wait()

    async def kill(self) -> None:
        """End the program as a power cut does."""
        assert self._process is not None
        assert self._process.returncode is None, self.log
        self._process.kill()
        assert await self.ended() == -signal.SIGKILL

    async def stop(self) -> int:
        """Ask the program to stop and give its exit code."""
        assert self._process is not None
        self._process.terminate()
        return await self.ended()

    async def clear_away(self) -> None:
        """End whatever is still running, after a failed test."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    @property
    def log(self) -> str:
        """What the program wrote, over all its lives."""
        return self._log.read_text()

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """Ask the program's database."""
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as connection:
            return list(connection.execute(query))


@asynccontextmanager
async def _program(tg: LocalTelegram, folder: Path, *, admin: int) -> AsyncIterator[Program]:
    program = Program(tg, folder, admin=admin)
    try:
        yield program
    finally:
        await program.clear_away()


async def _enrol(program: Program, officers: list[Person], group: Group, *, bot_id: int) -> None:
    """Make the database: a polling station for each officer, and a group that hears of everything."""
    now = datetime.now(UTC)
    db = Database(f"sqlite+aiosqlite:///{program.database}")
    await setup.prepare(db, PRESET, now=now)
    codes = [f"TPS-{number:03}" for number in range(len(officers))]

    async def fill(tx: Tx) -> None:
        await places.put_posts(tx, [NewPost(code, code, "tps", VILLAGE, 300, "low", None, None) for code in codes])
        posts = await places.posts_by_code(tx, codes)
        for code, officer in zip(codes, officers, strict=True):
            row = people.add(tx, telegram_id=officer.id, name=code, agency="linmas", language="id", now=now)
            post_id = posts[code].id
            people.assign(tx, row, role=Role.OFFICER, region_code=VILLAGE, post_id=post_id, granted="test", now=now)
        await link_group(
            tx,
            bot_id,
            Place(group.id),
            title="Posko",
            region_code=REGENCY,
            purposes=list(Purpose),
            now=now,
        )

    await db.write(fill)
    await db.close()


def _lines() -> Iterator[tuple[str, str]]:
    """What is typed: every line has a mark, which its receipt repeats."""
    for number in range(OFFICERS * ROUNDS):
        mark = f"k{number:05}"
        if number % INCIDENT_EVERY == 0:
            yield mark, f"/insiden banjir sedang air masuk gudang {mark}"
        else:
            yield mark, f"/lapor aman personel=18/20 logistik=lengkap antrean tertib {mark}"


class Story:
    """Officers who type, an admin who announces, and somebody who pulls the plug, all at the same time."""

    def __init__(self, tg: LocalTelegram, program: Program, officers: list[Person], admin: Person) -> None:
        self.tg, self.program, self.officers, self.admin = tg, program, officers, admin
        self.typed: dict[str, int] = {}  # by whom, by their mark
        self.notices = 0
        self.plugged = False  # the last kill is over
        self._announced = self._seen = 0

    @property
    def sent(self) -> int:
        """How many messages Telegram has taken from the bot."""
        return self.tg.calls.counts["sendMessage"]

    async def type_lines(self) -> None:
        """Type round by round; the next round does not wait for all receipts of the last one."""
        for number, (mark, text) in enumerate(_lines()):
            officer = self.officers[number % OFFICERS]
            self.typed[mark] = officer.id
            await officer.say(text)
            goal = number - BACKLOG * OFFICERS
            await self.tg.until(lambda goal=goal: self.sent >= goal, timeout=20)  # type: ignore[misc]

    async def announce(self) -> None:
        """Send notices to all officers, one after the other, until no more kill is to come."""
        while not self.plugged:
            self.notices += 1
            await self.admin.say(f"/pengumuman role:officer Apel ke-{self.notices} pukul 06.00")
            preview = await self.admin.hears(f"Apel ke-{self.notices}", timeout=20)
            await self.admin.tap("Kirim", message=preview)
            await self.admin.hears("Pengumuman selesai", timeout=20)

    async def pull_the_plug(self) -> None:
        """Kill at random moments: as Telegram has just taken a message, which the bot then does not know; or earlier."""
        dice = random.Random(SEED)
        for moment in MOMENTS:
            if moment == "notice":
                goal = self.announced + dice.randint(1, OFFICERS)
                await self.tg.until(lambda goal=goal: self.announced >= goal, timeout=20)  # type: ignore[misc]
            elif moment == "receipts":
                goal = self.sent + dice.randint(10, OFFICERS * ROUNDS // len(MOMENTS))
                await self.tg.until(lambda goal=goal: self.sent >= goal, timeout=20)  # type: ignore[misc]
            else:
                goal = self.tg.calls.counts["getUpdates"] + dice.randint(1, 2)
                await self.tg.until(
                    lambda goal=goal: self.tg.calls.counts["getUpdates"] >= goal,  # type: ignore[misc]
                    timeout=20,
                )
            await self.program.kill()
            await self.program.start()
        self.plugged = True

    @property
    def announced(self) -> int:
        """How many notices have reached somebody; only what came since the last look is looked at."""
        events = self.tg.state.world.events
        for index in range(self._seen, len(events)):
            event = events[index]
            to_officer = event.message.by_bot and event.message.chat.id != self.admin.id
            self._announced += to_officer and "Apel ke-" in event.message.text
        self._seen = len(events)
        return self._announced

    def texts(self) -> dict[int, list[str]]:
        """What the bot has sent, chat by chat; edits are left out."""
        found = defaultdict(list)
        for event in self.tg.events:
            if event.message.by_bot and event.kind == "sent":
                found[event.message.chat.id].append(str(event.json.get("text") or ""))
        return found

    def receipts(self) -> dict[str, list[str]]:
        """The numbers that the receipts of each line gave."""
        chats = self.texts()
        found: dict[str, list[str]] = defaultdict(list)
        for officer in self.officers:
            for text in chats[officer.id]:
                if (mark := MARK.search(text)) and (number := NUMBER.search(text)):
                    assert self.typed[mark[0]] == officer.id
                    found[mark[0]].append(number[0])
        return found


async def test_kill_at_any_moment_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """Every line typed is one report with one number, receipted at least once, however often the program dies."""
    async with LocalTelegram(TOKEN, limits=Limits.off(), latency=0.01, keep_calls=100_000) as tg:
        admin = tg.person("Sari", started=True)
        officers = [tg.person(f"Petugas {number}", started=True) for number in range(OFFICERS)]
        group = tg.group("Posko", [admin])
        async with _program(tg, tmp_path, admin=admin.id) as program:
            await _enrol(program, officers, group, bot_id=tg.bot["id"])
            await program.up(tg)
            await admin.say("/start")
            await admin.hears("")
            # An edit whose outcome a kill left unknown is made again, and finds itself done.
            tg.expect_refusal("editMessageText", "message is not modified")
            story = Story(tg, program, officers, admin)
            await asyncio.gather(story.type_lines(), story.announce(), story.pull_the_plug())
            total = OFFICERS * ROUNDS
            await tg.until(lambda: story.sent >= total and len(story.receipts()) == total, timeout=20)
            cards = total // INCIDENT_EVERY + 1
            await tg.until(lambda: len(set(story.texts()[group.id])) >= cards, timeout=20)
            assert await program.stop() == 0
        _check_reports(story, program)
        _check_incidents(story, program, story.texts()[group.id])
        _check_notices(story, program)
        assert program.rows("SELECT count(*) FROM inbox WHERE state != 'done'") == [(0,)]
        assert program.rows("SELECT key FROM outbox WHERE state NOT IN ('sent', 'expired', 'doubt')") == []
        tg.assert_no_unexpected_refusals()
        assert "Traceback" not in program.log, program.log


def _check_reports(story: Story, program: Program) -> None:
    stored = program.rows("SELECT source, text, number FROM reports")
    assert sorted(MARK.findall(" ".join(str(text) for _, text, _ in stored))) == sorted(story.typed)
    assert len({source for source, _, _ in stored}) == len(stored) == len(story.typed)
    assert sorted(int(str(number)) for _, _, number in stored) == list(range(1, len(stored) + 1))
    doubled: Counter[int] = Counter()
    for mark, numbers in story.receipts().items():
        assert len(set(numbers)) == 1, f"{mark} was given several numbers"
        doubled[story.typed[mark]] += len(numbers) - 1
    # One message of a chat is on its way at a time, so a kill leaves at most one in doubt for each officer.
    assert max(doubled.values()) <= len(MOMENTS)


def _check_incidents(story: Story, program: Program, cards: list[str]) -> None:
    expected = [mark for mark, text in _lines() if text.startswith("/insiden")]
    numbers = [int(str(number)) for (number,) in program.rows("SELECT number FROM incidents ORDER BY number")]
    assert numbers == list(range(1, len(expected) + 1))
    told = {mark: found[0] for mark, found in story.receipts().items() if found[0].startswith("I-")}
    assert sorted(told) == expected
    assert len(set(told.values())) == len(expected)
    shown = Counter(number for text in cards for number in NUMBER.findall(text)[:1])
    assert sorted(shown) == sorted(told.values())
    assert shown.total() - len(shown) <= len(MOMENTS)


def _check_notices(story: Story, program: Program) -> None:
    """Nobody reads a notice twice; who may not have got it is listed as in doubt."""
    chats = story.texts()
    states = Counter(
        (int(str(person)), str(text).split()[1], str(state))
        for person, text, state in program.rows(
            "SELECT p.telegram_id, n.text, r.state FROM notice_receipts r"
            " JOIN notices n ON n.id = r.notice_id JOIN people p ON p.id = r.person_id"
        )
    )
    assert states.total() == story.notices * OFFICERS
    for person, which, state in states:
        times = sum(f"Apel {which}" in text for text in chats[person])
        assert times == 1 if state == "sent" else (state == "doubt" and times <= 1), (person, which, state, times)


DIES_AT_STATEMENTS = """
import os, signal, sys
sys.path.insert(0, os.getcwd())
from sqlalchemy import event
from sqlalchemy.engine import Engine
import bot, handlers.entry.table, jobs.machine, actions.entry.command_line  # loaded once for all lives
def run_until(step):
    def look(_connection, _cursor, statement, *_):
        if statement.lstrip().startswith(step):
            os.kill(os.getpid(), signal.SIGKILL)
    signal.alarm(15)
    event.listen(Engine, "before_cursor_execute", look)
    sys.exit(bot.main(["run"]))
for step in sys.argv[1:]:
    child = os.fork()
    if child == 0:
        run_until(step)
    if os.waitpid(child, 0)[1] != signal.SIGKILL:
        sys.exit("it did not come to " + step)
"""
FIRST_STEPS = (  # of a first start, in the order in which it comes to them
    "CREATE TABLE reports",
    "PRAGMA foreign_key_check",
    "INSERT INTO posts",
    "INSERT INTO meta",
    "INSERT INTO people",
)


async def test_kill_while_the_database_is_made(tmp_path: Path) -> None:
    """A start that dies while it creates the database or loads the preset leaves nothing that stops the next one."""
    async with LocalTelegram(TOKEN, limits=Limits.off()) as tg:
        admin = tg.person("Sari", started=True)
        async with _program(tg, tmp_path, admin=admin.id) as program:
            await program.start("-c", DIES_AT_STATEMENTS, *FIRST_STEPS)
            assert await program.ended() == 0, program.log
            await program.up(tg)
            await admin.say("/start")
            await admin.hears("")
            assert await program.stop() == 0
        assert program.rows("SELECT version_num FROM alembic_version") == [(head(),)]
        posts = (PRESET / "posts.csv").read_text().count("\n") - 1
        assert program.rows("SELECT count(*) FROM posts") == [(posts,)]
        assert program.rows("SELECT telegram_id FROM people") == [(admin.id,)]
        assert program.rows("SELECT role FROM assignments") == [("admin",)]
        tg.assert_no_unexpected_refusals()
