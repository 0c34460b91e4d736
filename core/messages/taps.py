"""The buttons under kept words or files that nobody has said yet what they are."""

from __future__ import annotations

from dataclasses import dataclass

from core.delivery.taps import Tap, Tapper


@dataclass(frozen=True)
class KeptTap(Tap, by=Tapper.ENROLLED, private=True):
    """The shape of all of them; the words are kept as a draft without a form."""

    draft_id: int


@dataclass(frozen=True)
class KeptFormTap(KeptTap, prefix="uk", by=Tapper.ASSIGNED):
    """Makes them a report of a form."""

    form_id: str


@dataclass(frozen=True)
class KeptReportTap(KeptTap, prefix="ua"):
    """Adds the files to the person's last report."""

    report_id: int


@dataclass(frozen=True)
class KeptIncidentTap(KeptTap, prefix="ud"):
    """Puts them on an incident's timeline."""

    incident_id: int


class KeptNothingTap(KeptTap, prefix="un"):
    """Lets them be no report."""
