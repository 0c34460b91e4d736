"""The buttons of a call for help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.delivery.taps import Tap, Tapper


@dataclass(frozen=True)
class AlarmSendTap(Tap, prefix="so", by=Tapper.ENROLLED):
    """Sends the alarm; the words are in the message that asked for the button."""

    item_id: int  # of that message among the updates that came
    post_id: int  # 0: the caller has none


@dataclass(frozen=True)
class AlarmCancelTap(Tap, prefix="sx", by=Tapper.ENROLLED):
    """Closes the question without sending anything."""

    nothing: Literal[""] = ""  # its data ends with the colon


@dataclass(frozen=True)
class AlarmMoveTap(Tap, prefix="sp"):
    """Corrects the post of an alarm that is out."""

    incident_id: int
    post_id: int


@dataclass(frozen=True)
class AlarmWithdrawTap(Tap, prefix="sw", by=Tapper.ENROLLED):
    """Takes an alarm back."""

    incident_id: int
