"""Lists of the preset that were changed between two starts: compared, said, never taken over by themselves."""

from __future__ import annotations

import logging
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from actions.entry import command_line, setup
from actions.entry.preset_changes import Difference, compare, tell_changes
from core.kit.settings import Settings
from storage.database.engine import Database
from storage.tables import OutboxRow
from storage.territory import places
from tests.kit import make_settings
from tests.storage_kit import NOW, ROOT, a_desk, add_person, opened, rows


class Start:
    """A program over a preset of its own, started as often as a test likes."""

    def __init__(self, db: Database, preset: Path, caplog: pytest.LogCaptureFixture) -> None:
        self.db, self.preset, self._caplog = db, preset, caplog
        self.settings: Settings = make_settings(
            "sqlite+aiosqlite:///unused.db", api_url="http://127.0.0.1:1", preset=preset
        )

    async def __call__(self) -> list[str]:
        """Start, and give what stands in the log of it."""
        self._caplog.clear()
        await setup.prepare(self.db, self.preset, now=NOW)
        await tell_changes(self.db, await a_desk(self.db), self.preset, now=NOW)
        return [line.getMessage().split(";")[0] for line in self._caplog.records]

    def change(self, name: str, old: str, new: str) -> None:
        """Change a list of the preset."""
        file = self.preset / name
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new, 1))


@pytest.fixture
async def start(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Start]:
    """A program that was started once."""
    caplog.set_level(logging.WARNING)
    preset = tmp_path / "preset"
    shutil.copytree(ROOT / "presets" / "sumsel", preset)
    async with opened(f"sqlite+aiosqlite:///{tmp_path / 'x.db'}") as db:
        started = Start(db, preset, caplog)
        assert await started() == []
        await add_person(db, 7, role="admin")
        yield started


async def test_a_changed_list_of_posts_is_said(start: Start) -> None:
    """What is new and what differs is counted at each start, and told to admins once; the database stays as it is."""
    start.change("posts.csv", "Lapas Kelas I Palembang", "Lapas Palembang")
    with (start.preset / "posts.csv").open("a") as file:
        file.write("POSKO-1,Posko satu,posko,16.71.16.1005,,low,,\n")
    said = "posts.csv of the preset differs from the database: 1 new, 1 changed, 0 gone"
    assert [await start(), await start()] == [[said], [said]]
    told = await rows(start.db, select(OutboxRow.params))
    assert [params["text"].count("import posts") for (params,) in told] == [1]
    assert len(await start.db.read(lambda tx: places.posts_by_code(tx, ["POSKO-1"]))) == 0


async def test_an_import_puts_an_end_to_it(start: Start) -> None:
    """After the file was imported nothing is said any more."""
    start.change("posts.csv", "Lapas Kelas I Palembang", "Lapas Palembang")
    await command_line.import_posts(start.db, start.settings, start.preset / "posts.csv", now=NOW, say=lambda _: None)
    assert await start() == []


async def test_changed_regions_are_said_and_imported(start: Start) -> None:
    """A region that is new, has another name, or is gone is counted; an import takes over the first two."""
    start.change(
        "regions.csv", "16.01,16,regency,Kabupaten Ogan Komering Ulu\n", "16.01,16,regency,Kabupaten OKU Induk\n"
    )
    with (start.preset / "regions.csv").open("a") as file:
        file.write("16.99,16,regency,Kabupaten Baru\n")
    assert await start() == ["regions.csv of the preset differs from the database: 1 new, 1 changed, 0 gone"]
    said: list[str] = []
    await command_line.import_regions(start.db, start.settings, start.preset / "regions.csv", now=NOW, say=said.append)
    assert "0 that the file does not name stay" in said[0]
    assert await start() == []
    book = await start.db.read(places.region_book)
    assert [region.name for region in book.find("16.99")] == ["Kabupaten Baru"]


async def test_a_broken_list_is_said_and_stops_nothing(start: Start) -> None:
    """A list that cannot be read any more is named with its fault; the program starts over what it has."""
    start.change("posts.csv", ",lapas,", ",penjara-besar,")
    start.change("regions.csv", "16.01,16,", "16.01,17,")
    lines = await start()
    assert [line.split(":")[0] for line in lines] == [
        "regions.csv of the preset has changed but cannot be read",
        "posts.csv of the preset has changed but cannot be read",
    ]


async def test_a_post_that_is_gone_is_said(start: Start) -> None:
    """A post that the list named once is gone; one that was imported from another file is not."""
    start.change("posts.csv", "LAPAS-1671,", "LAPAS-1671-B,")
    assert await start() == ["posts.csv of the preset differs from the database: 1 new, 0 changed, 1 gone"]
    listed, stored = {"a": 1, "b": 2}, {"b": 3, "c": 4, "d": 5}
    assert compare(listed, stored, {"c", "e"}) == Difference(1, 1, 1)
