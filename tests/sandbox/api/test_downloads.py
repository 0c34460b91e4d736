"""Giving files back: what is given, for how long, and how a download fails."""

from __future__ import annotations

import asyncio
import hashlib

import aiohttp
import pytest

from sandbox import Fault, LocalTelegram, Message, Person
from sandbox.world.photos import drawn
from tests.sandbox.caller import Caller, FakeClock

DATA = bytes(range(256)) * 1000  # more than one piece


async def link(bot: Caller, message: Message, kind: str = "document") -> str:
    """Ask for a file's download address."""
    path = (await bot.call("getFile", file_id=message.json[kind]["file_id"])).result["file_path"]
    return f"{bot.telegram.url}/file/bot{bot.telegram.token}/{path}"


async def fetch(bot: Caller, url: str) -> bytes:
    """Download all of a file; raises when the answer is no 200 or is cut."""
    async with bot.http.get(url) as response:
        response.raise_for_status()
        return await response.read()


async def test_bytes_come_back_as_they_went(bot: Caller, budi: Person, tg: LocalTelegram) -> None:
    """A download gives exactly the bytes that were sent, and is noted."""
    url = await link(bot, await budi.send_document(DATA, "daftar.csv"))
    assert url.endswith("/documents/file_1.csv")
    assert await fetch(bot, url) == DATA
    assert [call.status for call in tg.calls.of("download")] == [200]


async def test_every_size_of_a_photo_can_be_downloaded(bot: Caller, budi: Person) -> None:
    """Each size of a photo has its own address and as many bytes as it says."""
    message = await budi.send_photo(drawn(1280, 960))
    for size in message.json["photo"]:
        got = (await bot.call("getFile", file_id=size["file_id"])).result
        data = await fetch(bot, f"{bot.telegram.url}/file/bot{bot.telegram.token}/{got['file_path']}")
        assert len(data) == size["file_size"]
    assert data == drawn(1280, 960)


async def test_a_big_file_needs_no_memory(bot: Caller, budi: Person) -> None:
    """A file of a claimed size is downloaded in full length; over 20 MiB there is no address."""
    url = await link(bot, await budi.send_document(b"awal", "besar.zip", claimed_size=20 << 20))
    seen, digest = 0, hashlib.sha256()
    async with bot.http.get(url) as response:
        async for piece in response.content.iter_chunked(1 << 16):
            seen += len(piece)
            digest.update(piece)
    assert seen == 20 << 20
    assert digest.hexdigest() == hashlib.sha256(b"awal" + bytes((20 << 20) - 4)).hexdigest()
    over = await budi.send_document(b"", "lebih.zip", claimed_size=(20 << 20) + 1)
    reply = await bot.call("getFile", file_id=over.json["document"]["file_id"])
    assert (reply.status, reply.error) == (400, "Bad Request: file is too big")


async def test_an_address_holds_an_hour(bot: Caller, budi: Person, clock: FakeClock, tg: LocalTelegram) -> None:
    """Nothing is given before getFile, nor an hour after it; asking again opens the same file."""
    message = await budi.send_document(DATA, "a.bin")
    with pytest.raises(aiohttp.ClientResponseError, match="404"):
        await fetch(bot, f"{tg.url}/file/bot{tg.token}/documents/file_1.bin")
    url = await link(bot, message)
    clock.advance(3599)
    assert await fetch(bot, url) == DATA
    clock.advance(1)
    with pytest.raises(aiohttp.ClientResponseError, match="404"):
        await fetch(bot, url)
    assert await fetch(bot, await link(bot, message)) == DATA
    assert [call.status for call in tg.calls.of("download")] == [404, 200, 404, 200]
    with pytest.raises(aiohttp.ClientResponseError, match="401"):
        await fetch(bot, url.replace(tg.token, "9:foreign"))


@pytest.mark.parametrize("kind", ["drop_midway", "bad_gateway", "restart", "flood"])
async def test_a_download_fails_once(bot: Caller, budi: Person, tg: LocalTelegram, kind: str) -> None:
    """A download can break in the middle or be answered with an error, and succeeds when tried again."""
    url = await link(bot, await budi.send_document(DATA, "a.bin"))
    fault = tg.faults.add(Fault(kind, method="download"))  # type: ignore[arg-type]
    with pytest.raises(aiohttp.ClientError):
        await fetch(bot, url)
    assert await fetch(bot, url) == DATA
    assert fault.hits == 1
    assert [call.fault for call in tg.calls.of("download")] == [True, False]
    tg.assert_no_unexpected_refusals()


async def test_half_of_a_file_arrives_before_the_line_breaks(bot: Caller, budi: Person, tg: LocalTelegram) -> None:
    """Of a download that breaks in the middle the first half has come."""
    url = await link(bot, await budi.send_document(DATA, "a.bin"))
    tg.faults.add(Fault("drop_midway", method="download"))
    async with bot.http.get(url) as response:
        got = await response.content.readexactly(len(DATA) // 2)
        with pytest.raises(aiohttp.ClientPayloadError):
            await response.content.read()
    assert got == DATA[: len(DATA) // 2]


async def test_a_line_that_breaks_before_the_first_byte(bot: Caller, budi: Person, tg: LocalTelegram) -> None:
    """A download may break before anything came; on a connection in use clients ask once more by themselves."""
    url = await link(bot, await budi.send_document(DATA, "a.bin"))
    tg.faults.add(Fault("drop_before", method="download", times=2))
    with pytest.raises(aiohttp.ClientError):
        await fetch(bot, url)
    assert await fetch(bot, url) == DATA


async def test_a_download_stalls(bot: Caller, budi: Person, tg: LocalTelegram) -> None:
    """A stalled download sends half, then nothing for a while, then the rest; a reader may lose patience."""
    url = await link(bot, await budi.send_document(DATA, "a.bin"))
    tg.faults.add(Fault("stall", method="download", seconds=0.02))
    assert await fetch(bot, url) == DATA
    tg.faults.add(Fault("stall", method="download", seconds=30))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await fetch(bot, url)


async def test_a_page_instead_of_the_file(bot: Caller, budi: Person, tg: LocalTelegram) -> None:
    """Somebody else's page may come with status 200, so a length must be checked."""
    url = await link(bot, await budi.send_document(DATA, "a.bin"))
    tg.faults.add(Fault("garbage", method="download"))
    assert (await fetch(bot, url)).startswith(b"<html>")


async def test_faults_of_downloads_leave_calls_alone(bot: Caller, budi: Person, tg: LocalTelegram) -> None:
    """A break in the middle is for downloads only, whatever method it names."""
    tg.faults.add(Fault("drop_midway"))
    assert (await bot.send(budi.id))["chat"]["id"] == budi.id
