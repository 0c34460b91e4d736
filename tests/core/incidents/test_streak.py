"""Zero conflict: how the days are counted, told and configured."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.incidents.streak import Streak, StreakRule, read_streak, streak_line
from core.kit.preset_tables import PresetError, Table
from tests.storage_kit import program_texts

WIB = ZoneInfo("Asia/Jakarta")
NOW = datetime(2027, 2, 3, 0, 10, tzinfo=UTC)  # 07.10 WIB


def at(local: str) -> datetime:
    """A time as people of South Sumatra write it."""
    return datetime.fromisoformat(local).replace(tzinfo=WIB)


@pytest.mark.parametrize(
    ("last", "days"),
    [
        ("2027-02-03 07:10", 0),
        ("2027-02-03 00:00", 0),  # 17.00 of the day before in UTC
        ("2027-02-02 23:59", 1),
        ("2027-01-22 12:00", 12),
        ("2027-02-04 09:00", 0),  # a phone whose clock is wrong
    ],
)
def test_days_are_the_midnights_since(last: str, days: int) -> None:
    """The days without conflict are counted by midnights in the territory's zone, and are never fewer than none."""
    assert Streak(at(last)).days(NOW, WIB) == days


@pytest.mark.parametrize(
    ("streak", "indonesian", "english"),
    [
        (Streak(at("2027-01-22 12:00")), "🕊 Nol konflik: 12 hari", "🕊 Zero conflict: 12 days"),
        (
            Streak(at("2027-02-03 07:10")),
            "🕊 Konflik terakhir: hari ini 07.10 WIB",
            "🕊 Last conflict: today 07:10 WIB",
        ),
        (
            Streak(at("2027-02-02 22:05")),
            "🕊 Konflik terakhir: kemarin 22.05 WIB",
            "🕊 Last conflict: yesterday 22:05 WIB",
        ),
        (
            Streak(None, at("2027-02-02 07:00")),
            "🕊 Nol konflik: 1 hari, sejak bot dipasang",
            "🕊 Zero conflict: 1 day, since the bot was installed",
        ),
        (
            Streak(None, at("2027-02-03 07:00")),
            "🕊 Nol konflik sejak bot dipasang hari ini",
            "🕊 Zero conflict since the bot was installed today",
        ),
        (Streak(None), None, None),
        (None, None, None),
    ],
)
def test_a_streak_is_told_in_both_languages(streak: Streak | None, indonesian: str | None, english: str | None) -> None:
    """Days from the second on, the hour of yesterday's or today's conflict, and without one since when that is known."""
    assert streak_line(program_texts(), "id", streak, now=NOW) == indonesian
    assert streak_line(program_texts(), "en", streak, now=NOW) == english


def read(**values: Any) -> StreakRule | None:
    """Read a routing table of two categories with this in it."""
    return read_streak(Table(Path("routing.toml"), "", values), {"security", "flood"})


def test_the_table_names_what_ends_a_streak() -> None:
    """Categories of the table and, if it says so, bad reports end a streak; without the table none is counted."""
    assert read() is None
    assert read(streak={"categories": ["security"]}) == StreakRule(frozenset({"security"}), status=False)
    assert read(streak={"status": True}) == StreakRule(frozenset(), status=True)


@pytest.mark.parametrize(
    ("table", "wrong"),
    [
        ({"categories": ["robbery"]}, "'robbery' is no category here"),
        ({"categories": ["security", "security"]}, "twice"),
        ({"categories": "security"}, "must be a list"),
        ({"categories": ["security"], "status": "yes"}, "neither true nor false"),
        ({"categories": ["security"], "days": 3}, "is not known here"),
        ({"categories": []}, "names nothing"),
        ([], "must be a table"),
    ],
)
def test_a_broken_table_is_named_with_its_fault(table: object, wrong: str) -> None:
    """What cannot be meant stops the program with file, place and reason."""
    with pytest.raises(PresetError, match=rf"^routing.toml: streak.*{wrong}"):
        read(streak=table)
