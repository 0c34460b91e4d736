"""Who may know who reported in confidence."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.groups.routing_file import load_routing
from core.kit.preset_tables import PresetError
from core.privacy.confidants import Confidant, is_confidant, load_confidants
from tests.kit import PRESET


def the_confidants(folder: Path, text: str) -> tuple[Confidant, ...]:
    """Who is named by the preset's routing with these tables added."""
    file = folder / "routing.toml"
    file.write_text((PRESET / "routing.toml").read_text() + text)
    return load_confidants(file, load_routing(file).categories)


def test_nobody_is_named_by_default() -> None:
    """The preset comes without a confidant, and without one nobody may look."""
    named = load_confidants(PRESET / "routing.toml", ())
    assert named == ()
    assert not is_confidant(named, 1234567890, region_code="16.73", category="neutrality")


@pytest.mark.parametrize(
    ("person", "region", "category", "may"),
    [
        (11, "16.73.06.1002", "flood", True),
        (11, "16.73.06.1002", None, True),
        (12, "16.73.06.1002", "neutrality", True),
        (12, "16.73.06.1002", "intimidation", False),
        (12, "16.73.06.1002", None, False),
        (12, "16.74.01.1001", "neutrality", False),
        (12, "16.7", "neutrality", False),
        (12, "16", "neutrality", False),
        (13, "16.73.06.1002", "neutrality", False),
    ],
)
def test_a_confidant_sees_only_what_the_table_says(
    tmp_path: Path,
    person: int,
    region: str,
    category: str | None,
    *,
    may: bool,
) -> None:
    """Without region and categories a confidant may see every name; with them only those, and nobody else sees any."""
    text = '[[confidant]]\ntelegram_id = 11\n[[confidant]]\ntelegram_id = 12\nregion = "16.73"\n'
    named = the_confidants(tmp_path, f'{text}categories = ["neutrality"]\n')
    assert is_confidant(named, person, region_code=region, category=category) is may


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('region = "16"', "confidant number 1 telegram_id: is missing"),
        ('telegram_id = "11"', "telegram_id: '11' is not a whole number"),
        ("telegram_id = true", "telegram_id: True is not a whole number"),
        ("telegram_id = -100123", "telegram_id: -100123 is not the id of a Telegram user"),
        ('telegram_id = 11\nregion = ""', "region: '' is not a region code"),
        ('telegram_id = 11\nregion = "Palembang"', "region: 'Palembang' is not a region code"),
        ("telegram_id = 11\nregion = 16", "region: must be a text"),
        ("telegram_id = 11\ncategories = []", "categories: names none"),
        ('telegram_id = 11\ncategories = ["fire"]', "categories: 'fire' is no category of this file"),
        ('telegram_id = 11\nname = "Siti"', "name: is not known here"),
        ("telegram_id = 11\n[[confidant]]\ntelegram_id = 11", "number 2 telegram_id: 11 stands here a second time"),
    ],
)
def test_a_broken_table_is_named(tmp_path: Path, table: str, message: str) -> None:
    """What is wrong with a confidant is said in one line with its place: never is somebody let in by a slip of the pen."""
    with pytest.raises(PresetError, match=message):
        the_confidants(tmp_path, f"\n[[confidant]]\n{table}\n")
