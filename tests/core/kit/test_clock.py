"""The time, the real one and a moved one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.kit.clock import FileClock, SystemClock


def near(moment: datetime, expected: datetime) -> bool:
    return abs(moment - expected) < timedelta(minutes=1)


def test_system_time_is_aware() -> None:
    """The machine's time comes in UTC and says so."""
    assert (now := SystemClock().now()).tzinfo is UTC
    assert near(now, datetime.now(UTC))


@pytest.mark.parametrize("seconds", ["86400", "-3600", "0.5\n"])
def test_file_moves_the_time(tmp_path: Path, seconds: str) -> None:
    """The seconds in the file are added to the machine's time."""
    file = tmp_path / "offset"
    file.write_text(seconds)
    assert near(FileClock(file).now(), datetime.now(UTC) + timedelta(seconds=float(seconds)))


def test_missing_file_moves_nothing(tmp_path: Path) -> None:
    """Without the file the time is the machine's."""
    assert near(FileClock(tmp_path / "none").now(), datetime.now(UTC))


def test_changed_file_is_read_again(tmp_path: Path) -> None:
    """A rehearsal jumps to another day by writing the file anew."""
    file = tmp_path / "offset"
    file.write_text("0")
    clock = FileClock(file)
    clock.now()
    file.unlink()
    file.write_text("864000")
    assert near(clock.now(), datetime.now(UTC) + timedelta(days=10))


@pytest.mark.parametrize("words", ["", "besok", "1h"])
def test_file_without_a_number_leaves_the_last_offset(tmp_path: Path, words: str) -> None:
    """A file that is being written, or holds no number, changes nothing."""
    file = tmp_path / "offset"
    file.write_text("864000")
    clock = FileClock(file)
    clock.now()
    file.unlink()
    file.write_text(words)
    assert near(clock.now(), datetime.now(UTC) + timedelta(days=10))
