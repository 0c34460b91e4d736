"""Several reports begun at once: none is lost, and what was typed once more does not stay behind."""

from __future__ import annotations

from sandbox import Person
from storage.tables import DraftRow, IncidentRow, ReportRow
from tests.kit import Posko


async def two_posts(posko: Posko) -> Person:
    """An officer of two polling stations."""
    await posko.add_post("TPS-1673061002-011", "TPS 011")
    await posko.add_post("TPS-1673061002-012", "TPS 012")
    return await posko.officer("Budi", "TPS-1673061002-011", "TPS-1673061002-012")


async def test_each_begun_report_keeps_its_own_buttons(posko: Posko) -> None:
    """A report begun first is still filed by its own button after a second one was begun."""
    budi = await two_posts(posko)
    await posko.say(budi, "/insiden banjir berat rumah hanyut")
    first = posko.last(budi)
    await posko.say(budi, "/lapor aman")
    await posko.tap(budi, "TPS 011", message=first)
    assert (await posko.one(IncidentRow)).category == "flood"
    assert [row.form_id for row in await posko.rows(DraftRow)] == ["status"]


async def test_a_line_typed_once_more_takes_its_draft_away(posko: Posko) -> None:
    """The corrected line ends the draft of the slip, so that its old button files no second incident."""
    budi = await posko.officer()
    await posko.say(budi, "/insiden banjr berat air naik")
    slip = posko.last(budi)
    await posko.say(budi, "/insiden banjir berat air naik")
    answer = await posko.tap(budi, "🌊 Banjir", message=slip)
    assert "sudah tidak ada" in answer.text
    assert [row.number for row in await posko.rows(IncidentRow)] == [1]
    assert await posko.rows(DraftRow) == []


async def test_another_incident_leaves_a_begun_one_alone(posko: Posko) -> None:
    """A complete report about something else does not end an unfinished one."""
    budi = await posko.officer()
    await posko.say(budi, "/insiden banjr berat air naik")
    await posko.say(budi, "/insiden longsor sedang jalan tertutup")
    assert len(await posko.rows(DraftRow)) == 1


async def test_the_post_can_be_typed(posko: Posko) -> None:
    """The question for the post is answered by a tail of its code, with or without the sign."""
    budi = await two_posts(posko)
    await posko.say(budi, "/lapor aman")
    assert "Diterima" in await posko.say(budi, "012")
    await posko.say(budi, "/lapor waspada")
    assert "Diterima" in await posko.say(budi, "#011")
    assert len(await posko.rows(ReportRow)) == 2


async def test_thanks_are_no_answer(posko: Posko) -> None:
    """Words that fit no choice leave the question as it is, and are asked about on their own."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor amna")
    assert "Ini apa?" in await posko.say(budi, "terima kasih")
    draft = await posko.one(DraftRow, DraftRow.form_id == "status")
    assert draft.asking == ["condition"]
    assert posko.last(budi).buttons[-2:] == ["Lanjutkan dari 07.10 WIB", "Bukan laporan"]


async def test_a_report_without_slash_is_no_answer(posko: Posko) -> None:
    """A line that begins with a form's command is a report, even while a question is open."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor aman personel=9/8")
    assert "Diterima" in await posko.say(budi, "lapor waspada hujan deras")


async def test_an_edited_line_without_slash_is_read_again(posko: Posko) -> None:
    """A report typed without its slash and corrected by an edit is filed, like one with the slash."""
    budi = await posko.officer()
    message = await budi.say("lapor amna satu")
    await posko.settle()
    await budi.edit(message, "lapor aman satu")
    await posko.settle()
    assert (await posko.one(ReportRow)).answers == {"condition": "safe", "note": "satu"}
