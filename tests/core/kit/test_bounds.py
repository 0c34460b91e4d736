"""How much one person may pile up: read from the preset, with defaults for what it leaves out."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest

from core.kit.bounds import FILE, PersonBounds, load_bounds
from core.kit.preset_tables import PresetError
from tests.kit import PRESET


def written(folder: Path, text: str) -> Path:
    """A preset's folder with these limits."""
    (folder / FILE).write_text(text, encoding="utf-8")
    return folder


def test_the_preset_names_every_limit() -> None:
    """The file of South Sumatra names every limit there is, each with the program's own number."""
    assert load_bounds(PRESET) == PersonBounds()
    text = (PRESET / FILE).read_text(encoding="utf-8")
    assert [name for name in asdict(PersonBounds()) if f"\n{name} = " not in text] == []


def test_what_is_left_out_has_a_default(tmp_path: Path) -> None:
    """Without the file, or with a part of it, the program's own numbers hold."""
    assert load_bounds(tmp_path) == PersonBounds()
    assert load_bounds(written(tmp_path, "[limits]\ndrafts = 7\n")) == PersonBounds(drafts=7)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[limits]\ndrafts = 4\n", "limits drafts: 4 is not between 5 and 100"),
        ("[limits]\ndraft_words = 100000\n", "limits draft_words: 100000 is not between 500 and 4096"),
        ('[limits]\nversions = "many"\n', "limits versions: 'many' is not a whole number"),
        ("[limits]\ndraft = 7\n", "limits draft: is not known here"),
        ("[limit]\ndrafts = 7\n", "limit: is not known here"),
        ("[limits]\ndraft_files = 60\nreport_files = 50\n", "limits draft_files: 60 files of a draft find no room"),
        ("drafts\n", "is not TOML"),
    ],
)
def test_a_fault_is_named_by_file_and_field(tmp_path: Path, text: str, fault: str) -> None:
    """A limit that cannot be is refused in one line with its file and its name."""
    with pytest.raises(PresetError) as error:
        load_bounds(written(tmp_path, text))
    assert str(tmp_path / FILE) in str(error.value)
    assert fault in str(error.value)
