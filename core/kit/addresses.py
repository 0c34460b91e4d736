"""Addresses, names and commands in people's words: shown so that a tap on them opens and sends nothing.

Telegram makes them links by itself wherever they stand, but not within code (Telegram's docs, formatting options), which
can still be read and copied.
"""

from __future__ import annotations

import re
from typing import Final

# Around what must be no link, until it is known whether it stands in code already; signs that no keyboard types.
BEGIN: Final = "\ue002"
END: Final = "\ue003"
_OURS: Final = str.maketrans(dict.fromkeys("\ue000\ue001\ue002\ue003", ""))

# What Telegram looks for (td, MessageEntity.cpp). It knows a list of top-level domains, which grows; here any letters
# after a dot may be one, but not one large letter and then small ones: a sentence begun without a space, as there.
_OCTET: Final = r"(?:25[0-5]|2[0-4]\d|[01]?\d?\d)"
_TAPPED: Final = re.compile(
    r"://"
    r"|@[A-Za-z0-9_]"
    r"|(?<![\w/<>])/[A-Za-z0-9_]"
    r"|[^\s.]\.(?![A-Z][a-z]+(?![\w~-]))[^\W\d_][^\s.,;:!?()'\"\d]"
    rf"|(?<![\d.]){_OCTET}(?:\.{_OCTET}){{3}}(?!\.?\d)"
)
_WORD: Final = re.compile(r"\S+")
_BEFORE, _BEHIND = "([{'`\"«“‘", ")]}'`\"»”’.,;:!?"
_PIECE: Final = re.compile(r"<(/?)(code|pre|a)\b[^<>]*>|<[^<>]*>|[\ue002\ue003]")


def marked(text: str) -> str:
    """Put marks around whatever Telegram would make a link of; plain text, not yet escaped."""
    text = text.translate(_OURS)
    if not _TAPPED.search(text):
        return text
    return _WORD.sub(lambda word: _marked(word[0]) if _TAPPED.search(word[0]) else word[0], text)


def _marked(word: str) -> str:
    inner = word.lstrip(_BEFORE)
    core = inner.rstrip(_BEHIND)
    return f"{word[: len(word) - len(inner)]}{BEGIN}{core}{END}{inner[len(core) :]}" if core else word


def settled(html: str) -> str:
    """Turn the marks into code; where they stand in code, or in a link of ours, they go."""
    if BEGIN not in html:
        return html
    depth = 0

    def piece(found: re.Match[str]) -> str:
        nonlocal depth
        if found[2]:
            depth += -1 if found[1] else 1
        if found[0] == BEGIN:
            return "" if depth else "<code>"
        if found[0] == END:
            return "" if depth else "</code>"
        return found[0].replace(BEGIN, "").replace(END, "")

    return _PIECE.sub(piece, html)
