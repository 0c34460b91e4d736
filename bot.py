"""Posko's composition root and command line: the only file that builds things."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import dataclasses
import logging
import signal
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlparse

from core.kit.clock import Clock, FileClock, SystemClock
from core.kit.settings import Settings, SettingsError, load_settings, require_token

if TYPE_CHECKING:
    from datetime import datetime

    from telegram.ext import Application

    from core.desk import Desk
    from jobs.machine import Machine
    from storage.database.engine import Database

LOG = logging.getLogger("posko")
DONE, FAILED, MISUSED, BROKEN = 0, 1, 2, 3  # exit codes
ROOT = Path(__file__).resolve().parent
STOP_SECONDS = 8.0  # of the ten that a stop may take
AWAY_SECONDS = 1.0  # until a database server that is away at start is tried again


class StartError(Exception):
    """The program cannot start or go on; the text is one line that says what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give the exit code: 0 done, 1 failed, 2 what only a hand can mend, 3 broke while it ran."""
    from actions.entry.arguments import parser
    from actions.entry.command_line import CommandError
    from core.forms.form_files import FormFileError
    from core.kit.preset_tables import PresetError
    from storage.database.faults import DatabaseBrokenError, DatabaseBusyError
    from storage.database.lock import InUseError
    from storage.database.migrate import SchemaError
    from storage.territory.posts_csv import WRONG_SHOWN, ImportFileError

    options = parser().parse_args(arguments)
    by_hand = (SettingsError, StartError, CommandError, InUseError, SchemaError, PresetError, FormFileError)
    try:
        return asyncio.run(_command(options))
    except (*by_hand, DatabaseBrokenError) as error:
        print(f"posko: {error}", file=sys.stderr)
        return MISUSED
    except ImportFileError as error:
        for line in error.lines[:WRONG_SHOWN]:
            print(f"posko: {line}", file=sys.stderr)
        print(
            f"posko: nothing was imported: {len(error.lines)} wrong line(s); correct them and import again",
            file=sys.stderr,
        )
        return FAILED if options.command == "import" else MISUSED
    except DatabaseBusyError as error:
        print(f"posko: {error}; then try again", file=sys.stderr)
        return FAILED


async def _command(options: argparse.Namespace) -> int:
    if options.command == "sandbox":
        from sandbox.play import play

        return await play(ROOT, demo=options.demo)
    settings = load_settings()
    if options.command in (None, "run"):
        return await run(settings, _clock(settings, getattr(options, "clock", None)))
    with _database_errors():
        await _offline(settings, options)
    return DONE


def _clock(settings: Settings, file: Path | None) -> Clock:
    """The real clock, or a moved one, which is for rehearsals against a local Telegram only."""
    if file is None:
        return SystemClock()
    if urlparse(settings.api_url).hostname not in ("127.0.0.1", "localhost", "::1"):
        raise StartError("--clock is for rehearsals: POSKO_API_URL must be on this machine (http://127.0.0.1:…)")
    return FileClock(file)


@contextlib.contextmanager
def _database_errors() -> Iterator[None]:
    """Turn a database that cannot be opened into one line."""
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except (DBAPIError, ModuleNotFoundError, OSError) as error:
        if isinstance(error, ModuleNotFoundError) and error.name != "asyncpg":
            raise
        why = str(getattr(error, "orig", None) or error).splitlines()[0]
        hint = (
            "pip install -r requirements-postgres.txt"
            if isinstance(error, ModuleNotFoundError)
            else "check the path or address and its rights"
        )
        raise StartError(f"POSKO_DATABASE_URL: the database cannot be opened ({why}): {hint}") from None


def _open(settings: Settings) -> Database:
    from storage.database.engine import Database, sqlite_file

    file = sqlite_file(settings.database_url)
    if file is not None and not file.parent.is_dir():
        raise StartError(f"POSKO_DATABASE_URL: the folder {file.parent} does not exist: create it")
    return Database(settings.database_url)


async def _offline(settings: Settings, options: argparse.Namespace) -> None:
    """Run a command that needs the database only."""
    from actions.entry import command_line

    db, now = _open(settings), SystemClock().now()
    try:
        if options.command == "migrate":
            await command_line.migrate_database(db, settings, now=now, say=print)
        elif options.command == "import":
            load = command_line.import_regions if options.what == "regions" else command_line.import_posts
            await load(db, settings, options.file, now=now, say=print)
        else:
            wish = command_line.ExportWish(
                what=options.what,
                output=options.output,
                region=options.region,
                since=options.since,
                force=options.force,
            )
            await command_line.export_rows(db, settings, wish, now=now, say=print)
    finally:
        await db.close()


async def run(settings: Settings, clock: Clock) -> int:
    """Run the bot until it is told to stop."""
    from core.kit import logs
    from storage.database.lock import only_one

    logs.set_up(as_json=settings.log_format == "json", secrets=settings.secrets)
    # The library advises against raw calls by name; we make them on purpose, to read updates unparsed.
    warnings.filterwarnings("ignore", message="Please use 'Bot")
    token = require_token(settings)
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    db, began = _open(settings), clock.now()
    with only_one(settings.database_url):
        try:
            unchecked = await _ready(settings, db, began, stopping)
            if unchecked is None:
                return DONE
            return await _serve(settings, token, db, clock, stopping, began=began, unchecked=unchecked)
        finally:
            await db.close()


async def _ready(settings: Settings, db: Database, began: datetime, stopping: asyncio.Event) -> list[str] | None:
    """Make the database ready, waiting for a server that is away as for Telegram; None when told to stop meanwhile.

    Gives the tables that were not yet checked. After a fault everything is checked before anything is done.
    """
    from actions.entry import setup
    from jobs import machine
    from storage.database import checking
    from storage.database.faults import DatabaseAwayError

    note = machine.fault_note(settings)
    note.bar_new(settings.database_url)
    noted = note.read()
    while not stopping.is_set():
        try:
            with _database_errors():
                await setup.prepare(db, settings.preset, now=began)
                return await checking.check_start(db, thorough=noted is not None)
        except DatabaseAwayError:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), AWAY_SECONDS)
    return None


async def _serve(
    settings: Settings,
    token: str,
    db: Database,
    clock: Clock,
    stopping: asyncio.Event,
    *,
    began: datetime,
    unchecked: Sequence[str],
) -> int:
    from actions.entry import setup
    from actions.entry.opening import open_desk
    from jobs import machine
    from jobs.delivery.intake import TokenRefusedError, first_contact
    from storage.database.faults import DatabaseBrokenError

    # Before any call, because it names a faulty preset; what it takes from the clock is held against Telegram's date later.
    desk = await open_desk(settings, db, locales=ROOT / "locales", now=began)
    application = build_application(settings, token)
    try:
        if not await first_contact(application, stopping):
            return DONE
        clock = await machine.steady_clock(db, application, clock, time.monotonic)
        day = await setup.begin_rightly(db, desk.calendar, settings.event_date, began=began, now=clock.now())
        bot_id, username = application.bot.id, application.bot.username
        desk = dataclasses.replace(desk, bot_id=bot_id, bot_username=username, event_date=day)
        parts = await build_machine(settings, db, desk, application, clock, unchecked=unchecked)
        LOG.info("@%s runs; %d days to the event", desk.bot_username, desk.days_left(clock.now()))
        try:
            await parts.run(stopping)
        except DatabaseBrokenError as error:
            LOG.critical("the program ends: %s", error)
            return BROKEN
    except TokenRefusedError:
        raise StartError(
            "POSKO_TOKEN: Telegram does not know this token; check it, or get a new one from @BotFather"
        ) from None
    finally:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(application.shutdown(), STOP_SECONDS)
    LOG.info("stopped")
    return DONE


def build_application(settings: Settings, token: str) -> Application[Any, Any, Any, Any, Any, Any]:
    """Build python-telegram-bot's application over our request class, without its own polling and timers."""
    from jobs import machine

    return machine.build_application(settings, token)


async def build_machine(
    settings: Settings,
    db: Database,
    desk: Desk,
    application: Application[Any, Any, Any, Any, Any, Any],
    clock: Clock,
    *,
    unchecked: Sequence[str] = (),
    passed: Callable[[], float] = time.monotonic,
) -> Machine:
    """Put the way in, the pump, the way out and the clock together, each waking the next."""
    from actions.entry.preset_changes import tell_changes
    from actions.entry.setup import dated_since
    from actions.people.admins import alert_admins
    from core.delivery.keys import hour_key
    from handlers.entry.dispatch import Dispatcher
    from handlers.entry.table import build_routes
    from handlers.kit.menus import publish_menus
    from jobs import entry, machine
    from jobs.delivery import intake, pump
    from jobs.delivery.telling_time import TimeTellingApi
    from storage.database import ahead
    from storage.people import people

    clock = await machine.steady_clock(db, application, clock, passed)
    bot_id, now = desk.bot_id, clock.now()
    await tell_changes(db, desk, settings.preset, now=now)
    desk = dataclasses.replace(desk, dated_since=await dated_since(db, now=now))
    routes = build_routes(desk)
    api = TimeTellingApi(machine.build_api(settings, db, desk, application), clock)
    out = machine.build_sender(settings, db, desk, api, clock=clock)
    handled, pace = Dispatcher(desk, application, routes), machine.build_pace(settings)
    pumped = pump.Pump(db, handled, bot_id=bot_id, clock=clock, committed=out.wake, pace=pace)

    async def alert(key: str) -> None:
        at = clock.now()
        await db.write(lambda tx: alert_admins(tx, desk, f"alert-{key}", key=hour_key(key, at), now=at))
        out.wake()

    taken = intake.Intake(db, api, bot_id=bot_id, clock=clock, arrived=pumped.wake, alert=alert)
    timed = await machine.build_timekeeper(db, desk, api, clock=clock, out=out)
    await db.read(ahead.continue_keys)
    await db.write(lambda tx: people.ensure_admins(tx, settings.admins, now=now))
    await db.write(lambda tx: publish_menus(tx, desk, routes.commands, now=now))
    fetched = machine.build_fetcher(settings, db, desk, application, clock=clock, out=out)
    note = machine.fault_note(settings)
    watch = entry.DatabaseWatch(db, application.bot, note, desk=desk, clock=clock, unchecked=unchecked)
    return machine.Machine(taken, pumped, out, timed, fetched, watch)


if __name__ == "__main__":
    sys.exit(main())
