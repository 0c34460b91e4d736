"""From what a caller sends as text to what a reader sees: parse modes, trimming, links and commands found by Telegram."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any

from sandbox.errors import bad
from sandbox.text.html_text import Entity, parse_html, utf16_length
from sandbox.text.markdown_text import parse_markdown

RAW_TEXT_BYTES = 32768  # more is refused before it is even parsed (tdlib/telegram-bot-api Client.cpp 11309)
TEXT_LENGTH = 4096  # code points after parsing (td MessageContent.cpp 4757)
CAPTION_LENGTH = 1024  # code points (td MessageContent.cpp 5241)

_CONTROL = {code: " " for code in range(32) if code not in (10, 13)} | {13: None}
_ENTITY_TYPES = frozenset(
    [
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
        "date_time",
    ],
)
# Telegram knows every top-level domain; here any letters after a dot are one, but not one large letter and then small ones
# (td MessageEntity.cpp, is_common_tld).
_OCTET = r"(?:25[0-5]|2[0-4]\d|[01]?\d?\d)"
_DOMAIN = rf"(?:[\w~-]+\.)+(?![A-Z][a-z]+(?![\w-]))[^\W\d_]{{2,}}(?![\w-])|{_OCTET}(?:\.{_OCTET}){{3}}(?!\.?\w)"
_PATH = r"(?:[/?#][^\s<>\"«»]*[^\s<>\".,;:!?)\]'«»]|/)?"
_FOUND = re.compile(
    r"(?P<url>(?:https?|ftp|tg|ton)://[^\s<>\"«»]*[^\s<>\".,;:!?)\]'«»])"
    r"|(?<![\w.+-])(?P<email>[\w.+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,8})(?!\w)"
    rf"|(?<![\w/#@.~-])(?P<domain>(?:{_DOMAIN})(?::\d+)?{_PATH})"
    r"|(?<![\w/<>])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/@<>])"
    r"|(?<!\w)(?P<mention>@[A-Za-z0-9_]{2,32})(?!\w)"
    r"|(?<![\w#/])(?P<hashtag>#\w*[^\W\d]\w*)",
)
_FIRST_CHARACTERS = re.compile(r"[/@#]|\.\w")
_CLOSED_TO_LINKS = frozenset({"code", "pre", "text_link", "text_mention"})
_TAGS = {
    "bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "spoiler": "tg-spoiler", "code": "code",
    "pre": "pre", "blockquote": "blockquote",
}  # fmt: skip
# Of entities with the same borders the outermost comes first.
_ORDER = ("blockquote", "expandable_blockquote", "text_link", "text_mention", "bold", "italic", "underline", "pre")


def read_text(
    text: str,
    parse_mode: str | None,
    entities: list[Entity] | None,
) -> tuple[str, list[Entity]]:
    """Give the visible text and its entities, or refuse it; an empty result is the caller's to judge."""
    if len(text) > RAW_TEXT_BYTES // 4 and len(text.encode()) > RAW_TEXT_BYTES:
        raise bad("text is too long")
    text = text.translate(_CONTROL)
    mode = (parse_mode or "").lower()
    if mode == "html":
        text, found = parse_html(text)
    elif mode in {"markdown", "markdownv2"}:
        text, found = parse_markdown(text)
    elif mode:
        raise bad("unsupported parse_mode")
    else:
        found = _given(text, entities or [])
    return finish(text, found)


def finish(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Trim the text, move its entities along, add the commands, mentions, hashtags and links that Telegram finds."""
    stripped = text.strip()
    if entities:
        start = utf16_length(text[: len(text) - len(text.lstrip())])
        entities = [e for e in (_moved(e, start, utf16_length(stripped)) for e in entities) if e]
    if _FIRST_CHARACTERS.search(stripped):
        entities = [*entities, *_found(stripped, entities)]
    if len(entities) > 1:
        entities.sort(key=_nesting)
    return stripped, entities


def to_html(text: str, entities: Iterable[Entity]) -> str:
    """Write a text back as HTML, for people who read a transcript; entities found by Telegram need no tags."""
    units = text.encode("utf-16-le")
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    for entity in entities:
        tags = _tags(entity)
        if tags:
            opening.setdefault(entity["offset"], []).append(tags[0])
            closing.setdefault(entity["offset"] + entity["length"], []).insert(0, tags[1])
    pieces: list[str] = []
    last = 0
    for at in sorted({*opening, *closing}):
        pieces.append(html.escape(units[2 * last : 2 * at].decode("utf-16-le"), quote=False))
        pieces += closing.get(at, []) + opening.get(at, [])
        last = at
    pieces.append(html.escape(units[2 * last :].decode("utf-16-le"), quote=False))
    return "".join(pieces)


def _tags(entity: Entity) -> tuple[str, str] | None:
    kind = entity["type"]
    if kind == "text_link":
        return f'<a href="{html.escape(entity["url"])}">', "</a>"
    if kind == "text_mention":
        return f'<a href="tg://user?id={entity["user"]["id"]}">', "</a>"
    if kind == "expandable_blockquote":
        return "<blockquote expandable>", "</blockquote>"
    tag = _TAGS.get(kind)
    return (f"<{tag}>", f"</{tag}>") if tag else None


def _given(text: str, entities: list[Entity]) -> list[Entity]:
    """Check entities that the caller computed; out of range ones are refused, as their author miscounted."""
    end = utf16_length(text)
    for entity in entities:
        if entity["type"] not in _ENTITY_TYPES:
            raise bad(f"can't parse entities: unsupported type of MessageEntity: {entity['type']}")
        if entity["offset"] < 0 or entity["length"] <= 0 or entity["offset"] + entity["length"] > end:
            raise bad("entity beginning or end is out of the text")
    return [dict(entity) for entity in entities]


def _moved(entity: Entity, start: int, end: int) -> Entity | None:
    first = max(0, entity["offset"] - start)
    last = min(end, entity["offset"] + entity["length"] - start)
    return {**entity, "offset": first, "length": last - first} if last > first else None


def _found(text: str, taken: list[Entity]) -> list[Entity]:
    closed = [(e["offset"], e["offset"] + e["length"]) for e in taken if e["type"] in _CLOSED_TO_LINKS]
    found: list[Entity] = []
    for match in _FOUND.finditer(text):
        offset = utf16_length(text[: match.start()])
        length = utf16_length(match.group())
        if not any(first < offset + length and offset < last for first, last in closed):
            kind = "url" if match.lastgroup == "domain" else str(match.lastgroup)
            found.append({"type": kind, "offset": offset, "length": length})
    return found


def _nesting(entity: Entity) -> tuple[int, int, int]:
    kind: Any = entity["type"]
    return entity["offset"], -entity["length"], _ORDER.index(kind) if kind in _ORDER else len(_ORDER)
