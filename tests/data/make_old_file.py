"""Plays a morning through the program and writes its database and the chats of its people: how the old file was made.

Not run by the tests, which need the file as the old program wrote it; README.md says when and how to run it.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
import sqlite3
import struct
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox import Fault, Group, Message, Person, snapshot
from tests.kit import Posko, running

LOG = logging.getLogger("make_old_file")
VILLAGE = "16.73.06.1002"
LAPAS = "LAPAS-1673"
CODES = [f"TPS-1673061002-0{number}" for number in (11, 12, 13)]
# Regions that nothing in the file names are left out: the file would be four times as large.
UNUSED = """DELETE FROM regions WHERE level IN ('district', 'village') AND code NOT LIKE '16.73%'
    AND NOT EXISTS (SELECT 1 FROM posts WHERE posts.region_code LIKE regions.code || '%')"""


def png(number: int) -> bytes:
    """A picture that differs from those with another number."""
    head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 1600, 1200) + b"\x08\x02\0\0\0"
    return head + bytes([number]) * 200


@dataclass
class Cast:
    """Who plays: two coordinators, five officers (one phone is a desk's), somebody who has not agreed yet, three groups."""

    rahmat: Person
    dewi: Person
    budi: Person
    joko: Person
    tono: Person
    meja: Person
    john: Person
    yusuf: Person
    posko: Group
    bawaslu: Group
    province: Group


def card(where: Person | Group, number: int) -> Message:
    """An incident's card as it stands in a chat."""
    begins = tuple(f"{symbol} I-{number} · " for symbol in "🟢🟡🟠🔴")
    found = [one for one in where.messages if one.by_bot and one.rows and any(b in one.text for b in begins)]
    assert found, (where, number)
    return found[-1]


async def gather(posko: Posko) -> Cast:
    """Let the posts be loaded, the groups linked, and people invited, each in their own way."""
    for number, code in enumerate(CODES, start=11):
        await posko.add_post(code, f"TPS 0{number} Batu Urip", voters=250, lat=-3.29, lon=102.86 + number / 1000)
    invited = {
        "Rahmat": "koordinator 16.73 polri", "Dewi": "koordinator 16.73 bpbd", "Budi": f"petugas {CODES[0]} linmas",
        "Joko": f"petugas {LAPAS} lapas", "Tono": f"petugas {LAPAS} lapas", "Meja Piket": f"petugas {LAPAS} lapas bersama",
        "John": f"petugas {CODES[2]} polri",
    }  # fmt: skip
    people = []
    for name, words in invited.items():
        language = "en" if name == "John" else "id"
        people.append(await posko.accept(name, await posko.invite(words), language=language))
    budi = people[2]
    await posko.say(budi, f"/start {await posko.invite(f'petugas {CODES[1]} linmas')}")
    await posko.tap(budi, "Setuju")
    yusuf = posko.person("Yusuf")
    await posko.say(yusuf, f"/start {await posko.invite(f'petugas {LAPAS} lapas')}")
    await posko.invite("petugas LAPAS-1671 lapas")
    both = people[:2]
    groups = [
        await posko.group("Posko Lubuklinggau", "16.73", "koordinasi", "keamanan", "bencana", "logistik", members=both),
        await posko.group("Bawaslu Lubuklinggau", "16.73", "netralitas", members=both),
        await posko.group("Posko Sumsel", "16", members=both[:1]),
    ]
    rahmat, dewi, _, joko, tono, meja, john = people
    return Cast(rahmat, dewi, budi, joko, tono, meja, john, yusuf, *groups)


async def morning(posko: Posko, cast: Cast) -> None:
    """07.10 to 08.18: a handover, a first incident that its owner says nothing of, reminders, a summary."""
    await posko.say(cast.tono, "/serahterima")
    await posko.tap(cast.tono, "Joko")
    await posko.tap(cast.tono, "Serahkan")
    await posko.tap(cast.joko, "Terima")
    await cast.budi.share_location(-3.29, 102.87)
    await posko.settle()
    await posko.say(cast.budi, "/kontak Bripka 0812-0000-0009")
    await posko.say(cast.budi, "/kontak")
    await posko.say(cast.john, "/language en")
    await cast.budi.send_photo(png(1), "/insiden #011 banjir berat air masuk TPS")
    await posko.at("2027-02-03 07:17")
    await posko.tap(cast.rahmat, "Terima", in_=cast.posko)
    await posko.machine.fetcher.drain()
    await posko.at("2027-02-03 07:30")
    await posko.at("2027-02-03 07:32")
    await posko.say(cast.joko, "/lapor aman personel=18/20 tertib")
    await posko.at("2027-02-03 08:00")
    await posko.at("2027-02-03 08:15")
    await posko.at("2027-02-03 08:18")
    assert "masih Anda tangani" in posko.last(cast.rahmat).text


async def incidents(posko: Posko, cast: Cast) -> None:
    """08.20: one incident in every state, I-2 to I-12."""
    rahmat, dewi, group = cast.rahmat, cast.dewi, cast.posko
    await posko.at("2027-02-03 08:20")

    async def file(person: Person, line: str) -> None:
        text = await posko.say(person, line)
        assert "I-" in text, text

    async def tap(person: Person, number: int, *labels: str, where: Group = group) -> None:
        await posko.tap(person, labels[0], in_=where, message=card(where, number))
        for label in labels[1:]:
            await posko.tap(person, label, in_=where)

    await file(cast.meja, "/insiden keamanan berat an=Serka Hadi ribut di blok B")  # I-2 is being worked on
    await tap(dewi, 2, "Terima")
    await tap(dewi, 2, "Mulai kerjakan")
    await file(cast.john, "/incident logistics high ballot boxes too few")  # I-3 waits at the supervisors'
    await tap(rahmat, 3, "Terima")
    await tap(rahmat, 3, "Pilih langkah…", "Rujuk…", "Bawaslu/Gakkumdu")
    await file(cast.joko, "/insiden kesehatan sedang dua tahanan demam")  # I-4 is resolved, and its officer is asked
    await tap(rahmat, 4, "Terima")
    await tap(rahmat, 4, "Selesai")
    await file(cast.joko, "/insiden listrik sedang padam")  # I-5, into which I-6 is merged
    await file(cast.meja, "/insiden listrik sedang an=Serka Hadi lampu blok A mati")
    await tap(dewi, 6, "Gabungkan ke I-5")
    await file(cast.meja, "/insiden listrik ringan an=Serka Hadi genset rusak")  # I-7 is offered to be merged
    await file(cast.budi, "/insiden #012 netralitas berat lurah membagikan kaus")  # I-8 is confidential
    await file(cast.joko, "/insiden lainnya ringan kucing di pagar")  # I-9 is rejected
    await tap(rahmat, 9, "Pilih langkah…", "Tolak…", "di luar kewenangan kami")
    await file(cast.budi, "/insiden #011 hoaks ringan pesan berantai")  # I-10 is closed
    await tap(dewi, 10, "Terima")
    await tap(dewi, 10, "Selesai")
    await posko.tap(cast.budi, "Setuju")
    await posko.say(cast.john, "/sos crowd at the gate")  # I-11, an alarm that nobody has taken
    await posko.tap(cast.john, "SEND")
    await file(cast.budi, "/insiden #012 longsor berat jalan tertutup")  # I-12 is new


async def screens(posko: Posko, cast: Cast) -> None:
    """08.24: lists, menus and copies stand open in chats."""
    await posko.at("2027-02-03 08:24")
    await posko.say(cast.dewi, "/insiden I-12")
    await posko.say(cast.dewi, "/insiden I-2")
    await posko.tap(cast.dewi, "Pilih langkah…", message=card(cast.dewi, 2))
    await posko.tap(cast.dewi, "Tolak…")
    await posko.say(cast.rahmat, "/insiden", to=cast.posko)
    await posko.tap(cast.rahmat, "Pilih langkah…", in_=cast.posko, message=card(cast.posko, 12))
    await posko.say(cast.rahmat, "/insiden")
    await posko.say(cast.rahmat, "/insiden I-1")
    await posko.tap(cast.rahmat, "Lihat berkas", message=card(cast.rahmat, 1))
    await posko.say(cast.rahmat, "pompa sudah di lokasi", to=cast.bawaslu, reply_to=card(cast.bawaslu, 3))
    await posko.say(cast.dewi, "/bahasa")
    await posko.say(cast.rahmat, "/ringkasan", to=cast.posko)


async def begun(posko: Posko, cast: Cast) -> None:
    """08.27: what people have begun and not ended."""
    budi, joko, meja, john = cast.budi, cast.joko, cast.meja, cast.john
    await posko.at("2027-02-03 08:27")
    await posko.say(budi, "/lapor #011 aman")
    await posko.say(john, "/status safe personnel=7/7")
    await posko.say(john, "/status alert rain")
    await posko.tap(john, "Correct")
    await posko.tap(john, "✏️ Situation")
    await posko.tap(john, "🟢 Safe")
    await posko.tap(john, "Send")
    await posko.tap(john, "Typing mistake")
    await posko.tap(john, "Correct")  # once more, open at its review
    await posko.tap(budi, "Koreksi")
    await posko.tap(budi, "✏️ Situasi")
    await posko.tap(budi, "🟡 Waspada")
    await posko.tap(budi, "Kirim")  # the reason is asked
    await posko.say(budi, "/insiden")
    await posko.tap(budi, "✔ TPS 012")
    await posko.tap(budi, "🌊 Banjir")  # how grave is asked
    await posko.say(meja, "/lapor")
    await posko.tap(meja, "🟢 Aman")
    await posko.tap(meja, "Serka")  # a review
    await posko.say(meja, "/darurat")  # the red button is not pressed
    await posko.say(john, "/incident floood high water rises")  # the nearest choice is offered
    await posko.say(joko, "/tugas")
    await posko.say(budi, "/tugas")
    await posko.tap(joko, "Lihat teks ke atasan")
    await posko.say(joko, "mobil pelat asing parkir di depan")  # what is it?
    await posko.say(joko, "/serahterima")
    await posko.tap(joko, "Tono")
    await posko.tap(joko, "Serahkan")  # Tono has not taken it
    await meja.send_photo(png(2), reply_to=next(one for one in meja.messages if one.by_bot and "I-2" in one.text))
    await posko.settle()  # the file is to be fetched


async def notices(posko: Posko) -> None:
    """08.30: one notice was sent, one waits for Kirim, one for its audience, one for being sent."""
    await posko.at("2027-02-03 08:30")
    await posko.say(posko.admin, "/pengumuman role:officer Apel pukul 09.00")
    await posko.tap(posko.admin, "Kirim")
    await posko.say(posko.admin, "/pengumuman Jaga netralitas")
    await posko.say(posko.admin, "/pengumuman role:coordinator Rapat pukul 10.00")
    await posko.say(posko.admin, "/pengumuman role:officer Cek logistik")


async def cut_off(posko: Posko, cast: Cast) -> None:
    """08.33: processed and not sent; then only stored."""
    await posko.at("2027-02-03 08:33")
    await posko.admin.tap("Kirim", message=posko.last(posko.admin))
    await cast.budi.say("/lapor #012 waspada hujan deras")
    await cast.dewi.tap("Terima", in_=cast.posko, message=card(cast.posko, 5))
    await posko.machine.intake.round(timeout=0)
    while await posko.machine.pump.round():
        pass
    posko.tg.faults.add(Fault("bad_gateway", "sendMessage", chat_id=cast.budi.id, times=None))
    posko.tg.faults.add(Fault("bad_gateway", "editMessageText", times=None))
    posko.tg.faults.add(Fault("bad_gateway", "sendMessage", chat_id=cast.joko.id, times=None))
    await posko.machine.sender.step()
    await posko.machine.sender.finish()
    await cast.budi.say("/lapor #011 waspada antrean panjang")
    await cast.dewi.tap("Terima", in_=cast.posko, message=card(cast.posko, 7))
    await cast.joko.say("/insiden prosedur ringan papan nama jatuh")
    await posko.machine.intake.round(timeout=0)


def buttons(posko: Posko) -> list[Any]:
    """Every button that ever stood on a message: chat, message, label, data, how the text begins."""
    found: dict[tuple[int, int, str], list[Any]] = {}
    for event in posko.tg.events:
        rows = (event.json.get("reply_markup") or {}).get("inline_keyboard") or []
        for button in (button for row in rows for button in row if "callback_data" in button):
            place = event.message.chat.id, event.message.id
            text = str(event.json.get("text") or event.json.get("caption") or "").partition("\n")[0]
            data = button["callback_data"]
            found[*place, data] = [*place, button["text"], data, text[:60]]
    return list(found.values())


def write(database: Path, posko: Posko, cast: Cast, folder: Path) -> None:
    """Write what the tests start from."""
    people = {name: one.id for name, one in vars(cast).items()} | {"admin": posko.admin.id}
    world = {"now": posko.clock.now().isoformat(), "cast": people, **snapshot.take(posko.tg.state)}
    lines = [json.dumps(one, ensure_ascii=False) for one in buttons(posko)]
    (folder / "old_buttons.json").write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    source = sqlite3.connect(database)
    copy = sqlite3.connect(":memory:")
    source.backup(copy)
    source.close()
    copy.execute(UNUSED)
    copy.commit()
    text = "\n".join(copy.iterdump())
    for name, content in (
        ("old_database.sql.gz", text),
        ("old_telegram.json.gz", json.dumps(world, ensure_ascii=False)),
    ):
        (folder / name).write_bytes(gzip.compress(content.encode(), 9, mtime=0))


async def make(folder: Path) -> None:
    """Play and write."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "posko.db"
        async with running(f"sqlite+aiosqlite:///{file}", empty=True, media_dir=Path(place) / "media") as posko:
            cast = await gather(posko)
            await morning(posko, cast)
            await incidents(posko, cast)
            await screens(posko, cast)
            await begun(posko, cast)
            await notices(posko)
            await cut_off(posko, cast)
            await asyncio.to_thread(write, file, posko, cast, folder)
            posko.tg.faults.clear()


if __name__ == "__main__":
    asyncio.run(make(Path(sys.argv[1])))
