"""Making a database ready for use."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete

from actions.entry import setup
from core.calendar.calendar_file import load_calendar
from storage.database import migrate
from storage.database.engine import Database
from storage.database.migrate import SchemaState
from storage.database.state import installed_at
from storage.tables import MetaRow
from storage.territory import places
from tests.storage_kit import NOW, ROOT, opened

PRESET = ROOT / "presets" / "sumsel"
CALENDAR = load_calendar(PRESET / "calendar.toml", zone=ZoneInfo("Asia/Jakarta"))


@pytest.fixture
def fresh_url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'fresh.db'}"


async def test_first_start_makes_and_fills_the_database(fresh_url: str) -> None:
    """The first start creates the tables and loads the preset's regions and posts."""
    async with opened(fresh_url) as db:
        assert await setup.prepare(db, PRESET, now=NOW) is SchemaState.EMPTY
        assert await migrate.state(db) is SchemaState.CURRENT
        assert (await db.read(places.region_book)).find("Kota Palembang")[0].code == "16.71"
        assert await db.read(places.count_posts) > 0


async def test_later_starts_load_nothing_anew(fresh_url: str) -> None:
    """The territory is loaded once, and the time of the installation stays."""
    async with opened(fresh_url) as db:
        await setup.prepare(db, PRESET, now=NOW)
        before = await db.read(places.count_posts)
        assert await setup.prepare(db, PRESET, now=NOW + timedelta(days=9)) is SchemaState.CURRENT
        assert (await db.read(places.count_posts), await installed_at(db)) == (before, NOW)


async def test_messages_are_known_by_their_dates_from_the_first_start(fresh_url: str) -> None:
    """A new database knows every message by number and date; one of an earlier build begins an hour after its next start."""
    async with opened(fresh_url) as db:
        await setup.prepare(db, PRESET, now=NOW)
        assert await setup.dated_since(db, now=NOW + timedelta(days=1)) == NOW
        await db.write(lambda tx: tx.execute(delete(MetaRow).where(MetaRow.key == setup.DATED)))
        starts = [await setup.dated_since(db, now=NOW + timedelta(days=days)) for days in (1, 2)]
    assert starts == [NOW + timedelta(days=1, hours=1)] * 2


async def test_event_day_is_the_next_one_and_is_remembered(db: Database) -> None:
    """Without a setting the event is the next 14 February from the first start, also when that day has passed."""
    days = [await setup.event_day(db, CALENDAR, None, now=NOW + timedelta(days=later)) for later in (0, 30)]
    assert days == [date(2027, 2, 14), date(2027, 2, 14)]


async def test_event_day_of_the_settings_wins(db: Database) -> None:
    """A day in the settings wins over the one remembered, and is not remembered itself."""
    await setup.event_day(db, CALENDAR, None, now=NOW)
    assert await setup.event_day(db, CALENDAR, date(2029, 6, 1), now=NOW) == date(2029, 6, 1)
    assert await setup.event_day(db, CALENDAR, None, now=NOW) == date(2027, 2, 14)
