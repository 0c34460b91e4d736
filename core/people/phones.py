"""Phone numbers: read as people type them or as Telegram shares them, kept as E.164, shown so that one tap calls."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

from core.kit.words import visible

HOME = "62"  # Indonesia's country code
UNCALLABLE = "888"  # numbers that Telegram sells for signing in only (fragment.com); no telephone network knows them
# National digits without the 0 in front: mobile numbers 9 to 12, others with area code 7 to 11 (Indonesia's numbering
# plan, ITU-T E.164 national numbering plan of 2023); elsewhere at least 8 with the country code and at most 15 (E.164).
MOBILE_DIGITS, AREA_DIGITS, FOREIGN_DIGITS = (9, 12), (7, 11), (8, 15)
SHORT_AREAS = frozenset(
    {"21", "22", "24", "31", "61"}
)  # Jakarta, Bandung, Semarang, Surabaya, Medan; others have 3 digits
LONGEST = 60  # characters; a longer text is no number, however it is decorated

_E164 = re.compile(r"\+[1-9][0-9]{7,14}")


class PhoneProblem(Enum):
    """Why a text is no number that can be called; the value is the key of the sentence that says so."""

    LETTERS = "phone-letters"
    SHORT = "phone-short"
    LONG = "phone-long"
    COUNTRY = "phone-country"  # no 0, no 62 and no + in front: nobody knows whose it is
    UNCALLABLE = "phone-uncallable"


def read_phone(text: str, *, shared: bool = False) -> str | PhoneProblem:
    """Read a number and give it as E.164 (`+6281200000001`), or why it is none.

    A number that Telegram `shared` begins with its country code, with or without the plus sign.
    """
    typed = _plain(text)
    if len(typed) > LONGEST or not re.fullmatch(r"\+?[0-9 ()./-]+", typed):
        return PhoneProblem.LETTERS
    digits = re.sub(r"[^0-9]", "", typed)
    international = typed.startswith("+") or shared
    if digits.startswith("00"):  # how a call abroad begins in most countries
        international, digits = True, digits.removeprefix("00")
    if not international and digits.startswith("0"):
        return _home(digits.lstrip("0"))
    if digits.startswith(HOME):
        return _home(digits.removeprefix(HOME).lstrip("0"))
    if international:
        return _foreign(digits)
    if digits.startswith("8"):  # a mobile number without its 0
        return _home(digits)
    return PhoneProblem.SHORT if len(digits) < FOREIGN_DIGITS[0] else PhoneProblem.COUNTRY


def shown(phone: str) -> str:
    """Write a kept number the way people read it and Telegram makes it a link: `+62 812-0000-0001`."""
    if not phone.startswith(f"+{HOME}") or not _E164.fullmatch(phone):
        return phone
    national = phone[3:]
    area = 2 if national[:2] in SHORT_AREAS else 3
    rest = national[area:]
    half = len(rest) // 2
    groups = [national[:area], rest[:half], rest[half:]] if len(rest) >= 6 else [national[:area], rest]
    return f"+{HOME} {'-'.join(groups)}"


def _plain(text: str) -> str:
    """The text with plain digits, hyphens and spaces, and without a telephone's scheme."""
    seen = unicodedata.normalize("NFKC", visible(text[: 4 * LONGEST]))
    typed = "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() else "-" if unicodedata.category(char) == "Pd" else char
        for char in seen
    )
    typed = " ".join(typed.split()).removeprefix("tel:")
    return re.sub(r"^\(\+", "+(", typed).rstrip(".,;")


def _home(national: str) -> str | PhoneProblem:
    least, most = MOBILE_DIGITS if national.startswith("8") else AREA_DIGITS
    return _sized(f"+{HOME}{national}", len(national), least, most)


def _foreign(digits: str) -> str | PhoneProblem:
    if digits.startswith(UNCALLABLE):
        return PhoneProblem.UNCALLABLE
    if digits.startswith("0"):
        return PhoneProblem.COUNTRY
    return _sized(f"+{digits}", len(digits), *FOREIGN_DIGITS)


def _sized(phone: str, count: int, least: int, most: int) -> str | PhoneProblem:
    if count < least:
        return PhoneProblem.SHORT
    return PhoneProblem.LONG if count > most else phone
