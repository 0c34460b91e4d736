"""When something happened, from an hour of the day that somebody typed."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

SLACK = timedelta(minutes=15)  # phones' clocks differ; an hour this little ahead is today's


def occurred_at(typed: str | None, sent_at: datetime, zone: ZoneInfo) -> datetime:
    """The latest moment with this hour (`HH:MM`, in the zone) that is not after the message (or a quarter of an hour at most)."""
    if typed is None:
        return sent_at
    local = sent_at.astimezone(zone)
    hour = time.fromisoformat(typed)
    days = (local.date() + timedelta(days=shift) for shift in (1, 0, -1))
    moments = [datetime.combine(day, hour, tzinfo=zone) for day in days]
    return next(moment for moment in moments if moment <= local + SLACK)
