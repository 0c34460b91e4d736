"""Referring an incident to another body, by calling: its groups get the card, and one of them must accept it."""

from __future__ import annotations

import pytest

from actions.incidents import steps
from actions.incidents.steps import Outcome, Unreferred
from core.groups.purposes import Purpose
from core.incidents.lifecycle import Action, Refusal
from core.kit.texts import UserError
from core.people.roles import Role
from storage.tables import GroupRow, IncidentRow, PersonRow
from tests.actions_kit import Office
from tests.steps_kit import LAPAS, about, report, state_of, take


async def refer(
    office: Office, who: PersonRow, incident: int, body: str, *, group: GroupRow | None = None
) -> Outcome | Unreferred:
    """Let somebody refer an incident."""
    return await about(office, who, incident, lambda work, record: steps.refer(work, record, body), group=group)


async def test_a_referral_waits_until_its_group_accepts_it(office: Office) -> None:
    """The body's group gets the card; who accepts there owns the incident, and who referred it hears of it."""
    budi = await office.person("Budi", Role.OFFICER, LAPAS)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    dewi = await office.person("Dewi", Role.COORDINATOR, "16.73")
    posko = await office.group("Posko", "16.73", Purpose.COORDINATION)
    bawaslu = await office.group("Bawaslu", "16.73", Purpose.NEUTRALITY)
    incident = await report(office, budi)
    await take(office, rahmat, incident, Action.TAKE, group=posko)
    assert "I-1" not in await office.told(bawaslu.chat_id)
    outcome = await refer(office, rahmat, incident, "bawaslu", group=posko)
    assert isinstance(outcome, Outcome)
    assert outcome.taken
    row = await office.one(IncidentRow)
    assert (row.state, row.referred_to, row.referred_by) == ("referred", "bawaslu", rahmat.id)
    assert "Dirujuk ke Bawaslu/Gakkumdu" in await office.told(bawaslu.chat_id)
    assert "dirujuk ke Bawaslu/Gakkumdu oleh Rahmat" in await office.told(budi.telegram_id)
    with pytest.raises(UserError) as error:
        await about(office, rahmat, incident, steps.accept, group=bawaslu)
    assert error.value.key == "tap-accept-own"
    assert (await about(office, dewi, incident, steps.accept, group=bawaslu)).taken
    assert await state_of(office, incident) == ("acknowledged", dewi.id)
    assert "diterima oleh Dewi" in await office.told(rahmat.telegram_id)


async def test_a_body_without_a_group_gets_nothing(office: Office) -> None:
    """Nothing changes, and the admins are told once which group is missing."""
    budi = await office.person("Budi", Role.OFFICER, LAPAS)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    admin = await office.person("Ani", Role.ADMIN, "16")
    incident = await report(office, budi)
    for _ in range(2):
        assert await refer(office, rahmat, incident, "bpbd") is Unreferred.NOBODY
    assert await state_of(office, incident) == ("new", None)
    assert (await office.told(admin.telegram_id)).count("hendak dirujuk") == 1
    with pytest.raises(UserError):
        await refer(office, rahmat, incident, "nowhere")


async def test_a_referral_that_cannot_be_says_why(office: Office) -> None:
    """What is over is not referred, what a body has already is not sent there again, and an officer refers nothing."""
    budi = await office.person("Budi", Role.OFFICER, LAPAS)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    dewi = await office.person("Dewi", Role.COORDINATOR, "16.73")
    bpbd = await office.group("BPBD", "16.73", Purpose.DISASTER)
    incident = await report(office, budi)
    refused = await refer(office, budi, incident, "bpbd")
    assert isinstance(refused, Outcome)
    assert refused.refusal is Refusal.PART
    await refer(office, rahmat, incident, "bpbd")
    await about(office, dewi, incident, steps.accept, group=bpbd)
    assert await refer(office, dewi, incident, "bpbd") is Unreferred.SAME
    await take(office, dewi, incident, Action.RESOLVE)
    refused = await refer(office, dewi, incident, "bpbd")
    assert isinstance(refused, Outcome)
    assert refused.refusal is Refusal.STATE
