"""Filing by one typed line: what is stored, and what the officer is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.tables import IncidentRow, OutboxRow, PersonRow, PostRow, ReportRow, StandingRow
from tests.kit import Posko, wib

LINE = "/lapor aman personel=18/20 logistik=lengkap antrean panjang tetapi tertib"


async def test_a_line_stores_every_answer(posko: Posko) -> None:
    """A typed line is stored with its answers by id, the note verbatim and the level."""
    budi = await posko.officer()
    await posko.say(budi, LINE)
    report = await posko.one(ReportRow)
    assert report.answers == {
        "condition": "safe",
        "personnel": [18, 20],
        "logistics": "complete",
        "note": "antrean panjang tetapi tertib",
    }
    assert (report.form_id, report.level, report.version) == ("status", "ok", 1)
    assert report.text == LINE.removeprefix("/lapor ")


async def test_a_report_belongs_to_person_post_and_region(posko: Posko) -> None:
    """A report names its person, post and region, and the update that it came by."""
    budi = await posko.officer()
    await posko.say(budi, LINE)
    report = await posko.one(ReportRow)
    person = await posko.one(PersonRow, PersonRow.telegram_id == budi.id)
    post = await posko.one(PostRow, PostRow.code == "LAPAS-1673")
    assert (report.person_id, report.post_id, report.region_code) == (person.id, post.id, "16.73.06.1002")
    assert (report.bot_id, report.update_id > 0) == (posko.tg.bot["id"], True)


async def test_a_report_has_three_times(posko: Posko) -> None:
    """When it happened, when the phone sent it and when it was stored are kept apart."""
    budi = await posko.officer()
    await budi.say("/insiden banjir berat jam=06:40 air masuk gudang")
    sent = posko.clock.now()
    posko.clock.advance(minutes=12)
    await posko.settle()
    report = await posko.one(ReportRow)
    assert (report.occurred_at, report.sent_at, report.stored_at) == (
        wib("2027-02-03 06:40"),
        sent,
        sent + timedelta(minutes=12),
    )


@pytest.mark.parametrize(
    ("local", "key", "late"),
    [
        ("2027-02-03 07:10", "status/2027-02-03/regu-pagi", False),
        ("2027-02-03 08:20", "status/2027-02-03/regu-pagi", True),
        ("2027-02-03 12:30", "status/2027-02-03/regu-siang", False),
    ],
)
async def test_a_report_counts_for_its_window(posko: Posko, local: str, key: str, late: bool) -> None:
    """A report belongs to the window that is open, or late to the one that has just closed."""
    budi = await posko.officer()
    posko.clock.set(local)
    text = await posko.say(budi, "/lapor aman")
    report = await posko.one(ReportRow)
    assert (report.window_key, report.late) == (key, late)
    assert ("terlambat" in text) == late


async def test_the_time_sent_decides_the_window(posko: Posko) -> None:
    """A report sent in time that reaches us an hour after the window has closed is not late."""
    budi = await posko.officer()
    await budi.say("/lapor aman")
    posko.clock.advance(hours=2)
    await posko.settle()
    report = await posko.one(ReportRow)
    assert (report.window_key, report.late) == ("status/2027-02-03/regu-pagi", False)


async def test_the_receipt_carries_number_hour_and_what_was_understood(posko: Posko) -> None:
    """The receipt shows number, hour, post and each answer, so that a misreading is seen at once."""
    budi = await posko.officer()
    text = await posko.say(budi, LINE)
    wanted = ("Diterima. L-1 · 07.10 WIB", "Lapas Kelas IIA Lubuklinggau", "Situasi: 🟢 Aman", "18/20", "Lengkap")
    assert [word for word in wanted if word not in text] == []


async def test_the_newest_report_of_a_window_is_its_standing(posko: Posko) -> None:
    """Two reports of a post in a window are both kept, and the newer one is what the summary reads."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor waspada")
    posko.clock.advance(minutes=5)
    await posko.say(budi, "/lapor aman")
    standing = await posko.one(StandingRow)
    assert (len(await posko.rows(ReportRow)), standing.level) == (2, "ok")


async def test_numbers_run_on(posko: Posko) -> None:
    """Reports are numbered without gaps in the order in which they came."""
    budi = await posko.officer()
    for _ in range(3):
        await posko.say(budi, "/lapor aman")
    assert [row.number for row in await posko.rows(ReportRow)] == [1, 2, 3]


@pytest.mark.parametrize(
    "line", ["/status safe personnel=18/20 logistics=complete all quiet", "/STATUS Safe, all quiet"]
)
async def test_english_words_are_understood_from_everybody(posko: Posko, line: str) -> None:
    """English words file the same report, whatever the person's language."""
    budi = await posko.officer()
    await posko.say(budi, line)
    report = await posko.one(ReportRow)
    assert (report.answers["condition"], report.answers["note"]) == ("safe", "all quiet")


async def test_an_english_reader_gets_an_english_receipt(posko: Posko) -> None:
    """The receipt is in the reader's language, with its way of writing the hour."""
    john = await posko.officer("John", language="en")
    text = await posko.say(john, "/lapor aman")
    assert "Received. L-1 · 07:10 WIB" in text


async def test_the_command_works_without_its_slash(posko: Posko) -> None:
    """Who forgets the slash files all the same."""
    budi = await posko.officer()
    await posko.say(budi, "lapor aman personel=18/20")
    assert (await posko.one(ReportRow)).answers["condition"] == "safe"


async def test_words_that_are_no_report_are_answered_with_an_example(posko: Posko) -> None:
    """A message that is no report files nothing and is met with a line to copy."""
    budi = await posko.officer()
    text = await posko.say(budi, "halo semua")
    assert "/lapor aman" in text
    assert await posko.rows(ReportRow) == []


async def test_an_unknown_command_names_what_it_looks_like(posko: Posko) -> None:
    """A slip in a command is answered with the command that was meant."""
    budi = await posko.officer()
    text = await posko.say(budi, "/lapr aman")
    assert "/lapr tidak ada" in text
    assert "/lapor" in text


async def test_a_long_note_is_stored_whole_and_shown_short(posko: Posko) -> None:
    """A note of 2000 characters is kept whole; the receipt shows its beginning."""
    budi = await posko.officer()
    note = "a" * 2000
    text = await posko.say(budi, f"/lapor aman {note}")
    assert (await posko.one(ReportRow)).answers["note"] == note
    assert len(text) < 400


async def test_the_longest_message_is_filed_whole(posko: Posko) -> None:
    """A message of 4096 characters, the longest Telegram takes, is a report like any other."""
    budi = await posko.officer()
    text = await posko.say(budi, "/lapor aman ".ljust(4096, "a"))
    assert "Diterima" in text
    assert len((await posko.one(ReportRow)).answers["note"]) == 4096 - len("/lapor aman ")


async def test_mark_up_in_names_and_notes_is_shown_as_typed(posko: Posko) -> None:
    """HTML in a name, a post or a note reaches people as they typed it."""
    await posko.add_post("TPS-1673061002-001", "TPS <b>1</b> & 2")
    budi = await posko.officer("Budi <i>&", "TPS-1673061002-001")
    group = await posko.group("Posko <Linggau>", "16.73")
    text = await posko.say(budi, "/insiden banjir berat air <b>masuk</b> & naik </blockquote>")
    card = posko.heard(posko.admin, group)
    assert "<b>masuk</b> & naik </blockquote>" in text
    assert "TPS <b>1</b> & 2" in card
    assert "Budi <i>&" in card


async def test_a_caption_files_like_a_text(posko: Posko) -> None:
    """A photo's caption is read as a line; the receipt says that the photo is not kept."""
    budi = await posko.officer()
    posko.forget(budi)
    await budi.send_photo(PNG, "/lapor aman antre")
    await posko.settle()
    assert (await posko.one(ReportRow)).answers["note"] == "antre"
    assert "📎" in posko.heard(budi)


async def test_a_form_in_a_group_is_sent_to_the_private_chat(posko: Posko) -> None:
    """A report typed into a group is not filed there; the person is told where to send it."""
    budi = await posko.officer()
    group = await posko.group("Posko Linggau", "16.73", members=[budi])
    text = await posko.say(budi, "/insiden banjir berat", to=group)
    assert "chat pribadi" in text
    assert await posko.rows(ReportRow) == []


async def test_somebody_without_a_post_is_told(posko: Posko) -> None:
    """A coordinator without a post of the own cannot file an incident and learns why."""
    rahmat = await posko.coordinator()
    assert "belum ditugaskan di pos" in await posko.say(rahmat, "/insiden banjir berat")


async def test_a_status_of_level_bad_opens_an_incident(posko: Posko) -> None:
    """A status of level bad is an incident of severity high without a category."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor gangguan ribut di blok B")
    incident = await posko.one(IncidentRow)
    assert (incident.severity, incident.category, incident.state) == ("high", None, "new")


async def test_an_ordinary_status_opens_nothing(posko: Posko) -> None:
    """A status that is safe or only watched opens no incident and goes to no group."""
    budi = await posko.officer()
    await posko.group("Posko Linggau", "16.73")
    await posko.say(budi, "/lapor waspada hujan deras")
    assert await posko.rows(IncidentRow) == []
    assert not await posko.rows(OutboxRow, OutboxRow.slot_id.is_not(None))


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c636000000000020001e221bc330000000049454e44ae426082"
)
