"""Which of a person's posts a typed tail names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.territory.post_codes import post_matches

OWN = ("TPS-1674011002-012", "TPS-1674011003-012", "TPS-1674011002-901", "LAPAS-PAKJO", "POSKO-12")


@pytest.mark.parametrize(
    ("token", "codes"),
    [
        ("TPS-1674011002-012", ["TPS-1674011002-012"]),
        ("tps1674011002012", ["TPS-1674011002-012"]),
        ("#901", ["TPS-1674011002-901"]),
        ("012", ["TPS-1674011002-012", "TPS-1674011003-012", "POSKO-12"]),
        ("12", ["TPS-1674011002-012", "TPS-1674011003-012", "POSKO-12"]),
        ("posko-12", ["POSKO-12"]),
        ("posko12", ["POSKO-12"]),
        ("TPS-12", ["TPS-1674011002-012", "TPS-1674011003-012"]),
        ("tps 901", ["TPS-1674011002-901"]),
        ("1002-012", ["TPS-1674011002-012"]),
        ("3-12", ["TPS-1674011003-012"]),
        ("1003012", ["TPS-1674011003-012"]),
        ("pakjo", ["LAPAS-PAKJO"]),
        ("Pak-Jo", ["LAPAS-PAKJO"]),
        ("akjo", ["LAPAS-PAKJO"]),
        ("01", ["TPS-1674011002-901"]),
        ("999", []),
        ("", []),
        ("#", []),
    ],
)
def test_tail_names_posts(token: str, codes: list[str]) -> None:
    """The whole code beats the last segment, which beats any other ending; case, hyphens and zeros do not count."""
    assert list(post_matches(token, OWN)) == codes


def test_exact_code_beats_longer_ones() -> None:
    """A code that is also the tail of another one is meant itself."""
    assert post_matches("012", ["TPS-1-012", "012"]) == ("012",)


@given(st.text(st.characters(), max_size=100), st.lists(st.text(st.characters(), max_size=30), max_size=5))
def test_any_token_and_codes(token: str, codes: list[str]) -> None:
    """Whatever is typed, only the person's own posts come back, each once."""
    found = post_matches(token, codes)
    assert set(found) <= set(codes)
    assert len(set(found)) == len(found)


@given(st.integers(1, 999), st.integers(10**9, 10**10 - 1))
def test_own_code_is_always_found(number: int, village: int) -> None:
    """A person's only post is named by its code, its number with and without zeros, and by any longer tail."""
    code = f"TPS-{village}-{number:03}"
    for token in (code, code.lower(), f"{number}", f"{number:03}", f"#{number:03}", code[-6:]):
        assert post_matches(token, [code]) == (code,)
