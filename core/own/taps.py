"""The buttons about one's own affairs: language, rank and phone number."""

from __future__ import annotations

from dataclasses import dataclass

from core.delivery.taps import Tap, Tapper


@dataclass(frozen=True)
class LanguageTap(Tap, prefix="lang", by=Tapper.ENROLLED):
    """Chooses a language, in a group the group's."""

    code: str


class PhoneDeleteTap(Tap, prefix="kp", by=Tapper.ENROLLED, private=True):
    """Deletes one's number."""


class RankDeleteTap(Tap, prefix="kr", by=Tapper.ENROLLED, private=True):
    """Deletes one's rank."""


class PhoneChangeTap(Tap, prefix="ks", by=Tapper.ENROLLED, private=True):
    """Offers to share the phone's number anew."""
