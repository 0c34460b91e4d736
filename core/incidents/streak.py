"""Zero conflict: for how many days a territory has been without an incident of the preset's security categories."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from core.kit.preset_tables import Table, read_toml
from core.kit.texts import Markup, Texts


@dataclass(frozen=True)
class StreakRule:
    """What ends the days without conflict."""

    categories: frozenset[str]
    status: bool  # whether a bad status report and an alarm, which have no category, end them too


@dataclass(frozen=True)
class Streak:
    """When a territory last had a conflict; where it had none, since when that is known."""

    last: datetime | None
    since: datetime | None = None  # when the program was installed

    def days(self, now: datetime, zone: ZoneInfo) -> int | None:
        """Count the midnights since then in a zone; None when nothing is known."""
        start = self.last or self.since
        if start is None:
            return None
        return max(0, (now.astimezone(zone).date() - start.astimezone(zone).date()).days)


def load_streak(file: Path, known: Collection[str]) -> StreakRule | None:
    """Return what ends the days without conflict by a routing file of these categories; PresetError if it is broken."""
    return read_streak(read_toml(file), known)


def read_streak(top: Table, known: Collection[str]) -> StreakRule | None:
    """Read `[streak]` of a routing table; None where it is left out. PresetError if it is broken."""
    if not top.has("streak"):
        return None
    table = top.table("streak")
    rule = StreakRule(frozenset(table.texts("categories")), table.flag("status", default=False))
    for category in sorted(rule.categories - set(known)):
        raise table.fault("categories", f"{category!r} is no category here; known: " + ", ".join(sorted(known)))
    if not rule.categories and not rule.status:
        raise table.fault("categories", "names nothing that would end the days without conflict")
    table.done()
    return rule


def streak_line(texts: Texts, language: str, streak: Streak | None, *, now: datetime) -> Markup | None:
    """Tell the days without conflict, or at what hour of today or yesterday the last one was; None when not known."""
    days = streak.days(now, texts.zone) if streak is not None else None
    if streak is None or days is None:
        return None
    if streak.last is None:
        return texts.html(language, "streak-since" if days else "streak-since-today", days=days)
    clock = texts.clock(language, streak.last)
    if days == 0:
        return texts.html(language, "streak-today", clock=clock)
    return (
        texts.html(language, "streak-yesterday", clock=clock)
        if days == 1
        else texts.html(language, "streak-days", days=days)
    )
