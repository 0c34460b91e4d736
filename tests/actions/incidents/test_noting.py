"""Notes on an incident: kept once for a message, passed on to who must hear, corrected wherever they stand."""

from __future__ import annotations

from actions.incidents import noting
from actions.incidents.noting import Hearer, Target
from actions.work import Work
from core.incidents.keys import note_source
from core.incidents.lifecycle import Action
from core.people.roles import Role
from storage.records import IncidentRecord
from storage.tables import GroupRow, IncidentEventRow, JournalRow, PersonRow
from tests.actions_kit import Office
from tests.steps_kit import LAPAS, about, report, take


async def note(
    office: Office, who: PersonRow, incident: int, words: str, message_id: int, *, group: GroupRow | None = None
) -> list[Hearer] | None:
    """Let somebody write about an incident."""
    source = note_source(group.chat_id if group else who.telegram_id, message_id)

    async def act(work: Work, record: IncidentRecord) -> list[Hearer] | None:
        return await noting.add(work, Target(record, record), words, source=source)

    return await about(office, who, incident, act, group=group)


async def test_the_officers_note_reaches_the_owner_and_the_reverse(office: Office) -> None:
    """What is written stands on the card and rings where it must: with the owner, with the officer, with nobody else."""
    budi = await office.person("Budi", Role.OFFICER, LAPAS)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    sari = await office.person("Sari", Role.COORDINATOR, "16.73")
    group = await office.group("Linggau", "16.73")
    incident = await report(office, budi)
    assert await note(office, budi, incident, "air naik lagi", 1) == []
    await take(office, rahmat, incident, Action.TAKE)
    heard = await note(office, budi, incident, "sudah 60 cm", 2)
    assert [(one.person.name, one.hidden) for one in heard or ()] == [("Rahmat", False)]
    assert "sudah 60 cm" in await office.told(rahmat.telegram_id)
    assert "sudah 60 cm" in await office.told(group.chat_id)
    heard = await note(office, rahmat, incident, "perahu berangkat", 3, group=group)
    assert [one.person.name for one in heard or ()] == ["Budi"]
    assert "perahu berangkat" in await office.told(budi.telegram_id)
    assert await office.told(sari.telegram_id) == ""


async def test_a_corrected_note_is_corrected_everywhere(office: Office) -> None:
    """The same message with other words changes the entry, the card and the message that passed them on; nothing is added."""
    budi = await office.person("Budi", Role.OFFICER, LAPAS)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    group = await office.group("Linggau", "16.73")
    incident = await report(office, budi)
    await take(office, rahmat, incident, Action.TAKE)
    await note(office, budi, incident, "ada 3 orang", 2)
    source = note_source(budi.telegram_id, 2)
    assert await office.do(budi, lambda work: noting.correct(work, "ada 8 orang", source=source))
    assert await note(office, budi, incident, "ada 8 orang", 2) is None, "the message is known"
    for place in (rahmat.telegram_id, group.chat_id):
        told = await office.told(place)
        assert ("ada 8 orang" in told, "ada 3 orang" in told) == (True, False)
    events = await office.rows(IncidentEventRow, IncidentEventRow.action == Action.NOTE.value)
    assert [event.note for event in events] == ["ada 8 orang"]
    assert len(await office.rows(JournalRow, JournalRow.action == "note-corrected")) == 1
    assert not await office.do(rahmat, lambda work: noting.correct(work, "tidak ada", source=source))
    assert not await office.do(budi, lambda work: noting.correct(work, "x", source=note_source(budi.telegram_id, 9)))


async def test_a_note_on_what_was_confided_names_nobody(office: Office) -> None:
    """Who confided an incident is called the reporter in what is passed on, and hidden from who writes to them."""
    budi = await office.person("Budi Santoso", Role.OFFICER, LAPAS)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    incident = await report(office, budi, category="neutrality", confidential=True)
    await take(office, rahmat, incident, Action.TAKE)
    await note(office, budi, incident, "saya Santoso melihatnya", 2)
    told = await office.told(rahmat.telegram_id)
    assert ("melihatnya" in told, "Santoso" in told, "Budi" in told) == (True, False, False)
    heard = await note(office, rahmat, incident, "siap", 3)
    assert [one.hidden for one in heard or ()] == [True]
    assert "siap" in await office.told(budi.telegram_id)


async def test_files_and_places_without_words_are_told_too(office: Office) -> None:
    """An officer's are told to the owner, once for a message; who comes to an incident is on the timeline, once."""
    budi = await office.person("Budi", Role.OFFICER, LAPAS)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    incident = await report(office, budi)
    await take(office, rahmat, incident, Action.TAKE)
    before = await office.told(rahmat.telegram_id)
    for _ in range(2):
        await about(office, budi, incident, lambda work, record: noting.tell_files(work, record, 2, source="e:1:2"))
    await about(office, budi, incident, lambda work, record: noting.tell_place(work, record, source="n:1:3"))
    told = (await office.told(rahmat.telegram_id)).removeprefix(before)
    assert told.count("I-1") == 2

    async def arrive(work: Work, record: IncidentRecord) -> bool:
        return await noting.add_place(work, record, (-3.29, 102.86), source="n:1:4")

    assert [await about(office, rahmat, incident, arrive) for _ in range(2)] == [True, False]
    event = await office.one(IncidentEventRow, IncidentEventRow.action == "located")
    assert event.note == "-3.29000, 102.86000"
