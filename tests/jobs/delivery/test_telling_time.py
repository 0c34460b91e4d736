"""What is learned of the time from Telegram's answers, over the real HTTP of the local Telegram."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from core.kit.steady import SteadyClock
from jobs.delivery.request import AiohttpRequest, AnswerDates
from jobs.delivery.telling_time import TimeTellingApi
from sandbox import Fault, LocalTelegram
from tests.jobs.conftest import AnyApplication
from tests.storage_kit import NOW, FakeClock

YEAR = 366 * 86_400


def dates_of(app: AnyApplication) -> AnswerDates:
    """What the application's requests have heard of the time."""
    assert isinstance(app.bot.request, AiohttpRequest)
    return app.bot.request.dates


class Canned:
    """A Telegram that always gives the same."""

    def __init__(self, result: Any) -> None:
        self.result = result

    async def do_api_request(self, endpoint: str, api_kwargs: dict[str, Any] | None = None, **options: Any) -> Any:
        """Give it."""
        del endpoint, api_kwargs, options
        return self.result


async def time_after(endpoint: str, result: Any) -> datetime:
    """The time that a clock standing at NOW gives after a call that gave this."""
    steady = SteadyClock(FakeClock(), lambda: 0.0)
    steady.now()
    assert await TimeTellingApi(Canned(result), steady).do_api_request(endpoint) == result
    return steady.now()


async def test_every_answer_carries_the_date(app: AnyApplication, clock: FakeClock) -> None:
    """The date of each answer is Telegram's own, also that of a refusal, and is passed on as it comes."""
    heard: list[datetime] = []
    dates_of(app).follow(heard.append)
    assert heard == [NOW]
    clock.advance(YEAR)
    await app.bot.do_api_request("getMe")
    clock.advance(5)
    await app.bot.do_api_request("getUpdates", {"timeout": 0})
    assert [(at - NOW).total_seconds() for at in heard] == [0, YEAR, YEAR + 5]


async def test_page_of_a_proxy_says_nothing(app: AnyApplication, clock: FakeClock, tg: LocalTelegram) -> None:
    """A page that is no answer of Telegram's has a date of its own, which is not believed."""
    clock.advance(YEAR)
    tg.faults.add(Fault("bad_gateway"))
    with pytest.raises(Exception, match="502"):
        await app.bot.do_api_request("getMe")
    assert dates_of(app).last == NOW


@pytest.mark.parametrize("header", ["", "yesterday", "Wed, 99 Feb 2027 00:00:00 GMT", "Wed, 03 Feb 2027 00:10:00"])
def test_date_that_cannot_be_read_says_nothing(header: str) -> None:
    """An answer without a date, or with one that nobody understands, changes nothing."""
    dates = AnswerDates()
    dates.note(header or None)
    assert dates.last is None


LATER = int(NOW.timestamp()) + YEAR


@pytest.mark.parametrize(
    ("endpoint", "result"),
    [
        ("sendMessage", {"message_id": 1, "date": LATER}),
        ("getUpdates", [{"update_id": 1, "message": {"date": LATER - YEAR}}, {"message": {"date": LATER}}]),
        ("getUpdates", [{"edited_message": {"date": 1, "edit_date": LATER}}]),
        ("getUpdates", [{"my_chat_member": {"date": LATER}}]),
    ],
)
async def test_dates_of_messages_tell_the_time(endpoint: str, result: Any) -> None:
    """The date of a message that was sent, or the newest of those that came, is believed."""
    assert await time_after(endpoint, result) == datetime.fromtimestamp(LATER, UTC)


@pytest.mark.parametrize(
    ("endpoint", "result"),
    [
        ("editMessageText", {"message_id": 1, "date": LATER}),
        ("getUpdates", [{"message": {"date": LATER - 2 * YEAR}}]),
        ("getUpdates", [None, 5, {"message": []}, {"message": {"date": "x"}}, {"message": {"date": 1 << 62}}]),
        ("getUpdates", {"message": {"date": LATER}}),
        ("sendMessage", {"date": -5}),
        ("sendMessage", {"date": True}),
        ("sendChatAction", True),
    ],
)
async def test_other_dates_tell_nothing(endpoint: str, result: Any) -> None:
    """An edited message has the date of when it was first sent; an old one has waited; what is no date is none."""
    assert await time_after(endpoint, result) == NOW
