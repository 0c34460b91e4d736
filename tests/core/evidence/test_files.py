"""Evidence: what is refused and why, where a file lies, what a reply means, what a failed fetch means."""

from __future__ import annotations

import pytest

from core.evidence.files import (
    MOST_DOUBTS,
    Fate,
    SentFile,
    Unfit,
    end_of,
    extension,
    fate,
    named_report,
    refusal,
    stored_path,
)


def a_file(name: str | None, mime: str | None = None, size: int | None = 1000) -> SentFile:
    """A document as Telegram describes it."""
    return SentFile("document", "id", "unique", name, mime, size)


@pytest.mark.parametrize(
    ("name", "mime", "reason"),
    [
        ("C1-plano.jpg", "image/jpeg", None),
        ("Laporan TPS 12.pdf", "application/pdf", None),
        ("rekap.xlsx", "application/zip", None),  # an office file is a zip file by its make
        ("rekaman", None, None),
        (None, None, None),
        ("v1.2 final", "image/jpeg", None),
        ("aplikasi.apk", "application/vnd.android.package-archive", Unfit.PROGRAM),
        ("Undangan Pernikahan.APK", None, Unfit.PROGRAM),
        ("foto.jpg.exe", "image/jpeg", Unfit.PROGRAM),
        ("foto.exe. ", None, Unfit.PROGRAM),
        ("foto\u202egpj.exe", None, Unfit.PROGRAM),  # shown as fotoexe.jpg
        ("foto.jpg", "application/x-msdownload", Unfit.PROGRAM),
        ("jalankan.js", "text/plain", Unfit.PROGRAM),
        ("makro.xlsm", None, Unfit.PROGRAM),
        ("halaman.html", None, Unfit.PAGE),
        ("foto.jpg", "text/html; charset=utf-8", Unfit.PAGE),
        ("gambar.svg", "image/svg+xml", Unfit.PAGE),
        ("foto.zip", None, Unfit.ARCHIVE),
        ("foto", "application/zip", Unfit.ARCHIVE),
        ("arsip.tar.gz", None, Unfit.ARCHIVE),
    ],
)
def test_what_can_do_harm_is_refused(name: str | None, mime: str | None, reason: Unfit | None) -> None:
    """Programs, archives and web pages are refused by the true end of their name or by their type."""
    assert refusal(a_file(name, mime)) is reason


def test_an_empty_file_is_refused() -> None:
    """A file of no bytes is refused; one of which Telegram says no size is not."""
    assert refusal(a_file("a.jpg", size=0)) is Unfit.EMPTY
    assert refusal(a_file("a.jpg", size=None)) is None


@pytest.mark.parametrize(
    ("kind", "name", "mime", "end"),
    [
        ("photo", None, "image/jpeg", "jpg"),
        ("voice", None, "audio/ogg", "ogg"),
        ("video_note", None, None, "mp4"),
        ("document", "IMG_0001.HEIC", "application/octet-stream", "heic"),
        ("document", "foto.png", "image/jpeg", "jpg"),
        ("document", "../../etc/passwd", None, "bin"),
        ("document", "catatan.xyz", "chemical/x-xyz", "bin"),
        ("document", "a.jpg/../../b", None, "bin"),
    ],
)
def test_the_end_of_a_stored_name_is_ours(kind: str, name: str | None, mime: str | None, end: str) -> None:
    """A stored file's extension comes from a short list, whatever its sender called it."""
    assert extension(kind, name, mime) == end


def test_a_stored_file_is_named_by_its_hash() -> None:
    """The path is made of the hash alone, and nothing else can become one."""
    digest = "ab" * 32
    assert stored_path(digest, "jpg") == f"ab/{digest}.jpg"
    for wrong in (("../" + "a" * 61, "jpg"), (digest, "../x"), (digest.upper(), "jpg")):
        with pytest.raises(ValueError, match="named by its hash"):
            stored_path(*wrong)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("✅ Diterima. L-12 · 08.12 WIB\nLapas", ("L", 12)),
        ("🔔 I-42 banjir\nL-7", ("I", 42)),
        ("📎 I-1: 3 berkas diterima", ("I", 1)),
        ("Ringkasan\nI-42 banjir", None),
        ("PI-42 dan I-42a", None),
        ("L-1234567890", None),
        ("", None),
    ],
)
def test_a_reply_means_the_number_in_the_first_line(text: str, named: tuple[str, int] | None) -> None:
    """Only a whole number in the first line names a report; what people wrote further down does not."""
    assert named_report(text) == named


def test_telegrams_words_decide_what_becomes_of_a_file() -> None:
    """Too big stays at Telegram, a wrong id is lost at once, a doubtful answer only when it stays."""
    assert fate("File is too big", 1) is Fate.REMOTE
    assert fate("Wrong remote file identifier specified: can't unserialize it", 1) is Fate.LOST
    doubtful = "Wrong file_id or the file is temporarily unavailable"
    assert [fate(doubtful, times) for times in (1, MOST_DOUBTS - 1, MOST_DOUBTS)] == [Fate.AGAIN, Fate.AGAIN, Fate.LOST]


def test_the_end_of_a_name_is_read_without_tricks() -> None:
    """Invisible signs and trailing dots hide no end."""
    assert [end_of(name) for name in ("a.JPG", "a.tar.gz", "a", ".", "a.ex\u200be", None)] == [
        "jpg", "gz", "", "", "exe", "",
    ]  # fmt: skip
