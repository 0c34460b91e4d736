"""The fetcher: every file is kept once and whole, whatever breaks, and nothing is said twice."""

from __future__ import annotations

import asyncio
import hashlib
import stat
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import Select, select
from telegram.ext import Application

from core.desk import Desk
from core.evidence.files import MOST_DOUBTS, SentFile
from jobs.evidence.download import downloads
from jobs.evidence.fetcher import PER_PERSON, TROUBLE_SECONDS, Fetcher
from jobs.evidence.media_folder import MediaStore, TooBigError
from sandbox import Fault, LocalTelegram, Message
from sandbox.world.media import Media
from storage import evidence
from storage.database.engine import Database, Tx
from storage.tables import Base, MediaRow, OutboxRow
from tests.storage_kit import BOT, FakeClock, a_desk, add_person, opened

AnyApplication = Application[Any, Any, Any, Any, Any, Any]
Row = TypeVar("Row", bound=Base)
BYTES = b"%PDF-1.7 C1 plano " * 20_000


class Kit:
    """A fetcher that can be killed and started anew, with the officer whose files it fetches."""

    def __init__(self, desk: Desk, db: Database, tg: LocalTelegram, app: AnyApplication, folder: Path) -> None:
        self.desk, self.db, self.tg, self.app, self.folder = desk, db, tg, app, folder
        self.clock = FakeClock()
        self.budi = tg.person("Budi", language="id", started=True)
        self.person = 0
        self.fetcher: Fetcher

    async def start(self) -> None:
        """Start the fetcher, as after a kill."""
        store = MediaStore(self.folder, bot_id=BOT)
        opener = downloads(self.tg.url, self.tg.token)
        self.fetcher = Fetcher(
            self.db, self.app.bot, opener, store, desk=self.desk, clock=self.clock, added=lambda: None
        )
        self.person = self.person or await add_person(self.db, self.budi.id)

    async def send(self, data: bytes = BYTES, *, person: int = 0, **more: Any) -> Message:
        """Let the officer send a document that is noted as the handlers do."""
        message = await self.budi.send(Media("document", data, name="C1.pdf", mime="application/pdf", **more))
        found = message.json["document"]
        await self.note(message, found["file_id"], size=found.get("file_size"), person=person)
        return message

    async def note(self, message: Message, file_id: str, *, size: int | None = None, person: int = 0) -> None:
        """Note a file that waits to be fetched."""
        file = SentFile("document", file_id, f"u{message.id}", "C1.pdf", "application/pdf", size)
        now = self.clock.now()
        origin = evidence.Origin(self.budi.id, message.id, None, now)

        async def work(tx: Tx) -> None:
            evidence.add(tx, file, origin, person_id=person or self.person, cause=(BOT, message.id), now=now)

        await self.db.write(work)

    async def after(self, seconds: float) -> None:
        """Let time pass and fetch what may be fetched then."""
        self.clock.advance(seconds)
        await self.fetcher.drain()

    async def found(self) -> list[MediaRow]:
        """Every noted file."""
        return await self._every(select(MediaRow).order_by(MediaRow.id))

    async def told(self, beginning: str) -> list[OutboxRow]:
        """The messages whose key begins so."""
        return await self._every(select(OutboxRow).where(OutboxRow.key.startswith(beginning)))

    async def _every(self, statement: Select[Row]) -> list[Row]:
        async def look(tx: Tx) -> list[Row]:
            found = list(await tx.scalars(statement))
            tx.expunge_all()
            return found

        return await self.db.read(look)

    def files(self) -> list[Path]:
        """Every file in the media folder, half-fetched ones too."""
        return sorted(path for path in self.folder.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def desk(sqlite_template: Path) -> Desk:
    """The desk, which takes a while to make and is only read."""

    async def make() -> Desk:
        async with opened(f"sqlite+aiosqlite:///{sqlite_template}") as database:
            return await a_desk(database)

    return asyncio.run(make())


@pytest.fixture
async def kit(
    desk: Desk, db: Database, tg: LocalTelegram, app: AnyApplication, *, clock: FakeClock, tmp_path: Path
) -> Kit:
    """The fetcher over a database of its own and the local Telegram."""
    made = Kit(desk, db, tg, app, tmp_path / "media")
    made.clock = clock
    await made.start()
    return made


async def test_a_file_is_kept_as_it_came(kit: Kit) -> None:
    """A fetched file lies under its hash with the very bytes that were sent, read-only, in folders for the program only."""
    await kit.send()
    await kit.fetcher.drain()
    row = (await kit.found())[0]
    digest = hashlib.sha256(BYTES).hexdigest()
    assert (row.state, row.sha256, row.path, row.size) == ("stored", digest, f"{digest[:2]}/{digest}.pdf", len(BYTES))
    path = kit.folder / str(row.path)
    assert path.read_bytes() == BYTES
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert stat.S_IMODE(kit.folder.stat().st_mode) == 0o700
    assert kit.files() == [path]
    await kit.after(3600)
    assert len(kit.tg.calls.of("getFile")) == 1


async def test_the_same_bytes_are_kept_once(kit: Kit) -> None:
    """Two messages with the same file share one file on the disk, and the first is never written over."""
    await kit.send()
    await kit.fetcher.drain()
    before = kit.files()[0].stat()
    await kit.send()
    await kit.send(BYTES + b"2")
    await kit.fetcher.drain()
    paths = [row.path for row in await kit.found()]
    assert (paths[0] == paths[1], paths[0] != paths[2], len(kit.files())) == (True, True, 2)
    assert (kit.folder / str(paths[0])).stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize(
    "fault",
    [
        Fault("drop_midway", method="download"),
        Fault("bad_gateway", method="download"),
        Fault("garbage", method="download"),
        Fault("bad_gateway", method="getFile"),
        Fault("drop_after", method="getFile"),
        Fault("flood", method="getFile", retry_after=3),
    ],
    ids=lambda fault: f"{fault.kind}-{fault.method}",
)
async def test_trouble_on_the_line_is_overcome(kit: Kit, fault: Fault, caplog: pytest.LogCaptureFixture) -> None:
    """A line that breaks half-way, an error, a page or a flood leaves nothing behind, and the file comes later."""
    kit.tg.faults.add(fault)
    await kit.send()
    await kit.fetcher.drain()
    row = (await kit.found())[0]
    assert (row.state, kit.files(), fault.hits) == ("waiting", [], 1)
    await kit.after(5)
    row = (await kit.found())[0]
    assert (row.state, kit.files()[0].read_bytes() == BYTES) == ("stored", True)
    assert await kit.told("") == []
    said = caplog.text + str(row.error)
    assert kit.tg.token not in said


async def test_an_outage_costs_no_attempt(kit: Kit, caplog: pytest.LogCaptureFixture) -> None:
    """While Telegram cannot be reached files wait with one line in the log, and are fetched when it is back."""
    await kit.send()
    async with kit.tg.unreachable():
        for _ in range(5):
            await kit.fetcher.round()
    row = (await kit.found())[0]
    assert (row.state, row.attempts, caplog.text.count("files wait")) == ("waiting", 0, 1)
    await kit.fetcher.drain()
    assert (await kit.found())[0].state == "stored"


async def test_a_large_file_stays_at_telegram(kit: Kit) -> None:
    """A file over 20 MB whose size Telegram did not say is tried once, stays there, and its sender is told once."""
    kit.tg.expect_refusal("getFile", "too big")
    await kit.send(b"a", claimed_size=25 << 20, sized=False)
    await kit.after(0)
    await kit.after(3600)
    row = (await kit.found())[0]
    assert (row.state, kit.files(), len(kit.tg.calls.of("getFile"))) == ("remote", [], 1)
    told = await kit.told("evidence-big")
    assert [(one.chat_id, "20 MB" in one.params["text"]) for one in told] == [(kit.budi.id, True)]


async def test_more_than_a_bot_may_fetch_is_cut_off(kit: Kit) -> None:
    """A server that gives more than 20 MB is not read to the end."""
    store = MediaStore(kit.folder, bot_id=BOT)
    given = 0

    async def endless() -> Any:
        nonlocal given
        while True:
            given += 1
            yield bytes(1 << 20)

    with pytest.raises(TooBigError):
        await store.take(1, endless(), end="bin", size=None)
    assert (given, kit.files()) == (21, [])


async def test_a_lost_file_is_given_up_after_two_minutes(kit: Kit) -> None:
    """A file that Telegram does not know is asked for again for a while, then its sender and the admins hear of it once."""
    await add_person(kit.db, 9, "Sari", role="admin")
    kit.tg.expect_refusal("getFile", "wrong file_id")
    message = await kit.budi.say("foto")
    await kit.note(message, "AgADunknown")
    for _ in range(MOST_DOUBTS + 2):
        await kit.after(60)
    row = (await kit.found())[0]
    assert (row.state, len(kit.tg.calls.of("getFile"))) == ("lost", MOST_DOUBTS)
    assert len(await kit.told("evidence-lost")) == len(await kit.told("alert:media-lost")) == 1
    assert all("Budi" not in row.params["text"] for row in await kit.told("alert:media-lost"))


async def test_a_full_disk_is_said_once_and_waited_out(
    kit: Kit, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """When the folder cannot be written admins hear of it once an hour, the log has one line, and no file is lost."""
    await add_person(kit.db, 9, "Sari", role="admin")
    (tmp_path / "media").write_text("not a folder")
    await kit.send()
    for _ in range(4):
        assert await kit.fetcher.round() == TROUBLE_SECONDS
    assert (len(await kit.told("alert:alert-media-disk")), caplog.text.count("files wait")) == (1, 1)
    kit.clock.advance(3600)
    await kit.fetcher.round()
    assert len(await kit.told("alert:alert-media-disk")) == 2
    assert (await kit.found())[0].attempts == 0
    (tmp_path / "media").unlink()
    await kit.fetcher.drain()
    assert (await kit.found())[0].state == "stored"


async def test_a_local_server_is_named(kit: Kit) -> None:
    """A Bot API server that runs with --local, and so gives no files, is named to the admins; files wait."""
    await add_person(kit.db, 9, "Sari", role="admin")
    message = await kit.send()
    stored = kit.tg.state.world.files.get(message.json["document"]["file_id"])
    assert stored is not None
    stored.path = "/var/lib/telegram-bot-api/documents/file_1.pdf"
    assert await kit.fetcher.round() == TROUBLE_SECONDS
    told = await kit.told("alert:alert-media-local")
    assert ["--local" in one.params["text"] for one in told] == [True]
    assert (await kit.found())[0].state == "waiting"


async def test_a_damaged_file_is_not_taken_for_the_original(kit: Kit) -> None:
    """A kept file that was changed on the disk is neither overwritten nor passed off as what was sent again."""
    await kit.send()
    await kit.fetcher.drain()
    path = kit.files()[0]
    path.chmod(0o600)
    path.write_bytes(b"tampered")
    await kit.send()
    await kit.fetcher.drain()
    second = (await kit.found())[1]
    assert (second.state, "has changed" in str(second.error), path.read_bytes()) == ("waiting", True, b"tampered")


async def test_a_kill_at_any_instant_loses_nothing(kit: Kit) -> None:
    """Wherever the fetcher is cut off, the next start leaves one whole file, its row, and nothing half-fetched."""
    cut = 0
    for turns in (*range(0, 40, 8), *range(40, 280, 40)):
        data = BYTES + str(turns).encode()
        await kit.send(data)
        task = asyncio.create_task(kit.fetcher.round())
        for _ in range(turns):
            await asyncio.sleep(0)
        cut += not task.done()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await kit.start()
        await MediaStore(kit.folder, bot_id=BOT).clean()
        await kit.fetcher.drain()
        row = (await kit.found())[-1]
        assert (row.state, row.sha256) == ("stored", hashlib.sha256(data).hexdigest())
    assert cut > 5
    assert len(kit.files()) == len(await kit.found())
    assert {path.suffix for path in kit.files()} == {".pdf"}


async def test_a_file_without_its_note_is_found_again(kit: Kit) -> None:
    """A kill after the file was put in its place and before it was noted leads to no second file."""

    async def pieces() -> Any:
        yield BYTES

    kept = await MediaStore(kit.folder, bot_id=BOT).take(1, pieces(), end="pdf", size=None)
    (kit.folder / ".incoming" / f"{BOT}-5.part").write_bytes(b"half")
    (kit.folder / ".incoming" / "999-5.part").write_bytes(b"another bot's")
    await kit.send()
    await MediaStore(kit.folder, bot_id=BOT).clean()
    await kit.fetcher.drain()
    row = (await kit.found())[0]
    assert (row.state, row.path) == ("stored", kept.path)
    assert [path.name for path in kit.files()] == ["999-5.part", Path(kept.path).name]


@pytest.mark.parametrize(("persons", "each"), [(4, 1), (1, 12)], ids=["of-four", "of-one"])
async def test_stalled_files_hold_up_nobody_elses(kit: Kit, persons: int, each: int) -> None:
    """While the downloads of others stall, of four persons or all that one person has, somebody else's file is kept at once."""
    kit.tg.faults.add(Fault("stall", method="download", seconds=60.0, times=persons * min(each, PER_PERSON)))
    for number in range(persons):
        person = await add_person(kit.db, 100 + number)
        for part in range(each):
            await kit.send(BYTES + bytes([number, part]), person=person)
    async with asyncio.timeout(15):
        await kit.fetcher.round()
        await kit.fetcher.round()
        late = await kit.send(b"%PDF late", person=await add_person(kit.db, 200))
        await kit.fetcher.round()
    assert [row.state for row in await kit.found() if row.message_id == late.id] == ["stored"]
    await kit.fetcher.drop()
    assert len(kit.files()) == 1


async def test_each_done_file_makes_room_for_the_next(kit: Kit) -> None:
    """One download that stalls does not keep the files that come after it from being fetched one after another."""
    kit.tg.faults.add(Fault("stall", method="download", seconds=60.0))
    for number in range(6):
        await kit.send(BYTES + bytes([number]))
    async with asyncio.timeout(15):
        while sum(row.state == "stored" for row in await kit.found()) < 5:
            await kit.fetcher.round()
    await kit.fetcher.drop()
