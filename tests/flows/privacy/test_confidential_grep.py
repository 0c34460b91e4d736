"""The promise, as a whole: of what is told in confidence nothing reaches a chat, a log or a file that is not entitled to it."""

from __future__ import annotations

import json
import logging
import re
import shutil
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import update

from actions.overview.exports import write_csv
from core.overview.exports import Bounds
from sandbox import Group, Message, Person
from storage.tables import IncidentRow, JournalRow, PersonRow, ReportRow
from tests.flows.incidents.test_reporter import NAMED, hakim
from tests.flows.incidents.test_steps import menu_in
from tests.flows.reports.test_attachments import png
from tests.kit import PRESET, Posko, running

# What tells who reported: parts of two reporters' names, of those for whom they reported, and telephone numbers.
FIRST, SECOND = "Zulkarnain Qodari", "Xaverius Wiyoko"
SIGNED = ("Yosefina", "Adelwin", "Quintarsih")
PHONES = {FIRST: "+6281200000071", SECOND: "+6281200000072"}
NAMES = [*FIRST.split(), *SECOND.split(), *SIGNED, "81200000071", "81200000072", "0812-0000-0071"]
SHOW = ("Lihat", "Lainnya", "Salin")  # how the buttons begin that show more and change nothing


@dataclass
class Stage:
    """The people, the groups by title, and the words of each case with the chats that may have them."""

    posko: Posko
    first: Person
    second: Person
    people: dict[str, Person]
    groups: dict[str, Group] = field(default_factory=dict)
    words: dict[str, set[str]] = field(default_factory=dict)
    pressed: set[tuple[str, int, int, str]] = field(default_factory=set)

    def chats(self) -> dict[int, str]:
        """The name of each chat by its id."""
        everybody = {**self.people, "first": self.first, "second": self.second}
        return {one.id: name for name, one in everybody.items()} | {one.id: name for name, one in self.groups.items()}

    async def files(self, who: Person, line: str, secret: str, *heard: str) -> int:
        """Let somebody report what nobody but the acting and these groups may read; gives the incident's number."""
        self.words[secret] = {*heard, "semua", "Rahmat", "Hakim", "Sari", self.chats()[who.id]}
        await self.posko.say(who, f"{line} {secret}")
        return max(row.number for row in await self.posko.rows(IncidentRow))

    def card(self, title: str, number: int) -> Message:
        """The card of an incident in a group."""
        return next(one for one in reversed(self.groups[title].messages) if f"I-{number} ·" in one.text)

    async def tap(self, who: str, title: str, number: int, label: str) -> None:
        """Let somebody press a button of a card."""
        await self.posko.tap(self.people[who], label, in_=self.groups[title], message=self.card(title, number))


@pytest.fixture
async def stage(database_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Stage]:
    """Two officers who report in confidence among colleagues, coordinators, a confidant and eight groups."""
    caplog.set_level(logging.INFO)
    folder = tmp_path / "preset"
    shutil.copytree(PRESET, folder)
    with (folder / "routing.toml").open("a") as file:
        file.write(NAMED)
    async with running(database_url, preset=folder, media_dir=tmp_path / "media") as posko:
        await posko.add_post("POSKO-1673", "Posko Lubuklinggau", kind="posko")
        people = {
            "Sari": posko.admin,
            "Hakim": await hakim(posko),
            "Beni": await posko.officer("Beni"),
            "Rahmat": await posko.coordinator(),
            "Tetangga": await posko.coordinator("Tetangga", "16.74"),
        }
        first, second = await posko.officer(FIRST, agency="lapas"), await posko.officer(SECOND, "POSKO-1673")
        for name, phone in PHONES.items():
            await posko.db.write(
                lambda tx, name=name, phone=phone: tx.execute(  # type: ignore[misc]
                    update(PersonRow).where(PersonRow.name == name).values(phone=phone, rank="Bripka")
                )
            )
        stage = Stage(posko, first, second, people)
        for title, region, *purposes in (
            ("netral", "16.73", "neutrality"), ("aman", "16.73", "security"), ("hukum", "16.73", "legal"),
            ("bencana", "16.73", "disaster"), ("semua", "16.73"), ("tetangga", "16.74"),
            ("provinsi", "16", "security", "neutrality"), ("provinsi-bencana", "16", "disaster"),
        ):  # fmt: skip
            members = [people["Rahmat"], people["Hakim"], people["Tetangga"]]
            stage.groups[title] = await posko.group(title, region, *purposes, members=members)
        yield stage


async def _report(stage: Stage) -> None:
    """Six cases of every kind: by category, by the officer's mark, for somebody else, with files, corrected, by buttons."""
    await stage.files(
        stage.first, "/netralitas foto bersama asn", "sandisatu di aula, saya Qodari", "netral", "provinsi"
    )
    await stage.files(
        stage.first, '/insiden intimidasi berat an="Yosefina Adelwin"', "sandidua kata Adelwin, hubungi 0812-0000-0071",
        "netral", "aman", "hukum", "provinsi",
    )  # fmt: skip
    await stage.files(
        stage.second, "/insiden keamanan berat rahasia", "sanditiga massa mengepung Wiyoko", "aman", "provinsi"
    )
    await stage.files(stage.second, "/insiden logistik kritis rahasia=ya", "sandiempat kotak dibuka paksa")
    await stage.files(
        stage.first, "/lapor gangguan rahasia personel=18/20", "sandilima ribut di blok B", "aman", "provinsi"
    )
    await stage.files(
        stage.first, "/insiden intimidasi berat", "sandienam mengancam lagi",
        "netral", "aman", "hukum", "provinsi",
    )  # fmt: skip


async def _look(stage: Stage) -> None:
    """Everybody asks for cards, lists and summaries, and presses whatever shows more."""
    posko, people = stage.posko, stage.people
    for name in ("Rahmat", "Tetangga", "Beni"):
        for number in (1, 3, 6):
            await posko.say(people[name], f"/insiden I-{number}")
        for line in ("/tugas", "/ringkasan", "/insiden"):
            await posko.say(people[name], line)
        await _press(stage, name, None)
    for title, group in stage.groups.items():
        for line in ("/insiden", "/ringkasan", "/insiden I-3"):
            await posko.say(people["Rahmat"], line, to=group)
        if title in ("netral", "semua"):
            await _press(stage, "Rahmat", group)


async def _press(stage: Stage, name: str, there: Group | None) -> None:
    person = stage.people[name]
    for message in (there or person).messages[-9:]:
        for label in message.buttons:
            if label.startswith(SHOW) and (pressed := (name, message.chat.id, message.id, label)) not in stage.pressed:
                stage.pressed.add(pressed)
                await stage.posko.tap(person, label, in_=there, message=message)


async def _act(stage: Stage) -> None:
    """A coordinator takes two cases and resolves one; its reporter says that it is not over."""
    await stage.tap("Rahmat", "aman", 3, "Terima")
    await stage.tap("Rahmat", "netral", 1, "Terima")
    await stage.tap("Rahmat", "netral", 1, "Selesai")
    await stage.posko.tap(stage.first, "Kabari belum selesai")


async def _correct(stage: Stage) -> None:
    """A reporter corrects with a reason that names somebody, and marks by an edit what was not marked."""
    posko = stage.posko
    await posko.say(stage.first, "/tugas")
    report = next(row for row in await posko.rows(ReportRow) if "sandienam" in row.text)
    await posko.tap(stage.first, message=posko.last(stage.first), data=f"co:{report.id}")
    await posko.tap(stage.first, "✏️ Tingkat", message=posko.last(stage.first))
    await posko.tap(stage.first, "🔴 Kritis", message=posko.last(stage.first))
    await posko.tap(stage.first, "Kirim", message=posko.last(stage.first))
    await posko.say(stage.first, "Quintarsih yang benar, atas-nama=Quintarsih")


async def _add(stage: Stage) -> None:
    """Evidence with a caption that names its sender, notes by reply from both sides, files from the group."""
    posko, first = stage.posko, stage.first
    receipt = next(one for one in reversed(first.messages) if one.by_bot and "I-6" in one.text)
    for caption in ("dari Zulkarnain sendiri", ""):
        await first.send_photo(png(len(caption)), caption=caption, reply_to=receipt)
        await posko.settle()
    await posko.say(first, "ini Qodari, mereka kembali", reply_to=receipt)
    card = stage.card("netral", 6)
    await posko.say(stage.people["Rahmat"], "siapa yang melihat?", to=stage.groups["netral"], reply_to=card)
    await posko.say(first, "saya Zulkarnain yang melihat", reply_to=posko.last(first))


async def _move_on(stage: Stage) -> None:
    """A case is referred, one is closed and opened again, and a second witness is merged into the first."""
    posko, rahmat, netral = stage.posko, stage.people["Rahmat"], stage.groups["netral"]
    for label in ("Rujuk…", "Posko Kejaksaan"):
        await _choose(stage, "aman", 3, label)
    stage.words["sanditiga massa mengepung Wiyoko"].add("hukum")
    for label in ("Terima", "Selesaikan", "Tutup"):
        await stage.tap("Rahmat", "netral", 1, label)
    await _choose(stage, "netral", 1, "Buka lagi…")
    await posko.say(rahmat, "kata Qodari belum beres", to=netral, reply_to=menu_in(netral))
    seven = await stage.files(
        stage.second, '/insiden intimidasi berat an="Yosefina"', "sanditujuh dilihat Yosefina juga",
        "netral", "aman", "hukum", "provinsi",
    )  # fmt: skip
    await _choose(stage, "netral", seven, "Gabungkan…")
    await posko.say(rahmat, "I-6", to=netral, reply_to=menu_in(netral))
    assert (await posko.one(IncidentRow, IncidentRow.number == seven)).state == "duplicate"


async def _choose(stage: Stage, title: str, number: int, label: str) -> None:
    """Let the coordinator press a button of a card's menu, opening it where it is not open."""
    group, rahmat = stage.groups[title], stage.people["Rahmat"]
    if not any(label in message.buttons for message in group.messages):
        await stage.tap("Rahmat", title, number, "Pilih langkah…")
    await stage.posko.tap(rahmat, label, in_=group, message=menu_in(group))


async def _hand_over(stage: Stage) -> None:
    """The reporter hands the post over to a colleague, who asks for the tasks."""
    posko, beni = stage.posko, stage.people["Beni"]
    await posko.say(stage.first, "/serahterima")
    await posko.tap(stage.first, "Beni")
    await posko.tap(stage.first, "Serahkan")
    await posko.tap(beni, "Terima")
    await posko.say(beni, "/tugas")


async def _pass_time(stage: Stage) -> None:
    """The clock escalates what nobody took, and asks who took it."""
    for minutes in (20, 40, 90, 180):
        await stage.posko.wait(minutes=minutes)


def _shown(stage: Stage, needles: Collection[str]) -> list[tuple[str, str, str]]:
    """Where Telegram was told one of these words: the chat's name (empty: no chat), the word, and the call."""
    chats = stage.chats()
    found = []
    for call in stage.posko.tg.calls:
        params = {name: value for name, value in call.params.items() if name != "chat_id"}
        text = json.dumps(params, ensure_ascii=False, default=str).lower()
        chat = chats.get(int(call.params.get("chat_id") or 0), "")
        found += [(chat, one, f"{call.method}: {text}") for one in needles if one.lower() in text]
    return found


def _is_handover(found: tuple[str, str, str]) -> bool:
    """That a colleague held the post is no secret, as long as no case stands beside the name."""
    chat, _, call = found
    return chat == "Beni" and "lapas-1673" in call and re.search(r"\bi-\d", call) is None


async def _exported(stage: Stage, folder: Path) -> str:
    """Both exports, as text."""
    posko = stage.posko
    desk, texts = posko.desk, []
    for what in ("reports", "incidents"):
        file = folder / f"{what}.csv"
        await posko.db.read(
            lambda tx, what=what, file=file: write_csv(  # type: ignore[misc]
                tx, what, file, Bounds(), forms=desk.forms, zone=desk.texts.zone, routing=desk.routing
            )
        )
        texts.append(file.read_text())
    return "\n".join(texts)


async def test_nobody_hears_who_reported_in_confidence(
    stage: Stage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Over a long case no chat but the reporter's own, and the confidant's after a look, holds a name, number or id of theirs."""
    for step in (_report, _act, _correct, _add, _move_on, _look, _hand_over, _pass_time, _look):
        await step(stage)
    posko = stage.posko
    ids = {str(stage.first.id): "first", str(stage.second.id): "second"}
    own = dict.fromkeys((*FIRST.split(), *SIGNED, "81200000071", "0812-0000-0071"), "first")
    own |= dict.fromkeys((*SECOND.split(), "81200000072"), "second") | ids
    needles = [*NAMES, *ids]
    found = [one for one in _shown(stage, needles) if one[0] != own[one[1]] and one[:2] != ("second", "Yosefina")]
    assert [one for one in found if not _is_handover(one)] == []
    for secret, may in stage.words.items():
        word = secret.split()[0]
        told = {chat for chat, _, _ in _shown(stage, [word])}
        assert told <= may, (word, told - may)
        assert told >= {name for name in may & set(stage.groups) if name != "provinsi"}, word
    texts = {
        "log": caplog.text,
        "export": await _exported(stage, tmp_path),
        "media": "\n".join(str(path.relative_to(tmp_path)) for path in (tmp_path / "media").rglob("*")),
        "journal": "\n".join(f"{row.subject} {row.detail}" for row in await posko.rows(JournalRow)),
    }
    assert "sandisatu" in texts["export"]
    assert {(where, one) for where, text in texts.items() for one in needles if one.lower() in text.lower()} == set()
    assert [one for one in stage.words if one.split()[0] in texts["log"] + texts["media"]] == []
    await posko.say(stage.people["Hakim"], "/insiden I-6")
    await posko.tap(stage.people["Hakim"], "Lihat pelapor")
    seen = [one for one in _shown(stage, FIRST.split()) if one[0] != "first" and not _is_handover(one)]
    assert {one[0] for one in seen} == {"Hakim"}
