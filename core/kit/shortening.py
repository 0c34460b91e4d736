"""Words cut to the room that they have, hours without their zone, and distances as the reader writes them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from core.kit.geo import metres
from core.kit.texts import Texts

LABEL_LIMIT: Final = 24  # characters on a button; more is cut off on a small phone


def short(text: str, limit: int = LABEL_LIMIT) -> str:
    """Cut a text to what a button shows, or to so many characters, the sign that it was cut among them."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def cut(text: str, limit: int) -> str:
    """Shorten a text to so many characters, with a sign behind them that it was."""
    return text if len(text) <= limit else f"{text[:limit].rstrip()}…"


def short_moment(texts: Texts, language: str, value: datetime, *, now: datetime) -> str:
    """Write the hour without its zone, with the day in front when it is not today's: `07.31`, `2 Feb 23.50`."""
    zone = texts.clock(language, value).partition(" ")[2]
    return texts.moment(language, value, now=now).removesuffix(zone).rstrip()


def distance_text(language: str, distance: float) -> str:
    """A distance in metres as the reader writes it: `120 m`, `2,1 km`."""
    number, unit = metres(distance)
    return f"{number.replace('.', ',') if language == 'id' else number} {unit}"
