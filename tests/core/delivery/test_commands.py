"""Reading a message as a command, as thumbs type it."""

from __future__ import annotations

import pytest

from core.delivery.commands import Typed, read_command


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("/lapor aman", "lapor", "aman"),
        ("/Lapor@Posko_Bot aman", "lapor", "aman"),
        ("  / lapor\naman dua baris\nlagi", "lapor", "aman dua baris\nlagi"),
        ("/lapor, aman", "lapor", "aman"),
        ("／lapor aman", "lapor", "aman"),
        ("/lapor", "lapor", ""),
        ("/123", "123", ""),
    ],
)
def test_forgiven_spellings(text: str, name: str, rest: str) -> None:
    """Capitals, a space after the slash, a full-width slash and punctuation behind the word do not matter."""
    assert read_command(text, username="posko_bot") == Typed(name, rest)


@pytest.mark.parametrize(
    "text",
    ["lapor aman", "/lapor@bot_lain aman", "18/20", "//", "/", "", "/läpor", "a /lapor", "/" + "a" * 33, "/jalan/raya"],
)
def test_what_is_no_command_for_us(text: str) -> None:
    """Words, other bots' commands, ratios and addresses are no commands."""
    assert read_command(text, username="posko_bot") is None
