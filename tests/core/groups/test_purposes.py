"""What groups hear of, as people call it."""

from __future__ import annotations

import pytest

from core.groups.purposes import Purpose, read_purpose


@pytest.mark.parametrize(
    ("word", "purpose"),
    [
        ("bencana", Purpose.DISASTER),
        ("Keamanan", Purpose.SECURITY),
        ("netralitas", Purpose.NEUTRALITY),
        ("logistik", Purpose.LOGISTICS),
        ("hukum", Purpose.LEGAL),
        ("koordinasi", Purpose.COORDINATION),
        ("legal", Purpose.LEGAL),
        ("pesta", None),
    ],
)
def test_purpose_words(word: str, purpose: Purpose | None) -> None:
    """What a group hears of is read in both languages."""
    assert read_purpose(word) is purpose


@pytest.mark.parametrize("purpose", Purpose)
def test_own_ids(purpose: Purpose) -> None:
    """Every id is a word for itself."""
    assert read_purpose(purpose) is purpose
