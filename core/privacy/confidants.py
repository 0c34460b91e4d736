"""The persons whom a preset names to know who reported in confidence; nobody else may."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from core.kit.preset_tables import CODE, Table, read_toml
from core.territory.regions import covers


@dataclass(frozen=True)
class Confidant:
    """One person, and whose names they may see."""

    telegram_id: int
    region_code: str  # empty is everywhere
    categories: frozenset[str]  # empty is every category, and what has none


def load_confidants(file: Path, categories: Collection[str]) -> tuple[Confidant, ...]:
    """Return the confidants that a routing file names, of these categories; PresetError if one is broken."""
    return read_confidants(read_toml(file), categories)


def read_confidants(top: Table, categories: Collection[str]) -> tuple[Confidant, ...]:
    """Return the `[[confidant]]` tables of a routing file; PresetError for what is wrong with one of them."""
    found: list[Confidant] = []
    for table in top.tables("confidant"):
        telegram_id, region = table.whole("telegram_id"), table.text("region", "")
        if telegram_id <= 0:
            raise table.fault("telegram_id", f"{telegram_id} is not the id of a Telegram user")
        if table.has("region") and not CODE.fullmatch(region):
            raise table.fault("region", f"{region!r} is not a region code such as 16 or 16.74")
        wanted = table.texts("categories")
        if table.has("categories") and not wanted:
            raise table.fault("categories", "names none; leave it out for all")
        for category in wanted:
            if category not in categories:
                raise table.fault("categories", f"{category!r} is no category of this file")
        table.done()
        if any((one.telegram_id, one.region_code) == (telegram_id, region) for one in found):
            raise table.fault("telegram_id", f"{telegram_id} stands here a second time for the same region")
        found.append(Confidant(telegram_id, region, frozenset(wanted)))
    return tuple(found)


def is_confidant(confidants: Iterable[Confidant], telegram_id: int, *, region_code: str, category: str | None) -> bool:
    """Tell whether a person is named for the reporter of such an incident there; a category is None for a bad status."""
    return any(
        one.telegram_id == telegram_id
        and covers(one.region_code, region_code)
        and (not one.categories or category in one.categories)
        for one in confidants
    )
