"""Several witnesses of one event: offered as the same, merged into one card, and nobody's report forgotten."""

from __future__ import annotations

from sandbox import Group, Message, Person
from storage.tables import IncidentEventRow, IncidentRow
from tests.flows.incidents.test_steps import choose, menu_in, menus
from tests.flows.reports.test_attachments import png
from tests.kit import Posko

TPS = "TPS-1673061002-901"  # in the village of the prison


def card_of(number: int, where: Person | Group) -> Message:
    """The newest card of an incident in a chat."""
    return [one for one in where.messages if one.by_bot and f"I-{number} ·" in one.text.split("\n")[0]][-1]


def has_card(number: int, where: Person | Group) -> bool:
    """Whether an incident's card stands in a chat."""
    return any(one.by_bot and f"I-{number} ·" in one.text.split("\n")[0] for one in where.messages)


async def numbered(posko: Posko, number: int) -> IncidentRow:
    """An incident by its number."""
    return await posko.one(IncidentRow, IncidentRow.number == number)


async def timeline(posko: Posko, number: int) -> list[tuple[str, str | None]]:
    """What happened to an incident."""
    incident = await numbered(posko, number)
    rows = await posko.rows(IncidentEventRow, IncidentEventRow.incident_id == incident.id)
    return [(row.action, row.note) for row in rows]


async def by_hand(posko: Posko, person: Person, number: int, where: Group, text: str) -> str:
    """Merge an incident into the one that is written in reply to the menu; gives what the bot says."""
    await posko.tap(person, "Pilih langkah…", in_=where, message=card_of(number, where))
    await choose(posko, person, "Gabungkan…", where)
    return await posko.say(person, text, to=where, reply_to=menu_in(where))


async def test_a_second_witness_is_merged_by_one_tap(posko: Posko) -> None:
    """The later card offers the earlier incident; merged, that one names the witness, counts the files, and leads both."""
    budi, citra = await posko.officer(), await posko.officer("Citra", TPS)
    rahmat = await posko.coordinator("Rahmat")
    group = await posko.group("Posko", "16.73", members=[rahmat])
    await posko.say(budi, "/insiden banjir sedang air masuk gudang")
    posko.clock.advance(minutes=12)
    await citra.send_photo(png(), caption="/insiden banjir berat jalan terputus")
    await posko.settle()
    assert [label for label in card_of(1, group).buttons if "Gabung" in label] == []
    assert [label for label in card_of(2, group).buttons if "Gabung" in label] == ["Gabungkan ke I-1"]
    await posko.tap(rahmat, "Terima", in_=group, message=card_of(1, group))
    answer = await posko.tap(rahmat, "Gabungkan ke I-1", in_=group, message=card_of(2, group))
    assert answer.text == "I-2 digabungkan ke I-1."
    merged, going_on = card_of(2, group), card_of(1, group)
    assert "Digabungkan dengan I-1" in merged.text
    assert merged.buttons == ["Pilih langkah…", "Lihat berkas"], "what its reporter sent stays with it"
    assert [part for part in ("Citra", "1 berkas", "I-2", "🟠") if part not in going_on.text] == []
    assert "I-2 digabungkan dengan I-1 oleh Rahmat" in citra.messages[-1].text
    assert await timeline(posko, 2) == [("opened", None), ("merged", "1")]
    assert await timeline(posko, 1) == [("opened", None), ("taken", None), ("witness", "2")]
    assert [(await numbered(posko, number)).severity for number in (1, 2)] == ["high", "high"]
    assert "sudah digabungkan" in (
        (await posko.tap(rahmat, in_=group, message=merged, data=f"it:{(await numbered(posko, 2)).id}")).text or ""
    )
    posko.forget(citra)
    await posko.tap(rahmat, "Selesai", in_=group, message=card_of(1, group))
    assert "I-1 (laporan Anda I-2 digabungkan ke sana): Rahmat menyatakan selesai" in posko.heard(citra)
    assert "I-1 dinyatakan selesai" in "\n".join(message.text for message in budi.messages)


async def test_two_reports_of_one_batch_find_each_other(posko: Posko) -> None:
    """Officers who report at the same instant are offered as one event too, by whichever came second."""
    budi, citra = await posko.officer(), await posko.officer("Citra", TPS)
    group = await posko.group("Posko", "16.73")
    for person in (budi, citra):
        await person.say("/insiden banjir berat air naik")
    await posko.settle()
    offers = [[label for label in card_of(number, group).buttons if "Gabung" in label] for number in (1, 2)]
    assert offers == [[], ["Gabungkan ke I-1"]]


async def test_what_is_not_the_same_event_is_not_offered(posko: Posko) -> None:
    """Another category, place or time, and what has ended, is not offered; an alarm is, by another, whose end it hears."""
    await posko.add_post("TPS-A", "TPS A", lat=-3.3, lon=102.86)
    await posko.add_post("TPS-B", "TPS B", lat=-3.305, lon=102.86, region="16.73.06.1003")
    await posko.add_post("TPS-C", "TPS C", lat=-3.35, lon=102.86)
    people = {post: await posko.officer(f"Petugas {post}", f"TPS-{post}") for post in "ABC"}
    rahmat = await posko.coordinator("Rahmat")
    group = await posko.group("Posko", "16.73", members=[rahmat])

    async def offered(post: str, text: str) -> list[str]:
        await posko.say(people[post], text)
        number = len(await posko.rows(IncidentRow))
        return [label for label in card_of(number, group).buttons if "Gabung" in label]

    assert await offered("A", "/insiden banjir berat air naik") == []
    assert await offered("B", "/insiden longsor berat tebing") == []
    assert await offered("C", "/insiden banjir berat air naik") == [], "5 km away, though in one village"
    assert await offered("B", "/insiden banjir berat air naik") == ["Gabungkan ke I-1"], "556 m away"
    posko.clock.advance(minutes=31)
    await posko.tap(rahmat, "Terima", in_=group, message=card_of(4, group))
    assert "Gabungkan ke I-1" not in card_of(4, group).buttons, "late; by the menu it still goes"
    assert await offered("A", "/insiden keamanan berat ribut") == []
    await posko.tap(rahmat, "Selesai", in_=group, message=card_of(5, group))
    assert await offered("B", "/insiden keamanan berat ribut") == []
    await posko.say(people["A"], "/darurat api di gudang")
    await posko.tap(people["A"], "KIRIM DARURAT")
    await posko.say(people["B"], "/darurat gudang terbakar")
    await posko.tap(people["B"], "KIRIM DARURAT")
    assert "I-8 digabungkan ke I-7" in (
        (await posko.tap(rahmat, "Gabungkan ke I-7", in_=group, message=card_of(8, group))).text or ""
    )
    posko.forget(people["B"])
    await posko.tap(people["A"], "Batalkan: salah tekan")
    assert "laporan Anda I-8 digabungkan ke sana): Petugas A membatalkan" in posko.heard(people["B"])


async def test_by_hand_an_incident_is_chosen_or_written(posko: Posko) -> None:
    """The menu offers open incidents of the regency, the likeliest first, and takes a number; what cannot be is refused."""
    budi, citra = await posko.officer(), await posko.officer("Citra", TPS)
    ali = await posko.officer("Ali", "RUTAN-1671")
    rahmat = await posko.coordinator("Rahmat")
    group = await posko.group("Posko", "16.73", members=[rahmat])
    await posko.group("Palembang", "16.71")
    await posko.say(budi, "/insiden keamanan berat ribut")
    await posko.say(ali, "/insiden banjir berat air naik")
    await posko.say(budi, "/insiden banjir sedang air naik")
    posko.clock.advance(hours=1)
    await posko.say(citra, "/insiden banjir kritis tanggul jebol")
    await posko.say(budi, "/netralitas foto bersama asn di aula")
    await posko.tap(rahmat, "Pilih langkah…", in_=group, message=card_of(4, group))
    await choose(posko, rahmat, "Gabungkan…", group)
    labels = [label[:4].strip() for label in menu_in(group).buttons if label.startswith("I-")]
    assert max(len(label) for label in menu_in(group).buttons) <= 24
    assert "• I-3 🌊 Banjir · Lapas Kelas IIA Lubuklinggau · 07.10 WIB" in menu_in(group).text.splitlines()
    assert labels == ["I-3", "I-1"], "neither another regency's nor a confidential one"
    for text, refusal in {
        "yang tadi": "belum terbaca",
        "I-99": "I-99 tidak ada",
        "I-2": "tidak dapat digabungkan",
        "i-5": "tidak dapat digabungkan",
        "4": "dirinya sendiri",
    }.items():
        assert refusal in await posko.say(rahmat, text, to=group, reply_to=menu_in(group)), text
    assert (await numbered(posko, 4)).state == "new"
    province = await posko.group("Provinsi", "16")
    answer = await posko.say(rahmat, "I-3", to=group, reply_to=menu_in(group))
    assert "I-4 digabungkan ke I-3" in answer
    assert menus(group) == 0
    assert (await numbered(posko, 3)).severity == "critical"
    assert has_card(3, province), "as grave as its gravest witness, it goes to the province too"


async def test_merging_follows_to_the_end_and_reopening_takes_it_back(posko: Posko) -> None:
    """Merging into a merged incident reaches the one that goes on, never itself; reopened, a report stands alone again."""
    people = [await posko.officer("Budi"), await posko.officer("Citra", TPS), await posko.officer("Deni", TPS)]
    rahmat = await posko.coordinator("Rahmat")
    group = await posko.group("Posko", "16.73", members=[rahmat])
    for person in people:
        await posko.say(person, "/insiden banjir berat air naik")
    assert "I-2 digabungkan ke I-1" in await by_hand(posko, rahmat, 2, group, "I-1")
    assert "dirinya sendiri" in await by_hand(posko, rahmat, 1, group, "I-2")
    assert "I-3 digabungkan ke I-1" in await by_hand(posko, rahmat, 3, group, "I-2")
    first = card_of(1, group).text
    assert [name for name in ("Citra", "Deni") if name not in first] == []
    assert "saksi I-3" in first
    await posko.tap(rahmat, "Pilih langkah…", in_=group, message=card_of(2, group))
    await choose(posko, rahmat, "Buka lagi…", group)
    await choose(posko, rahmat, "keliru ditutup", group)
    first = card_of(1, group).text
    assert ("Citra" in first, "Deni" in first, "memisahkan lagi laporan saksi I-2" in first) == (False, True, True)
    assert (await numbered(posko, 2)).duplicate_of is None
    assert card_of(2, group).buttons[0] == "Terima"
    assert (await timeline(posko, 1))[-1] == ("parted", "2")
    await posko.tap(rahmat, "Terima", in_=group, message=card_of(1, group))
    await posko.tap(rahmat, "Selesai", in_=group, message=card_of(1, group))
    assert "I-1 sudah berakhir" in await by_hand(posko, rahmat, 2, group, "I-3")


async def test_two_who_merge_crosswise_make_no_ring(posko: Posko) -> None:
    """When one merges A into B while another merges B into A, one of them is refused."""
    budi, citra = await posko.officer(), await posko.officer("Citra", TPS)
    rahmat, dewi = await posko.coordinator("Rahmat"), await posko.coordinator("Dewi")
    groups = [await posko.group(name, "16.73", members=[rahmat, dewi]) for name in ("Grup A", "Grup B")]
    for person in (budi, citra):
        await posko.say(person, "/insiden banjir berat air naik")
    one, two = [(await numbered(posko, number)).id for number in (1, 2)]
    cards = [card_of(1, groups[0]), card_of(2, groups[1])]
    await rahmat.tap(in_=groups[0], message=cards[0], data=f"ik:{one}:{two}")
    await dewi.tap(in_=groups[1], message=cards[1], data=f"ik:{two}:{one}")
    await posko.settle()
    rows = [await numbered(posko, number) for number in (1, 2)]
    assert sorted(row.state for row in rows) == ["duplicate", "new"]
    assert sorted(row.duplicate_of is None for row in rows) == [False, True]


async def test_a_group_is_offered_only_what_it_may_hear_of(posko: Posko) -> None:
    """Neither the menu nor a card names an incident to a group that is not to hear of it, as after a referral."""
    budi, citra = await posko.officer(), await posko.officer("Citra", TPS)
    rahmat, siti = await posko.coordinator("Rahmat"), await posko.coordinator("Siti")
    logistics = await posko.group("Logistik", "16.73", "logistics", members=[rahmat, siti])
    legal = await posko.group("Hukum", "16.73", "legal", members=[rahmat, siti])
    await posko.say(budi, "/insiden logistik rahasia berat kotak hilang")
    await posko.say(budi, "/insiden politik-uang berat amplop")
    await posko.say(citra, "/insiden logistik rahasia berat segel rusak")
    assert "Gabungkan ke I-1" in card_of(3, logistics).buttons
    key = (await numbered(posko, 3)).id
    await posko.tap(rahmat, in_=logistics, message=card_of(3, logistics), data=f"io:{key}:prosecutor")
    assert ("I-1" in card_of(3, logistics).text, "I-1" in card_of(3, legal).text) == (True, False)
    assert "Gabungkan ke I-1" not in card_of(3, legal).buttons
    await posko.tap(siti, "Terima rujukan", in_=legal, message=card_of(3, legal))

    async def offered(number: int, where: Group) -> list[str]:
        await posko.tap(rahmat, "Pilih langkah…", in_=where, message=card_of(number, where))
        await choose(posko, rahmat, "Gabungkan…", where)
        return [label[:3] for label in menu_in(where).buttons if label.startswith("I-")]

    assert await offered(3, legal) == []
    assert await offered(3, logistics) == ["I-1"]
    await posko.say(budi, "/insiden logistik berat tinta kurang")
    assert await offered(4, logistics) == [], "not the vote buying of which only the other group hears"
    await posko.say(rahmat, "/insiden I-4")
    await posko.tap(rahmat, "Pilih langkah…", message=card_of(4, rahmat))
    await choose(posko, rahmat, "Gabungkan…")
    offers = [label[:3] for label in menu_in(rahmat).buttons if label.startswith("I-")]
    assert offers == ["I-2"], "in private whatever is theirs, but nothing confidential with what everybody reads"
