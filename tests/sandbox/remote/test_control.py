"""The control API: the same verbs from another process."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator

import pytest

from sandbox import LocalTelegram
from sandbox.remote.control import Control
from sandbox.remote.remote import RemoteTelegram
from sandbox.remote.server import read_arguments
from tests.sandbox.caller import Caller, keyboard, png


@pytest.fixture
async def remote(tg: LocalTelegram) -> AsyncIterator[RemoteTelegram]:
    Control(tg)
    async with RemoteTelegram(tg.url) as there:
        yield there


async def test_a_conversation_from_afar(bot: Caller, remote: RemoteTelegram) -> None:
    """A remote person says, hears, taps and is answered."""
    budi = await remote.person("Budi", language="id")
    await budi.say("/start")
    sent = await bot.send(budi.id, "Selamat datang", reply_markup=keyboard("Setuju"))
    heard = await budi.hears("Selamat")
    assert (heard["message_id"], heard["buttons"]) == (sent["message_id"], ["Setuju"])
    tap = await budi.tap("Setuju")
    query = (await bot.updates())[-1]["callback_query"]
    await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Terima kasih")
    assert (await budi.answer_of(tap))["text"] == "Terima kasih"


async def test_failed_expectation_from_afar(remote: RemoteTelegram) -> None:
    """What fails there raises AssertionError here; a wrong request is a ValueError."""
    budi = await remote.person("Budi")
    with pytest.raises(AssertionError, match="did not hear 'halo'"):
        await budi.hears("halo", wait_seconds=0)
    with pytest.raises(ValueError, match="no such verb"):
        await remote.ask("dance")
    with pytest.raises(ValueError, match="KeyError"):
        await remote.ask("say", person=budi.id)
    with pytest.raises(ValueError, match="IMAGE_PROCESS_FAILED"):
        await budi.send_photo(b"x")


async def test_groups_from_afar(bot: Caller, remote: RemoteTelegram) -> None:
    """Groups are made, entered and written to by their id."""
    budi, ani = await remote.person("Budi"), await remote.person("Ani")
    group = await remote.group("Posko", [budi], kind="supergroup")
    await ani.join(group)
    await ani.say("/ringkasan", to=group)
    await ani.share_location(-3.0, 102.0)
    await budi.send_photo(png(10, 10), "/foto", to=group)
    await budi.block_bot()
    await budi.unblock_bot()
    assert len(await bot.updates()) == 6
    basic = await remote.group("Posko", [budi])
    assert (await remote.ask("upgrade", group=basic))["id"] < -(10**12)
    assert [message["text"] for message in await remote.ask("messages", group=group)][1] == "/ringkasan"


async def test_load_from_afar(bot: Caller, remote: RemoteTelegram) -> None:
    """Many people are made and speak in one request; the transcript is read on from where one stopped."""
    ids = await remote.people(3)
    assert await remote.say_many((user_id, "halo") for user_id in ids) == 3
    following, events = await remote.transcript()
    assert [(event["chat"], event["text"], event["by_bot"]) for event in events] == [
        (user_id, "halo", False) for user_id in ids
    ]
    waiting = asyncio.create_task(remote.transcript(following, wait_seconds=5))
    await bot.send(ids[0], "Diterima")
    _, (event,) = await waiting
    assert (event["kind"], event["text"], event["from"]) == ("sent", "Diterima", 123456)
    assert await remote.transcript(following + 1) == (following + 1, [])


async def test_faults_from_afar(bot: Caller, remote: RemoteTelegram) -> None:
    """Faults can be ordered, and the counts tell what happened."""
    await remote.fault("restart", method="getMe")
    assert (await bot.call("getMe")).status == 500
    assert (await bot.call("getMe")).status == 200
    await remote.fault("restart", times=None)
    await remote.ask("clear_faults")
    await remote.ask("inject", update={"message": 1})
    await bot.call("sendMessage", chat_id=5, text="a")
    assert await remote.stats() == {
        "calls": {"getMe": 1},
        "refused": ["400 sendMessage: Bad Request: chat not found"],
        "pending": 1,
        "events": 0,
    }


async def test_stand_alone_server() -> None:
    """`python -m sandbox.remote.server` prints its address, serves, and ends on SIGTERM."""
    command = (sys.executable, "-m", "sandbox.remote.server", "--port", "0", "--token", "7:x", "--no-limits")
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, env=dict(os.environ))
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()
    async with RemoteTelegram(url) as there:
        assert (await there.stats())["pending"] == 0
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0


def test_arguments() -> None:
    """The command line has its knobs, with the real limits unless told otherwise."""
    options = read_arguments(["--port", "9", "--latency", "0.05"])
    assert (options.port, options.latency, options.no_limits) == (9, 0.05, False)


async def test_files_and_places_from_afar(bot: Caller, remote: RemoteTelegram) -> None:
    """Every kind of message can be sent, answered, changed and counted over the control API."""
    budi = await remote.person("Budi", started=True)
    asked = await bot.send(budi.id, "Foto?")
    assert (await budi.say("ini", reply_to=asked["message_id"]))["message_id"] == 2
    assert (await budi.send_photo(caption="TPS", as_file=True))["media"] == "document"
    assert (await budi.send_media("video", duration=7))["media"] == "video"
    live = (await budi.share_location(-3.0, 102.0, live=600))["message_id"]
    moved = {"person": budi.id, "message_id": live, "latitude": -3.1, "longitude": 102.1}
    await remote.ask("location", **moved)
    await remote.ask("location_stop", person=budi.id, message_id=live)
    await remote.ask("venue", person=budi.id, latitude=1, longitude=2, title="Kantor", address="Jalan")
    await remote.ask("contact", person=budi.id, phone="+62")
    assert (await remote.ask("edit", person=budi.id, message_id=2, text="itu"))["text"] == "itu"
    await remote.ask("react", person=budi.id, message_id=1, emoji="👍")
    assert len(await bot.updates()) == 9
    effort = await remote.ask("effort", person=budi.id)
    assert (effort["messages"], effort["taps"], effort["edits"]) == (6, 1, 1)


async def test_albums_from_afar(bot: Caller, remote: RemoteTelegram) -> None:
    """An album's siblings can be held back and delivered one by one."""
    budi = await remote.person("Budi", started=True)
    album = await budi.send_album(3, "TPS", hold=[1, 2])
    assert [message["sent"] for message in album["messages"]] == [True, False, False]
    assert (await remote.ask("album_deliver", album=album["album"], places=[2]))["held"] == [1]
    assert (await remote.ask("album_deliver", album=album["album"]))["held"] == []
    items = [{"kind": "photo"}, {"kind": "video", "duration": 3}]
    await remote.ask("album", person=budi.id, items=items)
    kinds = [event["media"] for event in (await remote.transcript())[1]]
    assert kinds == ["photo", "photo", "photo", "photo", "video"]


async def test_connections_from_afar(bot: Caller, remote: RemoteTelegram) -> None:
    """A remote phone loses its connection and comes back with what waited."""
    budi = await remote.person("Budi", started=True)
    await budi.goes_offline()
    assert (await budi.say("aman"))["sent"] is False
    await bot.send(budi.id, "Halo")
    assert [one["text"] for one in await remote.ask("messages", person=budi.id)] == ["aman"]
    await budi.comes_back(taps_twice=True)
    assert [one["text"] for one in await remote.ask("messages", person=budi.id)] == ["Halo", "aman"]
    with pytest.raises(ValueError, match="message_id"):
        await remote.ask("edit", person=budi.id, text="x")
