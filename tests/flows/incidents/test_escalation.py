"""An incident that nobody takes goes up the territory, and an owner who says nothing is asked; each step once."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from sandbox import Group, Person
from storage.tables import IncidentEventRow, IncidentRow, PersonRow, ReportRow
from tests.kit import PRESET, Posko, running

FLOOD = "/insiden banjir berat air masuk gudang"
VILLAGE, DISTRICT, REGENCY, PROVINCE = "16.73.06.1002", "16.73.06", "16.73", "16"
TITLES = {VILLAGE: "Desa", DISTRICT: "Kecamatan", REGENCY: "Linggau", PROVINCE: "Sumsel"}


@pytest.fixture
async def low(database_url: str, tmp_path: Path) -> AsyncIterator[Posko]:
    """The program over a copy of the preset in which every incident begins in its village."""
    preset = tmp_path / "preset"
    shutil.copytree(PRESET, preset)
    file = preset / "routing.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('["village", "district", "regency"]', '["village"]'), encoding="utf-8")
    async with running(database_url, preset=preset) as program:
        yield program


async def groups_of(posko: Posko, *regions: str, members: tuple[Person, ...] = ()) -> list[Group]:
    return [await posko.group(TITLES[region], region, members=members) for region in regions]


def told(group: Group, number: int = 1) -> bool:
    """Whether a group has an incident's card."""
    return any(message.by_bot and f"I-{number} · " in message.text for message in group.messages)


def card(group: Group, number: int = 1) -> str:
    """An incident's card as a group has it now."""
    return [message.text for message in group.messages if message.by_bot and f"I-{number} · " in message.text][-1]


def pointers(group: Group, number: int = 1) -> int:
    """How often an incident's card came anew in a group, below what was written since."""
    return sum(f"I-{number} · kartunya kini di bawah" in one.text for one in group.messages if one.by_bot)


async def pass_time(posko: Posko, **parts: float) -> str:
    """Let time pass and the program be killed and started twice; gives what the admin heard."""
    posko.forget(posko.admin)
    await posko.wait(**parts)
    for _ in range(2):
        await posko.restart()
        await posko.settle()
    return posko.heard(posko.admin)


async def actions(posko: Posko) -> list[str]:
    return [row.action for row in await posko.rows(IncidentEventRow)]


async def test_nobody_takes_it_and_it_goes_up_level_by_level(low: Posko) -> None:
    """Each level hears in its time and reads who was told before; at the top all of them hear anew at the severity's pace."""
    budi = await low.officer()
    groups = await groups_of(low, VILLAGE, DISTRICT, REGENCY, PROVINCE)
    await low.say(budi, FLOOD)
    assert await pass_time(low, minutes=19, seconds=59) == ""
    assert [told(group) for group in groups] == [True, False, False, False]
    low.forget(budi)
    await pass_time(low, seconds=1)
    assert [told(group) for group in groups] == [True, True, False, False]
    assert "diteruskan juga ke Kecamatan" in low.heard(budi)
    assert all("(sebelumnya: Desa)" in low.last(group).text for group in groups[:2])
    await pass_time(low, minutes=20)
    assert "(sebelumnya: Desa, Kecamatan)" in low.last(groups[2]).text
    await pass_time(low, minutes=20)
    assert "(sebelumnya: Desa, Kecamatan, Linggau)" in low.last(groups[3]).text
    heard = await pass_time(low, minutes=20)
    assert "belum diterima siapa pun sejak 07.10 WIB" in heard
    assert heard.count("Desa, Kecamatan, Linggau, Sumsel") == 1
    assert [pointers(group) for group in groups] == [1] * 4
    assert "⏰ Lewat batas · diingatkan lagi 09.30 WIB" in card(groups[0])
    assert await pass_time(low, minutes=59) == ""
    assert (await pass_time(low, minutes=1)).count("🔺 I-1") == 1
    assert await actions(low) == ["opened", *["escalated"] * 3, "admins", "admins"]
    assert [(pointers(group), "Terima" in low.last(group).buttons) for group in groups] == [(2, True)] * 4


async def test_who_takes_it_ends_the_climb(low: Posko) -> None:
    """Once somebody has taken an incident, nobody above hears of it any more; given back, it goes on where it was."""
    budi, rahmat = await low.officer(), await low.coordinator("Rahmat")
    groups = await groups_of(low, VILLAGE, DISTRICT, REGENCY, PROVINCE, members=(rahmat,))
    await low.say(budi, FLOOD)
    await low.wait(minutes=20)
    await low.tap(rahmat, "Terima", in_=groups[1])
    await pass_time(low, minutes=59)
    assert [told(group) for group in groups] == [True, True, False, False]
    (incident,) = await low.rows(IncidentRow)
    await low.tap(rahmat, in_=groups[1], message=low.last(groups[1]), data=f"iz:{incident.id}")
    await pass_time(low, minutes=20)
    assert [told(group) for group in groups] == [True, True, True, False]


async def test_a_level_without_a_group_is_passed_over_and_named(low: Posko) -> None:
    """The next linked level hears instead, and admins read once a day which regions lack a group, and the command."""
    budi = await low.officer()
    groups = await groups_of(low, VILLAGE, PROVINCE)
    await low.say(budi, FLOOD)
    await low.say(budi, "/insiden banjir berat tanggul retak")
    heard = await pass_time(low, minutes=20)
    assert [told(group, number) for group in groups for number in (1, 2)] == [True] * 4
    assert heard.count("tanpa grup untuk urusan ini") == 1
    assert "Lubuk Linggau Barat II, Kota Lubuk Linggau; Kota Lubuk Linggau" in heard
    assert "/hubungkan 16.73 koordinasi" in heard
    other = await low.officer("Joko", "LAPAS-1602")
    low.forget(low.admin)
    await low.say(other, FLOOD)
    assert "tanpa grup untuk urusan ini" in low.heard(low.admin)


async def test_the_night_is_quiet_for_what_can_wait(posko: Posko) -> None:
    """What is moderate waits until five in the morning; what is grave goes up at any hour."""
    budi = await posko.officer()
    _, province = await groups_of(posko, REGENCY, PROVINCE)
    await posko.at("2027-02-03 21:30")
    await posko.say(budi, "/insiden banjir sedang halaman tergenang")
    await posko.at("2027-02-03 21:50")
    await posko.say(budi, FLOOD)
    for clock in ("2027-02-03 22:10", "2027-02-03 22:30", "2027-02-04 04:59"):
        await posko.at(clock)
    assert [told(province, number) for number in (1, 2)] == [False, True]
    await posko.at("2027-02-04 05:00")
    assert told(province, 1)


async def test_the_owner_is_asked_and_answers(posko: Posko) -> None:
    """Every hour the owner of a grave incident is asked; each of the three buttons is taken, and the question says so."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    (group,) = await groups_of(posko, REGENCY, members=(rahmat,))
    for number, label, outcome in (
        (1, "Kabari masih ditangani", "diterima · Rahmat · 08.10"),
        (2, "Selesai", "selesai · Rahmat"),
        (3, "Lepaskan", "belum diterima · "),
    ):
        await posko.say(budi, f"{FLOOD} {number}")
        await posko.tap(rahmat, "Terima", in_=group)
        posko.forget(rahmat)
        await pass_time(posko, hours=1)
        question = posko.last(rahmat)
        assert f"I-{number} · 🌊 Banjir · Lapas Kelas IIA Lubuklinggau: masih Anda tangani?" in question.text
        assert question.buttons == ["Kabari masih ditangani", "Selesaikan", "Lepaskan"]
        assert posko.heard(rahmat).count("masih Anda tangani") == 1
        assert f"I-{number}" in (await posko.tap(rahmat, label)).text
        assert (posko.last(rahmat).text.startswith(f"✔️ I-{number}: {outcome}"), posko.last(rahmat).buttons) == (
            True,
            [],
        )
        if number == 1:  # the word holds for an hour
            await posko.wait(minutes=59)
            assert "masih Anda tangani" not in posko.last(rahmat).text
            await posko.wait(minutes=1)
            assert "masih Anda tangani" in posko.last(rahmat).text
            await posko.tap(rahmat, "Selesai")
    states = [row.state for row in await posko.rows(IncidentRow)]
    assert states == ["resolved", "resolved", "new"]


async def test_an_owner_who_does_not_answer_is_told_on(posko: Posko) -> None:
    """After another hour the next level hears that the owner has not answered, and the owner is asked once more."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    group, province = await groups_of(posko, REGENCY, PROVINCE, members=(rahmat,))
    await posko.say(budi, FLOOD)
    await posko.tap(rahmat, "Terima", in_=group)
    await pass_time(posko, hours=1)
    assert not told(province)
    assert "tingkat di atas diberi tahu" in posko.last(rahmat).text
    await pass_time(posko, hours=1)
    assert "admin diberi tahu" in posko.last(rahmat).text
    assert [word for word in ("belum menjawab: Rahmat", "(sebelumnya: Linggau)") if word not in card(province)] == []
    questions = [one for one in rahmat.messages if one.by_bot and "masih Anda tangani" in one.text]
    assert len(questions) == 1
    heard = await pass_time(posko, hours=1)
    assert "Rahmat belum menjawab; kabar terakhir 07.10 WIB" in heard
    assert [pointers(where) for where in (group, province)] == [1, 1]
    assert await pass_time(posko, minutes=59) == ""
    assert (await actions(posko)).count("asked") == 3
    assert "🔺 I-1" in await pass_time(posko, minutes=1)
    assert [pointers(where) for where in (group, province)] == [2, 2]
    await posko.tap(rahmat, "Kabari masih ditangani")
    posko.forget(posko.admin)
    assert await pass_time(posko, minutes=59) == ""
    assert (await posko.one(IncidentRow)).asked == 0


async def test_a_word_of_the_owner_is_an_answer(posko: Posko) -> None:
    """Whoever writes on the timeline is not asked before as long again has passed; so does a reply to the question count."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    (group,) = await groups_of(posko, REGENCY, members=(rahmat,))
    await posko.say(budi, FLOOD)
    await posko.tap(rahmat, "Terima", in_=group)
    await posko.wait(minutes=40)
    await rahmat.say("pompa sudah di lokasi", to=group, reply_to=posko.last(group))
    await posko.settle()
    posko.forget(rahmat)
    await pass_time(posko, minutes=59)
    assert "masih Anda tangani" not in posko.heard(rahmat)
    await pass_time(posko, minutes=1)
    assert "masih Anda tangani" in posko.heard(rahmat)
    await rahmat.say("pompa kedua dikirim", reply_to=posko.last(rahmat))
    await posko.settle()
    question = next(message for message in rahmat.messages if message.text.startswith("✔️ I-1: diterima · Rahmat"))
    assert question.buttons == []
    assert "masih Anda tangani" not in await pass_time(posko, minutes=59)


async def test_an_owner_who_cannot_be_asked_counts_as_silent(posko: Posko) -> None:
    """Whoever has blocked the bot is not asked: the level above hears at once."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    group, province = await groups_of(posko, REGENCY, PROVINCE, members=(rahmat,))
    await posko.say(budi, FLOOD)
    await posko.tap(rahmat, "Terima", in_=group)
    gone = update(PersonRow).where(PersonRow.telegram_id == rahmat.id).values(unreachable_since=posko.clock.now())
    await posko.db.write(lambda tx: tx.execute(gone))
    posko.forget(rahmat)
    await pass_time(posko, hours=1)
    assert "belum menjawab: Rahmat" in card(province)
    assert posko.heard(rahmat) == ""
    assert "asked" not in await actions(posko)


async def test_whose_owner_has_left_waits_to_be_taken_again(posko: Posko) -> None:
    """When the owner's assignment has ended the clock gives the incident back, its group and the officer hear, and it goes up."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    group, province = await groups_of(posko, REGENCY, PROVINCE, members=(rahmat,))
    await posko.say(budi, FLOOD)
    await posko.tap(rahmat, "Terima", in_=group)
    await posko.end_assignments(rahmat)
    for person in (rahmat, budi):
        posko.forget(person)
    await pass_time(posko, hours=1)
    row = await posko.one(IncidentRow)
    assert (row.state, row.owner_id, row.acknowledged_at) == ("new", None, None)
    assert (posko.heard(rahmat), pointers(group)) == ("", 1)
    assert "Rahmat tidak bertugas lagi di sini; menunggu diterima" in card(group)
    assert "I-1 menunggu diterima lagi: Rahmat tidak bertugas" in posko.heard(budi)
    await pass_time(posko, minutes=20)
    assert (told(province), "asked" in await actions(posko)) == (True, False)


async def test_a_referral_that_nobody_accepts_goes_up_its_own_groups(posko: Posko) -> None:
    """What was referred and not accepted is shown to the same body's group above, not to the others."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    (group,) = await groups_of(posko, REGENCY, members=(rahmat,))
    names = (
        ("Bawaslu Kota", REGENCY, "netralitas"),
        ("Bawaslu Prov", PROVINCE, "netralitas"),
        ("Sumsel", PROVINCE, "koordinasi"),
    )
    below, above, others = [await posko.group(*one) for one in names]
    await posko.say(budi, FLOOD)
    (incident,) = await posko.rows(IncidentRow)
    await posko.tap(rahmat, in_=group, message=posko.last(group), data=f"io:{incident.id}:bawaslu")
    assert (await posko.one(IncidentRow)).state == "referred"
    assert told(below)
    await pass_time(posko, minutes=20)
    assert [told(one) for one in (above, others)] == [True, False]
    heard = await pass_time(posko, minutes=20)
    assert "Rujukan I-1" in heard
    assert "Bawaslu Kota, Bawaslu Prov" in heard
    assert not told(others)


async def test_admins_read_little_of_what_is_confidential(posko: Posko) -> None:
    """Of a confidential incident that nobody takes admins are told the number and the place."""
    budi = await posko.officer("Zulkarnain")
    await posko.group("Bawaslu", REGENCY, "netralitas")
    await posko.say(budi, "/insiden netralitas berat lurah membagikan kaus")
    heard = await pass_time(posko, minutes=20)
    assert "I-1 · Lapas Kelas IIA Lubuklinggau menunggu tindak lanjut" in heard
    assert "/hubungkan 16\n" in f"{heard}\n"
    assert [word for word in ("Zulkarnain", "kaus", "Bawaslu", "etralit") if word in heard] == []


async def test_a_correction_leaves_it_where_it_has_gone(posko: Posko) -> None:
    """A correction does not take the card from a level that it has gone up to; what it makes graver is due earlier."""
    budi = await posko.officer()
    _, province = await groups_of(posko, REGENCY, PROVINCE)
    await posko.say(budi, "/insiden banjir sedang air naik")
    before = (await posko.one(IncidentRow)).due_at
    report = [message for message in budi.messages if not message.by_bot][-1]
    await budi.edit(report, "/insiden banjir berat air naik")
    await posko.settle()
    row = await posko.one(IncidentRow)
    assert (row.severity, row.due_at) == ("high", posko.clock.now() + timedelta(minutes=20))
    assert before == posko.clock.now() + timedelta(hours=1)
    await posko.wait(minutes=20)
    assert told(province)
    await budi.edit(report, "/insiden banjir berat air naik terus")
    await posko.settle()
    assert "air naik terus" in card(province)


async def test_incidents_of_an_older_program_get_a_first_deadline(posko: Posko) -> None:
    """What was open when the program was renewed is not fired all at once: its time begins now."""
    budi = await posko.officer()
    _, province = await groups_of(posko, REGENCY, PROVINCE)
    await posko.say(budi, FLOOD)
    old = update(IncidentRow).values(due_at=None, level=None, look_at=IncidentRow.opened_at)
    await posko.db.write(lambda tx: tx.execute(old))
    await pass_time(posko, hours=30)
    assert not told(province)
    await pass_time(posko, minutes=20)
    assert told(province)


async def test_one_that_fails_does_not_stop_the_others(posko: Posko, caplog: pytest.LogCaptureFixture) -> None:
    """An incident that cannot be handled is logged once by its number and tried every minute; the others go up."""
    budi = await posko.officer()
    _, province = await groups_of(posko, REGENCY, PROVINCE)
    await posko.say(budi, FLOOD)
    await posko.say(budi, "/insiden longsor berat jalan putus")
    (first, second) = await posko.rows(IncidentRow)
    broken = update(ReportRow).where(ReportRow.id == first.report_id)
    await posko.db.write(lambda tx: tx.execute(broken.values(form_id="gone")))
    for _ in range(3):
        await posko.wait(minutes=20)
        await posko.settle()
    assert (told(province, 1), told(province, second.number)) == (False, True)
    assert [one.message for one in caplog.records if "tried again every minute" in one.message] == [
        "I-1 is due and failed; it is tried again every minute"
    ]
    await posko.db.write(lambda tx: tx.execute(broken.values(form_id="incident")))
    await posko.wait(minutes=1)
    assert told(province, 1)
