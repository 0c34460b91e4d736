"""A new form is a file in the preset's folder and nothing else: filed by line and by buttons, summed up, exported."""

from __future__ import annotations

import csv
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from actions.entry.command_line import ExportWish, export_rows
from tests.kit import PRESET, Posko, make_settings, running

PATROL = """
id = "patrol"
commands = ["patroli", "patrol"]
title = { id = "Laporan patroli", en = "Patrol report" }
posts = ["lapas"]
order = 50

[[field]]
id = "result"
kind = "choice"
required = true
label = { id = "Hasil", en = "Result" }
summary = "count"
choices = [
  { id = "clear", symbol = "🟢", words = ["nihil", "bersih"], label = { id = "Bersih", en = "Clear" } },
  { id = "found", symbol = "🟠", words = ["temuan"], label = { id = "Ada temuan", en = "Something found" } },
]

[[field]]
id = "rounds"
kind = "integer"
required = true
words = ["keliling"]
label = { id = "Keliling", en = "Rounds" }
min = 0
likely_max = 20
quick = ["1", "2"]
summary = "sum"

[[field]]
id = "lamps"
kind = "yes_no"
words = ["lampu"]
label = { id = "Lampu menyala", en = "Lamps lit" }
summary = "count"

[[field]]
id = "note"
kind = "text"
label = { id = "Catatan", en = "Note" }
rest = true
"""


@pytest.fixture
async def posko(database_url: str, tmp_path: Path) -> AsyncIterator[Posko]:
    """The program over a copy of the preset with one more file in its folder of forms."""
    preset = tmp_path / "preset"
    shutil.copytree(PRESET, preset)
    (preset / "forms" / "patrol.toml").write_text(PATROL, encoding="utf-8")
    async with running(database_url, preset=preset) as program:
        yield program


async def exported(posko: Posko, tmp_path: Path) -> list[dict[str, str]]:
    """The reports as the command line exports them."""
    settings = make_settings(posko.db.url, api_url="http://127.0.0.1", preset=tmp_path / "preset")
    file = tmp_path / "reports.csv"
    now = posko.clock.now()
    wish = ExportWish(what="reports", output=file, force=True)
    await export_rows(posko.db, settings, wish, now=now, say=lambda _: None)
    return list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))


async def test_a_file_is_a_form(posko: Posko, tmp_path: Path) -> None:
    """A line in the new form's words is filed, and stands in help, in the summary and in the export with every answer."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    receipt = await posko.say(budi, "/patroli bersih keliling=3 lampu=ya an=Joko blok C tenang")
    assert "Laporan patroli" in receipt
    assert "🟢 Bersih" in receipt
    assert "/patroli" in await posko.say(budi, "/panduan")
    summary = await posko.say(rahmat, "/ringkasan")
    assert "📋 Laporan patroli: 1 pos\nHasil: 🟢 Bersih 1\nLampu menyala: ya 1\nKeliling 3" in summary
    (row,) = await exported(posko, tmp_path)
    names = ("form", "result", "rounds", "lamps", "note", "behalf", "person")
    assert [row[name] for name in names] == ["patrol", "clear", "3", "yes", "blok C tenang", "Joko", "Budi"]


async def test_a_file_is_a_form_by_buttons_too(posko: Posko, tmp_path: Path) -> None:
    """The command alone asks the new form's questions; a doubtful number is asked about once, and then it is sent."""
    budi = await posko.officer()
    await posko.say(budi, "/patroli")
    await posko.tap(budi, "🟠 Ada temuan")
    assert "Maksud Anda 15 dan bukan 150?" in await posko.say(budi, "150")
    await posko.tap(budi, "15")
    await posko.tap(budi, "➕ Lampu menyala")
    await posko.tap(budi, "Ya")
    await posko.tap(budi, "Kirim")
    assert "Diterima" in posko.last(budi).text
    (row,) = await exported(posko, tmp_path)
    assert [row[name] for name in ("form", "result", "rounds", "lamps")] == ["patrol", "found", "15", "yes"]
