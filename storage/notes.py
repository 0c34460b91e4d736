"""Notes and files on an incident's timeline: one entry for a message, found again when the message is edited."""

from __future__ import annotations

from sqlalchemy import select

from storage.engine import Tx
from storage.tables import IncidentEventRow, SlotRow

NOTE, FILES, TALK = "n", "e", "talk"


def note_source(chat_id: int, message_id: int) -> str:
    """The name of the entry that a message's words are."""
    return f"{NOTE}:{chat_id}:{message_id}"


def files_source(chat_id: int, message_id: int, album_id: str | None) -> str:
    """The name of the entry that a message's file is, or the files of its whole album."""
    return f"{FILES}:{chat_id}:{f'a{album_id}' if album_id else message_id}"


def from_group(row: IncidentEventRow) -> bool:
    """Whether an entry was written in a group, where everybody saw by whom."""
    return (row.source or "").startswith((f"{NOTE}:-", f"{FILES}:-"))


async def entry(tx: Tx, bot_id: int, source: str) -> IncidentEventRow | None:
    """The entry of this name."""
    where = (IncidentEventRow.bot_id == bot_id, IncidentEventRow.source == source)
    return await tx.scalar(select(IncidentEventRow).where(*where))


def talk_key(source: str, person_id: int) -> str:
    """The name of the message by which one person is told of a note."""
    return f"{TALK}:{source}:{person_id}"


async def told(tx: Tx, bot_id: int, source: str) -> list[int]:
    """The keys of the people to whom a note was passed on."""
    start = f"{TALK}:{source}:"
    keys = await tx.scalars(select(SlotRow.key).where(SlotRow.bot_id == bot_id, SlotRow.key.startswith(start)))
    return sorted(int(key.removeprefix(start)) for key in keys)
