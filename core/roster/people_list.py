"""The list of people: how many fit a page, what its buttons carry, which names look like a mistyped one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rapidfuzz import fuzz, process

from core.kit.slips import is_close
from core.kit.words import fold

PAGE: Final = 8  # people on a page, each with a button
WORDS_BYTES: Final = 20  # of the words sought in a button's data, beside a person's key and a page
NEAREST: Final = 3
CLOSE: Final = 75  # of 100: a letter or two wrong in a name


def carried(words: str) -> str:
    """Cut a part of a name to what a button carries; it then finds at least whom it found before."""
    plain = " ".join("".join(char for char in words if char.isprintable() and char != ":").split())
    return plain.encode()[:WORDS_BYTES].decode(errors="ignore").strip()


def pages(count: int) -> int:
    """Return how many pages so many people fill, at least one."""
    return max(1, -(-count // PAGE))


def near_names(words: str, names: Iterable[str]) -> list[str]:
    """Return up to three names of which some word is a slip away from what was typed, or which look like it."""
    typed, known = fold(words), list(dict.fromkeys(names))
    slips = [name for name in known if any(is_close(typed, word) for word in fold(name).split())]
    found = process.extract(typed, known, scorer=fuzz.WRatio, processor=fold, limit=NEAREST, score_cutoff=CLOSE)
    return list(dict.fromkeys([*slips, *(name for name, _, _ in found)]))[:NEAREST]
