"""The buttons about reports: opening a form, filling it, correcting it, and what can be done with one that is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.delivery.taps import Tap, Tapper


@dataclass(frozen=True)
class OpenFormTap(Tap, prefix="fo", private=True):
    """Opens a form, for a post where one is named."""

    form_id: str
    post_id: int | None = None


@dataclass(frozen=True)
class ReportTap(Tap, by=Tapper.ENROLLED, private=True):
    """The shape of what concerns a stored report."""

    report_id: int


class CorrectTap(ReportTap, prefix="co"):
    """Opens it to be corrected."""


class ReceiptTap(ReportTap, prefix="rp"):
    """Shows its receipt again."""


class UpwardTap(ReportTap, prefix="up"):
    """Gives its text as superiors expect it."""


class AsFileTap(ReportTap, prefix="ef"):
    """Tells how the original of its photo is sent."""


@dataclass(frozen=True)
class DraftTap(Tap, by=Tapper.ENROLLED, private=True):
    """The shape of what concerns a report being filled."""

    draft_id: int


class DraftSendTap(DraftTap, prefix="dz"):
    """Sends what was looked over."""


class DraftBackTap(DraftTap, prefix="db"):
    """Leads back to the question before, or to the review."""


class DraftCancelTap(DraftTap, prefix="dx"):
    """Drops it."""


class DraftGoOnTap(DraftTap, prefix="dg"):
    """Goes on with it, or with words that nobody has said yet what they are."""


class DraftAnewTap(DraftTap, prefix="dn", by=Tapper.ASSIGNED):
    """Leaves it and begins the same form anew."""


class OtherPostTap(DraftTap, prefix="dw", by=Tapper.ASSIGNED):
    """Asks for another post from the review."""


@dataclass(frozen=True)
class DraftPostTap(DraftTap, prefix="dp", by=Tapper.ASSIGNED):
    """Chooses the post that it is about, or all that have not reported."""

    post: int | Literal["all"]


@dataclass(frozen=True)
class WithoutTap(DraftTap, prefix="ds"):
    """Sends the line without the optional answer that was not understood."""

    waiting: int  # how many answers were awaited: an old button fits no more


@dataclass(frozen=True)
class ConfideTap(DraftTap, prefix="dh"):
    """Keeps the reporter's name back, or no more."""

    wanted: bool


@dataclass(frozen=True)
class CorrectionReasonTap(DraftTap, prefix="dr"):
    """Gives the reason of a correction."""

    reason: str


@dataclass(frozen=True)
class FieldTap(DraftTap):
    """The shape of what concerns one question."""

    field_id: str


@dataclass(frozen=True)
class ChoiceTap(FieldTap, prefix="dc"):
    """Answers it by a choice, or by yes or no."""

    choice: str


class ChoicesDoneTap(FieldTap, prefix="dk"):
    """Goes on from a question with several choices."""


class AllChoicesTap(FieldTap, prefix="da"):
    """Shows every choice, where only the nearest ones were offered."""


@dataclass(frozen=True)
class QuickTap(FieldTap, prefix="dq"):
    """Answers it by one of the quick answers, which are numbered from 0."""

    number: int


@dataclass(frozen=True)
class SuggestionTap(FieldTap, prefix="dv"):
    """Answers it by the number that was probably meant."""

    number: int


class InsistTap(FieldTap, prefix="di"):
    """Says that a doubtful number is right."""


class ChangeTap(FieldTap, prefix="df"):
    """Opens its answer from the review."""


class LeaveTap(FieldTap, prefix="dl"):
    """Leaves it unanswered."""
