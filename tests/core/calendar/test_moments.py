"""When something happened, from an hour that somebody typed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar.moments import SLACK, occurred_at

WIB = ZoneInfo("Asia/Jakarta")
SENT = datetime(2027, 2, 14, 3, 30, tzinfo=UTC)  # 10.30 WIB


def test_without_an_hour_it_happened_when_it_was_sent() -> None:
    """A report that names no hour happened when its message was sent."""
    assert occurred_at(None, SENT, WIB) == SENT


@pytest.mark.parametrize(
    ("typed", "day", "hour"),
    [
        ("08:10", 14, "08:10"),
        ("10:30", 14, "10:30"),
        ("10:45", 14, "10:45"),  # a phone's clock may be ahead
        ("10:46", 13, "10:46"),
        ("23:50", 13, "23:50"),
        ("00:00", 14, "00:00"),
    ],
)
def test_typed_hour_is_the_latest_one_that_has_been(typed: str, day: int, hour: str) -> None:
    """A typed hour is today's in the preset's zone, or yesterday's when today's is still to come."""
    found = occurred_at(typed, SENT, WIB).astimezone(WIB)
    assert (found.day, f"{found:%H:%M}") == (day, hour)


def test_hour_after_midnight_local_time() -> None:
    """The day is that of the preset's zone, not of UTC."""
    sent = datetime(2027, 2, 13, 17, 20, tzinfo=UTC)  # 00.20 WIB on the 14th
    assert occurred_at("00:05", sent, WIB) == datetime(2027, 2, 13, 17, 5, tzinfo=UTC)


@given(days=st.floats(0, 2000), minutes=st.integers(0, 1439))
def test_it_happened_within_the_day_before(days: float, minutes: int) -> None:
    """Whatever hour is typed, it happened within a day before the message, or a quarter of an hour after it."""
    sent = SENT - timedelta(days=days)
    found = occurred_at(f"{minutes // 60:02}:{minutes % 60:02}", sent, WIB)
    assert sent + SLACK - timedelta(days=1) < found <= sent + SLACK
