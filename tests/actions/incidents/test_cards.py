"""An incident's cards: with the groups that must act, and what becomes of them when it changes."""

from __future__ import annotations

from sqlalchemy import update

from actions.incidents import cards, copies
from actions.work import Work
from core.groups.purposes import Purpose
from core.incidents.lifecycle import Action, State
from core.people.roles import Role
from storage.tables import IncidentRow, ScreenRow
from tests.actions_kit import Office
from tests.incidents_kit import POST, found, opened, step

FLOOD = "I-1 · 🌊 Banjir · berat"


async def test_a_new_incident_goes_to_the_groups_that_must_act(office: Office) -> None:
    """Groups of the place, linked for its kind or for everything, have the card; above, elsewhere and for others none has."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    city, disaster = await office.group("Kota", "16.73"), await office.group("BPBD", "16.73", Purpose.DISASTER)
    others = [
        await office.group("Gakkumdu", "16.73", Purpose.LEGAL),
        await office.group("Sumsel", "16"),
        await office.group("Palembang", "16.71"),
    ]
    incident_id, count = await opened(office, budi, files=2)
    assert count == 2
    for group in (city, disaster):
        told = await office.told(group.chat_id)
        assert [words for words in (FLOOD, "Budi", "Menunggu diterima", "2 berkas") if words not in told] == []
    assert [await office.told(group.chat_id) for group in others] == ["", "", ""]
    incident = await office.one(IncidentRow, IncidentRow.id == incident_id)
    assert incident.level == "regency"
    assert incident.due_at is not None
    assert incident.due_at > office.now


async def test_a_card_is_edited_and_not_sent_again(office: Office) -> None:
    """After a step each group still has one card, and it says who has taken the incident."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    group = await office.group("Kota", "16.73")
    incident_id, _ = await opened(office, budi)
    await step(office, rahmat, incident_id, Action.TAKE, State.ACKNOWLEDGED)
    (screen,) = await office.rows(ScreenRow, ScreenRow.chat_id == group.chat_id)
    assert screen.version == 2
    assert "Rahmat" in screen.params["text"]
    assert "Menunggu diterima" not in screen.params["text"]


async def test_a_corrected_place_moves_the_card(office: Office) -> None:
    """Who must hear where it happened really has the card now; in the group before stands a line without content."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    before, now = await office.group("Linggau", "16.73"), await office.group("Palembang", "16.71")
    incident_id, _ = await opened(office, budi)
    other = await office.post("LAPAS-1671")

    async def act(work: Work) -> int:
        record = await found(work, incident_id)
        record.incident.post_id, record.incident.region_code = other.id, other.region_code
        return await cards.reroute(work.tx, work.desk, record, now=work.now)

    assert await office.do(budi, act) == 1
    assert await office.told(before.chat_id) == "↪️ I-1 dipindahkan ke grup lain."
    assert FLOOD in await office.told(now.chat_id)


async def test_a_copy_follows_its_incident(office: Office) -> None:
    """Who asked for a card in private has it with what happens later, as long as they act there."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    incident_id, _ = await opened(office, budi)

    async def ask(work: Work) -> None:
        record = await found(work, incident_id)
        card = await cards.load_card(work.tx, work.desk, record)
        await copies.show(work.tx, work.desk, card, record.incident, work.known, now=work.now)

    await office.do(rahmat, ask)
    assert "Menunggu diterima" in await office.told(rahmat.telegram_id)
    await step(office, rahmat, incident_id, Action.TAKE, State.ACKNOWLEDGED)
    told = await office.told(rahmat.telegram_id)
    assert FLOOD in told
    assert "Menunggu diterima" not in told


async def test_a_card_comes_anew_below_with_a_pointer(office: Office) -> None:
    """A card that must be heard is sent again; the message where it was keeps a line that leads there."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    group = await office.group("Kota", "16.73")
    incident_id, _ = await opened(office, budi)
    await office.db.write(lambda tx: tx.execute(update(ScreenRow).values(message_id=77)))  # as if it had been sent

    async def act(work: Work) -> None:
        record = await found(work, incident_id)
        card = await cards.load_card(work.tx, work.desk, record)
        await cards.show_below(work.tx, work.desk, card, record.incident, now=work.now)

    await office.do(None, act)
    (screen,) = await office.rows(ScreenRow, ScreenRow.chat_id == group.chat_id)
    assert screen.message_id is None
    assert screen.pointer is not None
    assert screen.pointer["message_id"] == 77
    assert screen.pointer["text"] == "↪️ <b>I-1</b> · kartunya kini di bawah"
    assert FLOOD in screen.params["text"]
