"""Names inside words, in any spelling, and what it costs to look for them."""

from __future__ import annotations

import unicodedata
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.forms.form_files import load_forms
from core.privacy.masking import anonymous, masked, names_of
from tests.kit import PRESET

FORMS = load_forms(PRESET / "forms")
FORM = FORMS["incident"]
NAME, PHONE = "Budi Santoso", "+6281200000011"
HIDDEN = names_of(NAME, PHONE)
ZERO, ACCENT = "\u200b", "\u0301"
LIKE = {
    "b": "B𝐛ｂв",
    "u": "UüÙυ",
    "d": "DḍＤ",
    "i": "Iıіl1",
    "s": "Sѕ5",
    "a": "Aаá4",
    "n": "NñΝ",
    "t": "Tт7",
    "o": "Oо0ø",
}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Budiku, budinya; siBudi dan pak-budi: Budi’s", "…, …; … dan pak-…: …’s"),
        (f"B{ZERO}ud{ZERO}i lari", "… lari"),
        (f"Bu{ACCENT}di lari", "… lari"),
        ("Вudі (Kiril), 𝐁𝐮𝐝𝐢, ＢＵＤＩ, Bud1", "… (Kiril), …, …, …"),
        ("B.u.d.i dan b u d i dan B-U-D-I", "… dan … dan …"),
        ("BudiSantoso budi_santoso.jpg", "… ….jpg"),
        ("bu di rumah, sabu dijual", "bu di rumah, sabu dijual"),
        ("hubungi 0812.0000.0011 / (+62) 81200000011", "hubungi … / (…"),
        ("budidaya ikan", "… ikan"),
        ("Ⓑⓤⓓⓘ 🅑🅤🅓🅘 🇧🇺🇩🇮 ᗷᑌᗪI ᏴUDI ɓʊdɩ 8udi", "… … … … … … …"),
        ("sant oso dan San Toso, S.a.n t.o.s.o", "… dan …, …"),
    ],
)
def test_a_name_is_hidden_within_a_word(text: str, left: str) -> None:
    """Endings, titles, look-alikes, accents, dots and what nobody sees do not save a name; ordinary words in a row stay."""
    assert masked(FORM, text, HIDDEN) == left


def test_words_of_the_form_stay_readable() -> None:
    """A category that holds somebody's name stays; the name itself is hidden, and so is any other word that holds it."""
    answers, text = anonymous(FORM, {"category": "security"}, "keamanan berat, saya Aman, amankan", names_of("Aman"))
    assert (answers, text) == ({"category": "security"}, "keamanan berat, saya …, …")


def test_ordinary_words_stay_readable() -> None:
    """A name that is part of an everyday word does not take that word away, which would tell the name."""
    hidden = names_of("Dian Hana Emil")
    assert masked(FORM, "Kejadiannya di tahanan, pemilih lari", hidden) == "Kejadiannya di tahanan, pemilih lari"
    assert masked(FORM, "saya Dian, dianku, kejadianDian", hidden) == "saya …, …, …"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("saya Eko, ekonya, siEko, @eko1990, eko_77!", "saya …, …, …, @…, …_77!"),
        ("ekonomi, bangunan, bang, 1111 ||||", "ekonomi, bangunan, bang, 1111 ||||"),
    ],
)
def test_a_short_part_of_a_name_is_hidden_as_a_word_alone(text: str, left: str) -> None:
    """A first name of three letters is hidden with what it bears, also a number; a title in a name names nobody."""
    assert masked(FORM, text, names_of("Bang Eko Prasetyo")) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("siAl, alku, Al!", "…, …, …!"),
        ("kepala di alun-alun, total", "kepala di alun-alun, total"),
    ],
)
def test_a_short_name_is_hidden_as_a_word_alone(text: str, left: str) -> None:
    """A name of two or three letters is hidden with its titles and endings, but in no longer word."""
    assert masked(FORM, text, names_of("Al")) == left


def test_a_number_is_no_name() -> None:
    """Digits that look like the letters of a name stay."""
    assert masked(FORM, "1111 suara, 1i1i", names_of("Lili")) == "1111 suara, …"


spelled = st.sampled_from(["budi", "santoso"]).flatmap(
    lambda name: st.tuples(
        *(
            st.tuples(
                st.sampled_from(letter + LIKE.get(letter, "")),
                st.sampled_from(["", "", ZERO, ACCENT, "\u00ad", "\ufeff", "."]),
            )
            for letter in name
        )
    )
).map(lambda pairs: "".join(sign for pair in pairs for sign in pair))  # fmt: skip
around = st.text(st.sampled_from('abdinos xyz.,-_:;!?\n1Б…/@="«„'), max_size=12) | st.text(max_size=12)


@given(st.lists(st.one_of(around, spelled), max_size=8))
def test_no_name_survives(pieces: list[str]) -> None:
    """Whatever stands around a name in whatever spelling, no word of what goes on holds it."""
    shown = masked(FORM, "".join(pieces), HIDDEN)
    for word in shown.replace("…", " ").split():
        seen = unicodedata.normalize("NFKD", word).casefold()
        plain = "".join(char for char in seen if char.isalnum())
        assert "budi" not in plain, shown
        assert "santoso" not in plain, shown


@given(st.text(max_size=60))
def test_text_without_a_name_stays_as_it_is(text: str) -> None:
    """Where no name is sought and nobody signs, not a character changes."""
    if "=" not in text and "＝" not in text:
        assert masked(FORM, text, ()) == text


@pytest.mark.parametrize(
    "piece",
    [
        "air masuk gudang, kata Budi di pos ",
        " ",
        "0 - . ",
        "8120000001",
        "=",
        "a=",
        "an=« ",
        "an=Xy ",
        "Budi",
        "an=,,,,",
    ],
)
def test_the_cost_grows_with_the_length(piece: str) -> None:
    """Eight times the text costs about eight times, whatever it is made of; sixty-four times would be quadratic."""

    def cost(length: int) -> float:
        text = "a" + (piece * (length // len(piece) + 1))[:length]
        times = []
        for _ in range(3):
            began = process_time()
            masked(FORM, text, HIDDEN)
            times.append(process_time() - began)
        return min(times)

    cost(1_000)
    assert cost(32_000) < 28 * cost(4_000)
