"""Albums: of people, with siblings late and out of step, and of the bot."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest

from sandbox import Limits, LocalTelegram, Media, Person
from sandbox.errors import RefusedError
from sandbox.world.photos import drawn
from tests.sandbox.caller import Caller, FakeClock, Reply, png
from tests.sandbox.shapes import faults


async def album(bot: Caller, chat_id: int, *kinds: str, files: int | None = None, **more: Any) -> Reply:
    """Send an album in one multipart request, with its files under names of their own."""
    form = aiohttp.FormData({"chat_id": str(chat_id)})
    media = [{"type": kind, "media": f"attach://f{number}", **more} for number, kind in enumerate(kinds)]
    form.add_field("media", json.dumps(media))
    for number in range(len(kinds) if files is None else files):
        form.add_field(f"f{number}", png(10 + number, 10), filename="a.png", content_type="image/png")
    async with bot.http.post(bot.address("sendMediaGroup"), data=form) as response:
        return Reply(response.status, await response.json())


async def test_an_album_is_several_messages(bot: Caller, budi: Person) -> None:
    """The siblings are messages of their own with one media_group_id; only the first has the caption."""
    sent = await budi.send_album([drawn(), Media("video", b"film"), drawn()], "TPS 3")
    messages = [update["message"] for update in await bot.updates()]
    assert {message["media_group_id"] for message in messages} == {sent.group_id}
    assert [message.get("caption") for message in messages] == ["TPS 3", None, None]
    assert [message["message_id"] for message in messages] == [1, 2, 3]
    assert "video" in messages[1]


async def test_siblings_come_out_of_step(bot: Caller, budi: Person) -> None:
    """The bot may hear of siblings in another order than that of their ids."""
    await budi.send_album([drawn()] * 3, "TPS 3", order=[2, 0, 1])
    assert [update["message"]["message_id"] for update in await bot.updates()] == [3, 1, 2]
    with pytest.raises(AssertionError, match="name each message once"):
        await budi.send_album([drawn()] * 2, order=[0, 0])


async def test_siblings_come_late(bot: Caller, budi: Person, clock: FakeClock) -> None:
    """A slow phone sends a sibling seconds later, behind what its owner wrote meanwhile."""
    sent = await budi.send_album([drawn()] * 4, "TPS 3", hold=(1, 2, 3))
    await budi.say("sebentar")
    clock.advance(11)
    sent.deliver(2)
    sent.deliver_rest()
    told = [update["message"] for update in await bot.updates()]
    assert [message.get("media_group_id") for message in told] == [sent.group_id, None, *[sent.group_id] * 3]
    assert [message["date"] - told[0]["date"] for message in told] == [0, 0, 11, 11, 11]
    assert [message.id for message in sent.messages] == [1, 4, 3, 5]
    with pytest.raises(AssertionError, match="is not held"):
        sent.deliver(1)


@pytest.mark.parametrize(
    ("kinds", "text"),
    [
        ([], "there are no messages to send"),
        (["photo"] * 11, "too many messages to send as an album"),
        (["document", "photo"], "document can't be mixed with other media types"),
        (["video", "audio"], "audio can't be mixed with other media types"),
        (["voice", "photo"], "voice can't be used in an album"),
    ],
)
async def test_what_is_no_album(budi: Person, bot: Caller, kinds: list[Any], text: str) -> None:
    """Nobody can send an album of nothing, of eleven, or of documents with other kinds, neither people nor the bot."""
    with pytest.raises(RefusedError, match=text):
        await budi.send_album([Media(kind, drawn()) for kind in kinds])
    assert (await album(bot, budi.id, *kinds)).error == f"Bad Request: {text}"


async def test_the_bot_sends_an_album(bot: Caller, budi: Person) -> None:
    """Files of one request go into one album, in the published form; one alone is accepted and is no album."""
    sent = (await album(bot, budi.id, "photo", "photo", caption="<b>A</b>", parse_mode="HTML")).result
    assert [message["photo"][-1]["width"] for message in sent] == [10, 11]
    assert {message["caption"] for message in sent} == {"A"}
    assert len({message["media_group_id"] for message in sent}) == 1
    assert faults(sent, "Array of Message") == []
    assert "media_group_id" not in (await album(bot, budi.id, "document")).result[0]
    media = [{"type": "photo", "media": message["photo"][-1]["file_id"]} for message in sent]
    again = (await bot.call("sendMediaGroup", chat_id=budi.id, media=media)).result
    assert again[0]["photo"] == sent[0]["photo"]


async def test_an_album_without_its_file(bot: Caller, budi: Person) -> None:
    """A file that the request names and does not bring refuses the whole album."""
    reply = await album(bot, budi.id, "photo", "photo", files=1)
    assert (reply.status, reply.error) == (400, "Bad Request: can't parse InputMedia: Media not found")
    assert (await bot.call("sendMediaGroup", chat_id=budi.id)).error == "Bad Request: there are no messages to send"
    assert budi.messages == []


@pytest.mark.parametrize("wrapped", [True, False])
async def test_an_album_weighs_as_many_messages(
    http: aiohttp.ClientSession, clock: FakeClock, *, wrapped: bool
) -> None:
    """Ten messages of an album take ten of a group's twenty a minute; the refusal may come inside a 400."""
    async with LocalTelegram(clock=clock, limits=Limits(album_flood_wrapped=wrapped)) as tg:
        bot, group = Caller(tg, http), tg.group("Posko")
        for _ in range(2):
            assert (await album(bot, group.id, *["photo"] * 10)).status == 200
            clock.advance(1)
        reply = await album(bot, group.id, "photo", "photo")
        flood = "Too Many Requests: retry after 58"
        if wrapped:
            assert reply.error == f'Bad Request: failed to send message #1 with the error message "{flood}"'
        else:
            assert (reply.status, reply.error) == (429, flood)
        assert len(group.messages) == 20


async def test_an_album_may_exceed_a_private_burst(http: aiohttp.ClientSession, clock: FakeClock) -> None:
    """An album of ten goes to one person at once, and what follows waits for it."""
    async with LocalTelegram(clock=clock) as tg:
        bot, budi = Caller(tg, http), tg.person("Budi", started=True)
        assert (await album(bot, budi.id, *["photo"] * 10)).status == 200
        reply = await bot.call("sendMessage", chat_id=budi.id, text="a")
        assert reply.error == "Too Many Requests: retry after 6"
