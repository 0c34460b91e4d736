"""A broadcast in words: the message itself, its audience, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from core.kit.texts import Markup, Texts, ours
from core.people.audience import Audience
from core.territory.regions import RegionBook

NOTICE_LIMIT = 3500  # characters; leaves room for the heading and the name under it

# Telegram's words for why a message cannot arrive, lower case, and the text that says so to people.
REASONS = {
    "blocked": "reason-blocked",
    "deactivated": "reason-deactivated",
    "initiate": "reason-never-started",
    "chat not found": "reason-not-found",
}


def notice_text(texts: Texts, language: str, text: str, author: str) -> Markup:
    """The message that readers get."""
    return texts.html(language, "notice", text=ours(text), author=author)


def audience_text(texts: Texts, language: str, audience: Audience, book: RegionBook) -> str:
    """An audience in the reader's words; plain text."""
    kinds: tuple[Iterable[str], ...] = (
        [texts.plain(language, f"role-{item}") for item in sorted(audience.roles)],
        [texts.plain(language, f"agency-{item}") for item in sorted(audience.agencies)],
        [texts.plain(language, f"post-kind-{item}") for item in sorted(audience.posts)],
        [" › ".join(book.path(code)) for code in sorted(audience.regions)],
    )
    named = [", ".join(values) for values in kinds if values]
    return " · ".join(named) if named else texts.plain(language, "audience-all")


def reason_lines(texts: Texts, language: str, failed: Counter[str]) -> list[Markup]:
    """How many could not be reached, by reason, the commonest first."""
    counted: Counter[str] = Counter()
    for reason, number in failed.items():
        key = next((text for words, text in REASONS.items() if words in reason.lower()), "reason-other")
        counted[key] += number
    return [
        texts.html(language, "notice-reason", reason=texts.plain(language, key), count=texts.number(language, number))
        for key, number in counted.most_common()
    ]


def notice_key(notice_id: int, person_id: int) -> str:
    """The key of the message that brings a notice to one person."""
    return f"notice:{notice_id}:{person_id}"


def notice_result_key(notice_id: int) -> str:
    """The key of the word to its author of what became of a notice."""
    return f"notice-result:{notice_id}"
