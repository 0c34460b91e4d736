"""How much one person may pile up before it must become something: data of the preset, with defaults."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from core.kit.preset_tables import read_toml

FILE: Final = "limits.toml"
MEGABYTE: Final = 1 << 20  # bytes


@dataclass(frozen=True)
class PersonBounds:
    """The limits of one person; what is beyond one is kept in another way, and said. The defaults hold for a quiet day's work."""

    draft_words: int = (
        4096  # characters of words joined in one draft: as much as one message, so that any form takes it
    )
    drafts: int = 30  # reports begun and words undecided: each update of their person reads them all
    drafts_aside: int = 100  # older ones, that come back by their button
    draft_files: int = 50  # files of one draft
    report_files: int = 200  # files of one report
    early_files: int = 30  # a day, fetched before anybody has said what they belong to
    early_megabytes: int = 50  # a day, of these files
    alarm_words: int = 8192  # characters of an alarm on its cards; further words stand on its timeline
    versions: int = 50  # of one report: each correction keeps the one before


# The least and the most that each may be: less would turn away ordinary work, more would let one person delay all others.
_RANGES: Final = {
    "draft_words": (500, 4096),
    "drafts": (5, 100),
    "drafts_aside": (0, 1000),
    "draft_files": (10, 200),
    "report_files": (10, 1000),
    "early_files": (0, 1000),
    "early_megabytes": (0, 2000),
    "alarm_words": (1000, 50_000),
    "versions": (5, 500),
}


def load_bounds(folder: Path) -> PersonBounds:
    """Read the limits of a preset's folder; those of the program where the file or a key is missing.

    Raises PresetError for a limit that is no whole number within its range, and for one that nobody knows.
    """
    file = folder / FILE
    if not file.exists():
        return PersonBounds()
    top = read_toml(file)
    table = top.table("limits")
    found = {}
    for one in fields(PersonBounds):
        least, most = _RANGES[one.name]
        number = table.whole(one.name, getattr(PersonBounds(), one.name))
        if not least <= number <= most:
            raise table.fault(one.name, f"{number} is not between {least} and {most}")
        found[one.name] = number
    if found["draft_files"] > found["report_files"]:
        raise table.fault("draft_files", f"{found['draft_files']} files of a draft find no room in its report")
    table.done()
    top.done()
    return PersonBounds(**found)
