"""Reading what a calendar says of incidents that nobody takes: times by severity, quiet hours, an alarm's chain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from core.calendar.calendar_times import read_minutes, read_span
from core.forms.severity import Severity
from core.incidents.escalation import ALARM, EscalationTimes, QuietHours
from core.kit.preset_tables import Table, read_toml

_MOST_RINGS: Final = 20  # more than an hour of ringing helps nobody


def load_escalation(file: Path, *, zone: ZoneInfo) -> EscalationTimes:
    """Return the times for incidents that nobody takes or that their owners say nothing of; PresetError for a fault."""
    top = read_toml(file)
    waiting, asking, again = top.table("escalate_after"), top.table("ask_after"), top.table("again")
    chain = top.table("alarm_chain")
    times = EscalationTimes(
        escalate_after=_by_severity(waiting),
        ask_after=_by_severity(asking),
        again=_by_severity(again),
        rings=chain.whole("rings"),
        quiet=_quiet(top.table("quiet_hours")) if top.has("quiet_hours") else None,
        zone=zone,
    )
    if not 0 <= times.rings <= _MOST_RINGS:
        raise chain.fault("rings", f"must be 0 to {_MOST_RINGS}")
    for table in (waiting, asking, again, chain):
        table.done()
    return times


def _by_severity(table: Table) -> Mapping[str, timedelta]:
    found = {key: read_span(table, key) for key in (*(severity.value for severity in Severity), ALARM)}
    for milder, graver in pairwise(Severity):
        if found[graver] > found[milder]:
            raise table.fault(graver, f"is longer than for what is {milder}")
    return MappingProxyType(found)


def _quiet(table: Table) -> QuietHours:
    quiet = QuietHours(
        start=read_minutes(table, "from", table.text("from")),
        end=read_minutes(table, "until", table.text("until")),
        unless=table.member("unless", Severity),
    )
    table.done()
    if quiet.start == quiet.end:
        raise table.fault("until", "is the same hour as from")
    return quiet
