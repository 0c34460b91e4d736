"""Who hears of a step besides the officer: the groups where it waits again, who had it before, and other witnesses."""

from __future__ import annotations

from sandbox import Group, Person
from storage.tables import IncidentRow, ScreenRow
from tests.flows.incidents.test_steps import choose, more
from tests.kit import Posko

FLOOD = "/insiden banjir sedang air masuk gudang"


def anew(group: Group, number: int = 1) -> int:
    """How often an incident's card came anew in a group, below what was written since."""
    return sum(f"I-{number} · kartunya kini di bawah" in one.text for one in group.messages if one.by_bot)


async def step(posko: Posko, person: Person, group: Group, *labels: str) -> str:
    """Take a step of the menu."""
    await more(posko, person, group)
    return [await choose(posko, person, label, group) for label in labels][-1]


async def test_what_waits_again_is_heard_in_its_groups(posko: Posko) -> None:
    """Given back, opened again, disputed or made graver, the card comes anew at the bottom; other steps edit it where it is."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    group = await posko.group("Linggau", "16.73", members=[rahmat])
    other = await posko.group("Logistik", "16.73", "logistik")
    await posko.say(budi, FLOOD)
    await posko.tap(rahmat, "Terima", in_=group)
    assert anew(group) == 0
    assert "menunggu diterima lagi" in await step(posko, rahmat, group, "Lepaskan")
    assert [anew(group), anew(other)] == [1, 1]
    assert posko.last(group).buttons[0] == "Terima"
    await posko.tap(rahmat, "Selesai", in_=group)
    assert "dibuka lagi" in await step(posko, rahmat, group, "Buka lagi", "terjadi lagi")
    assert (anew(group), "Menunggu diterima" in posko.last(group).text) == (2, True)
    await posko.tap(rahmat, "Selesai", in_=group)
    await posko.tap(budi, "Kabari belum selesai")
    assert anew(group) == 3
    report = next(message for message in budi.messages if not message.by_bot and "/insiden" in message.text)
    await budi.edit(report, FLOOD.replace("sedang", "ringan"))
    await posko.settle()
    assert anew(group) == 3
    await budi.edit(report, FLOOD.replace("sedang", "berat"))
    await posko.settle()
    assert (anew(group), "berat" in posko.last(group).text) == (4, True)
    assert len(await posko.rows(ScreenRow, ScreenRow.subject.startswith("incident:"))) == 2


async def test_several_returns_in_one_minute_are_one_card(posko: Posko) -> None:
    """A card that waits to be sent anew is sent once, as it stands then."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    group = await posko.group("Linggau", "16.73", members=[rahmat])
    await posko.say(budi, FLOOD)
    incident, card = await posko.one(IncidentRow), posko.last(group)
    for data in (f"it:{incident.id}", f"iz:{incident.id}") * 3:
        await rahmat.tap(message=card, data=data)
        await posko.machine.intake.round(timeout=0)
        while await posko.machine.pump.round():
            pass
    await posko.settle()
    assert (anew(group), (await posko.one(IncidentRow)).state) == (1, "new")


async def test_an_owner_hears_what_others_do_with_it(posko: Posko) -> None:
    """Who owns an incident reads in private who resolved, closed, rejected, merged, referred or gave it back instead."""
    budi, rahmat, dewi = await posko.officer(), await posko.coordinator("Rahmat"), await posko.coordinator("Dewi")
    group = await posko.group("Linggau", "16.73", members=[rahmat, dewi, posko.admin])
    await posko.group("Bawaslu", "16.73", "netralitas")
    await posko.say(budi, FLOOD)
    steps: list[tuple[Person, tuple[str, ...], str]] = [
        (dewi, ("Selesai",), "Dewi menyatakan selesai"),
        (dewi, ("Tutup",), "Dewi menutup"),
        (dewi, ("Buka lagi", "terjadi lagi"), "Dewi membuka lagi: terjadi lagi"),
        (dewi, ("Tolak", "tidak terjadi"), "Dewi menolak"),
        (dewi, ("Buka lagi", "terjadi lagi"), "Dewi membuka lagi"),
        (posko.admin, ("Lepaskan",), "melepaskan"),
        (dewi, ("Rujuk", "Bawaslu"), "Dewi merujuk ke"),
    ]
    for person, labels, told in steps:
        incident = await posko.one(IncidentRow)
        if incident.state == "new":
            await posko.tap(rahmat, "Terima", in_=group, message=posko.last(group))
        posko.forget(rahmat)
        if labels[0] in ("Selesai", "Tutup"):
            await posko.tap(person, labels[0], in_=group)
        else:
            answer = await step(posko, person, group, *labels)
            assert labels[0] != "Lepaskan" or "dilepas dari Rahmat" in answer
        assert (told in posko.heard(rahmat), posko.heard(rahmat).count("yang Anda tangani")) == (True, 1), labels


async def test_an_owner_hears_that_it_was_merged_away(posko: Posko) -> None:
    """Merged by somebody else, the owner reads with which; officers of merged reports read who has taken it and works on it."""
    budi, ani = await posko.officer(), await posko.officer("Ani", "LAPAS-1673")
    rahmat, dewi = await posko.coordinator("Rahmat"), await posko.coordinator("Dewi")
    group = await posko.group("Linggau", "16.73", members=[rahmat, dewi])
    await posko.say(budi, FLOOD)
    first = posko.last(group)
    await posko.say(ani, "/insiden longsor sedang jalan putus")
    second = posko.last(group)
    await posko.tap(rahmat, "Terima", in_=group, message=second)
    posko.forget(rahmat)
    one, two = await posko.rows(IncidentRow)
    await posko.tap(dewi, in_=group, message=second, data=f"ik:{two.id}:{one.id}")
    assert "I-2, yang Anda tangani: Dewi menggabungkannya dengan I-1" in posko.heard(rahmat)
    for label, told in (("Terima", "Dewi menerima"), ("Mulai kerjakan", "Dewi mulai")):
        posko.forget(ani)
        await posko.tap(dewi, label, in_=group, message=first)
        assert (posko.heard(ani).count(told), posko.heard(ani).count("Untuk menambah keterangan")) == (1, 1)
    await posko.tap(dewi, "Selesai", in_=group, message=first)
    posko.forget(ani)
    await posko.tap(budi, "Kabari belum selesai")
    assert "Budi membuka lagi" in posko.heard(ani)


async def test_a_confided_reporter_who_closes_it_is_not_named(posko: Posko) -> None:
    """Other officers and the owner read that the reporter closed it, whether on the card or in the private chat."""
    zul, xav = await posko.officer("Zulkarnain Qodari"), await posko.officer("Xav", "LAPAS-1673")
    rahmat = await posko.coordinator("Rahmat")
    group = await posko.group("Bawaslu", "16.73", "netralitas", members=[rahmat, zul])
    await posko.say(zul, "/insiden intimidasi berat kepala regu mengancam")
    card = posko.last(group)
    await posko.say(xav, "/insiden intimidasi berat saya juga diancam")
    one, two = await posko.rows(IncidentRow)
    await posko.tap(rahmat, in_=group, message=posko.last(group), data=f"ik:{two.id}:{one.id}")
    for label in ("Terima", "Selesai"):
        await posko.tap(rahmat, label, in_=group, message=card)
    for person in (xav, rahmat):
        posko.forget(person)
    await posko.tap(zul, "Tutup", in_=group, message=card)
    for person in (xav, rahmat):
        assert ("Pelapor menutup" in posko.heard(person), "Zulkarnain" in posko.heard(person)) == (True, False)
