"""Troubles on the line, each for the calls it was meant for."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from sandbox import Fault, LocalTelegram, Person
from tests.sandbox.caller import Caller


async def test_flood_fault(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """A flood can be ordered with its wait, for one chat and a number of times; it is no refusal of the bot's."""
    ani = tg.person("Ani", started=True)
    fault = tg.faults.add(Fault("flood", chat_id=budi.id, times=2, retry_after=7))
    await bot.send(ani.id)
    for _ in range(2):
        reply = await bot.call("sendMessage", chat_id=budi.id, text="a")
        assert (reply.status, reply.body["parameters"]) == (429, {"retry_after": 7})
    await bot.send(budi.id)
    assert fault.hits == 2
    tg.assert_no_unexpected_refusals()


async def test_restart_fault(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """A restarting server answers 500 and does nothing."""
    tg.faults.add(Fault("restart", method="sendmessage"))
    reply = await bot.call("sendMessage", chat_id=budi.id, text="a")
    assert (reply.status, reply.error) == (500, "Internal Server Error: restart")
    assert budi.messages == []


async def test_gateway_and_garbage(bot: Caller, tg: LocalTelegram, budi: Person, http: aiohttp.ClientSession) -> None:
    """A proxy's page and a cut-off answer are no JSON; after garbage the message was sent all the same."""
    tg.faults.add(Fault("bad_gateway"))
    tg.faults.add(Fault("garbage"))
    async with http.post(bot.address("sendMessage"), data={"chat_id": str(budi.id), "text": "a"}) as response:
        assert (response.status, response.content_type) == (502, "text/html")
    async with http.post(bot.address("sendMessage"), data={"chat_id": str(budi.id), "text": "b"}) as response:
        assert (response.status, await response.text()) == (200, '{"ok":tru')
    assert [message.text for message in budi.messages] == ["b"]


@pytest.mark.parametrize(("kind", "sent"), [("drop_before", 0), ("drop_after", 1)])
async def test_dropped_connection(bot: Caller, tg: LocalTelegram, budi: Person, kind: str, sent: int) -> None:
    """A connection can break before the call is done or after, and the bot cannot tell which."""
    tg.faults.add(Fault(kind, method="sendMessage"))  # type: ignore[arg-type]
    with pytest.raises(aiohttp.ClientError):
        await bot.call("sendMessage", chat_id=budi.id, text="a")
    assert len(budi.messages) == sent
    assert tg.calls[-1].status == 0
    await bot.send(budi.id)


async def test_fault_can_wait_for_its_turn(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """A fault may let some calls pass first, and can be taken back."""
    tg.faults.add(Fault("restart", method="sendMessage", after=1))
    forever = tg.faults.add(Fault("restart", method="getMe", times=None))
    statuses = [(await bot.call("sendMessage", chat_id=budi.id, text="a")).status for _ in range(3)]
    assert statuses == [200, 500, 200]
    assert (await bot.call("getMe")).status == (await bot.call("getMe")).status == 500
    tg.faults.remove(forever)
    assert (await bot.call("getMe")).status == 200


async def test_latency_holds_a_call_back(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """A slow call is done late, and others overtake it."""
    ani = tg.person("Ani", started=True)
    tg.faults.add(Fault("latency", chat_id=budi.id, seconds=0.05))
    await asyncio.gather(bot.send(budi.id, "lambat"), bot.send(ani.id, "cepat"))
    assert [call.params["text"] for call in tg.calls] == ["cepat", "lambat"]


async def test_unreachable(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """While the server is unreachable nothing connects, open polls break, and the address stays the same."""
    url = tg.url
    poll = asyncio.create_task(bot.call("getUpdates", timeout=50))
    await tg.polled()
    async with tg.unreachable():
        with pytest.raises(aiohttp.ClientError):
            await poll
        with pytest.raises(aiohttp.ClientConnectorError):
            await bot.call("getMe")
    assert tg.url == url
    await bot.send(budi.id)
