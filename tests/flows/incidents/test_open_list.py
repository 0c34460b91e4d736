"""/insiden alone: the list of open incidents in one message, its filters and pages, and who may read it."""

from __future__ import annotations

import re

from sandbox import Group, Person
from storage.database.engine import Tx
from storage.people import people
from storage.tables import ScreenRow
from tests.kit import Posko

TPS = "TPS-1673061002-901"
EMPTY = "✅ Tidak ada insiden terbuka."


def button(where: Person | Group, posko: Posko, words: str) -> str:
    """The label of the button of the newest message that has these words."""
    return next(label for label in posko.last(where).buttons if words in label)


def numbers(text: str) -> list[str]:
    """The incidents that a list names, in its order."""
    return re.findall(r"^\S (I-\d+) ", text, re.MULTILINE)


def lists(where: Person | Group) -> list[str]:
    """The lists that stand in a chat."""
    return [message.text for message in where.messages if message.by_bot and "keadaan" in message.text]


async def ask(posko: Posko, person: Person, words: str, group: Group | None = None) -> str:
    """Let somebody write, and give the list that stands in the chat then."""
    await posko.say(person, words, to=group)
    return lists(group or person)[-1]


async def hold(posko: Posko, person: Person, role: str, region: str) -> None:
    """Give somebody a further role."""

    async def work(tx: Tx) -> None:
        row = (await people.members(tx, [person.id], now=posko.clock.now()))[person.id].row
        now = posko.clock.now()
        people.assign(tx, row, role=role, region_code=region, post_id=None, granted="invite:test", now=now)

    await posko.db.write(work)


async def file(posko: Posko, person: Person, *lines: str) -> None:
    """File incidents, ten minutes apart."""
    for line in lines:
        await posko.say(person, f"/insiden {line}")
        posko.clock.advance(minutes=10)


async def test_a_group_lists_what_is_open_in_one_message(posko: Posko) -> None:
    """/insiden in a group lists by severity and age; a page edits it, asking anew moves it below."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    group = await posko.group("Posko", "16.73", members=[rahmat])
    await file(posko, budi, "banjir ringan", "listrik kritis", "hoaks berat", "longsor berat", "kesehatan sedang",
               "logistik ringan", "keamanan ringan", "prosedur ringan", "lainnya ringan")  # fmt: skip
    text = await ask(posko, rahmat, "/insiden", group)
    assert text.startswith("📋 9 insiden terbuka · hal. 1/2\n📍 Kota Lubuk Linggau · keadaan 08.40 WIB\n")
    assert numbers(text) == ["I-2", "I-3", "I-4", "I-5", "I-1", "I-6", "I-7", "I-8"]
    assert "🔴 I-2 🔌 Listrik/internet · Lapas Kelas IIA Lubuklinggau\nkritis · 🔔 menunggu · 80 menit" in text
    await posko.tap(rahmat, "▶", in_=group)
    assert (numbers(lists(group)[-1]), len(lists(group))) == (["I-9"], 1)
    await posko.say(budi, "/insiden banjir ringan lagi")
    await posko.say(rahmat, "/insiden", to=group)
    assert len(lists(group)) == 1
    assert posko.last(group).text.startswith("📋 10 insiden terbuka")
    assert len(await posko.rows(ScreenRow, ScreenRow.key == f"list:{group.id}:0")) == 1


async def test_filters_show_mine_the_unowned_and_the_overdue(posko: Posko) -> None:
    """Lihat milik saya is what the person who taps handles; the others are for all, counted on their buttons and in the title."""
    budi, rahmat, dewi = await posko.officer(), await posko.coordinator("Rahmat"), await posko.coordinator("Dewi")
    group = await posko.group("Posko", "16.73", members=[rahmat, dewi])
    await file(posko, budi, "banjir berat", "longsor berat", "hoaks ringan")
    await posko.say(rahmat, "/insiden I-2")
    await posko.tap(rahmat, "Terima")
    await posko.say(rahmat, "/insiden", to=group)
    await posko.tap(rahmat, "Lihat milik saya", in_=group)
    mine = posko.last(group)
    assert mine.text.startswith("📋 1 insiden terbuka · penanggung jawab Rahmat\n")
    assert "berat · 👀 Rahmat · 20 menit" in mine.text
    assert "✓ Lihat milik saya" in mine.buttons
    await posko.tap(dewi, "Lihat milik saya", in_=group)
    assert posko.last(group).text.startswith("📋 Tidak ada insiden yang cocok · penanggung jawab Dewi\n")
    await posko.tap(dewi, "Lihat menunggu (2)", in_=group)
    assert numbers(posko.last(group).text) == ["I-1", "I-3"]
    await posko.wait(hours=1)
    await posko.say(dewi, "/insiden", to=group)
    await posko.tap(dewi, button(group, posko, "Lihat lewat batas"), in_=group)
    late = posko.last(group).text
    assert ("· lewat batas\n" in late, "⏰ lewat batas" in late, "I-1" in numbers(late)) == (True, True, True)
    await posko.tap(dewi, button(group, posko, "Lihat semua"), in_=group)
    assert numbers(posko.last(group).text) == ["I-1", "I-2", "I-3"]


async def test_categories_and_regions_are_chosen_from_what_is_open(posko: Posko) -> None:
    """The menus name only what has open incidents, with how many; a choice shows these, Kembali shows all again."""
    budi, wati = await posko.officer(), await posko.officer("Wati", "RUTAN-1674")
    await posko.add_post("KANTOR-1673", "Kantor Wali Kota", kind="kantor", region="16.73")
    ani = await posko.officer("Ani", "KANTOR-1673")
    await file(posko, budi, "banjir berat", "banjir ringan")
    await file(posko, wati, "hoaks sedang")
    await file(posko, ani, "listrik sedang")
    await posko.say(ani, "/lapor gangguan ribut")
    rahmat = await posko.coordinator("Rahmat", "16.73")
    await posko.say(rahmat, "/insiden")
    await posko.tap(rahmat, "Pilih kategori…")
    assert posko.last(rahmat).buttons == [
        "🌊 Banjir (2)",
        "📣 Situasi/darurat (1)",
        "🔌 Listrik/internet (1)",
        "Kembali",
    ]
    await posko.tap(rahmat, "🌊 Banjir (2)")
    assert posko.last(rahmat).text.startswith("📋 2 insiden terbuka · 🌊 Banjir\n")
    await posko.tap(rahmat, "✓ Pilih kategori…")
    await posko.tap(rahmat, "Kembali")
    assert posko.last(rahmat).text.startswith("📋 4 insiden terbuka\n")
    await posko.tap(rahmat, "Pilih wilayah…")
    assert posko.last(rahmat).buttons == ["Lubuklinggau saja (2)", "Lubuk Linggau Barat… (2)", "Kembali"]
    await posko.tap(rahmat, "Lubuklinggau saja (2)")
    assert numbers(posko.last(rahmat).text) == ["I-5", "I-4"]
    await posko.say(posko.admin, "/insiden")
    await posko.tap(posko.admin, "Pilih wilayah…")
    assert posko.last(posko.admin).buttons == ["Lubuklinggau (4)", "Prabumulih (1)", "Kembali"]


async def test_a_number_opens_the_card(posko: Posko) -> None:
    """The button with a number shows the card, in a group and in private; a number that is not there is refused."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    group = await posko.group("Posko", "16.73", members=[rahmat])
    await file(posko, budi, "banjir berat")
    for where in (group, rahmat):
        await posko.say(rahmat, "/insiden daftar", to=None if where is rahmat else group)
        await posko.tap(rahmat, "🟠 I-1 🌊 Banjir", in_=None if where is rahmat else group)
        assert "I-1 · 🌊 Banjir · berat" in posko.last(where).text
    listed = next(message for message in rahmat.messages if "keadaan" in message.text)
    for data, answer in (("lo:99", "tidak ada di wilayah Anda"), ("lo:x", "tidak berlaku"), ("lo:", "tidak berlaku")):
        assert answer in (await posko.tap(rahmat, message=listed, data=data)).text


async def test_who_may_not_read_it_is_told_why(posko: Posko) -> None:
    """Officers, coordinators of other regions and groups that are not linked get a clear answer, by word and by tap."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    tono = await posko.coordinator("Tono", "16.74")
    group = await posko.group("Posko", "16.73", members=[rahmat, budi, tono])
    other = posko.tg.group("Lain", [rahmat])
    assert "/hubungkan WILAYAH" in await posko.say(rahmat, "/insiden", to=other)
    assert "Daftar insiden untuk koordinator" in await posko.say(budi, "/insiden", to=group)
    assert "Laporan Anda sendiri dan perkembangannya: /tugas" in await posko.say(budi, "/insiden daftar")
    assert "di luar penugasan Anda" in await posko.say(tono, "/insiden", to=group)
    await file(posko, budi, "banjir berat")
    await posko.say(rahmat, "/insiden", to=group)
    shown = posko.last(group)
    for data in ("li:a::1", "lm:c:1", "lo:1"):
        assert "untuk koordinator" in (await posko.tap(budi, in_=group, message=shown, data=data)).text
        assert "di luar penugasan Anda" in (await posko.tap(tono, in_=group, message=shown, data=data)).text
    await posko.say(posko.admin, "/putuskan", to=group)
    assert "tidak terhubung lagi" in (await posko.tap(rahmat, in_=group, message=shown, data="li:u::1")).text
    assert (await posko.tap(rahmat, in_=group, message=shown, data="li:u::1")).text.count("<") == 0
    await posko.end_assignments(rahmat)
    assert "tidak memegang" in (await posko.tap(rahmat, in_=group, message=shown, data="li:a::1")).text


async def test_a_group_reads_only_what_it_was_linked_for(posko: Posko) -> None:
    """A group for neutrality lists no flood, and a group for disasters no neutrality; nothing open is said as a fact."""
    budi, rahmat = await posko.officer("Zulkarnain"), await posko.coordinator("Rahmat")
    disaster = await posko.group("BPBD", "16.73", "bencana", members=[rahmat])
    neutrality = await posko.group("Bawaslu", "16.73", "netralitas", members=[rahmat])
    await file(posko, budi, "banjir berat", "netralitas sedang lurah membagikan kaus")
    assert numbers(await ask(posko, rahmat, "/insiden", disaster)) == ["I-1"]
    text = await ask(posko, rahmat, "/insiden", neutrality)
    assert numbers(text) == ["I-2"]
    assert "Zulkarnain" not in text
    assert numbers(await ask(posko, rahmat, "/insiden")) == ["I-1", "I-2"]
    await posko.tap(rahmat, "Pilih kategori…", in_=disaster)
    assert ["🌊 Banjir (1)", "Kembali"] in [message.buttons for message in disaster.messages]


async def test_in_private_the_form_stays_the_form(posko: Posko) -> None:
    """Who holds a post gets the form and files by a line; daftar and list show the list to who also coordinates."""
    budi = await posko.officer()
    await posko.say(budi, "/insiden")
    assert "Apa yang terjadi?" in posko.last(budi).text
    await posko.say(budi, "/batal")
    await hold(posko, budi, "coordinator", "16.73")
    await posko.say(budi, "/insiden")
    assert "Apa yang terjadi?" in posko.last(budi).text
    assert EMPTY in await posko.say(budi, "/insiden daftar")
    siti = await posko.coordinator("Siti")
    await posko.say(budi, "/insiden daftar pemilih hilang di TPS")
    assert len(lists(budi)) == 1
    await posko.say(budi, "/batal")
    for words in ("daftar", "Daftar", "list"):
        assert EMPTY in await posko.say(siti, f"/insiden {words}")
    assert EMPTY in await posko.say(siti, "/kejadian")
    assert len(lists(siti)) == 1


async def test_nothing_open_is_a_fact_with_the_days_without_conflict(posko: Posko) -> None:
    """An empty list says so with the streak of the territory, and can be looked at again; a person reads their language."""
    budi = await posko.officer()
    rahmat = await posko.coordinator("Rahmat", language="en")
    await file(posko, budi, "keamanan berat ribut")
    await posko.say(rahmat, "/incident I-1")
    await posko.tap(rahmat, "Resolve")
    posko.clock.set("2027-02-15 09:00")
    text = await posko.say(rahmat, "/incident")
    assert text.splitlines()[:2] == ["✅ No incident is open.", "🕊 Zero conflict: 12 days"]
    await file(posko, budi, "banjir berat")
    await posko.tap(rahmat, "Refresh")
    assert posko.last(rahmat).text.startswith("📋 1 open incident\n")
    assert "high · 🔔 waiting · 10 min" in posko.last(rahmat).text


async def test_several_territories_are_one_list(posko: Posko) -> None:
    """Who coordinates two cities lists both, divided by city, and may choose only within them."""
    budi, wati = await posko.officer(), await posko.officer("Wati", "RUTAN-1674")
    both = await posko.enrol("Dewi", "coordinator", "16.73", "16.74")
    await file(posko, budi, "banjir ringan")
    await file(posko, wati, "hoaks berat")
    text = await ask(posko, both, "/insiden")
    assert numbers(text) == ["I-2", "I-1"]
    assert "📍 Kota Lubuk Linggau dan Kota Prabumulih ·" in text
    await posko.tap(both, "Pilih wilayah…")
    await posko.tap(both, "Prabumulih (1)")
    assert numbers(posko.last(both).text) == ["I-2"]
    for data in ("li:r:16.71:1", "li:c:robbery:7"):
        await posko.tap(both, message=posko.last(both), data=data)
        assert lists(both)[-1].startswith("📋 2 insiden terbuka\n")


async def test_what_a_group_may_not_hear_of_is_answered_as_what_there_is_not(posko: Posko) -> None:
    """A number of other ears, an unknown one and another region's get one sentence that tells nothing, by word and by tap."""
    budi, wati = await posko.officer(), await posko.officer("Wati", "RUTAN-1674")
    rahmat = await posko.coordinator("Rahmat", "16")
    group = await posko.group("Posko", "16.73", "koordinasi", members=[rahmat])
    await posko.say(budi, "/netralitas foto bersama asn camat di aula")
    await file(posko, budi, "politik uang berat", "banjir berat")
    await posko.say(wati, "/insiden banjir berat air naik")
    answers = [await posko.say(rahmat, f"/insiden I-{number}", to=group) for number in (1, 2, 4, 99)]
    assert [re.sub(r"\d+", "n", answer) for answer in answers] == [
        "I-n tidak ada di grup ini. Bila itu wilayah Anda, buka di chat pribadi: /insiden I-n"
    ] * 4
    await posko.say(rahmat, "/insiden", to=group)
    assert "tidak ada di grup ini" in (await posko.tap(rahmat, in_=group, message=posko.last(group), data="lo:1")).text
    assert "I-1 · " in await posko.say(rahmat, "/insiden I-1")


async def test_the_list_of_a_group_agrees_with_its_summary(posko: Posko) -> None:
    """What is open there and none of the group's business is counted, not named; an empty list is not said to be all."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    group = await posko.group("Posko", "16.73", "koordinasi", members=[rahmat])
    await file(posko, budi, "politik uang berat", "politik uang ringan")
    text = await ask(posko, rahmat, "/insiden", group)
    assert text.splitlines()[:2] == [
        "✅ Tidak ada insiden terbuka untuk urusan grup ini.",
        "➕ 2 lagi di wilayah ini bukan urusan grup ini.",
    ]
    assert "Politik" not in text
    await file(posko, budi, "banjir berat")
    text = await ask(posko, rahmat, "/insiden", group)
    assert text.splitlines()[:2] == ["📋 1 insiden terbuka", "➕ 2 lagi di wilayah ini bukan urusan grup ini."]
    assert "Insiden terbuka: 3" in await posko.say(rahmat, "/ringkasan", to=group)
    assert "➕" not in await ask(posko, rahmat, "/insiden")


async def test_a_number_is_read_however_it_is_typed(posko: Posko) -> None:
    """A bare number, a number with words behind it and a number by itself show the card; saya shows one's own."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    group = await posko.group("Posko", "16.73", members=[rahmat])
    await file(posko, budi, "banjir berat", "hoaks ringan")
    for words in ("/insiden 1", "/insiden I-1 tolong", "/insiden i1, bagaimana?", "I-1", "i 1", "I-1."):
        assert "I-1 · 🌊 Banjir" in await posko.say(rahmat, words), words
    for words in ("/insiden 1", "/insiden I-1 tolong"):
        assert "I-1 · 🌊 Banjir" in await posko.say(rahmat, words, to=group), words
    await posko.tap(rahmat, "Terima", in_=group)
    for where in (group, None):
        text = await ask(posko, rahmat, "/insiden saya", where)
        assert ("Rahmat" in text.split("\n")[0], numbers(text)) == (True, ["I-1"])
    assert "Apa yang terjadi?" in await posko.say(budi, "/insiden 4 orang memblokir jalan"), "an officer's is a line"


async def test_other_words_are_answered_with_how_it_is_done(posko: Posko) -> None:
    """Who coordinates and writes neither number nor line reads how list, card and report are reached; a topic too."""
    rahmat = await posko.coordinator()
    group = await posko.group("Posko", "16.73", members=[rahmat])
    for words in ("/insiden I-", "/insiden tolong dicek"):
        told = await posko.say(rahmat, words, to=group)
        assert ("daftar insiden: /insiden ·" in told, "/insiden I-4" in told, "chat pribadi" in told) == (True,) * 3
        alone = await posko.say(rahmat, words)
        assert ("/insiden daftar" in alone, "/insiden I-4" in alone, "#KODE" in alone) == (True,) * 3
    other = posko.tg.group("Lain", [rahmat])
    for words in ("/insiden", "/insiden I-1", "/insiden 7"):
        assert "belum terhubung" in await posko.say(rahmat, words, to=other)
