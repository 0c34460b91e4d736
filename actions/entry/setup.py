"""Making a database ready for use: schema, and the preset's regions and posts on an empty one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from actions.entry import preset_changes
from core.calendar.calendar import Calendar, event_date, local_day
from core.kit.steady import ASTRAY
from core.territory.regions import load_regions
from storage.database import migrate, state
from storage.database.engine import Database, Tx
from storage.database.migrate import SchemaState
from storage.database.state import INSTALLED
from storage.territory import places
from storage.territory.posts_csv import read_posts

EVENT_DAY = "event-date"
DATED = "messages-dated"  # since when messages are known by their dates too
CLOCKS_APART = timedelta(hours=1)  # Telegram's clock may be ahead of ours; both ways of knowing a message are right


async def prepare(db: Database, preset: Path, *, now: datetime) -> SchemaState:
    """Create, migrate or refuse the database, and load the preset's territory into an empty one."""
    found = await migrate.ensure(db, now=now)
    if await db.read(lambda tx: state.recall(tx, INSTALLED)) is None:
        regions = load_regions(preset)
        posts = read_posts(preset / "posts.csv", known={item.code for item in regions})

        async def load(tx: Tx) -> None:
            await places.add_regions(tx, regions)
            await places.put_posts(tx, posts)
            await state.remember(tx, INSTALLED, now.isoformat())
            await state.remember(tx, DATED, now.isoformat())
            await preset_changes.accept(tx, preset, [item.code for item in posts])

        await db.write(load)
    return found


async def event_day(db: Database, calendar: Calendar, setting: date | None, *, now: datetime) -> date:
    """The day of the event: the setting, else what was remembered, else the next by the calendar, remembered now."""
    if setting is not None:
        return setting
    kept = await db.read(lambda tx: state.recall(tx, EVENT_DAY))
    if kept is not None:
        return date.fromisoformat(kept)
    day = event_date(calendar, local_day(calendar, now))
    await db.write(lambda tx: state.remember(tx, EVENT_DAY, day.isoformat()))
    return day


async def dated_since(db: Database, *, now: datetime) -> datetime:
    """Since when a message is known by its number and its date; a database of an earlier build has numbers alone until now."""
    kept = await db.read(lambda tx: state.recall(tx, DATED))
    if kept is not None:
        return datetime.fromisoformat(kept)
    since = now + CLOCKS_APART
    await db.write(lambda tx: state.remember(tx, DATED, since.isoformat()))
    return since


async def begin_rightly(
    db: Database, calendar: Calendar, setting: date | None, *, began: datetime, now: datetime
) -> date:
    """The day of the event, now that the right time is known; where a wrong clock made the database, its beginning is now.

    `began` is what the clock showed at this start.
    """
    installed = await state.installed_at(db)
    if (installed == began or installed > now) and abs(installed - now) > ASTRAY:
        day = event_date(calendar, local_day(calendar, now))

        async def correct(tx: Tx) -> None:
            await state.remember(tx, INSTALLED, now.isoformat())
            await state.remember(tx, EVENT_DAY, day.isoformat())

        await db.write(correct)
    return await event_day(db, calendar, setting, now=now)
