"""An officer marks any report as confidential: by a word, by a button, later by a correction, and for good."""

from __future__ import annotations

from pathlib import Path

from actions.overview.exports import write_csv
from core.overview.exports import Bounds
from storage.tables import IncidentRow, ReportRow
from tests.kit import Posko

KEPT = "Nama Anda tidak ditampilkan"
SAID = "/insiden keamanan berat rahasia massa mengepung gudang"


async def test_a_marked_incident_is_shown_without_its_reporter(posko: Posko) -> None:
    """The receipt says that the name is kept back; the groups that hear of such a case see it without the name."""
    andi, beni, rahmat = await posko.officer("Andi Kusuma"), await posko.officer("Beni"), await posko.coordinator()
    groups = [await posko.group(name, "16.73", name, members=[rahmat]) for name in ("security", "disaster")]
    assert KEPT in await posko.say(andi, SAID)
    card = groups[0].messages[-1].text
    assert ("massa mengepung gudang" in card, "Andi" in card, "dirahasiakan" in card) == (True, False, True)
    assert "I-1" not in "".join(message.text for message in groups[1].messages)
    assert (await posko.one(IncidentRow)).confidential
    assert "I-1" not in await posko.say(beni, "/tugas")
    assert KEPT not in await posko.say(andi, "/insiden keamanan berat lapangan ramai")
    assert "Andi Kusuma" in groups[0].messages[-1].text


async def test_a_name_in_the_words_is_kept_back_too(posko: Posko) -> None:
    """A reporter who signs in words is not shown there either, nor the number to call."""
    andi, rahmat = await posko.officer("Andi Kusuma"), await posko.coordinator()
    group = await posko.group("Bawaslu", "16.73", "neutrality", members=[rahmat])
    await posko.say(andi, "/netralitas foto bersama asn saya, Kusuma, melihat sendiri di aula")
    card = group.messages[-1].text
    assert ("melihat sendiri di aula" in card, "Kusuma" in card, "kusuma" in card.lower()) == (True, False, False)


async def test_the_button_in_the_review_marks_and_unmarks(posko: Posko) -> None:
    """In the review a tap keeps the name back and a second one does not; where the category does so anyway there is none."""
    andi, rahmat = await posko.officer("Andi"), await posko.coordinator()
    group = await posko.group("Polres", "16.73", "security", members=[rahmat])
    await posko.say(andi, "/insiden")
    for label in ("🚨 Keamanan", "🟠 Berat"):
        await posko.tap(andi, label)
    for label, shown, kept in (
        ("🔒 Rahasiakan nama saya", "🔒 Rahasiakan nama saya ✓", True),
        ("🔒 Rahasiakan nama saya ✓", "🔒 Rahasiakan nama saya", False),
        ("🔒 Rahasiakan nama saya", "🔒 Rahasiakan nama saya ✓", True),
    ):
        assert (await posko.tap(andi, label)).text
        message = posko.last(andi)
        assert (shown in message.buttons, KEPT in message.text) == (True, kept)
    await posko.tap(andi, "Kirim")
    assert KEPT in posko.last(andi).text
    assert "Andi" not in group.messages[-1].text
    await posko.say(andi, "/netralitas")
    for label in ("📸 Foto bersama", "🏛 ASN"):
        await posko.tap(andi, label)
    here = posko.last(andi)
    assert (KEPT in here.text, [name for name in here.buttons if "🔒" in name]) == (True, [])
    assert (await posko.tap(andi, message=here, data=f"dh:{here.json['message_id']}")).text


async def test_a_later_mark_takes_the_name_from_every_card_for_good(posko: Posko) -> None:
    """A correction may mark a report; the cards lose the name, and no later version brings it back."""
    andi, rahmat = await posko.officer("Andi"), await posko.coordinator()
    group = await posko.group("Polres", "16.73", "security", members=[rahmat])
    await posko.say(andi, "/insiden keamanan berat massa mengepung gudang")
    assert "Andi" in group.messages[-1].text
    await posko.tap(andi, "Koreksi")
    await posko.tap(andi, "🔒 Rahasiakan")
    await posko.tap(andi, "Kirim")
    await posko.tap(andi, "Sudah dicek ulang")
    assert KEPT in posko.last(andi).text
    card = group.messages[-1].text
    assert ("versi 2" in card, "Andi" in card) == (True, False)
    await posko.tap(andi, "Koreksi")
    assert (KEPT in posko.last(andi).text, [name for name in posko.last(andi).buttons if "🔒" in name]) == (True, [])
    await posko.tap(andi, "✏️ Tingkat")
    await posko.tap(andi, "🟡 Sedang")
    await posko.tap(andi, "Kirim")
    await posko.tap(andi, "Salah ketik")
    card = group.messages[-1].text
    assert ("versi 3" in card, "Andi" in card, (await posko.one(IncidentRow)).confidential) == (True, False, True)
    assert (await posko.one(ReportRow)).answers["confidential"] is True


async def test_an_edit_that_takes_the_word_away_does_not_name_anybody(posko: Posko) -> None:
    """What was promised by the first line holds when its message is edited to say otherwise."""
    andi, rahmat = await posko.officer("Andi"), await posko.coordinator()
    group = await posko.group("Polres", "16.73", "security", members=[rahmat])
    said = await andi.say(SAID)
    await posko.settle()
    await andi.edit(said, "/insiden keamanan kritis massa mengepung gudang rahasia=tidak")
    await posko.settle()
    card = group.messages[-1].text
    assert ("kritis" in card, "Andi" in card) == (True, False)
    assert (await posko.one(ReportRow)).answers["confidential"] is True


async def test_a_marked_status_names_nobody_outside(posko: Posko, tmp_path: Path) -> None:
    """A marked report that opens no incident has no name in export and upward text, also after a correction."""
    andi, rahmat = await posko.officer("Andi"), await posko.coordinator()
    assert KEPT in await posko.say(andi, "/lapor aman rahasia personel=18/20 an=Dodi apel pagi")
    report = await posko.one(ReportRow)
    await posko.tap(andi, "Koreksi")
    await posko.tap(andi, "✏️ Personel")
    await posko.say(andi, "17/20")
    await posko.tap(andi, "Kirim")
    await posko.tap(andi, "Salah ketik")
    await posko.say(rahmat, "/tugas")
    await posko.tap(rahmat, message=posko.last(rahmat), data=f"up:{report.id}")
    upward, file, desk = posko.heard(rahmat), tmp_path / "x.csv", posko.desk
    assert "apel pagi" in upward
    await posko.db.read(
        lambda tx: write_csv(
            tx, "reports", file, Bounds(), forms=desk.forms, zone=desk.texts.zone, routing=desk.routing
        )
    )
    text = file.read_text()
    assert text.count("LAPAS-1673") == 2
    assert [name for name in ("Andi", "Dodi") for told in (upward, text) if name in told] == []


async def test_a_witness_who_asks_for_it_later_is_not_named_where_the_report_was_merged(posko: Posko) -> None:
    """When a merged report is marked by a correction, the card of the incident that goes on names its reporter no more."""
    andi, dewi, rahmat = await posko.officer("Andi"), await posko.officer("Dewi"), await posko.coordinator()
    group = await posko.group("Polres", "16.73", "security", members=[rahmat])
    await posko.say(andi, "/insiden keamanan berat massa mengepung gudang")
    await posko.say(dewi, "/insiden keamanan berat massa datang lagi")
    await posko.tap(rahmat, "Gabungkan ke I-1", in_=group)
    assert any("Dewi" in one.text and "I-1 ·" in one.text for one in group.messages)
    await posko.tap(dewi, "Koreksi")
    for label in ("🔒 Rahasiakan", "Kirim", "Sudah dicek ulang"):
        await posko.tap(dewi, label)
    assert KEPT in posko.last(dewi).text
    assert [one.text for one in group.messages if "Dewi" in one.text and "digabungkan" not in one.text] == []


async def test_a_witness_is_not_named_by_their_words_once_the_other_report_is_confidential(posko: Posko) -> None:
    """When the report that goes on is marked, what a merged witness wrote stands on the card without their name."""
    andi, dewi, rahmat = await posko.officer("Andi"), await posko.officer("Dewi Lestari"), await posko.coordinator()
    group = await posko.group("Polres", "16.73", "security", members=[rahmat])
    await posko.say(andi, "/insiden keamanan berat massa mengepung gudang")
    await posko.say(dewi, "/insiden keamanan berat massa datang lagi")
    receipt = posko.last(dewi)
    await posko.tap(rahmat, "Gabungkan ke I-1", in_=group)
    await posko.say(dewi, "pagar jebol, kata Dewi Lestari", reply_to=receipt)
    card = next(one for one in group.messages if one.text.startswith("🟠 I-1"))
    assert "💬 Dewi Lestari: pagar jebol" in card.text
    await posko.tap(andi, "Koreksi")
    for label in ("🔒 Rahasiakan", "Kirim", "Sudah dicek ulang"):
        await posko.tap(andi, label)
    assert ("pagar jebol" in card.text, "Dewi" in card.text) == (True, False)
    assert await posko.tap(rahmat, "Pilih langkah…", in_=group, message=card)
    await posko.tap(rahmat, "Lihat riwayat", in_=group)
    assert ("pagar jebol" in posko.last(rahmat).text, "Dewi" in posko.last(rahmat).text) == (True, False)
