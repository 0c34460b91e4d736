"""Pictures, films, sounds and documents: what is sent, and how a message shows it."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Literal, get_args

from sandbox.errors import bad
from sandbox.world.files import StoredFile
from sandbox.world.photos import picture_size
from sandbox.world.world import Json, World

MediaKind = Literal["photo", "document", "video", "animation", "audio", "voice", "video_note", "sticker"]
KINDS: tuple[str, ...] = get_args(MediaKind)
CAPTIONED = ("photo", "document", "video", "animation", "audio", "voice")
PHOTO_BYTES = 10 * 1024 * 1024  # Telegram's docs, sendPhoto
PHOTO_SIDES = 10_000  # width and height together (Telegram's docs, sendPhoto)
PHOTO_RATIO = 20
ALBUM_MOST = 10  # td MessageContent.cpp 5329
# Longer sides of the smaller copies that Telegram makes of a photo (core.telegram.org/api/files, types s, m, x, y).
_COPIES = (90, 320, 800, 1280)
_THUMBNAIL_SIDE = 320
_ALONE_IN_ALBUM = ("document", "audio")  # never mixed with other kinds (td MessageContent.cpp 5340)
_IN_ALBUM = ("photo", "video", *_ALONE_IN_ALBUM)
# Name, MIME type, width and height of what a phone makes, unless told otherwise.
_DEFAULTS: dict[str, tuple[str, str, int, int]] = {
    "photo": ("photo.jpg", "image/jpeg", 0, 0),
    "document": ("file.bin", "application/octet-stream", 0, 0),
    "video": ("VID_0001.mp4", "video/mp4", 1280, 720),
    "animation": ("animation.mp4", "video/mp4", 320, 240),
    "audio": ("audio.mp3", "audio/mpeg", 0, 0),
    "voice": ("voice.oga", "audio/ogg", 0, 0),
    "video_note": ("video_note.mp4", "video/mp4", 384, 384),
    "sticker": ("sticker.webp", "image/webp", 512, 512),
}
_TIMED = frozenset({"video", "animation", "audio", "voice", "video_note"})
_WORDS: dict[str, tuple[str, ...]] = {"audio": ("title", "performer"), "sticker": ("emoji",)}
_WITH_THUMBNAIL = frozenset({"video", "animation", "video_note", "sticker"})


@dataclass(frozen=True)
class Media:
    """One picture, film, sound or document to send; names, types and measures have the defaults of a phone."""

    kind: MediaKind
    data: bytes = b""
    caption: str = ""
    name: str = ""
    mime: str = ""
    width: int = 0
    height: int = 0
    duration: int = 1  # seconds, of films and sounds
    claimed_size: int | None = None  # a file of so many bytes without holding them
    sized: bool = True  # False: Telegram does not say how big the file is
    title: str = ""  # of an audio
    performer: str = ""  # of an audio
    emoji: str = ""  # of a sticker

    @property
    def length(self) -> int:
        """How many bytes go over the line."""
        return max(len(self.data), self.claimed_size or 0)


def store(world: World, media: Media) -> StoredFile:
    """Keep what is sent; refuses a photo that Telegram could not show as one."""
    name, mime, width, height = _DEFAULTS[media.kind]
    name, mime = media.name or name, media.mime or mime
    if media.kind == "photo":
        return _store_photo(world, media, name, mime)
    more: Json = {"duration": media.duration} if media.kind in _TIMED else {}
    more |= {key: value for key in _WORDS.get(media.kind, ()) if (value := getattr(media, key))}
    stored = world.files.add(
        media.kind,
        media.data,
        name,
        mime,
        width=media.width or width,
        height=media.height or height,
        claimed_size=media.claimed_size,
        sized=media.sized,
        more=more,
    )
    pictured = mime.startswith(("image/", "video/")) if media.kind == "document" else media.kind in _WITH_THUMBNAIL
    if pictured:
        natural = picture_size(media.data) or (stored.width or 320, stored.height or 240)
        measures = _within(*natural, _THUMBNAIL_SIDE)
        stored.thumbnail = _small_copy(world, "thumbnail", measures, 4000)
    return stored


def _store_photo(world: World, media: Media, name: str, mime: str) -> StoredFile:
    if media.length > PHOTO_BYTES:
        raise bad(f"file of size {media.length} bytes is too big for a photo; the maximum size is {PHOTO_BYTES} bytes")
    size = picture_size(media.data)
    if size is None:
        raise bad("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > PHOTO_SIDES or min(size) < 1 or max(size) > PHOTO_RATIO * min(size):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    claimed, sized = media.claimed_size, media.sized
    sizes = []
    for side in _COPIES:
        if side < max(size):
            measures = _within(width, height, side)
            octets = media.length * measures[0] * measures[1] // (width * height)
            sizes.append(_small_copy(world, "photo", measures, octets, sized=sized))
    largest = world.files.add(
        "photo", media.data, name, mime, width=width, height=height, claimed_size=claimed, sized=sized
    )
    sizes.append(largest)
    for one in sizes:
        one.sizes = sizes
    return largest


def _within(width: int, height: int, side: int) -> tuple[int, int]:
    """Scale measures down until the longer one is `side`."""
    longer = max(width, height)
    return (width, height) if longer <= side else (max(1, width * side // longer), max(1, height * side // longer))


def _small_copy(world: World, kind: str, measures: tuple[int, int], octets: int, *, sized: bool = True) -> StoredFile:
    """Keep a smaller picture; only its head is real, as nobody looks at it."""
    width, height = measures
    head = b"\xff\xd8\xff\xc0\0\x11\x08" + struct.pack(">HH", height, width) + b"\x03\x01\x22\0\x02\x11\x01\x03\x11\x01"
    return world.files.add(
        kind, head, "copy.jpg", "image/jpeg", width=width, height=height, claimed_size=octets, sized=sized
    )


def content_of(stored: StoredFile) -> Json:
    """Give the fields that a message with this file has."""
    if stored.kind == "photo":
        return {"photo": [_picture(one) for one in stored.sizes]}
    json: Json = {**stored.json, **stored.more}
    if stored.kind == "video_note":
        json["length"] = stored.width
    elif stored.kind in {"video", "animation", "sticker"}:
        json |= {"width": stored.width, "height": stored.height}
    if stored.kind == "sticker":
        json |= {"type": "regular", "is_animated": False, "is_video": False}
    elif stored.kind != "video_note":
        json["mime_type"] = stored.mime
        if stored.kind != "voice":
            json["file_name"] = stored.name
    if stored.thumbnail is not None:
        json["thumbnail"] = _picture(stored.thumbnail)
    if stored.kind == "animation":  # programs older than animations look for a document (Telegram's docs, Message)
        names = ("file_id", "file_unique_id", "file_size", "thumbnail", "file_name", "mime_type")
        return {"animation": json, "document": {name: json[name] for name in names if name in json}}
    return {stored.kind: json}


def _picture(stored: StoredFile) -> Json:
    return {**stored.json, "width": stored.width, "height": stored.height}


def kind_of(json: Json) -> str | None:
    """Tell which kind of file a message carries, if any."""
    if "animation" in json:
        return "animation"
    return next((kind for kind in KINDS if kind in json), None)


def without_media(json: Json) -> Json:
    """Give a message without its file."""
    return {name: value for name, value in json.items() if name not in KINDS}


def check_album(kinds: list[str]) -> None:
    """Refuse what cannot be an album (td MessageContent.cpp 5326-5350); one alone passes."""
    if not kinds:
        raise bad("there are no messages to send")
    if len(kinds) > ALBUM_MOST:
        raise bad("too many messages to send as an album")
    for kind in kinds:
        if kind not in _IN_ALBUM:
            raise bad(f"{kind.replace('_', ' ')} can't be used in an album")
    for kind in _ALONE_IN_ALBUM:
        if kind in kinds and set(kinds) != {kind}:
            raise bad(f"{kind} can't be mixed with other media types")
