"""The buttons that ask whether to call for help; those of an alarm that is out stand with its incident."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.delivery.overtaking import ALARM_PREFIX
from core.delivery.taps import Tap, Tapper


@dataclass(frozen=True)
class AlarmSendTap(Tap, prefix=ALARM_PREFIX, by=Tapper.ENROLLED, private=True):
    """Sends the alarm; the words are in the message that asked for the button."""

    item_id: int  # of that message among the updates that came
    post_id: int  # 0: the caller has none


@dataclass(frozen=True)
class AlarmCancelTap(Tap, prefix="sx", by=Tapper.ENROLLED, private=True):
    """Closes the question without sending anything."""

    nothing: Literal[""] = ""  # its data ends with the colon
