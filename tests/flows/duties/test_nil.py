"""Nihil: a real answer in one tap or one word, for the window that is meant, and never twice."""

from __future__ import annotations

from storage.tables import ReportRow
from tests.kit import Posko

LINGGAU = ("LAPAS-1673", "TPS-1673061002-901", "TPS-1673061002-902")
MORNING = "2027-02-08 07:10"  # H-6: prisons and polling stations both have windows


async def keys(posko: Posko) -> list[str]:
    """The windows that the reports were filed for, in their order."""
    return [row.window_key for row in await posko.rows(ReportRow)]


async def test_nihil_files_once_for_the_only_post(posko: Posko) -> None:
    """/nihil files what stands for nothing to report, with a receipt; said again it names the report that is there."""
    budi = await posko.officer()
    first = await posko.say(budi, "/nihil")
    again = await posko.say(budi, "/nil")
    report = await posko.one(ReportRow)
    assert "L-1" in first
    assert all(word in again for word in ("sudah lapor untuk Regu pagi", "L-1", "07.10 WIB"))
    assert (report.answers, report.flags, report.text) == ({"condition": "safe"}, ["nil"], "nihil")
    assert (report.window_key, report.late) == ("status/2027-02-03/regu-pagi", False)
    assert report.source == f"nil:status/2027-02-03/regu-pagi:{report.post_id}"


async def test_a_report_of_another_officer_is_enough(posko: Posko) -> None:
    """Where a colleague has reported for the post, nihil files nothing more."""
    budi, tono = await posko.officer(), await posko.officer("Tono")
    await posko.say(tono, "/lapor waspada")
    assert "sudah lapor" in await posko.say(budi, "/nihil")
    assert len(await posko.rows(ReportRow)) == 1


async def test_with_several_posts_the_silent_are_offered(posko: Posko) -> None:
    """With several posts each silent one has a button, and one button is for all that are left."""
    await posko.at(MORNING)
    budi = await posko.officer("Budi", *LINGGAU)
    await posko.say(budi, "/lapor #LAPAS-1673 aman")
    assert "Belum lapor: 2 pos" in await posko.say(budi, "/nihil")
    offered = posko.last(budi)
    assert (len(offered.buttons), offered.buttons[-1]) == (3, "Kirim semua aman")
    await posko.tap(budi, offered.buttons[0])
    assert [len(await keys(posko)), "Masih ditunggu: 1 pos" in posko.last(budi).text] == [2, True]
    await posko.say(budi, "/nihil")
    await posko.tap(budi, posko.last(budi).buttons[0])
    assert len(await keys(posko)) == 3
    assert "Semua pos Anda sudah lapor" in await posko.say(budi, "/nihil")


async def test_one_tap_is_enough_for_all(posko: Posko) -> None:
    """The button for all files each silent post once, however often it is pressed, and lists the numbers."""
    await posko.at(MORNING)
    budi = await posko.officer("Budi", *LINGGAU)
    await posko.say(budi, "/nihil")
    taps = [await budi.tap("Kirim semua aman"), await budi.tap("Kirim semua aman")]
    await posko.settle()
    answers = [(await budi.answer_of(tap)).text for tap in taps]
    assert answers == ["Tercatat: nihil.", "Sudah lapor untuk jadwal ini."]
    assert sorted(row.number for row in await posko.rows(ReportRow)) == [1, 2, 3]
    assert {tuple(row.flags) for row in await posko.rows(ReportRow)} == {("nil", "all")}
    assert [f"L-{number}" in posko.last(budi).text for number in (1, 2, 3)] == [True] * 3


async def test_a_post_can_be_named(posko: Posko) -> None:
    """/nihil with a code files for that post; another's code is refused."""
    await posko.at(MORNING)
    budi = await posko.officer("Budi", *LINGGAU)
    await posko.say(budi, "/nihil #901")
    assert (await posko.one(ReportRow)).post_id == (await posko.post(LINGGAU[1])).id
    assert "bukan pos Anda" in await posko.say(budi, "/nihil #RUTAN-1674")


async def test_when_nothing_is_due_the_next_window_is_named(posko: Posko) -> None:
    """Where nothing is due nothing is filed: the next window is named, and the form is offered."""
    guard = await posko.officer("Tono", "TPS-1673061002-901")
    assert "Berikutnya: Pagi, 7 Feb 06.00 WIB" in await posko.say(guard, "/nihil")
    assert posko.last(guard).buttons == ["Isi laporan"]
    posko.clock.set("2027-08-01 09:00")
    assert "Tidak ada jadwal lapor" in await posko.say(guard, "/nihil")
    assert await posko.rows(ReportRow) == []


async def test_nihil_is_late_or_early_as_any_report(posko: Posko) -> None:
    """After a window nihil is late for it; within the hour before the next it is for that one."""
    budi = await posko.officer()
    for local in ("2027-02-03 08:10", "2027-02-03 11:40"):
        posko.clock.set(local)
        await posko.say(budi, "/nihil")
    found = [(row.window_key, row.late) for row in await posko.rows(ReportRow)]
    assert found == [("status/2027-02-03/regu-pagi", True), ("status/2027-02-03/regu-siang", False)]
