"""Reports and incidents as CSV."""

from __future__ import annotations

import csv
import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from actions.overview.exports import write_csv
from core.forms.forms import Forms
from core.groups.routing_file import load_routing
from core.overview.exports import INCIDENT_COLUMNS, REPORT_COLUMNS, Bounds, neutral
from storage.database.engine import Database, Tx
from storage.incidents import incidents
from storage.reports import reports
from storage.tables import IncidentRow, PersonRow, PostRow, ReportRow, ReportVersionRow
from tests.storage_kit import BOT, NOW, ROOT, add_person, add_territory, one, preset_forms

WIB = ZoneInfo("Asia/Jakarta")
FORMS = preset_forms()
ROUTING = load_routing(ROOT / "presets" / "sumsel" / "routing.toml", categories=FORMS.categories)


@pytest.fixture
async def filled(db: Database) -> Database:
    """A database with a territory and an officer."""
    await add_territory(db)
    await add_person(db, 7)
    return db


async def file_report(
    db: Database, number: int = 1, *, form: str = "status", confidential: bool = False, **more: Any
) -> None:
    """File a report, and open an incident for one of that form."""
    post = await one(db, select(PostRow.id))
    person = await one(db, select(PersonRow.id))
    values: dict[str, Any] = {
        "form_id": form,
        "post_id": post,
        "region_code": "16.71",
        "person_id": person,
        "answers": {"condition": "safe", "personnel": [18, 20]},
        "level": "ok",
        "text": "aman",
        "source": f"m{number}",
        "window_key": "status/2027-02-03",
        "late": False,
        "occurred_at": NOW,
        "sent_at": NOW,
        "stored_at": NOW,
        **more,
    }

    async def work(tx: Tx) -> None:
        row = await reports.add(tx, cause=(BOT, number), kind="lapas", **values)
        if form == "incident":
            await incidents.open_for(tx, row, category="flood", severity="high", confidential=confidential, now=NOW)

    await db.write(work)


async def export(db: Database, file: Path, what: str = "reports", **bounds: Any) -> list[dict[str, str]]:
    """Export to a file and read it as a spreadsheet would."""
    limits = Bounds(**bounds)
    count = await db.read(lambda tx: write_csv(tx, what, file, limits, forms=FORMS, zone=WIB, routing=ROUTING))
    found = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines(keepends=True)))
    assert count == len(found)
    return found


async def test_columns_of_reports(filled: Database, tmp_path: Path) -> None:
    """An export of reports has one header line: the fixed columns, then every answer by its id, each name once."""
    await export(filled, tmp_path / "x.csv")
    names = (tmp_path / "x.csv").read_text(encoding="utf-8-sig").strip().split(",")
    assert names[: len(REPORT_COLUMNS)] == list(REPORT_COLUMNS)
    assert {"condition", "personnel_1", "personnel_2", "logistics"} <= set(names)
    assert len(names) == len(set(names))


async def test_ratio_is_two_columns(filled: Database, tmp_path: Path) -> None:
    """A ratio stands in two columns, so that no spreadsheet makes a date of it."""
    await file_report(filled)
    (row,) = await export(filled, tmp_path / "x.csv")
    assert (row["personnel_1"], row["personnel_2"]) == ("18", "20")


async def test_times_carry_their_offset(filled: Database, tmp_path: Path) -> None:
    """The three times are in ISO 8601 with the offset of the preset's zone."""
    await file_report(filled, occurred_at=NOW - timedelta(hours=1), sent_at=NOW, stored_at=NOW + timedelta(seconds=2))
    (row,) = await export(filled, tmp_path / "x.csv")
    assert [row[name] for name in ("occurred_at", "sent_at", "stored_at")] == [
        "2027-02-03T06:10:00+07:00",
        "2027-02-03T07:10:00+07:00",
        "2027-02-03T07:10:02+07:00",
    ]


async def test_report_says_who_where_and_what(filled: Database, tmp_path: Path) -> None:
    """A report's row names its number, person, post and region, and keeps the original text."""
    await file_report(filled, text='aman, "tertib"\nbaris dua')
    (row,) = await export(filled, tmp_path / "x.csv")
    assert [row[name] for name in ("number", "person", "agency", "post_code", "region_code", "text", "late")] == [
        "L-1", "Budi", "lapas", "LAPAS-1671", "16.71", 'aman, "tertib"\nbaris dua', "no",
    ]  # fmt: skip


async def test_every_version_is_a_row(filled: Database, tmp_path: Path) -> None:
    """A corrected report has a row a version, the oldest first, among several reports."""
    await file_report(filled, 1)
    await file_report(filled, 2)

    async def correct(tx: Tx) -> None:
        row = (await tx.scalars(select(ReportRow).where(ReportRow.source == "m1"))).one()
        names = ("answers", "level", "text", "occurred_at", "sent_at", "stored_at", "bot_id", "update_id")
        old = {name: getattr(row, name) for name in names}
        tx.add(ReportVersionRow(report_id=row.id, version=1, reason="salah ketik", **old))
        row.version, row.text = 2, "waspada"

    await filled.write(correct)
    found = await export(filled, tmp_path / "x.csv")
    assert [(row["number"], row["version"], row["text"], row["reason"]) for row in found] == [
        ("L-1", "1", "aman", "salah ketik"),
        ("L-1", "2", "waspada", ""),
        ("L-2", "1", "aman", ""),
    ]


async def test_incidents_have_their_own_export(filled: Database, tmp_path: Path) -> None:
    """An incident is in the export of incidents and not in that of reports."""
    await file_report(filled, form="incident", answers={"category": "flood"}, text="banjir")
    assert await export(filled, tmp_path / "r.csv") == []
    (row,) = await export(filled, tmp_path / "i.csv", "incidents")
    assert [row[name] for name in ("number", "category", "severity", "state", "text", "owner", "resolved_at")] == [
        "I-1", "flood", "high", "new", "banjir", "", "",
    ]  # fmt: skip


async def test_an_incidents_end_is_in_its_export(filled: Database, tmp_path: Path) -> None:
    """An incident's row tells when it was closed, to whom it was referred, and into which one it was merged."""
    for number in (1, 2):
        await file_report(filled, number, form="incident", answers={"category": "flood"})

    async def end(tx: Tx) -> None:
        first, second = await tx.scalars(select(IncidentRow).order_by(IncidentRow.number))
        first.state, first.closed_at, first.referred_to = "closed", NOW, "bpbd"
        second.state, second.duplicate_of = "duplicate", first.id

    await filled.write(end)
    found = await export(filled, tmp_path / "i.csv", "incidents")
    assert [[row[name] for name in ("state", "closed_at", "referred_to", "duplicate_of")] for row in found] == [
        ["closed", "2027-02-03T07:10:00+07:00", "bpbd", ""],
        ["duplicate", "", "", "I-1"],
    ]
    names = (tmp_path / "i.csv").read_text(encoding="utf-8-sig").split("\n")[0].strip().split(",")
    assert names[: len(INCIDENT_COLUMNS)] == list(INCIDENT_COLUMNS)
    assert (len(names), names.count("confidential")) == (len(set(names)), 1)


async def test_a_confidential_reporter_is_in_no_export_of_incidents(filled: Database, tmp_path: Path) -> None:
    """The export of incidents names who reported, but for a confidential one, where both cells are empty."""
    for number, confidential in ((1, True), (2, False)):
        answers = {"category": "flood"}
        await file_report(filled, number, form="incident", confidential=confidential, answers=answers)
    found = await export(filled, tmp_path / "i.csv", "incidents")
    assert [(row["confidential"], row["person"], row["agency"]) for row in found] == [
        ("yes", "", ""),
        ("no", "Budi", "lapas"),
    ]


async def test_a_confidential_reporter_is_in_no_export_of_reports(filled: Database, tmp_path: Path) -> None:
    """Who reports a breach of neutrality, and through whom, stands in no cell: neither name, agency nor the phone's place."""
    answers = {"act": "photo", "actor": "asn", "behalf": "Joko", "note": "di aula"}
    place: dict[str, Any] = {"lat": -2.98, "lon": 104.74, "accuracy_m": 12.0, "distance_m": 80.0}
    await file_report(filled, form="neutrality", answers=answers, text="foto bersama asn an=Joko di aula", **place)
    await export(filled, tmp_path / "x.csv")
    text = (tmp_path / "x.csv").read_text(encoding="utf-8-sig")
    assert "foto bersama asn an=… di aula" in text
    for secret in ("Joko", "Budi", "lapas,", "104.74"):
        assert secret not in text.partition("\n")[2]


async def test_report_tells_for_whom_where_and_how(filled: Database, tmp_path: Path) -> None:
    """A report's row names who reports through the officer, the marks of the report and the place of the phone."""
    place: dict[str, Any] = {"lat": -2.98, "lon": 104.74, "accuracy_m": 12.0, "distance_m": 1500.0}
    await file_report(filled, answers={"condition": "safe", "behalf": "Joko"}, flags=["nil", "far"], **place)
    (row,) = await export(filled, tmp_path / "x.csv")
    names = ("person", "behalf", "flags", "lat", "lon", "accuracy_m", "distance_m")
    assert [row[name] for name in names] == ["Budi", "Joko", "nil;far", "-2.98", "104.74", "12.0", "1500.0"]


@pytest.mark.parametrize(("region", "count"), [("16.71", 1), ("16", 1), ("16.7", 0), ("16.72", 0)])
async def test_region_bounds_the_export(filled: Database, tmp_path: Path, region: str, count: int) -> None:
    """An export for a region holds that region and what lies in it, by whole parts of the code."""
    await file_report(filled)
    assert len(await export(filled, tmp_path / "x.csv", region=region)) == count


async def test_since_bounds_the_export(filled: Database, tmp_path: Path) -> None:
    """An export since a time holds what was stored from then on."""
    await file_report(filled, 1)
    await file_report(filled, 2, stored_at=NOW + timedelta(days=1))
    found = await export(filled, tmp_path / "x.csv", since=NOW + timedelta(hours=1))
    assert [row["number"] for row in found] == ["L-2"]


async def test_more_rows_than_one_fetch_are_all_written(filled: Database, tmp_path: Path) -> None:
    """An export longer than one fetch from the database is whole and in order."""
    post = await one(filled, select(PostRow.id))
    person = await one(filled, select(PersonRow.id))

    async def work(tx: Tx) -> None:
        for number in range(1, 1203):
            more = {"occurred_at": NOW, "sent_at": NOW, "stored_at": NOW, "text": "", "level": None, "answers": {}}
            common = {"region_code": "16.71", "window_key": "w", "late": False, "source": f"s{number}"}
            await reports.add(
                tx,
                cause=(BOT, number),
                kind="lapas",
                form_id="status",
                post_id=post,
                person_id=person,
                **common,
                **more,
            )

    await filled.write(work)
    found = await export(filled, tmp_path / "x.csv")
    assert [row["number"] for row in found] == [f"L-{number}" for number in range(1, 1203)]


@pytest.mark.parametrize("text", ["=1+1", "+62811", "-5", "@sum", "\t=1", "\r=1", "\n=1", "  =1"])
def test_formulas_are_neutralised(text: str) -> None:
    """What a spreadsheet would run as a formula begins with an apostrophe."""
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize(
    "hidden",
    [
        "\u200b",
        "\ufeff",
        "\u202e",
        "\u2066",
        "\u00a0",
        "\u00ad",
        "\u3164",
        "\u2800",
        "\ufe0f",
        "\u0301",
        "\U000e0041",
        "\x0b",
        " \u200b ",
    ],
)
@pytest.mark.parametrize(
    "sign", ["=1+1", "+62811", "-5", "@sum", "＝1", "＋1", "－1", "＠a", "﹣1", "﹦1", "⁼1", "−1", "｜x"]
)
def test_an_unseen_sign_hides_no_formula(hidden: str, sign: str) -> None:
    """The first sign that can be seen decides, in whichever width it is written."""
    assert neutral(hidden + sign) == f"'{hidden}{sign}"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("aman\n=1+1", "aman\n'=1+1"),
        ("aman;\u200b=cmd|x", "aman;'\u200b=cmd|x"),
        ("aman\t+1\r\n- kotak", "aman\t'+1\r\n'- kotak"),
        (";=1", ";'=1"),
        ("=1;=2", "'=1;'=2"),
        ("jam=08:10; lampu a-b", "jam=08:10; lampu a-b"),
    ],
)
def test_a_formula_within_a_text_is_neutralised(text: str, written: str) -> None:
    """Where another spreadsheet would begin a cell, after a semicolon, a tab or a line, a formula sign is no formula either."""
    assert neutral(text) == written


@given(st.text(st.sampled_from("=+-@|＝－a1 \u200b\u00a0\u00ad\ufeff\u3164;\n\t\r'"), max_size=12))
def test_no_cell_begins_with_a_formula(text: str) -> None:
    """However a typed text is parted into cells, none of them begins with a formula sign; only apostrophes are added."""
    written = neutral(text)
    assert isinstance(written, str)
    seen = re.sub("[ \u200b\u00a0\u00ad\ufeff\u3164]", "", written)
    assert not re.match("[=+@|＝－-]", seen.lstrip("\n\t\r"))
    assert re.search("[;\n\t\r][=+@|＝－-]", seen.removeprefix("'").lstrip("\n\t\r")) is None
    assert written.replace("'", "") == text.replace("'", "")


@pytest.mark.parametrize(("value", "written"), [("aman", "aman"), (-2.9, -2.9), (None, ""), (True, "yes"), (0, 0)])
def test_other_values_stay_as_they_are(value: object, written: object) -> None:
    """Words and numbers, negative ones too, are written as they are; nothing is an empty cell."""
    assert neutral(value) == written


async def test_typed_formula_is_neutralised_in_the_file(filled: Database, tmp_path: Path) -> None:
    """A formula that an officer typed cannot run where the export is opened."""
    await file_report(filled, text='=HYPERLINK("http://example.org")')
    (row,) = await export(filled, tmp_path / "x.csv")
    assert row["text"].startswith("'=")


async def test_file_begins_with_a_bom(filled: Database, tmp_path: Path) -> None:
    """An export is UTF-8 with a BOM, which spreadsheets need to read it as such."""
    await export(filled, tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_bytes().startswith(b"\xef\xbb\xbfnumber,")


async def test_failed_export_leaves_the_old_file(filled: Database, tmp_path: Path) -> None:
    """An export that fails on the way leaves the earlier file as it was and no half one beside it."""
    file = tmp_path / "x.csv"
    file.write_text("old")
    await file_report(filled, answers={"personnel": [1, 2, 3]})
    with pytest.raises(ValueError, match="zip"):
        await export(filled, file)
    assert [(item.name, item.read_text()) for item in tmp_path.glob("x.*")] == [("x.csv", "old")]


@pytest.mark.parametrize(("field_id", "column"), [("state", "state"), ("reason", "answer_reason")])
async def test_answer_named_like_another_column_is_kept(
    filled: Database, tmp_path: Path, field_id: str, column: str
) -> None:
    """An answer whose id is also a column of reports has a column of its own; one of incidents only is no clash."""
    field = FORMS["status"].fields[0].model_copy(update={"id": field_id})
    form = FORMS["status"].model_copy(update={"fields": (field,)})
    await file_report(filled, answers={field_id: "safe"})
    file = tmp_path / "x.csv"
    await filled.read(
        lambda tx: write_csv(tx, "reports", file, Bounds(), forms=Forms([form]), zone=WIB, routing=ROUTING)
    )
    (row,) = csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines())
    assert row[column] == "safe"
