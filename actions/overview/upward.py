"""Passing a report upward: what its text says to superiors."""

from __future__ import annotations

from actions.reports.confidence import confided, may_see
from actions.work import Work
from core.kit.texts import UserError
from core.overview.upward import Upward, upward_text
from core.people.roles import Agency, Role, reaches
from core.privacy.masking import names_of, signers
from storage import evidence
from storage.incidents import incidents
from storage.people import people
from storage.records import ReportRecord

READING = (Role.COORDINATOR, Role.ADMIN)


async def text(work: Work, found: ReportRecord, *, language: str) -> str:
    """Write the text of one's own report, or as a coordinator of one of the own region; UserError for any other.

    Of what was told in confidence the text has neither the reporter's name nor, by the salutation, the agency.
    """
    if not may_see(work, found.report, found.incident):
        raise UserError("tap-too-old")
    own = found.report.person_id == work.person.id
    if not own and not reaches(work.actor, found.report.region_code, READING):
        raise UserError("tap-upward-not-yours")
    secret = confided(work.desk, found.report, found.incident)
    return upward_text(work.desk.texts, language, await _gather(work, found, secret=secret))


async def _gather(work: Work, found: ReportRecord, *, secret: bool) -> Upward:
    report, incident, desk = found.report, found.incident, work.desk
    reporter = (await people.by_ids(work.tx, [report.person_id]))[report.person_id]
    form = desk.forms[report.form_id]
    older = await incidents.older_versions(work.tx, report) if secret else []
    return Upward(
        form=form,
        answers=report.answers,
        number=f"I-{incident.number}" if incident else f"L-{report.number}",
        post=found.post.name,
        path=desk.regions.path(report.region_code),
        occurred_at=report.occurred_at,
        sent_at=report.sent_at,
        reporter=None if secret else reporter.name,
        agency=Agency.OTHER if secret else work.person.agency,
        state=incident.state if incident else None,
        media=await evidence.count(work.tx, report_id=report.id),
        text=report.text,
        signers=signers(form, [(one.answers, one.text) for one in older]) | names_of(reporter.name, reporter.phone),
    )
