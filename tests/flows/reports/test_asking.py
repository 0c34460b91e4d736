"""What is missing or misread is asked for: by buttons, by typing, with a way out."""

from __future__ import annotations

from storage.tables import DraftRow, ReportRow
from tests.kit import Posko

TPS = ("TPS-1673061002-001", "TPS-1673061002-002")


async def with_two_posts(posko: Posko) -> None:
    """Two polling stations in the same village."""
    for number, code in enumerate(TPS, start=1):
        await posko.add_post(code, f"TPS {number} Batu Urip", voters=250)


async def test_a_command_alone_shows_an_example_and_the_choices(posko: Posko) -> None:
    """A command without a line answers with a line to copy and the choices as buttons."""
    budi = await posko.officer()
    text = await posko.say(budi, "/lapor")
    assert "/lapor aman" in text
    assert posko.last(budi).buttons == ["🟢 Aman", "🟡 Waspada", "🟠 Gangguan", "🔴 Darurat", "Batal"]


async def test_a_choice_button_files_when_nothing_else_is_missing(posko: Posko) -> None:
    """Tapping the choice that a typed line lacked files the report, and the question becomes the receipt."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor personel=3/4")
    await posko.tap(budi, "🟡")
    assert (await posko.one(ReportRow)).answers == {"condition": "alert", "personnel": [3, 4]}
    assert "Diterima" in posko.last(budi).text
    assert posko.last(budi).buttons == ["Koreksi", "Lihat teks ke atasan"]


async def test_a_typo_is_offered_its_nearest_choice(posko: Posko) -> None:
    """A typo in the required choice keeps the other answers and offers the nearest choice as a button."""
    budi = await posko.officer()
    text = await posko.say(budi, "/lapor amna personel=3/4 hujan")
    assert "«amna»" in text
    await posko.tap(budi, "🟢 Aman")
    assert (await posko.one(ReportRow)).answers == {"condition": "safe", "personnel": [3, 4], "note": "hujan"}


async def test_an_english_typo_is_caught(posko: Posko) -> None:
    """A slip in an English word is met in the same way."""
    john = await posko.officer("John", language="en")
    await posko.say(john, "/status saef personnel=3/4 rain")
    await posko.tap(john, "🟢 Safe")
    assert (await posko.one(ReportRow)).answers == {"condition": "safe", "personnel": [3, 4], "note": "rain"}


async def test_other_choices_are_one_tap_away(posko: Posko) -> None:
    """Where only the nearest choices are offered, a button shows all of them."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor amna")
    await posko.tap(budi, "Lihat pilihan lain")
    await posko.tap(budi, "🔴 Darurat")
    assert (await posko.one(ReportRow)).answers["condition"] == "emergency"


async def test_a_bad_ratio_is_asked_again_and_answered_by_typing(posko: Posko) -> None:
    """A ratio that cannot be keeps everything else, and the next typed text is its answer."""
    budi = await posko.officer()
    text = await posko.say(budi, "/lapor aman personel=21/20 tertib")
    assert "21 lebih banyak dari 20" in text
    await posko.say(budi, "18/20")
    assert (await posko.one(ReportRow)).answers == {"condition": "safe", "personnel": [18, 20], "note": "tertib"}


async def test_a_wrong_typed_answer_is_asked_again(posko: Posko) -> None:
    """A typed answer that does not fit is explained, and the question stays open."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor aman personel=banyak")
    text = await posko.say(budi, "banyak sekali")
    assert "Personel" in text
    assert await posko.rows(ReportRow) == []


async def test_an_optional_answer_can_be_left_out(posko: Posko) -> None:
    """Kirim tanpa bagian ini files the report without the answer that was not understood."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor aman personel=banyak")
    await posko.tap(budi, "Kirim tanpa bagian ini")
    assert (await posko.one(ReportRow)).answers == {"condition": "safe"}


async def test_a_required_answer_cannot_be_left_out(posko: Posko) -> None:
    """Where a required answer is missing there is no button that sends without it."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor amna")
    assert "Kirim tanpa bagian ini" not in posko.last(budi).buttons


async def test_batal_drops_the_draft(posko: Posko) -> None:
    """Batal deletes what was typed; nothing is filed and no draft is left."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor amna")
    await posko.tap(budi, "Batal")
    assert (await posko.rows(ReportRow), await posko.rows(DraftRow)) == ([], [])


async def test_the_cancel_command_drops_the_draft(posko: Posko) -> None:
    """/batal deletes the draft, and says so when there is none."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor amna")
    assert "Draf dihapus" in await posko.say(budi, "/batal")
    assert "Tidak ada draf" in await posko.say(budi, "/batal")


async def test_several_posts_are_chosen_by_button(posko: Posko) -> None:
    """Who has several posts and names none is asked, and the tap files the line for that post."""
    await with_two_posts(posko)
    budi = await posko.officer("Budi", *TPS)
    await posko.say(budi, "/lapor aman pemilih=20")
    await posko.tap(budi, "TPS 2")
    report = await posko.one(ReportRow)
    assert (await posko.post(TPS[1])).id == report.post_id
    assert report.answers == {"condition": "safe", "voters": 20}


async def test_a_post_is_named_by_the_tail_of_its_code(posko: Posko) -> None:
    """#002 in the line means the person's own post whose code ends so."""
    await with_two_posts(posko)
    budi = await posko.officer("Budi", *TPS)
    await posko.say(budi, "/lapor #002 aman")
    assert (await posko.one(ReportRow)).post_id == (await posko.post(TPS[1])).id


async def test_an_ambiguous_tail_is_asked(posko: Posko) -> None:
    """A tail that fits two of the person's posts is answered with both as buttons."""
    await with_two_posts(posko)
    budi = await posko.officer("Budi", "LAPAS-1673", *TPS)
    await posko.say(budi, "/lapor #00 aman")
    assert posko.last(budi).buttons[:3] == ["Lapas Kelas IIA Lubukli…", "TPS 1 Batu Urip", "TPS 2 Batu Urip"]


async def test_somebody_elses_post_cannot_be_named(posko: Posko) -> None:
    """A post that is not one's own is refused, and the own posts are offered."""
    budi = await posko.officer()
    text = await posko.say(budi, "/lapor #RUTAN-1674 aman")
    assert "bukan pos Anda" in text
    assert await posko.rows(ReportRow) == []


async def test_two_posts_in_one_line_are_asked(posko: Posko) -> None:
    """A line that names two posts files for neither until one is chosen."""
    await with_two_posts(posko)
    budi = await posko.officer("Budi", *TPS)
    assert "Satu laporan untuk satu pos" in await posko.say(budi, "/lapor #001 #002 aman")
    await posko.tap(budi, "TPS 1")
    assert (await posko.one(ReportRow)).post_id == (await posko.post(TPS[0])).id


async def test_more_voters_than_the_list_holds_is_doubted(posko: Posko) -> None:
    """A number above the post's own voters is asked about once: the likely one is a tap away, a typed one is taken."""
    await with_two_posts(posko)
    budi = await posko.officer("Budi", TPS[0])
    text = await posko.say(budi, "/lapor aman pemilih=1320")
    assert "1.320" in text
    assert "lebih banyak dari jumlah pemilih" in text
    assert await posko.rows(ReportRow) == []
    await posko.tap(budi, "132")
    assert (await posko.one(ReportRow)).answers["voters"] == 132


async def test_an_officer_may_insist_on_a_number(posko: Posko) -> None:
    """A doubtful number that the officer says is right is filed as it is, and marked."""
    await with_two_posts(posko)
    budi = await posko.officer("Budi", TPS[0])
    await posko.say(budi, "/lapor aman pemilih=251")
    await posko.tap(budi, "Benar, 251")
    report = await posko.one(ReportRow)
    assert (report.answers["voters"], report.flags) == (251, ["insisted:voters"])
    assert "memastikannya benar" in posko.last(budi).text


async def test_a_draft_survives_hours(posko: Posko) -> None:
    """A question asked hours ago is still answered by its button, with the time when it was begun."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor amna")
    begun = posko.clock.now()
    posko.clock.advance(hours=5)
    await posko.tap(budi, "🟢 Aman")
    assert (await posko.one(ReportRow)).sent_at == begun
