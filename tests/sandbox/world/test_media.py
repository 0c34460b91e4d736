"""Pictures, documents, places and downloads."""

from __future__ import annotations

import io
import struct
from typing import Any

import aiohttp
import pytest

from sandbox import LocalTelegram, Person
from sandbox.world.photos import picture_size
from tests.sandbox.caller import Caller, Reply, png


def jpeg(width: int, height: int) -> bytes:
    """Make the head of a JPEG picture, with a block before its frame."""
    return b"\xff\xd8\xff\xe0\0\4ab\xff\xc0\0\x11\x08" + struct.pack(">HH", height, width) + b"\3" * 20


async def upload(bot: Caller, method: str, chat_id: int, name: str, data: bytes, **fields: str) -> Reply:
    """Send a file in a multipart request."""
    form = aiohttp.FormData({"chat_id": str(chat_id), **fields})
    form.add_field(name, io.BytesIO(data), filename="laporan.bin", content_type="application/pdf")
    async with bot.http.post(bot.address(method), data=form) as response:
        return Reply(response.status, await response.json())


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (png(640, 480), (640, 480)),
        (jpeg(1280, 720), (1280, 720)),
        (b"GIF89a" + struct.pack("<HH", 3, 4), (3, 4)),
        (b"RIFF\0\0\0\0WEBPVP8X" + b"\0" * 8 + b"\x09\0\0\x13\0\0", (10, 20)),
        (b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x09\xc0\x04\0" + b"\0" * 8, (10, 20)),
        (b"RIFF\0\0\0\0WEBPVP8 " + b"\0" * 10 + struct.pack("<HH", 10, 20), (10, 20)),
        (b"%PDF-1.7", None),
    ],
)
def test_picture_size(data: bytes, size: tuple[int, int] | None) -> None:
    """Width and height are read from the head of the usual formats."""
    assert picture_size(data) == size


async def test_photo_can_be_sent_again_and_downloaded(
    bot: Caller, budi: Person, tg: LocalTelegram, http: aiohttp.ClientSession
) -> None:
    """A photo gets a file id, by which it is sent again without its bytes and downloaded."""
    data = png(640, 480)
    sent = (await upload(bot, "sendPhoto", budi.id, "photo", data, caption="<b>Peta</b>", parse_mode="HTML")).result
    size = sent["photo"][-1]
    assert (size["width"], size["height"], size["file_size"]) == (640, 480, len(data))
    assert (sent["caption"], sent["caption_entities"][0]["type"]) == ("Peta", "bold")
    again = (await bot.call("sendPhoto", chat_id=budi.id, photo=size["file_id"])).result
    assert again["photo"] == sent["photo"]
    path = (await bot.call("getFile", file_id=size["file_id"])).result["file_path"]
    async with http.get(f"{tg.url}/file/bot{tg.token}/{path}") as response:
        assert await response.read() == data
    async with http.get(f"{tg.url}/file/bot{tg.token}/nothing") as response:
        assert response.status == 404
    edit: dict[str, Any] = {"chat_id": budi.id, "message_id": sent["message_id"]}
    assert (await bot.call("editMessageCaption", caption="Peta baru", **edit)).result["caption"] == "Peta baru"
    assert budi.messages[0].text == "Peta baru"


async def test_document_by_attach_name(bot: Caller, budi: Person) -> None:
    """A file may have any name in the request when the parameter points to it."""
    sent = (await upload(bot, "sendDocument", budi.id, "f1", b"isi", document="attach://f1")).result
    assert sent["document"]["file_name"] == "laporan.bin"
    assert sent["document"]["mime_type"] == "application/pdf"


@pytest.mark.parametrize(
    ("method", "name", "data", "text"),
    [
        ("sendPhoto", "photo", b"%PDF-1.7", "IMAGE_PROCESS_FAILED"),
        ("sendPhoto", "photo", png(9000, 2000), "PHOTO_INVALID_DIMENSIONS"),
        ("sendPhoto", "photo", png(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        ("sendPhoto", "document", png(10, 10), "there is no photo in the request"),
        ("sendDocument", "photo", b"a", "there is no document in the request"),
        ("sendDocument", "document", b"", "file must be non-empty"),
    ],
)
async def test_bad_upload(bot: Caller, budi: Person, *, method: str, name: str, data: bytes, text: str) -> None:
    """What is no picture, too large in pixels, empty or missing is refused."""
    reply = await upload(bot, method, budi.id, name, data)
    assert (reply.status, reply.error) == (400, f"Bad Request: {text}")


async def test_bad_references(bot: Caller, budi: Person) -> None:
    """Unknown file ids, ids of another kind, missing attachments and addresses are refused."""
    document = (await upload(bot, "sendDocument", budi.id, "document", b"isi")).result["document"]["file_id"]
    for photo, text in (
        (document, "can't use file of type Document as Photo"),
        ("AgAD", "wrong remote file identifier specified: Wrong string length"),
        ("attach://f9", "there is no photo in the request"),
        ("https://a.id/a.png", "failed to get HTTP URL content"),
    ):
        assert (await bot.call("sendPhoto", chat_id=budi.id, photo=photo)).error == f"Bad Request: {text}"
    reply = await bot.call("getFile", file_id="AgAD")
    assert reply.error == "Bad Request: wrong file_id or the file is temporarily unavailable"


async def test_large_files(bot: Caller, budi: Person) -> None:
    """Photos end at 10 MB, uploads at 50 MB."""
    big = await upload(bot, "sendPhoto", budi.id, "photo", png(10, 10) + bytes(10 << 20))
    assert "is too big for a photo" in big.error
    reply = await upload(bot, "sendDocument", budi.id, "document", bytes((50 << 20) + 1))
    assert (reply.status, reply.error) == (413, "Request Entity Too Large")


async def test_caption_length(bot: Caller, budi: Person) -> None:
    """A caption has at most 1024 characters."""
    reply = await upload(bot, "sendDocument", budi.id, "document", b"a", caption="a" * 1025)
    assert reply.error == "Bad Request: message caption is too long"


async def test_place(bot: Caller, budi: Person) -> None:
    """A place outside the earth is refused."""
    sent = (await bot.call("sendLocation", chat_id=budi.id, latitude=-3.29, longitude=102.86)).result
    assert sent["location"] == {"latitude": -3.29, "longitude": 102.86}
    reply = await bot.call("sendLocation", chat_id=budi.id, latitude=91, longitude=0)
    assert reply.error == "Bad Request: wrong location specified"
