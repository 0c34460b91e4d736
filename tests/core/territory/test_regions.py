"""What the tree of regions answers: levels, subtrees, and names as people write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.kit.preset_tables import PresetError
from core.territory.region_names import fold_name, normalise_name
from core.territory.regions import Region, RegionBook, RegionLevel, covers, load_regions, parent_codes, region_level

SUMSEL = Path(__file__).parents[3] / "presets" / "sumsel"
CODES = st.from_regex(r"16(\.\d{2}(\.\d{2}(\.\d{4})?)?)?", fullmatch=True)


@pytest.fixture(scope="module")
def book() -> RegionBook:
    return RegionBook(load_regions(SUMSEL))


def codes(book: RegionBook, text: str) -> list[str]:
    return [row.code for row in book.find(text)]


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("16", RegionLevel.PROVINCE),
        ("16.74", RegionLevel.REGENCY),
        ("16.74.01", RegionLevel.DISTRICT),
        ("16.74.01.1002", RegionLevel.VILLAGE),
        ("", None),
        ("1674", None),
        ("16.74.", None),
        ("16.74.01.10", None),
        ("Prabumulih", None),
    ],
)
def test_level_from_code(code: str, level: RegionLevel | None) -> None:
    """The form of a code tells its level, and what is not a code has none."""
    assert region_level(code) is level


@pytest.mark.parametrize(
    ("scope", "code", "inside"),
    [
        ("", "16.74", True),
        ("", "", True),
        ("16.74", "16.74", True),
        ("16.74", "16.74.01.1002", True),
        ("16.7", "16.74", False),
        ("16.74.01", "16.74", False),
        ("16.74", "", False),
    ],
)
def test_subtree(scope: str, code: str, *, inside: bool) -> None:
    """A region covers itself and what lies in it, and a prefix counts only at a dot."""
    assert covers(scope, code) is inside


@given(CODES)
def test_parents_cover(code: str) -> None:
    """Every region above a region covers it, and the last one stands directly above."""
    parents = parent_codes(code)
    assert all(covers(parent, code) and not covers(code, parent) for parent in parents)
    assert len(parents) == code.count(".")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kabupaten Muara Enim", "kab. muara-enim"),
        ("Kota Prabumulih", "PRABUMULIH"),
        ("Kecamatan Lahat", "Kec. Lahat"),
        ("Kelurahan Karang Raja", "Kel Karangraja"),
        ("Desa Ujan Mas Ulu", "ujan  mas   ulu"),
        ("Provinsi Sumatera Selatan", "Sumatera Selatan"),
        ("Tiga-puluh-lima Ilir", "35 Ilir"),
        ("Satu Ulu", "1 Ulu"),
        ("Satu Ulu", "１ Ulu"),
        ("Sepuluh Ilir", "10 ilir"),
        ("Sebelas Ulu", "11 Ulu"),
        ("Dua-belas Ulu", "12-Ulu"),
        ("Dua-puluh Ilir Tiga", "20 Ilir III"),
        ("Sembilan Sepuluh Ulu", "9-10 Ulu"),
        ("Tiga Empat Ulu", "3 / 4 Ulu"),
        ("Seberang Ulu Satu", "Seberang Ulu I"),
        ("Muara Dua", "Muaradua"),
        ("Sungai Lais", "Sei Lais"),
        ("Cafe", "Café"),
    ],
)
def test_same_name(one: str, other: str) -> None:
    """Level words, case, accents, spaces, hyphens and the way numbers are written do not make another name."""
    assert normalise_name(one) == normalise_name(other)


@pytest.mark.parametrize(
    ("one", "other"), [("1 Ulu", "2 Ulu"), ("1 Ulu", "1 Ilir"), ("11 Ulu", "1 Ulu"), ("Belitang II", "Belitang III")]
)
def test_other_name(one: str, other: str) -> None:
    """Names that differ in number or word stay apart."""
    assert normalise_name(one) != normalise_name(other)


@given(st.text(max_size=300))
@example("T:G")
def test_folding_settles(text: str) -> None:
    """Folding accepts any text, and a folded name in plain letters folds to itself."""
    folded = fold_name(text)
    assert " " not in folded
    assert fold_name(folded) == folded or not folded.isascii()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("16.74", ["16.74"]),
        ("1674", ["16.74"]),
        ("1674021009", ["16.74.02.1009"]),
        (" 16.74 ", ["16.74"]),
        ("Prabumulih", ["16.74"]),
        ("kota prabumulih", ["16.74"]),
        ("OKU", ["16.01"]),
        ("oki", ["16.02"]),
        ("Muba", ["16.06"]),
        ("Kab. Muba", ["16.06"]),
        ("Sumsel", ["16"]),
        ("Lubuklinggau", ["16.73"]),
        ("Lahat", ["16.04"]),
        ("Kec. Lahat", ["16.04.10"]),
        ("35 Ilir", ["16.71.01.1001"]),
        ("1 Ulu", ["16.71.02.1002"]),
        ("Kota Agung", ["16.04.07"]),
        ("Lawang Wetan", ["16.06.13"]),
        ("Lawan Wetan", ["16.06.13"]),
        ("Tanjung Baru, Lembak", ["16.03.17.2019"]),
        ("tanjung baru , kab. muara enim, lembak", ["16.03.17.2019"]),
        ("Tanjung Baru, 16.03.17", ["16.03.17.2019"]),
        ("Prabumulih, Lahat", []),
        ("Lahat, Lahat", ["16.04.10"]),
        ("16.99", []),
        ("Jakarta", []),
        ("", []),
        (",", []),
        ("Kota", []),
    ],
)
def test_find(book: RegionBook, text: str, found: list[str]) -> None:
    """A code, name, short name or older spelling finds its region, the highest of that name."""
    assert codes(book, text) == found


def test_find_several(book: RegionBook) -> None:
    """A village name that sixteen villages share finds all sixteen."""
    assert len(book.find("Tanjung Baru")) == 16


def test_every_region_by_name_and_district(book: RegionBook) -> None:
    """Every village is found by its name with its district's name behind a comma."""
    villages = [row for row in load_regions(SUMSEL) if row.level is RegionLevel.VILLAGE]
    for row in villages[::7]:
        district = book.get(row.parent_code)
        assert district is not None
        assert row in book.find(f"{row.name}, {district.name}")


@given(st.text(max_size=60))
def test_find_any_text(text: str) -> None:
    """No text makes finding or suggesting fail."""
    small = RegionBook([Region("16", "", RegionLevel.PROVINCE, "Sumatera Selatan", aliases=("Sumsel",))])
    assert {row.code for row in (*small.find(text), *small.near(text))} <= {"16"}


def test_near(book: RegionBook) -> None:
    """A slip of the thumb brings up the name that was meant."""
    assert book.near("Palembnag")[0].code == "16.71"
    assert "16.74" in [row.code for row in book.near("Kota Prabumulh")]
    assert book.near("xyzzy") == ()


def test_path_and_short(book: RegionBook) -> None:
    """A path runs from the regency down, and a regency's short name is the one newspapers write."""
    assert book.path("16.74.02.1009")[0] == "Kota Prabumulih"
    assert len(book.path("16.74.02.1009")) == 3
    assert book.path("16") == ("Sumatera Selatan",)
    assert book.path("99.99") == ("99.99",)
    assert [book.short(code) for code in ("16.06", "16.06.13", "99")] == ["Muba", "Lawan Wetan", "99"]


def test_children(book: RegionBook) -> None:
    """The regions directly below a region are given in the order of the list."""
    assert len(book.children("16")) == 17
    assert [row.code for row in book.children("")] == ["16"]
    assert book.children("16.74.01.1002") == ()
    assert "16.74" in book
    assert "16.99" not in book


@pytest.mark.parametrize(
    ("rows", "where", "reason"),
    [
        ("16,,province,A\n16,,province,B\n", "line 3", "16 stands here a second time"),
        ("16,,regency,A\n", "line 2", "'16' is not the code of a regency"),
        ("16.1,,regency,A\n", "line 2", "'16.1' is not the code of a regency"),
        ("16,,province,A\n16.01,17,regency,B\n", "line 3", "16.01 does not lie in '17'"),
        ("16.01,16,regency,B\n", "line 2", "16 must come before 16.01"),
        ("16,,province,\n", "line 2", "16 has no name"),
        ("16,,province\n", "line 2", "has 3 cells, not 4"),
    ],
)
def test_broken_list(tmp_path: Path, rows: str, where: str, reason: str) -> None:
    """A broken list of regions is named with its line and the reason."""
    (tmp_path / "regions.csv").write_text("code,parent_code,level,name\n" + rows)
    (tmp_path / "region_aliases.csv").write_text("code,alias,source\n")
    (tmp_path / "regencies.csv").write_text((SUMSEL / "regencies.csv").read_text().splitlines()[0] + "\n")
    with pytest.raises(PresetError) as caught:
        load_regions(tmp_path)
    assert (caught.value.where, caught.value.reason) == (where, reason)


def test_alias_of_nothing(tmp_path: Path) -> None:
    """An alias for a region that is not in the list is a fault."""
    (tmp_path / "regions.csv").write_text("code,parent_code,level,name\n16,,province,A\n")
    (tmp_path / "region_aliases.csv").write_text("code,alias,source\n17,B,x\n")
    (tmp_path / "regencies.csv").write_text((SUMSEL / "regencies.csv").read_text().splitlines()[0] + "\n")
    with pytest.raises(PresetError, match=r"17: is not in regions\.csv"):
        load_regions(tmp_path)
