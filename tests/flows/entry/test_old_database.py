"""A database of version 0.1.0, with the chats of its people: the program goes on where the old one was ended."""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox import Group, Person
from tests.old_file import Old, started


@pytest.fixture
async def old(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Old]:
    """The program on the old file; whatever a test does with it, nothing may fail in the log or be set aside."""
    async with started(tmp_path) as program:
        yield program
        assert program.failures() == []
    assert [one.getMessage() for one in caplog.records if one.levelno >= logging.WARNING] == []


async def test_it_starts_and_loses_no_row(old: Old) -> None:
    """Every table has at least the rows it had, every reference holds, and nothing waits once the program has settled."""
    tables = old.was("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('sends', 'drafts')")
    counted = {
        table: (old.was(f"SELECT count(*) FROM {table}"), old.sql(f"SELECT count(*) FROM {table}")) for table in tables
    }
    assert [table for table, (was, now) in counted.items() if now < was] == []
    assert old.sql("PRAGMA foreign_key_check") == []
    assert old.sql("SELECT key FROM outbox WHERE state NOT IN ('sent', 'expired')") == []
    assert old.sql("SELECT id FROM inbox WHERE state != 'done'") == []


async def test_what_was_stored_and_not_processed_is_acted_on_once(old: Old) -> None:
    """The report, the tap and the incident that waited are filed, answered and numbered after the last, whatever restarts follow."""
    tap = old.was("SELECT body FROM inbox WHERE state = 'waiting' AND body LIKE '%callback_query%'")
    answer = old.posko.tg.state.queries[json.loads(tap[0])["callback_query"]["id"]].answer
    assert answer is not None
    assert answer.text == "I-7 Anda terima. Pelapor diberi tahu."
    for _ in range(2):
        assert old.sql("SELECT number, text FROM reports WHERE number > 17 ORDER BY number") == [
            (18, "#011 waspada antrean panjang"),
            (19, "prosedur ringan papan nama jatuh"),
        ]
        assert old.sql("SELECT number, state FROM incidents WHERE number IN (7, 13)") == [
            (7, "acknowledged"),
            (13, "new"),
        ]
        assert old.sql("SELECT value FROM counters ORDER BY name") == [13, 19]
        assert sum("I-13 ·" in one.text for one in old.group("posko").messages) == 1
        assert "Diterima Dewi" in old.card(old.group("posko"), 7).text
        await old.again()


async def test_what_was_to_be_sent_goes_out_once_with_its_words(old: Old) -> None:
    """Each message that waited reaches its chat once as it was written; each card and screen that waited is edited in place."""
    waiting = old.was("SELECT chat_id, method, params FROM outbox WHERE state = 'waiting' AND method != 'slot'")
    wanted = Counter((chat_id, method, json.loads(params)["text"]) for chat_id, method, params in waiting)
    screens = old.was(
        "SELECT slots.chat_id, slots.message_id, slots.params FROM slots JOIN outbox ON outbox.slot_id = slots.id "
        "WHERE outbox.state = 'waiting'"
    )
    assert min(len(wanted), len(screens)) > 0
    await old.again()
    calls = [one for one in old.posko.tg.calls if one.ok and {"chat_id", "text"} <= one.params.keys()]
    sent = Counter((int(one.params["chat_id"]), one.method, one.params["text"]) for one in calls)
    assert {key: sent[key] for key in wanted} == dict(wanted)
    assert max(sent.values()) == 1
    for chat_id, message_id, params in screens:
        edits = [
            one for one in calls if (int(one.params["chat_id"]), one.params.get("message_id")) == (chat_id, message_id)
        ]
        assert [one.params["text"] for one in edits] == [json.loads(params)["text"]]


async def test_cards_copies_and_questions_are_edited_in_place(old: Old) -> None:
    """Whoever takes a step, every message that shows the incident, in groups and private chats, is the same one with the news."""
    posko, rahmat, dewi, joko = old.posko, old.person("rahmat"), old.person("dewi"), old.person("joko")
    group, bawaslu, john = old.group("posko"), old.group("bawaslu"), old.person("john")
    places = "SELECT key, chat_id, message_id FROM slots WHERE subject NOT LIKE 'menu:%' AND subject != 'gone'"
    where = old.was(places)
    rooms: tuple[Person | Group, ...] = (group, bawaslu, old.group("province"), rahmat, dewi)
    cards = [[one.id for one in room.messages if "📍" in one.text and one.rows] for room in rooms]
    assert (
        "I-1 masih ditangani"
        in (await posko.tap(rahmat, "Kabari", message=old.shown(rahmat, "masih Anda tangani"))).text
    )
    steps = [(rahmat, 12, "Terima", group), (dewi, 2, "Selesai", group), (dewi, 3, "Terima rujukan", bawaslu),
             (rahmat, 8, "Terima", bawaslu), (dewi, 11, "Terima", group), (dewi, 7, "Mulai", group),
             (dewi, 5, "Selesai", group)]  # fmt: skip
    for person, number, label, room in steps:
        await posko.tap(person, label, in_=room, message=old.card(room, number))
    await posko.tap(joko, "Setuju", message=old.shown(joko, "I-4 dinyatakan selesai"))
    moved = (1, 2, 3, 4, 5, 7, 8, 11, 12)
    shows = old.sql(
        "SELECT slots.chat_id, slots.message_id FROM slots JOIN incidents ON slots.subject IN "
        "('incident:' || incidents.id, 'incident-copy:' || incidents.id, 'sos:' || incidents.id, 'alarm:' || incidents.id, "
        f"'asked:' || incidents.id) WHERE incidents.number IN {moved}"
    )
    assert len(shows) >= 16
    assert [place for place in shows if not old.message(*place).touched] == []
    assert [one for one in where if one not in old.sql(places)] == []
    assert [
        [one.id for one in room.messages if "📍" in one.text and one.rows][: len(ids)]
        for room, ids in zip(rooms, cards, strict=True)
    ] == cards
    assert "Diterima Rahmat" in old.card(dewi, 12).text
    assert "Diterima Dewi" in old.card(old.group("province"), 11).text
    assert "accepted by Dewi" in old.shown(john, "EMERGENCY").text
    assert old.sql("SELECT key FROM slots WHERE version != sent_version") == []


async def test_reports_numbers_and_timelines_go_on(old: Old) -> None:
    """Old reports are corrected and listed, an old timeline is told whole, and new numbers follow the old ones."""
    posko, budi, rahmat = old.posko, old.person("budi"), old.person("rahmat")
    await posko.say(budi, "/insiden #011 banjir ringan parit meluap")
    await posko.say(budi, "/lapor #012 aman")
    assert ("I-14" in posko.heard(budi), old.sql("SELECT value FROM counters ORDER BY name")) == (False, [14, 21])
    assert old.sql("SELECT number FROM incidents ORDER BY id DESC LIMIT 1") == [14]
    receipt = old.shown(budi, "L-17")
    await posko.tap(budi, "Koreksi", message=receipt)
    await posko.say(budi, "hujan reda")
    await posko.tap(budi, "Kirim")
    await posko.tap(budi, "Ada data baru")
    assert old.sql("SELECT version FROM reports WHERE number = 17") == [2]
    assert [word for word in ("I-1", "L-17", "TPS 011") if word not in await posko.say(budi, "/tugas")] == []
    copy = old.card(rahmat, 1)
    await posko.tap(rahmat, "Pilih langkah…", message=copy)
    await posko.tap(rahmat, "Lihat riwayat")
    told = posko.last(rahmat).text
    assert [word for word in ("Riwayat I-1", "Budi", "07.17", "Rahmat") if word not in told] == []
    assert "Regu pagi" in await posko.say(rahmat, "/ringkasan")
    assert "📋 10 insiden terbuka" in await posko.say(rahmat, "/insiden")


async def test_a_reply_to_an_old_message_is_understood(old: Old) -> None:
    """Words in reply to a card, a receipt or a passed-on word of before reach the incident's timeline."""
    posko, budi, rahmat, john = old.posko, old.person("budi"), old.person("rahmat"), old.person("john")
    await posko.say(rahmat, "pompa kedua dikirim", to=old.group("posko"), reply_to=old.card(old.group("posko"), 1))
    await posko.say(budi, "air surut", reply_to=old.shown(budi, "I-1 diterima"))
    await posko.say(john, "still waiting", reply_to=old.shown(john, "pompa sudah di lokasi"))
    notes = old.sql(
        "SELECT incidents.number, note FROM incident_events JOIN incidents ON incidents.id = incident_id "
        "WHERE action = 'noted' ORDER BY incident_events.id"
    )
    assert notes == [(3, "pompa sudah di lokasi"), (1, "pompa kedua dikirim"), (1, "air surut"), (3, "still waiting")]


async def test_files_are_fetched_and_shown(old: Old) -> None:
    """A file that waited is fetched once; files of before are shown again to who handles the incident."""
    posko, dewi = old.posko, old.person("dewi")
    for _ in range(2):
        await posko.machine.fetcher.drain()
        assert old.sql("SELECT state, attempts FROM media ORDER BY id") == [("stored", 0), ("stored", 0)]
    assert len(old.sql("SELECT DISTINCT path FROM media")) == 2
    for number in (1, 2):
        await posko.tap(dewi, "Lihat berkas", in_=old.group("posko"), message=old.card(old.group("posko"), number))
    assert [f"I-{number}" in one.text for number, one in zip((1, 2), dewi.messages[-2:], strict=True)] == [True, True]
    assert all("photo" in one.json for one in dewi.messages[-2:])


async def test_notices_reach_everybody_once(old: Old) -> None:
    """The notice that was being sent has reached each officer once and its author reads so; the one before is not sent again."""
    officers = [old.person(name) for name in ("budi", "joko", "meja", "john")]
    await old.again()
    for words in ("Cek logistik", "Apel pukul 09.00"):
        assert [sum(words in one.text for one in person.messages) for person in officers] == [1] * 4
    assert "4 dari 4 orang terkirim" in old.posko.last(old.person("admin")).text
    assert old.sql("SELECT state, count(*) FROM notice_receipts GROUP BY state") == [("sent", 8)]
    assert old.sql("SELECT state FROM notices ORDER BY id") == ["done", "preview", "preview", "done"]


async def test_the_clock_goes_on_where_it_stood(old: Old) -> None:
    """What the calendar fired is not fired again, what comes due does, and what nobody took goes up with its old deadline."""
    group, province = old.group("posko"), old.group("province")
    before = old.was("SELECT key FROM firings ORDER BY key")
    boards = sum("📊" in one.text for one in group.messages)
    await old.posko.at("2027-02-03 08:40")
    await old.again()
    assert old.sql("SELECT key FROM firings ORDER BY key") == before
    assert sum("📊" in one.text for one in group.messages) == boards
    assert "(sebelumnya: Posko Lubuklinggau)" in old.card(province, 12).text
    await old.posko.at("2027-02-03 09:18")
    assert "belum menjawab: Rahmat" in old.card(province, 1).text
    assert sum("masih Anda tangani" in one.text for one in old.person("rahmat").messages) == 1


async def test_invitations_of_before_hold(old: Old) -> None:
    """An invitation that was opened is opened again and agreed to, an unused one opened, and a used one opens nothing."""
    posko, yusuf, siti = old.posko, old.person("yusuf"), old.posko.person("Siti")
    assert "Buka lagi tautan" in (await posko.tap(yusuf, "Setuju")).text  # nothing shows what was sent to whom
    opened = posko.last(yusuf).rows[0][0]["callback_data"].split(":")[1]
    await posko.say(yusuf, f"/start {opened}")
    await posko.tap(yusuf, "Setuju")
    assert "Anda terdaftar: Lapas Kelas IIA Lubuklinggau" in posko.last(yusuf).text
    (unused,) = old.sql("SELECT code FROM invites WHERE uses_left > 0")
    used = old.was("SELECT code FROM invites WHERE uses_left = 0")[0]
    assert "Setuju" not in str(await posko.say(siti, f"/start {used}")) + str(posko.last(siti).buttons)
    await posko.say(siti, f"/start {unused}")
    await posko.tap(siti, "Setuju")
    assert "Lapas Kelas I Palembang" in posko.last(siti).text
    assert old.sql("SELECT count(*) FROM people") == [10]
