"""In which language somebody reads."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from core.delivery.readers import language_for, language_in, language_of
from tests.kit import ROOT
from tests.storage_kit import program_texts

TEXTS = program_texts()


@dataclass(frozen=True)
class Somebody:
    """A person or a group as far as its languages go."""

    language: str | None = None
    telegram_language: str | None = None


def test_what_was_chosen_goes_before_what_telegram_speaks() -> None:
    """A person reads in the language they chose, else in their Telegram's where we speak it, else in the default."""
    found = [language_of(TEXTS, one) for one in (Somebody("en", "id"), Somebody(None, "en-GB"), Somebody(None, "fr"))]
    assert found == ["en", "en", TEXTS.default]
    assert language_for(TEXTS, "id", "en") == "id"


def test_a_group_reads_in_its_own_language() -> None:
    """A group has no Telegram of its own: what was chosen for it counts, else the default."""
    assert [language_in(TEXTS, one) for one in (Somebody("en"), Somebody(), None)] == [
        "en",
        TEXTS.default,
        TEXTS.default,
    ]


def test_a_readers_language_is_decided_in_one_place() -> None:
    """Nobody but this module asks the texts which of several languages to take."""
    asked = {
        file.relative_to(ROOT).as_posix()
        for folder in ("core", "storage", "handlers", "jobs")
        for file in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "language"
    }
    assert asked == {"core/delivery/readers.py"}
