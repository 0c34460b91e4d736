"""Typed answers: what a person wrote becomes a value, or a problem that names a text and its arguments."""

import re
from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from core.forms import Answers, Field, Form, Kind, Value, applicable, fits_post, is_answered
from core.problems import Problem, ProblemKey
from core.slips import distance, is_close
from core.words import brief, fold, fold_key, plain, plain_number, storable

LONGEST_TEXT: Final = 4096  # as long as a message can be: a grave report is never held up by its length
LONGEST_PHRASE: Final = 3  # words in the name of a choice
_LONGEST_SHORT: Final = 200  # characters of any value but a text: more is no number, time or choice
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


def read_value(field: Field, text: str) -> Value | Problem:
    """Return the value that a typed answer means, checked against the field's limits, or the problem with it."""
    value = read_syntax(field, text)
    if value is None:
        return unreadable(field, text)
    return check_value(field, value) or value


def read_syntax(field: Field, text: str) -> Value | None:
    """Return the value that a typed answer spells, limits not yet checked; nothing when it spells none."""
    if field.kind is Kind.TEXT:
        return storable(text) or None
    if len(text) > _LONGEST_SHORT:
        return None
    readers: dict[Kind, Callable[[Field, str], Value | None]] = {
        Kind.CHOICE: lambda field, text: field.names.get(fold(text)) or field.names.get(fold_key(text)),
        Kind.CHOICES: _read_choices,
        Kind.INTEGER: lambda _, text: _read_integer(plain_number(text)),
        Kind.RATIO: lambda _, text: _read_ratio(plain_number(text)),
        Kind.YES_NO: lambda _, text: _read_yes_no(fold(text)),
        Kind.TIME: lambda _, text: _read_time(plain_number(text)),
        Kind.LOCATION: lambda _, text: _read_location(plain(text)),
    }
    reader = readers.get(field.kind)
    return reader(field, text) if reader else None


def unreadable(field: Field, text: str) -> Problem:
    """Return the problem with a typed answer that spells no value of this field's kind."""
    keys = {
        Kind.CHOICE: ProblemKey.CHOICE,
        Kind.CHOICES: ProblemKey.CHOICE,
        Kind.INTEGER: ProblemKey.NUMBER,
        Kind.RATIO: ProblemKey.RATIO,
        Kind.YES_NO: ProblemKey.YES_NO,
        Kind.TIME: ProblemKey.TIME,
        Kind.LOCATION: ProblemKey.LOCATION,
    }
    shown = brief(text)
    if field.kind is Kind.MEDIA:
        return Problem(key=ProblemKey.NOT_TYPED, field=field.id)
    if not shown or field.kind not in keys:
        return Problem(key=ProblemKey.EMPTY, field=field.id)
    return Problem(key=keys[field.kind], field=field.id, args={"text": shown}, near=near_choices(field, text))


def near_choices(field: Field, text: str, limit: int = 3) -> tuple[str, ...]:
    """Return the ids of the choices whose names are nearest to what was typed, nearest first; far ones are left out."""
    typed = fold(text)
    found: dict[str, int] = {}
    for name, choice_id in field.names.items():
        slips = distance(typed, name)
        if is_close(typed, name) or slips * 3 <= min(len(typed), len(name)):
            found[choice_id] = min(slips, found.get(choice_id, slips))
    return tuple(sorted(found, key=lambda choice_id: found[choice_id])[:limit])


def check_value(field: Field, value: Value) -> Problem | None:
    """Return the problem with a value that cannot be: what is merely doubtful is for `core.quality`."""
    match field.kind, value:
        case Kind.TEXT, str():
            longest = LONGEST_TEXT if field.max is None else field.max
            keys = (ProblemKey.TEXT_TOO_SHORT, ProblemKey.TEXT_TOO_LONG)
            return _outside(field, len(value), name="length", highest=longest, keys=keys)
        case ((Kind.CHOICES | Kind.MEDIA), list()):
            keys = (ProblemKey.TOO_FEW, ProblemKey.TOO_MANY)
            return _outside(field, len(value), name="count", highest=field.max, keys=keys)
        case Kind.INTEGER, int(number):
            return _check_number(field, number)
        case Kind.RATIO, list():
            return _check_ratio(field, [int(one) for one in value])
    return None


def conflicts(form: Form, answers: Answers, *, post_kind: str | None = None) -> tuple[Problem, ...]:
    """Return what is wrong between answers that are good alone: a question that is not asked, or not of this post.

    A question whose condition is not answered yet is not wrong yet.
    """
    asked = {one.id for one in applicable(form, answers, post_kind)}
    found = []
    for one in form.fields:
        if not is_answered(answers, one.id):
            continue
        need = one.only_if
        if not fits_post(one, post_kind):
            found.append(Problem(key=ProblemKey.NOT_FOR_POST, field=one.id, args={"post_kind": post_kind or ""}))
        elif need is not None and one.id not in asked and is_answered(answers, need.field):
            found.append(Problem(key=ProblemKey.NOT_ASKED, field=one.id, args={"other": need.field}))
        else:
            problem = check_value(one, answers[one.id])
            found += [problem] if problem else []
    return tuple(found)


def _outside(
    field: Field, number: int, *, name: str, highest: int | None, keys: tuple[ProblemKey, ProblemKey]
) -> Problem | None:
    if field.min is not None and number < field.min:
        return Problem(key=keys[0], field=field.id, args={name: number, "min": field.min})
    if highest is not None and number > highest:
        return Problem(key=keys[1], field=field.id, args={name: number, "max": highest})
    return None


def _check_number(field: Field, number: int) -> Problem | None:
    keys = (ProblemKey.TOO_SMALL, ProblemKey.TOO_BIG)
    return _outside(field, number, name="value", highest=field.max, keys=keys)


def _check_ratio(field: Field, pair: list[int]) -> Problem | None:
    first, second = pair
    for number in pair:
        if problem := _check_number(field, number):
            return problem
    if first > second and not field.may_exceed:
        return Problem(key=ProblemKey.RATIO_ORDER, field=field.id, args={"first": first, "second": second})
    return None


def _read_choices(field: Field, text: str) -> list[str] | None:
    words = fold(_AND.sub(" ", text)).split()
    chosen: list[str] = []
    while words:
        for size in range(min(LONGEST_PHRASE, len(words)), 0, -1):
            choice_id = field.names.get(" ".join(words[:size]))
            if choice_id:
                break
        else:
            return None
        del words[:size]
        chosen += [choice_id] if choice_id not in chosen else []
    return chosen or None


def _read_integer(text: str) -> int | None:
    if text in _ZERO:
        return 0
    match = _INTEGER.fullmatch(text)
    return _whole(match["n"]) if match else None


def _read_ratio(text: str) -> list[int] | None:
    match = _RATIO.fullmatch(text)
    if match is None:
        return None
    first, second = _whole(match["n"]), _whole(match["of"])
    return None if first is None or second is None or first < 0 or second < 0 else [first, second]


def _whole(text: str) -> int | None:
    digits = re.sub(r"[.,']", "", text)
    return int(digits) if len(digits.lstrip("-0")) <= _MOST_DIGITS else None


def _read_yes_no(word: str) -> bool | None:
    return True if word in _YES else False if word in _NO else None


def _read_time(text: str) -> str | None:
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute = int(match.group(1) or match.group(3)), int(match.group(2) or match.group(4) or 0)
    part = match.group(5)
    if part in _MIDNIGHT and hour == 12:
        hour = 0
    elif part in _AFTERNOON and hour in _AFTERNOON[part]:
        hour += 12
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _read_location(text: str) -> dict[str, float] | None:
    match = _LOCATION.fullmatch(text)
    if match is None:
        return None
    lat, lon = float(match.group(1)), float(match.group(2))
    return {"lat": lat, "lon": lon} if abs(lat) <= 90 and abs(lon) <= 180 else None
