"""Texts: escaped by construction, in the reader's language, with its dates and numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.kit.preset_tables import PresetError
from core.kit.texts import Markup, TextError, Texts

WIB = ZoneInfo("Asia/Jakarta")


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    """Two languages with a few texts, in strict mode."""
    for language, hello in (("id", "Halo"), ("en", "Hello")):
        (tmp_path / language).mkdir()
        lines = [f"hello = {hello} <b>{{ $name }}</b>", "count = { $count }", "only = { $a } { $b }"]
        (tmp_path / language / "common.ftl").write_text("\n".join(lines))
    return Texts([tmp_path], zone=WIB, strict=True)


def test_values_are_escaped(texts: Texts) -> None:
    """Whatever people wrote is escaped when it enters an HTML text."""
    assert texts.html("id", "hello", name="<i>&") == "Halo <b>&lt;i&gt;&amp;</b>"


def test_markup_is_not_escaped_twice(texts: Texts) -> None:
    """What is HTML already enters as it is."""
    assert texts.html("id", "hello", name=Markup("<i>A</i>")) == "Halo <b><i>A</i></b>"


def test_plain_texts_are_not_escaped(texts: Texts) -> None:
    """Labels and files get what people wrote."""
    assert texts.plain("en", "hello", name="A & B") == "Hello <b>A & B</b>"


@pytest.mark.parametrize("length", [2000, 2001, 20_000])
def test_values_of_any_length_fit(texts: Texts, length: int) -> None:
    """A value may be longer than what Fluent takes."""
    assert texts.html("id", "hello", name="&" * length) == f"Halo <b>{'&amp;' * length}</b>"


def test_two_long_values_keep_their_places(texts: Texts) -> None:
    """Several long values in one text do not change places."""
    assert texts.plain("id", "only", a="a" * 3000, b="b" * 3000) == f"{'a' * 3000} {'b' * 3000}"


def test_a_missing_text_is_an_error_in_strict_mode(texts: Texts) -> None:
    """A test sees a missing text or argument at once."""
    with pytest.raises(TextError, match="there is no such text"):
        texts.html("id", "nothing")
    with pytest.raises(TextError, match="count"):
        texts.html("id", "count")


def test_a_missing_text_is_only_logged_in_the_program(tmp_path: Path) -> None:
    """Outside tests a faulty text costs its words, not the message."""
    for language in ("id", "en"):
        (tmp_path / language).mkdir()
        (tmp_path / language / "kit.ftl").write_text("hello = Halo\n")
    assert Texts([tmp_path], zone=WIB).html("en", "nothing") == "nothing"


@pytest.mark.parametrize(
    ("wishes", "language"),
    [((None, "en-GB"), "en"), (("id", "en"), "id"), ((None, None), "id"), (("jv", "EN"), "en"), (("",), "id")],
)
def test_the_first_language_we_speak_is_taken(texts: Texts, wishes: tuple[str | None, ...], language: str) -> None:
    """The chosen language, else the phone's, else the default."""
    assert texts.language(*wishes) == language


def test_dates_and_numbers_are_the_readers(texts: Texts) -> None:
    """Days, hours and numbers are written as each language writes them, in the zone of the texts."""
    at = datetime(2024, 2, 14, 1, 12, tzinfo=UTC)
    assert (texts.day("id", date(2024, 2, 14)), texts.day("en", at)) == (
        "Rabu, 14 Februari 2024",
        "Wednesday, 14 February 2024",
    )
    assert (texts.clock("id", at), texts.clock("en", at)) == ("08.12 WIB", "08:12 WIB")
    assert (texts.number("id", 13185), texts.number("en", 13185)) == ("13.185", "13,185")


def test_an_hour_of_another_day_names_the_day(texts: Texts) -> None:
    """An hour that is not today's carries its day."""
    at = datetime(2024, 2, 14, 1, 12, tzinfo=UTC)
    assert texts.moment("id", at, now=at + timedelta(hours=1)) == "08.12 WIB"
    assert texts.moment("id", at, now=at + timedelta(days=1)) == "14 Feb 08.12 WIB"


@pytest.mark.parametrize(
    ("parts", "joined"), [([], ""), (["a"], "a"), (["a", "b"], "a dan b"), (["a", "b", "c"], "a, b dan c")]
)
def test_names_are_joined_as_one_says_them(texts: Texts, parts: list[str], joined: str) -> None:
    """A row of names ends in the language's word for and."""
    assert texts.join("id", parts) == joined


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"# nothing but a remark\n", "is empty"),
        (b"hello = Halo\n\xff\xfe", "is not UTF-8"),
        (b"hello = Halo\n\x00\x00 half a text {\n", "is not a text"),
        (None, "Is a directory"),
    ],
    ids=["empty", "remark", "bytes", "torn", "folder"],
)
def test_a_file_that_holds_no_texts_is_named(tmp_path: Path, content: bytes | None, said: str) -> None:
    """A file of texts that is empty, torn or unreadable is named at start: people would be shown keys instead."""
    for language in ("id", "en"):
        (tmp_path / language).mkdir()
        (tmp_path / language / "kit.ftl").write_text("hello = Halo\n")
    torn = tmp_path / "en" / "torn.ftl"
    if content is None:
        torn.mkdir()
    else:
        torn.write_bytes(content)
    with pytest.raises(PresetError, match=said) as caught:
        Texts([tmp_path], zone=WIB)
    assert (str(torn) in str(caught.value), "\n" in str(caught.value)) == (True, False)


def test_a_language_without_texts_is_named(tmp_path: Path) -> None:
    """A folder of a language that is missing or may not be read is named at start."""
    (tmp_path / "id").mkdir()
    (tmp_path / "id" / "kit.ftl").write_text("hello = Halo\n")
    with pytest.raises(PresetError, match="holds no texts"):
        Texts([tmp_path], zone=WIB)
