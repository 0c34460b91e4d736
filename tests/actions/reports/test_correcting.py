"""Correcting, by whoever asks: the new version, the old one, the files, and the incident that follows."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from actions.reports import correcting, drafts, filing
from actions.reports.filing import Filed, Filing, Told
from actions.work import Work
from core.evidence.files import SentFile
from core.kit.texts import UserError
from core.people.roles import Role
from core.reports.draft import Stage
from storage import evidence
from storage.tables import (
    DraftRow,
    IncidentRow,
    JournalRow,
    MediaRow,
    PersonRow,
    ReportRow,
    ReportVersionRow,
    StandingRow,
)
from tests.actions_kit import Office

POST = "LAPAS-1673"
FLOOD = {"category": "flood", "severity": "medium"}


async def file(office: Office, who: PersonRow, form: str, answers: Mapping[str, object]) -> Filed:
    """Let somebody file for their first post, now."""

    async def act(work: Work) -> Filed:
        post = work.known.posts[0]
        return await filing.file(work, Filing(work.desk.forms[form], post, dict(answers), "", "page:1", work.now))

    return await office.do(who, act)


async def correct(office: Office, who: PersonRow, report_id: int, reason: str, **answers: object) -> Filed:
    """Let somebody change answers of a report and give the reason."""

    async def act(work: Work) -> Filed:
        filling = await correcting.begin(work, report_id)
        filling.answers |= answers
        drafts.keep(work, filling, Stage.REASON)
        assert await correcting.unchanged(work, filling) is None
        assert not await correcting.overtaken(work, filling)
        return await correcting.finish(work, filling, reason)

    return await office.do(who, act)


async def test_a_correction_keeps_the_old_version_with_its_reason(office: Office) -> None:
    """The report says the new, its number and window stay, the old version is kept, and its draft is gone."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    first = await file(office, budi, "status", {"condition": "safe"})
    office.clock.advance(minutes=5)
    filed = await correct(office, budi, first.report.id, "reason-typo", condition="alert")
    report, old = await office.one(ReportRow), await office.one(ReportVersionRow)
    assert (report.number, report.version, report.level, report.stored_at) == (1, 2, "watch", office.now)
    assert (old.version, old.answers, old.reason) == (1, {"condition": "safe"}, "reason-typo")
    assert ((await office.one(StandingRow)).level, filed.told, filed.files) == ("watch", None, 0)
    assert await office.rows(DraftRow) == []
    line = await office.one(JournalRow, JournalRow.action == "report-corrected")
    assert (line.person_id, line.detail) == (budi.id, {"version": 2})


async def test_the_incident_and_its_cards_follow(office: Office) -> None:
    """The incident is as grave as the report says now, its card shows it, and the caller learns how many cards follow."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    group = await office.group("Posko Linggau", "16.73")
    first = await file(office, budi, "incident", FLOOD)
    assert "🟡" in await office.told(group.chat_id)
    filed = await correct(office, budi, first.report.id, "reason-typo", severity="high")
    assert filed.told == Told(groups=1, followed=True)
    assert (await office.one(IncidentRow)).severity == "high"
    assert "🟠" in await office.told(group.chat_id)


async def test_a_harmless_report_that_turns_bad_opens_an_incident(office: Office) -> None:
    """A correction relays as a new report does."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    group = await office.group("Posko Linggau", "16.73")
    first = await file(office, budi, "status", {"condition": "safe"})
    filed = await correct(office, budi, first.report.id, "reason-typo", condition="disturbance")
    assert (filed.told, (await office.one(IncidentRow)).severity) == (Told(groups=1), "high")
    assert "I-1" in await office.told(group.chat_id)


async def test_the_files_of_a_correction_become_the_reports(office: Office) -> None:
    """Files that came while the report was corrected are the report's afterwards, and are counted."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    first = await file(office, budi, "status", {"condition": "safe"})

    async def send_photo(work: Work) -> None:
        sent = SentFile("photo", "f1", "u1", None, "image/jpeg", 1000)
        origin = evidence.Origin(budi.telegram_id, 7, None, work.now)
        row = evidence.add(work.tx, sent, origin, person_id=budi.id, cause=(work.cause[0], 7), now=work.now)
        report = await work.tx.get(ReportRow, first.report.id)
        assert report is not None
        evidence.assign([row], draft_source=correcting.source_of(work, report))

    await office.do(budi, send_photo)
    filed = await correct(office, budi, first.report.id, "reason-typo", condition="alert")
    file_row = await office.one(MediaRow)
    assert (filed.files, file_row.report_id, file_row.draft_source) == (1, first.report.id, None)


async def test_what_changes_nothing_and_what_was_overtaken_is_known(office: Office) -> None:
    """A correction without a change is told apart, and one of a version that is no more is overtaken."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    first = await file(office, budi, "status", {"condition": "safe"})

    async def begin(work: Work) -> None:
        filling = await correcting.begin(work, first.report.id)
        drafts.keep(work, filling, Stage.REASON)
        same = await correcting.unchanged(work, filling)
        assert same is not None
        assert same.id == first.report.id

    await office.do(budi, begin)
    row = await office.one(DraftRow)
    await correct_again(office, budi, first.report.id)

    async def too_late(work: Work) -> bool:
        filling = drafts.filling_of(work.desk.forms["status"], row, work.known.posts[0])
        return await correcting.overtaken(work, filling)

    assert await office.do(budi, too_late)


async def correct_again(office: Office, who: PersonRow, report_id: int) -> None:
    """Correct a report as an edited message does: without a draft."""

    async def act(work: Work) -> None:
        report = await work.tx.get(ReportRow, report_id)
        assert report is not None
        post, form = work.known.posts[0], work.desk.forms["status"]
        new = Filing(form, post, {"condition": "alert"}, "waspada", "", report.sent_at)
        await correcting.correct(work, report, new, "reason-edited")

    await office.do(who, act)


async def test_only_ones_own_report_can_be_corrected(office: Office) -> None:
    """A report of somebody else's post is refused; a colleague at the post may correct, unless it was confided."""
    budi, joko = (
        await office.person("Budi", Role.OFFICER, POST),
        await office.person("Joko", Role.OFFICER, "RUTAN-1674"),
    )
    tono = await office.person("Tono", Role.OFFICER, POST)
    open_report = await file(office, budi, "status", {"condition": "safe"})

    async def begin(work: Work) -> str:
        return (await correcting.begin(work, open_report.report.id)).source

    assert await office.do(tono, begin) == f"c:{open_report.report.id}:1:{tono.id}"
    with pytest.raises(UserError, match="correction-not-yours"):
        await office.do(joko, begin)
