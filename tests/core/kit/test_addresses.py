"""People's words, of which Telegram makes no link."""

from __future__ import annotations

import html
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kit.addresses import marked, settled
from core.kit.texts import Texts, ours
from sandbox.text.formatting import read_text
from tests.kit import ROOT

LINKS = {"url", "text_link", "mention", "text_mention", "bot_command", "email"}


def shown(text: str) -> str:
    """People's words as HTML."""
    return settled(html.escape(marked(text), quote=False))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("lihat (t.me/x), ya", "lihat (<code>t.me/x</code>), ya"),
        ("https://a.b/?x=1&y=<2>", "<code>https://a.b/?x=1&amp;y=&lt;2&gt;</code>"),
        ("«contoh.co.id»!", "«<code>contoh.co.id</code>»!"),
        ("/darurat @posko a@b.id", "<code>/darurat</code> <code>@posko</code> <code>a@b.id</code>"),
        ("tg://resolve?domain=x пример.рф 10.0.0.1:80", "<code>tg://resolve?domain=x</code> <code>пример.рф</code> <code>10.0.0.1:80</code>"),
    ],
)  # fmt: skip
def test_an_address_is_shown_as_code(words: str, code: str) -> None:
    """Addresses, names of accounts and commands stand in code, with their brackets and full stops outside."""
    assert shown(words) == code


@pytest.mark.parametrize(
    "words",
    [
        "jam 08.12 WIB, 18/20 personel, dan/atau",
        "Air naik.Warga mengungsi. a.n. Budi s.d. Rabu",
        "TPS S.Parman, wilayah 16.74.01.1001, ±12.5 m",
        "#TPS-1674-012 0812-0000-0001",
        "1.800.000.000.000 jiwa, 1.800.000.000 rupiah",
    ],
)
def test_ordinary_words_stay_as_they_are(words: str) -> None:
    """Hours, fractions, abbreviations, codes and sentences without a space between them are no addresses."""
    assert shown(words) == words


pieces = st.sampled_from(
    ["t.me", "x.com", "/sos", "@ab", "http://", "ftp://", "a@b.id", ".", "/", "@", ":", " ", "\n", "<", ">", "&", "«", "(", "!",
     "\u200b", "\u200d", "é", "Com", "рф", "#a", "1.2.3.4", "xn--p1ai", "-", "_", "~", "\ue002", "\ue003", "\ue0000\ue001", "a", "Z", "9"]
)  # fmt: skip


@given(st.lists(pieces, max_size=12).map("".join) | st.text(max_size=30))
def test_no_words_become_a_link(words: str) -> None:
    """Whatever people write, Telegram finds no link, name or command in it, and readers see what was written."""
    if not words.isprintable():
        words = words.replace("\r", "")
    text, entities = read_text(shown(words), "HTML", None)
    assert [one for one in entities if one["type"] in LINKS] == []
    plain, _ = read_text(words.translate(dict.fromkeys(range(0xE000, 0xE004))), None, None)
    assert text == plain


def test_a_link_within_code_or_a_link_of_ours_is_no_second_one() -> None:
    """In a text that shows an argument as code, or as the words of a link, the argument stands there without tags."""
    texts = Texts([ROOT / "locales"], zone=ZoneInfo("Asia/Jakarta"), strict=True)
    assert texts.html("id", "example", line="/lapor a.b.com") == "Contoh satu baris: <code>/lapor a.b.com</code>"
    named = texts.html("id", "identity-person", rank="", name="jahat.com", telegram="7", agency="a.com")
    assert named == '<a href="tg://user?id=7">jahat.com</a> (<code>a.com</code>)'


def test_words_of_ours_stay_links() -> None:
    """A command that we name can be tapped."""
    texts = Texts([ROOT / "locales"], zone=ZoneInfo("Asia/Jakarta"), strict=True)
    _, entities = read_text(texts.html("id", "only-group", command=ours("/hubungkan")), "HTML", None)
    assert [one["type"] for one in entities] == ["bot_command"]
    _, entities = read_text(texts.html("id", "only-group", command="/hubungkan"), "HTML", None)
    assert [one["type"] for one in entities] == ["code"]
