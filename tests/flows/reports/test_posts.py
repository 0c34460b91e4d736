"""Several posts, shared places, all posts at once, and reports for somebody else."""

from __future__ import annotations

from sandbox import Person
from storage.tables import DraftRow, ReportRow, StandingRow
from tests.kit import Posko

HERE = (-3.2960, 102.8610)


async def guard_of(posko: Posko, count: int) -> Person:
    """A guard of several polling stations, a kilometre of latitude apart."""
    codes = [f"TPS-1673061002-{number:03}" for number in range(1, count + 1)]
    for number, code in enumerate(codes):
        await posko.add_post(code, f"TPS {number + 1:03}", voters=250, lat=HERE[0] + number * 0.009, lon=HERE[1])
    return await posko.officer("Budi", *codes)


async def test_the_post_used_last_comes_first(posko: Posko) -> None:
    """Who has several posts finds the last one first, and those that have reported marked."""
    budi = await guard_of(posko, 3)
    await posko.say(budi, "/lapor #002 aman")
    await posko.say(budi, "/lapor")
    assert posko.last(budi).buttons == ["✔ TPS 002", "TPS 001", "TPS 003", "Isi semua pos (2)", "Batal"]
    await posko.tap(budi, "TPS 003")
    await posko.tap(budi, "🟢 Aman")
    await posko.tap(budi, "Kirim")
    assert len(await posko.rows(ReportRow)) == 2


async def test_a_shared_place_brings_the_nearest_post_first(posko: Posko) -> None:
    """A location sent while the post is asked orders the posts by distance."""
    budi = await guard_of(posko, 3)
    await posko.say(budi, "/lapor aman")
    await budi.share_location(HERE[0] + 0.0181, HERE[1], accuracy=20)
    await posko.settle()
    assert posko.last(budi).buttons[0].startswith("TPS 003")
    assert posko.last(budi).buttons[0].endswith(" m")
    await posko.tap(budi, "TPS 003")
    report = await posko.one(ReportRow)
    assert report.accuracy_m == 20
    assert report.distance_m is not None
    assert report.distance_m < 50


async def test_a_place_far_away_is_accepted_and_marked(posko: Posko) -> None:
    """A report from a phone far from its post is filed like any other, and says so."""
    budi = await guard_of(posko, 1)
    await budi.share_location(HERE[0] + 0.1, HERE[1], accuracy=30)
    await posko.settle()
    assert "Lokasi disimpan" in posko.last(budi).text
    text = await posko.say(budi, "/lapor aman")
    report = await posko.one(ReportRow)
    assert report.flags == ["far"]
    assert "11,1 km dari pos" in text


async def test_an_old_place_is_not_taken(posko: Posko) -> None:
    """Where a phone was an hour ago says nothing of a report."""
    budi = await guard_of(posko, 1)
    await budi.share_location(HERE[0], HERE[1])
    await posko.settle()
    posko.clock.advance(hours=1)
    await posko.say(budi, "/lapor aman")
    assert (await posko.one(ReportRow)).lat is None


async def test_a_place_offers_to_report_from_there(posko: Posko) -> None:
    """A location out of the blue offers the nearest posts; a tap opens the form for that post."""
    budi = await guard_of(posko, 2)
    await budi.share_location(HERE[0] + 0.009, HERE[1])
    await posko.settle()
    await posko.tap(budi, "TPS 002")
    await posko.tap(budi, "🟢 Aman")
    await posko.tap(budi, "Kirim")
    assert (await posko.one(ReportRow)).post_id == (await posko.post("TPS-1673061002-002")).id


async def test_all_posts_at_once(posko: Posko) -> None:
    """`semua aman` files for every post that has not reported; the exceptions keep their own report."""
    budi = await guard_of(posko, 8)
    await posko.say(budi, "/lapor #003 waspada hujan")
    text = await posko.say(budi, "/lapor semua aman")
    assert "7 laporan" in text
    levels = [row.level for row in await posko.rows(StandingRow)]
    assert sorted(levels, key=str) == ["ok"] * 7 + ["watch"]
    await posko.say(budi, "/lapor #005 gangguan pagar dirusak")
    assert sorted(str(row.level) for row in await posko.rows(StandingRow)) == ["bad", *["ok"] * 6, "watch"]


async def test_all_posts_by_a_button(posko: Posko) -> None:
    """The button under the posts files the same for all, after a look."""
    budi = await guard_of(posko, 3)
    await posko.say(budi, "/lapor")
    await posko.tap(budi, "Isi semua pos")
    await posko.tap(budi, "🟢 Aman")
    await posko.tap(budi, "Kirim")
    assert [row.flags for row in await posko.rows(ReportRow)] == [["all"]] * 3
    assert "sudah lapor" in await posko.say(budi, "/lapor semua aman")
    assert len(await posko.rows(ReportRow)) == 3


async def test_trouble_is_not_reported_for_all_at_once(posko: Posko) -> None:
    """A disturbance at all posts at once is refused with the reason, and opens no incident."""
    budi = await guard_of(posko, 3)
    assert "satu per satu" in await posko.say(budi, "/lapor semua gangguan")
    assert await posko.rows(ReportRow) == []


async def test_the_same_line_for_all_delivered_again_files_nothing_more(posko: Posko) -> None:
    """A redelivered `semua` line changes nothing."""
    budi = await guard_of(posko, 2)
    await posko.say(budi, "/lapor semua aman")
    posko.tg.redeliver((await posko.rows(ReportRow))[0].update_id)
    await posko.settle()
    assert len(await posko.rows(ReportRow)) == 2


async def test_a_coordinator_files_for_a_colleague(posko: Posko) -> None:
    """A coordinator names the post of the territory and the colleague who called by radio; both names are kept."""
    await guard_of(posko, 1)
    rahmat = await posko.coordinator()
    text = await posko.say(rahmat, '/lapor #1673061002-001 aman an="Budi Santoso"')
    assert "Budi Santoso" in text
    report = await posko.one(ReportRow)
    assert report.answers["behalf"] == "Budi Santoso"
    await posko.say(rahmat, "/lapor #1673061002-001 waspada")
    assert "radio" in posko.last(rahmat).text
    await posko.say(rahmat, "Joko")
    assert (await posko.rows(ReportRow))[1].answers["behalf"] == "Joko"


async def test_a_coordinator_files_only_inside_the_territory(posko: Posko) -> None:
    """A post elsewhere is unknown to a coordinator, and without a code the way to write one is told."""
    rahmat = await posko.coordinator()
    assert "tidak ada di wilayah Anda" in await posko.say(rahmat, "/lapor #RUTAN-1671 aman an=Budi")
    assert "#KODE" in await posko.say(rahmat, "/lapor aman")
    assert (await posko.rows(ReportRow), await posko.rows(DraftRow)) == ([], [])


async def test_a_note_full_of_marks_names_no_post(posko: Posko) -> None:
    """A post named in the note is taken, but not out of a heap of marks: then the officer is asked."""
    budi = await guard_of(posko, 2)
    await posko.say(budi, "/lapor aman antrean panjang #002")
    assert (await posko.one(ReportRow)).post_id == (await posko.post("TPS-1673061002-002")).id
    marks = " ".join(f"#x{number:03}" for number in range(600))
    assert "pos yang mana" in await posko.say(budi, f"/lapor aman antrean {marks} #002")
