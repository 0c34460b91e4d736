"""One's own rank and phone number: shared or typed, seen only by its owner and on cards, deleted without a trace."""

from __future__ import annotations

import logging

import pytest

from sandbox import Media, Person
from storage.tables import IncidentRow, JournalRow, PersonRow
from tests.kit import Posko

NUMBER, SHOWN, DIGITS = "0812-0000-0009", "+62 812-0000-0009", "81200000009"  # not the one of the examples
FLOOD = "/insiden banjir berat air masuk gudang"


async def row_of(posko: Posko, person: Person) -> PersonRow:
    """What is stored of somebody."""
    return await posko.one(PersonRow, PersonRow.telegram_id == person.id)


def keyboards(posko: Posko) -> list[str]:
    """What the bot's messages did to the keyboard of a phone, in their order."""
    kinds = ("keyboard", "remove_keyboard")
    markups = [call.params.get("reply_markup") or {} for call in posko.tg.calls.of("sendMessage") if call.ok]
    return [kind for markup in markups for kind in kinds if kind in markup]


async def share(posko: Posko, person: Person, phone: str, **more: object) -> str:
    """Let somebody share a contact, and give what the bot says."""
    posko.forget(person)
    await person.share_contact(phone, **more)  # type: ignore[arg-type]
    await posko.settle()
    return posko.heard(person)


async def test_a_number_is_shared_with_one_tap(posko: Posko) -> None:
    """/kontak offers the phone's own button; the number that comes is kept, and the button goes away."""
    budi = await posko.officer()
    text = await posko.say(budi, "/kontak")
    assert ("belum diisi" in text, "Tidak wajib" in text, keyboards(posko)) == (True, True, ["keyboard"])
    button = posko.tg.calls.of("sendMessage")[-1].params["reply_markup"]
    assert button["keyboard"] == [[{"text": "📱 Bagikan nomor saya", "request_contact": True}]]
    assert (button["one_time_keyboard"], button["resize_keyboard"]) == (True, True)
    text = await share(posko, budi, "6281200000009")
    assert ("berakhir 0009 tersimpan" in text, keyboards(posko)) == (True, ["keyboard", "remove_keyboard"])
    assert (await row_of(posko, budi)).phone == "+6281200000009"
    text = await posko.say(budi, "/kontak")
    assert (SHOWN in text, posko.last(budi).buttons) == (True, ["Ganti nomor", "Hapus nomor"])
    await posko.tap(budi, "Ganti")
    assert keyboards(posko)[-1] == "keyboard"


async def test_rank_and_number_are_typed(posko: Posko) -> None:
    """Rank and number are typed one by one or together, cleaned, and what cannot be one is refused with its reason."""
    budi = await posko.officer()
    assert "Pangkat: Bripka" in await posko.say(budi, "/kontak <b>Bripka</b>")
    await posko.say(budi, f"/kontak {NUMBER}")
    row = await row_of(posko, budi)
    assert (row.rank, row.phone) == ("Bripka", "+6281200000009")
    await posko.say(budi, "/contact Aipda (0711) 000-123")
    row = await row_of(posko, budi)
    assert (row.rank, row.phone) == ("Aipda", "+62711000123")
    refused = {
        "/kontak 112": "terlalu pendek",
        "/kontak 0812-0000-0009-0002": "terlalu panjang",
        "/kontak 0812-0000-0009 ya": "tidak terbaca",
        f"/kontak {'Bripka ' * 9}": "paling banyak 40 huruf",
        f"/kontak {'Bripka ' * 9} {NUMBER}": "paling banyak 40 huruf",
        "/kontak 711-000-123": "kode negara",
    }
    assert [line for line, reason in refused.items() if reason not in await posko.say(budi, line)] == []
    assert "Aipda" in await posko.say(budi, "/kontak hapus")
    row = await row_of(posko, budi)
    assert (row.rank, row.phone) == ("Aipda", "+62711000123")


async def test_only_ones_own_number_is_taken(posko: Posko) -> None:
    """Somebody else's contact, and one that Telegram ties to nobody, are refused and not kept."""
    budi, joko = await posko.officer(), await posko.officer("Joko")
    for more in ({"first_name": "Joko", "user_id": joko.id}, {"first_name": "Orang"}):
        assert "nomor orang lain" in await share(posko, budi, "+6281200000002", **more)
    assert "+888" in await share(posko, budi, "88800000001")
    stored = await posko.everything_stored()
    assert [table for table, text in stored.items() if "8120000000" in text or "88800000001" in text] == []
    orang = posko.person("Orang")
    assert "belum terdaftar" in await share(posko, orang, "+6281200000003")


async def test_a_deleted_number_leaves_no_trace(posko: Posko, caplog: pytest.LogCaptureFixture) -> None:
    """After its deletion a number stands nowhere in the database, was never in the journal or a log, and cards lose it."""
    caplog.set_level(logging.INFO)
    budi = await posko.officer()
    group = await posko.group("Posko Linggau", "16.73")
    await posko.say(budi, FLOOD)
    await posko.say(budi, f"/kontak Bripka {NUMBER}")
    await share(posko, budi, "+6281200000009")
    assert "Bripka" in await posko.say(budi, "/kontak")
    before = await posko.everything_stored()
    noted = [(row.detail, row.subject) for row in await posko.rows(JournalRow, JournalRow.action == "contact")]
    allowed = {"people", "slots"}
    assert {table for table, text in before.items() if DIGITS in text or "812-0000-0009" in text} <= allowed
    answer = await posko.tap(budi, "Hapus nomor")
    assert "dihapus" in (answer.text or "")
    assert "belum diisi" in posko.last(budi).text
    assert "sudah tidak disimpan" in ((await posko.tap(budi, data="kp", message=posko.last(budi))).text or "")
    await posko.tap(budi, "Hapus pangkat")
    row = await row_of(posko, budi)
    assert (row.rank, row.phone, posko.last(budi).buttons) == (None, None, [])
    assert [detail for detail, _ in noted] == [{"rank": "set"}, {"phone": "set"}, {"phone": "set"}]
    after = await posko.everything_stored()
    assert [table for table, text in after.items() if DIGITS in text or "812-0000-0009" in text] == []
    assert "812-0000-0009" not in posko.last(group).text
    assert [line for line in caplog.messages if DIGITS in line] == []


async def test_a_contact_is_just_a_contact(posko: Posko) -> None:
    """A number shared in the middle of a report or an alarm is kept as a number and changes neither."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor")
    assert "tersimpan" in await share(posko, budi, "+6281200000009")
    await posko.say(budi, "/darurat")
    await posko.tap(budi, "KIRIM")
    assert "tersimpan" in await share(posko, budi, "+6281200000002")
    assert (await row_of(posko, budi)).phone == "+6281200000002"
    stored = await posko.everything_stored()
    assert "81200000002" not in stored["reports"] + stored["drafts"] + stored["incident_events"]


async def test_the_number_is_offered_to_who_enrols(posko: Posko) -> None:
    """The welcome names /kontak once, a shared desk phone's too, and no longer to who has given a number."""
    budi = await posko.accept("Budi", await posko.invite("petugas LAPAS-1673"))
    meja = await posko.accept("Meja", await posko.invite("petugas LAPAS-1673 lapas bersama"))
    assert ["/kontak" in posko.last(one).text for one in (budi, meja)] == [True, True]
    await posko.say(budi, f"/kontak {NUMBER}")
    await posko.say(budi, f"/start {await posko.invite('petugas LAPAS-1671')}")
    await posko.tap(budi, "Setuju")
    assert "/kontak" not in posko.last(budi).text


async def test_in_a_group_nobody_is_asked_for_a_number(posko: Posko) -> None:
    """/kontak in a group points to the private chat, and a contact shared there is left alone."""
    budi = await posko.officer()
    group = await posko.group("Posko", "16.73", members=[budi])
    assert "chat pribadi" in await posko.say(budi, "/kontak Bripka", to=group)
    await budi.share_contact("+6281200000009", to=group)
    await budi.send(Media("sticker", b"webp"))
    await posko.settle()
    row = await row_of(posko, budi)
    assert (row.rank, row.phone) == (None, None)


async def test_a_tap_from_a_group_shows_nothing(posko: Posko) -> None:
    """The buttons of one's number work in the private chat only: in a group everybody would read the answer."""
    budi = await posko.officer()
    group = await posko.group("Posko", "16.73", members=[budi])
    text = await posko.say(budi, f"/kontak Bripka {NUMBER}")
    assert "Pangkat Bripka dan nomor Anda yang berakhir 0009 tersimpan" in text
    await posko.say(posko.admin, "/ringkasan", to=group)
    group.forget()
    for data in ("kp", "kr", "ks"):
        answer = await posko.tap(budi, in_=group, message=posko.last(group), data=data)
        assert ("tidak berlaku" in (answer.text or ""), posko.heard(budi, group)) == (True, "")
    row = await row_of(posko, budi)
    assert (row.rank, row.phone) == ("Bripka", "+6281200000009")


async def test_a_rank_reaches_hundreds_of_cards_a_few_at_a_time(posko: Posko) -> None:
    """Of many open incidents the newest cards show a new rank at once, the others by the clock's next tick."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    group = await posko.group("Linggau", "16.73", members=[rahmat])
    for number in range(13):
        await posko.say(budi, f"/insiden banjir berat nomor {number}")
    before = [(row.due_at, row.state) for row in await posko.rows(IncidentRow)]
    await budi.say("/kontak Bripka")
    await posko.machine.intake.round(timeout=0)
    await posko.machine.pump.round()
    await posko.machine.sender.drain()
    assert sum("Bripka" in message.text for message in group.messages) == 10
    await posko.settle()
    assert sum("Bripka" in message.text for message in group.messages) == 13
    assert [(row.due_at, row.state) for row in await posko.rows(IncidentRow)] == before
