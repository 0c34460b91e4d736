"""What a person says of themselves beside the name: a rank, a phone number, or both in one line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.kit.words import fold, storable, visible

RANK_LIMIT = 40  # storage.tables.PersonRow.rank
# Words that people put before a number; they are no rank.
NUMBER_WORDS = frozenset(
    {"hp", "nomor", "nomer", "no", "no hp", "nomor hp", "telp", "telepon", "telpon", "wa", "saya", "nomor saya", "ganti",
     "phone", "number", "my number", "my phone"}
)  # fmt: skip

_TAIL = re.compile(r"(?:tel:)?[+(]{0,2}[0-9][0-9\s()./\-\u2010-\u2015]*$")
_DIGITS = 5  # fewer belong to a rank ("Serka 2", "IV/a"), so many to a number


@dataclass(frozen=True)
class ContactLine:
    """The two parts of a line, each None when the line does not have it; neither is checked for length."""

    rank: str | None
    phone: str | None


def read_line(text: str) -> ContactLine:
    """Take a line apart into rank and number: `Bripka`, `0812-0000-0001`, `Bripka 0812-0000-0001`."""
    line = visible(storable(text)).strip()
    tail = _TAIL.search(line)
    phone = None
    if tail is not None and _digits(tail.group()) >= _DIGITS:
        line, phone = line[: tail.start()], tail.group()
    elif line and (_digits(line) >= _DIGITS or not any(char.isalpha() for char in line)):
        return ContactLine(None, line)  # some number that cannot be read: to be refused as one
    rank = clean_rank(line)
    return ContactLine(None if not rank or fold(rank) in NUMBER_WORDS else rank, phone)


def clean_rank(text: str) -> str:
    """Give a rank without mark-up, invisible characters and doubled spaces."""
    bare = re.sub(r"</?[A-Za-z][^<>]*>", "", visible(storable(text)))
    return " ".join(re.sub(r"[<>&]", " ", bare).split()).strip(" ,;:-")


def _digits(text: str) -> int:
    return sum(char.isdecimal() for char in text)
