"""An office for each test: a database of its own, and nothing of Telegram."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.actions_kit import Office, office_on


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    """People, groups and posts in a database, and actions called with plain arguments."""
    async with office_on(database_url) as made:
        yield made
