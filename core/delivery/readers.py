"""In which language somebody reads: decided here and nowhere else."""

from __future__ import annotations

from typing import Protocol

from core.kit.texts import Texts


class Reader(Protocol):
    """A person who is written to."""

    @property
    def language(self) -> str | None:
        """What they chose."""

    @property
    def telegram_language(self) -> str | None:
        """What their Telegram speaks, as far as we know."""


class ReadingGroup(Protocol):
    """A linked group that is written to."""

    @property
    def language(self) -> str | None:
        """What was chosen for it."""


def language_for(texts: Texts, chosen: str | None, telegram: str | None) -> str:
    """The language chosen, else that of Telegram, else the default."""
    return texts.language(chosen, telegram)


def language_of(texts: Texts, reader: Reader) -> str:
    """The language in which a person reads."""
    return language_for(texts, reader.language, reader.telegram_language)


def language_in(texts: Texts, group: ReadingGroup | None) -> str:
    """The language of a group; a group that is not linked reads the default."""
    return language_for(texts, group.language if group else None, None)
