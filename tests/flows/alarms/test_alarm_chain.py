"""A call for help that nobody takes: it rings again, further up, until somebody does."""

from __future__ import annotations

from sqlalchemy import update

from sandbox import Group, Person
from storage.tables import IncidentEventRow, IncidentRow, PersonRow
from tests.flows.alarms.test_sos import alarm
from tests.kit import Posko

RING = "🆘 I-1 belum diterima siapa pun"


def rings(where: Group | Person) -> list[str]:
    """How long nobody had taken the alarm, in the order in which it was heard in a chat."""
    found = [message.text for message in where.messages if message.by_bot and message.text.startswith(RING)]
    return [text.partition("(")[2].partition(")")[0] for text in found]


def anew(group: Group) -> int:
    """How often the card came anew in a group, below what was written since."""
    return sum("kartunya kini di bawah" in message.text for message in group.messages if message.by_bot)


async def pass_time(posko: Posko, **parts: float) -> None:
    """Let time pass and the program be killed and started."""
    await posko.wait(**parts)
    await posko.restart()
    await posko.settle()


async def test_an_alarm_that_nobody_takes_rings_further_up(posko: Posko) -> None:
    """At night too: after two minutes all groups and the province's coordinators, then admins with the phone, then five times."""
    await posko.at("2027-02-03 23:00")
    budi, rahmat = await posko.officer("Budi"), await posko.coordinator("Rahmat")
    gani, tono = await posko.coordinator("Gani", "16"), await posko.coordinator("Tono", "16.74")
    called = update(PersonRow).where(PersonRow.telegram_id == budi.id).values(rank="Bripka", phone="+6281200000011")
    await posko.db.write(lambda tx: tx.execute(called))
    groups = [await posko.group("Linggau", "16.73"), await posko.group("Sumsel", "16")]
    places: list[Group | Person] = [*groups, rahmat]
    await alarm(posko, budi)
    await pass_time(posko, minutes=1, seconds=59)
    assert [rings(group) for group in groups] == [[], []]
    assert "I-1" not in posko.heard(gani)
    await pass_time(posko, seconds=1)
    assert [rings(where) for where in places] == [["2 menit"]] * 3
    assert posko.last(gani).text.startswith("🆘 DARURAT — mohon segera")
    assert "(sebelumnya: Linggau, Sumsel)" in posko.last(gani).text
    assert "2 grup dan 2 koordinator" in "\n".join(message.text for message in budi.messages)
    posko.forget(posko.admin)
    await pass_time(posko, minutes=2)
    heard = posko.heard(posko.admin)
    assert (heard.count(RING), "Bripka Budi +62 812-0000-0011" in heard) == (1, True)
    for _ in range(5):
        await pass_time(posko, minutes=2)
    for where in places:
        assert rings(where) == ["2 menit", "4 menit", "6 menit", "8 menit", "10 menit"]
    assert rings(gani) == ["4 menit", "6 menit", "8 menit", "10 menit"]
    assert anew(groups[0]) == 0
    posko.forget(posko.admin)
    await pass_time(posko, minutes=3)  # from now on every five minutes
    assert "🔺 I-1 · Lapas Kelas IIA Lubuklinggau belum diterima siapa pun" in posko.heard(posko.admin)
    await pass_time(posko, minutes=5)
    assert ([anew(group) for group in groups], rings(rahmat)[-2:]) == ([2, 2], ["17 menit", "22 menit"])
    assert posko.last(groups[0]).buttons[0] == "Terima"
    assert "I-1" not in posko.heard(tono)
    actions = [row.action for row in await posko.rows(IncidentEventRow)]
    assert actions == ["opened", "escalated", "admins", "admins", "admins"]


async def test_an_alarm_that_was_taken_is_silent_until_its_owner_is(posko: Posko) -> None:
    """Once taken it rings no more; after ten minutes without a word its owner is asked, then all others are called anew."""
    budi, rahmat, dewi = await posko.officer("Budi"), await posko.coordinator("Rahmat"), await posko.coordinator("Dewi")
    group = await posko.group("Linggau", "16.73")
    await alarm(posko, budi)
    await pass_time(posko, minutes=2)
    await posko.tap(rahmat, "Terima", message=next(one for one in rahmat.messages if "Terima" in one.buttons))
    assert (await posko.one(IncidentRow)).asked == 0
    posko.forget(rahmat)
    await pass_time(posko, minutes=9)
    assert rings(group) == ["2 menit"]
    assert "masih Anda tangani" not in posko.heard(rahmat)
    await pass_time(posko, minutes=1)
    assert "masih Anda tangani" in posko.heard(rahmat)
    assert "admin diberi tahu" in posko.last(rahmat).text
    for person in (budi, rahmat, dewi, posko.admin):
        posko.forget(person)
    await pass_time(posko, minutes=10)
    assert "Rahmat belum menjawab" in posko.heard(posko.admin)
    for _ in range(2):
        await pass_time(posko, minutes=5)
    called = "🆘 I-1 · Lapas Kelas IIA Lubuklinggau: Rahmat belum menjawab"
    assert [posko.heard(person).count(called) for person in (dewi, rahmat)] == [3, 0]
    assert (anew(group), posko.heard(posko.admin).count("Rahmat belum menjawab")) == (3, 3)
    assert posko.heard(budi).count("I-1: Rahmat belum memberi kabar") == 1
    assert "Anda ambil alih" in (await posko.tap(dewi, "Ambil alih")).text
    assert "Dewi" in posko.last(group).text


async def test_an_alarm_without_any_group_rings_in_person(posko: Posko) -> None:
    """Where no group is linked, the coordinators who got the alarm in person hear it ring."""
    budi, rahmat = await posko.officer("Budi"), await posko.coordinator("Rahmat")
    await alarm(posko, budi)
    await pass_time(posko, minutes=2)
    assert rings(rahmat) == ["2 menit"]
    withdraw = next(message for message in budi.messages if "Batalkan: salah tekan" in message.buttons)
    await posko.tap(budi, "Batalkan: salah tekan", message=withdraw)
    await pass_time(posko, minutes=30)
    assert rings(rahmat) == ["2 menit"]
