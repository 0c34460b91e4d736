"""Files that one person may pile up are bounded: beyond a limit they are noted, stay at Telegram or are asked about."""

from __future__ import annotations

from sandbox import Message, Person
from storage.tables import DraftRow, IncidentEventRow, MediaRow, MediaState, ReportRow
from tests.kit import Posko

PDF = b"%PDF-1.7 "


async def send(posko: Posko, person: Person, number: int, caption: str = "", *, to: Message | None = None) -> str:
    """Let somebody send a document, and give what the bot says."""
    posko.forget(person)
    data = PDF + number.to_bytes(2, "big")
    await person.send_document(data, f"surat {number}.pdf", caption, mime="application/pdf", reply_to=to)
    await posko.settle()
    return posko.heard(person)


async def test_a_caption_that_does_not_fit_keeps_its_file(small: Posko) -> None:
    """A file whose words do not fit to those of a moment ago is asked about with its own words."""
    budi = await small.officer()
    await small.say(budi, "a" * 400)
    assert "500 huruf" in await send(small, budi, 1, "b" * 200)
    first, second = await small.rows(DraftRow)
    assert (first.text, second.text) == ("a" * 400, "b" * 200)
    assert (await small.one(MediaRow)).draft_source == second.source


async def test_undecided_files_stay_at_telegram_beyond_a_days_measure(small: Posko) -> None:
    """Of files that belong to nothing so many a day are fetched; the others are noted, and fetched once they have a report."""
    budi = await small.officer()
    for number in range(5):
        await send(small, budi, number)
    await small.machine.fetcher.drain()
    states = [row.state for row in await small.rows(MediaRow)]
    assert states == [MediaState.STORED] * 3 + [MediaState.HELD] * 2
    told = [message for message in budi.messages if message.by_bot and "Hari ini sudah 3 berkas" in message.text]
    assert len(told) == 1
    await small.tap(budi, "Laporan situasi")
    await small.tap(budi, "🟢 Aman")
    await small.tap(budi, "Kirim")
    await small.machine.fetcher.drain()
    rows, report = await small.rows(MediaRow), await small.one(ReportRow)
    assert {(row.state, row.report_id) for row in rows} == {(MediaState.STORED, report.id)}


async def test_a_dropped_file_does_not_make_room_for_another(small: Posko) -> None:
    """Who says of each file that it is no report has no more fetched on that day, and on the next day anew."""
    budi = await small.officer()
    for number in range(5):
        await send(small, budi, number)
        await small.tap(budi, "Bukan laporan")
    await small.machine.fetcher.drain()
    assert [row.state for row in await small.rows(MediaRow)].count(MediaState.HELD) == 2
    await small.wait(days=1)
    await send(small, budi, 6)
    assert (await small.rows(MediaRow))[-1].state == MediaState.WAITING


async def test_a_full_draft_of_files_is_followed_by_another(small: Posko) -> None:
    """Files beyond those of one draft are asked about by themselves."""
    budi = await small.officer()
    for number in range(12):
        said = await send(small, budi, number)
        assert ("sudah memuat 10 berkas" in said) == (number == 10)
    counts = [
        len(await small.rows(MediaRow, MediaRow.draft_source == row.source)) for row in await small.rows(DraftRow)
    ]
    assert counts == [10, 2]


async def test_a_full_report_takes_no_further_file(small: Posko) -> None:
    """A file for a report that has enough is kept and asked about; it cannot be added by the button either."""
    budi = await small.officer()
    await small.say(budi, "/insiden banjir berat air naik")
    receipt = small.last(budi)
    for number in range(10):
        await send(small, budi, number, to=receipt)
    assert "I-1 sudah memuat 10 berkas" in await send(small, budi, 10, to=receipt)
    answer = await small.tap(budi, "Tambahkan ke I-1")
    assert "I-1 hanya memuat 10 berkas" in answer.text
    kept = await small.rows(MediaRow, MediaRow.report_id.is_(None))
    assert [row.name for row in kept] == ["surat 10.pdf"]


async def test_a_group_hears_once_that_a_report_is_full(small: Posko) -> None:
    """Files in a group for a report that has enough are refused with one answer an hour; their words are noted all the same."""
    budi, rahmat = await small.officer(), await small.coordinator()
    group = await small.group("Linggau", "16.73", members=[rahmat])
    await small.say(budi, "/insiden banjir berat air naik")
    card = small.last(group)
    for number in range(13):
        data = PDF + number.to_bytes(2, "big")
        await rahmat.send_document(
            data, f"{number}.pdf", f"nomor {number}", mime="application/pdf", to=group, reply_to=card
        )
        await small.settle()
    assert len(await small.rows(MediaRow)) == 10
    assert sum("sudah memuat 10 berkas" in message.text for message in group.messages if message.by_bot) == 1
    notes = [row.note for row in await small.rows(IncidentEventRow) if row.action == "noted"]
    assert notes == [f"nomor {number}" for number in range(13)]
