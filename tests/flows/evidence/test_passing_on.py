"""Files on their way to who handles an incident: under a name of ours, without what tells who confided them."""

from __future__ import annotations

import struct
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.evidence.passing_on import without_notes
from sandbox import Media, Message, Person
from sandbox.world.media import kind_of
from tests.flows.incidents.test_evidence_seen import png
from tests.kit import Posko, running

PDF = b"%PDF-1.7 /Title (surat)"
OPEN, CONFIDED = "/insiden banjir berat air masuk gudang", "/insiden netralitas sedang lurah membagikan kaus"


@pytest.fixture
async def here(database_url: str, tmp_path: Path) -> AsyncIterator[Posko]:
    """The program with a media folder of its own."""
    async with running(database_url, media_dir=tmp_path / "media") as posko:
        yield posko


async def looked_at(posko: Posko, line: str, *media: Media, fetch: bool = True) -> list[Message]:
    """Let Zulkarnain report with these files, have them fetched, and give what a coordinator gets who looks at them."""
    zul = await posko.officer("Zulkarnain Hadi")
    await posko.group("Posko", "16.73")
    await posko.say(zul, line)
    receipt = posko.last(zul)
    for one in media:
        await zul.send(one, reply_to=receipt)
        await posko.settle()
    if fetch:
        await posko.machine.fetcher.drain()
    return await look(posko, await posko.coordinator())


async def look(posko: Posko, person: Person) -> list[Message]:
    """Let a coordinator look at the files of the incident, and give what they get."""
    await posko.say(person, "/insiden I-1")
    person.forget()
    await posko.tap(person, "Lihat berkas")
    return received(person)


def received(person: Person) -> list[Message]:
    """What the bot sent since it was last taken as heard."""
    return [message for message in person.unheard() if message.by_bot]


def content(posko: Posko, message: Message) -> bytes:
    """The bytes of the document, video or animation of a message."""
    kind = next(kind for kind in ("animation", "document", "video") if kind in message.json)
    stored = posko.tg.state.world.files.get(message.json[kind]["file_id"])
    assert stored is not None
    return stored.data


ALL = (
    Media("document", PDF, name="bukti_zulkarnain.pdf", mime="application/pdf"),
    Media("audio", b"mp3", name="rekaman Zulkarnain.mp3", mime="audio/mpeg", title="Hadi", performer="Zulkarnain Hadi"),
    Media("video", b"mp4", name="Zulkarnain.mp4"),
    Media("animation", b"gif", name="Zulkarnain.gif.mp4"),
    Media("voice", b"OggS"),
    Media("video_note", b"round"),
    Media("photo", png()),
)


@pytest.mark.parametrize("line", [OPEN, CONFIDED])
async def test_no_file_goes_on_under_its_own_name(here: Posko, line: str) -> None:
    """Documents, songs and videos are sent anew under the incident's number, whoever may know their sender."""
    shown = await looked_at(here, line, *ALL)
    names = [
        message.json.get(kind, {}).get("file_name")
        for message in shown
        for kind in ("animation", "document", "video", "audio")
        if kind in message.json
    ]
    assert list(dict.fromkeys(names)) == ["I-1-bukti-1.pdf", "I-1-bukti-2.mp3", "I-1-bukti-3.mp4", "I-1-bukti-4.mp4"]
    assert [message for message in shown if "audio" in message.json] == []
    files = [{**message.json, "caption": ""} for message in shown if kind_of(message.json)]
    assert len(files) == 7
    assert [word for word in ("zulkarnain", "Zulkarnain", "Hadi") if word in str(files)] == []
    assert content(here, shown[0]) == PDF


async def test_a_file_that_is_being_fetched_is_waited_for(here: Posko) -> None:
    """Before a document lies on the disk, who looks reads that it is still being fetched; later it comes."""
    (shown,) = await looked_at(here, OPEN, ALL[0], fetch=False)
    assert "dokumen ini masih diambil dari Telegram" in shown.text
    await here.machine.fetcher.drain()
    (shown,) = await look(here, await here.coordinator("Rina"))
    assert shown.json["document"]["file_name"] == "I-1-bukti-1.pdf"


@pytest.mark.parametrize("line", [OPEN, CONFIDED])
async def test_a_file_too_large_for_a_bot_is_named(here: Posko, line: str) -> None:
    """A video that a bot cannot fetch is not sent on under its sender's name; who looks reads what to do."""
    large = Media("video", b"mp4", name="Zulkarnain.mp4", claimed_size=21 << 20)
    (shown,) = await looked_at(here, line, large)
    assert "video ini lebih dari 20 MB" in shown.text
    assert "video" not in shown.json


async def test_a_file_that_is_gone_from_the_disk_is_named(here: Posko, tmp_path: Path) -> None:
    """Where the kept file cannot be read, words come in its place, and the others still come."""
    await looked_at(here, OPEN, ALL[0], ALL[2])
    next((tmp_path / "media").rglob("*.pdf")).unlink()
    first, second = await look(here, await here.coordinator("Rina"))
    assert "belum bisa dibaca" in first.text
    assert second.json["video"]["file_name"] == "I-1-bukti-2.mp4"


EXIF = b"\xff\xd8\xff\xe1\0\x19Exif\0\0MM Zulkarnain GPS\xff\xdb\0\x04ab\xff\xda\0\x02picture\xff\xd9motion Zulkarnain"


@pytest.mark.parametrize(
    ("media", "sent"),
    [
        (
            Media("document", EXIF, name="a.jpg", mime="image/jpeg"),
            b"\xff\xd8\xff\xdb\0\x04ab\xff\xda\0\x02picture\xff\xd9",
        ),
        (Media("document", b"%PDF /Author (zulkarnain)", name="a.pdf", mime="application/pdf"), None),
        (Media("document", "Hadi".encode("utf-16-le"), name="a.doc", mime="application/msword"), None),
        (Media("video", b"moov\xa9xyz-3.29+102.86/", name="a.mp4", mime="video/mp4"), None),
        (Media("document", b"anything", name="a.heic", mime="image/heic"), None),
        (Media("document", PDF, name="a.pdf", mime="application/pdf"), PDF),
    ],
)
async def test_a_confided_file_tells_nothing_of_who_made_it(here: Posko, media: Media, sent: bytes | None) -> None:
    """Of a confided picture the camera's notes are taken out; what holds the name or the place is not sent."""
    (shown,) = await looked_at(here, CONFIDED, media)
    if sent is None:
        assert "🔒 tidak dikirim: di dalam berkas ini" in shown.text
        assert "document" not in shown.json
    else:
        assert content(here, shown) == sent


async def test_a_file_of_an_open_incident_stays_as_it_was(here: Posko) -> None:
    """Where it is known who reported, the evidence goes on byte for byte."""
    (shown,) = await looked_at(here, OPEN, Media("document", EXIF, name="a.jpg", mime="image/jpeg"))
    assert content(here, shown) == EXIF


def test_notes_are_taken_out_of_songs_and_pictures() -> None:
    """The tags of an MP3 and the texts of a PNG go, what is no such file stays as it is, and none takes long."""
    tag = b"ID3\x03\0\0\0\0\0\x04Hadi"
    assert without_notes(tag + b"sound" + b"TAG" + b"Hadi".ljust(125), "mp3") == b"sound"
    head, text = b"\x89PNG\r\n\x1a\n", struct.pack(">I", 4) + b"tEXtHadi0000"
    end = struct.pack(">I", 0) + b"IEND0000"
    assert without_notes(head + text + end, "png") == head + end
    for kind in ("jpg", "png", "mp3", "pdf"):
        assert without_notes(b"Hadi", kind) == b"Hadi"
    assert without_notes(b"\xff\xd8broken", "jpg") == b"\xff\xd8broken"
    assert without_notes(b"ID3\0\0\0\0\0\0\0" * 200_000, "mp3") == b"ID3\0\0\0\0\0\0\0"
