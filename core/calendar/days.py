"""How long it is until the event, in words."""

from __future__ import annotations

from core.calendar.calendar import Countdown
from core.kit.texts import Markup, Texts


def days_line(texts: Texts, language: str, countdown: Countdown) -> Markup:
    """How long until the event: `H-7 · 7 hari menuju Pemungutan suara`."""
    days, name, date = countdown.days, countdown.event, texts.day(language, countdown.date)
    if days > 0:
        return texts.html(language, "days-before", days=days, event=name, date=date)
    if days == 0:
        return texts.html(language, "days-today", event=name, date=date)
    return texts.html(language, "days-after", days=-days, event=name, date=date)
