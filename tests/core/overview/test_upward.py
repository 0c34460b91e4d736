"""The text that goes up the chain: complete, polite, in order, and never longer than a message."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.overview.upward import Upward, upward_text
from core.people.roles import Agency
from tests.storage_kit import preset_forms, program_texts

AT = datetime(2027, 2, 3, 0, 10, tzinfo=UTC)
TEXTS = program_texts()
FORMS = preset_forms()
STATUS = Upward(
    form=FORMS["status"],
    answers={"condition": "safe", "personnel": [18, 20], "note": "antrean <tertib>"},
    number="L-1042",
    post="Lapas Kelas IIA Lubuklinggau",
    path=("Kota Lubuk Linggau", "Batu Urip"),
    occurred_at=AT,
    sent_at=AT,
    reporter="Budi",
    agency="lapas",
    state=None,
)


def test_a_status_is_told_in_the_order_that_superiors_expect() -> None:
    """Salutation, subject, day, hour, place, facts, account, situation, number, closing, name."""
    lines = [line for line in upward_text(TEXTS, "id", STATUS).splitlines() if line]
    assert lines == [
        "Yth. Bapak/Ibu Kalapas/Karutan, izin melaporkan.",
        "Perihal: Laporan situasi",
        "Hari/tanggal: Rabu, 3 Februari 2027",
        "Pukul: 07.10 WIB",
        "Tempat: Lapas Kelas IIA Lubuklinggau, Batu Urip, Kota Lubuk Linggau",
        "1. Situasi: 🟢 Aman",
        "2. Personel hadir/tugas: 18/20",
        "Uraian: antrean <tertib>",
        "Situasi aman dan kondusif.",
        "Tercatat: L-1042, 07.10 WIB",
        "DUM (demikian untuk menjadi maklum). Terima kasih.",
        "Budi",
    ]


@pytest.mark.parametrize("agency", list(Agency))
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_agency_has_its_superior(agency: Agency, language: str) -> None:
    """Each agency's superior is addressed, in both languages."""
    assert upward_text(TEXTS, language, replace(STATUS, agency=agency.value)).strip()


@pytest.mark.parametrize("state", ["new", "acknowledged", "resolved", "rejected"])
def test_an_incident_says_how_it_stands(state: str) -> None:
    """The situation of an incident is what has been done about it, not how bad its answers are."""
    text = upward_text(TEXTS, "id", replace(STATUS, state=state, media=3))
    assert ("Tindak lanjut:" in text, "kondusif" in text, "terlampir: 3 berkas" in text) == (True, False, True)


def test_who_signs_and_who_wrote_it_down_are_both_named() -> None:
    """A report for a colleague names both; a confidential one names neither, not in the account either."""
    answers = {**STATUS.answers, "behalf": "Siti", "note": "Siti melihatnya"}
    assert "Atas nama: Siti (dicatat oleh Budi)" in upward_text(TEXTS, "id", replace(STATUS, answers=answers))
    secret = upward_text(TEXTS, "id", replace(STATUS, answers=answers, reporter=None))
    assert ("Siti" in secret, "Budi" in secret, "melihatnya" in secret) == (False, False, True)


def test_the_longest_report_fits_one_message() -> None:
    """However long the account and the answers, the text fits and keeps its closing."""
    form = FORMS["status"]
    note = form.rest.id if form.rest else "note"
    text = upward_text(TEXTS, "id", replace(STATUS, answers={**STATUS.answers, note: "x" * 4000, "behalf": "y" * 80}))
    assert (len(text) < 4000, "DUM" in text) == (True, True)
