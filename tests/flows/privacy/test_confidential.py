"""What is reported in confidence: known to who reported it and to who acts on it, and to no colleague at the post."""

from __future__ import annotations

from pathlib import Path

from actions.overview.exports import write_csv
from core.overview.exports import Bounds
from storage.tables import IncidentRow, MediaRow, ReportRow
from tests.flows.reports.test_attachments import png
from tests.kit import Posko

SAID = "/insiden intimidasi berat Beni mengancam saya"


async def test_a_handover_takes_nothing_confidential_along(posko: Posko) -> None:
    """Neither offer nor /tugas tells the next officer of it; who reported it goes on hearing of each step."""
    andi, beni, rahmat = await posko.officer("Andi"), await posko.officer("Beni"), await posko.coordinator()
    group = await posko.group("Bawaslu", "16.73", "neutrality", "disaster", members=[rahmat])
    await posko.say(andi, "/insiden banjir berat air naik")
    await posko.say(andi, SAID)
    card = group.messages[-1]
    assert "I-2" in await posko.say(andi, "/tugas")
    await posko.say(andi, "/serahterima")
    await posko.tap(andi, "Beni")
    shown = [posko.last(andi).text]
    posko.forget(beni)
    await posko.tap(andi, "Serahkan")
    await posko.tap(beni, "Terima")
    shown += [posko.heard(andi), *(message.text for message in beni.messages if message.by_bot)]
    assert ("I-1" in " ".join(shown), "I-2" in " ".join(shown)) == (True, False)
    tasks = await posko.say(beni, "/tugas")
    assert ("I-1" in tasks, "I-2" in tasks, "ntimidasi" in tasks) == (True, False, False)
    posko.forget(andi)
    await posko.tap(rahmat, "Terima", in_=group, message=card)
    assert ("I-2 diterima oleh Rahmat" in posko.heard(andi), "I-2" in posko.heard(beni)) == (True, False)
    assert [row.contact_id is None for row in await posko.rows(IncidentRow)] == [False, True]


async def test_a_colleague_is_answered_as_if_there_were_no_such_report(posko: Posko) -> None:
    """Buttons with its key and a reply with its number tell a colleague nothing and add nothing."""
    andi, beni = await posko.officer("Andi"), await posko.officer("Beni")
    await posko.say(andi, SAID)
    report = await posko.one(ReportRow)
    await posko.say(beni, "/tugas")
    here = posko.last(beni)
    for name in ("ef", "up"):
        known = await posko.tap(beni, message=here, data=f"{name}:{report.id}")
        unknown = await posko.tap(beni, message=here, data=f"{name}:{report.id + 1}")
        assert (known.text, posko.heard(beni)) == (unknown.text, "")
    await posko.say(beni, "I-1")
    await beni.send_photo(png(), reply_to=posko.last(beni))
    await posko.settle()
    assert (await posko.one(MediaRow)).report_id is None
    await posko.tap(andi, message=posko.last(andi), data=f"ef:{report.id}")
    assert "I-1" in posko.heard(andi)


async def test_neither_phone_nor_any_name_is_on_card_export_or_upward_text(posko: Posko, tmp_path: Path) -> None:
    """The card links the post, not the phone; a name that a correction took away stays hidden in every text."""
    andi, rahmat = await posko.officer("Andi"), await posko.coordinator()
    group = await posko.group("Bawaslu", "16.73", "neutrality", members=[rahmat])
    await andi.share_location(-3.29, 102.86)
    await posko.settle()
    await posko.say(andi, "/insiden intimidasi berat kepala regu mengancam Dodi atasnama=Dodi tadi")
    shown = str(group.messages[-1].json)
    assert ("ponsel" in shown, "102.86" in shown, (await posko.one(ReportRow)).lon) == (False, False, 102.86)
    await posko.tap(andi, "Koreksi")
    await posko.tap(andi, "✏️ Atas nama")
    await posko.say(andi, "Rudi")
    await posko.tap(andi, "Kirim")
    await posko.say(andi, "bukan Dodi tetapi Rudi")
    report = await posko.one(ReportRow)
    assert (report.version, report.answers["behalf"]) == (2, "Rudi")
    card = group.messages[-1].text
    assert ("versi 2" in card, "mengancam …" in card) == (True, True)
    await posko.say(rahmat, "/tugas")
    await posko.tap(rahmat, message=posko.last(rahmat), data=f"up:{report.id}")
    upward = posko.heard(rahmat)
    assert "mengancam …" in upward
    file, desk = tmp_path / "x.csv", posko.desk
    await posko.db.read(
        lambda tx: write_csv(
            tx, "incidents", file, Bounds(), forms=desk.forms, zone=desk.texts.zone, routing=desk.routing
        )
    )
    told = [card, upward, file.read_text()]
    assert [name for name in ("Dodi", "Rudi", "Andi") for text in told if name in text] == []


async def test_a_place_shared_in_confidence_is_kept_and_shown_on_no_card(posko: Posko) -> None:
    """Who answers a confidential report's receipt with a place reads that it is kept, and that no card shows it."""
    andi, rahmat = await posko.officer("Andi"), await posko.coordinator()
    group = await posko.group("Bawaslu", "16.73", members=[rahmat])
    await posko.say(andi, SAID)
    await andi.share_location(-3.29, 102.86, reply_to=posko.last(andi))
    await posko.settle()
    assert "disimpan pada I-1; karena rahasia, tidak ditampilkan pada kartu" in posko.last(andi).text
    assert "membagikan lokasi" in group.messages[-1].text
    assert "-3.29" not in str([call.params for call in posko.tg.calls if call.params.get("chat_id") == group.id])


async def test_no_beginning_of_a_name_stays_where_a_note_is_cut(posko: Posko) -> None:
    """A long note of who confided is passed on without its writer's name, also where the name stands at the cut."""
    andi, rahmat = await posko.officer("Quintarsih"), await posko.coordinator()
    group = await posko.group("Bawaslu", "16.73", "neutrality", members=[rahmat])
    await posko.say(andi, SAID)
    await posko.tap(rahmat, "Terima", in_=group, message=group.messages[-1])
    posko.forget(rahmat)
    receipt = next(one for one in andi.messages if one.by_bot and "I-1" in one.text)
    await posko.say(andi, "lihat " * 499 + "Quintarsih di sana", reply_to=receipt)
    assert "lihat lihat" in posko.heard(rahmat)
    assert "Quin" not in posko.heard(rahmat)
