"""Words and files that are no report yet are kept, and become one by a tap."""

from __future__ import annotations

from storage.tables import DraftRow, IncidentEventRow, IncidentRow, MediaRow, ReportRow
from tests.kit import Posko

JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b080010001001011100ffda0008010100003f00d2cf20ffd9")


async def test_bare_words_become_an_incident_in_two_taps(posko: Posko) -> None:
    """`banjir di gudang` is kept with its words; Insiden and the severity file it."""
    budi = await posko.officer()
    text = await posko.say(budi, "banjir di gudang")
    assert "banjir di gudang" in text
    assert posko.last(budi).buttons == ["Laporan situasi", "Laporan insiden", "Bukan laporan"]
    await posko.tap(budi, "Laporan insiden")
    await posko.tap(budi, "🟠 Berat")
    incident = await posko.one(IncidentRow)
    assert (incident.category, incident.severity) == ("flood", "high")
    assert (await posko.one(ReportRow)).text == "banjir di gudang"
    assert await posko.rows(DraftRow) == []


async def test_several_short_messages_are_one_matter(posko: Posko) -> None:
    """Words sent in pieces are kept together and asked about once."""
    budi = await posko.officer()
    await posko.say(budi, "ada keributan")
    await posko.say(budi, "di blok B, dua orang luka")
    draft = await posko.one(DraftRow)
    assert draft.text == "ada keributan\ndi blok B, dua orang luka"
    assert len([one for one in budi.messages if one.by_bot]) == 1


async def test_words_that_are_no_report_are_let_go(posko: Posko) -> None:
    """Bukan laporan ends the question; nothing is filed."""
    budi = await posko.officer()
    await posko.say(budi, "siap, monitor")
    await posko.tap(budi, "Bukan laporan")
    assert (await posko.rows(DraftRow), await posko.rows(ReportRow)) == ([], [])
    assert "bukan laporan" in posko.last(budi).text


async def test_an_edit_of_kept_words_is_followed(posko: Posko) -> None:
    """Who corrects kept words by an edit finds the new words in the report."""
    budi = await posko.officer()
    message = await budi.say("banjir di gudangg")
    await posko.settle()
    await budi.edit(message, "banjir di gudang")
    await posko.settle()
    assert (await posko.one(DraftRow)).text == "banjir di gudang"


async def test_a_photo_before_its_report(posko: Posko) -> None:
    """A photo without words is kept and asked about; the report it becomes has it."""
    budi = await posko.officer()
    await budi.send_photo(JPEG)
    await posko.settle()
    assert "1 berkas" in posko.last(budi).text
    await posko.tap(budi, "Laporan situasi")
    await posko.tap(budi, "🟢 Aman")
    await posko.tap(budi, "Kirim")
    report = await posko.one(ReportRow)
    assert (await posko.one(MediaRow)).report_id == report.id
    assert "1 berkas" in posko.last(budi).text


async def test_a_photo_after_its_report(posko: Posko) -> None:
    """A photo sent after a report is added to it by a tap."""
    budi = await posko.officer()
    await posko.say(budi, "/insiden banjir berat air naik")
    await budi.send_photo(JPEG)
    await posko.settle()
    await posko.tap(budi, "Tambahkan ke I-1")
    assert (await posko.one(MediaRow)).report_id == (await posko.one(ReportRow)).id


async def test_a_button_of_decided_words_is_over(posko: Posko) -> None:
    """A second tap on what kept words were says that they have become something already."""
    budi = await posko.officer()
    await posko.say(budi, "aman terkendali")
    question = posko.last(budi)
    data = question.rows[0][0]["callback_data"]
    await posko.tap(budi, "Laporan situasi")
    answer = await posko.tap(budi, message=question, data=data)
    assert "sudah tidak ada" in answer.text
    assert len(await posko.rows(ReportRow)) == 1


async def test_a_coordinators_words_become_a_report_of_a_post(posko: Posko) -> None:
    """A coordinator without a post is asked what the words are, for which post, and who reported."""
    rahmat = await posko.coordinator()
    await posko.say(rahmat, "banjir berat di halaman")
    await posko.tap(rahmat, "Laporan insiden")
    assert "kode posnya" in posko.last(rahmat).text
    await posko.say(rahmat, "#LAPAS-1673")
    assert "Siapa yang melapor" in posko.last(rahmat).text
    await posko.say(rahmat, "Joko Susilo")
    report = await posko.one(ReportRow)
    assert report.answers == {
        "category": "flood", "severity": "high", "note": "di halaman", "behalf": "Joko Susilo",
    }  # fmt: skip


async def test_a_photo_in_a_form_just_opened_is_not_lost(posko: Posko) -> None:
    """A form opened, a photo sent and the form opened again: the draft is offered, and the photo goes with its report."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor")
    await budi.send_photo(JPEG)
    await posko.settle()
    assert "belum terkirim" in await posko.say(budi, "/lapor")
    await posko.tap(budi, "Mulai baru")
    await posko.tap(budi, "🟢 Aman")
    await posko.tap(budi, "Kirim")
    assert (await posko.one(MediaRow)).report_id == (await posko.one(ReportRow)).id


async def test_words_may_be_news_of_an_open_incident(posko: Posko) -> None:
    """Of plain words each of the newest two open incidents is offered; a tap notes them there, with the files beside them."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    for line in ("banjir berat air naik", "hoaks ringan", "listrik ringan padam"):
        await posko.say(budi, f"/insiden {line}")
    await posko.say(rahmat, "/insiden I-2")
    await posko.tap(rahmat, "Terima")
    await posko.say(budi, "air makin tinggi")
    question = posko.last(budi)
    assert question.buttons[2:] == ["Tambahkan ke I-3", "Tambahkan ke I-2", "Bukan laporan"]
    note = question.rows[2][0]["callback_data"]
    await posko.tap(budi, "Tambahkan ke I-2")
    assert ("Dicatat pada I-2" in posko.last(budi).text, "Rahmat diberi tahu" in posko.last(budi).text) == (True, True)
    assert "air makin tinggi" in posko.last(rahmat).text
    assert [row.note for row in await posko.rows(IncidentEventRow) if row.action == "noted"] == ["air makin tinggi"]
    assert "sudah tidak ada" in (await posko.tap(budi, message=question, data=note)).text
    await budi.send_photo(JPEG, caption="begini keadaannya sekarang")
    await posko.settle()
    assert [label for label in posko.last(budi).buttons if "I-3" in label] == ["Tambahkan ke I-3"]
    await posko.tap(budi, "Tambahkan ke I-3")
    notes = [(row.action, row.note) for row in await posko.rows(IncidentEventRow)][-2:]
    assert sorted(notes) == [("evidence", "1"), ("noted", "begini keadaannya sekarang")]
