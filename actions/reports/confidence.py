"""Whether a report was made in confidence, and who may know that it exists."""

from __future__ import annotations

from actions.work import Work
from core.desk import Desk
from core.incidents.lifecycle import ACTING
from core.people.roles import reaches
from core.privacy.confiding import confides
from storage.tables import IncidentRow, ReportRow


def confided(desk: Desk, report: ReportRow, incident: IncidentRow | None) -> bool:
    """Whether a report was made in confidence: by the incident that it opened, else by what it answers."""
    if incident is not None and incident.confidential:
        return True
    return confides(desk.forms.get(report.form_id), desk.routing, report.answers)


def may_see(work: Work, report: ReportRow, incident: IncidentRow | None) -> bool:
    """Whether the person may know that a report exists, as far as confidence goes.

    One that was made in confidence is known to its reporter and to who acts on it there, not to colleagues at the
    post: one of them may be whom it accuses.
    """
    if report.person_id == work.person.id or not confided(work.desk, report, incident):
        return True
    return reaches(work.actor, incident.region_code if incident else report.region_code, ACTING)
