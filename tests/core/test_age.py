"""The age that a card shows: coarse, and true until the card is edited next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.age import STEPS, age_step, next_age_step

AT = datetime(2027, 2, 3, 0, 10, tzinfo=UTC)


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
