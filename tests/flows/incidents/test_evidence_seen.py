"""An incident's files, looked at by who handles it: in their private chat, and journaled."""

from __future__ import annotations

import struct

from sqlalchemy import update

from sandbox import Media, Person
from storage.database.engine import Tx
from storage.tables import JournalRow, MediaRow
from tests.kit import Posko


def png(number: int = 1) -> bytes:
    """A picture that differs from those with another number."""
    head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 1600, 1200) + b"\x08\x02\0\0\0"
    return head + bytes([number]) * 500


def files(posko: Posko, person: Person) -> list[str]:
    """What the bot sent a person of files: kind and caption, or the words in place of one."""
    found = []
    for message in person.messages:
        words = message.json.get("caption") or message.text
        kinds = [kind for kind in ("photo", "video", "voice", "video_note", "document") if kind in message.json]
        if message.by_bot and (kinds or words.startswith("📎")):
            found.append(f"{''.join(kinds) or 'text'} {words}".strip())
    return found


async def test_files_go_to_the_private_chat_of_who_handles_it(posko: Posko) -> None:
    """Lihat berkas sends each file with its place, hour and sender to the private chat, and the journal notes it."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    group = await posko.group("Posko", "16.73", members=[rahmat, budi])
    await budi.send_photo(png(), "/insiden banjir berat air masuk gudang")
    await posko.settle()
    for media in (Media("voice", b"OggS"), Media("video_note", b"round")):
        await budi.send(media, reply_to=posko.last(budi))
        await posko.settle()
    assert "📎 3 berkas" in posko.last(group).text
    answer = await posko.tap(rahmat, "Lihat berkas", in_=group)
    assert answer.text == "3 berkas I-1 dikirim ke chat pribadi Anda."
    assert files(posko, rahmat) == [
        "photo 📎 I-1 · 1/3 · 07.10 · Budi",
        "voice 📎 I-1 · 2/3 · 07.10 · Budi",
        "text 📎 I-1 · 3/3 · 07.10 · Budi",
        "video_note",
    ]
    assert (await posko.tap(budi, "Lihat berkas", in_=group)).text.startswith("Berkas hanya untuk")
    seen = await posko.rows(JournalRow, JournalRow.action == "evidence-seen")
    assert [(row.subject, row.detail) for row in seen] == [("I-1", {"files": 3, "first": 1})]


async def test_a_lost_file_is_named(posko: Posko) -> None:
    """A file that Telegram does not give any more is named in its place."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    group = await posko.group("Posko", "16.73", members=[rahmat])
    await budi.send_photo(png(), "/insiden banjir berat air masuk gudang")
    await posko.settle()

    async def lose(tx: Tx) -> None:
        await tx.execute(update(MediaRow).values(state="lost"))

    await posko.db.write(lose)
    await posko.tap(rahmat, "Lihat berkas", in_=group)
    assert files(posko, rahmat) == ["text 📎 I-1 · 1/1 · berkas ini tidak dapat diambil lagi dari Telegram (foto)."]


async def test_many_files_come_ten_at_a_time(posko: Posko) -> None:
    """The eleventh file comes by a button below the tenth."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    await posko.group("Posko", "16.73")
    await posko.say(budi, "/insiden banjir berat air masuk gudang")
    receipt = posko.last(budi)
    for numbers in (range(10), range(10, 12)):
        await budi.send_album([png(number) for number in numbers], reply_to=receipt)
        await posko.settle()
    await posko.say(rahmat, "/insiden I-1")
    await posko.tap(rahmat, "Lihat berkas")
    assert files(posko, rahmat)[-2:] == [
        "photo 📎 I-1 · 10/12 · 07.10 · Budi",
        "text 📎 I-1 · masih ada 2 berkas lagi.",
    ]
    await posko.tap(rahmat, "Lihat berkas berikutnya")
    assert files(posko, rahmat)[-1] == "photo 📎 I-1 · 12/12 · 07.10 · Budi"


async def test_files_of_merged_witnesses_come_along(posko: Posko) -> None:
    """The card counts the files of the reports merged into it, and they are sent with the number they came with."""
    budi, siti = await posko.officer("Budi"), await posko.officer("Siti")
    rahmat = await posko.coordinator("Rahmat")
    group = await posko.group("Posko", "16.73", members=[rahmat])
    for number, person in enumerate((budi, siti), start=1):
        await person.send_photo(png(number), "/insiden banjir berat air masuk gudang")
        await posko.settle()
    await posko.tap(rahmat, "Gabungkan ke I-1", in_=group)
    card = next(message for message in group.messages if message.by_bot and " I-1 " in message.text)
    assert [line for line in card.text.splitlines() if line[0] in "📎👥"] == ["📎 2 berkas", "👥 Saksi lain: I-2 Siti"]
    await posko.tap(rahmat, "Lihat berkas", in_=group, message=card)
    assert files(posko, rahmat) == [
        "photo 📎 I-1 · 1/2 · 07.10 · Budi",
        "photo 📎 I-1 · 2/2 · saksi I-2 · 07.10 · Siti",
    ]
