"""Posts from a CSV file: all or nothing, and every wrong line named."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.territory.places import NewPost
from storage.territory.posts_csv import ImportFileError, read_posts

HEADER = "code,name,kind,region_code,voters,risk,lat,lon"
GOOD = "TPS-1,TPS 001,tps,16.71,280,high,-2.99,104.75"
KNOWN = {"16.71", "16.71.01"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "posts.csv"


def read(file: Path, *lines: str, encoding: str = "utf-8") -> list[NewPost]:
    file.write_text("\n".join(lines), encoding=encoding)
    return read_posts(file, known=KNOWN)


def wrong(file: Path, *lines: str, encoding: str = "utf-8") -> list[str]:
    with pytest.raises(ImportFileError) as caught:
        read(file, *lines, encoding=encoding)
    return caught.value.lines


def test_good_line_becomes_a_post(file: Path) -> None:
    """Every column of a good line is read."""
    assert read(file, HEADER, GOOD) == [NewPost("TPS-1", "TPS 001", "tps", "16.71", 280, "high", -2.99, 104.75)]


def test_empty_cells_are_unknown(file: Path) -> None:
    """Voters, risk and place may be left empty."""
    assert read(file, HEADER, "P-1,Posko,posko,16.71,,,,") == [
        NewPost("P-1", "Posko", "posko", "16.71", None, "low", None, None)
    ]


@pytest.mark.parametrize(
    ("header", "line", "encoding"),
    [
        (HEADER, GOOD, "utf-8-sig"),
        (HEADER.replace(",", ";"), GOOD.replace(",", ";"), "utf-8"),
        (HEADER.upper(), GOOD, "utf-8"),
        (HEADER.replace(",", " , "), GOOD.replace(",", " , "), "utf-8"),
        (f"{HEADER},catatan", f"{GOOD},lama", "utf-8"),
        (HEADER, GOOD.lower(), "utf-8"),
        (f"{HEADER}\r", f"{GOOD}\r", "utf-8"),
    ],
    ids=["BOM", "semicolons", "capitals", "spaces", "further column", "small code", "CRLF"],
)
def test_what_spreadsheets_write_is_read(file: Path, header: str, line: str, encoding: str) -> None:
    """A BOM, semicolons, capitals, spaces, further columns and Windows line ends do not matter."""
    assert read(file, header, line, encoding=encoding)[0].code == "TPS-1"


def test_empty_lines_are_passed_over(file: Path) -> None:
    """Empty lines between and after the posts are no posts."""
    assert len(read(file, HEADER, GOOD, "", "TPS-2,TPS 002,tps,16.71,,,,", "", "")) == 2


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (",TPS,tps,16.71,,,,", "code must be"),
        ("TPS 9,TPS,tps,16.71,,,,", "code must be"),
        ("TPS-9,,tps,16.71,,,,", "name must have"),
        ("TPS-9,TPS,warung,16.71,,,,", "kind 'warung'"),
        ("TPS-9,TPS,tps,16.99,,,,", "region_code '16.99' is not a known region"),
        ("TPS-9,TPS,tps,16.71,banyak,,,", "voters 'banyak'"),
        ("TPS-9,TPS,tps,16.71,-1,,,", "voters '-1'"),
        ("TPS-9,TPS,tps,16.71,,parah,,", "risk 'parah'"),
        ("TPS-9,TPS,tps,16.71,,,91,104", "lat '91'"),
        ("TPS-9,TPS,tps,16.71,,,nan,104", "lat 'nan'"),
        ("TPS-9,TPS,tps,16.71,,,-2,181", "lon '181'"),
        ("TPS-9,TPS,tps,16.71,,,-2,", "both be given"),
        ("TPS-9,TPS,tps,16.71,,,-2,104,x", "more cells than the header"),
        ("TPS-1,TPS,tps,16.71,,,,", "repeats the code of line 2"),
        ("tps-1,TPS,tps,16.71,,,,", "repeats the code of line 2"),
        ("TPS-9", "kind ''"),
    ],
)
def test_wrong_line_is_named_with_its_fault(file: Path, line: str, told: str) -> None:
    """A wrong line is named by its number and by what is wrong in it."""
    (text,) = wrong(file, HEADER, GOOD, line)
    assert ("line 3: " in text, told in text) == (True, True)


def test_every_wrong_line_is_named(file: Path) -> None:
    """All wrong lines are named at once, each with all its faults."""
    found = wrong(file, HEADER, "A,,tps,16.71,,,,", GOOD, "B,B,warung,9,,,,")
    assert [text.partition(": ")[2].partition(":")[0] for text in found] == ["line 2", "line 4"]
    assert ("kind" in found[1], "region_code" in found[1]) == (True, True)


def test_line_numbers_count_lines_inside_quotes(file: Path) -> None:
    """A line break inside quotes does not shift the numbers of wrong lines."""
    assert "line 4" in wrong(file, HEADER, 'A,"dua\nbaris",tps,16.71,,,,', "B,,tps,16.71,,,,")[0]


def test_missing_columns_are_named(file: Path) -> None:
    """A header without a column is refused with the missing names."""
    assert wrong(file, "code,name,kind", "A,A,tps")[0].endswith(
        "line 1: these columns are missing: region_code, voters, risk, lat, lon"
    )


def test_empty_file_is_refused(file: Path) -> None:
    """A file without a header has no columns."""
    assert "these columns are missing" in wrong(file, "")[0]


def test_other_encoding_is_refused(file: Path) -> None:
    """A file that is not UTF-8 is refused with what to do."""
    assert wrong(file, HEADER, "A,Café,tps,16.71,,,,", encoding="latin-1")[0].endswith(
        "is not UTF-8; save it as CSV UTF-8"
    )


def test_open_quote_is_named(file: Path) -> None:
    """A quote that is never closed is a fault of its line, not a crash."""
    assert len(wrong(file, HEADER, 'A,"A,tps,16.71,,,,')) == 1


def test_missing_file_is_named(tmp_path: Path) -> None:
    """A file that is not there is named with the reason."""
    with pytest.raises(ImportFileError, match="No such file"):
        read_posts(tmp_path / "none.csv", known=KNOWN)
