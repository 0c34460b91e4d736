"""What one person may begin is bounded: beyond a limit nothing is cut, it is kept in another way and said."""

from __future__ import annotations

from core.reports.draft import Stage
from sandbox import Person
from storage.tables import DraftRow, ReportRow
from tests.kit import Posko


async def test_words_that_do_not_fit_are_asked_about_by_themselves(small: Posko) -> None:
    """What is sent in a row is joined as long as it fits one draft; the rest begins another, whole, and that is said."""
    budi = await small.officer()
    for letter in "abc":
        said = await small.say(budi, letter * 200)
    assert "500 huruf" in said
    first, second = await small.rows(DraftRow)
    assert (first.text, second.text) == (f"{'a' * 200}\n{'b' * 200}", "c" * 200)
    assert "500 huruf" not in await small.say(budi, "d" * 100)
    assert (await small.rows(DraftRow))[1].text == f"{'c' * 200}\n{'d' * 100}"


async def test_a_long_message_alone_is_kept_whole(small: Posko) -> None:
    """A message that is longer than what may be joined is one draft, and becomes a report with all its words."""
    budi = await small.officer()
    await small.say(budi, "banjir " + "x" * 4000)
    await small.tap(budi, "Laporan insiden")
    await small.tap(budi, "🟠 Berat")
    assert (await small.one(ReportRow)).text == "banjir " + "x" * 4000


async def begin(posko: Posko, person: Person, count: int) -> None:
    """Let somebody begin so many reports and finish none."""
    for number in range(count):
        posko.clock.advance(seconds=1)
        await posko.say(person, f"/insiden banjir nomor {number}")


async def test_the_oldest_draft_makes_room_and_comes_back(small: Posko) -> None:
    """Beyond so many drafts the oldest is put aside, not sent and not lost: its button opens it again, and it is filed."""
    budi = await small.officer()
    await begin(small, budi, 5)
    assert "disisihkan" not in small.heard(budi)
    await begin(small, budi, 1)
    aside = [message for message in budi.messages if message.buttons == ["Lanjutkan"]]
    assert [("nomor 0" in one.text, "belum terkirim" in one.text) for one in aside] == [(True, True)]
    assert sum("lebih dari 5 kiriman" in message.text for message in budi.messages) == 1
    assert [row.text for row in await small.rows(DraftRow, DraftRow.stage == Stage.ASIDE)] == ["banjir nomor 0"]
    small.clock.advance(seconds=1)
    await small.tap(budi, "Lanjutkan", message=aside[0])
    assert [row.text for row in await small.rows(DraftRow, DraftRow.stage == Stage.ASIDE)] == ["banjir nomor 1"]
    await small.tap(budi, "🟠 Berat")
    assert (await small.one(ReportRow)).text == "banjir nomor 0"


async def test_an_edit_takes_up_what_was_put_aside(small: Posko) -> None:
    """Who edits the message behind a draft that was put aside finds it again with the new words."""
    budi = await small.officer()
    first = await budi.say("/insiden banjir nomor nol")
    await small.settle()
    await begin(small, budi, 5)
    small.clock.advance(seconds=1)
    await budi.edit(first, "/insiden banjir nomor satu")
    await small.settle()
    kept = await small.one(DraftRow, DraftRow.text == "banjir nomor satu")
    assert kept.stage == Stage.ASK
    assert len(await small.rows(DraftRow, DraftRow.stage != Stage.ASIDE)) == 5


async def test_so_many_drafts_are_kept_and_no_more(small: Posko) -> None:
    """However much somebody begins, so many drafts are kept; what is closed says that nothing was sent, the limit once an hour."""
    budi = await small.officer()
    await begin(small, budi, 12)
    stages = [row.stage for row in await small.rows(DraftRow)]
    assert (len(stages), stages.count(Stage.ASIDE)) == (8, 3)
    closed = [message for message in budi.messages if message.by_bot and "Ditutup" in message.text]
    assert len(closed) == 4
    assert sum("lebih dari 5 kiriman" in message.text for message in budi.messages) == 1
    await small.wait(hours=1)
    await begin(small, budi, 1)
    assert sum("lebih dari 5 kiriman" in message.text for message in budi.messages) == 2


async def test_an_urgent_report_is_filed_whatever_lies_about(small: Posko) -> None:
    """A whole line is filed at once however many drafts there are."""
    budi = await small.officer()
    await begin(small, budi, 9)
    await small.say(budi, "/insiden banjir berat air naik")
    assert (await small.one(ReportRow)).text == "banjir berat air naik"


async def test_anothers_draft_is_not_taken_up(small: Posko) -> None:
    """The button of a draft that was put aside opens it for nobody else."""
    budi, joko = await small.officer(), await small.officer("Joko")
    await begin(small, budi, 6)
    button = next(message for message in budi.messages if message.buttons == ["Lanjutkan"])
    await small.say(joko, "halo")
    answer = await small.tap(joko, data=button.rows[0][0]["callback_data"], message=small.last(joko))
    assert "sudah tidak ada" in answer.text
    aside = await small.one(DraftRow, DraftRow.stage == Stage.ASIDE)
    assert aside.text == "banjir nomor 0"
