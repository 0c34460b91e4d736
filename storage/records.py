"""Rows that are read together because they belong together."""

from __future__ import annotations

from dataclasses import dataclass

from storage.tables import IncidentRow, PersonRow, PostRow, ReportRow


@dataclass(frozen=True)
class ReportRecord:
    """A report with its post and the incident that it opened or that it tells of, if any."""

    report: ReportRow
    post: PostRow
    incident: IncidentRow | None = None


@dataclass(frozen=True)
class IncidentRecord:
    """An incident with the report that tells of it, the post where it is, and who reported it."""

    incident: IncidentRow
    report: ReportRow
    post: PostRow
    reporter: PersonRow

    @property
    def as_report(self) -> ReportRecord:
        """The same for who looks for the report: its reporter may be another where newer figures came since."""
        return ReportRecord(self.report, self.post, self.incident)
