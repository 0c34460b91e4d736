"""What the command line does with a database while no bot needs to run; progress goes to standard output."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from actions.entry import setup
from actions.overview.exports import write_csv
from core.forms.form_files import load_forms
from core.groups.routing_file import load_routing
from core.kit.settings import Settings
from core.overview.exports import Bounds
from core.territory.regions import load_regions
from storage.database import migrate
from storage.database.engine import Database
from storage.territory import places
from storage.territory.posts_csv import read_posts

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportWish:
    """What is to be exported, and to where."""

    what: str  # "reports" or "incidents"
    output: Path
    region: str | None = None  # a code or a name
    since: datetime | None = None  # without an offset it is in the preset's zone
    force: bool = False  # replace a file that is there


class CommandError(Exception):
    """The command was used wrongly; the text is one line that says what to do."""


async def migrate_database(db: Database, settings: Settings, *, now: datetime, say: Say) -> None:
    """Create the database, or bring it to this version after a copy was taken."""
    if await migrate.state(db) is migrate.SchemaState.OLDER:
        copy = await migrate.copy_aside(db, now=now)
        if copy is not None:
            say(f"a copy of the old database is in {copy}")
        await migrate.upgrade(db)
    await setup.prepare(db, settings.preset, now=now)
    say(f"the database stands at {await migrate.revision(db)}")


async def import_posts(db: Database, settings: Settings, file: Path, *, now: datetime, say: Say) -> None:
    """Store the posts of a file, all or none, replacing those with the same code."""
    await setup.prepare(db, settings.preset, now=now)
    book = await db.read(places.region_book)
    posts = read_posts(file, known=book.codes())
    await db.write(lambda tx: places.put_posts(tx, posts))
    say(f"imported {len(posts)} posts; there are {await db.read(places.count_posts)} now")


async def import_regions(db: Database, settings: Settings, file: Path, *, now: datetime, say: Say) -> None:
    """Store the regions of a file, all or none, replacing those with the same code; others stay, as posts may lie in them."""
    await setup.prepare(db, settings.preset, now=now)
    regions = load_regions(settings.preset, file)
    stay = len((await db.read(places.region_book)).codes() - {item.code for item in regions})
    await db.write(lambda tx: places.add_regions(tx, regions))
    say(f"imported {len(regions)} regions; {stay} that the file does not name stay. Start the bot anew to use them")


async def export_rows(db: Database, settings: Settings, wish: ExportWish, *, now: datetime, say: Say) -> None:
    """Write reports or incidents to a file; raises CommandError for a file that exists or an unknown region."""
    output, since, zone = wish.output, wish.since, settings.zone
    if output.exists() and not wish.force:
        raise CommandError(f"{output} exists: name another file, or add --force")
    await setup.prepare(db, settings.preset, now=now)
    code = None
    if wish.region:
        found = (await db.read(places.region_book)).find(wish.region)
        if len(found) != 1:
            raise CommandError(
                f"--region {wish.region}: {'several regions' if found else 'no region'} of that name; give its code"
            )
        code = found[0].code
    bounds = Bounds(code, since.replace(tzinfo=zone) if since and since.tzinfo is None else since)
    forms = load_forms(settings.preset / "forms")
    routing = load_routing(settings.preset / "routing.toml", categories=forms.categories or None)
    try:
        rows = await db.read(
            lambda tx: write_csv(tx, wish.what, output, bounds, forms=forms, zone=zone, routing=routing)
        )
    except OSError as error:
        raise CommandError(f"{output} cannot be written: {error.strerror}; name another place") from None
    say(f"wrote {rows} rows to {output}")
