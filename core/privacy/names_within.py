"""Finding names in a text: whole or in parts, within longer words, however they are written."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from core.privacy.letters import SPACE, Letters, in_word, is_letter, letters_of

NAME_WORD = 4  # letters; a shorter name is looked for only as a word of its own, as any sentence holds such letters
_PARTED = 6  # letters; a name as long is found in pieces too, as words in a row hardly make it by chance
LONGEST = 24  # letters of a name that are compared: its longer parts are looked for besides
_PHONE = re.compile(r"\+?[0-9]{8,15}")
_ENDINGS = ("", "ku", "mu", "nya", "lah", "kah", "pun", "s")  # that a short name may bear
TITLES = ("", "si", "pak", "bu", "bapak", "ibu", "mas", "mbak", "bang", "kak", "dik", "om", "haji")


class Names:
    """Names to be found, each in one pass over a text, whose cost grows with the length of the text alone."""

    def __init__(self, names: Iterable[str]) -> None:
        self._breaks: dict[str, frozenset[int]] = {}  # where white space may stand within a name, by the name
        self._numbers: set[str] = set()
        for name in names:
            if _PHONE.fullmatch(name):
                number = letters_of(re.sub(r"^(62|0)", "", name.removeprefix("+"))).row
                self._numbers.add(number)
                self._breaks[number] = frozenset()
                continue
            read = letters_of(name)
            short = read.row[:LONGEST]
            if len(short) > 1:  # a single letter tells nobody
                breaks = frozenset(at for at in range(1, len(short)) if read.before[at] == SPACE)
                self._breaks[short] = self._breaks.get(short, frozenset()) | breaks
        sizes: dict[str, set[int]] = defaultdict(set)
        for name in self._breaks:
            sizes[name[:2]].add(len(name))
        self._sizes = {head: sorted(found, reverse=True) for head, found in sizes.items()}

    def find(self, text: str, spared: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
        """Where words that hold a name stand, in order and apart; a longer word that is `spared` is passed over."""
        if not self._breaks:
            return
        read = letters_of(text)
        places, done, at = read.places, 0, 0
        while at < len(places) - 1:
            size = self._size_at(read, at, spared)
            if not size:
                at += 1
                continue
            start, end = _word(read, at, size, done)
            if read.row[at : at + size] in self._numbers:
                start = _with_country(text, start, done)
            yield start, end
            done = end
            while at < len(places) and places[at] < end:
                at += 1

    def _size_at(self, read: Letters, at: int, spared: Callable[[str], bool]) -> int:
        """How many letters the longest name has that stands here; none is 0."""
        for size in self._sizes.get(read.row[at : at + 2], ()):
            name = read.row[at : at + size]
            if name in self._breaks and self._stands(read, at, name) and not _is_spared(read, at, len(name), spared):
                return len(name)
        return 0

    def _stands(self, read: Letters, at: int, name: str) -> bool:
        """Whether letters in a row are a name: in one word, spelled out letter by letter, or in words as the name has."""
        if name in self._numbers:
            return True
        if not any(is_letter(read.text[place]) for place in read.places[at : at + len(name)]):
            return False  # a number, whose digits look like letters
        spaces = {gap for gap in range(1, len(name)) if read.before[at + gap] == SPACE}
        if len(name) >= NAME_WORD and len(spaces) in {0, len(name) - 1}:
            return True
        return (len(name) >= _PARTED or spaces <= self._breaks[name]) and _alone(read, at, len(name))


def _alone(read: Letters, at: int, size: int) -> bool:
    """Whether these letters are words of their own, a title before and an ending behind them aside."""
    row, before = read.row, read.before
    first = next((place for place in range(at, max(-1, at - 7), -1) if before[place]), None)
    last = next((place for place in range(at + size, min(len(row), at + size + 9)) if before[place]), len(row))
    return first is not None and row[first:at] in TITLES and _ends(read, at + size, last)


def _ends(read: Letters, at: int, last: int) -> bool:
    """Whether what stands from here to the end of the word is an ending or a number, as in `ayu1990`."""
    return read.row[at:last] in _ENDINGS or all(read.text[place].isdigit() for place in read.places[at:last])


def _is_spared(read: Letters, at: int, size: int, spared: Callable[[str], bool]) -> bool:
    start, end = _word(read, at, size, 0)
    longer = (at > 0 and read.places[at - 1] >= start) or (at + size < len(read.row) and read.places[at + size] < end)
    return longer and end - start <= LONGEST * 2 and spared(read.text[start:end])


def _word(read: Letters, at: int, size: int, least: int) -> tuple[int, int]:
    """Where the words begin and end in which these letters stand, not before `least`."""
    text, start, end = read.text, read.places[at], read.places[at + size - 1] + 1
    while start > least and in_word(text[start - 1]):
        start -= 1
    while end < len(text) and in_word(text[end]):
        end += 1
    return start, end


def _with_country(text: str, start: int, least: int) -> int:
    """Where a telephone number begins whose country stands apart before it, as in `+62 812`."""
    found = re.search(r"(?:\+|(?<!\w))(?:62|0)[\s().-]{0,3}$|\+$", text[max(least, start - 8) : start])
    return start - len(found[0]) if found else start
