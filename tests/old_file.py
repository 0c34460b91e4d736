"""The old file started again: a database that version 0.1.0 wrote, and the chats of its people (data/README.md)."""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from datetime import datetime
from pathlib import Path
from typing import Any

from actions.entry import setup
from sandbox import Group, Message, Person
from tests.kit import PRESET, WIB, Posko, running
from tests.storage_kit import a_database

DATA = Path(__file__).parent / "data"
STARTED = "2027-02-03 08:33:20"  # twenty seconds after the old program was ended


class Old:
    """The program of today over the old file, with the people and groups that were there before."""

    def __init__(self, posko: Posko, file: Path, before: sqlite3.Connection, cast: dict[str, int]) -> None:
        self.posko, self.before, self._file, self._cast = posko, before, file, cast
        self._played: dict[int, Person | Group] = {posko.admin.id: posko.admin}

    def person(self, name: str) -> Person:
        """Somebody by the name in the story: rahmat, dewi, budi, joko, tono, meja, john, yusuf, admin."""
        state = self.posko.tg.state
        found = self._play(name, lambda key: Person(state, state.world.accounts[key]))
        assert isinstance(found, Person)
        return found

    def group(self, name: str) -> Group:
        """A group by its name in the story: posko, bawaslu, province."""
        state = self.posko.tg.state
        found = self._play(name, lambda key: Group(state, state.world.chats[key]))
        assert isinstance(found, Group)
        return found

    def _play(self, name: str, make: Callable[[int], Person | Group]) -> Person | Group:
        key = self._cast[name]
        if key not in self._played:
            self._played[key] = make(key)
        return self._played[key]

    def who(self, chat_id: int) -> Person | Group:
        """Whoever has this chat."""
        name = next(name for name, key in self._cast.items() if key == chat_id)
        return self.person(name) if chat_id > 0 else self.group(name)

    def sql(self, statement: str, *values: object) -> list[Any]:
        """Rows of the database as it is now, from a table by its name; of one column, the bare values."""
        with closing(sqlite3.connect(self._file)) as connection:
            rows = connection.execute(statement, values).fetchall()
        return [row[0] if len(row) == 1 else row for row in rows]

    def was(self, statement: str, *values: object) -> list[Any]:
        """The same of the database as the old program left it."""
        rows = self.before.execute(statement, values).fetchall()
        return [row[0] if len(row) == 1 else row for row in rows]

    def message(self, chat_id: int, message_id: int) -> Message:
        """A message by its chat and number."""
        return self.posko.tg.state.world.chats[chat_id].messages[message_id]

    def card(self, where: Person | Group, number: int) -> Message:
        """An incident's card as it stands in a chat."""
        begins = tuple(f"{symbol} I-{number} · " for symbol in "🟢🟡🟠🔴")
        shown = [one for one in where.messages if one.by_bot and any(begin in one.text for begin in begins)]
        return [one for one in shown if "📍" in one.text][-1]

    def shown(self, where: Person | Group, words: str, label: str = "") -> Message:
        """The newest message of the bot in a chat that has these words, and a button of this label."""
        found = [one for one in where.messages if one.by_bot and words in one.text]
        return [one for one in found if any(text.startswith(label) for text in [*one.buttons, ""])][-1]

    def failures(self) -> list[Any]:
        """What the program could not deal with: updates set aside, and those that failed and wait."""
        return self.sql("SELECT update_id, error FROM inbox WHERE state = 'dead' OR attempts > 0")

    async def again(self) -> None:
        """End the program as by a kill and start it once more."""
        await self.posko.restart()
        await self.posko.settle()


def written(name: str) -> Any:
    """A file of the story that is not packed."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


@asynccontextmanager
async def started(folder: Path) -> AsyncIterator[Old]:
    """Start the program on a copy of the old file, seconds after its end; what waited there has happened then."""
    file, preset = folder / "posko.db", folder / "preset"
    script = gzip.decompress((DATA / "old_database.sql.gz").read_bytes()).decode()
    before = sqlite3.connect(":memory:")
    before.executescript(script)
    with closing(sqlite3.connect(file)) as copy:
        before.backup(copy)
    preset.symlink_to(PRESET)  # a desk of its own: the file holds a part of the territory only
    world = json.loads(gzip.decompress((DATA / "old_telegram.json.gz").read_bytes()))
    assert (datetime.fromisoformat(STARTED).replace(tzinfo=WIB) - datetime.fromisoformat(world["now"])).seconds == 20
    url = f"sqlite+aiosqlite:///{file}"
    db = a_database(url)
    await setup.prepare(db, PRESET, now=datetime.fromisoformat(STARTED).replace(tzinfo=WIB))  # as at every start
    await db.close()
    async with running(url, local=STARTED, world=world, preset=preset, media_dir=folder / "media") as posko:
        yield Old(posko, file, before, world["cast"])
    before.close()
