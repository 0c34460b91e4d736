"""Kinds of post and their classes of risk, as people call them."""

from __future__ import annotations

import pytest

from core.territory.posts import PostKind, Risk, read_post_kind, read_risk


@pytest.mark.parametrize(
    ("word", "risk"),
    [
        ("kurang rawan", Risk.LOW),
        ("rawan", Risk.MEDIUM),
        ("Sangat Rawan", Risk.HIGH),
        ("khusus", Risk.SPECIAL),
        ("high", Risk.HIGH),
        ("biasa", None),
    ],
)
def test_risk_words(word: str, risk: Risk | None) -> None:
    """A risk class is read as the police grade it."""
    assert read_risk(word) is risk


def test_post_kind_words() -> None:
    """A kind of post is read in both languages."""
    assert read_post_kind("Rutan") is PostKind.LAPAS
    assert read_post_kind("warehouse") is PostKind.GUDANG
    assert read_post_kind("kapal") is None


@pytest.mark.parametrize(
    ("member", "found"),
    [*((one, read_post_kind(one)) for one in PostKind), *((one, read_risk(one)) for one in Risk)],
)
def test_own_ids(member: object, found: object) -> None:
    """Every id is a word for itself."""
    assert found is member
