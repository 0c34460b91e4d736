"""A preset whose regions or posts were changed after they were loaded: compared at each start, said, and not taken over."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from actions.people.admins import alert_admins
from core.delivery.keys import preset_key
from core.desk import Desk
from core.kit.preset_tables import PresetError
from core.kit.texts import TextArg
from core.territory.regions import Region, load_regions
from storage.database import state
from storage.database.engine import Database, Tx
from storage.territory import places
from storage.territory.places import NewPost
from storage.territory.posts_csv import ImportFileError, read_posts

LOG = logging.getLogger(__name__)
SEEN = "preset-files"  # digest of the preset's lists when they were last found to agree with the database
NAMED = "preset-posts"  # the codes of the posts that they named then
REGIONS, POSTS = "regions.csv", "posts.csv"
Said = tuple[str, dict[str, TextArg]]  # the key of a text, and its values
LISTS = (REGIONS, "region_aliases.csv", "regencies.csv", POSTS)


@dataclass(frozen=True)
class Difference:
    """How a list of the preset differs from what is in the database."""

    new: int
    changed: int
    gone: int

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)


def compare(listed: Mapping[str, object], stored: Mapping[str, object], once: Collection[str]) -> Difference:
    """Compare by code; gone is what the list named `once` and the database still has: the rest was imported."""
    new = sum(code not in stored for code in listed)
    changed = sum(code in stored and stored[code] != item for code, item in listed.items())
    return Difference(new, changed, sum(code in stored and code not in listed for code in once))


async def accept(tx: Tx, preset: Path, posts: Collection[str]) -> None:
    """Note that the database agrees with the preset's lists as they are now, and which posts they name."""
    await state.remember(tx, SEEN, digest(preset))
    await state.remember(tx, NAMED, "\n".join(posts))


def digest(preset: Path) -> str:
    """A digest of the lists; one that is not there counts as empty."""
    found = hashlib.sha256()
    for name in LISTS:
        file = preset / name
        content = file.read_bytes() if file.is_file() else b""
        found.update(f"{name} {len(content)} ".encode() + content)
    return found.hexdigest()


async def tell_changes(db: Database, desk: Desk, preset: Path, *, now: datetime) -> None:
    """Say in the log at each start, and to admins once, how the preset's lists differ from the database.

    While the files are as they were when they last agreed with it, that is one small read.
    """
    present = digest(preset)
    if await db.read(lambda tx: state.recall(tx, SEEN)) == present:
        return
    said, posts = await db.read(lambda tx: _said(tx, preset))

    async def tell(tx: Tx) -> None:
        if not said:
            await accept(tx, preset, posts)
        for text, values in said:
            key = preset_key(str(values["file"]), present[:16])
            await alert_admins(tx, desk, text, key=key, now=now, **values)

    await db.write(tell)


async def _said(tx: Tx, preset: Path) -> tuple[list[Said], Collection[str]]:
    """What is to be told of each list that differs, or that is broken (the log has it already), and the posts listed."""
    said: list[Said] = []
    book = await places.region_book(tx)
    known = {code: _plain(book.get(code)) for code in book.codes()}
    regions: dict[str, object] = {}
    try:
        regions = {item.code: _plain(item) for item in load_regions(preset)}
        said += _told(preset / REGIONS, "regions", compare(regions, known, known))
    except PresetError as error:
        said += _broken(REGIONS, str(error))
    posts: dict[str, NewPost] = {}
    try:
        posts = {item.code: item for item in read_posts(preset / POSTS, known=known.keys() | regions.keys())}
        once = (await state.recall(tx, NAMED) or "").splitlines()
        said += _told(preset / POSTS, "posts", compare(posts, await places.posts_as_imported(tx), once))
    except ImportFileError as error:
        said += _broken(POSTS, error.lines[0])
    return said, posts


def _plain(region: Region | None) -> object:
    return region and (region.parent_code, region.name, region.short_name, sorted(region.aliases))


def _told(file: Path, what: str, found: Difference) -> list[Said]:
    if not found:
        return []
    command = f"python bot.py import {what} {file}"
    LOG.warning(
        "%s of the preset differs from the database: %d new, %d changed, %d gone; they are not taken over by themselves: run %s",
        file.name,
        found.new,
        found.changed,
        found.gone,
        command,
    )
    counts = {"new": found.new, "changed": found.changed, "gone": found.gone}
    return [("alert-preset-changed", {"file": file.name, "command": command, **counts})]


def _broken(name: str, reason: str) -> list[Said]:
    LOG.warning("%s of the preset has changed but cannot be read: %s", name, reason)
    return [("alert-preset-broken", {"file": name, "reason": reason})]
