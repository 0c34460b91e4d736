"""Ages: one rule for all words, and the steps of a card, coarse and true until the card is edited next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.kit.ages import STEPS, age_step, age_text, least_age_text, next_age_step
from tests.storage_kit import program_texts

AT = datetime(2027, 2, 3, 0, 10, tzinfo=UTC)
TEXTS = program_texts()


@pytest.mark.parametrize(
    ("age", "indonesian", "english"),
    [
        (timedelta(seconds=-5), "0 menit", "0 min"),
        (timedelta(seconds=59), "0 menit", "0 min"),
        (timedelta(minutes=59), "59 menit", "59 min"),
        (timedelta(hours=1), "60 menit", "60 min"),
        (timedelta(minutes=119, seconds=59), "119 menit", "119 min"),
        (timedelta(hours=2), "2 jam", "2 h"),
        (timedelta(hours=47, minutes=59), "47 jam", "47 h"),
        (timedelta(hours=48), "2 hari", "2 days"),
        (timedelta(days=30), "30 hari", "30 days"),
    ],
)
def test_an_age_is_told_in_the_largest_unit_of_which_there_are_two(
    age: timedelta, indonesian: str, english: str
) -> None:
    """Minutes below two hours, hours below two days, then days; always rounded down, and never less than nothing."""
    assert (age_text(TEXTS, "id", age), age_text(TEXTS, "en", age)) == (indonesian, english)


def test_the_least_age_stays_true() -> None:
    """A card tells the step that was reached in the words of any age, so that it is right until the next."""
    assert least_age_text(TEXTS, "id", timedelta(minutes=14)) is None
    told = [least_age_text(TEXTS, "id", step + timedelta(minutes=3)) for step in STEPS]
    assert told == [
        "15 menit", "30 menit", "60 menit", "2 jam", "4 jam", "8 jam", "24 jam",
        "2 hari", "3 hari", "4 hari", "5 hari", "6 hari", "7 hari",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("minutes", "step"),
    [(0, None), (14, None), (15, 15), (29, 15), (30, 30), (119, 60), (1439, 480), (1440, 1440), (2880, 2880)],
)
def test_an_age_is_the_longest_step_reached(minutes: int, step: int | None) -> None:
    """An age is told by the longest step that it has reached."""
    assert age_step(timedelta(minutes=minutes)) == (timedelta(minutes=step) if step else None)


def test_a_week_is_the_greatest_age() -> None:
    """After seven days a card says so for good, and is edited for its age no more."""
    week = timedelta(days=7)
    assert (age_step(timedelta(days=30)), next_age_step(AT, AT + week)) == (week, None)


def test_every_step_is_shown_once() -> None:
    """From one step to the next each is met, and what is shown then is that step."""
    met, following = [], next_age_step(AT, AT)
    while following is not None:
        met.append(age_step(following - AT))
        following = next_age_step(AT, following)
    assert met == list(STEPS)
