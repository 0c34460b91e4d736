"""Prisons and their Kanwil: it hears of everything at its prisons, and others act all the same."""

from __future__ import annotations

from storage.tables import IncidentRow
from tests.kit import Posko


async def test_the_kanwil_hears_of_its_prisons_only(posko: Posko) -> None:
    """The Kanwil's group gets a prison's card that edits itself; of other posts, and of what is confidential, nothing."""
    budi, rahmat = await posko.officer("Budi"), await posko.coordinator()
    await posko.add_post("TPS-1673061002-001", "TPS 001")
    joko = await posko.officer("Joko", "TPS-1673061002-001")
    kanwil = await posko.group("Kanwil", "16", "pemasyarakatan")
    group = await posko.group("Linggau", "16.73", members=[rahmat])
    receipt = await posko.say(budi, "/insiden banjir sedang air masuk dapur")
    assert ("I-1" in kanwil.messages[-1].text, "Diteruskan ke 1 grup" in receipt) == (True, True)
    await posko.tap(rahmat, "Terima", in_=group)
    assert "Rahmat" in kanwil.messages[-1].text
    before = len(kanwil.messages)
    await posko.say(joko, "/insiden banjir sedang air masuk TPS")
    await posko.say(budi, "/netralitas foto asn")
    await posko.say(budi, "/insiden keamanan sedang rahasia ribut di blok")
    assert len(kanwil.messages) == before
    assert (await posko.rows(IncidentRow))[0].level == "regency"


async def test_where_only_the_kanwil_hears_admins_are_told(posko: Posko) -> None:
    """A prison whose regency has no group is heard by the Kanwil, and admins are told that nobody there must act."""
    budi = await posko.officer("Budi")
    kanwil = await posko.group("Kanwil", "16", "pemasyarakatan")
    posko.forget(posko.admin)
    text = await posko.say(budi, "/insiden banjir sedang air masuk dapur")
    assert "I-1" in kanwil.messages[-1].text
    assert ("admin sudah diberi tahu" in text, "I-1" in posko.heard(posko.admin)) == (True, True)
