"""Looking at what an incident holds, by calling: who may, what they see, and what is journaled."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import update

from actions.incidents import looking
from actions.incidents.looking import Batch
from actions.work import Work
from core.evidence.files import SentFile
from core.groups.purposes import Purpose
from core.incidents.lifecycle import Action
from core.kit.texts import UserError
from core.people.roles import Role
from core.privacy.confidants import Confidant
from storage import evidence
from storage.incidents import incidents
from storage.incidents.reporter import Identity
from storage.records import IncidentRecord
from storage.tables import JournalRow, PersonRow, ScreenRow
from tests.actions_kit import BOT, Office
from tests.steps_kit import LAPAS, about, report, take


async def _named(work: Work, incident_id: int) -> IncidentRecord:
    """The incident as who names its number finds it: whoever that is."""
    record = await incidents.get(work.tx, incident_id)
    assert record is not None
    return record


async def test_a_copy_is_for_who_acts_there(office: Office) -> None:
    """The coordinator of the region is shown the card in private; one from elsewhere and the officer are shown nothing."""
    budi = await office.person("Budi", Role.OFFICER, LAPAS)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    sari = await office.person("Sari", Role.COORDINATOR, "16.71")
    incident = await report(office, budi)

    async def show(work: Work) -> bool:
        return await looking.show_copy(work, await _named(work, incident))

    shown = [await office.do(who, show) for who in (rahmat, sari, budi)]
    assert shown == [True, False, False]
    assert "I-1" in await office.told(rahmat.telegram_id)
    assert [await office.told(who.telegram_id) for who in (sari, budi)] == ["", ""]


async def test_a_card_comes_anew_where_the_group_may_hear(office: Office) -> None:
    """It is the group's card from then on, in the thread that asked; nothing moves for anybody else, or elsewhere."""
    budi = await office.person("Budi", Role.OFFICER, LAPAS)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    sari = await office.person("Sari", Role.COORDINATOR, "16.71")
    group, away = await office.group("Linggau", "16.73"), await office.group("Palembang", "16.71")
    incident = await report(office, budi)

    async def bring(work: Work) -> bool:
        return await looking.bring_here(work, await _named(work, incident), 7)

    async def place() -> tuple[int | None, int | None]:
        card = await office.one(ScreenRow, ScreenRow.chat_id == group.chat_id)
        return card.thread_id, card.message_id

    await office.db.write(lambda tx: tx.execute(update(ScreenRow).values(message_id=50)))  # the card has been sent
    asked = [(sari, group), (budi, group), (rahmat, away), (rahmat, None)]
    assert [await office.do(who, bring, group=where) for who, where in asked] == [False] * 4
    assert (await place(), await office.told(away.chat_id)) == ((None, 50), "")
    assert await office.do(rahmat, bring, group=group)
    assert await place() == (7, None)


async def test_files_are_seen_by_who_handles_the_incident(office: Office) -> None:
    """So many at once, each look in the journal; the officer and who has nothing to do with it see none."""
    budi = await office.person("Budi", Role.OFFICER, LAPAS)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    incident = await report(office, budi)

    async def send(work: Work, record: IncidentRecord) -> None:
        for number in range(3):
            file = SentFile("photo", f"file{number}", f"unique{number}", None, "image/jpeg", 1000)
            origin = evidence.Origin(budi.telegram_id, number + 1, None, work.now)
            row = evidence.add(work.tx, file, origin, person_id=budi.id, cause=(BOT, work.origin), now=work.now)
            evidence.assign([row], report=record.report, draft_source=None)

    async def see(work: Work, record: IncidentRecord, skipped: int) -> Batch:
        return await looking.files(work, record, skipped=skipped, limit=2)

    with pytest.raises(UserError) as error:
        await about(office, rahmat, incident, lambda work, record: see(work, record, 0))
    assert error.value.key == "tap-files-none"
    await about(office, budi, incident, send)
    first = await about(office, rahmat, incident, lambda work, record: see(work, record, 0))
    assert ([one.row.file_id for one in first.files], first.left, first.total) == (["file0", "file1"], 1, 3)
    last = await about(office, rahmat, incident, lambda work, record: see(work, record, 2))
    assert ([one.row.file_id for one in last.files], last.left) == (["file2"], 0)
    with pytest.raises(UserError) as error:
        await about(office, budi, incident, lambda work, record: see(work, record, 0))
    assert error.value.key == "tap-files-not-yours"
    lines = await office.rows(JournalRow, JournalRow.action == "evidence-seen")
    assert [(line.person_id, line.detail) for line in lines] == [
        (rahmat.id, {"files": 2, "first": 1}),
        (rahmat.id, {"files": 1, "first": 3}),
    ]


async def test_the_history_is_for_who_acts(office: Office) -> None:
    """It begins with the opening, by name where nothing was confided; the officer reads the card alone."""
    budi = await office.person("Budi", Role.OFFICER, LAPAS)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    incident, secret = await report(office, budi), await report(office, budi, confidential=True)
    await take(office, rahmat, incident, Action.TAKE)
    entries = await about(office, rahmat, incident, looking.history)
    assert [(one.action, one.who) for one in entries] == [("opened", "Budi"), ("taken", "Rahmat")]
    (opening,) = await about(office, rahmat, secret, looking.history)
    assert (opening.who, opening.by_reporter) == (None, True)
    with pytest.raises(UserError) as error:
        await about(office, budi, incident, looking.history)
    assert error.value.key == "tap-not-your-region"


async def test_who_confided_is_seen_by_who_is_named_for_it(office: Office) -> None:
    """Alone with the bot, and each look and each refusal is journaled; who confided it hears of the look."""
    budi = await office.person("Budi", Role.OFFICER, LAPAS)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    hakim = await office.person("Hakim", Role.COORDINATOR, "16.73")
    group = await office.group("Linggau", "16.73")
    named = (Confidant(hakim.telegram_id, "", frozenset()),)
    office.desk = replace(office.desk, confidants=named)
    incident = await report(office, budi, confidential=True)

    async def look(work: Work, record: IncidentRecord) -> Identity | None:
        return await looking.identity(work, record, telegram_id=work.person.telegram_id)

    async def seen(who: PersonRow) -> list[str]:
        lines = await office.rows(JournalRow, JournalRow.person_id == who.id)
        return [line.action for line in lines if line.action.startswith("identity")]

    assert await about(office, rahmat, incident, look) is None
    assert await about(office, hakim, incident, look, group=group) is None
    assert await office.told(budi.telegram_id) == ""
    found = await about(office, hakim, incident, look)
    assert found is not None
    assert [one.name for one in found.persons] == ["Budi"]
    assert "I-1" in await office.told(budi.telegram_id)
    assert (await seen(rahmat), await seen(hakim)) == (["identity-refused"], ["identity-refused", "identity-seen"])


async def test_a_group_hears_of_what_it_is_linked_for(office: Office) -> None:
    """Elsewhere, or linked for something else, it hears of an incident only when it has the card."""
    budi = await office.person("Budi", Role.OFFICER, LAPAS)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16")
    fitting = await office.group("BPBD", "16.73", Purpose.DISASTER)
    other = await office.group("Bawaslu", "16.73", Purpose.NEUTRALITY)
    away = await office.group("Palembang", "16.71")
    incident = await report(office, budi)

    async def hears(work: Work, record: IncidentRecord) -> bool:
        return await looking.heard_here(work, record.incident)

    found = [await about(office, rahmat, incident, hears, group=group) for group in (fitting, other, away, None)]
    assert found == [True, False, False, False]
