"""Notes on timelines as the database keeps them, on both engines."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from core.incidents.keys import files_source, from_group, note_source, talk_key
from storage.database.engine import Database, Tx
from storage.incidents import incidents, notes
from storage.stamp import Stamp
from storage.tables import IncidentEventRow, IncidentRow
from tests.storage.incidents.test_open_list import add
from tests.storage_kit import BOT, NOW, add_person, add_territory, rows, show

SOURCE = note_source(-1001234567890, 4_000_000)
ALBUM = files_source(-1001234567890, 4_000_000, "9" * 64)


async def put(db: Database, *sources: str | None) -> None:
    """Add an entry for each of these messages."""

    async def work(tx: Tx) -> None:
        incident = (await tx.scalars(select(IncidentRow))).one()
        for source in sources:
            incidents.event(tx, incident, Stamp(None, (BOT, None), NOW), action="noted", note="air", source=source)

    await db.write(work)


async def test_a_message_has_one_entry(db: Database) -> None:
    """An entry is found by its message and cannot be there twice; entries without a message may be many."""
    await add_territory(db)
    await add_person(db, 7)
    await add(db, {})
    await put(db, SOURCE, ALBUM, None, None)
    with pytest.raises(IntegrityError):
        await put(db, SOURCE)

    async def found(tx: Tx) -> list[str | None]:
        known = [await notes.entry(tx, bot, ALBUM) for bot in (BOT, BOT + 1)]
        return [row.source if row is not None else None for row in known]

    assert await db.read(found) == [ALBUM, None]
    assert len(await rows(db, select(IncidentEventRow.id))) == 4


async def test_who_was_told_is_known_by_the_messages_to_them(db: Database) -> None:
    """The people to whom a note was passed on are read from the names of those messages, and of no other note's."""
    for person in (12, 9):
        await show(db, talk_key(SOURCE, person), "x", place=(person, None))
    await show(db, talk_key(f"{SOURCE}1", 5), "x", place=(5, None))
    assert await db.read(lambda tx: notes.told(tx, BOT, SOURCE)) == [9, 12]


@pytest.mark.parametrize(
    ("source", "public"),
    [
        (SOURCE, True),
        (ALBUM, True),
        (note_source(77, 1), False),
        (files_source(77, 1, None), False),
        (None, False),
    ],
)
def test_what_was_written_in_a_group_is_known(source: str | None, *, public: bool) -> None:
    """Only what was written before everybody's eyes counts as said in a group."""
    assert from_group(source) is public
