"""How typed words are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.forms.forms import Label
from core.kit.slips import is_close
from core.kit.words import brief, fold, fold_key, plain_number, storable, visible


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("AMAN", "aman"),
        (" aman,", "aman"),
        ("ámàn", "aman"),
        ("ａｍａｎ", "aman"),
        ("a\u200bm\u00adan\ufeff", "aman"),
        ("\u202baman\u202c", "aman"),
        ("serangan-fajar", "serangan fajar"),
        ("serangan\u2013fajar", "serangan fajar"),
        ("prison_disturbance", "prison disturbance"),
        ("politik \u00a0 uang!!", "politik uang"),
        ("«aman»", "aman"),
        ("aman👍", "aman"),
        ("jum'at", "jum'at"),
        ("18/20", "18/20"),
        ("...", ""),
        ("", ""),
    ],
)
def test_fold_ignores_what_does_not_count(typed: str, folded: str) -> None:
    """Case, accents, width, hyphens, invisible characters and outer punctuation do not count in a word."""
    assert fold(typed) == folded


def test_fold_gives_up_on_long_texts() -> None:
    """A text longer than any word of a form folds to nothing at once, whatever it is made of."""
    assert fold("\u0301\u0316" * 100_000) == ""


def test_joints_do_not_count_in_keys() -> None:
    """A key may be written with hyphen, underscore or neither."""
    assert fold_key("Jam-Kejadian") == fold_key("jam_kejadian") == fold_key("jamkejadian")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("l8/2O", "18/20"),
        ("1.O24", "1.024"),
        ("pukul 8", "pukul 8"),
        ("pukul O8.l0", "pukul 08.10"),
        ("18 dari 2o", "18 dari 20"),
        ("１８／２０", "18/20"),
        ("١٢", "12"),
        ("lo", "lo"),
        ("2 orang", "2 orang"),
    ],
)
def test_look_alikes_are_digits_only_inside_numbers(typed: str, read: str) -> None:
    """O and l are read as 0 and 1 beside digits, and stay letters in words."""
    assert plain_number(typed) == read


@pytest.mark.parametrize(
    ("typed", "word", "close"),
    [
        ("amna", "aman", True),
        ("amn", "aman", True),
        ("aaman", "aman", True),
        ("anam", "aman", False),
        ("wapsada", "waspada", True),
        ("wspda", "waspada", False),
        ("wasapdda", "waspada", True),
        ("darat", "darurat", False),
        ("politk uang", "politik uang", True),
        ("politk uag", "politik uang", True),
        ("politik", "politik uang", False),
        ("aman", "aman", False),
        ("ai", "air", False),
        ("am4n", "aman", False),
    ],
)
def test_closeness_grows_with_length(typed: str, word: str, *, close: bool) -> None:
    """One slip is forgiven in a short word and two in a long one; two letters and digits are never close to anything."""
    assert is_close(typed, word) is close


def test_storable_text_has_no_half_characters() -> None:
    """NUL goes, a lone surrogate is replaced, a pair of them becomes the character it stands for."""
    assert storable(" a\x00b \ud83d c \ud83d\ude00 ") == "ab \ufffd c 😀"
    assert storable("\u200b \ufeff") == ""


def test_quotes_of_people_are_short() -> None:
    """A long or many-line text is quoted back in one short line."""
    assert brief("a\nb  c") == "a b c"
    assert brief("x" * 10_000) == "x" * 39 + "…"


def test_label_in_an_unknown_language_is_indonesian() -> None:
    """A reader whose language we do not have gets Indonesian."""
    label = Label(id="Aman", en="Safe")
    assert [label.text(lang) for lang in ("id", "en", "fr")] == ["Aman", "Safe", "Aman"]


@given(st.text(st.characters(), max_size=200))
def test_any_text_can_be_folded_and_stored(text: str) -> None:
    """Folding is done after one pass, and what is stored is always UTF-8."""
    assert fold(fold(text)) == fold(text) or len(fold(text)) > 80
    assert "\x00" not in storable(text).encode().decode()
    assert visible(visible(text)) == visible(text)
