"""What people do with their phones, and what the bot hears of it."""

from __future__ import annotations

import asyncio
import re

import pytest

from sandbox import LocalTelegram, Person
from tests.sandbox.caller import Caller, keyboard


async def test_saying_carries_commands_and_links(bot: Caller, budi: Person) -> None:
    """Commands, mentions, hashtags and links are marked in UTF-16 units, as Telegram marks them."""
    await budi.say("😀 /status@posko_test_bot #banjir @ani lihat https://a.id/x. bukan 1/2 atau a@b")
    (update,) = await bot.updates()
    assert [(e["type"], e["offset"], e["length"]) for e in update["message"]["entities"]] == [
        ("bot_command", 3, 22),
        ("hashtag", 26, 7),
        ("mention", 34, 4),
        ("url", 45, 14),
    ]
    sender = update["message"]["from"]
    assert (sender["id"], sender["first_name"], sender["language_code"]) == (budi.id, "Budi", "id")
    assert update["message"]["chat"] == {"id": budi.id, "type": "private", "first_name": "Budi"}


async def test_first_word_opens_the_private_chat(bot: Caller, tg: LocalTelegram) -> None:
    """Once a person has written, the bot may answer."""
    ani = tg.person("Ani")
    assert ani.id > 2**32
    await ani.say("/start kode")
    await bot.send(ani.id)


async def test_hearing_waits_for_the_message(bot: Caller, budi: Person) -> None:
    """hears() ends with the message that contains the text, also when it comes later."""
    hearing = asyncio.create_task(budi.hears(re.compile(r"Diterima\. I-\d+")))
    await bot.send(budi.id, "Menunggu")
    await bot.send(budi.id, "<b>Diterima.</b> I-42", parse_mode="HTML")
    message = await hearing
    assert (message.text, message.html) == ("Diterima. I-42", "<b>Diterima.</b> I-42")


async def test_a_message_is_heard_once_until_it_is_edited(bot: Caller, budi: Person) -> None:
    """Each hearing looks at what came after the last one; an edit counts as coming again."""
    sent = await bot.send(budi.id, "Pilih keadaan")
    await budi.hears("Pilih")
    with pytest.raises(AssertionError, match=r"Budi did not hear 'Pilih' within 0 s, but:\n  nothing"):
        await budi.hears("Pilih", timeout=0)
    await bot.call("editMessageText", chat_id=budi.id, message_id=sent["message_id"], text="Pilih jumlah")
    with pytest.raises(AssertionError, match="Pilih jumlah"):
        await budi.hears("keadaan", timeout=0)
    assert (await budi.hears("jumlah")).id == sent["message_id"]
    await bot.send(budi.id, "Sudah")
    budi.forget()
    assert budi.unheard() == []


async def test_tap_presses_the_newest_button(bot: Caller, budi: Person) -> None:
    """A label is matched at its beginning first, then anywhere, newest message first."""
    await bot.send(budi.id, "lama", reply_markup=keyboard("Setuju", "Batal"))
    await bot.send(budi.id, "baru", reply_markup=keyboard("Tidak Batal", "Setuju semua"))
    assert (await budi.tap("Setuju")).message.text == "baru"
    assert (await budi.tap("Batal")).message.text == "lama"
    assert (await budi.tap("semua")).label == "Setuju semua"
    with pytest.raises(AssertionError, match=re.escape("no button 'Kirim'; there are ['Tidak Batal', 'Setuju semua',")):
        await budi.tap("Kirim")
    query = (await bot.updates())[0]["callback_query"]
    assert (query["data"], query["from"]["id"], query["message"]["text"]) == ("Setuju semua", budi.id, "baru")
    assert query["chat_instance"]


async def test_tap_on_a_button_that_is_gone(bot: Caller, budi: Person) -> None:
    """A phone that lags behind can press what the message no longer shows."""
    sent = await bot.send(budi.id, reply_markup=keyboard("Terima"))
    await bot.call("editMessageReplyMarkup", chat_id=budi.id, message_id=sent["message_id"])
    with pytest.raises(AssertionError, match="no button"):
        await budi.tap("Terima")
    await budi.tap(message=budi.messages[0], data="Terima")
    assert (await bot.updates())[0]["callback_query"]["data"] == "Terima"


async def test_link_button_tells_the_bot_nothing(bot: Caller, budi: Person) -> None:
    """A button with an address opens on the phone only."""
    await bot.send(budi.id, reply_markup={"inline_keyboard": [[{"text": "Buka", "url": "https://t.me/posko?start=a"}]]})
    with pytest.raises(AssertionError, match="opens something"):
        await budi.tap("Buka")


async def test_unanswered_tap_is_told(bot: Caller, budi: Person) -> None:
    """Waiting for an answer that does not come names the button."""
    await bot.send(budi.id, reply_markup=keyboard("Terima"))
    with pytest.raises(AssertionError, match="'Terima' was not answered"):
        await budi.answer_of(await budi.tap("Terima"), timeout=0)


async def test_blocking_is_told(bot: Caller, budi: Person) -> None:
    """Blocking and unblocking reach the bot as my_chat_member; writing again unblocks."""
    await budi.block_bot()
    await budi.unblock_bot()
    await budi.block_bot()
    await budi.say("/start")
    updates = await bot.updates()
    changes = [update["my_chat_member"]["new_chat_member"]["status"] for update in updates[:-1]]
    assert changes == ["kicked", "member", "kicked", "member"]
    assert updates[-1]["message"]["text"] == "/start"


async def test_places_contacts_and_files_arrive(bot: Caller, budi: Person) -> None:
    """Other kinds of message look as Telegram's do."""
    await budi.share_location(-3.29, 102.86, accuracy=12)
    await budi.share_contact("+628123")
    await budi.send_document(b"isi", "daftar.csv", "Daftar /status", mime="text/csv")
    place, contact, file = [update["message"] for update in await bot.updates()]
    assert place["location"] == {"latitude": -3.29, "longitude": 102.86, "horizontal_accuracy": 12}
    assert contact["contact"]["user_id"] == budi.id
    assert (file["document"]["file_name"], file["document"]["mime_type"]) == ("daftar.csv", "text/csv")
    assert file["caption_entities"][0]["type"] == "bot_command"


async def test_only_own_messages_can_be_edited(bot: Caller, budi: Person) -> None:
    """Nobody edits what somebody else wrote."""
    await bot.send(budi.id)
    with pytest.raises(AssertionError, match="cannot edit"):
        await budi.edit(budi.messages[0], "lain")


async def test_waiting_for_the_bot(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """drained() ends when the bot has confirmed everything, and says so when it does not."""
    await budi.say("halo")
    with pytest.raises(AssertionError, match="did not happen"):
        await tg.until(lambda: tg.pending == 0, timeout=0)
    (update,) = await bot.updates()
    waiting = asyncio.create_task(tg.drained())
    await bot.updates(offset=update["update_id"] + 1)
    await waiting
