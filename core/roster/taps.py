"""The buttons of a handover."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from core.delivery.taps import Tap, Tapper

ALL_POSTS: Final = 0  # in the place of a post's key: all own posts at once


@dataclass(frozen=True)
class HandoverPostTap(Tap, prefix="hp"):
    """Chooses what is handed over."""

    post_id: int


@dataclass(frozen=True)
class ReceiverTap(Tap):
    """The shape of what names a receiver too."""

    post_id: int
    person_id: int


class HandoverToTap(ReceiverTap, prefix="hr"):
    """Chooses who takes over."""


class HandoverOfferTap(ReceiverTap, prefix="hc"):
    """Offers it."""


@dataclass(frozen=True)
class HandoverCancelTap(Tap, prefix="hx"):
    """Closes the question without offering anything."""

    nothing: Literal[""] = ""  # its data ends with the colon


@dataclass(frozen=True)
class OfferTap(Tap):
    """The shape of what becomes of an offer."""

    handover_id: int


class OfferTakeTap(OfferTap, prefix="hy", by=Tapper.ANYBODY):
    """Takes over; who does may hold nothing at the moment."""


class OfferRefuseTap(OfferTap, prefix="hn", by=Tapper.ANYBODY):
    """Refuses."""


class OfferWithdrawTap(OfferTap, prefix="hw"):
    """Takes the offer back."""
