"""What admins read about links of groups: who linked or ended one, and what nobody in a region hears of any more."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from core.desk import Desk
from core.groups.gaps import Gap, gap_of
from core.groups.purposes import Purpose
from core.groups.routing import GroupFact
from core.kit.texts import Markup
from storage.database.engine import Tx
from storage.groups import group_fact, linked_groups

TITLES_SHOWN = 3


@dataclass(frozen=True)
class Loss:
    """What a region lost, with the titles of the groups above that hear of it instead."""

    gap: Gap
    titles: tuple[str, ...]


async def facts(tx: Tx, desk: Desk) -> tuple[GroupFact, ...]:
    """The groups as they are linked at this moment; rows change, these values do not."""
    return tuple(group_fact(row) for row in await linked_groups(tx, desk.bot_id))


async def losses(tx: Tx, desk: Desk, region_codes: Collection[str], before: Collection[GroupFact]) -> list[Loss]:
    """What these regions have lost since the groups were linked as in `before`."""
    after = {row.id: row for row in await linked_groups(tx, desk.bot_id)}
    found = []
    for code in dict.fromkeys(region_codes):
        gap = gap_of(code, before, [group_fact(row) for row in after.values()])
        if gap is not None:
            found.append(Loss(gap, tuple(after[one].title for one in gap.above)))
    return found


def loss_text(desk: Desk, language: str, loss: Loss) -> Markup:
    """Render what a region lost, who hears instead, and what to do."""
    gap, texts = loss.gap, desk.texts
    said = [
        texts.html(
            language,
            "link-lost",
            region=region_text(desk, gap.region_code),
            purposes=purposes_text(desk, language, _ordered(gap.lost)),
        )
    ]
    if loss.titles:
        titles = [*loss.titles[:TITLES_SHOWN], *(["…"] if len(loss.titles) > TITLES_SHOWN else [])]
        said.append(texts.html(language, "link-lost-above", groups=texts.join(language, titles)))
    if gap.nowhere == gap.lost:
        said.append(texts.html(language, "link-lost-nowhere"))
    elif gap.nowhere:
        names = purposes_text(desk, language, _ordered(gap.nowhere))
        said.append(texts.html(language, "link-lost-nowhere-for", purposes=names))
    said.append(texts.html(language, "link-lost-do", code=gap.region_code))
    return Markup(" ".join(said))


def region_text(desk: Desk, region_code: str) -> str:
    """A region with those around it, as people say it."""
    return " › ".join(desk.regions.path(region_code))


def purposes_text(desk: Desk, language: str, purposes: Collection[str]) -> str:
    """What a group hears of, in words; none named, or every one, is everything."""
    if not purposes or set(purposes) == set(Purpose):
        return desk.texts.plain(language, "purpose-all")
    return desk.texts.join(language, [desk.texts.plain(language, f"purpose-{item}") for item in purposes])


def _ordered(purposes: Collection[Purpose]) -> Sequence[Purpose]:
    return [one for one in Purpose if one in purposes]
