"""The summary: who reported, what is wrong, who is silent, how long until the event."""

from __future__ import annotations

from tests.kit import Posko

TPS = "16.74.02.1009"
MONDAY = "2027-02-08"  # H-6: prisons and polling stations both have windows
LINGGAU = ("LAPAS-1673", "TPS-1673061002-901", "TPS-1673061002-902", "TPS-1673061002-903")


async def stations(posko: Posko, count: int, *, region: str = TPS, voters: int | None = None) -> list[str]:
    """Further polling stations in one village."""
    codes = [f"TPS-{region.replace('.', '')}-{number:03}" for number in range(1, count + 1)]
    for number, code in enumerate(codes, start=1):
        await posko.add_post(code, f"TPS {number} Muntang", region=region, voters=voters)
    return codes


async def test_the_numbers_are_those_of_the_open_window(posko: Posko) -> None:
    """Reported and expected, the bars of the parts, the levels and the totals speak of the window that is open."""
    posko.clock.set(f"{MONDAY} 07:00")
    codes = await stations(posko, 4, voters=250)
    for number, code in enumerate(codes[:3]):
        budi = await posko.officer(f"Petugas {number}", code)
        await posko.say(budi, f"/lapor {'waspada' if number else 'aman'} personel={6 + number}/7 pemilih={number}"[:99])
    dewi = await posko.coordinator("Dewi", "16.74")
    text = await posko.say(dewi, "/ringkasan")
    assert "Kota Prabumulih" in text
    assert "Lapor 2 dari 7 (29%)" in text
    assert "🟢 aman 1 · 🟡 waspada 1" in text
    assert "Personel hadir/tugas: 13/14" in text
    assert "Pemilih sampai kini: 1" in text


async def test_an_impossible_ratio_is_not_in_the_totals(posko: Posko) -> None:
    """What was asked again and not answered counts for nothing."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor aman personel=30/20")
    rahmat = await posko.coordinator()
    text = await posko.say(rahmat, "/ringkasan")
    assert "Lapor 0 dari" in text
    assert "30" not in text.partition("\n\n")[2].partition("🗓")[0]


async def test_the_bars_show_the_parts_of_a_region(posko: Posko) -> None:
    """Each part of the region has a bar: full where all reported, empty where nobody did."""
    posko.clock.set(f"{MONDAY} 07:00")
    for code in ("TPS-1674021009-901", "TPS-1674021009-902", "RUTAN-1674"):
        await posko.say(await posko.officer(code, code), "/lapor aman")
    text = await posko.say(posko.admin, "/ringkasan")
    lines = {line.rpartition(" ")[2]: line for line in text.splitlines() if line.startswith(("▰", "▱"))}
    assert "▰▰▰▰▰▰▰▰ 3/3" in lines["Prabumulih"]
    assert "▱▱▱▱▱▱▱▱ 0/" in lines["Lubuklinggau"]


async def test_the_silent_are_named_the_riskiest_first(posko: Posko) -> None:
    """Posts that have not reported are named, the most at risk first, with how many more there are."""
    posko.clock.set(f"{MONDAY} 07:00")
    await stations(posko, 12)
    await posko.add_post("TPS-1674021009-800", "TPS paling rawan", region=TPS, risk="special")
    dewi = await posko.coordinator("Dewi", "16.74")
    text = await posko.say(dewi, "/ringkasan")
    named = [line for line in text.splitlines() if line.startswith("• ")]
    assert "Belum lapor: 16" in text
    assert "… dan 8 pos lain" in text
    assert (len(named), named.index(next(line for line in named if "paling rawan" in line)) < 4) == (8, True)


async def test_who_reports_is_not_silent(posko: Posko) -> None:
    """A post leaves the list of the silent when it reports; when all have, the summary says so."""
    posko.clock.set(f"{MONDAY} 07:00")
    budi, rahmat = await posko.officer("Budi", *LINGGAU), await posko.coordinator()
    before = await posko.say(rahmat, "/ringkasan")
    for code in LINGGAU:
        await posko.say(budi, f"/lapor #{code} aman")
    after = await posko.say(rahmat, "/ringkasan")
    assert "• Lapas Kelas IIA Lubuklinggau" in before
    assert "Semua pos sudah lapor" in after


async def test_a_new_window_begins_with_silence(posko: Posko) -> None:
    """A report of the morning does not count for the afternoon."""
    posko.clock.set(f"{MONDAY} 07:00")
    budi, rahmat = await posko.officer(), await posko.coordinator()
    await posko.say(budi, "/lapor aman")
    posko.clock.set(f"{MONDAY} 12:40")
    text = await posko.say(rahmat, "/ringkasan")
    assert "Regu siang: 12.30–14.30 WIB, masih dibuka" in text
    assert "Lapor 0 dari 4" in text


async def test_between_windows_the_last_one_is_spoken_of(posko: Posko) -> None:
    """After a window has closed the summary still speaks of it, and says that it is closed."""
    posko.clock.set(f"{MONDAY} 07:00")
    budi, rahmat = await posko.officer(), await posko.coordinator()
    await posko.say(budi, "/lapor aman")
    posko.clock.set(f"{MONDAY} 09:00")
    text = await posko.say(rahmat, "/ringkasan")
    assert "sudah ditutup" in text
    assert "Lapor 1 dari 4" in text


async def test_open_incidents_stand_by_severity_and_age(posko: Posko) -> None:
    """Open incidents are counted by severity, the gravest first, with the age of the oldest; resolved ones are gone."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    for line in ("banjir ringan", "listrik kritis padam", "banjir berat", "longsor berat"):
        await posko.say(budi, f"/insiden {line}")
        posko.clock.advance(minutes=30)
    await posko.say(rahmat, "/insiden I-1")
    await posko.tap(rahmat, "Selesai")
    text = await posko.say(rahmat, "/ringkasan")
    lines = [line for line in text.splitlines() if line.startswith(("🔴", "🟠", "🟢 ringan"))]
    assert "Insiden terbuka: 3" in text
    assert lines == ["🔴 kritis: 1, terlama 90 menit", "🟠 berat: 2, terlama 60 menit"]


async def test_those_that_wait_and_those_overdue_are_counted(posko: Posko) -> None:
    """The line of open incidents tells how many wait for somebody and how many missed a deadline; without any, neither."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    await posko.say(budi, "/insiden banjir berat")
    await posko.say(budi, "/insiden longsor ringan")
    assert "Insiden terbuka: 2 (2 menunggu)\n" in await posko.say(rahmat, "/ringkasan")
    await posko.wait(hours=1)
    assert "Insiden terbuka: 2 (2 menunggu, 1 lewat batas)\n" in await posko.say(rahmat, "/ringkasan")
    for number in (1, 2):
        await posko.say(rahmat, f"/insiden I-{number}")
        await posko.tap(rahmat, "Terima")
    assert "Insiden terbuka: 2\n" in await posko.say(rahmat, "/ringkasan")


async def test_the_days_without_conflict_follow_the_incidents(posko: Posko) -> None:
    """The summary tells the zero-conflict streak of its own territory by what happened when, in the reader's language."""
    budi, rahmat = await posko.officer(), await posko.coordinator(language="en")
    assert "Nol konflik sejak bot dipasang hari ini\n" in await posko.say(posko.admin, "/ringkasan")
    await posko.say(budi, "/insiden keamanan berat jam=06:30 ribut di gerbang")
    assert "Konflik terakhir: hari ini 06.30 WIB\n" in await posko.say(posko.admin, "/ringkasan")
    assert "bot dipasang" in await posko.say(posko.admin, "/ringkasan Prabumulih")
    posko.clock.set("2027-02-04 08:00")
    await posko.say(budi, "/insiden banjir berat")
    assert "🕊 Last conflict: yesterday 06:30 WIB\n" in await posko.say(rahmat, "/summary")
    posko.clock.set("2027-02-15 08:00")
    text = await posko.say(rahmat, "/summary")
    assert "🕊 Zero conflict: 12 days\n" in text
    assert text.index("Open incidents: 2") < text.index("🕊") < text.index("🗓")
    await posko.say(budi, "/lapor gangguan ribut di blok B")
    assert "🕊 Last conflict: today 08:00 WIB\n" in await posko.say(rahmat, "/summary")


async def test_the_days_to_the_event_end_the_summary(posko: Posko) -> None:
    """The last line counts the days to the event and names it with its date."""
    rahmat = await posko.coordinator()
    text = await posko.say(rahmat, "/ringkasan")
    assert text.splitlines()[-1] == "🗓 H-11 · 11 hari menuju Pemungutan suara, Minggu, 14 Februari 2027"


async def test_posts_without_an_officer_are_counted(posko: Posko) -> None:
    """The summary tells how many posts have nobody who could report."""
    posko.clock.set(f"{MONDAY} 07:00")
    await posko.officer()
    rahmat = await posko.coordinator()
    assert "⚠️ 3 pos belum punya petugas" in await posko.say(rahmat, "/ringkasan")


async def test_another_region_is_named_by_name_or_code(posko: Posko) -> None:
    """An admin asks for any region by its name or code; a coordinator for what lies inside the own region."""
    rahmat = await posko.coordinator()
    asked = [
        (posko.admin, "Prabumulih", "Kota Prabumulih"),
        (posko.admin, "16.74", "Kota Prabumulih"),
        (rahmat, "16.73.06", "16.73.06"),
    ]
    for person, words, wanted in asked:
        text = await posko.say(person, f"/ringkasan {words}")
        assert "Lapor" in text
        assert wanted in text or wanted.startswith("16.73")


async def test_a_region_outside_ones_own_is_refused(posko: Posko) -> None:
    """A coordinator sees no other region, nor the whole province; an officer sees none at all."""
    rahmat, budi = await posko.coordinator(), await posko.officer()
    for words in ("Prabumulih", "16.74", "16"):
        assert "di luar penugasan" in await posko.say(rahmat, f"/ringkasan {words}")
    assert "bukan untuk peran Anda" in await posko.say(budi, "/ringkasan")


async def test_an_unknown_region_is_explained(posko: Posko) -> None:
    """A name that no region has is answered with what is near."""
    assert "Maksud Anda" in await posko.say(posko.admin, "/ringkasan Prabumuli")


async def test_a_group_gets_the_summary_of_its_region(posko: Posko) -> None:
    """/ringkasan in a group is the summary of the region that the group is linked to."""
    rahmat = await posko.coordinator("Rahmat", "16")
    group = await posko.group("Posko", "16.73", members=[rahmat])
    assert "Kota Lubuk Linggau" in await posko.say(rahmat, "/ringkasan", to=group)


async def test_a_group_of_another_region_does_not_widen_ones_own(posko: Posko) -> None:
    """A coordinator cannot read another region's summary by asking in that region's group."""
    rahmat = await posko.coordinator("Rahmat", "16.73")
    group = await posko.group("Posko", "16.74", members=[rahmat])
    assert "di luar penugasan" in await posko.say(rahmat, "/ringkasan", to=group)


async def test_a_summary_that_is_too_long_is_split_at_lines(posko: Posko) -> None:
    """A summary too long for one message comes in several, each cut between lines, none refused."""
    for number in range(9):
        name = f"{number} " + "Posko pengamanan & pelayanan yang sangat panjang namanya " * 10
        await posko.add_post(f"P-{number}", name, kind="posko", risk="special")
    rahmat = await posko.coordinator()
    await posko.say(rahmat, "/ringkasan")
    messages = [message.text for message in rahmat.messages if message.by_bot]
    assert len(messages) == 2
    assert all(text.startswith(("📊", "• ")) for text in messages)


async def test_a_kind_that_owes_nothing_today_is_not_silent(posko: Posko) -> None:
    """Days after the event polling stations have no window: only prisons are missed, and who reports counts all the same."""
    posko.clock.set("2027-02-17 07:00")
    text = await posko.say(posko.admin, "/ringkasan Lubuklinggau")
    assert "Lapor 0 dari 1" in text
    assert "TPS" not in text
    await posko.say(await posko.officer("Ani", "TPS-1673061002-901"), "/lapor aman")
    assert "Lapor 1 dari 2" in await posko.say(posko.admin, "/ringkasan Lubuklinggau")


async def test_a_report_shortly_before_its_window_is_not_missed(posko: Posko) -> None:
    """Who reports ten minutes early has reported when the window is summed up."""
    posko.clock.set(f"{MONDAY} 05:50")
    await posko.say(await posko.officer(), "/lapor aman")
    posko.clock.set(f"{MONDAY} 08:16")
    text = await posko.say(posko.admin, "/ringkasan Lubuklinggau")
    assert "Lapor 1 dari" in text
    assert "Lapas Kelas IIA Lubuklinggau\n" not in text
