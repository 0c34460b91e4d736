"""Fixtures that many folders share; see README.md."""

from __future__ import annotations

import asyncio
import fcntl
import shutil
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path

import pytest

from core.kit.bounds import FILE
from tests.kit import PRESET, Posko, copy_of, make_template, running
from tests.storage_kit import migrated

# The least that a preset may allow one person.
LIMITS = """
[limits]
draft_words = 500
drafts = 5
drafts_aside = 3
draft_files = 10
report_files = 10
early_files = 3
early_megabytes = 1
alarm_words = 1000
versions = 5
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Silence what the program itself silences: python-telegram-bot advises against raw calls by name."""
    for item in items:
        item.add_marker(pytest.mark.filterwarnings("ignore:Please use 'Bot"))


def made_once(folder: Path, name: str, make: Callable[[Path], Coroutine[None, None, None]]) -> Path:
    """Make a file for every worker of this run, by the first that needs it; the others wait for it."""
    file, part = folder / name, folder / f"{name}.part"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            asyncio.run(make(part))
            part.rename(file)
    return file


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def template(shared: Path) -> Path:
    """A prepared SQLite file with the preset's territory, made once."""
    return made_once(shared, "template.db", make_template)


@pytest.fixture(scope="session")
def sqlite_template(shared: Path) -> Path:
    """An empty SQLite file of the program's schema, made once."""
    return made_once(shared, "schema.db", lambda file: migrated(f"sqlite+aiosqlite:///{file}"))


@pytest.fixture
def database_url(template: Path, tmp_path: Path) -> str:
    """The address of a prepared database of this test's own."""
    return copy_of(template, tmp_path / "posko.db")


@pytest.fixture
async def posko(database_url: str) -> AsyncIterator[Posko]:
    """The whole program, a step at a time, with the clock standing at H-11, 07.10 WIB."""
    async with running(database_url) as program:
        yield program


@pytest.fixture
async def small(database_url: str, tmp_path: Path) -> AsyncIterator[Posko]:
    """The program with a preset whose limits are the smallest."""
    preset = tmp_path / "preset"
    shutil.copytree(PRESET, preset)
    (preset / FILE).write_text(LIMITS, encoding="utf-8")
    async with running(database_url, preset=preset, media_dir=tmp_path / "media") as program:
        yield program
