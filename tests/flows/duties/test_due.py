"""Before a window closes the silent hear of it, and only they; one tap under the reminder is a report."""

from __future__ import annotations

from sandbox import Person
from storage.tables import ReportRow
from tests.kit import Posko

SOON, CLOSED = "2027-02-03 07:30", "2027-02-03 08:00"  # the prisons' morning window
TPS = ("TPS-1673061002-901", "TPS-1673061002-902")


async def reminders(posko: Posko, person: Person) -> int:
    """How many reminders of something due a person has in the chat."""
    return len([message for message in person.messages if message.by_bot and "ditunggu sampai" in message.text])


async def test_only_the_silent_are_reminded_and_one_tap_files(posko: Posko) -> None:
    """Half an hour before the end the silent officer gets one message, whose button files at once."""
    budi, tono = await posko.officer(), await posko.officer("Tono", "RUTAN-1674")
    john = await posko.officer("John", "RUTAN-1671", language="en")
    await posko.say(tono, "/lapor aman")
    for local in ("2027-02-03 07:29", SOON, "2027-02-03 07:45"):
        await posko.at(local)
    assert [await reminders(posko, person) for person in (budi, tono)] == [1, 0]
    assert "due by 08:00 WIB" in posko.last(john).text
    reminder = posko.last(budi)
    assert all(word in reminder.text for word in ("Regu pagi", "08.00 WIB", "#LAPAS-1673"))
    assert reminder.buttons == ["Kirim nihil / aman", "Isi laporan"]
    taps = [await budi.tap("Kirim nihil"), await budi.tap("Kirim nihil")]
    await posko.settle()
    assert (await budi.answer_of(taps[1])).text == "Sudah lapor untuk jadwal ini."
    found = await posko.rows(ReportRow, ReportRow.post_id == (await posko.post("LAPAS-1673")).id)
    assert [(row.window_key, row.late, row.flags) for row in found] == [("status/2027-02-03/regu-pagi", False, ["nil"])]
    assert "L-2" in posko.last(budi).text


async def test_an_old_button_files_for_no_other_window(posko: Posko) -> None:
    """After its window a reminder's button is late for it; once another is open it files nothing and offers that one."""
    budi, tono = await posko.officer(), await posko.officer("Tono", "RUTAN-1674")
    await posko.at(SOON)
    posko.clock.set("2027-02-03 08:20")
    await posko.tap(tono, "Kirim nihil")
    assert [(row.window_key, row.late) for row in await posko.rows(ReportRow)] == [
        ("status/2027-02-03/regu-pagi", True)
    ]
    posko.clock.set("2027-02-03 12:40")
    answer = await posko.tap(budi, "Kirim nihil")
    assert answer.alert
    assert "sudah ditutup" in answer.text
    assert len(await posko.rows(ReportRow)) == 1
    await posko.tap(budi, posko.last(budi).buttons[0])
    assert (await posko.rows(ReportRow))[-1].window_key == "status/2027-02-03/regu-siang"


async def test_one_message_for_all_posts_of_an_officer(posko: Posko) -> None:
    """An officer of several silent posts gets one message that names them, and one button for all."""
    budi = await posko.officer("Budi", "LAPAS-1673", *TPS)
    await posko.at("2027-02-08 07:10")
    await posko.say(budi, f"/lapor #{TPS[0]} aman")
    posko.forget(budi)
    await posko.at("2027-02-08 07:30")
    text = posko.heard(budi)
    assert [code in text for code in ("LAPAS-1673", *TPS)] == [True, False, True]
    assert posko.last(budi).buttons == ["Kirim semua aman", "Isi laporan"]
    old, data = posko.last(budi), posko.last(budi).rows[0][0]["callback_data"]
    await posko.tap(budi, "Kirim semua aman")
    assert len(await posko.rows(ReportRow)) == 3
    assert "untuk 2 pos" in posko.last(budi).text
    posko.clock.set("2027-02-08 16:30")
    answer = await posko.tap(budi, message=old, data=data)
    assert "sudah ditutup" in answer.text
    assert len(await posko.rows(ReportRow)) == 3


async def test_who_has_begun_a_report_is_led_back_to_it(posko: Posko) -> None:
    """An officer with a draft for the silent post hears that it waits, with the button that goes on with it."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor")
    await posko.at(SOON)
    reminder = posko.last(budi)
    assert "draf Anda menunggu" in reminder.text
    assert reminder.buttons == ["Kirim nihil / aman", "Lanjutkan"]


async def test_a_form_without_nihil_is_filled_in(posko: Posko) -> None:
    """Where a form asks for figures there is no nihil: the button opens the form."""
    await posko.at("2027-02-03 09:00")
    budi = await posko.officer()
    await posko.at("2027-02-03 09:30")
    assert "Hasil apel pagi" in posko.last(budi).text
    assert posko.last(budi).buttons == ["Isi laporan"]


async def test_nobody_else_can_use_a_button(posko: Posko) -> None:
    """A nil button works for the own posts alone, whatever its data says."""
    budi, tono = await posko.officer(), await posko.officer("Tono", "RUTAN-1674")
    post = await posko.post("RUTAN-1674")
    await posko.at(SOON)
    message = posko.last(budi)
    for data in (f"ni:{post.id}", "ni:all:x", "ni:", "ni:0:status", f"ni:{(await posko.post('LAPAS-1673')).id}:zz"):
        assert (await posko.tap(budi, message=message, data=data)).alert
    assert await posko.rows(ReportRow) == []
    assert await reminders(posko, tono) == 1


async def test_a_stale_draft_goes_with_a_word(posko: Posko) -> None:
    """When the next window opens, a draft of the one before is deleted; its message and its old buttons say: not sent."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor")
    draft = posko.last(budi)
    data = draft.rows[0][0]["callback_data"]
    posko.forget(budi)
    await posko.at("2027-02-03 12:30")
    assert "sudah kedaluwarsa dan dihapus" in posko.heard(budi)
    assert posko.last(budi).buttons == ["Isi laporan"]
    closed = next(message for message in budi.messages if "belum terkirim" in message.text)
    assert (closed.id, closed.buttons) == (draft.id, ["Isi laporan"])
    assert "BELUM terkirim" in (await posko.tap(budi, message=closed, data=data)).text
    assert "Draf" not in await posko.say(budi, "/tugas")


async def test_a_draft_does_not_expire_under_the_thumb(posko: Posko) -> None:
    """A draft touched within the last half hour is still there when its window has passed, and goes after that."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor")
    await posko.tap(budi, "🟡 Waspada")
    await posko.at("2027-02-03 12:20")
    assert "Lanjutkan?" in await posko.say(budi, "/lapor")
    await posko.at("2027-02-03 12:49")
    assert "Draf" in await posko.say(budi, "/tugas")
    await posko.at("2027-02-03 12:51")
    assert "Draf" not in await posko.say(budi, "/tugas")


async def test_who_has_called_for_help_is_not_asked_whether_all_is_well(posko: Posko) -> None:
    """With an alarm open an officer gets no reminder of a report that is due; a colleague elsewhere does."""
    budi, tono = await posko.officer(), await posko.officer("Tono", "RUTAN-1674")
    await posko.say(budi, "/darurat")
    await posko.tap(budi, "KIRIM DARURAT")
    await posko.at(SOON)
    assert [await reminders(posko, person) for person in (budi, tono)] == [0, 1]
