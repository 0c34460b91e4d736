"""How people write an answer: choices, numbers, yes and no, times of day, places; what spells none gives nothing."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from core.kit.words import fold, plain, plain_number

LONGEST_PHRASE: Final = 3  # words in the name of a choice
_MOST_DIGITS: Final = 12  # far above any count in an election, far below what a database integer holds

_NUMBER: Final = r"(?P<n>-?[0-9]+|[1-9][0-9]{0,2}(?:(?P<sep>[.,'])[0-9]{3})(?:(?P=sep)[0-9]{3})*)"
_INTEGER: Final = re.compile(
    rf"{_NUMBER}(?: ?(?:orang|org|jiwa|kk|pemilih|personel|petugas|anggota|buah|unit|lembar|cm|people|persons?|voters?))?"
)
_OTHER_NUMBER: Final = _NUMBER.replace("<n>", "<of>").replace("sep", "of_sep")
_RATIO: Final = re.compile(rf"{_NUMBER} ?(?:/|⁄|\bdari\b|\bof\b) ?{_OTHER_NUMBER}(?: ?(?:orang|org))?")
_TIME: Final = re.compile(
    r"(?:(?:pukul|pkl|jam|at)\.? ?)?(?:([0-9]{1,2})(?: ?[:.,] ?([0-9]{2}))?|([0-9]{1,2})([0-9]{2}))"
    r"(?: ?(pagi|siang|sore|petang|malam|am|pm))?(?: ?wib)?"
)
_LOCATION: Final = re.compile(r"([+-]?[0-9]{1,2}(?:\.[0-9]{1,15})?)[,; ] ?([+-]?[0-9]{1,3}(?:\.[0-9]{1,15})?)")
_ZERO: Final = frozenset({"nol", "nihil", "kosong", "zero", "none", "nil"})
_YES: Final = frozenset({"ya", "iya", "y", "yes", "sudah", "sdh", "ada", "benar", "true"})
_NO: Final = frozenset({"tidak", "tdk", "tak", "t", "no", "n", "belum", "blm", "bukan", "false"})
_AND: Final = re.compile(r"[,;/+&]|\b(?:dan|serta|and)\b", re.IGNORECASE)

# Which hours of the twelve-hour clock a word of the day moves to the afternoon.
_AFTERNOON: Final = MappingProxyType(
    {"siang": range(1, 5), "sore": range(1, 8), "petang": range(1, 8), "malam": range(6, 12), "pm": range(1, 12)}
)
_MIDNIGHT: Final = frozenset({"malam", "am"})


def read_choices(names: Mapping[str, str], text: str) -> list[str] | None:
    """Return the ids of several choices, each once, as typed; `names` gives the id by each folded name."""
    words = fold(_AND.sub(" ", text)).split()
    chosen: list[str] = []
    while words:
        for size in range(min(LONGEST_PHRASE, len(words)), 0, -1):
            choice_id = names.get(" ".join(words[:size]))
            if choice_id:
                break
        else:
            return None
        del words[:size]
        chosen += [choice_id] if choice_id not in chosen else []
    return chosen or None


def read_integer(text: str) -> int | None:
    """Return a whole number: `120`, `1.250`, `12 orang`, `nihil`."""
    number = plain_number(text)
    if number in _ZERO:
        return 0
    match = _INTEGER.fullmatch(number)
    return _whole(match["n"]) if match else None


def read_ratio(text: str) -> list[int] | None:
    """Return two numbers: `18/20`, `18 dari 20`."""
    match = _RATIO.fullmatch(plain_number(text))
    if match is None:
        return None
    first, second = _whole(match["n"]), _whole(match["of"])
    return None if first is None or second is None or first < 0 or second < 0 else [first, second]


def read_yes_no(text: str) -> bool | None:
    """Return yes or no, as people write it in either language."""
    word = fold(text)
    return True if word in _YES else False if word in _NO else None


def read_time(text: str) -> str | None:
    """Return a time of day as "HH:MM": `8.10`, `pukul 8 malam`, `0810 WIB`."""
    match = _TIME.fullmatch(plain_number(text))
    if match is None:
        return None
    hour, minute = int(match.group(1) or match.group(3)), int(match.group(2) or match.group(4) or 0)
    part = match.group(5)
    if part in _MIDNIGHT and hour == 12:
        hour = 0
    elif part in _AFTERNOON and hour in _AFTERNOON[part]:
        hour += 12
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def read_location(text: str) -> dict[str, float] | None:
    """Return a place in degrees: `-2.99,104.75`."""
    match = _LOCATION.fullmatch(plain(text))
    if match is None:
        return None
    lat, lon = float(match.group(1)), float(match.group(2))
    return {"lat": lat, "lon": lon} if is_place(lat, lon) else None


def is_place(lat: object, lon: object) -> bool:
    """Tell whether these are the degrees of a place."""
    numbers = [one for one in (lat, lon) if isinstance(one, int | float) and not isinstance(one, bool)]
    return len(numbers) == 2 and abs(numbers[0]) <= 90 and abs(numbers[1]) <= 180


def is_whole(value: object, *, least: int = 1 - 10**_MOST_DIGITS) -> bool:
    """Tell whether this is a whole number that can be typed; true and false, which Python takes for numbers, are none."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value < 10**_MOST_DIGITS


def _whole(text: str) -> int | None:
    digits = re.sub(r"[.,']", "", text)
    return int(digits) if len(digits.lstrip("-0")) <= _MOST_DIGITS else None
