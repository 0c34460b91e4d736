"""The corners of filing: drafts whose ground has moved, edits of what was an answer, everything at once."""

from __future__ import annotations

from sandbox import Person
from storage.tables import DraftRow, ReportRow
from tests.kit import Posko

TPS = ("TPS-1673061002-001", "TPS-1673061002-002", "TPS-1673061002-003")


async def guard(posko: Posko, count: int = 3) -> Person:
    """A guard of some polling stations."""
    for number, code in enumerate(TPS[:count], start=1):
        await posko.add_post(code, f"TPS 00{number}", voters=250)
    return await posko.officer("Budi", *TPS[:count])


async def test_words_typed_into_an_overtaken_correction_are_kept(posko: Posko) -> None:
    """A correction that another one overtook ends, with a button to begin anew; what is typed then is news."""
    budi = await posko.officer()
    message = await budi.say("/lapor aman hujan")
    await posko.settle()
    await posko.tap(budi, "Koreksi")
    await posko.tap(budi, "✏️ Situasi")
    await posko.tap(budi, "🟡 Waspada")
    await posko.tap(budi, "Kirim")
    await budi.edit(message, "/lapor aman hujan reda")
    await posko.settle()
    assert "Ini apa?" in await posko.say(budi, "banjir di gudang")
    assert [row.form_id for row in await posko.rows(DraftRow)] == [""]


async def test_a_correction_that_changes_nothing_makes_no_version(posko: Posko) -> None:
    """Koreksi and Kirim without a change leave the report as it was, and say so."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor aman")
    await posko.tap(budi, "Koreksi")
    await posko.tap(budi, "Kirim")
    assert "Tidak ada yang berubah" in posko.last(budi).text
    assert (await posko.one(ReportRow)).version == 1


async def test_all_posts_chosen_in_the_review(posko: Posko) -> None:
    """Who changes the post to all posts in the review files for all of them; each can be looked at and corrected."""
    budi = await guard(posko)
    await posko.say(budi, "/lapor")
    await posko.tap(budi, "TPS 001")
    await posko.tap(budi, "🟢 Aman")
    await posko.tap(budi, "Ganti pos")
    await posko.tap(budi, "Isi semua pos")
    await posko.tap(budi, "Kirim")
    assert len(await posko.rows(ReportRow)) == 3
    await posko.tap(budi, "L-2 TPS 002")
    assert posko.last(budi).buttons[0] == "Koreksi"
    assert "L-2" in posko.last(budi).text


async def test_the_word_for_all_may_stand_behind_the_choice(posko: Posko) -> None:
    """`aman semua` is `semua aman`, and with one post it means that post."""
    budi = await guard(posko)
    assert "3 laporan" in await posko.say(budi, "/lapor aman semua")
    joko = await posko.officer("Joko")
    await posko.say(joko, "/lapor semua aman")
    assert (await posko.rows(ReportRow))[3].answers == {"condition": "safe"}


async def test_trouble_at_all_posts_keeps_its_answers(posko: Posko) -> None:
    """What cannot be reported for all at once is asked for one post, with everything that was typed."""
    budi = await guard(posko)
    await posko.say(budi, "/lapor semua gangguan pagar dirusak")
    await posko.tap(budi, "TPS 002")
    assert (await posko.one(ReportRow)).answers == {"condition": "disturbance", "note": "pagar dirusak"}


async def test_all_reported_is_said_at_once(posko: Posko) -> None:
    """`semua` without a silent post asks nothing."""
    budi = await guard(posko)
    await posko.say(budi, "/lapor semua aman")
    assert "sudah lapor" in await posko.say(budi, "/lapor semua")
    assert await posko.rows(DraftRow) == []


async def test_an_edit_of_words_that_became_a_report_corrects_it(posko: Posko) -> None:
    """Kept words that are a report now are corrected by editing their message."""
    budi = await posko.officer()
    message = await budi.say("banjir di gudang")
    await posko.settle()
    await posko.tap(budi, "Laporan insiden")
    await posko.tap(budi, "🟠 Berat")
    await budi.edit(message, "banjir berat di gudang logistik")
    await posko.settle()
    report = await posko.one(ReportRow)
    assert (report.version, report.answers["note"]) == (2, "di gudang logistik")


async def test_an_edited_answer_is_answered(posko: Posko) -> None:
    """An edit of a typed answer changes nothing, and says how it is changed."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor")
    await posko.tap(budi, "🟢 Aman")
    await posko.tap(budi, "➕ Personel")
    message = await budi.say("18/200")
    await posko.settle()
    posko.forget(budi)
    await budi.edit(message, "18/20")
    await posko.settle()
    assert "Ketuk ✏️" in posko.heard(budi)


async def test_an_edit_of_a_line_for_all_is_answered(posko: Posko) -> None:
    """A line that filed for all posts is corrected report by report."""
    budi = await guard(posko)
    message = await budi.say("/lapor semua aman")
    await posko.settle()
    posko.forget(budi)
    await budi.edit(message, "/lapor semua waspada")
    await posko.settle()
    assert "Koreksi" in posko.heard(budi)


async def test_a_draft_whose_post_was_taken_away_can_move(posko: Posko) -> None:
    """A review of a post that one no longer holds keeps its answers and asks for another post."""
    budi = await guard(posko, 2)
    await posko.say(budi, "/lapor #001")
    await posko.tap(budi, "🟡 Waspada")
    await posko.end_assignments(budi, post=TPS[0])
    assert "bukan penugasan Anda lagi" in (await posko.tap(budi, "Kirim")).text
    await posko.tap(budi, "TPS 002")
    await posko.tap(budi, "Kirim")
    assert (await posko.one(ReportRow)).post_id == (await posko.post(TPS[1])).id


async def test_back_from_a_doubt_drops_the_number(posko: Posko) -> None:
    """Kembali on a doubtful number leads to the review without it."""
    budi = await guard(posko, 1)
    await posko.say(budi, "/lapor")
    await posko.tap(budi, "🟢 Aman")
    await posko.tap(budi, "➕ Pemilih")
    await posko.say(budi, "1320")
    await posko.tap(budi, "Kembali")
    await posko.tap(budi, "Kirim")
    assert (await posko.one(ReportRow)).answers == {"condition": "safe"}
