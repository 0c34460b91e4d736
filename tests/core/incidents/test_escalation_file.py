"""Reading what a calendar's file says of incidents that nobody takes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from core.calendar.calendar_file import ELSEWHERE, load_calendar
from core.forms.severity import Severity
from core.incidents.escalation import QuietHours
from core.incidents.escalation_file import load_escalation
from core.kit.preset_tables import PresetError
from tests.core.calendar.test_calendar_file import GOOD, write
from tests.kit import WIB


def test_good(tmp_path: Path) -> None:
    """Times by severity, an alarm's chain and quiet hours are read as they stand."""
    times = load_escalation(write(tmp_path, GOOD), zone=WIB)
    assert times.escalate_after["low"] == dt.timedelta(hours=36)
    assert times.ask_after["alarm"] == dt.timedelta(minutes=10)
    assert list(times.again.values()) == [dt.timedelta(minutes=number) for number in (720, 360, 50, 15, 6)]
    assert times.quiet == QuietHours(22 * 60, 5 * 60, Severity.HIGH)
    assert (times.rings, times.zone) == (5, WIB)


def test_no_quiet_hours(tmp_path: Path) -> None:
    """A calendar without quiet hours holds nothing back."""
    text = GOOD[: GOOD.index("[quiet_hours]")] + GOOD[GOOD.index("[alarm_chain]") :]
    assert load_escalation(write(tmp_path, text), zone=WIB).quiet is None


@pytest.mark.parametrize("table", ELSEWHERE)
def test_the_calendar_leaves_these_tables_to_this_reader(tmp_path: Path, table: str) -> None:
    """A table that this reader asks for is no fault of the calendar, and one of any other name is."""
    load_calendar(write(tmp_path, GOOD), zone=WIB, forms={"status"})
    with pytest.raises(PresetError, match=f"{table}s: is not known here"):
        load_calendar(write(tmp_path, GOOD.replace(f"[{table}]", f"[{table}s]")), zone=WIB, forms={"status"})


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('critical = "5m"', "", "escalate_after critical: is missing"),
        ('critical = "5m"', 'critical = "soon"', "escalate_after critical: 'soon' is not a length"),
        ('critical = "5m"', 'critical = "0m"', "escalate_after critical: '0m' is not a length"),
        ('critical = "5m"', 'critical = "31m"', "escalate_after critical: is longer than for what is high"),
        ('alarm = "2m"', "", "escalate_after alarm: is missing"),
        ('alarm = "2m"', 'alarm = "2m"\nagain = "6h"', "escalate_after again: is not known here"),
        ("[again]", "[once]", "again low: is missing"),
        ('alarm = "6m"', "", "again alarm: is missing"),
        ('alarm = "6m"', 'alarm = "6m"\nnever = "1h"', "again never: is not known here"),
        ('high = "50m"', 'high = "7h"', "again high: is longer than for what is medium"),
        ('alarm = "10m"', "", "ask_after alarm: is missing"),
        ('from = "22:00"', 'from = "10 pm"', "quiet_hours from: '10 pm' is not a time of day"),
        ('until = "05:00"', 'until = "24:00"', "quiet_hours until: '24:00' is not a time of day"),
        ('until = "05:00"', 'until = "22:00"', "quiet_hours until: is the same hour as from"),
        ('unless = "high"', "", "quiet_hours unless: is missing"),
        ('unless = "high"', 'unless = "grave"', "quiet_hours unless: 'grave' is none of low, medium, high"),
        ('unless = "high"', 'unless = "high"\ndays = [0]', "quiet_hours days: is not known here"),
        ("rings = 5", "", "alarm_chain rings: is missing"),
        ("rings = 5", "rings = 100", "alarm_chain rings: must be 0 to 20"),
    ],
)
def test_broken(tmp_path: Path, old: str, new: str, message: str) -> None:
    """A broken table is named with file, place and reason, in one line."""
    file = write(tmp_path, GOOD.replace(old, new))
    with pytest.raises(PresetError, match=message) as caught:
        load_escalation(file, zone=WIB)
    assert str(caught.value).startswith(str(file))
    assert "\n" not in str(caught.value)
