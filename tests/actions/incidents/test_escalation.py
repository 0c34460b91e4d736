"""What the clock does about an incident, called with a moment: each step once, and nothing before its time."""

from __future__ import annotations

from datetime import timedelta

from actions.incidents import escalation, owner_question
from actions.work import Work
from core.incidents.lifecycle import Action, State
from core.people.roles import Role
from storage.tables import IncidentRow
from tests.actions_kit import Office
from tests.incidents_kit import POST, alarmed, opened, step, timeline


async def look(office: Office, incident_id: int) -> bool:
    """Let the clock look at an incident now; gives whether there was something to do."""

    async def act(work: Work) -> bool:
        return await escalation.act(work.tx, work.desk, incident_id, now=work.now)

    return await office.do(None, act)


async def until_due(office: Office, incident_id: int) -> None:
    """Let the time pass until an incident is due."""
    incident = await office.one(IncidentRow, IncidentRow.id == incident_id)
    assert incident.due_at is not None
    office.clock.advance(seconds=(incident.due_at - office.now).total_seconds())


async def test_an_untaken_incident_goes_up_once(office: Office) -> None:
    """Before its time nothing happens; then the province has the card and the officer hears of it, each once."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    city, province = await office.group("Kota", "16.73"), await office.group("Sumsel", "16")
    incident_id, _ = await opened(office, budi)
    assert not await look(office, incident_id)
    assert await office.told(province.chat_id) == ""
    await until_due(office, incident_id)
    assert await look(office, incident_id)
    assert not await look(office, incident_id), "it has a new deadline"
    assert "I-1 · 🌊 Banjir" in await office.told(province.chat_id)
    assert "I-1 · 🌊 Banjir" in await office.told(city.chat_id)
    assert (await office.told(budi.telegram_id)).count("diteruskan juga ke Sumsel") == 1
    assert await timeline(office, incident_id) == ["opened", "escalated"]
    incident = await office.one(IncidentRow, IncidentRow.id == incident_id)
    assert (incident.state, incident.level, incident.asked) == ("new", "province", 1)
    assert incident.due_at is not None
    assert incident.due_at > office.now


async def test_admins_hear_where_nobody_is_left_above(office: Office) -> None:
    """An incident that the highest level leaves alone is told to admins, with who was told before."""
    budi, ani = await office.person("Budi", Role.OFFICER, POST), await office.person("Ani", Role.ADMIN, "")
    await office.group("Kota", "16.73")
    incident_id, _ = await opened(office, budi)
    await until_due(office, incident_id)
    assert await look(office, incident_id)
    told = await office.told(ani.telegram_id)
    assert told.count("belum diterima siapa pun") == 1
    assert "Sudah diberi tahu: Kota" in told
    assert await timeline(office, incident_id) == ["opened", "admins"]


async def test_a_silent_owner_is_asked(office: Office) -> None:
    """Who has taken an incident and says nothing is asked in private; once it is resolved the question says so."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    await office.group("Kota", "16.73")
    incident_id, _ = await opened(office, budi)
    await step(office, rahmat, incident_id, Action.TAKE, State.ACKNOWLEDGED)
    assert await office.told(rahmat.telegram_id) == ""
    await until_due(office, incident_id)
    assert await look(office, incident_id)
    assert "masih Anda tangani?" in await office.told(rahmat.telegram_id)
    assert await timeline(office, incident_id) == ["opened", "taken", "asked"]
    await step(office, rahmat, incident_id, Action.RESOLVE, State.RESOLVED)
    told = await office.told(rahmat.telegram_id)
    assert told.startswith("✔️ <b>I-1</b>: ")
    assert "Rahmat" in told
    assert "\n" not in told, "nothing else was said"


async def test_a_question_stays_while_it_is_open(office: Office) -> None:
    """Bringing questions up to date leaves one alone that still waits for its owner."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    incident_id, _ = await opened(office, budi)
    await step(office, rahmat, incident_id, Action.TAKE, State.ACKNOWLEDGED)
    await until_due(office, incident_id)
    assert await look(office, incident_id)

    async def act(work: Work) -> None:
        await owner_question.settle(work.tx, work.desk, incident_id, now=work.now + timedelta(minutes=1))

    before = await office.told(rahmat.telegram_id)
    await office.do(None, act)
    assert await office.told(rahmat.telegram_id) == before


async def test_an_alarm_rings_where_it_was_sent(office: Office) -> None:
    """Nobody has taken an alarm: its groups hear that in a new message, and coordinators above get it in person."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    above = await office.person("Sari", Role.COORDINATOR, "16")
    group = await office.group("Kota", "16.73")
    incident_id = await alarmed(office, budi)
    await until_due(office, incident_id)
    assert await look(office, incident_id)
    assert "belum diterima siapa pun" in await office.told(group.chat_id)
    assert "🆘 <b>DARURAT</b> — mohon segera ditanggapi." in await office.told(above.telegram_id)
