"""The buttons of invitations: enrolling by one, listing and withdrawing them."""

from __future__ import annotations

from dataclasses import dataclass

from core.delivery.taps import Tap, Tapper


@dataclass(frozen=True)
class AgreeTap(Tap, prefix="ok", by=Tapper.ANYBODY, private=True):
    """Agrees to what an invitation says, below its explanation; buttons of the first days carry no proof of that."""

    code: str
    proof: str | None = None  # core.people.consent


@dataclass(frozen=True)
class InvitesTap(Tap, prefix="iv", private=True):
    """Shows a page of the open invitations."""

    page: int


@dataclass(frozen=True)
class InviteWithdrawTap(Tap, prefix="iq", private=True):
    """Withdraws an invitation."""

    code: str
    page: int
