"""Incidents in the office: filed and shown without a line that anybody typed, moved along without a button."""

from __future__ import annotations

from typing import Any

from actions.incidents import cards, life
from actions.work import Work
from core.forms.forms import Form
from core.incidents.lifecycle import Action, State
from storage.incidents import incidents
from storage.records import IncidentRecord
from storage.reports import reports
from storage.tables import IncidentEventRow, PersonRow, PostRow
from tests.actions_kit import Office

POST = "LAPAS-1673"  # in Lubuk Linggau, 16.73


async def file(work: Work, post: PostRow, form: Form, answers: dict[str, Any]) -> IncidentRecord:
    """File a report that opens an incident, as whoever works; nobody hears of it yet."""
    opened = form.opens(answers)
    assert opened is not None, f"{form.id} opens no incident"
    report = await reports.add(
        work.tx,
        cause=(work.desk.bot_id, work.origin),
        kind=post.kind,
        form_id=form.id,
        post_id=post.id,
        region_code=post.region_code,
        person_id=work.person.id,
        answers=answers,
        level=None,
        text="air masuk gudang",
        source=f"m:{work.origin}",
        window_key="",
        late=False,
        occurred_at=work.now,
        sent_at=work.now,
        stored_at=work.now,
        flags=[],
    )
    category, severity = opened
    incident = await incidents.open_for(
        work.tx, report, category=category, severity=severity, confidential=False, now=work.now
    )
    return IncidentRecord(incident, report, post, work.person)


async def opened(office: Office, officer: PersonRow, *, severity: str = "high", files: int = 0) -> tuple[int, int]:
    """A flood at the prison of Lubuk Linggau, on the cards of who must hear: its key, and how many groups must act."""
    post = await office.post(POST)
    answers = {"category": "flood", "severity": severity}

    async def act(work: Work) -> tuple[int, int]:
        new = await file(work, post, work.desk.forms["incident"], answers)
        groups = await cards.show_cards(work.tx, work.desk, new, now=work.now, files=files)
        return new.incident.id, groups

    return await office.do(officer, act)


async def alarmed(office: Office, officer: PersonRow) -> int:
    """A call for help from there, on the cards of who must hear; gives its key."""
    post = await office.post(POST)

    async def act(work: Work) -> int:
        form = work.desk.forms.alarm
        assert form is not None
        new = await file(work, post, form, {})
        await cards.show_cards(work.tx, work.desk, new, now=work.now)
        return new.incident.id

    return await office.do(officer, act)


async def found(work: Work, incident_id: int) -> IncidentRecord:
    """An incident as it is stored."""
    record = await incidents.get(work.tx, incident_id)
    assert record is not None
    return record


async def step(office: Office, who: PersonRow, incident_id: int, action: Action, target: State) -> None:
    """Take a step that was decided, and bring every card up to date."""

    async def act(work: Work) -> None:
        record = await found(work, incident_id)
        life.apply(work.tx, work.desk, record, life.Step(action, target), work.stamp)
        card = await cards.load_card(work.tx, work.desk, record)
        await cards.refresh_cards(work.tx, work.desk, card, now=work.now)

    await office.do(who, act)


async def timeline(office: Office, incident_id: int) -> list[str]:
    """What an incident's entries say that was done, in order."""
    return [one.action for one in await office.rows(IncidentEventRow, IncidentEventRow.incident_id == incident_id)]
