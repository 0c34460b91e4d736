"""Answers as others read them."""

from __future__ import annotations

import pytest

from core.forms.form_files import load_forms
from core.forms.forms import Answers
from core.privacy.masking import anonymous, masked, names_of, signers
from tests.kit import PRESET

FORM = load_forms(PRESET / "forms")["neutrality"]


@pytest.mark.parametrize(
    ("answers", "text", "left"),
    [
        ({"act": "photo", "behalf": "Budi"}, "foto an=Budi di aula", "foto an=… di aula"),
        ({"behalf": "Budi Santoso"}, 'an="budi santoso", di aula', 'an="…", di aula'),
        ({"behalf": "Al"}, "an=Al alat peraga", "an=… alat peraga"),
        ({"behalf": "a.b("}, "an=a.b( x", "an=… x"),
        ({"act": "photo"}, "foto di aula", "foto di aula"),
        ({"behalf": "Rudi"}, "foto atasnama=Dodi, kata dodi", "foto atasnama=…, kata …"),
        ({}, 'foto Atas-Nama = "Dodi Alam" x=an=Siti behalf＝“Rudi”', 'foto Atas-Nama = "…" x=an=… behalf＝“…”'),
        ({"act": "photo"}, "jalan=rusak an= ", "jalan=rusak an= "),
    ],
)
def test_a_confidential_report_names_nobody_who_reports(answers: Answers, text: str, left: str) -> None:
    """The name of the one who reports through another is neither among the answers nor in the typed line."""
    kept, shown = anonymous(FORM, answers, text)
    assert kept == {name: value for name, value in answers.items() if name != "behalf"}
    assert shown == left


def test_names_of_older_versions_and_in_answers_are_kept_back() -> None:
    """A name that a correction took away, and one that stands in the note, are hidden; a choice's id is no name."""
    names = signers(FORM, [({"behalf": "Photo"}, "foto an=Dodi")])
    assert names == {"Photo", "Dodi"}
    answers: Answers = {"act": "photo", "behalf": "Rudi", "note": "Dodi dan Rudi di aula"}
    kept, _ = anonymous(FORM, answers, "", names)
    assert kept == {"act": "photo", "note": "… dan … di aula"}


def test_a_line_of_a_form_that_is_gone_is_masked_too() -> None:
    """Where the preset has a report's form no more, the keys that every form has still tell the name, also beside them."""
    assert masked(None, "foto an=Dodi jam=8, Dodi tahu", ()) == "foto an=… jam=8, … tahu"


@pytest.mark.parametrize(
    ("name", "phone", "text", "left"),
    [
        ("Andi Wijaya", None, "saya, andi wijaya, diancam; Wijaya lari", "saya, …, diancam; … lari"),
        ("Andi Wijaya", None, "andika dan Wijayanti aman", "… dan … aman"),
        ("Al Adi", None, "al dan adi", "al dan …"),
        ("Petugas Lapas Merah", None, "petugas lapas merah: kepala lapas marah", "…: kepala lapas marah"),
        ("Al", "+6281200000011", "HP 0812-0000 0011 atau +62 812-0000-0011", "HP … atau …"),
        ("Al", "+6281200000011", "081200000012", "081200000012"),
    ],
)
def test_a_reporter_who_signs_in_words_is_kept_back_too(name: str, phone: str | None, text: str, left: str) -> None:
    """The reporter's name, its longer parts and the telephone number, however written, are hidden; other words stay."""
    assert masked(FORM, text, names_of(name, phone)) == left
