"""Calls for help beside their cards: the place of a whole region, the officer's own message, who was told in person."""

from __future__ import annotations

from actions.incidents import alarms, cards
from actions.work import Work
from core.incidents.lifecycle import Action, State
from core.people.roles import Role
from storage.tables import PostRow
from tests.actions_kit import Office
from tests.incidents_kit import POST, alarmed, found, step


async def test_a_region_has_one_place_that_stands_for_it(office: Office) -> None:
    """The first alarm by somebody without a post makes the place, which reports nothing; the next one finds it."""

    async def act(work: Work) -> int:
        return (await alarms.region_place(work.tx, work.desk, "16.73")).id

    assert await office.do(None, act) == await office.do(None, act)
    place = await office.one(PostRow, PostRow.code == "WILAYAH-1673")
    assert (place.name, place.region_code, place.active) == ("Kota Lubuk Linggau", "16.73", False)


async def test_the_callers_message_follows_the_alarm(office: Office) -> None:
    """Who called reads how many were told, with buttons for another post and to take it back; then who comes."""
    budi = await office.person("Budi", Role.OFFICER, POST, "LAPAS-1671")
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    await office.group("Kota", "16.73")
    incident_id = await alarmed(office, budi)

    async def show(work: Work) -> None:
        await alarms.show_own(work.tx, work.desk, await found(work, incident_id), now=work.now)

    await office.do(budi, show)
    told = await office.told(budi.telegram_id)
    assert "DARURAT terkirim" in told
    assert "Menunggu diterima" in told
    await step(office, rahmat, incident_id, Action.TAKE, State.ACKNOWLEDGED)
    await office.do(budi, show)
    assert "oleh Rahmat" in await office.told(budi.telegram_id)


async def test_who_was_told_in_person_is_known(office: Office) -> None:
    """Coordinators with a copy have been told and are not told again; whoever called is none of them."""
    budi = await office.person("Budi", Role.OFFICER, POST)
    near = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    above = await office.person("Sari", Role.COORDINATOR, "16")
    await office.person("Tono", Role.COORDINATOR, "16.71")
    incident_id = await alarmed(office, budi)

    async def act(work: Work) -> tuple[list[int], list[int]]:
        record = await found(work, incident_id)
        card = await cards.load_card(work.tx, work.desk, record)
        await cards.show_copies(work.tx, work.desk, card, [near], now=work.now)
        told = await alarms.told_people(work.tx, work.desk, record.incident)
        left = await alarms.untold_coordinators(work.tx, work.desk, record.incident, now=work.now)
        return [one.id for one in told], [one.id for one in left]

    assert await office.do(None, act) == ([near.id], [above.id])
    assert "I-1" in await office.told(near.telegram_id)
