"""A call for help: one tap, everybody who must act hears of it, and a false one is taken back everywhere."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from core.delivery.outgoing import Priority
from sandbox import Group, Message, Person
from storage.tables import IncidentEventRow, IncidentRow, OutboxRow, ReportRow
from tests.flows.reports.test_attachments import png
from tests.kit import Posko

RED = "KIRIM DARURAT"
WITHDRAW = "Batalkan: salah tekan"


async def alarm(posko: Posko, person: Person, words: str = "") -> Message:
    """Let somebody send an alarm; gives the message with the red button as it is then."""
    await posko.say(person, f"/darurat {words}".strip())
    asked = posko.last(person)
    await posko.tap(person, RED)
    return asked


def card(group: Group) -> str:
    """The newest card of a group."""
    return [message.text for message in group.messages if message.by_bot and " · Darurat · " in message.text][-1]


async def test_one_tap_reaches_everybody_and_the_officer_sees_who_heard(posko: Posko) -> None:
    """The tap files at once: cards in regency and province, an alert to each coordinator, and an acknowledgement that rings."""
    budi, rahmat = await posko.officer("Budi", agency="lapas"), await posko.coordinator("Rahmat")
    dewi, tono = await posko.coordinator("Dewi", "16.73.06"), await posko.coordinator("Tono", "16.74")
    groups = [await posko.group("Linggau", "16.73"), await posko.group("Sumsel", "16")]
    asked = await posko.say(budi, "/darurat massa mendobrak pintu")
    assert "dari Lapas Kelas IIA Lubuklinggau ke Linggau dan Sumsel" in asked
    assert (await posko.tap(budi, RED)).text == "Terkirim: I-1."
    mine = posko.last(budi)
    assert ("DARURAT terkirim · I-1 · 07.10 WIB" in mine.text, "2 grup dan 2 koordinator" in mine.text) == (True, True)
    places: list[Person | Group] = [*groups, rahmat, dewi]
    for place in places:
        told = posko.last(place)
        assert [word for word in ("🔴 I-1 · Darurat · kritis", "massa mendobrak pintu") if word not in told.text] == []
        assert told.buttons == ["Terima", "Selesaikan", "Pilih langkah…"]
    assert all("I-1" not in message.text for message in tono.messages)
    urgency = {row.priority for row in await posko.rows(OutboxRow, OutboxRow.key.contains("slot:"))}
    assert urgency == {Priority.SOS}
    posko.clock.advance(minutes=2)
    posko.forget(budi)
    await posko.tap(rahmat, "Terima")
    assert "DARURAT I-1 diterima oleh Rahmat" in posko.last(budi).text
    assert "Diterima 07.12 WIB oleh Rahmat" in posko.heard(budi)
    assert all("Diterima Rahmat" in posko.last(place).text for place in places if place is not rahmat)


async def test_a_false_alarm_is_taken_back_everywhere(posko: Posko) -> None:
    """Withdrawing edits every card, tells everybody anew, and ends every acknowledgement; no open incident is left."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    groups = [await posko.group("Linggau", "16.73", members=[rahmat]), await posko.group("Sumsel", "16")]
    await alarm(posko, budi)
    await posko.tap(rahmat, "Terima", in_=groups[0])
    places: list[Person | Group] = [*groups, rahmat]
    for place in places:
        place.forget()
    old = posko.last(groups[1])
    mine = next(message for message in budi.messages if WITHDRAW in message.buttons)
    withdraw = mine.rows[-1][0]["callback_data"]
    assert "sudah terkirim" in (await posko.tap(budi, message=mine, data="sx:")).text
    await posko.tap(budi, message=mine, data=withdraw)
    for place in places:
        heard = "\n".join(message.text for message in place.unheard())
        assert ["DIBATALKAN oleh pelapor" in heard, "I-1 DIBATALKAN" in heard] == [True, True]
    late = await posko.tap(rahmat, in_=groups[0], message=old, data=f"it:{(await posko.one(IncidentRow)).id}")
    assert "I-1 sudah ditolak atau dibatalkan." in late.text
    again = await posko.tap(budi, WITHDRAW, message=mine, data=withdraw)
    assert again.text == "I-1 sekarang: ditolak atau dibatalkan. Untuk menambah keterangan, balas pesan ini."
    assert (await posko.one(IncidentRow)).state == "rejected"
    assert [row.action for row in await posko.rows(IncidentEventRow)] == ["opened", "taken", "withdrawn"]
    assert "Insiden terbuka: nihil" in await posko.say(rahmat, "/ringkasan")


async def test_an_alarm_is_sent_once(posko: Posko) -> None:
    """Double taps, repeated commands and edits make no second incident; words that come later join the first."""
    budi = await posko.officer()
    group = await posko.group("Linggau", "16.73")
    await posko.say(budi, "/darurat")
    first = posko.last(budi)
    await posko.say(budi, "/sos api di dapur")
    second = posko.last(budi)
    data = [message.rows[0][0]["callback_data"] for message in (first, second)]
    for one in (*data, *data):
        await posko.tap(budi, message=second, data=one)
    assert "api di dapur" in posko.last(group).text
    assert "sudah berjalan" in await posko.say(budi, "/darurat")
    posko.clock.advance(minutes=3)
    assert "Ditambahkan ke I-1" in await posko.say(budi, "/darurat dua orang terluka")
    assert "dua orang terluka" in card(group)
    assert [row.text for row in await posko.rows(ReportRow)] == ["api di dapur\ndua orang terluka"]
    posko.clock.advance(hours=2)
    await posko.say(budi, "/tugas")
    sent = [message for message in budi.messages if not message.by_bot][-1]
    await budi.edit(sent, "/darurat")
    await posko.settle()
    assert len(await posko.rows(IncidentRow)) == 1
    assert [(await posko.tap(budi, message=second, data=one)).text for one in data] == [
        "Tombol ini sudah lama. Ketik /darurat, lalu ketuk tombol yang baru."
    ] * 2


async def test_what_the_officer_writes_meanwhile_is_news_of_the_alarm(posko: Posko) -> None:
    """For an hour words and files go to the running alarm, unless they answer a question; whoever took it is told."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    group = await posko.group("Linggau", "16.73")
    await posko.say(budi, "/lapor")
    await alarm(posko, budi)
    assert posko.last(rahmat).text.startswith("🆘 DARURAT — mohon segera")
    await posko.tap(rahmat, "Terima")
    mine = next(message for message in budi.messages if WITHDRAW in message.buttons)
    posko.clock.advance(minutes=5)
    posko.forget(rahmat)
    assert "Ditambahkan ke I-1" in await posko.say(budi, "massa bawa parang")
    assert "I-1 · Lapas Kelas IIA Lubuklinggau: massa bawa parang" in posko.heard(rahmat)
    await budi.send_photo(png(), caption="di gerbang")
    await posko.settle()
    copy = next(message for message in rahmat.messages if "Lapas" in message.text and "DARURAT — sudah" in message.text)
    for shown in (posko.last(group).text, copy.text):
        assert [word for word in ("massa bawa parang", "di gerbang", "1 berkas") if word not in shown] == []
    await posko.say(budi, "/lapor personel=18/20")
    assert "Ditambahkan" not in await posko.say(budi, "aman")
    await posko.tap(budi, WITHDRAW, message=mine)
    assert any(message.text.startswith("🚫 DARURAT dibatalkan") for message in rahmat.messages)
    assert "Ditambahkan" not in await posko.say(budi, "sudah tenang")


async def test_a_wrong_post_and_a_location_are_put_right_afterwards(posko: Posko) -> None:
    """With several posts the last one is taken; a tap moves the alarm, and a location shared soon after is added."""
    await posko.add_post("POSKO-1674", "Posko Prabumulih", kind="posko", region="16.74.01.1001")
    budi = await posko.officer("Budi", "LAPAS-1673", "POSKO-1674")
    linggau, prabumulih = await posko.group("Linggau", "16.73"), await posko.group("Prabumulih", "16.74")
    await alarm(posko, budi)
    await posko.tap(budi, "Posko Prabumulih")
    assert "dipindahkan ke grup lain" in posko.last(linggau).text
    assert "Posko Prabumulih" in posko.last(prabumulih).text
    assert "versi 2: semula Lapas" in posko.last(prabumulih).text
    assert "Posko Prabumulih" in next(message.text for message in budi.messages if WITHDRAW in message.buttons)
    posko.clock.advance(minutes=20)
    posko.forget(budi)
    await budi.share_location(-3.43, 104.24)
    await posko.settle()
    assert "ditambahkan ke alarm I-1" in posko.heard(budi)
    assert "lokasi ponsel" in card(prabumulih)
    assert "-3.43000,104.24000" in str([message.json for message in prabumulih.messages])


async def test_the_last_known_place_is_sent_with_its_age(posko: Posko) -> None:
    """A location of up to twelve hours ago goes with the alarm, with how old it is; an older one does not."""
    budi = await posko.officer()
    group = await posko.group("Linggau", "16.73")
    await budi.share_location(-3.3, 102.9)
    await posko.wait(hours=3)
    await alarm(posko, budi)
    assert "3 jam sebelum laporan" in posko.last(group).text
    posko.clock.advance(hours=10)
    await alarm(posko, budi)
    assert "lokasi ponsel" not in posko.last(group).text


async def test_somebody_without_a_post_calls_from_their_region(posko: Posko) -> None:
    """A coordinator's alarm names the region, reaches its groups, and where no group hears the admins do."""
    rahmat = await posko.coordinator("Rahmat")
    assert "dari Kota Lubuk Linggau" in await posko.say(rahmat, "/darurat")
    await posko.tap(rahmat, RED)
    assert "tidak sampai ke grup mana pun" in posko.heard(posko.admin)
    group = await posko.group("Linggau", "16.73")
    posko.clock.advance(hours=2)
    await alarm(posko, rahmat, "mobil logistik dihadang")
    assert "Kota Lubuk Linggau" in posko.last(group).text
    assert posko.last(rahmat).buttons == [WITHDRAW]


async def test_an_alarm_overtakes_what_fails_before_it(posko: Posko) -> None:
    """While an earlier report of the same chat fails and waits, the alarm is asked for and sent."""
    code = await posko.invite("petugas LAPAS-1673")
    budi = await posko.accept("Budi", code)
    group = await posko.group("Linggau", "16.73")
    trigger = (
        "CREATE TRIGGER bad BEFORE INSERT ON reports WHEN NEW.text LIKE '%rusak%' BEGIN SELECT RAISE(ABORT, 'bad'); END"
    )
    await posko.db.write(lambda tx: tx.execute(text(trigger)))
    await budi.say("/lapor aman rusak")
    await budi.say("/lapor aman")
    await budi.say("/darurat")
    await posko.settle()
    await posko.tap(budi, RED)
    assert "I-1" in posko.last(group).text
    assert [row.form_id for row in await posko.rows(ReportRow)] == ["sos"]


@pytest.mark.parametrize("who", ["neighbour", "stranger"])
async def test_nobody_elses_alarm_can_be_touched(posko: Posko, who: str) -> None:
    """The buttons of an alarm do nothing for anybody but the one who sent it."""
    budi = await posko.officer()
    joko = await posko.officer("Joko", "LAPAS-1673") if who == "neighbour" else posko.person("Orang")
    asked = await alarm(posko, budi)
    await posko.say(joko, "/tugas")
    incident = await posko.one(IncidentRow)
    taps = [asked.rows[0][0]["callback_data"], f"sw:{incident.id}", f"sp:{incident.id}:{incident.post_id}"]
    for data in taps:
        await posko.tap(joko, message=posko.last(joko), data=data)
    assert (await posko.one(IncidentRow)).state == "new"


async def test_an_alarm_keeps_no_name_back_and_says_so(posko: Posko) -> None:
    """Who marks a call for help as confidential reads before the red button that it names them, and where it would not."""
    budi = await posko.officer()
    for words in ("rahasia petugas diancam", "petugas diancam, mohon dirahasiakan (rahasia)"):
        asked = await posko.say(budi, f"/darurat {words}")
        assert ("selalu menampilkan nama dan nomor Anda" in asked, posko.last(budi).buttons[0]) == (True, RED)
    assert "selalu menampilkan" not in await posko.say(budi, "/darurat petugas diancam")


async def test_words_beyond_an_alarms_card_stand_on_its_timeline(small: Posko) -> None:
    """What no longer fits an alarm's cards is on its timeline, whole, and whoever has taken it hears of it; that is said."""
    budi, rahmat = await small.officer(), await small.coordinator()
    group = await small.group("Linggau", "16.73", members=[rahmat])
    await small.say(budi, "/darurat tolong")
    await small.tap(budi, "KIRIM DARURAT")
    await small.tap(rahmat, "Terima", in_=group)
    assert "Ditambahkan ke I-1" in await small.say(budi, "a" * 900)
    small.forget(rahmat)
    assert "riwayat I-1" in await small.say(budi, "pintu belakang dijebol " + "b" * 900)
    assert "pintu belakang dijebol" in small.heard(rahmat)
    report = await small.one(ReportRow)
    assert report.text == f"tolong\n{'a' * 900}"
    assert report.answers["note"] == report.text
    notes = [row.note for row in await small.rows(IncidentEventRow) if row.action == "added"]
    assert notes == ["a" * 900, "pintu belakang dijebol " + "b" * 900]
