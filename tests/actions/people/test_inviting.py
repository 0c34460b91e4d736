"""Inviting: who may let whom in where, and what the invitation then holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from actions.people import inviting
from core.kit.texts import UserError
from core.people.invites import InviteRequest
from core.people.roles import Agency, Role
from storage.tables import InviteRow, JournalRow, PersonRow
from tests.actions_kit import Office


async def at_post(office: Office, code: str, *, uses: int = 1, days: int = 7) -> InviteRequest:
    """What is asked for when an officer is invited to a post."""
    post = await office.post(code)
    return InviteRequest(Role.OFFICER, post.region_code, post.id, agency=None, uses=uses, days=days)


def over(role: Role, region_code: str) -> InviteRequest:
    """What is asked for when somebody is invited over a region."""
    return InviteRequest(role, region_code, None, agency=None, uses=1, days=7)


async def refusal(office: Office, who: PersonRow, request: InviteRequest) -> str:
    """Why somebody may not invite so; nothing is kept of it."""
    with pytest.raises(UserError) as error:
        await office.do(who, lambda work: inviting.make(work, request))
    assert await office.rows(InviteRow) == []
    assert await office.rows(JournalRow) == []
    return error.value.key


async def test_an_invitation_holds_what_was_asked_for(office: Office) -> None:
    """The code is fresh, and role, post, uses and days are those of the request; the journal says who invited."""
    sari = await office.person("Sari", Role.ADMIN, "")
    request = await at_post(office, "LAPAS-1673", uses=20, days=3)
    made = await office.do(sari, lambda work: inviting.make(work, request))
    row = await office.one(InviteRow)
    assert row.code == made.row.code
    assert (row.role, row.post_id, row.region_code) == ("officer", request.post_id, "16.73.06.1002")
    assert (row.uses_left, row.expires_at, row.created_by) == (20, office.now + timedelta(days=3), sari.id)
    line = await office.one(JournalRow)
    assert (line.action, line.subject, line.person_id) == ("invited", made.place, sari.id)
    assert made.place.endswith("(LAPAS-1673)")


async def test_a_prison_says_the_agency_unless_the_invitation_does(office: Office) -> None:
    """Who is invited to a prison is of its agency, or of the one that was named."""
    sari = await office.person("Sari", Role.ADMIN, "")
    asked = await at_post(office, "LAPAS-1673")
    unsaid = await office.do(sari, lambda work: inviting.make(work, asked))
    said = await office.do(sari, lambda work: inviting.make(work, replace(asked, agency=Agency.POLRI)))
    assert (unsaid.agency, said.agency) == (Agency.LAPAS, Agency.POLRI)
    assert {row.agency for row in await office.rows(InviteRow)} == {"lapas", "polri"}


async def test_nothing_names_the_agency_of_a_region(office: Office) -> None:
    """Over a region the agency stays open, and the whole territory has no name of its own."""
    sari = await office.person("Sari", Role.ADMIN, "")
    made = await office.do(sari, lambda work: inviting.make(work, over(Role.ADMIN, "")))
    assert (made.agency, made.place) == (None, "")
    assert (await office.one(InviteRow)).agency == Agency.OTHER
    assert (await office.one(JournalRow)).subject == "-"


async def test_a_coordinator_invites_officers_at_home(office: Office) -> None:
    """A coordinator lets officers in inside the own region, nobody else, and nobody outside."""
    rahmat = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    elsewhere = await at_post(office, "LAPAS-1671")
    assert await refusal(office, rahmat, over(Role.COORDINATOR, "16.73")) == "invite-officers-only"
    assert await refusal(office, rahmat, elsewhere) == "not-your-region"
    home = await at_post(office, "LAPAS-1673")
    await office.do(rahmat, lambda work: inviting.make(work, home))
    assert len(await office.rows(InviteRow)) == 1


async def test_an_admin_of_a_part_stays_inside(office: Office) -> None:
    """An admin of one regency lets nobody in elsewhere, and nobody over everything."""
    dewi = await office.person("Dewi", Role.ADMIN, "16.73")
    assert await refusal(office, dewi, over(Role.COORDINATOR, "16.71")) == "not-your-region"
    assert await refusal(office, dewi, over(Role.ADMIN, "")) == "not-your-region"
    made = await office.do(dewi, lambda work: inviting.make(work, over(Role.COORDINATOR, "16.73.06")))
    assert made.row.region_code == "16.73.06"
