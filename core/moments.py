"""When something happened, from an hour of the day that somebody typed."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

SLACK = timedelta(minutes=15)  # phones' clocks differ; an hour this little ahead is today's


def occurred_at(typed: str | None, sent_at: datetime, zone: ZoneInfo) -> datetime:
    """The latest moment with this hour (`HH:MM`, in the zone) that is not after the message; the message's own without one."""
    if typed is None:
        return sent_at
    local = sent_at.astimezone(zone)
    moment = datetime.combine(local.date(), time.fromisoformat(typed), tzinfo=zone)
    return moment - timedelta(days=1) if moment > local + SLACK else moment
