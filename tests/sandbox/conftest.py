"""A started local Telegram without flood limits, a person who wrote to the bot, and a bot that calls."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from sandbox import Limits, LocalTelegram, Person
from tests.sandbox.caller import Caller, FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def tg(clock: FakeClock) -> AsyncIterator[LocalTelegram]:
    async with LocalTelegram(clock=clock, limits=Limits.off()) as telegram:
        yield telegram


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def bot(tg: LocalTelegram, http: aiohttp.ClientSession) -> Caller:
    return Caller(tg, http)


@pytest.fixture
def budi(tg: LocalTelegram) -> Person:
    return tg.person("Budi", language="id", started=True)
