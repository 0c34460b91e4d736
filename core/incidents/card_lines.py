"""Single lines of an incident's card, each from plain values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from core.kit.ages import age_text, least_age_text
from core.kit.shortening import cut, distance_text, short_moment
from core.kit.texts import Markup, Texts
from core.people.phones import shown

# All of these together fit one message, even where each character counts twice (core.incidents.card_text.CARD_LIMIT).
NAME_SHOWN: Final = 50  # characters of a person's name
POST_SHOWN: Final = 80  # characters of a post's name
REGION_SHOWN: Final = 40  # characters of a region's name
WITNESS_SHOWN: Final = 25  # characters of the name of each witness
WITNESSES_SHOWN: Final = 5


@dataclass(frozen=True)
class PhonePlace:
    """Where a report's phone was, with what makes it doubtful."""

    lat: float
    lon: float
    accuracy_m: float | None = None
    far_m: float | None = None  # from there to the post, if that is far
    minutes: int | None = None  # how long before the report, if not just then


def place_line(texts: Texts, language: str, post: str, path: Sequence[str]) -> Markup:
    """The post, and the regions that it lies in, the nearest first."""
    above = " › ".join(cut(name, REGION_SHOWN) for name in reversed(path))
    return texts.html(language, "card-place", post=cut(post, POST_SHOWN), path=above)


def times_line(texts: Texts, language: str, times: tuple[datetime, datetime, datetime], *, now: datetime) -> Markup:
    """When it happened, when that was sent, and when it was stored here; the zone stands once."""
    occurred, sent, stored = times
    return texts.html(
        language,
        "card-times",
        occurred=short_moment(texts, language, occurred, now=now),
        sent=short_moment(texts, language, sent, now=now),
        stored=texts.moment(language, stored, now=now),
    )


def clock_line(
    texts: Texts,
    language: str,
    *,
    opened_at: datetime | None,
    due_at: datetime | None,
    waiting: bool,
    missed: bool = False,
    now: datetime,
) -> list[Markup]:
    """How long an open incident has been there, and by when somebody must take it or its owner must say how it goes.

    Where a deadline was `missed` since the last step, the next one is only when all hear of it again.
    """
    parts = []
    if opened_at is not None and (age := least_age_text(texts, language, now - opened_at)):
        parts.append(texts.html(language, "card-age", age=age))
    if due_at is not None:
        key = "card-due-take" if waiting else "card-due-news"
        if due_at <= now or missed:
            key = "card-overdue" if due_at <= now else "card-overdue-again"
        parts.append(texts.html(language, key, clock=texts.moment(language, due_at, now=now)))
    return [Markup(" · ".join(parts))] if parts else []


def map_line(
    texts: Texts, language: str, location: tuple[float, float] | None, phone: PhonePlace | None
) -> list[Markup]:
    """The link to the map: where the phone was, with how sure that is, else where the post is."""
    place = (phone.lat, phone.lon) if phone else location
    if place is None:
        return []
    parts = [texts.html(language, "card-map", lat=f"{place[0]:.5f}", lon=f"{place[1]:.5f}")]
    if phone is not None:
        facts = list(_doubtful(texts, language, phone))
        parts.append(texts.html(language, "card-phone", facts=f" ({', '.join(facts)})" if facts else ""))
    return [Markup(" · ".join(parts))]


def _doubtful(texts: Texts, language: str, phone: PhonePlace) -> Iterator[str]:
    if phone.accuracy_m is not None:
        yield f"±{distance_text(language, phone.accuracy_m)}"
    if phone.far_m is not None:
        yield texts.plain(language, "card-distance", distance=distance_text(language, phone.far_m))
    if phone.minutes is not None:
        age = age_text(texts, language, timedelta(minutes=phone.minutes))
        yield texts.plain(language, "card-fix-age", age=age)


def reporter_line(
    texts: Texts, language: str, *, name: str, agency: str | None, behalf: str | None, call: str | None
) -> Markup:
    """Who reports, with rank and name, and the number to call; both names where one reports through another."""
    who = {
        "name": cut(name, NAME_SHOWN),
        "agency": texts.plain(language, f"agency-{agency}"),
    }
    if behalf is None:
        line = texts.html(language, "card-reporter", **who)
    else:
        line = texts.html(language, "card-behalf", behalf=cut(behalf, NAME_SHOWN), **who)
    return texts.html(language, "card-call", reporter=line, phone=shown(call)) if call else line


def witness_line(texts: Texts, language: str, witnesses: Sequence[tuple[int, str | None]]) -> Markup:
    """The numbers and names of the reports that were merged into this one; a lock stands for a name kept back."""
    names = [f"I-{number} {cut(name, WITNESS_SHOWN) if name else '🔒'}" for number, name in witnesses[:WITNESSES_SHOWN]]
    if len(witnesses) > WITNESSES_SHOWN:
        names.append(f"+{len(witnesses) - WITNESSES_SHOWN}")
    return texts.html(language, "card-witnesses", names=", ".join(names))


def twin_line(texts: Texts, language: str, *, number: int, post: str, opened_at: datetime, now: datetime) -> Markup:
    """The open incident that may be the same event."""
    clock = short_moment(texts, language, opened_at, now=now)
    return texts.html(language, "card-twin", number=str(number), post=cut(post, POST_SHOWN), clock=clock)
