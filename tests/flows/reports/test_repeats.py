"""Nothing is counted twice: repeated deliveries, double taps, edited messages."""

from __future__ import annotations

from storage.tables import IncidentRow, ReportRow
from tests.kit import Posko


async def numbers(posko: Posko) -> list[int]:
    """The numbers of all reports."""
    return [row.number for row in await posko.rows(ReportRow)]


async def test_the_same_update_twice_files_once(posko: Posko) -> None:
    """An update that Telegram delivers again after it was confirmed changes nothing."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor aman")
    posko.forget(budi)
    posko.tg.redeliver((await posko.one(ReportRow)).update_id)
    await posko.settle()
    assert await numbers(posko) == [1]
    assert posko.heard(budi) == ""


async def test_the_same_tap_under_another_update_id_files_once(posko: Posko) -> None:
    """One press that a phone sends twice, each time as a new update, files one report."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor personel=3/4")
    tap = await budi.tap("🟢")
    await posko.settle()
    posko.tg.expect_refusal("answerCallbackQuery", "query is too old")
    tap.deliver_again()
    await posko.settle()
    assert await numbers(posko) == [1]


async def test_two_presses_in_one_batch_file_once(posko: Posko) -> None:
    """A double tap before the first answer files one report, and both presses are answered."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor personel=3/4")
    taps = [await budi.tap("🟢"), await budi.tap("🟢")]
    await posko.settle()
    answers = [await budi.answer_of(tap) for tap in taps]
    assert await numbers(posko) == [1]
    assert "sudah tidak ada" in answers[1].text


async def test_an_old_button_says_so(posko: Posko) -> None:
    """A button of a question that was answered long ago says that it is over and where to look."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor personel=3/4")
    old = posko.last(budi)
    data = old.rows[0][0]["callback_data"]
    await posko.tap(budi, "🟢")
    answer = await posko.tap(budi, message=old, data=data)
    assert answer.alert
    assert "/tugas" in answer.text


async def test_an_edit_of_a_filed_line_files_no_second_report(posko: Posko) -> None:
    """Editing the message of a report makes a new version of that report, and no other one."""
    budi = await posko.officer()
    message = await budi.say("/lapor aman")
    await posko.settle()
    posko.forget(budi)
    await budi.edit(message, "/lapor darurat")
    await posko.settle()
    assert [(row.number, row.version, row.level) for row in await posko.rows(ReportRow)] == [(1, 2, "worst")]
    assert "versi 2" in posko.heard(budi)


async def test_an_edit_that_changes_nothing_is_met_with_silence(posko: Posko) -> None:
    """Telegram reports an edit when only a preview changed: nobody is told anything."""
    budi = await posko.officer()
    message = await budi.say("/lapor aman")
    await posko.settle()
    posko.forget(budi)
    await budi.edit(message, "/lapor aman")
    await posko.settle()
    assert posko.heard(budi) == ""


async def test_an_edit_of_a_line_that_filed_nothing_files(posko: Posko) -> None:
    """Who corrects a slip by editing the message files by it."""
    budi = await posko.officer()
    message = await budi.say("/lapr aman hujan")
    await posko.settle()
    await budi.edit(message, "/lapor aman hujan")
    await posko.settle()
    assert (await posko.one(ReportRow)).answers == {"condition": "safe", "note": "hujan"}


async def test_an_edit_that_completes_a_draft_files_it_once(posko: Posko) -> None:
    """Editing the typo away files the line, and the buttons of the old question file nothing more."""
    budi = await posko.officer()
    message = await budi.say("/lapor amna")
    await posko.settle()
    question = posko.last(budi)
    data = question.rows[0][0]["callback_data"]
    await budi.edit(message, "/lapor aman")
    await posko.settle()
    await posko.tap(budi, message=question, data=data)
    assert await numbers(posko) == [1]


async def test_an_edit_whose_first_version_still_waits_files_once(posko: Posko) -> None:
    """A message and its edit that arrive together are one report, in the words of the edit."""
    budi = await posko.officer()
    message = await budi.say("/lapor aman")
    await budi.edit(message, "/lapor aman hujan")
    await posko.settle()
    assert [row.answers.get("note") for row in await posko.rows(ReportRow)] == ["hujan"]


async def test_an_edit_of_plain_words_is_not_answered_again(posko: Posko) -> None:
    """Editing small talk changes the question about it in its place, and nothing once that is answered."""
    budi = await posko.officer()
    message = await budi.say("halo")
    await posko.settle()
    await budi.edit(message, "halo semua")
    await posko.settle()
    assert [one.text.splitlines()[0] for one in budi.messages if one.by_bot] == ["halo semua"]
    await posko.tap(budi, "Bukan laporan")
    posko.forget(budi)
    await budi.edit(message, "halo lagi")
    await posko.settle()
    assert posko.heard(budi) == ""


async def test_a_whole_batch_delivered_again_changes_nothing(posko: Posko) -> None:
    """Twenty reports of twenty officers delivered twice are twenty reports."""
    officers = [await posko.officer(f"Petugas {number}") for number in range(20)]
    for one in officers:
        await one.say("/insiden banjir berat air naik")
    await posko.settle()
    for row in await posko.rows(ReportRow):
        posko.tg.redeliver(row.update_id)
    await posko.settle()
    assert await numbers(posko) == list(range(1, 21))
    assert len(await posko.rows(IncidentRow)) == 20
