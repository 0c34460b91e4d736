"""The buttons about incidents: on a card, in its menu of steps, on the list, in what people are asked about one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.delivery.taps import Tap, Tapper
from core.incidents.lifecycle import Action


class Show(StrEnum):
    """Which of the open incidents are listed; the value stands in the buttons' data."""

    ALL = "a"
    MINE = "m"  # of whoever taps
    UNOWNED = "u"
    OVERDUE = "o"
    CATEGORY = "c"
    REGION = "r"


@dataclass(frozen=True)
class IncidentTap(Tap):
    """The shape of most of them."""

    incident_id: int


class TakeTap(IncidentTap, prefix="it", on_card=True):
    """Makes whoever taps the owner."""


class StartTap(IncidentTap, prefix="is", on_card=True):
    """Says that the owner acts on it."""


class ResolveTap(IncidentTap, prefix="ir", on_card=True):
    """Says that it is resolved."""


class CloseTap(IncidentTap, prefix="ic", on_card=True):
    """Closes what was resolved."""


class AcceptTap(IncidentTap, prefix="ia", on_card=True):
    """Accepts a referral."""


class StillTap(IncidentTap, prefix="iy"):
    """Answers the clock's question: the owner is at it."""


class ReleaseTap(IncidentTap, prefix="iz"):
    """Answers the clock's question: the owner gives it back."""


class OverTap(IncidentTap, prefix="oc", by=Tapper.ENROLLED, private=True):
    """Answers the officer's question: it is over."""


class NotOverTap(IncidentTap, prefix="od", by=Tapper.ENROLLED, private=True):
    """Answers the officer's question: it is not over."""


@dataclass(frozen=True)
class FilesTap(IncidentTap, prefix="ie"):
    """Sends the next files in private; from a card the first."""

    skipped: int | None = None  # how many were sent before


class IdentityTap(IncidentTap, prefix="il", by=Tapper.ANYBODY):
    """Shows who reported in confidence; who may not know is answered as by a button that does not exist."""


class HistoryTap(IncidentTap, prefix="ih"):
    """Sends the whole timeline in private."""


class MenuTap(IncidentTap, prefix="im"):
    """Opens the menu of the rarer steps."""


class MenuBackTap(IncidentTap, prefix="ib"):
    """Leads back from a question to the menu."""


class MenuCloseTap(IncidentTap, prefix="ix"):
    """Takes the menu away."""


@dataclass(frozen=True)
class StepTap(IncidentTap, prefix="ij"):
    """Takes a step of the menu, or asks what it needs to know first."""

    action: Action


@dataclass(frozen=True)
class StepReasonTap(IncidentTap, prefix="iw"):
    """Takes a step for a reason, which is a text's key."""

    reason: str


@dataclass(frozen=True)
class ReferTap(IncidentTap, prefix="io"):
    """Refers it to a body of the preset."""

    referral: str


@dataclass(frozen=True)
class MergingTap(IncidentTap):
    """The shape of what merges an incident into another."""

    other_id: int


class TwinTap(MergingTap, prefix="ig", on_card=True):
    """Merges it into the other one that its card names."""


class MergeTap(MergingTap, prefix="ik"):
    """Merges it into one that was offered in the menu."""


@dataclass(frozen=True)
class AlarmMoveTap(IncidentTap, prefix="sp", private=True):
    """Corrects the post of an alarm that is out."""

    post_id: int


class AlarmWithdrawTap(IncidentTap, prefix="sw", by=Tapper.ENROLLED, private=True):
    """Takes an alarm back."""


@dataclass(frozen=True)
class ListTap(Tap, prefix="li"):
    """Shows a page of the list, filtered; the value is a category or the code of a region."""

    show: Show
    value: str
    page: int


@dataclass(frozen=True)
class ListMenuTap(Tap, prefix="lm"):
    """Shows a page of the categories or of the regions to choose from."""

    show: Show
    page: int


@dataclass(frozen=True)
class ListCardTap(Tap, prefix="lo"):
    """Shows the card of an incident on the list."""

    number: int
