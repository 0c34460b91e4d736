"""The buttons of a handover."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from core.delivery.taps import Tap, Tapper
from core.roster.removal import Why

ALL_POSTS: Final = 0  # in the place of a post's key: all own posts at once


@dataclass(frozen=True)
class HandoverPostTap(Tap, prefix="hp", private=True):
    """Chooses what is handed over."""

    post_id: int


@dataclass(frozen=True)
class ReceiverTap(Tap, private=True):
    """The shape of what names a receiver too."""

    post_id: int
    person_id: int


class HandoverToTap(ReceiverTap, prefix="hr"):
    """Chooses who takes over."""


class HandoverOfferTap(ReceiverTap, prefix="hc"):
    """Offers it."""


@dataclass(frozen=True)
class HandoverCancelTap(Tap, prefix="hx", private=True):
    """Closes the question without offering anything."""

    nothing: Literal[""] = ""  # its data ends with the colon


@dataclass(frozen=True)
class OfferTap(Tap, private=True):
    """The shape of what becomes of an offer."""

    handover_id: int


class OfferTakeTap(OfferTap, prefix="hy", by=Tapper.ANYBODY):
    """Takes over; who does may hold nothing at the moment."""


class OfferRefuseTap(OfferTap, prefix="hn", by=Tapper.ANYBODY):
    """Refuses."""


class OfferWithdrawTap(OfferTap, prefix="hw"):
    """Takes the offer back."""


@dataclass(frozen=True)
class PeopleTap(Tap, prefix="pl", private=True):
    """Shows a page of the list of people; the words are what was sought, empty for all."""

    words: str
    page: int


@dataclass(frozen=True)
class OneOfListTap(Tap, private=True):
    """The shape of what concerns a person on the list, with the page to go back to."""

    person_id: int
    words: str
    page: int


class PersonTap(OneOfListTap, prefix="pd"):
    """Shows what a person holds."""


class RemoveTap(OneOfListTap, prefix="pq"):
    """Asks whether, and why, to put a person out."""


@dataclass(frozen=True)
class RemoveSureTap(Tap, prefix="px", private=True):
    """Puts a person out."""

    person_id: int
    why: Why
