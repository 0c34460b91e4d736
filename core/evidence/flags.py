"""Marks on a report that say how it came about, for those who judge it later."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

_INSISTED: Final = "insisted:"
_OLD_FIX: Final = "old-fix:"


class Flag(StrEnum):
    """What may be marked on any report."""

    NIL = "nil"  # one tap: nothing to report
    ALL = "all"  # one of several posts reported at once
    FAR = "far"  # the phone was far from the post


def insisted(field_id: str) -> str:
    """The mark of a doubtful answer that the officer confirmed."""
    return f"{_INSISTED}{field_id}"


def insisted_field(flag: str) -> str | None:
    """The field that a mark says was confirmed, if it is such a mark."""
    return flag.removeprefix(_INSISTED) if flag.startswith(_INSISTED) else None


def old_fix(minutes: int) -> str:
    """The mark of how many minutes before the report its phone was where the report says."""
    return f"{_OLD_FIX}{minutes}"


def old_fix_minutes(flag: str) -> int | None:
    """How many minutes a mark says, if it is such a mark."""
    return int(flag.removeprefix(_OLD_FIX)) if flag.startswith(_OLD_FIX) else None
