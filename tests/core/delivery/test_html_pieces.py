"""Cutting a long text into messages."""

from __future__ import annotations

import html

from hypothesis import given
from hypothesis import strategies as st

from core.delivery.html_pieces import split_message
from core.delivery.outgoing import TEXT_LIMIT
from sandbox.text.html_text import parse_html

WORDS = st.text(alphabet="ab &<>\n🟢é", min_size=1, max_size=400)


def test_short_text_is_one_message() -> None:
    """A text that fits is left as it is."""
    assert split_message("satu\n\ndua") == ["satu\n\ndua"]


def test_long_text_is_cut_at_lines() -> None:
    """A long text is cut between lines, as late as possible."""
    assert split_message("aaaa\nbbbb\ncccc", limit=9) == ["aaaa\nbbbb", "cccc"]


def test_long_line_is_cut_at_a_space() -> None:
    """A line longer than a message is cut between words."""
    assert split_message("aaaa bbbb cccc dddd", limit=12) == ["aaaa bbbb", "cccc dddd"]


def test_long_word_is_cut_hard() -> None:
    """A word longer than a message is cut where it must be."""
    assert split_message("a" * 25, limit=10) == ["a" * 10, "a" * 10, "a" * 5]


@given(text=WORDS, limit=st.integers(20, 60))
def test_no_piece_is_too_long(text: str, limit: int) -> None:
    """No piece is longer than the limit."""
    assert max(len(piece) for piece in split_message(html.escape(text), limit)) <= limit


@given(text=WORDS.filter(str.strip), limit=st.integers(20, 60))
def test_no_piece_is_blank(text: str, limit: int) -> None:
    """Telegram refuses blank messages, so there are none."""
    assert all(piece.strip() for piece in split_message(html.escape(text), limit))


@given(text=WORDS, limit=st.integers(20, 60))
def test_nothing_but_white_space_is_lost(text: str, limit: int) -> None:
    """The pieces together hold every word of the text, and no entity is cut in two."""
    pieces = split_message(html.escape(text), limit)
    assert "".join("".join(html.unescape(piece).split()) for piece in pieces) == "".join(text.split())


@given(
    parts=st.lists(
        st.text("ab &<", min_size=1, max_size=60).map(html.escape)
        | st.text("x./", min_size=1, max_size=60).map(lambda word: f"<code>{word}</code>")
    ),
    limit=st.integers(30, 60),
)
def test_code_that_is_cut_is_code_in_both_pieces(parts: list[str], limit: int) -> None:
    """However long an address is, each piece opens and closes what it holds, and no word is lost."""
    whole = "".join(parts)
    shown = [parse_html(piece)[0] for piece in split_message(whole, limit)]
    assert "".join("".join(shown).split()) == "".join(parse_html(whole)[0].split())


def test_telegram_s_limit_is_the_default() -> None:
    """Without a limit of one's own, pieces are as long as Telegram takes them."""
    assert [len(piece) for piece in split_message("a" * (TEXT_LIMIT + 1))] == [TEXT_LIMIT, 1]
