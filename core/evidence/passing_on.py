"""How a file goes on to others: by which call, under which name, and what of a confided one does not go at all."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

KEPT: Final = "kept_file"  # a parameter of ours: the file that is read when the message is sent
NAMELESS: Final = frozenset({"photo", "voice", "video_note"})  # Telegram tells of these neither name nor title
# By which call the others are sent anew; a song as a document, because Telegram reads and shows its title.
METHODS: Final[Mapping[str, str]] = MappingProxyType(
    {"document": "sendDocument", "audio": "sendDocument", "video": "sendVideo", "animation": "sendAnimation"}
)
_ENDS = 256 << 10  # bytes at the beginning and the end, where programs note who made a file
_LONG = 6  # letters: a name as long stands nowhere in a file by chance
_PLACES = (b"\xa9xyz", b"location.ISO6709", b"Exif\0\0")  # where a phone notes the place (QuickTime, EXIF)
_NOTES = frozenset({0xFE, *range(0xE1, 0xF0)}) - {0xEE}  # comments, EXIF and the like; 0xEE tells how colours are meant
_UNCLEANED = frozenset({"heic", "heif", "tif", "tiff", "dng"})  # hold what a camera notes, which we cannot take out


class Unsent(StrEnum):
    """Why a file does not go; the value is the key of the text that says so."""

    TELLING = "file-telling"  # it holds what tells who confided it
    UNREAD = "file-unread"  # it cannot be read from the disk


@dataclass(frozen=True)
class KeptFile:
    """A file of the media folder that goes with a message, under a name of ours; else the words that stand for it."""

    media_id: int
    name: str
    instead: Mapping[str, str]  # HTML by each Unsent

    @property
    def param(self) -> dict[str, Any]:
        """What the row keeps of it."""
        return {"media_id": self.media_id, "name": self.name, "instead": dict(self.instead)}

    @classmethod
    def read(cls, param: Mapping[str, Any]) -> KeptFile:
        """Read what a row keeps."""
        return cls(param["media_id"], param["name"], param["instead"])


def without_notes(content: bytes, end: str) -> bytes:
    """What a camera or a program noted of itself and its owner taken out of a picture or song; other kinds as they are."""
    if end in {"jpg", "jpeg"} and content.startswith(b"\xff\xd8"):
        return _jpeg(content)
    if end == "png" and content.startswith(b"\x89PNG\r\n\x1a\n"):
        return b"".join(_png(content))
    return _song(content) if end == "mp3" else content


def tells(content: bytes, end: str, names: Collection[str]) -> bool:
    """Whether a file holds one of these names, or the place where a phone made it, as far as it is not packed."""
    if end in _UNCLEANED or any(mark in content for mark in _PLACES):
        return True
    lowered = content.lower()
    edges = lowered[:_ENDS] + lowered[-_ENDS:]
    return any(
        name.casefold().encode(code, "ignore") in (lowered if len(name) >= _LONG else edges)
        for name in names
        if len(name) >= 4  # a shorter one stands anywhere
        for code in ("utf-8", "utf-16-le", "utf-16-be")
    )


def _jpeg(content: bytes) -> bytes:
    """A JPEG without comments and segments of applications (ITU T.81, annex B), and without what follows the picture.

    One that is not built so stays as it is.
    """
    kept, at = [content[:2]], 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        mark, size = content[at + 1], int.from_bytes(content[at + 2 : at + 4]) + 2
        if mark == 0xFF:  # a fill byte
            at += 1
            continue
        if mark == 0xDA:  # the picture itself, up to its end
            end = content.find(b"\xff\xd9", at)
            return b"".join([*kept, content[at : end + 2] if end > 0 else content[at:]])
        if mark not in _NOTES:
            kept.append(content[at : at + size])
        at += size
    return content


def _png(content: bytes) -> Iterator[bytes]:
    """A PNG without texts, times and EXIF (W3C PNG, chunks)."""
    yield content[:8]
    at = 8
    while at + 12 <= len(content):
        size = int.from_bytes(content[at : at + 4]) + 12
        if content[at + 4 : at + 8] not in {b"tEXt", b"zTXt", b"iTXt", b"tIME", b"eXIf"}:
            yield content[at : at + size]
        at += size


def _song(content: bytes) -> bytes:
    """An MP3 without its tags (ID3 2 before it, ID3 1 behind it)."""
    start, end = 0, len(content)
    while content.startswith(b"ID3", start) and end - start > 10:
        size = 0
        for part in content[start + 6 : start + 10]:
            size = size << 7 | part & 0x7F
        start += 10 + size
    if content[-128:].startswith(b"TAG"):
        end -= 128
    return content[start:end]
