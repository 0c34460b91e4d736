"""Buttons that version 0.1.0 put into people's chats still do what they say, and none of them makes the program fail."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest

from sandbox import Group, Message, Person
from tests.old_file import DATA, Old, started, written

KEY = re.compile(r"\d{15,}")
# Which rows the first key in a button's data names, by how the data begins; others name posts or nothing.
NAMED = {
    "d": "drafts", "u": "drafts", "i": "incidents", "oc": "incidents", "od": "incidents", "sp": "incidents",
    "sw": "incidents", "co": "reports", "rp": "reports", "up": "reports", "ef": "reports", "n": "notices",
    "ni": "posts", "hy": "handovers", "hn": "handovers", "hw": "handovers", "so": "inbox",
}  # fmt: skip


@pytest.fixture
async def old(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Old]:
    """The program on the old file; whatever is tapped, nothing may fail in the log or be set aside."""
    async with started(tmp_path) as program:
        yield program
        assert program.failures() == []
    assert [one.getMessage() for one in caplog.records if one.levelno >= logging.WARNING] == []


async def pressed(old: Old, presses: Iterable[tuple[Person, Message, str]]) -> list[tuple[str, str, str | None]]:
    """Who pressed which data and what the phone shows, after all have pressed at once; None is no answer at all."""
    taps = [(person.name, data, await person.tap(message=message, data=data)) for person, message, data in presses]
    await old.posko.settle()
    found = [(name, data, tap.query.answer) for name, data, tap in taps]
    return [(name, data, None if answer is None else answer.text) for name, data, answer in found]


def expect_late_edits(old: Old) -> None:
    """Presses at once ask for the same edit twice, and for edits of what an earlier press took away."""
    for text in ("message is not modified", "message to edit not found"):
        old.posko.tg.expect_refusal("editMessageText", text)


async def test_a_new_card_is_taken_and_moved_on(old: Old) -> None:
    """Terima, Mulai kerjakan, Selesaikan, Tutup and the menu's steps work on cards of before, in groups and in private."""
    posko, rahmat, dewi, group = old.posko, old.person("rahmat"), old.person("dewi"), old.group("posko")
    card, menu = old.card(group, 12), old.shown(group, "Langkah apa")
    for label in ("Rujuk…", "Kembali"):
        await posko.tap(rahmat, label, in_=group, message=menu)
    assert "Rujuk…" in menu.buttons
    answers = [
        (await posko.tap(dewi, label, in_=group, message=card)).text
        for label in ("Terima", "Mulai", "Selesai", "Tutup")
    ]
    assert answers[0] == "I-12 Anda terima. Pelapor diberi tahu."
    assert old.sql("SELECT state FROM incidents WHERE number = 12") == ["closed"]
    for label in ("Pilih langkah…", "Buka lagi…", "terjadi lagi"):
        await posko.tap(rahmat, label, in_=group, message=card if label[0] == "P" else None)
    await posko.tap(dewi, "di luar kewenangan", message=old.shown(dewi, "Mengapa I-2"))
    await posko.tap(dewi, "Gabungkan ke I-5", in_=group, message=old.card(group, 7))
    await posko.tap(dewi, "Kembalikan…", in_=old.group("bawaslu"), message=old.card(old.group("bawaslu"), 3))
    await posko.tap(dewi, "di luar kewenangan", in_=old.group("bawaslu"))
    states = dict(old.sql("SELECT number, state FROM incidents"))
    assert [states[number] for number in (12, 2, 7, 3)] == ["new", "rejected", "duplicate", "acknowledged"]
    await posko.tap(rahmat, "Lepaskan", message=old.shown(rahmat, "masih Anda tangani"))
    assert old.sql("SELECT owner_id FROM incidents WHERE number = 1") == [None]


async def test_lists_are_paged_and_opened(old: Old) -> None:
    """The buttons of an open list filter it, ask for a category, and open a card."""
    posko, rahmat, group = old.posko, old.person("rahmat"), old.group("posko")
    for where, room in ((None, rahmat), (group, group)):
        listing = old.shown(room, "insiden terbuka")
        await posko.tap(rahmat, "Lihat menunggu", in_=where, message=listing)
        await posko.tap(rahmat, "Pilih kategori…", in_=where, message=listing)
        await posko.tap(rahmat, "🌊 Banjir", in_=where, message=listing)
        assert re.findall(r"^\S (I-\d+) ", listing.text, re.MULTILINE) == ["I-1"]
        await posko.tap(rahmat, "🟠 I-1", in_=where, message=listing)
        assert "I-1 · 🌊 Banjir" in posko.last(room).text


async def test_begun_reports_are_ended_by_their_buttons(old: Old) -> None:
    """A half-filled form, a review and a slip of before become reports with all that was answered before."""
    posko, budi, meja, john = old.posko, old.person("budi"), old.person("meja"), old.person("john")
    form = old.shown(budi, "Seberapa parah?")
    await posko.tap(budi, "🟠 Berat", message=form)
    await posko.tap(budi, "Kirim", message=form)
    await posko.tap(meja, "Kirim", message=next(one for one in meja.messages if "Kirim" in one.buttons))
    await posko.tap(john, "🌊 Flood", message=old.shown(john, "is not known"))
    filed = old.sql("SELECT form_id, answers FROM reports WHERE number > 19 ORDER BY number")
    assert filed == [
        ("incident", '{"category":"flood","severity":"high"}'),
        ("status", '{"condition":"safe","behalf":"Serka"}'),
        ("incident", '{"severity":"high","note":"water rises","category":"flood"}'),
    ]
    assert ("Diterima. I-14" in form.text, form.id) == (True, old.shown(budi, "I-14").id)
    assert old.sql("SELECT count(*) FROM drafts") == [3]


async def test_corrections_in_progress_are_finished(old: Old) -> None:
    """A correction that waits for its reason, and one in its review, make the next version of their reports."""
    posko, budi, john = old.posko, old.person("budi"), old.person("john")
    await posko.tap(budi, "Salah ketik", message=old.shown(budi, "Mengapa laporan ini dikoreksi"))
    review = old.shown(john, "Correct L-16")
    await posko.tap(john, "✏️ Situation", message=review)
    await posko.tap(john, "🟡 Alert", message=review)
    await posko.tap(john, "Send", message=review)
    await posko.tap(john, "There is new data", message=review)
    assert old.sql("SELECT number, version, level FROM reports WHERE number IN (14, 16)") == [
        (14, 2, "watch"),
        (16, 3, "watch"),
    ]
    assert "version 3" in review.text


async def test_kept_words_and_alarms_are_decided(old: Old) -> None:
    """Words of before are added to their incident; an alarm asked for is sent, one sent before is taken back."""
    posko, joko, meja, john = old.posko, old.person("joko"), old.person("meja"), old.person("john")
    await posko.tap(joko, "Tambahkan ke I-5", message=old.shown(joko, "mobil pelat asing"))
    note = "SELECT note FROM incident_events JOIN incidents ON incidents.id = incident_id WHERE number = 5 AND note LIKE 'mobil%'"
    assert old.sql(note) == ["mobil pelat asing parkir di depan"]
    assert (await posko.tap(meja, "KIRIM DARURAT")).text == "Terkirim: I-14."
    await posko.tap(john, "Withdraw", message=old.shown(john, "EMERGENCY"))
    assert old.sql("SELECT number, state FROM incidents WHERE number IN (11, 14)") == [(11, "rejected"), (14, "new")]
    assert all("DIBATALKAN" in old.card(old.group(name), 11).text for name in ("posko", "province"))


async def test_a_handover_of_before_is_taken(old: Old) -> None:
    """Terima on an offer of before gives the post to the receiver and takes it from the giver."""
    posko, tono, joko = old.posko, old.person("tono"), old.person("joko")
    assert (await posko.tap(tono, "Terima")).text == "Pos ini sekarang tanggung jawab Anda."
    holding = old.sql(
        "SELECT people.name FROM assignments JOIN people ON people.id = person_id JOIN posts ON posts.id = post_id "
        "WHERE posts.code = 'LAPAS-1673' AND valid_to IS NULL ORDER BY people.name"
    )
    assert holding == ["Meja Piket", "Tono"]
    assert "Diterima Tono" in old.shown(joko, "Lapas Kelas IIA Lubuklinggau #LAPAS-1673").text
    assert "Diterima" in await posko.say(tono, "/lapor aman personel=18/20")
    assert "tidak memegang pos" in await posko.say(joko, "/lapor aman")


async def test_notices_of_before_are_confirmed(old: Old) -> None:
    """Kirim on a preview of before sends the notice once; the question for whom shows the preview."""
    posko, admin = old.posko, old.person("admin")
    preview = old.shown(admin, "Rapat pukul 10.00")
    data = preview.rows[0][0]["callback_data"]
    for _ in range(2):
        await posko.tap(admin, message=preview, data=data)
    for name in ("rahmat", "dewi"):
        assert sum("Rapat pukul 10.00" in one.text for one in old.person(name).messages) == 1
    asked = old.shown(admin, "Pengumuman ini untuk siapa?")
    await posko.tap(admin, "Petugas TPS", message=asked)
    assert ("2 orang" in asked.text, "Jaga netralitas" in asked.text) == (True, True)
    await posko.tap(admin, "Kirim", message=asked)
    assert sum("Jaga netralitas" in one.text for one in old.person("budi").messages) == 1


async def test_ones_own_affairs_are_settled(old: Old) -> None:
    """Language, rank and number, the text for one's superior, the original of a photo and a form's button still work."""
    posko, dewi, budi, joko, meja = (old.posko, *(old.person(name) for name in ("dewi", "budi", "joko", "meja")))
    await posko.tap(dewi, "English")
    await posko.tap(budi, "Hapus nomor")
    assert old.sql("SELECT name, language, phone FROM people WHERE name IN ('Budi', 'Dewi') ORDER BY name") == [
        ("Budi", None, None),
        ("Dewi", "en", None),
    ]
    await posko.tap(budi, "Lihat teks ke atasan", message=old.shown(budi, "L-14", "Lihat teks"))
    assert "izin melaporkan" in posko.last(budi).text
    await posko.tap(meja, "Kirim sebagai file")
    assert "I-2" in posko.last(meja).text
    await posko.tap(joko, "Isi laporan", message=old.shown(joko, "hari menuju"))
    assert old.sql("SELECT form_id FROM drafts ORDER BY id DESC LIMIT 1") == ["prison"]
    assert (await posko.tap(joko, "Kirim nihil")).text == "Sudah lapor untuk jadwal ini."


async def test_every_button_that_ever_stood_is_answered(old: Old) -> None:
    """Each button of the old chats, standing or long gone, is answered; a stranger's presses of every sort change nothing."""
    expect_late_edits(old)
    rahmat, yusuf, stood = old.person("rahmat"), old.person("yusuf"), written("old_buttons.json")
    everything = "SELECT (SELECT count(*) FROM reports), (SELECT group_concat(state) FROM incidents), group_concat(valid_to) FROM assignments"
    before = old.sql(everything)
    sorts = {row[3].partition(":")[0]: row[3] for row in stood}
    strange = await pressed(old, [(yusuf, yusuf.messages[-1], data) for sort, data in sorts.items() if sort != "ok"])
    assert [press for press in strange if not press[2]] == []
    assert old.sql(everything) == before
    rooms = [(old.who(row[0]), old.message(row[0], row[1]), row[3]) for row in stood]
    told = await pressed(
        old, [(rahmat if isinstance(room, Group) else room, message, data) for room, message, data in rooms]
    )
    assert [press for press in told if press[2] is None] == []
    assert old.sql(everything) != before


async def test_every_shape_of_data_is_answered(old: Old) -> None:
    """Whatever data an old button may carry, aimed at rows that are there and at none, is answered, whoever presses it."""
    expect_late_edits(old)
    lines = (DATA / "old_taps.tsv").read_text(encoding="utf-8").splitlines()[1:]
    gone = [line.split("\t")[1] for line in lines]
    aimed = []
    for data in gone:
        name = data.partition(":")[0]
        table = NAMED.get(name) or NAMED.get(name[0])
        if table and KEY.search(data):
            aimed += [KEY.sub(str(key), data, count=1) for key in old.sql(f"SELECT max(id) FROM {table}")]
    people = [old.person(name) for name in ("budi", "rahmat", "admin", "john")]
    screens = {person.id: next(one for one in person.messages if one.by_bot) for person in people}
    presses = [(people[turn % 4], data) for turn, data in enumerate(gone)]
    presses += [(people[turn % 4], data) for start in (0, 1) for turn, data in enumerate(aimed, start)]
    told = await pressed(old, [(one, screens[one.id], data) for one, data in presses])
    assert [press for press in told if press[2] is None] == []
    assert [press for press in told if press[1] in gone and KEY.search(press[1]) and not press[2]] == []
