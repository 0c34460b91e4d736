"""The officer's last word: what was declared resolved is over, or it is not."""

from __future__ import annotations

from sandbox import Group, Person
from storage.tables import IncidentEventRow, IncidentRow
from tests.kit import Posko


async def resolved(posko: Posko, budi: Person, rahmat: Person, line: str = "/insiden banjir berat air naik") -> Group:
    """An incident that its coordinator took and declared resolved."""
    group = await posko.group("Linggau", "16.73", members=[rahmat])
    await posko.say(budi, line)
    await posko.tap(rahmat, "Terima", in_=group)
    await posko.tap(rahmat, "Selesai", in_=group)
    return group


async def actions(posko: Posko) -> list[str]:
    """The steps on the timeline."""
    return [row.action for row in await posko.rows(IncidentEventRow)]


async def test_the_officer_confirms_that_it_is_over(posko: Posko) -> None:
    """A tap closes the incident on every card; a second tap, or a late one, tells how things stand."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    group = await resolved(posko, budi, rahmat)
    asked = posko.last(budi)
    assert asked.buttons == ["Setuju, sudah selesai", "Kabari belum selesai"]
    incident = await posko.one(IncidentRow)
    assert (await posko.tap(budi, "Setuju")).text == "I-1 ditutup."
    assert ("ditutup" in asked.text, asked.buttons, "Ditutup" in posko.last(group).text) == (True, [], True)
    late = await posko.tap(budi, message=asked, data=f"oc:{incident.id}")
    assert ("I-1 sekarang: ditutup. Untuk menambah" in late.text, "I-1 sekarang: ditutup" in asked.text) == (True, True)
    assert (await actions(posko), (await posko.one(IncidentRow)).state) == (
        ["opened", "taken", "resolved", "closed"],
        "closed",
    )


async def test_the_officer_says_that_it_is_not_over(posko: Posko) -> None:
    """It waits to be taken again with a new deadline, its former owner hears in private and may take it there, and a reply says more."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    group = await resolved(posko, budi, rahmat)
    posko.forget(rahmat)
    await posko.tap(budi, "Kabari belum selesai")
    incident = await posko.one(IncidentRow)
    assert (incident.state, incident.owner_id, incident.resolved_at, incident.due_at is None) == (
        "new",
        None,
        None,
        False,
    )
    assert "menurut pelapor belum selesai" in posko.heard(rahmat)
    assert "menurut pelapor belum selesai" in posko.last(group).text
    posko.forget(budi)
    await budi.say("air masih naik di blok C", reply_to=posko.last(budi))
    await posko.settle()
    assert "Dicatat pada I-1" in posko.heard(budi)
    assert "air masih naik di blok C" in posko.last(group).text
    assert "Anda terima" in (await posko.tap(rahmat, "Terima")).text
    assert await actions(posko) == ["opened", "taken", "resolved", "disputed", "noted", "taken"]


async def test_only_the_officer_behind_it_answers(posko: Posko) -> None:
    """A colleague's tap with its key is refused; after a handover the new officer is asked, and answers."""
    budi, ani, rahmat = await posko.officer(), await posko.officer("Ani"), await posko.coordinator()
    group = await posko.group("Linggau", "16.73", members=[rahmat])
    await posko.say(budi, "/insiden banjir berat air naik")
    incident = await posko.one(IncidentRow)
    await posko.say(budi, "/serahterima")
    await posko.tap(budi, "Ani")
    await posko.tap(budi, "Serahkan")
    await posko.tap(ani, "Terima")
    await posko.tap(rahmat, "Selesai", in_=group)
    assert posko.last(ani).buttons == ["Setuju, sudah selesai", "Kabari belum selesai"]
    for data in (f"oc:{incident.id}", f"od:{incident.id}", "oc:", "od:x", "oc:12"):
        assert "tidak berlaku" in (await posko.tap(budi, message=posko.last(budi), data=data)).text
    assert (await posko.one(IncidentRow)).state == "resolved"
    await posko.tap(ani, "Setuju, sudah selesai")
    assert (await posko.one(IncidentRow)).state == "closed"


async def test_a_confidential_reporter_answers_without_a_name(posko: Posko) -> None:
    """The card and the former owner's message speak of the reporter, never of a person."""
    andi, rahmat = await posko.officer("Andi"), await posko.coordinator()
    group = await resolved(posko, andi, rahmat, "/insiden intimidasi berat kepala regu mengancam")
    await posko.tap(andi, "Kabari belum selesai")
    told = [message.text for message in (*group.messages, *rahmat.messages) if message.by_bot]
    assert ("pelapor belum selesai" in "\n".join(told), [text for text in told if "Andi" in text]) == (True, [])


async def test_an_alarm_that_is_not_over_rings_again(posko: Posko) -> None:
    """Of an alarm the officer's own message and every copy show that it waits to be taken again."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    group = await posko.group("Linggau", "16.73", members=[rahmat])
    await posko.say(budi, "/darurat")
    await posko.tap(budi, "KIRIM DARURAT")
    await posko.tap(rahmat, "Terima", in_=group)
    await posko.tap(rahmat, "Selesai", in_=group)
    await posko.tap(budi, "Kabari belum selesai")
    own = next(message for message in budi.messages if "DARURAT terkirim" in message.text)
    copy = next(message for message in rahmat.messages if message.text.startswith("🆘 DARURAT"))
    assert ("Menunggu diterima" in own.text, "mohon segera ditanggapi" in copy.text) == (True, True)


async def test_what_a_coordinator_closed_is_not_over_either(posko: Posko) -> None:
    """The officer's button works after the incident was closed: it waits again, and its owner and who closed it hear."""
    budi, rahmat, dewi = await posko.officer(), await posko.coordinator(), await posko.coordinator("Dewi")
    group = await resolved(posko, budi, rahmat)
    asked = posko.last(budi)
    await posko.say(dewi, "/insiden I-1")
    await posko.tap(dewi, "Tutup")
    for person in (rahmat, dewi):
        posko.forget(person)
    assert "dibuka lagi" in (await posko.tap(budi, "Kabari belum", message=asked)).text
    assert "Menunggu diterima" in posko.last(group).text
    assert ["menurut pelapor belum selesai" in posko.heard(person) for person in (rahmat, dewi)] == [True, True]
    late = await posko.tap(budi, message=asked, data=f"oc:{(await posko.one(IncidentRow)).id}")
    assert ("belum diterima" in late.text, "Lainnya" in late.text, "langkah" in late.text) == (True, False, False)
