"""Films, sounds and pictures that the bot sends, replaces and sends on, and the limit on equal uploads."""

from __future__ import annotations

import json

import aiohttp
import pytest

from sandbox import Limits, LocalTelegram, Media, Person
from sandbox.world.photos import drawn
from tests.sandbox.caller import Caller, FakeClock, Reply, keyboard, png
from tests.sandbox.shapes import faults

SENDS = {
    "sendVideo": "video",
    "sendAnimation": "animation",
    "sendAudio": "audio",
    "sendVoice": "voice",
    "sendVideoNote": "video_note",
    "sendSticker": "sticker",
}


async def upload(bot: Caller, method: str, chat_id: int, field: str, data: bytes, **fields: str) -> Reply:
    """Send a file in a multipart request."""
    form = aiohttp.FormData({"chat_id": str(chat_id), **fields})
    form.add_field(field, data, filename="a.mp4", content_type="video/mp4")
    async with bot.http.post(bot.address(method), data=form) as response:
        return Reply(response.status, await response.json())


@pytest.mark.parametrize(("method", "field"), SENDS.items())
async def test_every_kind_is_sent_and_sent_again(bot: Caller, budi: Person, method: str, field: str) -> None:
    """A file gets an id by which it is sent again; the answer has the published form; without a file it is refused."""
    sent = (await upload(bot, method, budi.id, field, b"isi", duration="7", caption="Ket")).result
    assert faults(sent, "Message") == []
    assert sent.get("caption") == (None if field in {"video_note", "sticker"} else "Ket")
    again = (await bot.call(method, **{"chat_id": budi.id, field: sent[field]["file_id"]})).result
    assert again[field] == sent[field]
    missing = await bot.call(method, chat_id=budi.id)
    assert missing.error == f"Bad Request: there is no {field.replace('_', ' ')} in the request"


async def test_a_photo_of_a_person_is_sent_on_by_its_id(bot: Caller, budi: Person) -> None:
    """The bot can send a photo that it got, by the id of any of its sizes, but not as another kind."""
    photo = (await budi.send_photo(drawn())).json["photo"]
    sent = (await bot.call("sendPhoto", chat_id=budi.id, photo=photo[0]["file_id"])).result
    assert sent["photo"] == photo
    reply = await bot.call("sendDocument", chat_id=budi.id, document=photo[-1]["file_id"])
    assert reply.error == "Bad Request: can't use file of type Photo as Document"


async def test_media_are_replaced(bot: Caller, budi: Person) -> None:
    """A photo or a text becomes another photo, with the new caption only; the same photo and caption are no edit."""
    text = await bot.send(budi.id, "Menunggu foto", reply_markup=keyboard("Batal"))
    edit = {"chat_id": str(budi.id), "message_id": str(text["message_id"])}
    media = {"type": "photo", "media": "attach://baru", "caption": "Peta"}
    form = aiohttp.FormData({**edit, "media": json.dumps(media)})
    form.add_field("baru", png(40, 30), filename="a.png", content_type="image/png")
    async with bot.http.post(bot.address("editMessageMedia"), data=form) as response:
        edited = Reply(response.status, await response.json()).result
    assert ("text" in edited, edited["caption"], edited["photo"][-1]["width"]) == (False, "Peta", 40)
    assert "reply_markup" not in edited
    media["media"] = edited["photo"][-1]["file_id"]
    assert (await bot.call("editMessageMedia", **edit, media=media)).error.startswith("Bad Request: message is not mod")
    video = await budi.send_video()
    media = {"type": "video", "media": video.json["video"]["file_id"]}
    film = (await bot.call("editMessageMedia", **edit, media=media)).result
    assert ("photo" in film, "caption" in film, film["video"]["duration"]) == (False, False, 5)
    assert (await bot.call("editMessageCaption", **edit, caption="Film")).result["caption"] == "Film"
    place = (await bot.call("sendLocation", chat_id=budi.id, latitude=1, longitude=2)).result
    reply = await bot.call("editMessageMedia", chat_id=budi.id, message_id=place["message_id"], media=media)
    assert reply.error == "Bad Request: there is no media in the message to edit"


async def test_an_album_keeps_its_kind(bot: Caller, budi: Person) -> None:
    """A photo of an album can become a film, but not a document."""
    photo = (await budi.send_photo(drawn())).json["photo"][-1]["file_id"]
    document = (await budi.send_document(b"a", "a.bin")).json["document"]["file_id"]
    video = (await budi.send_video()).json["video"]["file_id"]
    media = [{"type": "photo", "media": photo}] * 2
    sent = (await bot.call("sendMediaGroup", chat_id=budi.id, media=media)).result
    edit = {"chat_id": budi.id, "message_id": sent[0]["message_id"]}
    reply = await bot.call("editMessageMedia", **edit, media={"type": "document", "media": document})
    assert reply.error == "Bad Request: can't change media type in the album"
    assert (await bot.call("editMessageMedia", **edit, media={"type": "video", "media": video})).status == 200


async def test_messages_are_sent_on(bot: Caller, budi: Person, tg: LocalTelegram) -> None:
    """A forward names the author and cannot be edited; a copy does not, may have buttons and another caption."""
    group = tg.group("Posko", [budi])
    photo = await budi.send_photo(drawn(), "TPS 3")
    source = {"chat_id": group.id, "from_chat_id": budi.id, "message_id": photo.id}
    forward = (await bot.call("forwardMessage", **source)).result
    assert (forward["caption"], forward["photo"]) == ("TPS 3", photo.json["photo"])
    assert forward["forward_origin"]["sender_user"]["id"] == budi.id
    assert faults(forward, "Message") == []
    edit = {"chat_id": group.id, "message_id": forward["message_id"]}
    assert (await bot.call("editMessageCaption", **edit, caption="x")).error == "Bad Request: message can't be edited"
    copied = (await bot.call("copyMessage", **source, caption="Baru", reply_markup=keyboard("Buka"))).result
    assert list(copied) == ["message_id"]
    message = group.messages[-1]
    assert (message.text, message.buttons, "forward_origin" in message.json) == ("Baru", ["Buka"], False)
    assert (
        await bot.call("copyMessage", **{**source, "message_id": 99})
    ).error == "Bad Request: message to copy not found"
    live = await budi.share_location(1, 2, live=60)
    await bot.call("forwardMessage", **{**source, "message_id": live.id})
    assert group.messages[-1].json["location"] == {"latitude": 1, "longitude": 2}


async def test_service_messages_stay(bot: Caller, budi: Person, tg: LocalTelegram) -> None:
    """What Telegram itself says is not sent on."""
    joined = await tg.group("Posko", [budi]).add(tg.person("Ani"))
    source = {"chat_id": budi.id, "from_chat_id": joined.chat.id, "message_id": joined.id}
    assert (await bot.call("copyMessage", **source)).error == "Bad Request: the message can't be copied"
    assert (await bot.call("forwardMessage", **source)).error == "Bad Request: the message can't be forwarded"


async def test_only_plain_emoji_are_reactions_of_bots(bot: Caller, budi: Person) -> None:
    """A bot reacts with an emoji of the fixed list, and with nothing that costs."""
    await budi.say("aman")
    message = {"chat_id": budi.id, "message_id": 1}
    assert (await bot.call("setMessageReaction", **message, reaction=[{"type": "emoji", "emoji": "👌"}])).status == 200
    assert budi.messages[0].reactions == ["👌"]
    for reaction in ({"type": "emoji", "emoji": "✅"}, {"type": "paid"}):
        reply = await bot.call("setMessageReaction", **message, reaction=[reaction])
        assert reply.error == "Bad Request: REACTION_INVALID"


async def test_equal_uploads_are_spaced(http: aiohttp.ClientSession, clock: FakeClock) -> None:
    """Big uploads of exactly equal size pile up; beyond five seconds of them all are refused for a minute."""
    async with LocalTelegram(clock=clock, limits=Limits(upload_spacing=(0.3, 0.9))) as tg:
        bot, people = Caller(tg, http), [tg.person(f"P{number}", started=True) for number in range(19)]
        data = bytes(100_001)
        replies = [await upload(bot, "sendVideo", person.id, "video", data) for person in people]
        assert [reply.status for reply in replies] == [200] * 17 + [429] * 2
        assert replies[-1].error == "Too Many Requests: retry after 60"
        assert (await upload(bot, "sendVideo", people[17].id, "video", bytes(100_002))).status == 200
        assert (await upload(bot, "sendVideo", people[18].id, "video", bytes(100_000))).status == 200
        clock.advance(2)
        assert (await upload(bot, "sendVideo", people[0].id, "video", data)).status == 200


async def test_media_kinds_of_an_animation(bot: Caller, budi: Person) -> None:
    """An animation carries a document too, for programs older than animations."""
    await budi.send(Media("animation", b"isi"))
    message = (await bot.updates())[0]["message"]
    assert message["document"]["file_id"] == message["animation"]["file_id"]
