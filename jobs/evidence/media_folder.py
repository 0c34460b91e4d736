"""The media folder: files by their content, written whole or not at all, never overwritten, readable by the program only."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import os
from collections.abc import AsyncIterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from core.evidence.files import DOWNLOAD_LIMIT, stored_path

INCOMING = ".incoming"  # half-fetched files; on the same disk, so that moving one is instant
NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})


class TooBigError(Exception):
    """More bytes came than a bot may fetch."""


class WrongSizeError(Exception):
    """Fewer or more bytes came than were announced."""


class DamagedError(Exception):
    """A file that was kept before is not as long as it was: somebody or the disk changed it."""


@dataclass(frozen=True)
class Kept:
    """A file on the disk: its hash, its path below the media folder, its length in bytes."""

    sha256: str
    path: str
    size: int


class MediaStore:
    """Takes files in; `bot_id` marks the half-fetched ones of this program."""

    def __init__(self, folder: Path, *, bot_id: int) -> None:
        self._folder, self._bot_id = folder, bot_id

    async def clean(self) -> None:
        """Delete what a killed program had half fetched; raises OSError when that cannot be deleted."""
        await asyncio.to_thread(self._clean)

    async def take(self, key: int, pieces: AsyncIterable[bytes], *, end: str, size: int | None) -> Kept:
        """Write a file under its hash, hashing while it comes; the same bytes are kept once.

        Raises TooBigError, WrongSizeError (not the announced `size`, or nothing), DamagedError, or OSError of the disk.
        """
        temporary = self._folder / INCOMING / f"{self._bot_id}-{key}.part"
        file = self._create(temporary)  # not in a thread: one that is cut off would leave the file open
        digest, total = hashlib.sha256(), 0

        def append(piece: bytes) -> None:
            digest.update(piece)
            file.write(piece)

        try:
            async for piece in pieces:
                total += len(piece)
                if total > DOWNLOAD_LIMIT:
                    raise TooBigError
                await asyncio.to_thread(append, piece)
            if total == 0 or (size is not None and total != size):
                raise WrongSizeError(f"{total} bytes came instead of {'some' if size is None else size}")
            path = await asyncio.to_thread(self._keep, file, temporary, digest.hexdigest(), end)
        finally:
            file.close()
            temporary.unlink(missing_ok=True)
        return Kept(digest.hexdigest(), path, total)

    async def read(self, path: str) -> bytes:
        """Give a file that was kept, by its path below the media folder; raises OSError when it cannot be read."""
        return await asyncio.to_thread((self._folder / path).read_bytes)

    def _clean(self) -> None:
        for left in (self._folder / INCOMING).glob(f"{self._bot_id}-*.part"):
            left.unlink(missing_ok=True)

    def _incoming(self) -> Path:
        folder = self._folder / INCOMING
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def _create(self, path: Path) -> IO[bytes]:
        self._incoming()
        path.unlink(missing_ok=True)
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")

    def _keep(self, file: IO[bytes], temporary: Path, sha256: str, end: str) -> str:
        """Put a whole file in its place: on the disk first, then under its name."""
        file.flush()
        os.fchmod(file.fileno(), 0o400)
        os.fsync(file.fileno())
        target = self._folder / stored_path(sha256, end)
        target.parent.mkdir(mode=0o700, exist_ok=True)
        there = next(iter(sorted(target.parent.glob(f"{sha256}.*"))), None)
        if there is None:
            _move(temporary, target)
            _sync(target.parent)
            _sync(self._folder)
            there = target
        if there.stat().st_size != os.fstat(file.fileno()).st_size:
            raise DamagedError(f"the kept file {there.name} has changed")
        return there.relative_to(self._folder).as_posix()


def _move(temporary: Path, target: Path) -> None:
    """Give a file its name unless that is taken; a link does both at once, where the disk knows links."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        return
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        temporary.rename(target)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
