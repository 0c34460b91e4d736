"""Phones that lose their connection, and how much work a conversation is for their owners."""

from __future__ import annotations

import pytest

from sandbox import LocalTelegram, Person
from sandbox.world.photos import drawn
from tests.sandbox.caller import Caller, FakeClock, keyboard


async def test_what_is_done_offline_waits(bot: Caller, budi: Person, clock: FakeClock) -> None:
    """Without a connection everything waits in its order and gets its dates when Telegram has it."""
    await bot.send(budi.id, "Keadaan?", reply_markup=keyboard("Aman"))
    await budi.goes_offline()
    first = await budi.say("satu")
    await budi.edit(first, "satu!")
    await budi.tap("Aman")
    await budi.send_album([drawn(), drawn()], "foto")
    assert (first.sent, first.id, await bot.updates()) == (False, 0, [])
    assert [message.text for message in budi.messages] == ["Keadaan?", "satu", "foto", ""]
    clock.advance(600)
    await budi.comes_back()
    said, edit, tap, *album = await bot.updates()
    assert (said["message"]["text"], said["message"]["date"]) == ("satu", int(clock.now))
    assert edit["edited_message"]["text"] == "satu!"
    assert tap["callback_query"]["data"] == "Aman"
    assert [one["message"].get("caption") for one in album] == ["foto", None]
    assert (first.sent, first.text) == (True, "satu!")
    assert [message.text for message in budi.messages] == ["Keadaan?", "satu!", "foto", ""]


async def test_an_offline_phone_shows_what_it_showed(bot: Caller, budi: Person) -> None:
    """What the bot sends, edits and deletes meanwhile is seen and heard only after coming back."""
    sent = await bot.send(budi.id, "Lama", reply_markup=keyboard("Terima"))
    gone = await bot.send(budi.id, "Hapus")
    budi.forget()
    await budi.goes_offline()
    edit = {"chat_id": budi.id, "message_id": sent["message_id"]}
    await bot.call("editMessageText", **edit, text="Baru")
    await bot.call("deleteMessage", chat_id=budi.id, message_id=gone["message_id"])
    await bot.send(budi.id, "Lagi")
    assert [message.text for message in budi.messages] == ["Lama", "Hapus"]
    with pytest.raises(AssertionError, match="nothing"):
        await budi.hears("Baru", timeout=0)
    await budi.tap("Terima")
    await budi.comes_back()
    assert (await budi.hears("Baru")).id == sent["message_id"]
    assert [message.text for message in budi.messages] == ["Baru", "Lagi"]
    assert (await bot.updates())[-1]["callback_query"]["message"]["text"] == "Baru"


async def test_a_tap_on_what_was_deleted_meanwhile_is_lost(bot: Caller, budi: Person) -> None:
    """Telegram does not tell of a press on a message that is gone when the press arrives."""
    sent = await bot.send(budi.id, reply_markup=keyboard("Terima"))
    await budi.goes_offline()
    tap = await budi.tap("Terima")
    with pytest.raises(AssertionError, match="still waits"):
        tap.deliver_again()
    await bot.call("deleteMessage", chat_id=budi.id, message_id=sent["message_id"])
    await budi.comes_back()
    assert await bot.updates() == []


async def test_taps_come_twice_after_a_reconnect(bot: Caller, budi: Person) -> None:
    """A phone may repeat presses that waited and presses without an answer, with other update ids and the same query."""
    await bot.send(budi.id, reply_markup=keyboard("A", "B", "C"))
    answered, open_, late = await budi.tap("A"), await budi.tap("B"), None
    await bot.call("answerCallbackQuery", callback_query_id=answered.query.id)
    await budi.goes_offline()
    late = await budi.tap("C")
    await budi.comes_back(taps_twice=True)
    queries = [update["callback_query"]["id"] for update in await bot.updates()]
    assert queries == [answered.query.id, open_.query.id, open_.query.id, late.query.id, late.query.id]


async def test_no_answer_shows_without_a_connection(bot: Caller, budi: Person) -> None:
    """The short answer to a press appears when the phone has a connection."""
    await bot.send(budi.id, reply_markup=keyboard("A"))
    tap = await budi.tap("A")
    await budi.goes_offline()
    await bot.call("answerCallbackQuery", callback_query_id=tap.query.id, text="Baik")
    with pytest.raises(AssertionError, match="was not answered"):
        await budi.answer_of(tap, timeout=0)
    await budi.comes_back()
    assert (await budi.answer_of(tap)).text == "Baik"


async def test_a_group_without_a_connection(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """In a group the others go on; a message to a group that threw its author out meanwhile is not sent."""
    ani = tg.person("Ani", started=True)
    group = tg.group("Posko", [ani, budi])
    await bot.send(group.id, "satu")
    await budi.goes_offline()
    await bot.send(group.id, "dua")
    lost = await budi.say("/status", to=group)
    assert [message.text for message in budi.sees(group)] == ["satu", "/status"]
    assert [message.text for message in ani.sees(group)] == ["satu", "dua"]
    await group.remove(budi, by=ani)
    await budi.comes_back()
    assert not lost.sent
    await budi.comes_back()


async def test_effort_counts_what_a_person_does(bot: Caller, budi: Person) -> None:
    """Messages, taps, edits and bytes are counted when they are done, also without a connection."""
    await bot.send(budi.id, "?", reply_markup=keyboard("Aman"))
    with budi.counting() as effort:
        await budi.say("é")
        with budi.counting() as filing:
            await budi.goes_offline()
            await budi.tap("Aman")
            photo = await budi.send_photo(drawn(), "ab")
            await budi.comes_back(taps_twice=True)
        await budi.edit(photo, "abc")
        await budi.send_album([drawn()] * 3)
        await budi.share_location(-3.0, 102.0)
    assert (filing.messages, filing.taps, filing.edits, filing.bytes) == (1, 1, 0, 4 + len(drawn()) + 2)
    assert (effort.messages, effort.taps, effort.edits) == (6, 1, 1)
    assert effort.bytes == 2 + 4 + 4 * len(drawn()) + 2 + 3 + 16
    await budi.say("lagi")
    assert (effort.messages, budi.effort.messages) == (6, 7)


async def test_a_live_location_moves_without_effort(budi: Person) -> None:
    """The steps of a live location are the phone's own: they weigh bytes and no work."""
    place = await budi.share_location(-3.0, 102.0, live=600)
    with budi.counting() as effort:
        await budi.move_location(place, -3.1, 102.1)
    assert (effort.messages, effort.edits, effort.bytes) == (0, 0, 16)


async def test_file_sizes_count_whole(budi: Person) -> None:
    """A file of a claimed size weighs its claim."""
    with budi.counting() as effort:
        await budi.send_document(b"a", "b.bin", claimed_size=5_000_000)
        await budi.send_video(duration=3)
        await budi.send_voice(b"OggS", "Suara")
    assert (effort.messages, effort.bytes) == (3, 5_000_000 + 5 + 4 + 5)
