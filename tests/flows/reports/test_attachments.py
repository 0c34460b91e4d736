"""Evidence from the phone to the disk: which report a file belongs to, what its sender sees, what is refused."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox import Media, Message, Person
from storage.tables import DraftRow, IncidentRow, MediaRow, ReportRow
from tests.kit import Posko, running


def png(number: int = 1) -> bytes:
    """A picture that differs from those with another number."""
    head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 1600, 1200) + b"\x08\x02\0\0\0"
    return head + bytes([number]) * 500


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where this test's evidence is kept."""
    return tmp_path / "media"


@pytest.fixture
async def posko(database_url: str, folder: Path) -> AsyncIterator[Posko]:
    """The program with a media folder of its own."""
    async with running(database_url, media_dir=folder) as program:
        yield program


async def receipts(posko: Posko, person: Person) -> list[Message]:
    """The bot's messages that say how many files came."""
    await posko.settle()
    return [message for message in person.messages if message.by_bot and "berkas diterima" in message.text]


async def owners(posko: Posko) -> list[tuple[int | None, str | None]]:
    """What each file belongs to, in the order in which they came."""
    return [(row.report_id, row.draft_source) for row in await posko.rows(MediaRow)]


async def an_incident(posko: Posko, person: Person) -> IncidentRow:
    """Let somebody file an incident."""
    await posko.say(person, "/insiden banjir berat air masuk gudang")
    return (await posko.rows(IncidentRow))[-1]


async def test_a_late_album_in_any_order_is_one_receipt(posko: Posko, folder: Path) -> None:
    """Ten siblings, late and out of order around the captioned one, all belong to its report and give one message."""
    budi = await posko.officer()
    album = await budi.send_album([png(number) for number in range(9)], hold=True)
    album.deliver(4)
    await posko.settle()
    assert [row.form_id for row in await posko.rows(DraftRow)] == [""]
    captioned = await budi.send(Media("photo", png(9), "/lapor aman antrean tertib"), album=album.group_id)
    await posko.settle()
    report = await posko.one(ReportRow)
    assert (await owners(posko), await posko.rows(DraftRow)) == ([(report.id, None)] * 2, [])
    for place in (0, 8, 7, 1, 2, 3, 6, 5):
        album.deliver(place)
        await posko.settle()
    assert await owners(posko) == [(report.id, None)] * 10
    assert await receipts(posko, budi) == []
    (receipt,) = [message for message in budi.messages if message.by_bot]
    assert "L-1" in receipt.text
    assert "10 berkas" in receipt.text
    await budi.edit(captioned, "/lapor aman antrean tertib sekali")
    posko.tg.redeliver(max(row.update_id for row in await posko.inbox_of(budi)) - 1)
    await posko.settle()
    assert (len(await owners(posko)), len(await posko.rows(ReportRow))) == (10, 1)
    await posko.machine.fetcher.drain()
    kept = {row.path: row.sha256 for row in await posko.rows(MediaRow)}
    assert kept == {
        f"{digest[:2]}/{digest}.jpg": digest for digest in (hashlib.sha256(png(n)).hexdigest() for n in range(10))
    }
    assert all((folder / str(path)).read_bytes()[:8] == png()[:8] for path in kept)


async def test_every_kind_of_file_becomes_a_row(posko: Posko) -> None:
    """Photo, video, voice, audio, round video, animation and document are kept, the photo in its largest size."""
    budi = await posko.officer()
    photo = await budi.send_photo(png())
    for kind in ("video", "voice", "audio", "video_note", "animation", "document"):
        await budi.send(Media(kind, kind.encode()))
    await posko.settle()
    found = await posko.rows(MediaRow)
    assert [row.kind for row in found] == [
        "photo", "video", "voice", "audio", "video_note", "animation", "document",
    ]  # fmt: skip
    assert found[0].file_id == photo.json["photo"][-1]["file_id"]
    assert len({row.draft_source for row in found}) == 1
    await posko.machine.fetcher.drain()
    assert [str(row.path).rpartition(".")[2] for row in await posko.rows(MediaRow)] == [
        "jpg", "mp4", "ogg", "mp3", "mp4", "mp4", "bin",
    ]  # fmt: skip


async def test_a_reply_adds_to_the_report_it_names(posko: Posko) -> None:
    """A file in reply to a receipt goes to that report; so does a sibling of its album, and each album has one receipt."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor aman")
    receipt = posko.last(budi)
    await posko.say(budi, "/lapor waspada")
    await budi.send_album([png(1), png(2)], reply_to=receipt)
    await posko.settle()
    await budi.send_voice(b"OggS", reply_to=receipt)
    first = (await posko.rows(ReportRow))[0]
    assert [message.text for message in await receipts(posko, budi)] == [
        "📎 L-1: 2 berkas diterima",
        "📎 L-1: 1 berkas diterima, seluruhnya 3",
    ]
    assert await owners(posko) == [(first.id, None)] * 3


async def test_nobody_adds_to_anothers_report(posko: Posko) -> None:
    """A reply that names a stranger's report is kept for the sender to decide; a coordinator adds to an incident there."""
    budi, ani = await posko.officer(), await posko.officer("Ani", "LAPAS-1671")
    rahmat, jauh = await posko.coordinator(), await posko.coordinator("Jauh", "16.71")
    incident = await an_incident(posko, budi)
    for person in (rahmat, jauh, ani):
        await posko.say(person, f"/insiden I-{incident.number}")
        named = posko.last(person)
        if f"I-{incident.number}" not in named.text.partition("\n")[0]:
            await posko.say(person, f"I-{incident.number}")
            named = posko.last(person)
        await person.send_photo(png(), reply_to=named)
    await posko.settle()
    assert [report == incident.report_id for report, _ in await owners(posko)] == [True, False, False]
    assert all(source for report, source in await owners(posko) if report is None)


async def test_a_reply_to_a_person_names_nothing(posko: Posko) -> None:
    """A number in somebody's own message is not the bot's word."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor aman")
    mine = await budi.say("L-1 ini fotonya")
    await budi.send_photo(png(), reply_to=mine)
    await posko.settle()
    assert [report for report, _ in await owners(posko)] == [None]


async def test_a_file_joins_the_open_draft(posko: Posko) -> None:
    """While a report is being filled a file belongs to it; one whose words answer nothing there is another matter."""
    budi = await posko.officer()
    await posko.say(budi, "/insiden berat air masuk gudang")
    draft = await posko.one(DraftRow)
    await budi.send_photo(png())
    await posko.settle()
    assert await owners(posko) == [(None, draft.source)]
    aside = await budi.send_photo(png(2), "mobil pelat asing parkir di depan")
    await posko.settle()
    kept = await posko.one(DraftRow, DraftRow.form_id == "")
    assert (kept.text, (await owners(posko))[1]) == ("mobil pelat asing parkir di depan", (None, kept.source))
    await budi.edit(aside, "/lapor waspada mobil pelat asing")
    await posko.settle()
    report = await posko.one(ReportRow)
    assert await owners(posko) == [(None, draft.source), (report.id, None)]


async def test_an_answer_beside_a_file_files_both(posko: Posko) -> None:
    """A caption that answers the last open question files the report, and the file goes with it."""
    budi = await posko.officer()
    await posko.say(budi, "/insiden berat air masuk gudang")
    await budi.send_photo(png(1))
    await budi.send_photo(png(2), "banjir")
    await posko.settle()
    report = await posko.one(ReportRow)
    assert await owners(posko) == [(report.id, None)] * 2
    assert posko.last(budi).text.count("📎") == 1


async def test_an_album_without_words_is_asked_about_once(posko: Posko) -> None:
    """Siblings without a caption, and words or files sent right after, share one question."""
    budi = await posko.officer()
    await budi.send_album([png(1), png(2), png(3)])
    await posko.settle()
    await posko.say(budi, "ini di gudang")
    await budi.send_voice(b"OggS")
    await posko.settle()
    kept = await posko.one(DraftRow)
    assert (kept.text, await owners(posko)) == ("ini di gudang", [(None, kept.source)] * 4)
    assert [message.by_bot for message in budi.messages].count(True) == 1


@pytest.mark.parametrize(
    ("name", "mime", "told"),
    [
        ("undangan.apk", "application/vnd.android.package-archive", "berkas program"),
        ("foto.zip", "application/zip", "ZIP/RAR"),
        ("hasil.html", "text/html", "halaman web"),
        ("foto.jpg.exe", "application/octet-stream", "berkas program"),
        ("kosong.pdf", "application/pdf", "0 byte"),
    ],
)
async def test_a_harmful_file_is_refused_with_a_reason(posko: Posko, name: str, mime: str, told: str) -> None:
    """A program, archive, web page or empty file is answered with why and what to do; the words beside it still count."""
    budi = await posko.officer()
    data = b"" if "0 byte" in told else b"PK"
    posko.forget(budi)
    await budi.send_document(data, name, mime=mime)
    await posko.settle()
    assert told in posko.heard(budi)
    assert await posko.rows(MediaRow) == []
    posko.forget(budi)
    await budi.send_document(data, name, "/lapor aman", mime=mime)
    await posko.settle()
    heard = posko.heard(budi)
    assert ("L-1" in heard, told in heard, await posko.rows(MediaRow)) == (True, True, [])


async def test_what_is_no_evidence_is_answered(posko: Posko) -> None:
    """A sticker is answered and leaves nothing behind; in a group nothing is said or kept."""
    budi = await posko.officer()
    group = await posko.group("Lubuklinggau", "16.73", members=[budi])
    await budi.send(Media("sticker", b"webp"))
    await posko.settle()
    assert "tidak bisa jadi bukti" in posko.heard(budi)
    posko.forget(budi, group)
    await budi.send_photo(png(), to=group)
    await budi.send_document(b"PK", "a.zip", to=group)
    await posko.settle()
    assert (posko.heard(budi, group), await posko.rows(MediaRow), await posko.rows(DraftRow)) == ("", [], [])


async def test_large_files_are_noted_and_said_once(posko: Posko) -> None:
    """Of an album of two files over 20 MB both are noted as staying at Telegram, and one message says so."""
    budi = await posko.officer()
    await budi.send_album([Media("video", b"v", claimed_size=25 << 20), Media("video", b"w", claimed_size=30 << 20)])
    await posko.settle()
    await posko.machine.fetcher.drain()
    assert [row.state for row in await posko.rows(MediaRow)] == ["remote", "remote"]
    assert sum("20 MB" in message.text for message in budi.messages if message.by_bot) == 1


async def test_an_original_is_asked_for_once_and_finds_its_report(posko: Posko) -> None:
    """Only the first photo of an incident offers to send it as a file; the document that follows joins the report."""
    budi = await posko.officer()
    incident = await an_incident(posko, budi)
    receipt = posko.last(budi)
    await budi.send_photo(png(1), reply_to=receipt)
    await budi.send_photo(png(2), reply_to=receipt)
    found = await receipts(posko, budi)
    assert [message.buttons for message in found] == [["Kirim sebagai file"], []]
    await posko.tap(budi, "Kirim sebagai file")
    guide = posko.last(budi)
    assert ("I-1" in guide.text, len(guide.text.splitlines())) == (True, 4)
    await budi.send_document(png(1), "IMG_1.png", mime="image/png")
    await posko.wait(minutes=16)
    await budi.send_document(png(3), "IMG_3.png", mime="image/png")
    await posko.settle()
    await budi.send_document(png(4), "IMG_4.png", mime="image/png", reply_to=guide)
    await posko.settle()
    found_in = [report == incident.report_id for report, _ in await owners(posko)]
    assert found_in == [True, True, True, False, True]


async def test_the_guide_is_for_ones_own_report(posko: Posko) -> None:
    """A button with another's report, or with nonsense, is refused."""
    budi, ani = await posko.officer(), await posko.officer("Ani", "LAPAS-1671")
    incident = await an_incident(posko, budi)
    await posko.say(ani, "/lapor aman")
    message = posko.last(ani)
    answer = await posko.tap(ani, message=message, data=f"ef:{incident.report_id}")
    assert "bukan milik Anda" in answer.text
    for data in ("ef:", "ef:x", "ef:99999999999999999999", "ef:12"):
        assert "tidak berlaku" in (await posko.tap(ani, message=message, data=data)).text


async def test_an_incidents_own_photo_offers_the_original_in_its_receipt(posko: Posko) -> None:
    """A photo that files an incident by its caption puts the offer on that receipt and on no later one."""
    budi = await posko.officer()
    album = await budi.send_album([png(1), png(2)], "/insiden banjir berat air masuk", hold=(1,))
    await posko.settle()
    assert "Kirim sebagai file" in posko.last(budi).buttons
    album.deliver_rest()
    assert await receipts(posko, budi) == []
    assert "2 berkas" in posko.last(budi).text
    assert "Kirim sebagai file" in posko.last(budi).buttons


async def test_an_edit_changes_words_and_adds_what_is_new(posko: Posko) -> None:
    """An edited caption becomes the report that it now is; an exchanged file is added and the first one kept."""
    budi = await posko.officer()
    message = await budi.send_photo(png(1), "mobil pelat asing")
    await posko.settle()
    assert [draft.text for draft in await posko.rows(DraftRow)] == ["mobil pelat asing"]
    await budi.edit(message, "mobil pelat asing di depan")
    await posko.settle()
    assert [draft.text for draft in await posko.rows(DraftRow)] == ["mobil pelat asing di depan"]
    await budi.edit(message, "/lapor waspada mobil pelat asing")
    await posko.settle()
    report = await posko.one(ReportRow)
    assert await owners(posko) == [(report.id, None)]
    await budi.edit_media(message, png(2))
    await posko.settle()
    assert await owners(posko) == [(report.id, None)] * 2


async def test_a_file_beside_another_command_is_kept(posko: Posko) -> None:
    """A photo whose caption is a command that takes no files is kept all the same."""
    budi = await posko.officer()
    await budi.send_photo(png(), "/tugas")
    await posko.settle()
    assert len(await posko.rows(MediaRow)) == 1
