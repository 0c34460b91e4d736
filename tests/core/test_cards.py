"""An incident's card in words and buttons."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

import pytest

from core.cards import NOTE_LIMIT, Card, PhonePlace, card_buttons, card_text
from tests.storage_kit import preset_forms, program_texts

AT = datetime(2027, 2, 3, 0, 10, tzinfo=UTC)
TEXTS = program_texts()
FORMS = preset_forms()
CARD = Card(
    number=1042,
    incident_id=7,
    form=FORMS["incident"],
    answers={"category": "flood", "severity": "high", "note": "air naik"},
    text="banjir berat air naik",
    category="flood",
    severity="high",
    state="new",
    post="TPS <1>",
    path=("Kota Lubuk Linggau", "Batu Urip"),
    occurred_at=AT,
    sent_at=AT,
    reporter="Budi & Joko",
    agency="lapas",
    owner=None,
    acknowledged_at=None,
    resolved_at=None,
    location=None,
)


def shown(card: Card, language: str = "id") -> str:
    """The card's text."""
    return card_text(TEXTS, language, card, now=AT)


def test_the_number_has_no_separator() -> None:
    """An incident's number is a name, not a quantity."""
    assert "I-1042" in shown(CARD)


def test_what_people_wrote_is_escaped() -> None:
    """Names and posts cannot break the card's mark-up."""
    assert "TPS &lt;1&gt;" in shown(CARD)
    assert "Budi &amp; Joko" in shown(CARD)


@pytest.mark.parametrize("sign", ["&", "<", "\U0001f30a"])
def test_the_longest_card_fits_one_message(sign: str) -> None:
    """A card with the longest note and long names fits Telegram's 4096 UTF-16 units, counted without mark-up."""
    path = ("Kabupaten Penukal Abab Lematang Ilir", "Kecamatan " * 5, "Desa " * 10)
    card = replace(CARD, text=sign * 1300, post="Pos " * 50, path=path, reporter="Nama " * 40)
    parsed = unescape(re.sub("<[^>]+>", "", shown(card)))
    assert len(parsed.encode("utf-16-le")) // 2 <= 4096


def test_a_confidential_card_has_no_reporter() -> None:
    """Without a reporter the card says that the name is kept back."""
    text = shown(replace(CARD, reporter=None, agency=None))
    assert "Pelapor dirahasiakan" in text
    assert "Budi" not in text


def test_a_location_is_a_link() -> None:
    """A post with a location links to the map."""
    assert "?q=-3.26230,102.87490" in shown(replace(CARD, location=(-3.2623, 102.8749)))


@pytest.mark.parametrize(
    ("phone", "facts"),
    [
        (PhonePlace(-3.3, 102.9), "lokasi ponsel"),
        (PhonePlace(-3.3, 102.9, 30.0), "lokasi ponsel (±30 m)"),
        (PhonePlace(-3.3, 102.9, 30.0, 2143.0), "lokasi ponsel (±30 m, 2,1 km dari pos)"),
        (PhonePlace(-3.3, 102.9, minutes=95), "lokasi ponsel (95 menit sebelum laporan)"),
        (PhonePlace(-3.3, 102.9, minutes=300), "lokasi ponsel (5 jam sebelum laporan)"),
    ],
)
def test_the_phones_place_goes_before_the_posts(phone: PhonePlace, facts: str) -> None:
    """Where the phone was is linked rather than the post, with what makes it doubtful."""
    text = shown(replace(CARD, location=(-3.2623, 102.8749), phone=phone))
    assert ("?q=-3.30000,102.90000" in text, text.count("?q=")) == (True, 1)
    assert text.partition("</a> · ")[2].splitlines()[0] == facts


def test_who_signs_stands_beside_who_wrote_it_down() -> None:
    """Both names are shown, once; on a confidential card neither."""
    card = replace(CARD, answers={**CARD.answers, "behalf": "Siti"}, behalf="Siti")
    assert "Atas nama: Siti (dicatat oleh Budi &amp; Joko, Lapas)" in shown(card)
    secret = shown(replace(card, reporter=None, agency=None, behalf=None, text="banjir berat an=Siti air naik"))
    assert ("Siti" in secret, shown(card).count("Siti")) == (False, 1)


def test_a_correction_and_files_are_marked() -> None:
    """A corrected card names hour, version and reason; files are counted."""
    text = shown(replace(CARD, version=2, corrected_at=AT, reason="salah <pos>", media=3))
    assert "✏️ Dikoreksi 07.10 WIB · versi 2: salah &lt;pos&gt;" in text
    assert "📎 3 berkas" in text


def test_a_withdrawn_card_says_so() -> None:
    """A false alarm stands on its card as withdrawn, whoever owned it."""
    assert "DIBATALKAN oleh pelapor" in shown(replace(CARD, state="rejected", resolved_at=AT))


def test_a_report_without_a_line_shows_its_note_alone() -> None:
    """Where nothing was typed, or the line is gone with a correction by buttons, the quote is the note and no more."""
    text = card_text(TEXTS, "id", replace(CARD, text=""), now=AT)
    assert "<blockquote>air naik</blockquote>" in text


def test_a_long_note_is_cut() -> None:
    """A card fits one message however long the report."""
    text = shown(replace(CARD, text="&" * 4000))
    assert text.count("&amp;") <= NOTE_LIMIT + 1
    assert "…" in text


@pytest.mark.parametrize(
    ("state", "buttons"),
    [("new", ["Terima", "Selesai"]), ("acknowledged", ["Selesai"]), ("resolved", []), ("rejected", [])],
)
def test_the_state_decides_the_buttons(state: str, buttons: list[str]) -> None:
    """Each state offers what can be done next."""
    rows = card_buttons(TEXTS, "id", replace(CARD, state=state))
    assert [button.text for row in rows for button in row] == buttons


def test_a_status_names_its_gravest_answer() -> None:
    """A card of a status is titled by the answer that made it one."""
    answers = {"condition": "safe", "logistics": "damaged"}
    card = replace(CARD, form=FORMS["status"], answers=answers, category=None, text="aman logistik=rusak")
    assert "Rusak · berat" in shown(card)


def test_a_card_speaks_the_groups_language() -> None:
    """Title, state and buttons are in the language asked for."""
    assert "Flood · high" in shown(CARD, "en")
    assert "Waiting to be taken" in shown(CARD, "en")
