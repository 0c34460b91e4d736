"""From HTML and MarkdownV2 to what a reader sees, with entities in UTF-16 units."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.errors import RefusedError
from sandbox.text.formatting import finish, read_text, to_html
from sandbox.text.html_text import parse_html
from sandbox.text.markdown_text import parse_markdown

INVALID_UNICODE = (
    "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"
)


def shape(entities: list[dict[str, Any]]) -> list[tuple[str, int, int]]:
    return [(entity["type"], entity["offset"], entity["length"]) for entity in entities]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("&lt;&gt;&amp;&quot; &laquo; &#65; &#x42; & &#0;", '<>&" &laquo; A B & &#0;', []),
        ("😀<i>é</i>", "😀é", [("italic", 2, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("italic", 1, 1), ("bold", 0, 2)]),
        ("<strong>a</strong><em>b</em><ins>c</ins>", "abc", [("bold", 0, 1), ("italic", 1, 1), ("underline", 2, 1)]),
        ("<s>a</s><strike>b</strike><del>c</del>", "abc", [("strikethrough", n, 1) for n in range(3)]),
        ('<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>', "ab", [("spoiler", 0, 1), ("spoiler", 1, 1)]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<B>a</>", "a", [("bold", 0, 1)]),
        ("<b></b>a", "a", []),
        ('<pre><code class="language-py">a</code></pre>', "a", [("pre", 0, 1)]),
        ("<pre><code>a</code></pre>", "a", [("code", 0, 1), ("pre", 0, 1)]),
        ('<tg-emoji emoji-id="53">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2)]),
        ('<a href="https://a.id/?x=1&amp;y=2">a</a>', "a", [("text_link", 0, 1)]),
        ('<a href="tg://user?id=7">a</a>', "a", [("text_mention", 0, 1)]),
        ('<a href="nowhere">a</a>', "a", []),
        ("<a>a.id</a>", "a.id", [("text_link", 0, 4)]),
    ],
)
def test_html(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    """Every tag of Telegram's HTML is understood; what is no entity stays as it is."""
    found, marks = parse_html(source)
    assert (found, shape(marks)) == (text, entities)


def test_html_arguments() -> None:
    """Languages and addresses are kept; an address without a path gets a slash."""
    assert parse_html('<pre><code class="language-py">a</code></pre>')[1][0]["language"] == "py"
    assert parse_html("<a href='a.id'>a</a>")[1][0]["url"] == "http://a.id/"
    assert parse_html('<a href="https://a.id/?x=1&amp;y=2">a</a>')[1][0]["url"] == "https://a.id/?x=1&y=2"


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("é<b", "Unclosed start tag at byte offset 2"),
        ("<b class", 'Unclosed start tag "b" at byte offset 0'),
        ("<b class>a</b>", 'Expected equal sign in declaration of an attribute of the tag "b" at byte offset 0'),
        ("<b =x>a</b>", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("<a href=x/y>a</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x>a</a>', "Unclosed start tag at byte offset 0"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("<tg-emoji>a</tg-emoji>", "Invalid custom emoji identifier specified"),
        (
            "&#xD800;",
            INVALID_UNICODE,
        ),
    ],
)
def test_wrong_html(source: str, complaint: str) -> None:
    """The complaint names the tag and its byte offset."""
    with pytest.raises(RefusedError) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {complaint}"


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("a\\.b", "a.b", []),
        ("😀_a \\* b_", "😀a * b", [("italic", 2, 5)]),
        ("*a _b_*", "a b", [("italic", 2, 1), ("bold", 0, 3)]),
        ("__a__ ~b~ ||c||", "a b c", [("underline", 0, 1), ("strikethrough", 2, 1), ("spoiler", 4, 1)]),
        ("`a-b`", "a-b", [("code", 0, 3)]),
        ("```py\na_b```", "a_b", [("pre", 0, 3)]),
        ("[a](https://a.id/\\))", "a", [("text_link", 0, 1)]),
        ("[a\\.id]", "a.id", [("text_link", 0, 4)]),
        ("[a](b)", "a", []),
        (">a\nb", "a\nb", [("blockquote", 0, 1)]),
        ("__a _b___", "a b", [("italic", 2, 1), ("underline", 0, 3)]),
    ],
)
def test_markdown(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    """MarkdownV2 gives the same kinds of entities."""
    found, marks = parse_markdown(source)
    assert (found, shape(marks)) == (text, entities)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("é!", "Character '!' is reserved and must be escaped with the preceding '\\'"),
        ("é_a", "Can't find end of Italic entity at byte offset 2"),
        ("[a](b", "Can't find end of a URL at byte offset 3"),
        ("```a", "Can't find end of Pre entity at byte offset 0"),
        ("`a", "Can't find end of Code entity at byte offset 0"),
        ("||a", "Can't find end of Spoiler entity at byte offset 0"),
    ],
)
def test_wrong_markdown(source: str, complaint: str) -> None:
    """A character that should have been escaped is named."""
    with pytest.raises(RefusedError) as refused:
        parse_markdown(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {complaint}"


def test_trimming_moves_entities() -> None:
    """Space around a text goes away, entities move with the rest, control characters become spaces."""
    text, entities = read_text(" \n<b>a</b>\tb\r\n ", "HTML", None)
    assert (text, shape(entities)) == ("a b", [("bold", 0, 1)])


def test_nothing_is_found_inside_code() -> None:
    """Commands inside code and links stay plain."""
    text, entities = read_text("<code>/status</code> /status", "HTML", None)
    assert shape(entities) == [("code", 0, 7), ("bot_command", 8, 7)]
    assert to_html(text, entities) == "<code>/status</code> /status"


@given(st.text(alphabet=st.sampled_from("ab <>&😀é\n"), max_size=20), st.integers(0, 20), st.integers(1, 20))
def test_html_written_back_means_the_same(text: str, offset: int, length: int) -> None:
    """A text and its entities survive being written as HTML and read again."""
    units = len(text.encode("utf-16-le")) // 2
    edges = {0}
    for character in text:
        edges.add(max(edges) + len(character.encode("utf-16-le")) // 2)
    entities = []
    if offset in edges and offset + length in edges and offset + length <= units:
        entities = [{"type": "bold", "offset": offset, "length": length}]
    assert parse_html(to_html(text, entities)) == (text, entities)


@given(st.text(max_size=60))
def test_any_text_can_be_said(text: str) -> None:
    """Finding entities never fails, and they lie inside the text."""
    visible, entities = finish(text, [])
    units = len(visible.encode("utf-16-le", "surrogatepass")) // 2
    assert all(entity["offset"] + entity["length"] <= units for entity in entities)
