"""Keys made by the program: time-ordered 63-bit integers, so that nothing has to be read back after an insert."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

EPOCH_MS = 1_704_067_200_000  # 2024-01-01 UTC; 41 bits of milliseconds from here last until 2093
NODE_BITS = 10
SEQUENCE_BITS = 12


class IdMaker:
    """Makes ids that grow within one process and do not meet those of another process beside it.

    Layout: 41 bits of milliseconds, 10 random bits a process, 12 bits of sequence. A clock that
    jumps back does not make ids fall: the last time is kept until the clock has caught up.
    """

    def __init__(self, now_ms: Callable[[], int] | None = None, node: int | None = None) -> None:
        self._now_ms = now_ms or (lambda: time.time_ns() // 1_000_000)
        self._node = secrets.randbelow(1 << NODE_BITS) if node is None else node
        self._last = 0
        self._sequence = 0

    def after(self, key: int) -> None:
        """Go on above a key that was made before, be it by a clock that was ahead."""
        self._last = max(self._last, (key >> (NODE_BITS + SEQUENCE_BITS)) + 1)

    def next(self) -> int:
        """Give the next id."""
        now = self._now_ms() - EPOCH_MS
        if now > self._last:
            self._last, self._sequence = now, 0
        else:
            self._sequence += 1
            if self._sequence >= 1 << SEQUENCE_BITS:
                self._last, self._sequence = self._last + 1, 0
        return (self._last << (NODE_BITS + SEQUENCE_BITS)) | (self._node << SEQUENCE_BITS) | self._sequence


def read_id(text: str) -> int | None:
    """Read a row's key from a text, such as a button's data; None for anything that no row of ours can have."""
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        return None
    key = int(text)
    return key if key < 1 << 63 else None
