"""A database, a local Telegram and the real bot over HTTP; only the clock is moved by the tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from telegram.ext import Application

from bot import build_application
from core.kit.settings import Settings
from sandbox import Limits, LocalTelegram
from storage.database.engine import Database
from tests.storage_kit import ROOT, FakeClock, copy_of, opened

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def db(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Database]:
    async with opened(copy_of(sqlite_template, tmp_path / "posko.db")) as database:
        yield database


@pytest.fixture
def limits() -> Limits:
    """The limits of the local Telegram; a test that is about them overrides this."""
    return Limits.off()


@pytest.fixture
async def tg(clock: FakeClock, limits: Limits) -> AsyncIterator[LocalTelegram]:
    async with LocalTelegram(clock=clock.seconds, limits=limits) as telegram:
        yield telegram
        telegram.assert_no_unexpected_refusals()


@pytest.fixture
async def app(tg: LocalTelegram) -> AsyncIterator[AnyApplication]:
    settings = Settings(token=SecretStr(tg.token), preset=ROOT / "presets" / "sumsel", api_url=tg.url, _env_file=None)
    application = build_application(settings, tg.token)
    await application.initialize()
    yield application
    await application.shutdown()
