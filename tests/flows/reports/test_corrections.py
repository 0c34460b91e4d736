"""Corrections: a new version with a reason, the older one kept, and everybody who saw it up to date."""

from __future__ import annotations

from storage.tables import IncidentRow, ReportRow, ReportVersionRow, StandingRow
from tests.kit import Posko


async def test_a_correction_by_the_button(posko: Posko) -> None:
    """Koreksi opens the report with its answers; a changed one and a reason make the new version."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor aman personel=18/20 tertib")
    await posko.tap(budi, "Koreksi")
    assert "Koreksi L-1" in posko.last(budi).text
    await posko.tap(budi, "✏️ Situasi")
    await posko.tap(budi, "🟡 Waspada")
    await posko.tap(budi, "Kirim")
    assert "Mengapa" in posko.last(budi).text
    await posko.tap(budi, "Salah ketik")
    report = await posko.one(ReportRow)
    assert (report.version, report.level, report.answers["personnel"]) == (2, "watch", [18, 20])
    old = await posko.one(ReportVersionRow)
    assert (old.version, old.level, old.reason) == (1, "ok", "reason-typo")
    assert (await posko.one(StandingRow)).level == "watch"
    assert "versi 2" in posko.last(budi).text


async def test_a_typed_reason(posko: Posko) -> None:
    """The reason may be typed."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor aman")
    await posko.tap(budi, "Koreksi")
    await posko.say(budi, "regu malam menghitung ulang")
    await posko.tap(budi, "Kirim")
    await posko.say(budi, "catatan menyusul")
    assert (await posko.one(ReportVersionRow)).reason == "catatan menyusul"
    assert (await posko.one(ReportRow)).answers["note"] == "regu malam menghitung ulang"


async def test_a_correction_keeps_number_window_and_times(posko: Posko) -> None:
    """A report corrected in the afternoon is still the morning's, sent in the morning."""
    budi = await posko.officer()
    message = await budi.say("/lapor aman")
    await posko.settle()
    before = await posko.one(ReportRow)
    posko.clock.advance(hours=6)
    await budi.edit(message, "/lapor waspada")
    await posko.settle()
    after = await posko.one(ReportRow)
    assert (after.number, after.window_key, after.sent_at, after.late) == (
        before.number,
        before.window_key,
        before.sent_at,
        before.late,
    )
    assert after.stored_at > before.stored_at


async def test_an_older_report_corrected_does_not_replace_a_newer_answer(posko: Posko) -> None:
    """Of two reports in a window the newer stays the post's answer when the older one is corrected."""
    budi = await posko.officer()
    first = await budi.say("/lapor waspada")
    await posko.settle()
    posko.clock.advance(minutes=5)
    await posko.say(budi, "/lapor aman")
    await budi.edit(first, "/lapor darurat")
    await posko.settle()
    assert (await posko.one(StandingRow)).level == "ok"


async def test_a_report_moves_to_the_right_post(posko: Posko) -> None:
    """A report filed for the wrong post is moved; that post is silent again, unless it had reported before."""
    for number in (11, 12):
        await posko.add_post(f"TPS-1673061002-0{number}", f"TPS 0{number}")
    budi = await posko.officer("Budi", "TPS-1673061002-011", "TPS-1673061002-012")
    await posko.say(budi, "/lapor #011 waspada")
    await posko.tap(budi, "Koreksi")
    await posko.tap(budi, "Ganti pos")
    await posko.tap(budi, "TPS 012")
    await posko.tap(budi, "Kirim")
    await posko.tap(budi, "Salah pos")
    report = await posko.one(ReportRow)
    right, wrong = await posko.post("TPS-1673061002-012"), await posko.post("TPS-1673061002-011")
    assert report.post_id == right.id
    assert [row.post_id for row in await posko.rows(StandingRow)] == [right.id]
    assert (await posko.one(ReportVersionRow)).post_id == wrong.id


async def test_cards_follow_a_correction(posko: Posko) -> None:
    """Every group that has the card sees the corrected answers, the version and why."""
    budi = await posko.officer()
    group = await posko.group("Posko Lubuklinggau", "16.73")
    message = await budi.say("/insiden banjir berat air naik")
    await posko.settle()
    await budi.edit(message, "/insiden banjir kritis air naik dua meter")
    await posko.settle()
    incident = await posko.one(IncidentRow)
    assert incident.severity == "critical"
    card = posko.last(group).text
    assert "dua meter" in card
    assert "versi 2" in card
    told = [one.text for one in group.messages if "I-1" in one.text]
    assert told == ["↪️ I-1 · kartunya kini di bawah", card], "what has become graver is heard anew"


async def test_a_case_that_turns_confidential_leaves_other_groups(posko: Posko) -> None:
    """A card whose case is confidential now is emptied where it may not be read any more."""
    budi = await posko.officer()
    security = await posko.group("Keamanan", "16.73", "disaster")
    legal = await posko.group("Bawaslu", "16.73", "neutrality")
    message = await budi.say("/insiden banjir berat kepala desa membagi kaos")
    await posko.settle()
    assert "kaos" in posko.last(security).text
    await budi.edit(message, "/insiden netralitas berat kepala desa membagi kaos")
    await posko.settle()
    assert "kaos" not in posko.last(security).text
    assert "kaos" in posko.last(legal).text
    assert "Budi" not in posko.last(legal).text


async def test_an_edit_that_turns_bad_opens_an_incident(posko: Posko) -> None:
    """A status corrected to a disturbance is relayed like one."""
    budi = await posko.officer()
    message = await budi.say("/lapor aman")
    await posko.settle()
    await budi.edit(message, "/lapor gangguan pagar dirusak")
    await posko.settle()
    assert (await posko.one(IncidentRow)).severity == "high"


async def test_a_stale_correction_is_refused(posko: Posko) -> None:
    """A correction begun before another one was made is not laid over it."""
    budi = await posko.officer()
    message = await budi.say("/lapor aman")
    await posko.settle()
    await posko.tap(budi, "Koreksi")
    await budi.edit(message, "/lapor waspada")
    await posko.settle()
    await posko.tap(budi, "Kirim")
    answer = await posko.tap(budi, "Salah ketik")
    assert "sudah dikoreksi" in answer.text
    assert (await posko.one(ReportRow)).version == 2


async def test_an_edit_with_a_slip_is_asked_about(posko: Posko) -> None:
    """An edited line that is not understood asks, and changes the report once it is answered."""
    budi = await posko.officer()
    message = await budi.say("/lapor aman")
    await posko.settle()
    await budi.edit(message, "/lapor wspada hujan")
    await posko.settle()
    assert (await posko.one(ReportRow)).version == 1
    await posko.tap(budi, "🟡 Waspada")
    await posko.tap(budi, "Kirim")
    await posko.tap(budi, "Ada data baru")
    assert (await posko.one(ReportRow)).answers == {"condition": "alert", "note": "hujan"}


async def test_another_officers_report_is_not_corrected(posko: Posko) -> None:
    """Only who filed it, or who holds its post now, corrects a report."""
    budi = await posko.officer()
    rudi = await posko.officer("Rudi", "RUTAN-1671")
    await posko.say(budi, "/lapor aman")
    report = await posko.one(ReportRow)
    await posko.say(rudi, "/tugas")
    answer = await posko.tap(rudi, message=posko.last(rudi), data=f"co:{report.id}")
    assert "bukan milik Anda" in answer.text


async def test_two_officers_of_a_post_correct_the_same_report(posko: Posko) -> None:
    """Two who hold a post may each begin a correction; the first one sent counts, the other is told."""
    budi, joko = await posko.officer("Budi"), await posko.officer("Joko")
    await posko.say(budi, "/lapor aman")
    report = await posko.one(ReportRow)
    await posko.say(joko, "/tugas")
    await posko.tap(budi, "Koreksi")
    await posko.tap(joko, message=posko.last(joko), data=f"co:{report.id}")
    for one in (budi, joko):
        await posko.tap(one, "✏️ Situasi")
        await posko.tap(one, "🟡 Waspada")
        await posko.tap(one, "Kirim")
    await posko.tap(budi, "Salah ketik")
    assert "sudah dikoreksi" in (await posko.tap(joko, "Salah ketik")).text
    assert (await posko.one(ReportRow)).version == 2


async def test_a_confided_report_is_corrected_by_who_confided_it_only(posko: Posko) -> None:
    """A colleague of the same post cannot open a report of intimidation."""
    budi, joko = await posko.officer("Budi"), await posko.officer("Joko")
    await posko.say(budi, "/insiden intimidasi berat kepala regu mengancam saya")
    report = await posko.one(ReportRow)
    await posko.say(joko, "/tugas")
    answer = await posko.tap(joko, message=posko.last(joko), data=f"co:{report.id}")
    assert "bukan milik Anda" in answer.text
    assert "mengancam" not in posko.last(joko).text


async def test_a_nihil_of_the_wrong_post_can_be_filed_again(posko: Posko) -> None:
    """A nihil moved to another post leaves its first post silent, which may file it again."""
    for number in (11, 12):
        await posko.add_post(f"TPS-1673061002-0{number}", f"TPS 0{number}")
    budi = await posko.officer("Budi", "TPS-1673061002-011", "TPS-1673061002-012")
    await posko.at("2027-02-10 07:10")
    await posko.say(budi, "/nihil #011")
    await posko.tap(budi, "Koreksi")
    await posko.tap(budi, "Ganti pos")
    await posko.tap(budi, "TPS 012")
    await posko.tap(budi, "Kirim")
    await posko.tap(budi, "Salah pos")
    assert "Diterima" in await posko.say(budi, "/nihil #011")
    assert len(await posko.rows(StandingRow)) == 2


async def test_two_officers_report_one_flood_at_once(posko: Posko) -> None:
    """The same flood reported by two officers of a post in one batch is one incident, with the newest figures."""
    group = await posko.group("BPBD", "16.73", "disaster")
    for name, depth in (("Budi", 80), ("Joko", 90)):
        officer = await posko.officer(name)
        await officer.say(f"/bencana banjir pertama berat tma={depth}")
    await posko.settle()
    assert len(await posko.rows(IncidentRow)) == 1
    assert "90" in posko.last(group).text


async def test_older_figures_corrected_do_not_replace_newer_ones(posko: Posko) -> None:
    """Correcting the first report of a flood leaves the card with the newest figures."""
    budi = await posko.officer()
    group = await posko.group("BPBD", "16.73", "disaster")
    first = await budi.say("/bencana banjir pertama berat tma=80")
    await posko.settle()
    posko.clock.advance(minutes=30)
    await posko.say(budi, "/bencana banjir perkembangan berat tma=200")
    await budi.edit(first, "/bencana banjir pertama berat tma=95")
    await posko.settle()
    assert "200" in posko.last(group).text


async def test_an_update_of_a_flood_leaves_what_it_does_not_name(posko: Posko) -> None:
    """An update that gives the water only replaces the water: households and people stand as they were said last."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    group = await posko.group("BPBD", "16.73", "disaster")
    await posko.say(budi, "/bencana banjir pertama berat kk=120 jiwa=450 tma=80")
    posko.clock.advance(minutes=40)
    await posko.say(budi, "/bencana banjir perkembangan berat tma=50")
    card = posko.last(group).text
    assert "450" in card
    assert "50" in card
    assert "80" not in card
    summary = await posko.say(rahmat, "/ringkasan")
    assert "450" in summary


async def test_a_report_has_so_many_versions(small: Posko) -> None:
    """An edit or a correction beyond so many versions is refused with the way out, and the report stays as it was."""
    budi = await small.officer()
    message = await budi.say("/insiden banjir berat air naik")
    await small.settle()
    for number in range(6):
        small.forget(budi)
        await budi.edit(message, f"/insiden banjir berat air naik {number}")
        await small.settle()
    assert "sudah 5 kali berubah" in small.heard(budi)
    assert "/insiden" in small.heard(budi)
    report = await small.one(ReportRow)
    assert (report.version, report.text) == (5, "banjir berat air naik 3")
    assert len(await small.rows(ReportVersionRow)) == 4
    receipt = next(one for one in reversed(budi.messages) if "Koreksi" in one.buttons)
    assert "sudah 5 kali berubah" in (await small.tap(budi, "Koreksi", message=receipt)).text


async def test_a_long_reason_is_kept_whole(posko: Posko) -> None:
    """Why a report was corrected is kept as it was typed, however long."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor aman")
    await posko.tap(budi, "Koreksi")
    await posko.say(budi, "ternyata ada dua orang luka")
    await posko.tap(budi, "Kirim")
    await posko.say(budi, "sebab " * 600)
    assert (await posko.one(ReportVersionRow)).reason == ("sebab " * 600).strip()
