"""How names of regions are compared: what of their spelling counts, and what does not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_LONGEST: Final = 120  # characters; the longest official name has under 40, longer text is not worth folding
_WORD: Final = re.compile(r"[^\W_]+")

# The word before a name tells its level. `Kota` and `Kabupaten` are both regencies.
_PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("provinsi", "propinsi", "prov", "province"), "province"),
        **dict.fromkeys(("kabupaten", "kab", "kota", "regency", "city"), "regency"),
        **dict.fromkeys(("kecamatan", "kec", "district"), "district"),
        **dict.fromkeys(("kelurahan", "kel", "desa", "village"), "village"),
    }
)
_UNITS: Final = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_TEENS: Final = ("sepuluh", "sebelas", *(f"{unit}belas" for unit in _UNITS[2:]))
# Palembang writes "I" where the list writes "Satu". Only a last word is read as a numeral: elsewhere it is a letter.
_ROMAN: Final = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
# Short forms that the lists themselves use beside the full word.
_SHORT: Final[Mapping[str, str]] = MappingProxyType(
    {"sei": "sungai", "tj": "tanjung", "tg": "tanjung", "gn": "gunung", "dlm": "dalam"}
)


def normalise_name(name: str) -> str:
    """Return what is compared of a name: no level word before it, no case, accents, spaces or hyphens."""
    return fold_name(split_level(name)[1])


def fold_name(name: str) -> str:
    """Return what is compared of a name whose first word belongs to it: letters only, numbers spelled out.

    Numbers become words and not the reverse, because names are also run together: `Muara Dua` is `Muaradua`.
    """
    words = _words(name)
    if len(words) > 1 and words[-1] in _ROMAN:
        words[-1] = _spelled(str(_ROMAN.index(words[-1])))
    folded = "".join(_SHORT.get(word, word) if word.isalpha() else _spelled(word) for word in words)
    return _SHORT.get(folded, folded)  # a short form may be written letter by letter, `T.G.`


def split_level(name: str) -> tuple[str | None, str]:
    """Return the level that the first word of a name tells (None if it tells none), and the name without that word."""
    first, *rest = _words(name) or [""]
    level = _PREFIXES.get(first)
    return (level, " ".join(rest)) if level is not None and rest else (None, name)


def name_keys(name: str, level: str) -> frozenset[str]:
    """Return the folded spellings under which a region of this level is found, none for an empty name.

    Only the region's own level word is taken off: the village `Kota Agung` is never called `Agung`.
    """
    if not name:
        return frozenset()
    told, bare = split_level(name)
    return frozenset((fold_name(name), fold_name(bare))) if told == level else frozenset((fold_name(name),))


def _words(name: str) -> list[str]:
    name = name[:_LONGEST]
    if not name.isascii():
        apart = unicodedata.normalize("NFKD", name)
        name = "".join(char for char in apart if not unicodedata.combining(char) and unicodedata.category(char) != "Cf")
    return _WORD.findall(name.casefold())


def _spelled(word: str) -> str:
    # Two digits at most: no region carries a larger number, and a long run of digits is a code or a slip.
    if not word.isdecimal() or len(word) > 2 or int(word) == 0:
        return word
    tens, unit = divmod(int(word), 10)
    if tens == 1:
        return _TEENS[unit]
    return (f"{_UNITS[tens]}puluh" if tens else "") + _UNITS[unit]
