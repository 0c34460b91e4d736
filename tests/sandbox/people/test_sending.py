"""What people send beside words, and how the bot sees it."""

from __future__ import annotations

import pytest

from sandbox import LocalTelegram, Media, Person
from sandbox.people.sending import LIVE_FOREVER
from sandbox.world.media import KINDS, MediaKind
from sandbox.world.photos import drawn, picture_size
from tests.sandbox.caller import Caller, FakeClock, keyboard, png
from tests.sandbox.shapes import faults


async def test_every_kind_looks_as_published(bot: Caller, budi: Person) -> None:
    """Every message and edit that people can cause has exactly the fields and types of the published Bot API."""
    kinds = ["message", "edited_message", "callback_query", "message_reaction"]
    assert await bot.updates(allowed_updates=kinds) == []
    asked = await bot.send(budi.id, "Foto?", reply_markup=keyboard("Nanti"))
    for kind in KINDS:
        data = drawn() if kind == "photo" else b"isi"
        one: MediaKind = kind  # type: ignore[assignment]
        await budi.send(Media(one, data, "Ket /lapor", title="T", performer="P", emoji="👍"), reply_to=budi.messages[0])
    await budi.send_photo(drawn(), as_file=True)
    place = await budi.share_location(-3.29, 102.86, accuracy=12.5, live=3600, heading=90)
    await budi.move_location(place, -3.3, 102.87)
    await budi.stop_sharing(place)
    await budi.share_venue(-3.29, 102.86, "Kantor", "Jalan Merdeka 1")
    await budi.share_contact("+628123")
    await budi.send_album([drawn(), Media("video", b"isi")], "Album")
    await budi.tap("Nanti")
    await budi.react(budi.messages[0], "👍")
    found = await bot.updates()
    assert len(found) == 18
    assert [fault for update in found for fault in faults(update, "Update")] == []
    assert found[0]["message"]["reply_to_message"] == asked


async def test_a_photo_comes_in_sizes(bot: Caller, budi: Person) -> None:
    """A photo has copies from small to large, each with its own file id, and the last one is what was sent."""
    await budi.send_photo(drawn(1280, 960))
    sizes = (await bot.updates())[0]["message"]["photo"]
    assert [(one["width"], one["height"]) for one in sizes] == [(90, 67), (320, 240), (800, 600), (1280, 960)]
    assert sizes == sorted(sizes, key=lambda one: one["file_size"])
    assert len({one["file_unique_id"] for one in sizes}) == 4
    assert sizes[-1]["file_size"] == len(drawn(1280, 960))


async def test_a_photo_sent_as_a_file_stays_a_document(bot: Caller, budi: Person) -> None:
    """A picture sent as a file is a document with its name, type and a small preview, not a photo."""
    await budi.send_photo(drawn(1280, 960), "Asli", as_file=True)
    message = (await bot.updates())[0]["message"]
    assert "photo" not in message
    document = message["document"]
    assert (document["mime_type"], document["thumbnail"]["width"]) == ("image/jpeg", 320)


async def test_a_size_may_be_missing(bot: Caller, budi: Person) -> None:
    """Telegram does not always tell how big a file is."""
    await budi.send_video(b"film", sized=False, claimed_size=25 << 20)
    video = (await bot.updates())[0]["message"]["video"]
    assert "file_size" not in video
    assert (await bot.call("getFile", file_id=video["file_id"])).error == "Bad Request: file is too big"


def test_a_drawn_picture_is_one() -> None:
    """The picture for those who have none has the size asked for."""
    assert picture_size(drawn(300, 200)) == (300, 200)


async def test_a_live_location_moves_and_ends(bot: Caller, budi: Person, clock: FakeClock) -> None:
    """A live location is one message, its moves are edits of it, its end is an edit without live_period."""
    place = await budi.share_location(-3.29, 102.86, live=900)
    clock.advance(60)
    await budi.move_location(place, -3.30, 102.87, accuracy=8)
    await budi.stop_sharing(place)
    sent, moved, ended = await bot.updates()
    assert sent["message"]["location"]["live_period"] == 900
    edit = moved["edited_message"]
    assert (edit["message_id"], edit["edit_date"] - edit["date"]) == (sent["message"]["message_id"], 60)
    assert edit["location"] == {"latitude": -3.30, "longitude": 102.87, "horizontal_accuracy": 8, "live_period": 900}
    assert "live_period" not in ended["edited_message"]["location"]
    with pytest.raises(AssertionError, match="no live location"):
        await budi.move_location(place, -3.31, 102.88)


async def test_a_live_location_is_over_by_itself(budi: Person, clock: FakeClock) -> None:
    """Nothing moves after the period, unless it has no end; no phone offers half a minute."""
    place = await budi.share_location(-3.29, 102.86, live=60)
    endless = await budi.share_location(-3.29, 102.86, live=LIVE_FOREVER)
    clock.advance(90_000)
    with pytest.raises(AssertionError, match="is over"):
        await budi.move_location(place, -3.3, 102.9)
    await budi.move_location(endless, -3.3, 102.9)
    with pytest.raises(AssertionError, match="no phone offers"):
        await budi.share_location(-3.29, 102.86, live=30)


async def test_a_caption_is_changed_and_taken_away(bot: Caller, budi: Person, clock: FakeClock) -> None:
    """An edited caption comes with the same photo and date; an empty one goes away."""
    message = await budi.send_photo(drawn(), "TPS 1 /lapor")
    clock.advance(30)
    await budi.edit(message, "TPS 2")
    await budi.edit(message, "")
    sent, changed, gone = [update.get("message") or update["edited_message"] for update in await bot.updates()]
    assert (changed["caption"], changed["photo"], changed["date"]) == ("TPS 2", sent["photo"], sent["date"])
    assert changed["edit_date"] == sent["date"] + 30
    assert "caption_entities" not in changed
    assert "caption" not in gone


async def test_a_photo_is_replaced(bot: Caller, budi: Person) -> None:
    """Putting another photo in the place of the first keeps message, album and caption; a new caption comes with it."""
    album = await budi.send_album([drawn(), drawn()], "Banjir")
    await budi.edit_media(album.messages[0], drawn(800, 600))
    await budi.edit_media(album.messages[0], Media("video", b"film", "Surut"))
    sent, _, edit, film = [update.get("message") or update["edited_message"] for update in await bot.updates()]
    assert (edit["message_id"], edit["media_group_id"], edit["caption"]) == (1, album.group_id, "Banjir")
    assert edit["photo"][-1]["file_unique_id"] != sent["photo"][-1]["file_unique_id"]
    assert ("photo" in film, film["video"]["mime_type"], film["caption"]) == (False, "video/mp4", "Surut")


async def test_two_days_later_nobody_edits(budi: Person, clock: FakeClock) -> None:
    """People can change their messages for 48 hours."""
    message = await budi.say("aman")
    clock.advance(48 * 3600 + 1)
    with pytest.raises(AssertionError, match="older than 48 hours"):
        await budi.edit(message, "rusuh")


async def test_reactions_are_told_when_asked_for(bot: Caller, budi: Person) -> None:
    """A reaction is an update only for a bot that asked for this kind; it names the old one and the new one."""
    await bot.send(budi.id)
    await budi.react(budi.messages[0], "👍")
    assert await bot.updates(allowed_updates=["message", "message_reaction"]) == []
    await budi.react(budi.messages[0], "🔥")
    await budi.react(budi.messages[0], "🔥")
    await budi.react(budi.messages[0], None)
    changed, gone = [update["message_reaction"] for update in await bot.updates()]
    assert [one["emoji"] for one in changed["old_reaction"] + changed["new_reaction"]] == ["👍", "🔥"]
    assert (gone["old_reaction"][0]["emoji"], gone["new_reaction"]) == ("🔥", [])
    with pytest.raises(AssertionError, match="no phone offers '✅'"):
        await budi.react(budi.messages[0], "✅")


async def test_an_answer_quotes_what_it_answers(bot: Caller, budi: Person, tg: LocalTelegram) -> None:
    """An answer carries the message as it stands, with author, text and buttons, one level deep and within its topic."""
    group = tg.supergroup("Posko", [budi], forum=True)
    topic = await group.open_topic("Laporan")
    asked = await bot.send(group.id, "Berapa?", reply_markup=keyboard("1"), message_thread_id=topic)
    first = await budi.say("1", to=group, reply_to=group.messages[-1])
    await budi.send_photo(png(10, 10), to=group, reply_to=first)
    (answer,) = [update["message"] for update in (await bot.updates())[1:]]
    assert answer["reply_to_message"] == {**asked}
    assert (answer["message_thread_id"], answer["is_topic_message"]) == (topic, True)
    group.messages[1].deleted = True
    late = await budi.say("/x", to=group, reply_to=group.chat.messages[asked["message_id"]])
    assert "reply_to_message" not in late.json
