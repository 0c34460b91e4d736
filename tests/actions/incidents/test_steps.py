"""Steps of an incident's life, taken by calling: decided, noted, shown on every card, told to who must hear."""

from __future__ import annotations

import pytest

from actions.incidents import steps
from core.groups.purposes import Purpose
from core.incidents.lifecycle import Action, Refusal
from core.kit.texts import UserError
from core.people.roles import Role
from storage.tables import IncidentEventRow
from tests.actions_kit import Office
from tests.steps_kit import LAPAS, about, report, state_of, take


async def test_who_takes_an_incident_owns_it_and_everybody_sees_it(office: Office) -> None:
    """The step stands on the timeline, on the card, and in the one message that the officer gets."""
    budi = await office.person("Budi", Role.OFFICER, LAPAS)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    group = await office.group("Linggau", "16.73")
    incident = await report(office, budi)
    assert "Menunggu diterima" in await office.told(group.chat_id)
    outcome = await take(office, rahmat, incident, Action.TAKE, group=group)
    assert (outcome.taken, outcome.card.people.owner) == (True, "Rahmat")
    assert await state_of(office, incident) == ("acknowledged", rahmat.id)
    assert "Diterima Rahmat" in await office.told(group.chat_id)
    assert (await office.told(budi.telegram_id)).count("diterima oleh Rahmat") == 1
    events = await office.rows(IncidentEventRow, IncidentEventRow.person_id == rahmat.id)
    assert [event.action for event in events] == ["taken"]


async def test_nobody_acts_outside_their_territory(office: Office) -> None:
    """Who has nothing to do with an incident cannot load it, and takes no step; nothing changes."""
    budi = await office.person("Budi", Role.OFFICER, LAPAS)
    dewi = await office.person("Dewi", Role.COORDINATOR, "16.71")
    incident = await report(office, budi)
    with pytest.raises(UserError) as error:
        await take(office, dewi, incident, Action.TAKE)
    assert error.value.key == "tap-not-your-region"
    record = await office.do(budi, lambda work: steps.record_of(work, incident))
    with pytest.raises(UserError) as error:
        await office.do(dewi, lambda work: steps.take(work, record, Action.TAKE))
    assert error.value.key == "tap-not-your-region"
    assert await state_of(office, incident) == ("new", None)


async def test_a_step_that_is_refused_says_why_and_how_things_stand(office: Office) -> None:
    """Of two who take an incident the second learns who has it; an officer may not take it at all; nobody else is told."""
    budi = await office.person("Budi", Role.OFFICER, LAPAS)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    sari = await office.person("Sari", Role.COORDINATOR, "16.73")
    incident = await report(office, budi)
    assert (await take(office, budi, incident, Action.TAKE)).refusal is Refusal.PART
    assert (await take(office, rahmat, incident, Action.TAKE)).taken
    told = await office.told(budi.telegram_id)
    outcome = await take(office, sari, incident, Action.TAKE)
    assert (outcome.refusal, outcome.card.people.owner) == (Refusal.STATE, "Rahmat")
    assert await state_of(office, incident) == ("acknowledged", rahmat.id)
    assert await office.told(budi.telegram_id) == told


async def test_some_steps_need_a_reason(office: Office) -> None:
    """Rejecting without one is refused; with one the officer reads it in their language, as chosen or as written."""
    budi = await office.person("Budi", Role.OFFICER, LAPAS)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    incident = await report(office, budi)
    assert (await take(office, rahmat, incident, Action.REJECT)).refusal is Refusal.REASON
    assert await state_of(office, incident) == ("new", None)
    assert (await take(office, rahmat, incident, Action.REJECT, note="sudah dicek, bukan banjir")).taken
    assert (await state_of(office, incident))[0] == "rejected"
    assert "sudah dicek, bukan banjir" in await office.told(budi.telegram_id)
    assert (await take(office, rahmat, incident, Action.REOPEN, note="reopen-mistake")).taken
    assert office.desk.texts.plain("id", "reopen-mistake") in await office.told(budi.telegram_id)


async def test_who_had_it_hears_what_somebody_else_does(office: Office) -> None:
    """Taken over, the former owner is told; an admin who gives back what is another's learns whose it was."""
    budi = await office.person("Budi", Role.OFFICER, LAPAS)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    sari = await office.person("Sari", Role.COORDINATOR, "16.73")
    admin = await office.person("Ani", Role.ADMIN, "16")
    incident = await report(office, budi)
    await take(office, rahmat, incident, Action.TAKE)
    assert await office.told(rahmat.telegram_id) == ""
    await take(office, sari, incident, Action.TAKE_OVER)
    assert "Sari" in await office.told(rahmat.telegram_id)
    outcome = await take(office, admin, incident, Action.RELEASE)
    assert (outcome.taken, outcome.former) == (True, "Sari")
    assert "Ani" in await office.told(sari.telegram_id)
    await take(office, rahmat, incident, Action.TAKE)
    assert (await take(office, rahmat, incident, Action.RELEASE)).former is None


async def test_the_officer_says_whether_it_is_over(office: Office) -> None:
    """Disputed, it waits again and who had it is told; agreed, it is closed; nobody else answers for the officer."""
    budi = await office.person("Budi", Role.OFFICER, LAPAS)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    group = await office.group("Linggau", "16.73", Purpose.COORDINATION)
    incident = await report(office, budi)
    await take(office, rahmat, incident, Action.RESOLVE, group=group)
    outcome = await about(office, budi, incident, lambda work, record: steps.answer(work, record, over=False))
    assert outcome.taken
    assert await state_of(office, incident) == ("new", None)
    assert "belum selesai" in await office.told(rahmat.telegram_id)
    late = await about(office, budi, incident, lambda work, record: steps.answer(work, record, over=True))
    assert late.refusal is Refusal.STATE
    await take(office, rahmat, incident, Action.RESOLVE)
    with pytest.raises(UserError) as error:
        await about(office, rahmat, incident, lambda work, record: steps.answer(work, record, over=True))
    assert error.value.key == "tap-too-old"
    assert (await about(office, budi, incident, lambda work, record: steps.answer(work, record, over=True))).taken
    assert (await state_of(office, incident))[0] == "closed"
