"""Which of a person's own posts a typed `#tail` names."""

import re
from collections.abc import Callable, Sequence

from core.kit.words import fold, fold_key

_SEGMENTS = re.compile(r"[\s./]+")


def post_matches(token: str, codes: Sequence[str]) -> tuple[str, ...]:
    """Return the codes that a typed tail names: exactly, else by their last segment, else by how they end.

    Case, hyphens and a leading `#` never count, leading zeros not in a segment. More than one code means that the tail
    is ambiguous; none that it is unknown.
    """
    typed = _segments(token)
    if not typed:
        return ()
    whole = "".join(typed)
    own = {code: _segments(code) for code in codes}
    tiers: tuple[Callable[[list[str]], bool], ...] = (
        lambda segments: "".join(segments) == whole,
        lambda segments: _names_last(typed, segments),
        lambda segments: _ends_with(typed, segments) or "".join(segments).endswith(whole),
    )
    for matches in tiers:
        found = tuple(code for code, segments in own.items() if segments and matches(segments))
        if found:
            return found
    return ()


def _segments(code: str) -> list[str]:
    return [part for part in _SEGMENTS.split(fold(code)) if fold_key(part)]


def _names_last(typed: list[str], segments: list[str]) -> bool:
    """Tell whether one typed word is the code's last segment; its first may stand before it (`TPS-12`, `tps12`)."""
    last = _bare(segments[-1])
    if len(typed) == 2:
        return typed[0] == segments[0] and _bare(typed[1]) == last
    return len(typed) == 1 and (
        _bare(typed[0]) == last or (len(segments) > 1 and _bare(typed[0].removeprefix(segments[0])) == last)
    )


def _ends_with(typed: list[str], segments: list[str]) -> bool:
    """Tell whether a code ends in the typed segments, the first of them perhaps cut (`1002-12`)."""
    before = "".join(segments[:-1])
    return len(typed) > 1 and _bare(typed[-1]) == _bare(segments[-1]) and before.endswith("".join(typed[:-1]))


def _bare(segment: str) -> str:
    return segment.lstrip("0") or segment[-1:]
