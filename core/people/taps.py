"""The button by which somebody enrols."""

from __future__ import annotations

from dataclasses import dataclass

from core.delivery.taps import Tap, Tapper


@dataclass(frozen=True)
class AgreeTap(Tap, prefix="ok", by=Tapper.ANYBODY):
    """Agrees to what an invitation says."""

    code: str
