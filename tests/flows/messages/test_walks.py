"""Officers who do anything in any order: whatever they tap, type and edit, and whenever the program dies, nothing breaks."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from core.forms.doubts import doubts
from core.forms.forms import applicable, missing
from core.forms.values import conflicts
from sandbox import Message, Person
from storage.database.engine import Tx
from storage.tables import DraftRow, InboxRow, MediaRow, PostRow, ReportRow
from tests.kit import Posko

WORDS = (
    "/lapor", "/lapor aman", "/lapor amna hujan", "/lapor #001 waspada personel=3/4", "/lapor aman pemilih=1320", "/insiden",
    "/insiden banjir", "/insiden banjr berat air naik", "lapor aman", "/lapor semua aman", "18/20", "1320", "banjir di gudang",
    "terima kasih", "/batal", "/nihil", "/tugas", "002", "/bencana", "/tps", "aman", "ya", "/lapor aman an=Joko", "08.10",
)  # fmt: skip
STEPS = 40


@dataclass
class Walk:
    """One officer at random: what was said, and every button that was ever seen."""

    posko: Posko
    person: Person
    dice: random.Random
    said: list[Message] = field(default_factory=list)
    seen: list[tuple[Message, str]] = field(default_factory=list)

    async def step(self) -> str:
        """Do one thing, and give what it was."""
        kind = self.dice.choice(
            ["tap"] * 6 + ["say"] * 4 + ["old", "twice", "edit", "photo", "place", "later", "restart"]
        )
        buttons = [
            (message, button["callback_data"])
            for message in self.person.messages
            for row in message.rows
            for button in row
            if "callback_data" in button
        ]
        self.seen += buttons
        match kind:
            case "tap" | "twice" if buttons:
                message, data = self.dice.choice(buttons[-12:])
                for _ in range(1 if kind == "tap" else 2):
                    await self.person.tap(message=message, data=data)
                return f"{kind} {data}"
            case "old" if self.seen:
                message, data = self.dice.choice(self.seen)
                await self.person.tap(message=message, data=data)
                return f"old {data}"
            case "edit" if self.said:
                message = self.dice.choice(self.said)
                words = self.dice.choice(WORDS)
                await self.person.edit(message, words)
                return f"edit {message.json.get('text')} -> {words}"
            case "photo":
                await self.person.send_document(b"%PDF-1.4 " + self.dice.randbytes(8), "catatan.pdf")
            case "place":
                await self.person.share_location(-3.296 + self.dice.random() / 50, 102.861, accuracy=25)
            case "later":
                self.posko.clock.advance(minutes=self.dice.choice([1, 20, 90]))
            case "restart":
                await self.posko.restart()
            case _:
                words = self.dice.choice(WORDS)
                self.said.append(await self.person.say(words))
                return f"say {words}"
        return kind


async def check(posko: Posko, posts: dict[int, PostRow]) -> None:
    """Whatever is stored can be right: no update failed, every draft can be gone on with, every report is complete."""

    async def look(tx: Tx) -> tuple[list[InboxRow], list[DraftRow], list[ReportRow], list[MediaRow]]:
        undone = list(await tx.scalars(select(InboxRow).where(InboxRow.state != "done")))
        drafts, reports = list(await tx.scalars(select(DraftRow))), list(await tx.scalars(select(ReportRow)))
        files = list(await tx.scalars(select(MediaRow)))
        tx.expunge_all()
        return undone, drafts, reports, files

    forms = posko.desk.forms
    undone, drafts, reports, files = await posko.db.read(look)
    assert undone == []
    assert len({row.source for row in drafts}) == len(drafts)
    for row in drafts:
        if row.form_id:
            known = {one.id for one in forms[row.form_id].fields}
            assert set(row.answers) <= known
            assert set(row.asking) <= known | {"line"}
    assert sorted(row.number for row in reports) == list(range(1, len(reports) + 1))
    for report in reports:
        form, post = forms[report.form_id], posts[report.post_id]
        assert missing(form, report.answers, post.kind) == ()
        assert conflicts(form, report.answers, post_kind=post.kind) == ()
        assert set(report.answers) <= {one.id for one in applicable(form, report.answers, post.kind)}
        sure = [flag.partition(":")[2] for flag in report.flags]
        attributes = {"voters": post.voters} if post.voters is not None else {}
        assert doubts(form, report.answers, post_kind=post.kind, attributes=attributes, insisted=sure) == ()
    sources = {row.source for row in drafts}
    for file in files:
        assert file.report_id is not None or file.draft_source is not None
        assert file.report_id is None or file.draft_source not in sources


@pytest.mark.parametrize("seed", range(3))
async def test_any_way_through_leaves_valid_drafts_and_reports(posko: Posko, seed: int) -> None:
    """After any sequence of taps, old taps, double taps, words, edits, files, places, waits and restarts all rows are valid."""
    for number in (1, 2):
        await posko.add_post(f"TPS-1673061002-00{number}", f"TPS 00{number}", voters=250, lat=-3.296, lon=102.861)
    person = await posko.officer("Budi", "TPS-1673061002-001", "TPS-1673061002-002")
    posts = {row.id: row for row in await posko.rows(PostRow)}
    walk = Walk(posko, person, random.Random(seed))
    posko.tg.expect_refusal("answerCallbackQuery", "query is too old")
    done = []
    for _ in range(STEPS):
        done.append(await walk.step())
        await posko.settle()
        try:
            await check(posko, posts)
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {done}") from error
