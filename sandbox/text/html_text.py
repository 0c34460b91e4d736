"""Reads Telegram's HTML: the visible text, its entities in UTF-16 units, and the exact complaint when it is wrong."""

from __future__ import annotations

import html
import re
from typing import Any

from sandbox.errors import RefusedError, bad

Entity = dict[str, Any]

_ENTITY_OF_TAG = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "span": "spoiler",
    "code": "code", "pre": "pre", "a": "text_link", "tg-emoji": "custom_emoji", "blockquote": "blockquote",
}  # fmt: skip
_SPACE = frozenset(" \t\r\n\0\v")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_CHARACTER = re.compile(r"&(?:#(\d+|x[0-9a-fA-F]+)|(lt|gt|amp|quot));?")
_NEXT_SPECIAL = re.compile(r"[<&]")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
_USER_LINK = re.compile(r"^tg://user\?id=(\d+)$")


def utf16_length(text: str) -> int:
    """Count UTF-16 units, in which Telegram measures entities."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def parse_html(text: str) -> tuple[str, list[Entity]]:
    """Split HTML into the visible text and its entities, or refuse with the byte offset of the mistake."""
    if "<" not in text and "&" not in text:
        return text, []
    return _Reader(text).read()


class _Open:
    """A start tag whose end has not come yet."""

    __slots__ = ("argument", "offset", "tag", "text_start")

    def __init__(self, tag: str, argument: str, offset: int, text_start: int) -> None:
        self.tag = tag
        self.argument = argument
        self.offset = offset  # in UTF-16 units of the visible text
        self.text_start = text_start  # index into the visible pieces


class _Reader:
    """One pass over the text; the order of its checks is that of td/telegram/MessageEntity.cpp 3320-3570."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._pieces: list[str] = []
        self._offset = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        """Read all of it."""
        text = self._text
        while self._at < len(text):
            found = _NEXT_SPECIAL.search(text, self._at)
            stop = found.start() if found else len(text)
            self._visible(text[self._at : stop])
            self._at = stop
            if found is None:
                break
            if text[stop] == "&":
                self._visible(self._character())
            elif text[stop + 1 : stop + 2] == "/":
                self._end_tag(stop)
            else:
                self._start_tag(stop)
        if self._open:
            raise _wrong(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        for entity in self._entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        return "".join(self._pieces), self._entities

    def _visible(self, piece: str) -> None:
        if piece:
            self._pieces.append(piece)
            self._offset += utf16_length(piece)

    def _character(self) -> str:
        """Read what stands at an ampersand: the character it names, or the ampersand itself."""
        match = _CHARACTER.match(self._text, self._at)
        if match:
            number, name = match.groups()
            self._at = match.end()
            if name:
                return _NAMED[name]
            code = int(number[1:], 16) if number.startswith("x") else int(number)
            if 0xD800 <= code <= 0xDFFF:
                raise _wrong(
                    "Text contains invalid Unicode characters after decoding HTML entities, "
                    "check for unmatched surrogate code units",
                )
            if 0 < code <= 0x10FFFF:
                return chr(code)
            return match.group()
        self._at += 1
        return "&"

    def _byte(self, at: int) -> int:
        return len(self._text[:at].encode())

    def _peek(self) -> str:
        return self._text[self._at] if self._at < len(self._text) else ""

    def _skip_space(self) -> None:
        while self._peek() and self._peek() in _SPACE:
            self._at += 1

    def _until(self, stops: str) -> str:
        start = self._at
        while (c := self._peek()) and c not in _SPACE and c not in stops:
            self._at += 1
        return self._text[start : self._at]

    def _start_tag(self, begin: int) -> None:
        self._at = begin + 1
        tag = self._until(">").lower()
        if not self._peek():
            raise _wrong(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if tag not in _ENTITY_OF_TAG:
            raise _wrong(f'Unsupported start tag "{tag}" at byte offset {self._byte(begin)}')
        argument = ""
        while True:
            self._skip_space()
            if self._peek() == ">":
                break
            name, value = self._attribute(tag, begin)
            argument = _argument(tag, name, value) or argument
        self._at += 1
        if tag == "span" and argument != "spoiler":
            raise _wrong(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        self._open.append(_Open(tag, argument, self._offset, len(self._pieces)))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        if not self._peek():
            raise _wrong(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
        name = self._until("=>").lower()
        if not name:
            raise _wrong(f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}')
        self._skip_space()
        if self._peek() != "=":
            if not self._peek():
                raise _wrong(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
            if (tag, name) == ("blockquote", "expandable"):
                return name, "1"
            raise _wrong(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}" at byte offset {self._byte(begin)}',
            )
        self._at += 1
        self._skip_space()
        if not self._peek():
            raise _wrong(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
        return name, self._value(begin)

    def _value(self, begin: int) -> str:
        start = self._at
        quote = self._peek()
        if quote not in "'\"":
            token = _NAME_TOKEN.match(self._text, start)
            self._at = token.end() if token else start
            if self._peek() not in _SPACE and self._peek() != ">":
                raise _wrong(f"Unexpected end of name token at byte offset {self._byte(start)}")
            return self._text[start : self._at].lower()
        stop = self._text.find(quote, start + 1)
        if stop < 0 or stop + 1 >= len(self._text):
            raise _wrong(f"Unclosed start tag at byte offset {self._byte(begin)}")
        self._at = stop + 1
        return html.unescape(self._text[start + 1 : stop])

    def _end_tag(self, begin: int) -> None:
        if not self._open:
            raise _wrong(f"Unexpected end tag at byte offset {self._byte(begin)}")
        self._at = begin + 2
        name = self._until(">")
        self._skip_space()
        if self._peek() != ">":
            raise _wrong(f"Unclosed end tag at byte offset {self._byte(begin)}")
        self._at += 1
        opened = self._open[-1]
        if name and name != opened.tag:
            raise _wrong(
                f'Unmatched end tag at byte offset {self._byte(begin)}, expected "</{opened.tag}>", found "</{name}>"',
            )
        self._open.pop()
        if self._offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: Entity = {
            "type": _ENTITY_OF_TAG[opened.tag],
            "offset": opened.offset,
            "length": self._offset - opened.offset,
        }
        last = self._entities[-1] if self._entities else None
        same_place = last is not None and (last["offset"], last["length"]) == (entity["offset"], entity["length"])
        if opened.tag == "a":
            if not _add_link(entity, opened.argument or "".join(self._pieces[opened.text_start :])):
                return
        elif opened.tag == "tg-emoji":
            if not opened.argument.isdigit():
                raise _wrong("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = opened.argument
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "pre" and last and same_place and last["type"] == "code" and last.get("language"):
            last["type"] = "pre"
            return
        elif opened.tag == "code" and opened.argument:
            if last and same_place and last["type"] == "pre":
                last["language"] = opened.argument
                return
            entity["language"] = opened.argument
        self._entities.append(entity)


def _argument(tag: str, name: str, value: str) -> str:
    """Keep the one attribute that means something for this tag."""
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    if (tag, name) == ("blockquote", "expandable"):
        return "1"
    return ""


def _add_link(entity: Entity, url: str) -> bool:
    """Put the link into the entity; a link that leads nowhere makes no entity and no error."""
    person = _USER_LINK.match(url)
    if person:
        entity["type"] = "text_mention"
        entity["user"] = {"id": int(person.group(1)), "is_bot": False, "first_name": ""}
        return True
    if "://" not in url:
        url = f"http://{url}"
    host = url.split("://", 1)[1].split("/", 1)[0]
    if "." not in host or " " in url.strip():
        return False
    entity["url"] = url if "/" in url.split("://", 1)[1] else f"{url}/"
    return True


def _wrong(text: str) -> RefusedError:
    return bad(f"can't parse entities: {text}")
