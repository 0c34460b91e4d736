"""Fixtures that many folders share; see README.md."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.kit import Posko, copy_of, make_template, running


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Silence what the program itself silences: python-telegram-bot advises against raw calls by name."""
    for item in items:
        item.add_marker(pytest.mark.filterwarnings("ignore:Please use 'Bot"))


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A prepared SQLite file with the preset's territory, made once."""
    file = tmp_path_factory.mktemp("template") / "posko.db"
    asyncio.run(make_template(file))
    return file


@pytest.fixture
def database_url(template: Path, tmp_path: Path) -> str:
    """The address of a prepared database of this test's own."""
    return copy_of(template, tmp_path / "posko.db")


@pytest.fixture
async def posko(database_url: str) -> AsyncIterator[Posko]:
    """The whole program, a step at a time, with the clock standing at H-11, 07.10 WIB."""
    async with running(database_url) as program:
        yield program
