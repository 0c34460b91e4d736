"""The tree of regions: official codes, the names people write for them, and finding one by either."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from core.kit.preset_tables import CODE, PresetError, read_rows
from core.territory.region_names import fold_name, name_keys, normalise_name, split_level


class RegionLevel(StrEnum):
    """Where a region stands in the tree, from the top down."""

    PROVINCE = "province"
    REGENCY = "regency"
    DISTRICT = "district"
    VILLAGE = "village"


LEVELS: Final = tuple(RegionLevel)
_NEAREST: Final = 3  # suggestions that fit under a message as buttons
_CLOSE: Final = 0.7  # share of letters in common; less brings up names nobody would recognise
_BARE_CODE: Final = re.compile(r"\d{2}(?:\d{2}(?:\d{2}(?:\d{4})?)?)?")  # the official code typed without its dots


@dataclass(frozen=True)
class Region:
    """One node of the tree, as the official list has it."""

    code: str  # official dotted code: 16.74.01.1002
    parent_code: str  # empty for the topmost
    level: RegionLevel
    name: str  # official name, with `Kabupaten` or `Kota` for a regency
    short_name: str = ""  # as newspapers write it (OKU, Muba); empty where the name is short enough
    aliases: tuple[str, ...] = field(default=())  # older official spellings


def region_level(code: str) -> RegionLevel | None:
    """Tell the level from a code's form; None if it is not a region code."""
    return LEVELS[code.count(".")] if CODE.fullmatch(code) else None


def covers(scope_code: str, code: str) -> bool:
    """Tell whether a region is the scope or lies in it; the empty scope covers everything."""
    return not scope_code or code == scope_code or code.startswith(f"{scope_code}.")


def parent_codes(code: str) -> tuple[str, ...]:
    """Return the codes of all regions above this one, from the province down."""
    parts = code.split(".")
    return tuple(".".join(parts[:length]) for length in range(1, len(parts)))


class RegionBook:
    """All regions of a territory, found by code and by name; never changed once built."""

    def __init__(self, rows: Iterable[Region]) -> None:
        self._regions = {row.code: row for row in rows}
        self._children: dict[str, list[Region]] = defaultdict(list)
        self._names: dict[str, list[Region]] = defaultdict(list)
        self._aliases: dict[str, list[Region]] = defaultdict(list)
        for row in self._regions.values():
            self._children[row.parent_code].append(row)
            own = name_keys(row.name, row.level) | name_keys(row.short_name, row.level)
            for key in own:
                self._names[key].append(row)
            for key in {key for alias in row.aliases for key in name_keys(alias, row.level)} - own:
                self._aliases[key].append(row)

    def __len__(self) -> int:
        return len(self._regions)

    def __contains__(self, code: object) -> bool:
        return code in self._regions

    def codes(self) -> frozenset[str]:
        """Return the code of every region."""
        return frozenset(self._regions)

    def get(self, code: str) -> Region | None:
        """Return the region with this code."""
        return self._regions.get(code)

    def children(self, code: str) -> tuple[Region, ...]:
        """Return the regions directly below, in the order of the list; below the empty code stands the topmost."""
        return tuple(self._children.get(code, ()))

    def find(self, text: str) -> tuple[Region, ...]:
        """Return the regions that a code or name means; more than one if it means several equally well.

        A bare name means the highest region of that name (Prabumulih is the city, not a district); a word before it
        (`Kec. Lahat`) or the name of a region above it behind a comma (`Tanjung Baru, Lengkiti`) makes it narrower.
        """
        by_code = self._by_code(text.strip())
        if by_code is not None:
            return (by_code,)
        first, *above = [part for part in text.split(",") if part.strip()] or [""]
        for found in (self._matches(self._names, first), self._matches(self._aliases, first)):
            kept = [row for row in found if all(self._lies_in(row, name) for name in above)]
            if kept:
                return _highest(kept)
        return ()

    def near(self, text: str) -> tuple[Region, ...]:
        """Return up to three regions whose names look most like the text, the likeliest first."""
        wanted = normalise_name(text.split(",", maxsplit=1)[0])
        keys = difflib.get_close_matches(wanted, list(self._names), n=_NEAREST, cutoff=_CLOSE)
        found = {row.code: row for key in keys for row in _highest(self._names[key])}
        return tuple(found.values())[:_NEAREST]

    def suggestions(self, text: str) -> str:
        """Return the regions that look most like the text, told apart by code and place: `16.74 Kota Prabumulih`."""
        return "; ".join(f"{row.code} {', '.join(reversed(self.path(row.code)))}" for row in self.near(text))

    def path(self, code: str) -> tuple[str, ...]:
        """Return the names from the regency down to this region; the province's own name for the province."""
        codes = [*parent_codes(code), code]
        known = [self._regions[one] for one in codes if one in self._regions]
        below = [row for row in known if row.level is not RegionLevel.PROVINCE] or known
        return tuple(row.name for row in below) or (code,)

    def short(self, code: str) -> str:
        """Return the shortest name that people use for a region; the code itself if it is not known."""
        row = self._regions.get(code)
        return code if row is None else row.short_name or row.name

    def _by_code(self, text: str) -> Region | None:
        if _BARE_CODE.fullmatch(text):
            text = ".".join(part for part in (text[:2], text[2:4], text[4:6], text[6:]) if part)
        return self._regions.get(text)

    def _matches(self, names: Mapping[str, Sequence[Region]], text: str) -> Sequence[Region]:
        whole = names.get(fold_name(text), ())
        if whole:  # "Kota Agung" is a district by its full name, not the city of Agung
            return whole
        told, bare = split_level(text)
        return [row for row in names.get(fold_name(bare), ()) if row.level == told]

    def _lies_in(self, row: Region, name: str) -> bool:
        by_code = self._by_code(name.strip())
        if by_code is not None:
            above = [by_code]
        else:
            above = [*self._matches(self._names, name), *self._matches(self._aliases, name)]
        return any(one.code != row.code and covers(one.code, row.code) for one in above)


def load_regions(folder: Path, file: Path | None = None) -> tuple[Region, ...]:
    """Return a preset's regions from its three lists (regions, older spellings, short names); PresetError if broken.

    Another `file` may stand for the first list.
    """
    file = file or folder / "regions.csv"
    aliases = _aliases(folder / "region_aliases.csv")
    shorts = _short_names(folder / "regencies.csv")
    found: dict[str, Region] = {}
    for line, cells in read_rows(file, ("code", "parent_code", "level", "name")):
        code, where = cells["code"], f"line {line}"
        level = region_level(code)
        if level is None or level != cells["level"]:
            raise PresetError(file, where, f"{code!r} is not the code of a {cells['level']}")
        if code in found:
            raise PresetError(file, where, f"{code} stands here a second time")
        if cells["parent_code"] != "".join(parent_codes(code)[-1:]):
            raise PresetError(file, where, f"{code} does not lie in {cells['parent_code']!r}")
        if cells["parent_code"] and cells["parent_code"] not in found:
            raise PresetError(file, where, f"{cells['parent_code']} must come before {code}")
        if not cells["name"]:
            raise PresetError(file, where, f"{code} has no name")
        older = tuple(aliases.pop(code, ()))
        found[code] = Region(code, cells["parent_code"], level, cells["name"], shorts.pop(code, ""), older)
    for name, left in (("region_aliases.csv", aliases), ("regencies.csv", shorts)):
        for code in left:
            raise PresetError(folder / name, code, "is not in regions.csv")
    return tuple(found.values())


def _highest(rows: Sequence[Region]) -> tuple[Region, ...]:
    highest = min(LEVELS.index(row.level) for row in rows)
    return tuple(row for row in rows if LEVELS.index(row.level) == highest)


def _aliases(file: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for _line, cells in read_rows(file, ("code", "alias", "source")):
        found[cells["code"]].append(cells["alias"])
    return found


def _short_names(file: Path) -> dict[str, str]:
    columns = "code,name,kind,short_name,lat,lon,area_km2,population_2024,districts,kelurahan,desa"
    return {cells["code"]: cells["short_name"] for _line, cells in read_rows(file, columns.split(","))}
