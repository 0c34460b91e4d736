"""Linking: a group, or a topic in one, hears of a region until it is unlinked or the bot is put out."""

from __future__ import annotations

from collections.abc import Collection

from actions.groups.gone import tell_groups_gone
from actions.work import Work
from core.delivery.outgoing import Place
from core.groups.purposes import Purpose
from core.kit.texts import UserError
from core.people.roles import Role, reaches
from storage.delivery import settle
from storage.groups import link_group
from storage.tables import GroupRow

TITLE_LIMIT = 200  # storage.tables.GroupRow.title


async def link(
    work: Work, place: Place, *, title: str, region_code: str, purposes: Collection[Purpose], language: str
) -> GroupRow:
    """Link a place to a region for these purposes, all of them if none is named; the language is that of a new group.

    Raises UserError outside the person's territory.
    """
    _check(work, region_code)
    row = await link_group(
        work.tx,
        work.desk.bot_id,
        place,
        title=title[:TITLE_LIMIT],
        region_code=region_code,
        purposes=purposes,
        now=work.now,
    )
    if row.language is None:
        row.language = language
    work.journal("linked", f"group:{row.chat_id}", region=region_code, purposes=[item.value for item in purposes])
    return row


async def unlink(work: Work) -> None:
    """End the link of the group in which this is done; raises UserError if it has none, or for another's territory."""
    if work.group is None:
        raise UserError("not-linked")
    _check(work, work.group.region_code)
    work.group.unlinked_at = work.now
    work.journal("unlinked", f"group:{work.group.chat_id}", region=work.group.region_code)


async def put_out(work: Work, chat_id: int) -> None:
    """End every link of a chat that put the bot out, topics included, and tell admins.

    Nothing is done where the sender has found the chat gone before.
    """
    gone = await settle.chat_gone(work.tx, work.desk.bot_id, chat_id, now=work.now)
    for row in gone:
        work.journal("put-out", f"group:{chat_id}", region=row.region_code)
    await tell_groups_gone(work.tx, work.desk, gone, now=work.now)


async def move(work: Work, old: int, new: int) -> None:
    """Follow a chat that has a new id now, as a group that became a supergroup."""
    await settle.move_chat(work.tx, work.desk.bot_id, old, new)


def _check(work: Work, region_code: str) -> None:
    if not reaches(work.actor, region_code, [Role.ADMIN]):
        raise UserError("not-your-region")
