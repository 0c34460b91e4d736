"""A fresh database for each test, on both engines."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.database.engine import Database
from tests.storage_kit import copy_of, emptied, migrated, opened, private_postgres


@pytest.fixture(scope="session")
def postgres(worker_id: str, testrun_uid: str) -> Iterator[str]:
    with private_postgres(f"posko_test_{worker_id}_{testrun_uid[:8]}") as url:
        asyncio.run(migrated(url))
        yield url


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    return copy_of(sqlite_template, tmp_path / "posko.db")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    address = str(request.getfixturevalue("postgres"))
    asyncio.run(emptied(address))
    return address


@pytest.fixture
async def db(url: str) -> AsyncIterator[Database]:
    async with opened(url) as database:
        yield database


@pytest.fixture
async def sqlite_db(sqlite_url: str) -> AsyncIterator[Database]:
    async with opened(sqlite_url) as database:
        yield database
