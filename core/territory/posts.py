"""What a post is: its kind and its class of risk, with the words for them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from core.kit.words import fold


class PostKind(StrEnum):
    """What a post is; report windows and forms are made for kinds."""

    TPS = "tps"
    LAPAS = "lapas"
    POSKO = "posko"
    GUDANG = "gudang"
    KANTOR = "kantor"


class Risk(StrEnum):
    """The security class of a post, as the police grade polling stations."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    SPECIAL = "special"


# Words that people type beside the ids themselves, folded.
_POST_KINDS: Final[Mapping[str, PostKind]] = MappingProxyType(
    {
        **dict.fromkeys(("tempat pemungutan suara", "polling station"), PostKind.TPS),
        **dict.fromkeys(("rutan", "lpka", "penjara", "prison"), PostKind.LAPAS),
        **dict.fromkeys(("pos", "post"), PostKind.POSKO),
        **dict.fromkeys(("warehouse", "gudang logistik"), PostKind.GUDANG),
        **dict.fromkeys(("office",), PostKind.KANTOR),
    }
)
# "Rawan" alone is the middle class: kurang rawan, rawan, sangat rawan, khusus.
_RISKS: Final[Mapping[str, Risk]] = MappingProxyType(
    {
        **dict.fromkeys(("kurang rawan", "rendah", "aman"), Risk.LOW),
        **dict.fromkeys(("rawan", "sedang"), Risk.MEDIUM),
        **dict.fromkeys(("sangat rawan", "tinggi"), Risk.HIGH),
        **dict.fromkeys(("khusus", "rawan khusus"), Risk.SPECIAL),
    }
)


def read_post_kind(word: str) -> PostKind | None:
    """Return the kind of post that a word means, in either language."""
    folded = fold(word)
    return PostKind(folded) if folded in set(PostKind) else _POST_KINDS.get(folded)


def read_risk(word: str) -> Risk | None:
    """Return the risk class that a word or the police's grade means, in either language."""
    folded = fold(word)
    return Risk(folded) if folded in set(Risk) else _RISKS.get(folded)
