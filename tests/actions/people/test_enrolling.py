"""Enrolling: what agreeing to an invitation changes, and for whom it changes nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.people import enrolling, inviting, reach
from actions.people.enrolling import Enrolled, Newcomer
from actions.work import Work
from core.kit.texts import UserError
from core.people.consent import proof_of
from core.people.invites import InviteRequest
from core.people.roles import Role
from storage.people import invites
from storage.tables import AssignmentRow, InviteRow, JournalRow, PersonRow
from tests.actions_kit import Office

BUDI = Newcomer(700, "Budi", "id")
EVERYTHING = InviteRequest(Role.ADMIN, "", None, agency=None, uses=1, days=7)


async def invited(office: Office, *, code: str = "LAPAS-1673", uses: int = 1, shared: bool = False) -> str:
    """The code of an invitation for officers of a post, made by an admin."""
    post = await office.post(code)
    asked = InviteRequest(Role.OFFICER, post.region_code, post.id, agency=None, uses=uses, days=7, shared=shared)
    return await made(office, asked)


async def made(office: Office, asked: InviteRequest) -> str:
    """The code of an invitation."""
    admin = await office.person("Sari", Role.ADMIN, "")
    return (await office.do(admin, lambda work: inviting.make(work, asked))).row.code


async def agree(office: Office, who: PersonRow | None, code: str, newcomer: Newcomer = BUDI) -> Enrolled | None:
    """Let somebody open an invitation and agree to it."""

    async def act(work: Work) -> Enrolled | None:
        opened = await enrolling.open_invite(work, code, telegram_id=newcomer.telegram_id)
        return await enrolling.agree(work, code, newcomer, proof=opened.proof)

    return await office.do(who, act)


async def refusal(office: Office, code: str, newcomer: Newcomer = BUDI) -> str:
    """Why an invitation cannot be opened, which is why it cannot be agreed to."""
    keys, me = [], newcomer.telegram_id
    secret = await office.db.write(invites.consent_secret)
    proof = proof_of(secret, telegram_id=me, code=code)
    for act in (
        lambda work: enrolling.open_invite(work, code, telegram_id=me),
        lambda work: enrolling.agree(work, code, newcomer, proof=proof),
    ):
        with pytest.raises(UserError) as error:
            await office.do(None, act)
        keys.append(error.value.key)
    assert len(set(keys)) == 1
    return keys[0]


async def row_of(office: Office, newcomer: Newcomer) -> PersonRow:
    """What is stored of somebody."""
    return await office.one(PersonRow, PersonRow.telegram_id == newcomer.telegram_id)


async def test_opening_changes_nothing(office: Office) -> None:
    """Whoever opens an invitation sees for which post it is; nobody is enrolled, and no use is counted."""
    code = await invited(office)
    opened = await office.do(None, lambda work: enrolling.open_invite(work, code, telegram_id=BUDI.telegram_id))
    assert (opened.row.code, opened.held) == (code, False)
    assert opened.place.endswith("(LAPAS-1673)")
    assert await office.rows(PersonRow, PersonRow.telegram_id == BUDI.telegram_id) == []
    assert (await office.one(InviteRow)).uses_left == 1


async def test_who_agrees_is_taken_in(office: Office) -> None:
    """The person is kept with the time of consent and the agency, and holds the role at the post from now on."""
    code = await invited(office)
    enrolled = await agree(office, None, code)
    assert enrolled is not None
    assert enrolled.roles == {Role.OFFICER}
    person = await row_of(office, BUDI)
    assert (person.name, person.agency, person.telegram_language) == ("Budi", "lapas", "id")
    assert (person.consent_at, person.active, person.shared) == (office.now, True, False)
    held = await office.one(AssignmentRow, AssignmentRow.person_id == person.id)
    assert (held.role, held.granted, held.valid_from) == ("officer", f"invite:{code}", office.now)
    assert (await office.one(InviteRow)).uses_left == 0
    line = await office.one(JournalRow, JournalRow.action == "enrolled")
    assert (line.subject, line.detail) == (f"person:{person.id}", {"role": "officer", "place": enrolled.place})


async def test_only_who_was_sent_the_explanation_agrees(office: Office) -> None:
    """Without the proof, with another's, or with that of another invitation nobody is enrolled."""
    code, other = await invited(office), await invited(office)
    secret = await office.db.write(invites.consent_secret)
    made_up = proof_of("a guess", telegram_id=BUDI.telegram_id, code=code)
    odd = [proof_of(secret, telegram_id=me, code=one) for me, one in ((701, code), (BUDI.telegram_id, other))]
    for proof in (None, "", "x", made_up, *odd):
        with pytest.raises(UserError, match="tap-invite-again"):
            await office.do(None, lambda work, proof=proof: enrolling.agree(work, code, BUDI, proof=proof))  # type: ignore[misc]
    assert await office.rows(PersonRow, PersonRow.telegram_id == BUDI.telegram_id) == []
    assert await agree(office, None, code) is not None


async def test_agreeing_twice_changes_nothing(office: Office) -> None:
    """Who holds all of an invitation takes no further use of it, and has no second role."""
    code = await invited(office, uses=2)
    await agree(office, None, code)
    person = await row_of(office, BUDI)
    assert await agree(office, person, code) is None
    assert (await office.do(person, lambda work: enrolling.open_invite(work, code, telegram_id=BUDI.telegram_id))).held
    assert (await office.one(InviteRow)).uses_left == 1
    assert len(await office.rows(AssignmentRow, AssignmentRow.person_id == person.id)) == 1


async def test_what_cannot_be_agreed_to(office: Office) -> None:
    """An invitation that is unknown, used up by somebody else, or too old is refused, each with its reason."""
    code = await invited(office)
    await agree(office, None, code)
    assert await refusal(office, code, replace(BUDI, telegram_id=701)) == "invite-used"
    assert await refusal(office, "nothing") == "invite-unknown"
    office.clock.advance(days=7)
    assert await refusal(office, code) == "invite-expired"
    assert await office.rows(PersonRow, PersonRow.telegram_id == 701) == []


async def test_a_further_role_is_added(office: Office) -> None:
    """Who has enrolled keeps what they hold and the agency, and gets what a further invitation gives."""
    budi = await office.person("Budi", Role.OFFICER, "LAPAS-1673", agency="lapas")
    code = await made(office, replace(EVERYTHING, role=Role.COORDINATOR, region_code="16.73"))
    newcomer = Newcomer(budi.telegram_id, "Another name", "en")
    enrolled = await agree(office, budi, code, newcomer)
    assert enrolled is not None
    assert enrolled.roles == {Role.OFFICER, Role.COORDINATOR}
    person = await row_of(office, newcomer)
    assert (person.id, person.name, person.agency) == (budi.id, "Budi", "lapas")


async def test_a_desk_phone_becomes_one_by_its_invitation(office: Office) -> None:
    """An invitation for a phone that several use marks who holds the post already, without a second role."""
    budi = await office.person("Budi", Role.OFFICER, "LAPAS-1673")
    code = await invited(office, shared=True)
    newcomer = Newcomer(budi.telegram_id, "Budi", "id")
    assert await agree(office, budi, code, newcomer) is not None
    assert (await row_of(office, newcomer)).shared
    assert len(await office.rows(AssignmentRow, AssignmentRow.person_id == budi.id)) == 1


@pytest.mark.parametrize(("language", "everywhere"), [("id", "seluruh wilayah"), ("en", "the whole territory")])
async def test_the_whole_territory_is_named_in_the_journal(office: Office, language: str, everywhere: str) -> None:
    """An invitation over everything has no place of its own; the journal says so in the language of who agreed."""
    code = await made(office, EVERYTHING)
    enrolled = await agree(office, None, code, replace(BUDI, language=language))
    assert enrolled is not None
    assert enrolled.place == ""
    line = await office.one(JournalRow, JournalRow.action == "enrolled")
    assert line.detail["place"] == everywhere


async def test_somebody_blocks_the_bot_and_takes_it_back(office: Office) -> None:
    """Who blocks the bot counts as out of reach since then, until it is taken back."""
    budi = await office.person("Budi", Role.OFFICER, "LAPAS-1673")
    await office.do(budi, lambda work: reach.blocked(work, budi.telegram_id))
    assert (await office.one(PersonRow, PersonRow.id == budi.id)).unreachable_since == office.now
    await office.do(budi, lambda work: reach.unblocked(work, budi.telegram_id))
    assert (await office.one(PersonRow, PersonRow.id == budi.id)).unreachable_since is None
