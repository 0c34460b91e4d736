"""Ordinary words that happen to hold a common name: to hide them would tell the name, and leave a report unreadable."""

from __future__ import annotations

_TEXT = """
    ajakan anonim antrian bagaimana bagian bagus bantuan baris bernama cedera credit dandim dikerjakan dinas ditangani
    ditarik edit hadiah hadir harian internal jakarta kantor kapasitas kasih kejadian kemudian keramaian kerjakan
    kerjasama keseharian ketahanan kiriman komandan koordinasi koordinat koordinator lintang mandi masih masyarakat
    media medis melewati memang memastikan membantu memilih menangani mengomentari menghentikan menteri menunggu narkotika
    panitia panjang pastikan pelarian pelayanan pemasyarakatan pemegang pemilih pemilihan pemilu pencarian pendidikan
    pengiriman pernah personil pertahanan pertamina petugas salinan sebagian seharian seketika selesai seratus tahanan
    tangani tarik ternama terima terisolir tertutup wanita warga
"""
_WORDS = frozenset(_TEXT.split())
_ENDINGS = ("nya", "lah", "kah", "pun", "ku", "mu")


def is_ordinary(word: str) -> bool:
    """Whether a word is one of these, with an ending or without."""
    plain = word.casefold()
    return plain in _WORDS or any(plain.endswith(end) and plain[: -len(end)] in _WORDS for end in _ENDINGS)
