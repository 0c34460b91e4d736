"""What linked groups hear of, with the words for it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from core.kit.words import fold


class Purpose(StrEnum):
    """What a linked group hears of."""

    COORDINATION = "coordination"
    SECURITY = "security"
    NEUTRALITY = "neutrality"
    DISASTER = "disaster"
    LOGISTICS = "logistics"
    LEGAL = "legal"
    CORRECTIONS = "corrections"


# Words that people type beside the ids themselves, folded.
_PURPOSES: Final[Mapping[str, Purpose]] = MappingProxyType(
    {
        **dict.fromkeys(("koordinasi", "umum"), Purpose.COORDINATION),
        **dict.fromkeys(("keamanan", "kamtibmas", "kamtib"), Purpose.SECURITY),
        **dict.fromkeys(("netralitas", "gakkumdu"), Purpose.NEUTRALITY),
        **dict.fromkeys(("bencana", "kebencanaan"), Purpose.DISASTER),
        **dict.fromkeys(("logistik",), Purpose.LOGISTICS),
        **dict.fromkeys(("hukum",), Purpose.LEGAL),
        **dict.fromkeys(("pemasyarakatan", "kanwil", "lapas"), Purpose.CORRECTIONS),
    }
)


def read_purpose(word: str) -> Purpose | None:
    """Return what a group hears of that a word means, in either language."""
    folded = fold(word)
    return Purpose(folded) if folded in set(Purpose) else _PURPOSES.get(folded)
