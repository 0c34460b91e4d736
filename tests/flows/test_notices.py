"""Broadcasts: written, previewed, confirmed once, and what became of them."""

from __future__ import annotations

import pytest

from storage.tables import JournalRow, NoticeReceiptRow, NoticeRow, OutboxRow
from tests.kit import Posko


async def test_the_preview_tells_count_and_time(posko: Posko) -> None:
    """Before anything goes out the admin sees the audience, the number of people, the time needed and the text."""
    for number in range(3):
        await posko.officer(f"Petugas {number}")
    await posko.coordinator()
    text = await posko.say(posko.admin, "/pengumuman role:officer Apel pukul 06.00")
    wanted = ("petugas", "3 orang", "1 menit", "Apel pukul 06.00", "— Sari")
    assert [word for word in wanted if word not in text] == []
    assert posko.last(posko.admin).buttons == ["Kirim", "Batal"]


@pytest.mark.parametrize("name", ["Lubuk", "Prabumulh", "xyzzy"])
async def test_an_unknown_region_is_explained(posko: Posko, name: str) -> None:
    """An audience's region that is not known is answered with how names of two words are written."""
    text = await posko.say(posko.admin, f"/pengumuman region:{name} Apel")
    assert 'region:"Lubuk Linggau" atau region:16.73' in text
    assert ("16.74 Kota Prabumulih" in text) is (name == "Prabumulh")


async def test_an_english_preview_counts_one_person(posko: Posko) -> None:
    """Texts with a number need no plural in English."""
    await posko.officer()
    await posko.say(posko.admin, "/language en")
    assert "People: 1, about" in await posko.say(posko.admin, "/notice role:officer Roll call")


async def test_nobody_gets_anything_before_kirim(posko: Posko) -> None:
    """A preview reaches nobody but its author."""
    budi = await posko.officer()
    await posko.say(posko.admin, "/pengumuman role:officer Apel")
    assert posko.heard(budi) == ""


async def test_kirim_reaches_exactly_the_audience(posko: Posko) -> None:
    """Every kind named must hold: role, agency, region and kind of post choose exactly the right people."""
    people = {
        "budi": await posko.officer("Budi", agency="lapas"),
        "joko": await posko.officer("Joko", "RUTAN-1674", agency="lapas"),
        "tono": await posko.officer("Tono", "TPS-1673061002-901", agency="linmas"),
        "rahmat": await posko.coordinator(agency="polri"),
    }
    lines = {
        "role:officer": {"budi", "joko", "tono"},
        "agency:lapas,polri": {"budi", "joko", "rahmat"},
        "region:16.73": {"budi", "tono", "rahmat"},
        "post:tps": {"tono"},
        "role:officer agency:lapas region:16.74": {"joko"},
        "peran:petugas instansi:lapas wilayah:Lubuklinggau": {"budi"},
    }
    reached: dict[str, set[str]] = {}
    for line in lines:
        await posko.say(posko.admin, f"/pengumuman {line} Apel {line}")
        for one in people.values():
            one.forget()
        await posko.tap(posko.admin, "Kirim")
        reached[line] = {name for name, one in people.items() if "Apel" in posko.heard(one)}
    assert reached == lines


async def test_each_reader_gets_it_in_the_own_language(posko: Posko) -> None:
    """The heading of a notice is in the reader's language, the words are the admin's."""
    john, budi = await posko.officer("John", language="en"), await posko.officer()
    await posko.say(posko.admin, "/pengumuman role:officer Apel <b>pagi</b> & siang")
    await posko.tap(posko.admin, "Kirim")
    assert posko.heard(budi).startswith("📢 Pengumuman\nApel <b>pagi</b> & siang")
    assert posko.heard(john).startswith("📢 Notice\nApel <b>pagi</b> & siang")


async def test_an_audience_is_chosen_by_button(posko: Posko) -> None:
    """A notice without audience words asks for whom it is; the tap shows the preview."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    assert "untuk siapa" in await posko.say(posko.admin, "/pengumuman Apel pukul 06.00")
    await posko.tap(posko.admin, "Koordinator")
    assert "1 orang" in posko.last(posko.admin).text
    await posko.tap(posko.admin, "Kirim")
    assert ("Apel" in posko.heard(rahmat), posko.heard(budi)) == (True, "")


async def test_everybody_includes_the_author(posko: Posko) -> None:
    """Semua orang is everybody who agreed to take part, the author too."""
    await posko.officer()
    await posko.say(posko.admin, "/pengumuman Apel pukul 06.00")
    await posko.tap(posko.admin, "Semua orang")
    assert "2 orang" in posko.last(posko.admin).text


async def test_kirim_works_once(posko: Posko) -> None:
    """A second press of Kirim, even in the same batch, sends nothing again."""
    budi = await posko.officer()
    await posko.say(posko.admin, "/pengumuman role:officer Apel")
    taps = [await posko.admin.tap("Kirim"), await posko.admin.tap("Kirim")]
    await posko.settle()
    answers = [(await posko.admin.answer_of(tap)).text for tap in taps]
    assert posko.heard(budi).count("Apel") == 1
    assert ["dikirim" in answer for answer in answers] == [True, True]
    assert len(await posko.rows(OutboxRow, OutboxRow.notice_id.is_not(None))) == 1


async def test_batal_sends_nothing(posko: Posko) -> None:
    """Batal drops the notice; its buttons say so afterwards."""
    budi = await posko.officer()
    await posko.say(posko.admin, "/pengumuman role:officer Apel")
    preview = posko.last(posko.admin)
    data = preview.rows[0][0]["callback_data"]
    await posko.tap(posko.admin, "Batal")
    answer = await posko.tap(posko.admin, message=preview, data=data)
    assert "sudah dibatalkan" in answer.text
    assert posko.heard(budi) == ""


async def test_the_result_names_failures_by_reason(posko: Posko) -> None:
    """When all is sent the admin hears how many arrived and why the others did not."""
    people = [await posko.officer(f"Petugas {number}") for number in range(5)]
    await posko.say(posko.admin, "/pengumuman role:officer Apel")
    await people[0].block_bot()
    await people[1].block_bot()
    await people[2].delete_account()
    posko.tg.expect_refusal("sendMessage", "Forbidden")
    posko.forget(posko.admin)
    await posko.tap(posko.admin, "Kirim")
    await posko.settle()
    text = posko.heard(posko.admin)
    assert "2 dari 5 orang terkirim" in text
    assert "Gagal, memblokir bot: 2" in text
    assert "Gagal, akun dihapus: 1" in text


async def test_the_receipts_are_kept_by_person(posko: Posko) -> None:
    """What became of a notice is stored for each person, with Telegram's reason."""
    await posko.officer()
    joko = await posko.officer("Joko")
    await joko.delete_account()
    posko.tg.expect_refusal("sendMessage", "deactivated")
    await posko.say(posko.admin, "/pengumuman role:officer Apel")
    await posko.tap(posko.admin, "Kirim")
    states = sorted(row.state for row in await posko.rows(NoticeReceiptRow))
    assert states == ["failed", "sent"]
    assert (await posko.one(NoticeRow)).state == "done"


async def test_a_notice_is_in_the_journal(posko: Posko) -> None:
    """The journal keeps who sent what to whom."""
    await posko.officer()
    await posko.say(posko.admin, "/pengumuman role:officer Apel")
    await posko.tap(posko.admin, "Kirim")
    note = await posko.one(JournalRow, JournalRow.action == "notice")
    assert (note.detail["audience"], note.detail["total"]) == ("role:officer", 1)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", "Tulis sasaran"),
        ("role:officer", "Tulis sasaran"),
        ("role:raja Apel", "«raja» tidak dikenal"),
        ("rol:officer Apel", "Maksud Anda role"),
        ("agency:marinir Apel", "«marinir» tidak dikenal"),
        ("post:kapal Apel", "«kapal» tidak dikenal"),
        ("region:Atlantis Apel", "«Atlantis» tidak ada"),
        ("agency:kpu Apel", "Tidak ada orang"),
        (f"role:admin {'a' * 3501}", "paling banyak"),
        ("region:<b>& Apel", "«<b>&»"),
    ],
)
async def test_a_wrong_notice_is_explained(posko: Posko, words: str, told: str) -> None:
    """Every mistake in a notice is named, and nothing is kept to be sent."""
    assert told in await posko.say(posko.admin, f"/pengumuman {words}")
    assert await posko.rows(NoticeRow) == []


async def test_the_longest_notice_arrives_whole(posko: Posko) -> None:
    """A notice of the greatest length, full of signs that need escaping, is previewed and arrives."""
    budi = await posko.officer()
    await posko.say(posko.admin, f"/pengumuman role:officer {'&<' * 1750}")
    await posko.tap(posko.admin, "Kirim")
    assert "&<" * 1750 in posko.heard(budi)


async def test_an_admin_of_a_region_reaches_that_region_only(posko: Posko) -> None:
    """An admin of a part of the territory sends to the people of that part, whatever the words say."""
    budi, joko = await posko.officer(), await posko.officer("Joko", "RUTAN-1674")
    wati = await posko.enrol("Wati", "admin", "16.74")
    await posko.say(wati, "/pengumuman role:officer Apel")
    await posko.tap(wati, "Kirim")
    assert (posko.heard(budi), "Apel" in posko.heard(joko)) == ("", True)
