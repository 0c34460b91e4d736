"""A form filled by buttons: one question at a time, a review, and a way back and out."""

from __future__ import annotations

from datetime import timedelta

from sandbox import Person
from storage.tables import DraftRow, ReportRow
from tests.kit import Posko


def shown(posko: Posko, person: Person) -> list[str]:
    """The bot's messages that stand in a private chat."""
    return [message.text for message in person.messages if message.by_bot]


async def test_a_status_is_three_steps(posko: Posko) -> None:
    """A status is the command, `Aman` and `Kirim`, in one message that becomes the receipt."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor")
    await posko.tap(budi, "🟢 Aman")
    assert "Kirim" in posko.last(budi).buttons[0]
    assert await posko.rows(ReportRow) == []
    await posko.tap(budi, "Kirim")
    report = await posko.one(ReportRow)
    assert (report.answers, report.text) == ({"condition": "safe"}, "")
    assert len(shown(posko, budi)) == 1
    assert "Diterima" in shown(posko, budi)[0]
    assert await posko.rows(DraftRow) == []


async def test_an_incident_takes_four_taps_and_a_text(posko: Posko) -> None:
    """A typed text in the review is the note; the message moves below it and stays the only one."""
    budi = await posko.officer()
    await posko.say(budi, "/insiden")
    await posko.tap(budi, "🌊 Banjir")
    await posko.tap(budi, "🟠 Berat")
    await posko.say(budi, "air masuk gudang")
    assert len(shown(posko, budi)) == 1
    await posko.tap(budi, "Kirim")
    assert (await posko.one(ReportRow)).answers == {
        "category": "flood",
        "severity": "high",
        "note": "air masuk gudang",
    }


async def test_every_answer_can_be_changed_in_the_review(posko: Posko) -> None:
    """A tap on an answer asks it anew; optional ones can be filled, typed or quick, and left empty again."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor")
    await posko.tap(budi, "🟢 Aman")
    await posko.tap(budi, "➕ Personel")
    assert "Hadir/ditugaskan" in posko.last(budi).text
    await posko.say(budi, "18/20")
    await posko.tap(budi, "✏️ Situasi")
    assert "Sekarang: 🟢 Aman" in posko.last(budi).text
    await posko.tap(budi, "🟡 Waspada")
    await posko.tap(budi, "➕ Logistik")
    await posko.tap(budi, "➖ Kurang")
    await posko.tap(budi, "✏️ Logistik")
    await posko.tap(budi, "Kosongkan")
    await posko.tap(budi, "Kirim")
    assert (await posko.one(ReportRow)).answers == {"condition": "alert", "personnel": [18, 20]}


async def test_kembali_goes_back_question_by_question(posko: Posko) -> None:
    """Kembali asks the question before; what was answered later stays answered."""
    budi = await posko.officer()
    await posko.say(budi, "/insiden")
    assert "Kembali" not in posko.last(budi).buttons
    await posko.tap(budi, "🌊 Banjir")
    await posko.tap(budi, "Kembali")
    assert "Apa yang terjadi?" in posko.last(budi).text
    await posko.tap(budi, "⛰ Longsor")
    await posko.tap(budi, "🟢 Ringan")
    await posko.tap(budi, "Kembali")
    assert "Seberapa parah?" in posko.last(budi).text
    await posko.tap(budi, "Kembali")
    await posko.tap(budi, "🌊 Banjir")
    await posko.tap(budi, "Kirim")
    assert (await posko.one(ReportRow)).answers == {"category": "flood", "severity": "low"}


async def test_a_wrong_typed_answer_is_explained_in_the_same_place(posko: Posko) -> None:
    """An answer that cannot be read is named, and the question stays with its buttons."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor")
    await posko.tap(budi, "🟢 Aman")
    await posko.tap(budi, "➕ Personel")
    assert "«banyak»" in await posko.say(budi, "banyak")
    await posko.say(budi, "3/4")
    await posko.tap(budi, "Kirim")
    assert (await posko.one(ReportRow)).answers == {"condition": "safe", "personnel": [3, 4]}


async def test_the_last_number_is_one_tap_away(posko: Posko) -> None:
    """A number that the post gave last is offered as a quick answer."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor aman personel=18/20")
    await posko.say(budi, "/lapor")
    await posko.tap(budi, "🟢 Aman")
    await posko.tap(budi, "➕ Personel")
    await posko.tap(budi, "18/20")
    await posko.tap(budi, "Kirim")
    assert (await posko.rows(ReportRow))[1].answers["personnel"] == [18, 20]


async def test_what_was_begun_is_offered_again(posko: Posko) -> None:
    """The command alone offers an unsent report again; it can be gone on with, or begun anew, in one message."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor")
    await posko.tap(budi, "🟡 Waspada")
    posko.clock.advance(minutes=15)
    assert "07.10 WIB belum terkirim. Lanjutkan?" in await posko.say(budi, "/lapor")
    assert len(shown(posko, budi)) == 1
    await posko.tap(budi, "Lanjutkan")
    await posko.tap(budi, "Kirim")
    assert (await posko.one(ReportRow)).answers == {"condition": "alert"}
    await posko.say(budi, "/lapor")
    await posko.tap(budi, "🟡 Waspada")
    await posko.say(budi, "/lapor")
    await posko.tap(budi, "Mulai baru")
    await posko.tap(budi, "🟢 Aman")
    await posko.tap(budi, "Kirim")
    assert [row.level for row in await posko.rows(ReportRow)] == ["watch", "ok"]


async def test_a_report_filled_by_buttons_is_as_of_its_sending(posko: Posko) -> None:
    """What was begun early and sent late carries the time of its sending, and counts as late."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor")
    await posko.tap(budi, "🟢 Aman")
    posko.clock.advance(hours=1)
    await posko.tap(budi, "Kirim")
    report = await posko.one(ReportRow)
    assert (report.late, report.sent_at) == (True, posko.clock.now())


async def test_taps_after_sending_are_answered(posko: Posko) -> None:
    """Kirim pressed twice, and any button of a sent report, file nothing more and say where to look."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor")
    await posko.tap(budi, "🟢 Aman")
    review = posko.last(budi)
    data = [button["callback_data"] for row in review.rows for button in row]
    taps = [await budi.tap("Kirim"), await budi.tap("Kirim")]
    await posko.settle()
    assert "sudah tidak ada" in (await budi.answer_of(taps[1])).text
    for one in data:
        answer = await posko.tap(budi, message=review, data=one)
        assert "/tugas" in answer.text
    assert len(await posko.rows(ReportRow)) == 1


async def test_a_draft_lives_through_hours(posko: Posko) -> None:
    """A review begun hours ago is still there, and its message still works."""
    budi = await posko.officer()
    await posko.at("2027-02-03 08:31")
    await posko.say(budi, "/insiden")
    await posko.tap(budi, "🌊 Banjir")
    posko.clock.advance(hours=9)
    await posko.tap(budi, "🟢 Ringan")
    await posko.tap(budi, "Kirim")
    report = await posko.one(ReportRow)
    assert report.stored_at - report.sent_at < timedelta(minutes=1)


async def test_english_reads_the_same(posko: Posko) -> None:
    """The guided form in English asks, reviews and confirms in English."""
    john = await posko.officer("John", language="en")
    await posko.say(john, "/status")
    await posko.tap(john, "🟢 Safe")
    assert posko.last(john).buttons[0] == "Send"
    await posko.tap(john, "Send")
    assert "Received" in posko.last(john).text


async def test_a_phone_that_loses_its_network(posko: Posko) -> None:
    """Taps and words that wait on a phone without network arrive late and twice, and are one report."""
    budi = await posko.officer()
    posko.tg.expect_refusal("answerCallbackQuery", "query is too old")
    await posko.say(budi, "/lapor")
    await budi.goes_offline()
    await budi.tap("🟡 Waspada")
    await posko.settle()
    assert await posko.rows(ReportRow) == []
    await budi.comes_back(taps_twice=True)
    await posko.settle()
    await budi.goes_offline()
    await budi.tap("Kirim")
    await budi.say("/lapor aman personel=3/4")
    await posko.restart()
    await budi.comes_back(taps_twice=True)
    await posko.settle()
    assert [row.level for row in await posko.rows(ReportRow)] == ["watch", "ok"]


async def test_every_step_survives_a_restart(posko: Posko) -> None:
    """A form filled with a typo, a number and a change, with the program started anew before each step, is one report."""
    for person, lines in (
        (
            await posko.officer(),
            ("/insiden", "🌊 Banjir", "say brat", "say air masuk gudang", "✏️ Tingkat", "🔴 Kritis", "Kirim"),
        ),
        (await posko.officer("John", language="en"), ("/incident", "🌊 Flood", "say hgih", "say water rises", "Send")),
    ):
        for line in lines:
            await posko.restart()
            if line.startswith(("/", "say ")):
                await posko.say(person, line.removeprefix("say "))
                if line in ("say brat", "say hgih"):  # the nearest choice is offered
                    await posko.tap(person, "🟠")
            else:
                await posko.tap(person, line)
        assert await posko.rows(DraftRow) == []
    reports = await posko.rows(ReportRow)
    assert [row.answers["severity"] for row in reports] == ["critical", "high"]
    assert [row.answers["note"] for row in reports] == ["air masuk gudang", "water rises"]
