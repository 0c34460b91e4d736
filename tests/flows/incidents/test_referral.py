"""Referring an incident to another body: its group must accept it, and whoever sent it there hears how it goes."""

from __future__ import annotations

from sandbox import Group, Person
from storage.tables import IncidentEventRow, IncidentRow
from tests.flows.incidents.test_steps import CLOSE, FLOOD, card_in, choose, menu_in, menus, more
from tests.kit import Posko

BODIES = ["Bawaslu/Gakkumdu", "Polri", "Posko Kejaksaan", "BPBD", "KPU (logistik)"]
WAITING = ["Terima rujukan", "Kembalikan…"]


async def refer(posko: Posko, person: Person, body: str, where: Group) -> str:
    """Refer I-1 by the menu, and give what the phone shows."""
    await more(posko, person, where)
    await choose(posko, person, "Rujuk…", where)
    return await choose(posko, person, body, where)


async def test_a_referral_waits_in_the_other_bodys_group_until_it_is_accepted(posko: Posko) -> None:
    """The card comes to the group linked for that purpose; who accepts there owns it, and officer and sender hear so."""
    budi, rahmat, dewi = await posko.officer(), await posko.coordinator("Rahmat"), await posko.coordinator("Dewi")
    group = await posko.group("Posko", "16.73", "koordinasi", members=[rahmat, dewi])
    bawaslu = await posko.group("Bawaslu", "16.73", "netralitas", members=[rahmat, dewi])
    province = await posko.group("Bawaslu Sumsel", "16", "netralitas", members=[dewi])
    await posko.say(budi, FLOOD)
    await posko.tap(rahmat, "Terima", in_=group)
    await more(posko, rahmat, group)
    await choose(posko, rahmat, "Rujuk…", group)
    answer = await choose(posko, rahmat, "Bawaslu/Gakkumdu", group)
    assert answer == "I-1 dirujuk. Kartunya menunggu diterima di sana."
    assert menus(group) == 0
    assert [message.text for message in province.messages if "I-1" in message.text] == []
    assert card_in(bawaslu).buttons[:2] == WAITING
    assert "Terima rujukan" not in card_in(group).buttons
    assert "Dirujuk ke Bawaslu/Gakkumdu" in card_in(group).text
    assert "dirujuk ke Bawaslu/Gakkumdu oleh Rahmat" in budi.messages[-1].text
    refused = await posko.tap(rahmat, "Terima rujukan", in_=bawaslu)
    assert "dari Anda sendiri diterima oleh pihak lain" in (refused.text or ""), "nobody accepts what they referred"
    assert "Rujukan I-1 Anda terima" in ((await posko.tap(dewi, "Terima rujukan", in_=bawaslu)).text or "")
    assert "Rujukan I-1 diterima oleh Dewi (Bawaslu/Gakkumdu)" in posko.last(rahmat).text
    assert "diterima oleh Dewi" in posko.last(budi).text
    for place in (group, bawaslu):
        assert "Dewi menerima rujukan" in card_in(place).text
        assert card_in(place).buttons == ["Mulai kerjakan", "Selesaikan", "Pilih langkah…"]
    await posko.tap(dewi, "Selesai", in_=bawaslu)
    assert "Selesai" in card_in(group).text


async def test_back_and_forth_stands_on_the_timeline(posko: Posko) -> None:
    """Returned with a reason it is with its owner again; referred elsewhere, and onward from there, nothing is forgotten."""
    budi, rahmat, dewi = await posko.officer(), await posko.coordinator("Rahmat"), await posko.coordinator("Dewi")
    group = await posko.group("Posko", "16.73", "koordinasi", members=[rahmat, dewi])
    bpbd = await posko.group("BPBD", "16.73", "bencana", members=[rahmat, dewi])
    polres = await posko.group("Polres", "16.73", "keamanan", members=[rahmat, dewi])
    await posko.say(budi, FLOOD)
    await posko.tap(rahmat, "Terima", in_=group)
    before = card_in(bpbd)
    await refer(posko, rahmat, "BPBD", group)
    assert card_in(bpbd).id != before.id, "where the card is already it comes anew, so that it rings"
    assert card_in(bpbd).buttons[:2] == WAITING
    await posko.tap(dewi, "Kembalikan…", in_=bpbd, message=card_in(bpbd))
    await choose(posko, dewi, "Kembali", bpbd)
    await choose(posko, dewi, "Kembalikan…", bpbd)
    answer = await posko.say(dewi, "mohon titik koordinat", to=bpbd, reply_to=bpbd.messages[-1])
    assert "dikembalikan kepada yang merujuk" in answer
    assert "Rujukan I-1 ke BPBD dikembalikan oleh Dewi" in posko.last(rahmat).text
    assert "mohon titik koordinat" in posko.last(rahmat).text
    assert "Diterima Rahmat" in card_in(bpbd).text
    await refer(posko, rahmat, "Polri", group)
    await more(posko, rahmat, group)
    await choose(posko, rahmat, "Tarik rujukan", group)
    assert "Mengapa rujukan I-1 ditarik?" in menu_in(group).text
    await choose(posko, rahmat, "tidak jadi dirujuk", group)
    await refer(posko, rahmat, "Polri", group)
    await posko.tap(dewi, "Terima rujukan", in_=polres)
    await more(posko, dewi, polres)
    await choose(posko, dewi, "Rujuk…", polres)
    offered = [label for label in polres.messages[-1].buttons if label in BODIES]
    assert offered == [label for label in BODIES if label != "Polri"], "not to the body that has it"
    await choose(posko, dewi, "BPBD", polres)
    await posko.tap(rahmat, "Terima rujukan", in_=bpbd)
    assert "diterima oleh Rahmat (BPBD)" in posko.last(dewi).text
    steps = [(row.action, row.note) for row in await posko.rows(IncidentEventRow)][2:]
    assert steps == [
        ("referred", "bpbd"),
        ("returned", "mohon titik koordinat"),
        ("referred", "police"),
        ("returned", "return-recalled"),
        ("referred", "police"),
        ("accepted", None),
        ("referred", "bpbd"),
        ("accepted", None),
    ]
    for place in (group, bpbd, polres):
        assert "Diterima Rahmat" in card_in(place).text


async def test_opened_again_an_incident_is_referred_to_nobody(posko: Posko) -> None:
    """Reopening takes the referral away; every group that has the card goes on seeing it, and may take it."""
    budi, rahmat, dewi = await posko.officer(), await posko.coordinator("Rahmat"), await posko.coordinator("Dewi")
    group = await posko.group("Posko", "16.73", "koordinasi", members=[rahmat])
    legal = await posko.group("Kejari", "16.73", "hukum", members=[dewi])
    await posko.say(budi, FLOOD)
    await refer(posko, rahmat, "Posko Kejaksaan", group)
    await posko.tap(dewi, "Terima rujukan", in_=legal)
    await posko.tap(rahmat, "Selesai", in_=group, message=card_in(group))
    await more(posko, rahmat, group)
    await choose(posko, rahmat, "Buka lagi…", group)
    await choose(posko, rahmat, "terjadi lagi", group)
    incident = await posko.one(IncidentRow)
    assert (incident.state, incident.referred_to, incident.referred_by, incident.owner_id) == ("new", None, None, None)
    assert [card_in(place).buttons[0] for place in (group, legal)] == ["Terima"] * 2


async def test_without_a_group_nothing_is_referred(posko: Posko) -> None:
    """Where the body has no group by name at the regency or above, nothing changes and admins are told once."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    group = await posko.group("Posko", "16.73", members=[rahmat])
    await posko.group("Kejari", "16.73.06", "hukum")
    await posko.group("Kejari tetangga", "16.74", "hukum")
    await posko.say(budi, FLOOD)
    posko.forget(posko.admin)
    answers = [await refer(posko, rahmat, "Posko Kejaksaan", group) for _ in range(2)]
    wanted = "I-1 belum dirujuk: grup Posko Kejaksaan untuk wilayah ini belum terhubung. Admin sudah diberi tahu."
    assert answers == [wanted] * 2
    assert posko.heard(posko.admin).count("hendak dirujuk ke Posko Kejaksaan") == 1
    assert "/hubungkan WILAYAH hukum" in posko.heard(posko.admin)
    assert (await posko.one(IncidentRow)).state == "new"
    assert [row.action for row in await posko.rows(IncidentEventRow)] == ["opened"]
    await choose(posko, rahmat, CLOSE, group)
    province = await posko.group("Kejati", "16", "hukum", members=[rahmat])
    assert "dirujuk" in await refer(posko, rahmat, "Posko Kejaksaan", group)
    assert card_in(province).buttons[:2] == WAITING, "the next level above that has one"


async def test_an_agencys_coordinator_accepts_from_anywhere(posko: Posko) -> None:
    """A coordinator of the body accepts by the menu also where its group is not at hand; others do not."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    siti, dewi = await posko.coordinator("Siti", agency="bawaslu"), await posko.coordinator("Dewi")
    group = await posko.group("Posko", "16.73", "koordinasi", members=[rahmat])
    await posko.group("Bawaslu", "16.73", "netralitas")
    await posko.say(budi, FLOOD)
    await refer(posko, rahmat, "Bawaslu/Gakkumdu", group)
    incident = await posko.one(IncidentRow)
    for person in (dewi, siti):
        await posko.say(person, "I-1")
    refused = await posko.tap(dewi, message=posko.last(dewi), data=f"ia:{incident.id}")
    assert "bukan untuk Anda" in (refused.text or "")
    assert "Anda terima" in ((await posko.tap(siti, message=posko.last(siti), data=f"ia:{incident.id}")).text or "")


async def test_a_correction_leaves_the_card_with_who_received_it(posko: Posko) -> None:
    """When a correction changes who hears of an incident, the group that it was referred to keeps its card."""
    budi = await posko.officer("Budi", "LAPAS-1673", "TPS-1673061002-901")
    rahmat = await posko.coordinator("Rahmat")
    group = await posko.group("Posko", "16.73", "koordinasi", members=[rahmat])
    legal = await posko.group("Kejari", "16.73", "hukum", members=[rahmat])
    bpbd = await posko.group("BPBD", "16.73", "bencana")
    first = "/insiden #LAPAS-1673 banjir berat air masuk gudang"
    await budi.say(first)
    await posko.settle()
    await refer(posko, rahmat, "Posko Kejaksaan", group)
    said = next(message for message in budi.messages if message.text == first)
    await budi.edit(said, "/insiden #LAPAS-1673 keamanan berat ribut di gudang")
    await posko.settle()
    assert "ribut di gudang" in card_in(legal).text
    assert card_in(legal).buttons[:2] == WAITING
    assert "dipindahkan" in posko.last(bpbd).text
