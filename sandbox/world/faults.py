"""Troubles on the line, asked for by tests: delays, floods, restarts, lost requests, lost answers, nonsense."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

FaultKind = Literal[
    "latency", "flood", "restart", "bad_gateway", "drop_before", "drop_after", "garbage", "drop_midway", "stall"
]
DOWNLOAD = "download"  # the method by which a fault names the download of a file
_DOWNLOADS_ONLY = frozenset({"drop_midway", "stall"})


@dataclass
class Fault:
    """One trouble, for the next `times` calls that fit; None means until it is removed.

    Downloads of files are calls of the method "download", in any chat. Only they can break after half of the bytes
    (`drop_midway`) or pause there (`stall`, for `seconds`); `garbage` gives them a page instead of the file. A dropped
    connection before the first byte makes many HTTP clients ask once more by themselves.
    """

    kind: FaultKind
    method: str | None = None  # any method when None
    chat_id: int | str | None = None  # any chat when None
    times: int | None = 1
    after: int = 0  # so many fitting calls pass unharmed first
    seconds: float = 0.0  # of latency, on top of the fixed one, or of a stall
    retry_after: int = 3  # seconds named in a flood answer
    hits: int = field(default=0, init=False)  # how often it struck

    def fits(self, method: str, params: Mapping[str, Any]) -> bool:
        """Tell whether this call is one that the fault is meant for."""
        if self.method is not None and self.method.lower() != method.lower():
            return False
        if self.kind in _DOWNLOADS_ONLY and method != DOWNLOAD:
            return False
        return self.chat_id is None or str(params.get("chat_id")) == str(self.chat_id)


class Faults:
    """The faults that are armed, oldest first."""

    def __init__(self) -> None:
        self._armed: list[Fault] = []
        self.fixed_latency = 0.0  # seconds added to every call

    def add(self, fault: Fault) -> Fault:
        """Arm a fault and give it back, so that its hits can be read."""
        self._armed.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        """Disarm a fault, struck or not."""
        if fault in self._armed:
            self._armed.remove(fault)

    def clear(self) -> None:
        """Disarm everything, also the fixed latency."""
        self._armed.clear()
        self.fixed_latency = 0.0

    def strike(self, method: str, params: Mapping[str, Any]) -> tuple[float, Fault | None]:
        """Give the seconds to delay a call, and the one other fault that hits it, if any."""
        delay = self.fixed_latency
        struck: Fault | None = None
        for fault in tuple(self._armed):
            if (struck and fault.kind != "latency") or not fault.fits(method, params):
                continue
            if fault.after > 0:
                fault.after -= 1
                continue
            fault.hits += 1
            if fault.times is not None:
                fault.times -= 1
                if fault.times <= 0:
                    self.remove(fault)
            if fault.kind == "latency":
                delay += fault.seconds
            else:
                struck = fault
        return delay, struck
