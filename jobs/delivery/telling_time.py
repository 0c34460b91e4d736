"""Telegram tells the time: what can be learned of it from what its calls give, beside the date of each answer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from core.kit.steady import SteadyClock
from jobs.delivery.one_call import Api

EARLIEST, LATEST = 1_420_070_400, 4_102_444_800  # 2015, when bots began, and 2100: anything else is no date


class TimeTellingApi:
    """Makes calls as another does, and lets a clock learn from the dates of messages."""

    def __init__(self, api: Api, clock: SteadyClock) -> None:
        self._api, self._clock = api, clock

    async def do_api_request(self, endpoint: str, api_kwargs: dict[str, Any] | None = None, **options: Any) -> Any:
        """Call any Bot API method and give its raw result."""
        result = await self._api.do_api_request(endpoint, api_kwargs=api_kwargs, **options)
        if endpoint == "getUpdates":
            # A message may have waited for a day: it is not earlier than that, and that is all it says.
            dates = [date for update in result if (date := _newest(update))] if isinstance(result, list) else []
            if dates:
                self._clock.at_least(max(dates))
        elif endpoint.startswith("send") and isinstance(result, dict) and (date := _date(result.get("date"))):
            self._clock.wrote(date)
        return result


def _newest(update: Any) -> datetime | None:
    """The date of what an update is about; a tap has none of its own."""
    if not isinstance(update, dict):
        return None
    parts = (update.get(kind) for kind in ("message", "edited_message", "my_chat_member"))
    found = [_date(part.get(name)) for part in parts if isinstance(part, dict) for name in ("date", "edit_date")]
    return max((date for date in found if date), default=None)


def _date(value: Any) -> datetime | None:
    if not isinstance(value, int) or not EARLIEST <= value <= LATEST:
        return None
    return datetime.fromtimestamp(value, UTC)
