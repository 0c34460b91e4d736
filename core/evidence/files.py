"""Files as evidence: what is taken and what is refused, where a file lies, what a failed fetch means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

DOWNLOAD_LIMIT = 20 << 20  # bytes that a bot may fetch (Telegram's docs, getFile)
AS_FILE_TIME = timedelta(minutes=15)  # so long a document is taken for the original that was asked for
MOST_DOUBTS = 8  # the same doubtful answer so many times, two minutes in all, means that the file is gone
OTHER = "bin"  # how a file ends whose kind we do not know; nothing opens it by itself

_NAMED = re.compile(r"(?<![\w-])([LI])-(\d{1,9})(?![\w-])")


@dataclass(frozen=True)
class SentFile:
    """A file of a message, as Telegram describes it; the name and the type are the sender's words."""

    kind: str  # photo, document, video, voice, audio, animation, video_note
    file_id: str
    unique_id: str
    name: str | None
    mime: str | None
    size: int | None  # bytes, where Telegram says


class Unfit(StrEnum):
    """Why something is not taken; the value is the key of the text that says so and what to do."""

    PROGRAM = "evidence-program"
    ARCHIVE = "evidence-archive"
    PAGE = "evidence-page"
    EMPTY = "evidence-empty"


class Fate(StrEnum):
    """What becomes of a file that could not be fetched."""

    AGAIN = "again"
    REMOTE = "remote"  # too large for a bot: it stays at Telegram
    LOST = "lost"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What can do harm on the machine of whoever opens it, by the end of its name and by its type.
_PROGRAMS = _words(
    "apk aab xapk apks exe msi msp com scr pif bat cmd ps1 psm1 vbs vbe js jse mjs wsf wsh hta cpl dll sys jar class "
    "sh bash zsh run elf app dmg pkg deb rpm appimage py pyc pyw pl rb php lnk url desktop reg inf ipa xpi crx "
    "docm dotm xlsm xltm xlam pptm potm ppam"
)
_ARCHIVES = _words("zip rar 7z gz tgz tar bz2 xz zst lz lzma cab arj ace iso img vhd vhdx")
_PAGES = _words("html htm xhtml shtml mht mhtml svg svgz xsl chm")
_PROGRAM_TYPES = frozenset(
    [
        "application/vnd.android.package-archive", "application/x-msdownload", "application/x-msdos-program",
        "application/x-dosexec", "application/x-executable", "application/x-msi", "application/x-ms-installer",
        "application/x-bat", "application/x-sh", "application/x-shellscript", "application/x-csh",
        "application/javascript", "application/x-javascript", "application/ecmascript", "text/javascript",
        "text/x-python", "application/x-python-code", "text/x-shellscript", "application/x-httpd-php",
        "application/java-archive", "application/x-java-archive", "application/hta", "application/x-elf",
        "application/x-sharedlib", "application/x-mach-binary", "application/vnd.microsoft.portable-executable",
        "application/x-apple-diskimage", "application/vnd.debian.binary-package", "application/x-rpm",
    ]
)  # fmt: skip
_ARCHIVE_TYPES = frozenset(
    [
        "application/zip", "application/x-zip", "application/x-zip-compressed", "application/vnd.rar",
        "application/x-rar", "application/x-rar-compressed", "application/x-7z-compressed", "application/gzip",
        "application/x-gzip", "application/x-tar", "application/x-bzip2", "application/x-xz", "application/zstd",
        "application/vnd.ms-cab-compressed", "application/x-iso9660-image",
    ]
)  # fmt: skip
_PAGE_TYPES = frozenset(["text/html", "application/xhtml+xml", "image/svg+xml", "multipart/related"])

# The only ends of names that are ever given to a stored file.
_BY_TYPE = {
    "image/jpeg": "jpg", "image/jpg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif",
    "image/heic": "heic", "image/heif": "heif", "image/tiff": "tif", "image/x-adobe-dng": "dng", "image/bmp": "bmp",
    "video/mp4": "mp4", "video/quicktime": "mov", "video/3gpp": "3gp", "video/webm": "webm",
    "video/x-matroska": "mkv", "video/x-msvideo": "avi",
    "audio/ogg": "ogg", "audio/opus": "opus", "audio/mpeg": "mp3", "audio/mp3": "mp3", "audio/mp4": "m4a",
    "audio/x-m4a": "m4a", "audio/m4a": "m4a", "audio/aac": "aac", "audio/amr": "amr", "audio/wav": "wav",
    "audio/x-wav": "wav", "audio/flac": "flac",
    "application/pdf": "pdf", "text/plain": "txt", "text/csv": "csv", "application/msword": "doc",
    "application/vnd.ms-excel": "xls", "application/vnd.ms-powerpoint": "ppt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.oasis.opendocument.text": "odt", "application/vnd.oasis.opendocument.spreadsheet": "ods",
}  # fmt: skip
_ENDS = frozenset(_BY_TYPE.values()) | {"jpeg", "tiff", "oga", "wma", "wmv", "gpx", "kml", "rtf"}
_OFFICE = frozenset(["docx", "xlsx", "pptx", "odt", "ods"])  # zip files by their make: some phones call them that
_BY_KIND = {"photo": "jpg", "video": "mp4", "video_note": "mp4", "animation": "mp4", "voice": "ogg", "audio": "mp3"}


def refusal(file: SentFile) -> Unfit | None:
    """Say why a file is not taken, by its name, its type and its size; None when it is taken."""
    end, kind = end_of(file.name), _type(file.mime)
    if file.size == 0:
        return Unfit.EMPTY
    if kind in _PROGRAM_TYPES or end in _PROGRAMS:
        return Unfit.PROGRAM
    if kind in _PAGE_TYPES or end in _PAGES:
        return Unfit.PAGE
    if end in _ARCHIVES or (kind in _ARCHIVE_TYPES and end not in _OFFICE):
        return Unfit.ARCHIVE
    return None


def end_of(name: str | None) -> str:
    """Give the end of a file's name, without the dot, in lower case; signs that hide the true end do not count."""
    plain = "".join(sign for sign in name or "" if sign.isascii() and sign.isprintable()).strip(" .")
    _, dot, end = plain.rpartition(".")
    return end.strip().lower() if dot else ""


def extension(kind: str, name: str | None, mime: str | None) -> str:
    """Choose how a stored file's name ends, from a short list: by its type, else its name, else its kind."""
    by_type = _BY_TYPE.get(_type(mime))
    if by_type is not None:
        return by_type
    end = end_of(name)
    return end if end in _ENDS else _BY_KIND.get(kind, OTHER)


def stored_path(sha256: str, end: str) -> str:
    """Name the place of a file below the media folder: by its content alone, so that the same bytes lie there once."""
    if not re.fullmatch(r"[0-9a-f]{64}", sha256) or not re.fullmatch(r"[a-z0-9]{1,8}", end):
        raise ValueError("a stored file is named by its hash and a plain extension")
    return f"{sha256[:2]}/{sha256}.{end}"


def named_report(text: str) -> tuple[str, int] | None:
    """Read which report (`L`) or incident (`I`) the first line of a message names; None when it names none."""
    first = text.strip().partition("\n")[0]
    found = _NAMED.search(first)
    return (found[1], int(found[2])) if found else None


def fate(said: str, times: int) -> Fate:
    """Decide by Telegram's words, said so many times in a row, what becomes of a file that it did not give.

    The words are Telegram's after "Bad Request: ", in any case (Bot API server, Client.cpp and FileManager.cpp).
    """
    words = said.lower()
    if "file is too big" in words:
        return Fate.REMOTE
    if "wrong remote file identifier" in words or "invalid file_id" in words:
        return Fate.LOST
    return Fate.LOST if times >= MOST_DOUBTS else Fate.AGAIN


def _type(mime: str | None) -> str:
    return (mime or "").partition(";")[0].strip().lower()
