"""Reads MarkdownV2: the visible text and its entities, or the exact complaint when a character should have been escaped."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.errors import RefusedError, bad
from sandbox.text.html_text import utf16_length

_RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
_STARTS = {"_": "italic", "*": "bold", "~": "strikethrough", "`": "code", "__": "underline", "||": "spoiler"}
_NAMES = {
    "italic": "Italic", "bold": "Bold", "strikethrough": "Strikethrough", "code": "Code", "pre": "Pre",
    "underline": "Underline", "spoiler": "Spoiler", "text_link": "TextUrl", "blockquote": "BlockQuote",
}  # fmt: skip
_VERBATIM = frozenset({"code", "pre"})


def parse_markdown(text: str) -> tuple[str, list[dict[str, Any]]]:
    """Split MarkdownV2 into the visible text and its entities, or refuse with the byte offset of the mistake."""
    return _Reader(text).read()


@dataclass
class _Open:
    """An entity whose end has not come yet."""

    kind: str
    offset: int  # in UTF-16 units of the visible text
    at: int  # place in the raw text
    piece: int  # index into the visible pieces
    extra: dict[str, Any] = field(default_factory=dict)


class _Reader:
    """One pass; entities nest, so the open ones form a stack (td/telegram/MessageEntity.cpp 2130-2420)."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._pieces: list[str] = []
        self._offset = 0
        self._open: list[_Open] = []
        self._entities: list[dict[str, Any]] = []

    def read(self) -> tuple[str, list[dict[str, Any]]]:
        """Read all of it."""
        while self._at < len(self._text):
            self._step()
        while self._open and self._open[-1].kind == "blockquote":
            self._close()
        if self._open:
            last = self._open[-1]
            raise _wrong(f"Can't find end of {_NAMES[last.kind]} entity at byte offset {self._byte(last.at)}")
        return "".join(self._pieces), self._entities

    def _byte(self, at: int) -> int:
        return len(self._text[:at].encode())

    def _add(self, piece: str) -> None:
        self._pieces.append(piece)
        self._offset += utf16_length(piece)

    def _step(self) -> None:
        text, at = self._text, self._at
        c = text[at]
        following = text[at + 1 : at + 2]
        if c == "\\" and following and ord(following) < 127:
            self._add(following)
            self._at += 2
            return
        inside = self._open[-1].kind if self._open else ""
        if inside in _VERBATIM and c != "`":
            self._add(c)
            self._at += 1
            return
        if c == "\n" and inside == "blockquote":
            self._close()
        if c == ">" and (at == 0 or text[at - 1] == "\n"):
            self._begin("blockquote")
            self._at += 1
        elif c in _RESERVED:
            self._mark(c, inside)
        else:
            self._add(c)
            self._at += 1

    def _mark(self, c: str, inside: str) -> None:
        text, at = self._text, self._at
        if inside == "pre" and not text.startswith("```", at):
            self._add(c)
            self._at += 1
        elif text.startswith("```", at) and inside != "code":
            self._toggle("pre", 3, inside)
            if inside != "pre":
                self._language()
        elif c == "]" and inside == "text_link":
            self._at += 1
            self._link()
        elif c == "[":
            self._begin("text_link")
            self._at += 1
        else:
            double = text[at : at + 2]
            mark = double if double in _STARTS and inside != "code" else c
            # "___" closes the italic first when italic is the innermost open entity.
            if mark == "__" and inside == "italic" and text.startswith("___", at):
                mark = "_"
            if mark not in _STARTS:
                raise _wrong(f"Character '{c}' is reserved and must be escaped with the preceding '\\'")
            self._toggle(_STARTS[mark], len(mark), inside)

    def _toggle(self, kind: str, length: int, inside: str) -> None:
        if inside == kind:
            self._at += length
            self._close()
            return
        self._begin(kind)
        self._at += length

    def _language(self) -> None:
        """Skip the word after three backticks; it names a language when a line break follows it."""
        stop = self._text.find("\n", self._at)
        word = self._text[self._at : stop] if stop >= 0 else ""
        if stop >= 0 and "`" not in word and " " not in word:
            self._at = stop + 1
            if word:
                self._open[-1].extra["language"] = word

    def _begin(self, kind: str) -> None:
        self._open.append(_Open(kind, self._offset, self._at, len(self._pieces)))

    def _close(self) -> None:
        done = self._open.pop()
        if self._offset > done.offset:
            place = {"offset": done.offset, "length": self._offset - done.offset}
            self._entities.append({"type": done.kind, **place, **done.extra})

    def _link(self) -> None:
        start = self._at
        if self._text[start : start + 1] != "(":
            self._finish_link("".join(self._pieces[self._open[-1].piece :]))
            return
        stop = start + 1
        url = ""
        while self._text[stop : stop + 1] != ")":
            if self._text[stop : stop + 1] == "\\":
                stop += 1
            if stop >= len(self._text):
                raise _wrong(f"Can't find end of a URL at byte offset {self._byte(start)}")
            url += self._text[stop]
            stop += 1
        self._at = stop + 1
        self._finish_link(url)

    def _finish_link(self, url: str) -> None:
        if "://" not in url:
            url = f"http://{url}"
        if "." in url.split("://", 1)[1]:
            self._open[-1].extra["url"] = url if "/" in url.split("://", 1)[1] else f"{url}/"
            self._close()
        else:
            self._open.pop()


def _wrong(text: str) -> RefusedError:
    return bad(f"can't parse entities: {text}")
