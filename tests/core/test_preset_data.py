"""The South Sumatra preset: complete, whole, and true to its sources."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from core.calendar.calendar_file import load_calendar
from core.forms.form_files import load_forms
from core.groups.routing_file import load_routing
from core.kit.preset_tables import PresetError, load_preset, read_rows
from core.territory.posts import PostKind, Risk
from core.territory.regions import RegionBook, RegionLevel, load_regions

FOLDER = Path(__file__).parents[2] / "presets" / "sumsel"
POST_COLUMNS = [
    "code",
    "name",
    "kind",
    "region_code",
    "voters",
    "risk",
    "lat",
    "lon",
]  # the columns an import of posts takes
PRESET = (
    'name = { id = "A", en = "A" }\nroot = "16"\nlanguages = ["id", "en"]\nzone = "Asia/Jakarta"\nmap_credit = "B"\n'
)


@pytest.fixture(scope="module")
def book() -> RegionBook:
    return RegionBook(load_regions(FOLDER))


def posts() -> list[dict[str, str]]:
    return [cells for _line, cells in read_rows(FOLDER / "posts.csv", POST_COLUMNS)]


def test_preset() -> None:
    """The preset names its territory, languages and zone."""
    preset = load_preset(FOLDER)
    assert (preset.name.id, preset.root, preset.languages, preset.zone.key) == (
        "Sumatera Selatan",
        "16",
        ("id", "en"),
        "Asia/Jakarta",
    )


def test_files_agree(book: RegionBook) -> None:
    """Calendar, routing and forms fit each other: forms, regions and categories that one names, the other has."""
    preset, forms = load_preset(FOLDER), load_forms(FOLDER / "forms")
    categories = {choice.id for choice in forms["incident"].field("category").choices}
    calendar = load_calendar(FOLDER / "calendar.toml", zone=preset.zone, forms=set(forms), book=book)
    assert {kind for rule in calendar.windows for kind in rule.posts} == set(PostKind)
    assert set(load_routing(FOLDER / "routing.toml", categories=categories).categories) == categories
    assert preset.root in book


def test_region_counts() -> None:
    """The territory has 17 regencies and cities, 241 districts and 3,259 villages."""
    assert Counter(row.level for row in load_regions(FOLDER)) == {
        RegionLevel.PROVINCE: 1,
        RegionLevel.REGENCY: 17,
        RegionLevel.DISTRICT: 241,
        RegionLevel.VILLAGE: 3259,
    }


def test_every_regency_has_a_short_name(book: RegionBook) -> None:
    """Every regency is found by its short name."""
    for row in book.children("16"):
        assert row.short_name
        assert book.find(row.short_name) == (row,)


def test_posts(book: RegionBook) -> None:
    """There are 20 prisons and their 51 special polling stations, each at a village of the list, with a code of its own."""
    rows = posts()
    assert Counter(row["kind"] for row in rows) == {PostKind.LAPAS: 20, PostKind.TPS: 51}
    assert len({row["code"] for row in rows}) == 71
    assert {row["risk"] for row in rows} == {Risk.SPECIAL}
    for row in rows:
        region = book.get(row["region_code"])
        assert region is not None
        assert region.level is RegionLevel.VILLAGE
        assert row["voters"] == row["lat"] == row["lon"] == ""


def test_special_numbers() -> None:
    """Special polling stations are numbered from 901 within their village, and their code and name tell the number."""
    stations = [row for row in posts() if row["kind"] == PostKind.TPS]
    prisons = {row["name"]: row["region_code"] for row in posts() if row["kind"] == PostKind.LAPAS}
    for village in {row["region_code"] for row in stations}:
        here = [row for row in stations if row["region_code"] == village]
        numbers = range(901, 901 + len(here))
        assert [row["code"] for row in here] == [f"TPS-{village.replace('.', '')}-{number}" for number in numbers]
        for row, number in zip(here, numbers, strict=True):
            assert prisons[row["name"].removeprefix(f"TPS {number} ")] == village


def test_post_codes() -> None:
    """A prison's code tells its kind and regency, and can be typed on any phone."""
    for row in posts():
        if row["kind"] == PostKind.LAPAS:
            assert re.fullmatch(r"(LAPAS|RUTAN|LPKA)-16\d{2}(-[NP])?", row["code"])
            assert row["code"].split("-")[1] == row["region_code"][:5].replace(".", "")


def test_boundaries(book: RegionBook) -> None:
    """The map has the outline of each of the 17 regencies."""
    features = json.loads((FOLDER / "boundaries.geojson").read_text())["features"]
    found = {feature["properties"]["code"]: feature["properties"]["name"] for feature in features}
    assert found == {row.code: row.name for row in book.children("16")}
    assert len(features) == 17


def test_licences() -> None:
    """The licence of lists and boundaries stands beside them."""
    text = (FOLDER / "README.md").read_text()
    assert "Permission is hereby granted, free of charge" in text
    assert "Cahya DSN" in text


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('root = "16"', 'root = "Sumsel"', "root: 'Sumsel' is not a region code"),
        ('root = "16"', "", "root: is missing"),
        ('root = "16"', 'root = ""', "root: must be a text that is not blank"),
        ('"Asia/Jakarta"', '"Asia/Palembang"', "zone: 'Asia/Palembang' is not a time zone"),
        ('"Asia/Jakarta"', '"../etc"', "zone: '../etc' is not a time zone"),
        ('["id", "en"]', "[]", "languages: names none"),
        ('["id", "en"]', '["Indonesian"]', "languages: 'Indonesian' is not a language code"),
        ('["id", "en"]', '"id"', "languages: must be a list"),
        ("map_credit", "credit", "map_credit: is missing"),
        ('root = "16"', 'root = "16"\nextra = 1', "extra: is not known here; known: .*languages"),
    ],
)
def test_broken_preset(tmp_path: Path, old: str, new: str, message: str) -> None:
    """A broken preset is named with its place and the reason, in one line."""
    (tmp_path / "preset.toml").write_text(PRESET.replace(old, new))
    with pytest.raises(PresetError, match=message) as caught:
        load_preset(tmp_path)
    assert "\n" not in str(caught.value)


def test_error_is_one_line() -> None:
    """The error of a preset tells file, place and reason in one line, whatever the reason holds."""
    assert str(PresetError(Path("a.toml"), "window x", "two\nlines")) == "a.toml: window x: two lines"


def test_columns(tmp_path: Path) -> None:
    """A list with other columns is refused, and a byte order mark does no harm."""
    file = tmp_path / "list.csv"
    file.write_text("\ufeffcode,name\n1,Satu\n", encoding="utf-8")
    assert list(read_rows(file, ["code", "name"])) == [(2, {"code": "1", "name": "Satu"})]
    with pytest.raises(PresetError, match="line 1: must be code,title"):
        list(read_rows(file, ["code", "title"]))
