"""Posts from a CSV file: checked line by line, all or nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from pathlib import Path

from core.territory.posts import Risk, read_post_kind, read_risk
from storage.territory.places import NewPost

COLUMNS = ("code", "name", "kind", "region_code", "voters", "risk", "lat", "lon")
WRONG_SHOWN = 20  # lines named in one error; more would scroll the first ones away
MOST_VOTERS = 100_000


class ImportFileError(Exception):
    """A file cannot be imported; each of `lines` says what is wrong in one line of it."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("; ".join(lines[:1]))
        self.lines = lines


def read_posts(file: Path, *, known: Collection[str]) -> list[NewPost]:
    """Read posts from a file whose regions must be among the `known` codes; raises ImportFileError for every wrong line."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ImportFileError([f"{file}: {error.strerror or error}"]) from None
    except UnicodeDecodeError:
        raise ImportFileError([f"{file}: is not UTF-8; save it as CSV UTF-8"]) from None
    sample = text.partition("\n")[0]
    delimiter = ";" if sample.count(";") > sample.count(",") else ","  # what an Indonesian spreadsheet writes
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[NewPost] = []
    wrong: list[str] = []
    seen: dict[str, int] = {}
    try:
        header = [name.strip().lower() for name in rows.fieldnames or []]
        missing = [name for name in COLUMNS if name not in header]
        if missing:
            raise ImportFileError([f"{file}: line 1: these columns are missing: {', '.join(missing)}"])
        rows.fieldnames = header
        for row in rows:
            cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
            problems = _problems(cells, known)
            if len(row) > len(header) or None in row:
                problems.append("has more cells than the header")
            code = cells["code"].upper()
            if code and code in seen:
                problems.append(f"repeats the code of line {seen[code]}")
            seen.setdefault(code, rows.line_num)
            if problems:
                wrong.append(f"{file}: line {rows.line_num}: {'; '.join(problems)}")
            else:
                found.append(_post(cells))
    except csv.Error as error:
        wrong.append(f"{file}: line {rows.line_num}: {error}")
    if wrong:
        raise ImportFileError(wrong)
    return found


def _problems(cells: dict[str, str], known: Collection[str]) -> list[str]:
    checks = (
        (
            bool(cells["code"]) and len(cells["code"]) <= 40 and " " not in cells["code"],
            "code must be 1 to 40 signs without spaces",
        ),
        (0 < len(cells["name"]) <= 200, "name must have 1 to 200 signs"),
        (
            read_post_kind(cells["kind"]) is not None,
            f"kind {cells['kind']!r} must be tps, lapas, posko, gudang or kantor",
        ),
        (cells["region_code"] in known, f"region_code {cells['region_code']!r} is not a known region"),
        (not cells["voters"] or _whole(cells["voters"]), f"voters {cells['voters']!r} must be a whole number"),
        (
            not cells["risk"] or read_risk(cells["risk"]) is not None,
            f"risk {cells['risk']!r} must be low, medium, high or special",
        ),
        (_degrees(cells["lat"], 90), f"lat {cells['lat']!r} must be degrees from -90 to 90"),
        (_degrees(cells["lon"], 180), f"lon {cells['lon']!r} must be degrees from -180 to 180"),
        (bool(cells["lat"]) == bool(cells["lon"]), "lat and lon must both be given or both be empty"),
    )
    return [problem for holds, problem in checks if not holds]


def _whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 9 and int(text) <= MOST_VOTERS


def _degrees(text: str, limit: int) -> bool:
    if not text:
        return True
    try:
        return -limit <= float(text) <= limit
    except ValueError:
        return False


def _post(cells: dict[str, str]) -> NewPost:
    kind, risk = read_post_kind(cells["kind"]), read_risk(cells["risk"] or Risk.LOW)
    assert kind is not None
    assert risk is not None
    return NewPost(
        code=cells["code"].upper(),
        name=cells["name"],
        kind=kind.value,
        region_code=cells["region_code"],
        voters=int(cells["voters"]) if cells["voters"] else None,
        risk=risk.value,
        lat=float(cells["lat"]) if cells["lat"] else None,
        lon=float(cells["lon"]) if cells["lon"] else None,
    )
