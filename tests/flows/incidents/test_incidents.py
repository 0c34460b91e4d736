"""An incident's way: to the right groups, as one card that edits itself, until somebody has resolved it."""

from __future__ import annotations

from datetime import timedelta

from sandbox import Group
from storage.tables import IncidentEventRow, IncidentRow
from tests.kit import Posko

FLOOD = "/insiden banjir berat air masuk gudang"
NEW = ["Terima", "Selesaikan", "Pilih langkah…"]
TAKEN = ["Mulai kerjakan", "Selesaikan", "Pilih langkah…"]
RESOLVED = ["Tutup", "Pilih langkah…"]


def cards(group: Group) -> list[str]:
    """What a group shows of cards."""
    return [message.text for message in group.messages if message.by_bot and "I-" in message.text]


async def test_a_card_shows_everything_at_a_glance(posko: Posko) -> None:
    """A card names number, category, severity, post, region, times, words and reporter, and offers both buttons."""
    budi = await posko.officer("Budi", agency="lapas")
    group = await posko.group("Posko Linggau", "16.73")
    await posko.say(budi, "/insiden banjir berat jam=06:40 air masuk gudang")
    card = posko.last(group)
    wanted = (
        "🟠 I-1 · 🌊 Banjir · berat",
        "Lapas Kelas IIA Lubuklinggau",
        "Lubuk Linggau",
        "🕗 Kejadian 06.40 · dikirim 07.10 · tersimpan 07.10 WIB",
        "⏰ Diterima paling lambat ",
        "air masuk gudang",
        "Budi (Lapas)",
        "Menunggu diterima",
    )
    assert [word for word in wanted if word not in card.text] == []
    assert card.buttons == NEW


async def test_the_regency_hears_and_the_neighbour_does_not(posko: Posko) -> None:
    """A card goes to the groups of its regency and district, not to other regions nor to the province."""
    budi = await posko.officer()
    places = {"16.73": 1, "16.73.06": 1, "16.74": 0, "16": 0, "16.73.01": 0}
    groups = {region: await posko.group(f"Grup {region}", region) for region in places}
    await posko.say(budi, FLOOD)
    assert {region: len(cards(group)) for region, group in groups.items()} == places


async def test_what_is_critical_goes_to_the_province_too(posko: Posko) -> None:
    """A critical incident reaches the province's group at once."""
    budi = await posko.officer()
    province = await posko.group("Provinsi", "16")
    await posko.group("Linggau", "16.73")
    await posko.say(budi, "/insiden banjir kritis tanggul jebol")
    assert len(cards(province)) == 1


async def test_purposes_divide_the_groups(posko: Posko) -> None:
    """A flood goes to who deals with disasters, not to who deals with neutrality only."""
    budi = await posko.officer()
    disaster = await posko.group("BPBD", "16.73", "bencana")
    neutrality = await posko.group("Gakkumdu", "16.73", "netralitas")
    await posko.say(budi, FLOOD)
    assert (len(cards(disaster)), len(cards(neutrality))) == (1, 0)


async def test_without_a_group_below_the_level_above_hears(posko: Posko) -> None:
    """Where no group of the regency is linked, the province's group gets the card."""
    budi = await posko.officer()
    province = await posko.group("Provinsi", "16")
    text = await posko.say(budi, FLOOD)
    assert len(cards(province)) == 1
    assert "Diteruskan ke 1 grup" in text


async def test_where_nobody_hears_the_admins_are_told(posko: Posko) -> None:
    """An incident that reaches no group alerts the admins, and the officer is told so."""
    budi = await posko.officer()
    posko.forget(posko.admin)
    text = await posko.say(budi, FLOOD)
    assert "I-1" in posko.heard(posko.admin)
    assert "tidak sampai ke grup mana pun" in posko.heard(posko.admin)
    assert "Belum ada grup untuk wilayah ini; admin sudah diberi tahu" in text
    await posko.group("Bawaslu", "16.73", "netralitas")
    assert "Belum ada grup untuk urusan ini di wilayah ini" in await posko.say(budi, "/insiden listrik ringan padam")


async def test_a_bad_status_becomes_a_card(posko: Posko) -> None:
    """A status of level bad is relayed like an incident, to the groups for security."""
    budi = await posko.officer()
    security = await posko.group("Polres", "16.73", "keamanan")
    await posko.say(budi, "/lapor gangguan ribut di blok B")
    assert "🟠 Gangguan · berat" in cards(security)[0]


async def test_the_worst_status_goes_up(posko: Posko) -> None:
    """A status of level worst is critical and reaches the province."""
    budi = await posko.officer()
    province = await posko.group("Provinsi", "16")
    await posko.group("Linggau", "16.73")
    await posko.say(budi, "/lapor darurat kebakaran di dapur")
    assert "🔴" in cards(province)[0]


async def test_terima_names_the_owner_everywhere(posko: Posko) -> None:
    """Terima in one group edits the card in every group: owner, hour, and what the owner does next."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    groups = [await posko.group(name, "16.73", members=[rahmat]) for name in ("Grup A", "Grup B")]
    await posko.say(budi, FLOOD)
    answer = await posko.tap(rahmat, "Terima", in_=groups[0])
    assert "Anda terima" in answer.text
    assert [len(cards(group)) for group in groups] == [1, 1]
    assert [posko.last(group).buttons for group in groups] == [TAKEN] * 2
    assert all("Diterima Rahmat · 07.10 WIB" in posko.last(group).text for group in groups)


async def test_the_officer_hears_who_took_it(posko: Posko) -> None:
    """The officer who reported is told who has taken the incident."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    group = await posko.group("Grup", "16.73", members=[rahmat])
    await posko.say(budi, FLOOD)
    posko.forget(budi)
    await posko.tap(rahmat, "Terima", in_=group)
    assert "I-1 diterima oleh Rahmat" in posko.heard(budi)


async def test_selesai_closes_the_card(posko: Posko) -> None:
    """Selesai resolves the incident: it waits to be closed, and the officer is thanked."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    group = await posko.group("Grup", "16.73", members=[rahmat])
    await posko.say(budi, FLOOD)
    posko.forget(budi)
    await posko.tap(rahmat, "Terima", in_=group)
    posko.clock.advance(minutes=30)
    await posko.tap(rahmat, "Selesai", in_=group)
    assert posko.last(group).buttons == RESOLVED
    assert "Selesai · 07.40 WIB · ditangani Rahmat" in posko.last(group).text
    assert "dinyatakan selesai" in posko.heard(budi)


async def test_every_step_is_on_the_timeline(posko: Posko) -> None:
    """The incident's timeline tells who did what when, and the incident itself its state and owner."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    group = await posko.group("Grup", "16.73", members=[rahmat])
    await posko.say(budi, FLOOD)
    for label in ("Terima", "Selesaikan"):
        posko.clock.advance(minutes=10)
        await posko.tap(rahmat, label, in_=group)
    incident = await posko.one(IncidentRow)
    assert [row.action for row in await posko.rows(IncidentEventRow)][-2:] == ["taken", "resolved"]
    assert (incident.state, incident.resolved_at) == ("resolved", posko.clock.now())
    assert incident.acknowledged_at == posko.clock.now() - timedelta(minutes=10)


async def test_the_second_coordinator_is_told_who_has_it(posko: Posko) -> None:
    """Who taps Terima on a card that lags behind is told the owner's name, and changes nothing."""
    budi = await posko.officer()
    rahmat, dewi = await posko.coordinator("Rahmat"), await posko.coordinator("Dewi")
    group = await posko.group("Grup", "16.73", members=[rahmat, dewi])
    await posko.say(budi, FLOOD)
    card = posko.last(group)
    data = card.rows[0][0]["callback_data"]
    await posko.tap(rahmat, "Terima", in_=group)
    answer = await posko.tap(dewi, in_=group, message=card, data=data)
    assert answer.text == "I-1 sudah diterima Rahmat."


async def test_two_coordinators_in_one_batch_end_in_one_truth(posko: Posko) -> None:
    """When two coordinators tap Terima at the same moment, one owns the incident and the other is told who."""
    budi = await posko.officer()
    rahmat, dewi = await posko.coordinator("Rahmat"), await posko.coordinator("Dewi")
    groups = [await posko.group(f"Grup {one.name}", "16.73", members=[one]) for one in (rahmat, dewi)]
    await posko.say(budi, FLOOD)
    posko.forget(budi)
    pairs = list(zip((rahmat, dewi), groups, strict=True))
    taps = [(one, await one.tap("Terima", in_=group)) for one, group in pairs]
    await posko.settle()
    answers = sorted([(await one.answer_of(tap)).text for one, tap in taps])
    assert answers[0] == "I-1 Anda terima. Pelapor diberi tahu."
    assert answers[1] in ("I-1 sudah diterima Rahmat.", "I-1 sudah diterima Dewi.")
    assert posko.heard(budi).count("diterima oleh") == 1
    assert len(await posko.rows(IncidentEventRow, IncidentEventRow.action == "taken")) == 1
    assert posko.last(groups[0]).text == posko.last(groups[1]).text


async def test_an_outsiders_tap_does_nothing(posko: Posko) -> None:
    """Strangers, the reporter and coordinators of other regions cannot take an incident, and are told why."""
    budi = await posko.officer()
    orang, tetangga = posko.person("Orang"), await posko.coordinator("Tono", "16.74")
    group = await posko.group("Grup", "16.73", members=[budi, orang, tetangga])
    await posko.say(budi, FLOOD)
    answers = [(await posko.tap(one, "Terima", in_=group)).text for one in (orang, budi, tetangga)]
    assert (await posko.one(IncidentRow)).state == "new"
    assert ["belum terdaftar" in answers[0], "untuk koordinator wilayahnya" in answers[1], "di luar" in answers[2]] == [
        True
    ] * 3


async def test_the_card_can_be_asked_for(posko: Posko) -> None:
    """/insiden I-1 shows the card to a coordinator of the region, with its buttons."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    await posko.say(budi, FLOOD)
    for wanted in ("/insiden I-1", "/incident i1", "/kejadian I 1"):
        assert "I-1 · 🌊 Banjir" in await posko.say(rahmat, wanted)
    assert posko.last(rahmat).buttons == NEW


async def test_a_card_that_was_asked_for_follows_its_own_buttons(posko: Posko) -> None:
    """A card shown by /insiden I-1 is edited by its own buttons, like the card in the group."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    group = await posko.group("Grup", "16.73", members=[rahmat])
    await posko.say(budi, FLOOD)
    await posko.say(rahmat, "/insiden I-1")
    await posko.tap(rahmat, "Terima")
    assert ("Diterima Rahmat" in posko.last(rahmat).text, posko.last(rahmat).buttons) == (True, TAKEN)
    assert posko.last(group).text == posko.last(rahmat).text
    await posko.tap(rahmat, "Selesai")
    assert ("Selesai · 07.10 WIB" in posko.last(rahmat).text, posko.last(rahmat).buttons) == (True, RESOLVED)


async def test_a_late_tap_brings_an_asked_card_up_to_date(posko: Posko) -> None:
    """A copy follows what others do: who goes on to tap what it showed hears why not, and has the steps left to them."""
    budi = await posko.officer()
    rahmat, dewi = await posko.coordinator("Rahmat"), await posko.coordinator("Dewi")
    group = await posko.group("Grup", "16.73", members=[rahmat])
    await posko.say(budi, FLOOD)
    await posko.say(dewi, "/insiden I-1")
    key = (await posko.one(IncidentRow)).id
    await posko.tap(rahmat, "Terima", in_=group)
    assert (await posko.tap(dewi, message=posko.last(dewi), data=f"it:{key}")).text == "I-1 sudah diterima Rahmat."
    assert ("Diterima Rahmat" in posko.last(dewi).text, posko.last(dewi).buttons) == (True, TAKEN[1:])


async def test_a_groups_own_card_is_edited_once(posko: Posko) -> None:
    """A tap on the card that a group was sent edits it once, not a second time as a copy."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    group = await posko.group("Grup", "16.73", members=[rahmat])
    await posko.say(budi, FLOOD)
    await posko.tap(rahmat, "Terima", in_=group)
    assert [call.method for call in posko.tg.calls].count("editMessageText") == 1


async def test_a_card_with_a_long_note_is_sent_whole(posko: Posko) -> None:
    """A note that grows fivefold as HTML still comes as one card with its buttons."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    await posko.say(budi, f"/insiden banjir berat {'&' * 1300}")
    text = await posko.say(rahmat, "/insiden I-1")
    assert ("I-1 · 🌊 Banjir" in text, text.count("&") > 1100) == (True, True)
    assert posko.last(rahmat).buttons == NEW


async def test_the_card_of_another_region_is_not_shown(posko: Posko) -> None:
    """Coordinators of other regions and wrong numbers get one and the same answer; an officer sees how their own stands."""
    budi, tono = await posko.officer(), await posko.coordinator("Tono", "16.74")
    await posko.say(budi, FLOOD)
    own = "🟠 I-1 · 🌊 Banjir · Lapas Kelas IIA Lubuklinggau · belum diterima\n\n✅ Diterima. I-1"
    for words in ("/insiden I-1", "I-1", "i 1"):
        assert (await posko.say(budi, words)).startswith(own)
        assert posko.last(budi).buttons == ["Koreksi", "Lihat teks ke atasan"]
    citra = await posko.officer("Citra", "RUTAN-1671")
    for words in ("/insiden I-1", "I-1", "I-9"):
        assert "Kartu insiden untuk koordinator" in await posko.say(citra, words)
    asked = [(tono, "I-1"), (tono, "I-9"), (posko.admin, "I-999999999")]
    answers = [await posko.say(one, f"{before}{number}") for one, number in asked for before in ("/insiden ", "")]
    assert all("tidak ada di wilayah Anda" in answer for answer in answers)


async def test_a_confidential_reporter_is_named_in_no_group(posko: Posko) -> None:
    """Of a neutrality or intimidation report no group ever gets the reporter's name, at no step, in no way."""
    budi = await posko.officer("Zulkarnain", agency="lapas")
    rahmat = await posko.coordinator("Rahmat")
    groups = [await posko.group("Bawaslu", "16.73", members=[rahmat, budi]), await posko.group("Provinsi", "16")]
    await posko.say(budi, "/insiden netralitas kritis lurah membagikan kaus")
    await posko.say(budi, "/insiden intimidasi kritis warga diancam")
    for number in ("I-1", "I-2"):
        await posko.say(rahmat, f"/insiden {number}", to=groups[0])
        for label in ("Terima", "Selesaikan"):
            await posko.tap(rahmat, label, in_=groups[0])
    await posko.say(rahmat, "/ringkasan", to=groups[0])
    to_groups = [str(call.params) for call in posko.tg.calls if str(call.params.get("chat_id", "")).startswith("-")]
    assert any("Pelapor dirahasiakan" in text for text in to_groups)
    assert [text for text in to_groups if "Zulkarnain" in text or "Lapas)" in text] == []


async def test_the_coordinators_own_tap_on_a_confidential_card_is_not_hidden(posko: Posko) -> None:
    """Confidential is the reporter, not the owner: who took the incident is named."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    group = await posko.group("Bawaslu", "16.73", members=[rahmat])
    await posko.say(budi, "/insiden netralitas sedang lurah membagikan kaus")
    await posko.tap(rahmat, "Terima", in_=group)
    assert "Diterima Rahmat" in posko.last(group).text


async def test_a_confidential_note_with_the_own_name_is_still_shown(posko: Posko) -> None:
    """The words of a report are relayed as written: only what the program adds leaves the reporter out."""
    budi = await posko.officer("Budi")
    group = await posko.group("Bawaslu", "16.73")
    await posko.say(budi, "/insiden netralitas sedang saksi melihat kaus")
    assert "saksi melihat kaus" in posko.last(group).text
