"""Calendars that cannot be used, and what is said of them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.calendar.calendar import Days, MonthDay, ReminderKind
from core.calendar.calendar_file import load_calendar
from core.kit.preset_tables import PresetError
from core.territory.regions import Region, RegionBook, RegionLevel

WIB = ZoneInfo("Asia/Jakarta")
GOOD = """
[event]
name = { id = "Hari H", en = "The day" }
on = "02-14"

[escalate_after]
low = "1d12h"
medium = "1h"
high = "30m"
critical = "5m"
alarm = "2m"

[ask_after]
low = "12h"
medium = "4h"
high = "1h"
critical = "20m"
alarm = "10m"

[again]
low = "12h"
medium = "6h"
high = "50m"
critical = "15m"
alarm = "6m"

[quiet_hours]
from = "22:00"
until = "05:00"
unless = "high"

[alarm_chain]
rings = 5

[[phase]]
id = "quiet"
label = { id = "Tenang", en = "Quiet" }
from = -3
until = -1

[[window]]
id = "pagi"
form = "status"
posts = ["tps", "posko"]
opens = "06:00"
closes = "08:00"
from = -7
until = 0
label = { id = "Pagi", en = "Morning" }

[[reminder]]
id = "call"
text = "reminder-call"
at = ["18:00", "07:00"]
days = [-1, 0]
to = "region:16.74 role:officer"
grace = "4h"
"""


def write(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "calendar.toml"
    file.write_text(text)
    return file


def test_good(tmp_path: Path) -> None:
    """A sound calendar is read with all it says."""
    calendar = load_calendar(write(tmp_path, GOOD), zone=WIB, forms={"status"})
    assert calendar.event.on == MonthDay(2, 14)
    assert (calendar.windows[0].opens, calendar.windows[0].closes) == (360, 480)
    assert calendar.reminders[0].at == (dt.time(7), dt.time(18))
    assert calendar.reminders[0].kind is ReminderKind.REMINDER
    assert calendar.zone is WIB


@pytest.mark.parametrize("on", ['"2029-02-14"', "2029-02-14"])
def test_full_date(tmp_path: Path, on: str) -> None:
    """A full date is a date, quoted or not."""
    calendar = load_calendar(write(tmp_path, GOOD.replace('"02-14"', on)), zone=WIB)
    assert calendar.event.on == dt.date(2029, 2, 14)


def test_until_midnight(tmp_path: Path) -> None:
    """A window may stay open until midnight."""
    calendar = load_calendar(write(tmp_path, GOOD.replace('"08:00"', '"24:00"')), zone=WIB)
    assert calendar.windows[0].closes == 1440


DUE = """
[[reminder]]
id = "due"
kind = "due"
text = "due-soon"
before = ["30m", "1h"]
forms = ["status"]
grace = "20m"
"""
BY_PHASE = GOOD.replace("from = -7\nuntil = 0\n", 'phase = "quiet"\n')


def test_phase_instead_of_days(tmp_path: Path) -> None:
    """A window or a reminder may name a phase, or several that lie apart, and narrow them by weekdays."""
    more = '[[phase]]\nid = "late"\nlabel = { id = "A", en = "A" }\nfrom = 1\nuntil = 2\n\n[[window]]'
    apart = BY_PHASE.replace("[[window]]", more).replace('phase = "quiet"', 'phase = ["quiet", "late"]\nexcept = [2]')
    weekly = BY_PHASE.replace("days = [-1, 0]", 'phase = "quiet"\nweekdays = ["mon"]')
    assert load_calendar(write(tmp_path, BY_PHASE), zone=WIB).windows[0].days == Days(-3, -1)
    only = frozenset({-3, -2, -1, 1, 2})
    assert load_calendar(write(tmp_path, apart), zone=WIB).windows[0].days == Days(-3, 2, only, frozenset({2}))
    assert load_calendar(write(tmp_path, weekly), zone=WIB).reminders[0].days == Days(-3, -1, weekdays=frozenset({0}))


def test_windows_of_other_weekdays_are_apart(tmp_path: Path) -> None:
    """Two windows at the same hours do not clash when they never share a day."""
    second = SECOND_WINDOW.replace('"pagi"', '"senin"').replace("until = 0", 'until = 0\nweekdays = ["mon"]')
    first = GOOD.replace("until = 0\nlabel", 'until = 0\nweekdays = ["tue"]\nlabel')
    calendar = load_calendar(write(tmp_path, first + second), zone=WIB)
    assert len(calendar.windows) == 2


def test_due_reminder(tmp_path: Path) -> None:
    """A reminder of what is due names neither hours nor an audience, the longest time before comes first."""
    due = load_calendar(write(tmp_path, GOOD + DUE), zone=WIB).reminders[1]
    assert (due.kind, due.at, due.to, due.forms) == (ReminderKind.DUE, (), "", frozenset({"status"}))
    assert due.before == (dt.timedelta(hours=1), dt.timedelta(minutes=30))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('phase = "quiet"', 'phase = "loud"', "window pagi phase: 'loud' is not a phase; known: quiet"),
        ('phase = "quiet"', "phase = []", "window pagi phase: names no phase"),
        ('phase = "quiet"', 'phase = "quiet"\nfrom = 0', "window pagi from: cannot stand beside phase"),
        ("days = [-1, 0]", 'days = [-1, 0]\nphase = "quiet"', "reminder call phase: cannot stand beside days"),
        ('id = "pagi"', 'id = "pagi-sekali-dan-panjang"', "window pagi-sekali-dan-panjang id: is too long"),
        ('["30m", "1h"]', "[]", "reminder due before: names no length of time"),
        ('["30m", "1h"]', '"9h"', "reminder due before: would fall on the day before window pagi"),
        ('grace = "20m"', 'grace = "40m"', "reminder due grace: is longer than until the next reminder"),
        ('forms = ["status"]', 'forms = ["prison"]', "reminder due forms: there is no window of 'prison'"),
        ('forms = ["status"]', 'to = "all"', "reminder due to: is not known here"),
        ('text = "due-soon"', "", "reminder due text: is missing"),
    ],
)
def test_broken_phases_and_due(tmp_path: Path, old: str, new: str, message: str) -> None:
    """A phase that is not there, and a due reminder that would be useless, are named with place and reason."""
    with pytest.raises(PresetError, match=message):
        load_calendar(write(tmp_path, (BY_PHASE + DUE).replace(old, new)), zone=WIB)


SECOND_WINDOW = GOOD[GOOD.index("[[window]]") : GOOD.index("[[reminder]]")]
SECOND_REMINDER = GOOD[GOOD.index("[[reminder]]") :]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[event]", "[event", "is not TOML"),
        ('on = "02-14"', "", "event on: is missing"),
        ('"02-14"', '"02-30"', "event on: '02-30' is neither"),
        ('"02-14"', '"tomorrow"', "event on: 'tomorrow' is neither"),
        ('"02-14"', "14", "event on: 14 is neither"),
        ('"02-14"', "2027-02-14T07:00:00", "event on: .* is neither"),
        ('name = { id = "Hari H", en = "The day" }', 'name = { id = "Hari H" }', "event name en: is missing"),
        ('en = "The day" }', 'en = "The day", fr = "Le jour" }', "event name fr: is not known here"),
        ('id = "quiet"', 'id = "Quiet days"', "'Quiet days' is not an id"),
        ('opens = "06:00"', 'opens = "6:00"', "window pagi opens: '6:00' is not a time of day"),
        ('opens = "06:00"', 'opens = "25:00"', "window pagi opens: '25:00' is not a time of day"),
        ('opens = "06:00"', 'opens = "24:00"', "window pagi opens: '24:00' is not a time of day"),
        ('closes = "08:00"', 'closes = "06:00"', "window pagi closes: must be later than opens"),
        ('posts = ["tps", "posko"]', 'posts = ["tps", "kapal"]', "window pagi posts: 'kapal' is none of tps"),
        ('posts = ["tps", "posko"]', 'posts = ["tps", "tps"]', "window pagi posts: names 'tps' twice"),
        ('posts = ["tps", "posko"]', "posts = []", "window pagi posts: names no kind of post"),
        ("from = -7", "from = 7", "window pagi until: comes before from"),
        ("from = -7", 'from = "-7"', "window pagi from: '-7' is not a whole number"),
        ("from = -7", "from = -9999", "window pagi from: days lie at most"),
        ("from = -7", "from = -7\ncolour = 1", "window pagi colour: is not known here"),
        ('form = "status"', 'form = "weather"', "window pagi form: 'weather' is not a form; known: status"),
        (SECOND_WINDOW, SECOND_WINDOW * 2, "window pagi id: stands here a second time"),
        (
            SECOND_WINDOW,
            SECOND_WINDOW + SECOND_WINDOW.replace('"pagi"', '"dini"'),
            "window dini: is open together with pagi",
        ),
        (SECOND_REMINDER, SECOND_REMINDER * 2, "reminder call id: stands here a second time"),
        ('text = "reminder-call"', "", "reminder call text: is missing"),
        ('text = "reminder-call"', 'text = "Halo semua"', "reminder call text: 'Halo semua' is not the key"),
        ('text = "reminder-call"', 'text = "a"\nkind = "song"', "reminder call kind: 'song' is none of"),
        ('at = ["18:00", "07:00"]', "at = []", "reminder call at: names no time"),
        ('at = ["18:00", "07:00"]', 'at = ["07:00", "07:00"]', "reminder call at: names '07:00' twice"),
        ('at = ["18:00", "07:00"]', 'at = "noon"', "reminder call at: 'noon' is not a time of day"),
        ("days = [-1, 0]", 'days = [-1, 0]\nweekdays = ["mon"]', "reminder call weekdays: cannot stand beside days"),
        ("days = [-1, 0]", "until = 0", "reminder call days: is missing"),
        ("days = [-1, 0]", 'weekdays = ["mon"]', "reminder call until: is missing"),
        ("days = [-1, 0]", 'weekdays = ["senin"]\nuntil = 0', "reminder call weekdays: 'senin' is none of mon"),
        ("days = [-1, 0]", "from = 3\nuntil = 0", "reminder call until: comes before from"),
        ('to = "region:16.74 role:officer"', "", "reminder call to: nobody would get it"),
        ('to = "region:16.74 role:officer"', 'to = "role:raja"', "reminder call to: unknown role: raja"),
        ('to = "region:16.74 role:officer"', 'to = "officers"', "reminder call to: 'officers' is not an audience word"),
        ('grace = "4h"', 'grace = "4"', "reminder call grace: '4' is not a length of time"),
        ('grace = "4h"', 'grace = "4h"\ngroups = ["party"]', "reminder call groups: 'party' is none of"),
        ("[[phase]]", "[phase]", "phase: must be a list"),
    ],
)
def test_broken(tmp_path: Path, old: str, new: str, message: str) -> None:
    """A broken calendar is named with file, place and reason, in one line."""
    file = write(tmp_path, GOOD.replace(old, new))
    with pytest.raises(PresetError, match=message) as caught:
        load_calendar(file, zone=WIB, forms={"status"})
    assert str(caught.value).startswith(str(file))
    assert "\n" not in str(caught.value)


def test_regions_of_audiences(tmp_path: Path) -> None:
    """A region that a reminder names must be one of the territory's."""
    file = write(tmp_path, GOOD)
    good = RegionBook([Region("16.74", "16", RegionLevel.REGENCY, "Kota Prabumulih")])
    load_calendar(file, zone=WIB, book=good)
    with pytest.raises(PresetError, match=r"reminder call to: unknown region: 16\.74"):
        load_calendar(file, zone=WIB, book=RegionBook(()))


def test_no_file(tmp_path: Path) -> None:
    """A calendar that is not there is named."""
    with pytest.raises(PresetError, match="No such file"):
        load_calendar(tmp_path / "calendar.toml", zone=WIB)


def test_not_utf8(tmp_path: Path) -> None:
    """A calendar in another encoding is named."""
    (tmp_path / "calendar.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(PresetError, match="is not UTF-8"):
        load_calendar(tmp_path / "calendar.toml", zone=WIB)


def test_phases_apart(tmp_path: Path) -> None:
    """Two phases may not share a day."""
    again = '[[phase]]\nid = "late"\nlabel = { id = "A", en = "A" }\nfrom = -1\nuntil = 0\n\n[[window]]'
    with pytest.raises(PresetError, match="phase late from: shares days with phase quiet"):
        load_calendar(write(tmp_path, GOOD.replace("[[window]]", again)), zone=WIB)
