"""Cutting a long HTML text into messages that Telegram takes, or taking its mark-up away."""

from __future__ import annotations

import re
from html import unescape

from core.delivery.outgoing import TEXT_LIMIT

_TAG = re.compile("<[^>]+>")
CODE, CODE_END = "<code>", "</code>"


def split_message(text: str, limit: int = TEXT_LIMIT) -> list[str]:
    """Cut at line borders into pieces of at most `limit` characters; our mark-up never spans lines.

    A single line that is longer is cut at its last space, or hard where it has none, never inside
    an entity such as `&amp;` or a tag; a piece of code that is cut is code in both pieces. Counting the raw text is stricter than Telegram, which counts it
    without mark-up.
    """
    pieces: list[str] = []
    current = ""
    for line in text.split("\n"):
        for part in _bounded(line, limit):
            if current and len(current) + 1 + len(part) > limit:
                pieces.append(current)
                current = part
            else:
                current = f"{current}\n{part}" if current else part
    if current.strip() or not pieces:
        pieces.append(current)
    return [piece for piece in pieces if piece.strip()] or [text]


def without_markup(text: str) -> str:
    """Give an HTML text of ours as it reads without its mark-up, as for a file."""
    return unescape(_TAG.sub("", text))


def _bounded(line: str, limit: int) -> list[str]:
    parts: list[str] = []
    while len(line) > limit:
        cut = line.rfind(" ", limit // 2, limit)
        cut = limit if cut < 0 else cut
        entity = line.rfind("&", max(0, cut - 8), cut)
        if entity >= 0 and ";" not in line[entity:cut]:
            cut = entity
        tag = line.rfind("<", 0, cut)
        if tag > 0 and ">" not in line[tag:cut]:
            cut = tag
        part, line = line[:cut], line[cut:].lstrip(" ")
        if part.rfind(CODE) > part.rfind(CODE_END):
            part, line = f"{part}{CODE_END}", f"{CODE}{line}"
        parts.append(part)
    return [*parts, line]
