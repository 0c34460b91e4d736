"""Files and places in reply to an incident: evidence of its report, one entry for a message or album."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import update

from core.evidence.files import MOST_DOUBTS
from sandbox import Group, Media, Message, Person
from storage.tables import IncidentEventRow, IncidentRow, MediaRow, ReportRow
from tests.flows.reports.test_attachments import png
from tests.kit import Posko, running

SEEN = ["👍"]


@pytest.fixture
async def posko(database_url: str, tmp_path: Path) -> AsyncIterator[Posko]:
    """The program with a media folder of its own."""
    async with running(database_url, media_dir=tmp_path / "media") as program:
        yield program


async def entries(posko: Posko, *actions: str) -> list[tuple[str, str | None]]:
    """The entries of all timelines that are notes, files or places."""
    wanted = actions or ("noted", "evidence", "located")
    rows = await posko.rows(IncidentEventRow, IncidentEventRow.action.in_(wanted))
    return [(row.action, row.note) for row in rows]


async def a_card(posko: Posko, budi: Person, *members: Person) -> tuple[Group, Message]:
    """An incident of an officer, and its card in a group that the bot administers, so that it hears every message."""
    group = await posko.group("Linggau", "16.73", members=members)
    await group.promote_bot()
    await posko.say(budi, "/insiden banjir berat air masuk gudang")
    return group, posko.last(group)


async def test_an_album_in_reply_to_a_card_is_one_entry(posko: Posko) -> None:
    """Its files go to the incident's report, the card counts them, the caption is a note, and the first file's reaction says so."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    group, card = await a_card(posko, budi, rahmat)
    before = len([message for message in group.messages if message.by_bot])
    album = await rahmat.send_album([png(1), png(2), png(3)], "pintu gudang", to=group, reply_to=card, hold=(2,))
    await posko.settle()
    assert await entries(posko) == [("evidence", "2"), ("noted", "pintu gudang")]
    album.deliver_rest()
    await posko.settle()
    assert await entries(posko) == [("evidence", "3"), ("noted", "pintu gudang")]
    report = await posko.one(ReportRow)
    assert [row.report_id for row in await posko.rows(MediaRow)] == [report.id] * 3
    assert ("📎 3" in card.text, "pintu gudang" in card.text) == (True, True)
    assert len([message for message in group.messages if message.by_bot]) == before
    assert [message.reactions for message in group.messages if not message.by_bot][-3:] == [SEEN, [], []]
    assert "pintu gudang" in posko.last(budi).text


async def test_a_sibling_without_the_reply_joins_its_album(posko: Posko) -> None:
    """Where only the first message of an album carries the reply the others follow it; another person's do not."""
    budi, rahmat, dewi = await posko.officer(), await posko.coordinator(), await posko.coordinator("Dewi")
    group, card = await a_card(posko, budi, rahmat, dewi)
    await rahmat.send(Media("photo", png(1)), to=group, album="77", reply_to=card)
    await rahmat.send(Media("photo", png(2)), to=group, album="77")
    await dewi.send(Media("photo", png(3)), to=group, album="77")
    await dewi.send(Media("photo", png(4)), to=group)
    await posko.settle()
    assert (await entries(posko), len(await posko.rows(MediaRow))) == ([("evidence", "2")], 2)


async def test_what_cannot_be_evidence_is_refused_below_it(posko: Posko) -> None:
    """A program is refused in the group with the reason, its caption still noted; a sticker is met with silence."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    group, card = await a_card(posko, budi, rahmat)
    group.forget()
    sent = await rahmat.send_document(b"MZ", "daftar.exe", "lihat ini", to=group, reply_to=card)
    await posko.settle()
    told = posko.last(group)
    assert ("berkas program" in told.text, told.json["reply_to_message"]["message_id"]) == (True, sent.id)
    await rahmat.send(Media("sticker", b"webp"), to=group, reply_to=card)
    await rahmat.send(Media("video", b"v", claimed_size=25 << 20), to=group, reply_to=card)
    await posko.settle()
    assert "20 MB" in posko.last(group).text
    assert await entries(posko) == [("noted", "lihat ini"), ("evidence", "1")]
    assert [row.state for row in await posko.rows(MediaRow)] == ["remote"]


async def test_strangers_and_people_of_elsewhere_add_no_files(posko: Posko) -> None:
    """Files in reply to a card by a stranger, or by an officer of another regency, are not kept, nor is the message."""
    budi, jauh, asing = await posko.officer(), await posko.officer("Jauh", "LAPAS-1671"), posko.person("Asing")
    group, card = await a_card(posko, budi, jauh, asing)
    group.forget()
    for person in (jauh, asing):
        await person.send_photo(png(), "foto rahasia", to=group, reply_to=card)
    await posko.settle()
    assert (await posko.rows(MediaRow), await entries(posko), posko.heard(budi, group)) == ([], [], "")
    assert "foto rahasia" not in str((await posko.everything_stored())["inbox"])


async def test_the_officers_files_are_on_the_timeline_too(posko: Posko) -> None:
    """A captioned photo in reply to the receipt is counted, noted and told to the owner; an edited caption corrects the note."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    group, card = await a_card(posko, budi, rahmat)
    receipt = posko.last(budi)
    await posko.tap(rahmat, "Terima", in_=group)
    sent = await budi.send_photo(png(1), "air sudah di pintu", reply_to=receipt)
    await posko.settle()
    assert await entries(posko) == [("evidence", "1"), ("noted", "air sudah di pintu")]
    assert "air sudah di pintu" in posko.last(rahmat).text
    assert "1 berkas diterima" in posko.last(budi).text
    await budi.edit(sent, "air sudah di atap")
    await posko.settle()
    await budi.send_voice(b"OggS", reply_to=posko.last(budi))
    await posko.settle()
    assert await entries(posko) == [("evidence", "1"), ("noted", "air sudah di atap"), ("evidence", "1")]
    assert ("📎 2" in card.text, "air sudah di atap" in posko.heard(rahmat)) == (True, True)
    assert posko.last(rahmat).text == "📎 I-1 · Lapas Kelas IIA Lubuklinggau: 1 berkas dari pelapor."


async def test_the_owner_hears_of_files_and_places_without_words(posko: Posko) -> None:
    """An album is one message that counts its files, also as they arrive; a place is told, and both can be answered."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    group, _ = await a_card(posko, budi, rahmat)
    receipt = posko.last(budi)
    await posko.tap(rahmat, "Terima", in_=group)
    posko.forget(rahmat)
    album = await budi.send_album([png(1), png(2), png(3)], reply_to=receipt, hold=(2,))
    await posko.settle()
    assert posko.heard(rahmat) == "📎 I-1 · Lapas Kelas IIA Lubuklinggau: 2 berkas dari pelapor."
    album.deliver_rest()
    await posko.settle()
    told = posko.last(rahmat)
    assert told.text.endswith(": 3 berkas dari pelapor.")
    await budi.send_album([png(4), png(5)], "pintu gudang", reply_to=receipt)
    await posko.settle()
    assert "berkas" not in posko.last(rahmat).text
    await budi.share_location(-3.29, 102.86, reply_to=receipt)
    await posko.settle()
    assert "I-1 · Lapas Kelas IIA Lubuklinggau: pelapor membagikan lokasinya" in posko.last(rahmat).text
    await rahmat.say("terima kasih", reply_to=told)
    await posko.settle()
    assert "terima kasih" in posko.last(budi).text


async def test_places_in_reply(posko: Posko) -> None:
    """The officer's place becomes the report's; a coordinator's is an entry; a live place is followed without more entries."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    group, card = await a_card(posko, budi, rahmat)
    await budi.share_location(-3.29, 102.86, reply_to=posko.last(budi))
    await posko.settle()
    assert "Lokasi Anda ditambahkan ke I-1" in posko.last(budi).text
    assert (await posko.one(ReportRow)).lon == 102.86
    live = await rahmat.share_location(-3.3, 102.9, live=900, to=group, reply_to=card)
    await posko.settle()
    await rahmat.move_location(live, -3.31, 102.91)
    await posko.settle()
    assert await entries(posko) == [("located", None), ("located", "-3.30000, 102.90000")]
    assert ("-3.30000, 102.90000" in card.text, live.reactions) == (True, SEEN)


async def test_a_lost_file_of_a_group_is_told_to_its_sender_alone(posko: Posko) -> None:
    """When Telegram does not give a file any more its sender is asked in private, not the group."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    group, card = await a_card(posko, budi, rahmat)
    await rahmat.send_photo(png(), to=group, reply_to=card)
    await posko.settle()
    group.forget()
    await posko.db.write(lambda tx: tx.execute(update(MediaRow).values(file_id="AgADunknown")))
    posko.tg.expect_refusal("getFile", "wrong file_id")
    for _ in range(MOST_DOUBTS + 2):
        await posko.machine.fetcher.drain()
        await posko.wait(minutes=1)
    assert ("tidak bisa diambil lagi" in posko.last(rahmat).text, posko.heard(rahmat, group)) == (True, "")


async def test_confidential_talk_names_nobody(posko: Posko) -> None:
    """What the reporter of a confidential incident replies is shown and told as "Pelapor", without names in the words."""
    andi, rahmat = await posko.officer("Andi Wijaya"), await posko.coordinator()
    group = await posko.group("Bawaslu", "16.73", "neutrality", members=[rahmat, andi])
    await posko.say(andi, "/insiden intimidasi berat kepala regu mengancam saya")
    card, receipt = posko.last(group), posko.last(andi)
    await posko.tap(rahmat, "Terima", in_=group)
    await andi.say("saya Andi Wijaya masih diancam", reply_to=receipt)
    await andi.send_photo(png(), "ini Wijaya di lokasi", reply_to=receipt)
    await posko.settle()
    heard = "\n".join(message.text for message in rahmat.messages if message.by_bot)
    assert ("Pelapor: saya … masih diancam" in heard, "Pelapor" in card.text) == (True, True)
    assert [text for text in (heard, card.text) if "Andi" in text or "Wijaya" in text] == []
    await rahmat.say("Anda aman sekarang?", to=group, reply_to=card)
    await posko.settle()
    assert posko.last(andi).text.startswith("💬 I-1 · Rahmat: Anda aman sekarang?")
    posko.forget(rahmat)
    await rahmat.say("hubungi saya", reply_to=[m for m in rahmat.messages if "💬" in m.text][-1])
    await posko.settle()
    assert "Pelapor diberi tahu" in posko.last(rahmat).text
    await andi.say("saya lihat juga", to=group, reply_to=card)
    await posko.settle()
    assert "Andi Wijaya: saya lihat juga" in card.text, "said in the group, where all saw who said it"
    assert (await posko.one(IncidentRow)).confidential
