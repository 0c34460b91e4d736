"""Flood limits: how many messages pass, what a refusal says, and what makes it worse."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from sandbox import Limits, LocalTelegram
from tests.sandbox.caller import Caller, FakeClock, keyboard


@pytest.fixture
async def tg(clock: FakeClock) -> AsyncIterator[LocalTelegram]:
    async with LocalTelegram(clock=clock) as telegram:
        yield telegram


@pytest.fixture
def bot(tg: LocalTelegram, http: aiohttp.ClientSession) -> Caller:
    return Caller(tg, http)


async def test_thirty_a_second_overall(bot: Caller, tg: LocalTelegram, clock: FakeClock) -> None:
    """The 31st message within any second is refused, with the seconds to wait in text and parameters."""
    people = [tg.person(f"P{number}", started=True) for number in range(40)]
    for person in people[:30]:
        await bot.send(person.id)
    reply = await bot.call("sendMessage", chat_id=people[30].id, text="a")
    assert (reply.status, reply.error) == (429, "Too Many Requests: retry after 1")
    assert reply.body["parameters"] == {"retry_after": 1}
    clock.advance(1)
    for person in people[:30]:
        await bot.send(person.id)


async def test_window_slides(bot: Caller, tg: LocalTelegram, clock: FakeClock) -> None:
    """Messages of the last second count, however the clock's seconds fall."""
    people = [tg.person(f"P{number}", started=True) for number in range(40)]
    for person in people[:15]:
        await bot.send(person.id)
    clock.advance(0.6)
    for person in people[15:30]:
        await bot.send(person.id)
    clock.advance(0.5)
    for person in people[:15]:
        await bot.send(person.id)
    assert (await bot.call("sendMessage", chat_id=people[39].id, text="a")).status == 429


async def test_twenty_a_minute_in_a_group(bot: Caller, tg: LocalTelegram, clock: FakeClock) -> None:
    """Messages and edits together fill a group's minute; other chats are not touched."""
    budi = tg.person("Budi", started=True)
    group = tg.group("Posko", [budi])
    sent = await bot.send(group.id)
    for number in range(19):
        clock.advance(1)
        edit = {"chat_id": group.id, "message_id": sent["message_id"], "text": str(number)}
        assert (await bot.call("editMessageText", **edit)).status == 200
    for method in ("sendMessage", "editMessageText"):
        reply = await bot.call(method, chat_id=group.id, message_id=sent["message_id"], text="b")
        assert reply.error == "Too Many Requests: retry after 41"
    await bot.send(budi.id)
    clock.advance(41)
    await bot.send(group.id)


async def test_private_chat_takes_a_burst_then_one_a_second(bot: Caller, tg: LocalTelegram, clock: FakeClock) -> None:
    """Five at once pass, afterwards one a second."""
    budi = tg.person("Budi", started=True)
    for _ in range(5):
        await bot.send(budi.id)
    assert (await bot.call("sendMessage", chat_id=budi.id, text="a")).status == 429
    for _ in range(3):
        clock.advance(1)
        await bot.send(budi.id)


@pytest.mark.parametrize(("extend", "after_wait"), [(True, 429), (False, 200)])
async def test_asking_too_early_starts_the_ban_anew(
    http: aiohttp.ClientSession, clock: FakeClock, *, extend: bool, after_wait: int
) -> None:
    """A retry before the time named makes the wait longer, unless the knob says otherwise."""
    async with LocalTelegram(clock=clock, limits=Limits(early_retries_extend=extend, group_per_minute=1)) as tg:
        bot = Caller(tg, http)
        group = tg.group("Posko")
        await bot.send(group.id)
        assert (await bot.call("sendMessage", chat_id=group.id, text="a")).body["parameters"] == {"retry_after": 60}
        clock.advance(30)
        assert (await bot.call("sendMessage", chat_id=group.id, text="a")).status == 429
        clock.advance(30)
        assert (await bot.call("sendMessage", chat_id=group.id, text="a")).status == after_wait


async def test_answers_and_actions_count_nowhere(bot: Caller, tg: LocalTelegram) -> None:
    """Callback answers and chat actions pass without limit and leave messages their room."""
    budi = tg.person("Budi", started=True)
    await bot.send(budi.id, reply_markup=keyboard("Terima"))
    for _ in range(40):
        tap = await budi.tap("Terima")
        assert (await bot.call("answerCallbackQuery", callback_query_id=tap.query.id)).status == 200
        assert (await bot.call("sendChatAction", chat_id=budi.id, action="typing")).status == 200
    for _ in range(4):
        await bot.send(budi.id)


async def test_refused_message_is_not_sent_and_does_not_count(bot: Caller, tg: LocalTelegram) -> None:
    """A message that fails for another reason takes no place in any window."""
    budi = tg.person("Budi", started=True)
    for _ in range(50):
        assert (await bot.call("sendMessage", chat_id=budi.id, text="")).status == 400
    for _ in range(5):
        await bot.send(budi.id)
    assert len(budi.messages) == 5
