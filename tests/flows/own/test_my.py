"""/tugas: one message with all that is one's own."""

from __future__ import annotations

from storage.tables import DraftRow
from tests.kit import Posko

VILLAGE = "16.74.02.1009"


async def test_a_guard_of_eight_stations_sees_all_in_one_message(posko: Posko) -> None:
    """Each post with what is due until when, what was sent and what is open, with buttons two a row."""
    posko.clock.set("2027-02-14 09:40")
    codes = [f"TPS-1674021009-{number:03}" for number in range(1, 9)]
    for number, code in enumerate(codes, start=1):
        await posko.add_post(code, f"TPS {number} Muntang Tapus", region=VILLAGE)
    guard = await posko.officer("Tono", *codes)
    await posko.say(guard, f"/lapor #{codes[0]} aman")
    await posko.say(guard, f"/insiden #{codes[1]} banjir berat air naik")
    text = await posko.say(guard, "/tugas")
    message = posko.last(guard)
    assert text == message.text
    assert [code in text for code in codes] == [True] * 8
    assert text.count("Laporan situasi: lapor sampai 11.00 WIB") == 7
    assert text.count("Laporan situasi: sudah lapor") == 1
    assert "Hari H" in text
    assert "Pemungutan suara" in text
    assert "Jadwal berikutnya: Pemungutan, menjelang tutup, 11.30 WIB" in text
    assert "I-1 · " in text.partition("Insiden Anda")[2]
    assert "belum diterima" in text
    assert "L-1" in text
    assert message.buttons[:2] == ["Kirim semua aman", "Isi laporan"]
    assert max(len(row) for row in message.rows) == 2
    await posko.tap(guard, "Kirim semua aman")
    assert "lapor sampai" not in await posko.say(guard, "/tugas")


async def test_who_has_the_incident_is_named(posko: Posko) -> None:
    """An open incident of one's own shows who has taken it; a resolved one is gone."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    await posko.say(budi, "/insiden listrik ringan padam")
    await posko.say(rahmat, "/insiden I-1")
    await posko.tap(rahmat, "Terima")
    assert "diterima oleh Rahmat" in await posko.say(budi, "/tugas")
    await posko.say(rahmat, "/insiden I-1")
    await posko.tap(rahmat, "Selesai")
    assert "Insiden Anda" not in await posko.say(budi, "/tugas")


async def test_drafts_are_gone_on_with_from_here(posko: Posko) -> None:
    """Each draft has a button that goes on with it, once."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor")
    draft = await posko.one(DraftRow)
    text = await posko.say(budi, "/my")
    data = [button["callback_data"] for row in posko.last(budi).rows for button in row]
    assert "Draf Laporan situasi" in text
    assert data.count(f"dg:{draft.id}") == 1


async def test_a_window_that_was_missed_is_said(posko: Posko) -> None:
    """A window that closed without a report stands there as missed, and can still be answered."""
    budi = await posko.officer()
    posko.clock.set("2027-02-03 10:30")
    text = await posko.say(budi, "/tugas")
    assert "Laporan situasi: belum lapor, ditutup 08.00 WIB" in text
    assert posko.last(budi).buttons == ["Kirim nihil / aman", "Isi laporan"]


async def test_coordinators_see_their_regions(posko: Posko) -> None:
    """Who holds a role over a region reads which, and that no report is expected."""
    rahmat = await posko.coordinator()
    text = await posko.say(rahmat, "/tugas")
    assert "koordinator: " in text
    assert "Lubuk Linggau" in text
    assert posko.last(rahmat).buttons == []


async def test_coordinators_see_what_they_handle(posko: Posko) -> None:
    """A coordinator reads which open incidents are theirs with the next deadline, and where all are listed; no others."""
    budi, rahmat, dewi = await posko.officer(), await posko.coordinator(), await posko.coordinator("Dewi")
    for line in ("banjir berat", "longsor ringan", "hoaks sedang"):
        await posko.say(budi, f"/insiden {line}")
    for person, number in ((rahmat, 2), (rahmat, 1), (dewi, 3)):
        await posko.say(person, f"/insiden I-{number}")
        await posko.tap(person, "Terima")
    owned = (await posko.say(rahmat, "/tugas")).partition("Insiden yang Anda tangani\n")[2].splitlines()
    assert [line.partition(" · batas ")[0] for line in owned[:2]] == [
        "🟠 I-1 · 🌊 Banjir · Lapas Kelas IIA Lubuklinggau · diterima",
        "🟢 I-2 · ⛰ Longsor · Lapas Kelas IIA Lubuklinggau · diterima",
    ]
    assert owned[2:] == ["Daftar insiden wilayah Anda: /insiden daftar"]
    await posko.wait(hours=12)
    assert "I-1 · 🌊 Banjir · Lapas Kelas IIA Lubuklinggau · diterima · ⏰ lewat batas, batas baru" in await posko.say(
        rahmat, "/tugas"
    )
    await posko.end_assignments(rahmat)
    assert "Anda tangani" not in await posko.say(rahmat, "/tugas")
    assert "/insiden daftar" not in await posko.say(budi, "/tugas")


async def test_a_merged_report_goes_on_with_the_other(posko: Posko) -> None:
    """A report that was merged stays among the open ones as long as the incident that goes on, with its state and owner."""
    budi, citra = await posko.officer(), await posko.officer("Citra", "TPS-1673061002-901")
    rahmat = await posko.coordinator()
    for person, line in (
        (budi, "banjir sedang air masuk"),
        (citra, "banjir berat jalan putus"),
        (budi, "banjir berat"),
    ):
        await posko.say(person, f"/insiden {line}")
    for number, other in ((2, 1), (1, 3)):
        await posko.say(rahmat, f"/insiden I-{number}")
        await posko.tap(rahmat, "Pilih langkah…")
        await posko.tap(rahmat, "Gabungkan…")
        await posko.tap(rahmat, f"I-{other} · 🌊 Banjir")
    own = "🟠 I-2 → I-3 · 🌊 Banjir · TPS 901 Lapas Kelas IIA Lubuklinggau"
    assert f"{own} · belum diterima" in await posko.say(citra, "/tugas")
    await posko.say(rahmat, "/insiden I-3")
    await posko.tap(rahmat, "Terima")
    assert "· diterima oleh Rahmat" in (await posko.say(citra, "/tugas")).partition("I-2 → I-3")[2].split("\n")[0]
    assert "I-1 → I-3" in await posko.say(budi, "/tugas")
    await posko.tap(rahmat, "Selesai")
    assert "Insiden Anda" not in await posko.say(citra, "/tugas")
