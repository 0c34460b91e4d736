"""Files that were sent once: their bytes, what Telegram says of their size, and where they can be downloaded."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

LINK_SECONDS = 3600.0  # so long a download address holds at least (Telegram's docs, getFile); here it holds no longer
CHUNK_BYTES = 64 * 1024
# How file ids begin, and the folder in a download address, by kind; seen in the wild.
_KINDS = {
    "photo": ("AgACAgUAAxkB", "photos"),
    "thumbnail": ("AAMCBQADGQEA", "thumbnails"),
    "document": ("BQACAgUAAxkB", "documents"),
    "video": ("BAACAgUAAxkB", "videos"),
    "animation": ("CgACAgUAAxkB", "animations"),
    "audio": ("CQACAgUAAxkB", "music"),
    "voice": ("AwACAgUAAxkB", "voice"),
    "video_note": ("DQACAgUAAxkB", "video_notes"),
    "sticker": ("CAACAgUAAxkB", "stickers"),
}


@dataclass(eq=False)
class StoredFile:
    """Bytes that were sent once and can be downloaded or sent again."""

    id: str
    unique_id: str
    kind: str  # photo, document, video, ...
    data: bytes
    name: str
    mime: str
    path: str  # the end of its download address
    width: int = 0
    height: int = 0
    claimed_size: int | None = None  # a file bigger than its bytes: the rest is zeros made while downloading
    sized: bool = True  # otherwise Telegram says nothing of its size
    more: dict[str, Any] = field(default_factory=dict)  # further fields in a message, such as duration
    sizes: list[StoredFile] = field(default_factory=list)  # of a photo, small to large, itself among them
    thumbnail: StoredFile | None = None
    link_ends: float = 0.0  # by the server's clock; before getFile there is no link

    @property
    def length(self) -> int:
        """How many bytes a download gives."""
        return max(len(self.data), self.claimed_size or 0)

    def chunks(self) -> Iterator[bytes]:
        """Give the bytes piece by piece, so that a big file need not exist in memory."""
        for start in range(0, len(self.data), CHUNK_BYTES):
            yield self.data[start : start + CHUNK_BYTES]
        missing = self.length - len(self.data)
        for start in range(0, missing, CHUNK_BYTES):
            yield bytes(min(CHUNK_BYTES, missing - start))

    @property
    def json(self) -> dict[str, Any]:
        """The fields that every kind of file has in a message."""
        json: dict[str, Any] = {"file_id": self.id, "file_unique_id": self.unique_id}
        if self.sized:
            json["file_size"] = self.length
        return json


class FileStore:
    """All files of one local Telegram, by their ids and by their download addresses."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def __len__(self) -> int:
        return len(self._by_id)

    def add(self, kind: str, data: bytes, name: str, mime: str, **more: Any) -> StoredFile:
        """Keep bytes under a new file id; `more` are further fields of StoredFile."""
        number = len(self._by_id) + 1
        prefix, folder = _KINDS[kind]
        suffix = name.rsplit(".", 1)[-1] if "." in name else "bin"
        stored = StoredFile(
            id=f"{prefix}{number:06d}{secrets.token_urlsafe(24)}",
            unique_id=f"{'AQAD' if kind == 'photo' else 'AgAD'}{number:06d}{secrets.token_urlsafe(6)}",
            kind=kind,
            data=data,
            name=name,
            mime=mime,
            path=f"{folder}/file_{number}.{suffix}",
            **more,
        )
        self.put(stored)
        return stored

    def put(self, stored: StoredFile) -> None:
        """Keep a file under the ids that it has."""
        self._by_id[stored.id] = self._by_path[stored.path] = stored

    def all(self) -> list[StoredFile]:
        """Every file, oldest first."""
        return list(self._by_id.values())

    def get(self, file_id: str) -> StoredFile | None:
        """Find a file by its id."""
        return self._by_id.get(file_id)

    def at(self, path: str, now: float) -> StoredFile | None:
        """Find the file of a download address that getFile gave not too long ago."""
        stored = self._by_path.get(path)
        return stored if stored is not None and now < stored.link_ends else None
