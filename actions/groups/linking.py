"""Linking: a group, or a topic in one, hears of a region until it is unlinked or the bot is put out.

Who changes a link must be an admin over what it is for at present as well as over what it is to be for. The topics of
a chat are linked each by itself, so another region's topic is no obstacle; a topic that is not linked belongs to the
link of the whole chat. A link that has ended, in whatever way, belongs to nobody. Of every change the admins over the
region before, the region after, and the regions of other topics of the chat are told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from actions.groups.gone import tell_groups_gone
from actions.groups.link_news import Loss, facts, loss_text, losses, purposes_text, region_text
from actions.people.admins import tell_admins_over
from actions.work import Work
from core.delivery.outgoing import Place
from core.groups.keys import link_changed_key
from core.groups.purposes import Purpose
from core.groups.routing import GroupFact
from core.kit.texts import Markup, UserError
from core.people.roles import Role, reaches
from storage.delivery import settle
from storage.groups import find_at, group_fact, link_group, linked_groups
from storage.tables import GroupRow

TITLE_LIMIT = 200  # storage.tables.GroupRow.title


@dataclass(frozen=True)
class LinkMade:
    """A link that stands now, and what regions have lost by it."""

    row: GroupRow
    losses: tuple[Loss, ...]


@dataclass(frozen=True)
class _Was:
    """What a place was linked for before a change."""

    fact: GroupFact | None = None  # None: it never was
    stood: bool = False  # the link had not ended

    def detail(self) -> dict[str, object]:
        """How it stands in the journal."""
        return {"before": _detail(self.fact)} if self.fact is not None and self.stood else {}


async def link(
    work: Work, place: Place, *, title: str, region_code: str, purposes: Collection[Purpose], language: str
) -> LinkMade:
    """Link a place to a region for these purposes, all of them if none is named; the language is that of a new group.

    Raises UserError outside the person's territory, and where the place is linked for somebody else's.
    """
    _check(work, region_code)
    was = await _before(work, place)
    before = await facts(work.tx, work.desk)
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
    fact = group_fact(row)
    if was.stood and was.fact == fact:
        return LinkMade(row, ())
    work.journal("linked", f"group:{row.chat_id}", **_detail(fact), **was.detail())
    lost = await losses(work.tx, work.desk, [was.fact.region_code] if was.fact and was.stood else [], before)
    await _tell_linked(work, row, was, lost)
    return LinkMade(row, tuple(lost))


async def unlink(work: Work) -> tuple[Loss, ...]:
    """End the link of the group in which this is done; gives what its region has lost by it.

    Raises UserError if it has none, or for another's territory.
    """
    row = work.group
    if row is None or row.unlinked_at is not None:
        raise UserError("not-linked")
    _check(work, row.region_code)
    before = await facts(work.tx, work.desk)
    row.unlinked_at = work.now
    work.journal("unlinked", f"group:{row.chat_id}", region=row.region_code, purposes=list(row.purposes))
    lost = await losses(work.tx, work.desk, [row.region_code], before)

    def words(language: str) -> str:
        told = work.desk.texts.html(
            language,
            "alert-unlinked",
            name=work.person.name,
            title=row.title,
            region=region_text(work.desk, row.region_code),
            purposes=purposes_text(work.desk, language, row.purposes),
        )
        return "\n".join([told, *(loss_text(work.desk, language, one) for one in lost)])

    await _tell(work, row, [row.region_code], words)
    return tuple(lost)


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


async def _before(work: Work, place: Place) -> _Was:
    """What a place was linked for; raises UserError where the link that holds there is not the person's to change."""
    bot_id, thread_id = work.desk.bot_id, place.thread_id or 0
    own = await find_at(work.tx, bot_id, place.chat_id, thread_id)
    standing = own is not None and own.unlinked_at is None
    holds = own if standing or thread_id == 0 else await find_at(work.tx, bot_id, place.chat_id, 0)
    if holds is not None and holds.unlinked_at is None and not _may(work, holds.region_code):
        raise UserError("link-not-yours", region=region_text(work.desk, holds.region_code))
    return _Was(group_fact(own), standing) if own is not None else _Was()


async def _tell_linked(work: Work, row: GroupRow, was: _Was, lost: Collection[Loss]) -> None:
    """Tell admins of a link that is new or has changed, from what to what."""
    desk, texts, before = work.desk, work.desk.texts, was.fact
    beside = [
        one.region_code
        for one in await linked_groups(work.tx, desk.bot_id)
        if one.chat_id == row.chat_id and one.id != row.id and one.region_code != row.region_code
    ]

    def words(language: str) -> str:
        values = {
            "name": work.person.name,
            "title": row.title,
            "region": region_text(desk, row.region_code),
            "purposes": purposes_text(desk, language, row.purposes),
        }
        lines: list[Markup]
        if before is not None and was.stood:
            was_for = purposes_text(desk, language, [one for one in Purpose if one in before.purposes])
            old = {"old": region_text(desk, before.region_code), "before": was_for}
            lines = [texts.html(language, "alert-link-changed", **values, **old)]
        else:
            lines = [texts.html(language, "alert-linked", **values)]
            if before is not None and before.region_code != row.region_code:
                lines.append(texts.html(language, "alert-linked-once", old=region_text(desk, before.region_code)))
        if beside:
            regions = texts.join(language, dict.fromkeys(region_text(desk, code) for code in beside))
            lines.append(texts.html(language, "alert-linked-beside", regions=regions))
        return "\n".join([*lines, *(loss_text(desk, language, one) for one in lost)])

    regions = [row.region_code, *beside, *([before.region_code] if before is not None else [])]
    await _tell(work, row, regions, words)


async def _tell(work: Work, row: GroupRow, regions: Collection[str], words: Callable[[str], str]) -> None:
    key = link_changed_key(row.id, work.origin)
    await tell_admins_over(work.tx, work.desk, regions, words, key=key, now=work.now, but=[work.person.id])


def _detail(fact: GroupFact) -> dict[str, object]:
    return {"region": fact.region_code, "purposes": [one.value for one in Purpose if one in fact.purposes]}


def _check(work: Work, region_code: str) -> None:
    if not _may(work, region_code):
        raise UserError("not-your-region")


def _may(work: Work, region_code: str) -> bool:
    return reaches(work.actor, region_code, [Role.ADMIN])
