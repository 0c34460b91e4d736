"""Filing, by whoever asks: what is stored, who is told, and what the caller learns of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.reports import drafts, filing
from actions.reports.drafts import Filling
from actions.reports.filing import Filed, Filing, Told
from actions.work import Work
from core.evidence.flags import Flag
from core.groups.purposes import Purpose
from core.kit.texts import UserError
from core.people.roles import Role
from storage.tables import IncidentEventRow, IncidentRow, OutboxRow, PersonRow, ReportRow, StandingRow
from tests.actions_kit import Office

POST, REGENCY = "LAPAS-1673", "16.73"
FLOOD = {"category": "flood", "severity": "high"}


async def file(
    office: Office, who: PersonRow, form: str = "status", source: str = "page:1", **answers: object
) -> Filed:
    """Let somebody file for their first post, now."""

    async def act(work: Work) -> Filed:
        post = work.known.posts[0]
        return await filing.file(work, Filing(work.desk.forms[form], post, dict(answers), "", source, work.now))

    return await office.do(who, act)


async def test_a_status_is_stored_with_its_window_and_standing(office: Office) -> None:
    """A report belongs to the window that is open, is what its post said last, and is nobody else's business."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    group = await office.group("Posko Linggau", REGENCY)
    filed = await file(office, budi, condition="safe")
    report, standing = await office.one(ReportRow), await office.one(StandingRow)
    assert (report.number, report.person_id, report.level, report.late) == (1, budi.id, "ok", False)
    assert (report.window_key, report.sent_at) == ("status/2027-02-03/regu-pagi", office.now)
    assert (standing.window_key, standing.post_id, standing.report_id) == (report.window_key, report.post_id, report.id)
    assert (filed.report.id, filed.incident, filed.told) == (report.id, None, None)
    assert await office.told(group.chat_id) == ""


async def test_a_report_after_the_window_is_late(office: Office) -> None:
    """A report sent after its window closed says so."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    office.clock.advance(hours=1)
    await file(office, budi, condition="safe")
    assert (await office.one(ReportRow)).late


async def test_an_incident_opens_with_its_card(office: Office) -> None:
    """An incident is opened once, its card goes to the regency's group, and the caller learns to how many."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    group = await office.group("Posko Linggau", REGENCY)
    filed = await file(office, budi, "incident", **FLOOD)
    incident = await office.one(IncidentRow)
    assert filed.told == Told(groups=1)
    assert (incident.number, incident.category, incident.severity, incident.state) == (1, "flood", "high", "new")
    assert (incident.reporter_id, incident.report_id) == (budi.id, filed.report.id)
    card = await office.told(group.chat_id)
    assert all(word in card for word in ("I-1", "Banjir", "Budi"))


async def test_a_source_files_once(office: Office) -> None:
    """The same source again files nothing and tells nobody; the caller gets what was filed."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    await office.group("Posko Linggau", REGENCY)
    first = await file(office, budi, "incident", **FLOOD)
    sent = len(await office.rows(OutboxRow))
    again = await file(office, budi, "incident", **FLOOD)
    assert (again.report.id, again.told) == (first.report.id, None)
    assert again.incident is not None
    assert (await office.one(IncidentRow)).id == again.incident.id
    assert len(await office.rows(OutboxRow)) == sent


async def test_where_nobody_hears_admins_are_told(office: Office) -> None:
    """An incident without a group reaches every admin; the caller learns whether a group was linked for other matters."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    wati = await office.person("Wati", Role.ADMIN, "")
    admins = (await file(office, budi, "incident", "page:1", **FLOOD)).told
    assert admins == Told(admins=2)  # with the one whom the settings name
    assert "I-1" in await office.told(wati.telegram_id)
    await office.group("Gudang Linggau", REGENCY, Purpose.LOGISTICS)
    told = (await file(office, budi, "incident", "page:2", category="intimidation", severity="high")).told
    assert told == Told(admins=2, elsewhere=True)


async def test_newer_figures_update_the_open_incident(office: Office) -> None:
    """What lasts opens one incident: newer figures stand on it, and the caller learns on which."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    await office.group("Posko Linggau", REGENCY)
    form = office.desk.forms["disaster"]
    answers = {field.id: field.choices[0].id for field in form.fields if field.required and field.choices}
    first = await file(office, budi, "disaster", "page:1", **answers)
    second = await file(office, budi, "disaster", "page:2", **answers)
    incident = await office.one(IncidentRow)
    assert (first.told, second.told) == (Told(groups=1), Told(updated=incident.number))
    assert incident.report_id == second.report.id
    assert [row.action for row in await office.rows(IncidentEventRow)] == ["opened", "updated"]


async def test_a_report_may_come_by_no_update(office: Office) -> None:
    """What a page files goes back to no update of the bot, on the report and on the timeline."""
    budi = await office.person("Budi", Role.OFFICER, POST)

    async def act(work: Work) -> None:
        by_page = replace(work, cause=(work.desk.bot_id, None))
        form = work.desk.forms["incident"]
        await filing.file(by_page, Filing(form, work.known.posts[0], dict(FLOOD), "", "page:1", work.now))

    await office.do(budi, act)
    assert (await office.one(ReportRow)).update_id == 0
    assert (await office.one(IncidentEventRow)).update_id is None


async def test_filing_for_all_silent_posts(office: Office) -> None:
    """The same report is filed for each own post that has not reported, once, and marked; then there is none left."""
    budi = await office.person("Budi", Role.OFFICER, POST, "RUTAN-1674")
    await file(office, budi, condition="alert")

    async def act(work: Work) -> list[Filed]:
        form = work.desk.forms["status"]
        return await drafts.send(work, Filling(form, None, "aman", "page:2", work.now, {"condition": "safe"}), [])

    (filed,) = await office.do(budi, act)
    other = await office.post("RUTAN-1674")
    assert (filed.post.id, filed.report.source, filed.report.flags) == (other.id, f"page:2:{other.id}", [Flag.ALL])
    with pytest.raises(UserError, match="all-reported"):
        await office.do(budi, act)
    assert len(await office.rows(ReportRow)) == 2


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"condition": "banned"},
        {"condition": []},
        {"condition": "safe", "personnel": [3]},
        {"condition": "safe", "odd": 1},
    ],
)
async def test_what_the_form_refuses_is_not_stored(office: Office, answers: dict[str, object]) -> None:
    """Whoever asks for it, no report is stored that lacks what is required, or says what no answer can be."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    with pytest.raises(UserError, match="report-incomplete"):
        await file(office, budi, "status", "page:1", **answers)
    assert await office.rows(ReportRow) == []


async def test_nothing_is_stored_unsigned(office: Office) -> None:
    """On a desk phone, and for a post that is another's, nothing is stored without the name of who reports."""
    budi, rahmat = (
        await office.person("Budi", Role.OFFICER, POST),
        await office.person("Rahmat", Role.COORDINATOR, REGENCY),
    )
    form, post, safe = office.desk.forms["status"], await office.post(POST), {"condition": "safe"}

    async def foreign(work: Work) -> Filed:
        return await filing.file(work, Filing(form, post, dict(safe), "", "page:1", work.now))

    async def shared(work: Work) -> Filed:
        work.person.shared = True
        return await foreign(work)

    for who, act in ((rahmat, foreign), (budi, shared)):
        with pytest.raises(UserError, match="report-incomplete"):
            await office.do(who, act)
    safe["behalf"] = "Siti"
    assert (await office.do(rahmat, foreign)).report.answers == safe
