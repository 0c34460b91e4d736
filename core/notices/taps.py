"""The buttons under the preview of a notice."""

from __future__ import annotations

from dataclasses import dataclass

from core.delivery.taps import Tap


@dataclass(frozen=True)
class NoticeTap(Tap, private=True):
    """The shape of all of them."""

    notice_id: int


@dataclass(frozen=True)
class NoticeAudienceTap(NoticeTap, prefix="na"):
    """Chooses for whom it is."""

    audience: str


class NoticeSendTap(NoticeTap, prefix="ns"):
    """Sends it."""


class NoticeCancelTap(NoticeTap, prefix="nx"):
    """Drops it."""
