"""Putting somebody out, by calls alone: what ends, what is left to whom, and who hears of it."""

from __future__ import annotations

from functools import partial

import pytest

from actions.incidents import steps
from actions.people import enrolling, inviting, open_invites
from actions.people.enrolling import Newcomer
from actions.roster import handover, personnel, removing
from actions.roster.removing import Removed
from actions.work import Work
from core.groups.purposes import Purpose
from core.incidents.lifecycle import Action
from core.kit.texts import UserError
from core.people.consent import proof_of
from core.people.invites import InviteRequest
from core.people.roles import Role
from core.roster.removal import Why
from storage.people import invites, people
from storage.people.people import SETTINGS
from storage.reports import drafts
from storage.tables import (
    AssignmentRow,
    DraftRow,
    HandoverRow,
    IncidentEventRow,
    IncidentRow,
    InviteRow,
    JournalRow,
    PersonRow,
)
from tests.actions_kit import Office
from tests.steps_kit import about, report, state_of, take

POST, OTHER = "LAPAS-1673", "RUTAN-1674"  # in Lubuk Linggau and in Prabumulih
HERE, THERE = "16.73", "16.74"


async def remove(office: Office, who: PersonRow, whom: PersonRow, why: Why = Why.UNSAID) -> Removed:
    """Let somebody put somebody else out, a minute later."""
    office.clock.advance(minutes=1)
    return await office.do(who, lambda work: removing.remove(work, whom.id, why))


async def refused(office: Office, who: PersonRow, whom: PersonRow) -> str:
    """Why somebody may not put somebody out; nothing is changed."""
    before = await held(office, whom)
    with pytest.raises(UserError) as error:
        await remove(office, who, whom)
    assert await held(office, whom) == before
    return error.value.key


async def held(office: Office, person: PersonRow) -> list[tuple[str, str]]:
    """What somebody holds now."""
    rows = await office.rows(AssignmentRow, AssignmentRow.person_id == person.id)
    return [(row.role, row.region_code) for row in rows if row.valid_to is None or row.valid_to > office.now]


async def row_of(office: Office, person: PersonRow) -> PersonRow:
    """What is stored of somebody."""
    return await office.one(PersonRow, PersonRow.id == person.id)


async def invited(office: Office, by: PersonRow, role: Role, place: str, *, uses: int = 20) -> str:
    """The code of an invitation, of a post or over a region."""
    post = await office.post(place) if role is Role.OFFICER else None
    asked = InviteRequest(role, post.region_code if post else place, post.id if post else None, None, uses, 7)
    return (await office.do(by, lambda work: inviting.make(work, asked))).row.code


async def come_back(office: Office, person: PersonRow, code: str, *, known: bool = False) -> str:
    """Let somebody open an invitation and agree to it; gives why they cannot, or how they come in."""
    newcomer = Newcomer(person.telegram_id, person.name, "id")
    who, keys = person if known else None, []
    secret = await office.db.write(invites.consent_secret)
    proof = proof_of(secret, telegram_id=person.telegram_id, code=code)
    for act in (
        lambda work: enrolling.open_invite(work, code, telegram_id=person.telegram_id),
        lambda work: enrolling.agree(work, code, newcomer, proof=proof),
    ):
        try:
            await office.do(who, act)
        except UserError as error:
            keys.append(error.key)
    return keys[0] if keys and len(set(keys)) == 1 and len(keys) == 2 else "in" if not keys else f"half: {keys}"


async def test_who_is_put_out_holds_nothing(office: Office) -> None:
    """What lay in the authority of who did it ends, the person is no longer active, and the journal says all of it."""
    sari, budi = await office.person("Sari", Role.ADMIN, HERE), await office.person("Budi", Role.OFFICER, POST)
    removed = await remove(office, sari, budi, Why.MOVED)
    assert await held(office, budi) == []
    row = await row_of(office, budi)
    assert (row.active, row.removed_at) == (False, office.now)
    assert [one.code for one in removed.empty] == [POST]
    line = await office.one(JournalRow, JournalRow.action == "removed")
    assert (line.person_id, line.subject, line.detail["why"]) == (sari.id, f"person:{budi.id}", "moved")
    assert line.detail["ended"] == [{"role": "officer", "region": "16.73.06.1002", "post": POST}]


async def test_everybody_concerned_is_told_once(office: Office) -> None:
    """The person hears it calmly with the reason, other admins there hear who did it; those elsewhere nothing."""
    sari, budi = await office.person("Sari", Role.ADMIN, HERE), await office.person("Budi", Role.OFFICER, POST)
    other = await office.person("Dewi", Role.ADMIN, "16", language="en")
    outside = await office.person("Joko", Role.ADMIN, THERE)
    await remove(office, sari, budi, Why.DONE)
    told = await office.told(budi.telegram_id)
    assert all(word in told for word in ("Sari mengakhiri tugas Anda", POST, "tugas selesai", "undangan baru"))
    news = await office.told(other.telegram_id)
    assert all(word in news for word in ("Sari removed", "Budi", POST, "duty is done"))
    assert [await office.told(one.telegram_id) for one in (sari, outside)] == ["", ""]


async def test_who_may_not_be_put_out(office: Office) -> None:
    """Nobody puts out themselves, an admin of the settings, an admin above, or whoever serves elsewhere."""
    sari, whole = await office.person("Sari", Role.ADMIN, HERE), await office.person("Ann", Role.ADMIN, "")
    rahmat = await office.person("Rahmat", Role.COORDINATOR, HERE)
    outside = await office.person("Joko", Role.OFFICER, OTHER)
    named = await office.person("Wati", Role.OFFICER)

    async def name_in_settings(work: Work) -> None:
        row = await people.find_person(work.tx, named.id)
        assert row is not None
        people.assign(work.tx, row, role="admin", region_code="", post_id=None, granted=SETTINGS, now=work.now)

    await office.do(None, name_in_settings)
    assert await refused(office, sari, sari) == "remove-bar-self"
    assert await refused(office, whole, named) == "remove-bar-settings"
    assert await refused(office, sari, whole) == "remove-bar-above"
    assert await refused(office, rahmat, sari) == "remove-bar-above"
    assert await refused(office, rahmat, rahmat) == "remove-bar-self"
    assert await refused(office, rahmat, outside) == "remove-bar-nothing"
    assert await refused(office, outside, rahmat) == "remove-bar-nothing"
    await remove(office, whole, outside)
    assert await refused(office, whole, outside) == "tap-not-your-person"


async def test_what_lies_elsewhere_stays(office: Office) -> None:
    """Who holds a post in another regency too keeps it, stays active and reads so."""
    sari, budi = await office.person("Sari", Role.ADMIN, HERE), await office.person("Budi", Role.OFFICER, POST, OTHER)
    removed = await remove(office, sari, budi)
    assert [one.assignment.region_code[:5] for one in removed.left] == [THERE]
    assert (await row_of(office, budi)).active
    told = await office.told(budi.telegram_id)
    assert "Tugas Anda yang lain tetap" in told
    assert OTHER in told.split("tetap")[1]


async def test_an_old_invitation_readmits_nobody(office: Office) -> None:
    """Whatever was made before the removal is refused, opened before it or after; a new invitation lets them in."""
    sari, budi = await office.person("Sari", Role.ADMIN, HERE), await office.person("Budi", Role.OFFICER, POST)
    old = [await invited(office, sari, Role.OFFICER, POST), await invited(office, sari, Role.COORDINATOR, HERE)]
    await office.do(budi, lambda work: enrolling.open_invite(work, old[1], telegram_id=budi.telegram_id))
    await remove(office, sari, budi)
    assert [await come_back(office, budi, code) for code in old] == ["invite-removed"] * 2
    assert await held(office, budi) == []
    stranger = await office.person("Tono", Role.OFFICER)
    assert await come_back(office, stranger, old[0]) == "in"
    office.clock.advance(seconds=1)
    assert await come_back(office, budi, await invited(office, sari, Role.OFFICER, POST)) == "in"
    assert (await row_of(office, budi)).active
    assert await come_back(office, budi, old[1], known=True) == "invite-removed"


async def test_who_stays_elsewhere_does_not_come_back_either(office: Office) -> None:
    """Neither an old link nor a colleague's handover gives back the post to who still serves in another regency."""
    sari, budi = await office.person("Sari", Role.ADMIN, HERE), await office.person("Budi", Role.OFFICER, POST, OTHER)
    joko = await office.person("Joko", Role.OFFICER, POST)
    old = await invited(office, sari, Role.OFFICER, POST)
    post = await office.post(POST)
    await office.do(joko, lambda work: handover.offer(work, post.id, budi.id))
    await remove(office, sari, budi)
    assert await come_back(office, budi, old, known=True) == "invite-removed"
    assert (await office.one(HandoverRow)).state == "dropped"
    row = (await office.one(HandoverRow)).id
    with pytest.raises(UserError, match="tap-handover-dropped"):
        await office.do(budi, lambda work: handover.take(work, row))
    with pytest.raises(UserError, match="tap-too-old"):
        await office.do(joko, lambda work: handover.offer(work, post.id, budi.id))
    assert "tidak berlaku lagi" in await office.told(joko.telegram_id)


async def test_an_offer_of_who_is_put_out_is_dropped(office: Office) -> None:
    """The post is not passed on by somebody who does not hold it any more; the receiver sees it."""
    sari, budi = await office.person("Sari", Role.ADMIN, HERE), await office.person("Budi", Role.OFFICER, POST)
    joko, post = await office.person("Joko", Role.OFFICER, POST), await office.post(POST)
    await office.do(budi, lambda work: handover.offer(work, post.id, joko.id))
    await remove(office, sari, budi)
    assert (await office.one(HandoverRow)).state == "dropped"
    assert "tidak berlaku lagi" in await office.told(joko.telegram_id)


async def test_what_they_owned_waits_to_be_taken(office: Office) -> None:
    """An incident of a coordinator who is put out has no owner at once; its group, officer and remover see which."""
    sari, budi = await office.person("Sari", Role.ADMIN, HERE), await office.person("Budi", Role.OFFICER, POST)
    rahmat, group = await office.person("Rahmat", Role.COORDINATOR, HERE), await office.group("Linggau", HERE)
    incident = await report(office, budi)
    await take(office, rahmat, incident, Action.TAKE)
    removed = await remove(office, sari, rahmat)
    assert removed.incidents == (1,)
    assert await state_of(office, incident) == ("new", None)
    assert "Rahmat tidak bertugas lagi di sini" in await office.told(group.chat_id)
    assert "menunggu diterima lagi" in await office.told(budi.telegram_id)
    event = (await office.rows(IncidentEventRow))[-1]
    assert (event.action, event.note) == ("lapsed", "Rahmat")


async def test_a_referred_incident_that_comes_back_comes_back_to_nobody(office: Office) -> None:
    """Its sender is put out while another body has it: it stays there, and waits to be taken if it is sent back."""
    sari, budi = await office.person("Sari", Role.ADMIN, HERE), await office.person("Budi", Role.OFFICER, POST)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, HERE)
    dewi = await office.person("Dewi", Role.COORDINATOR, HERE, agency="bpbd")
    incident = await report(office, budi)
    await take(office, rahmat, incident, Action.TAKE)
    await office.group("BPBD", HERE, Purpose.DISASTER)
    await about(office, rahmat, incident, lambda work, record: steps.refer(work, record, "bpbd"))
    removed = await remove(office, sari, rahmat)
    assert (removed.incidents, await state_of(office, incident)) == ((1,), ("referred", None))
    outcome = await take(office, dewi, incident, Action.RETURN, note="return-not-ours")
    assert outcome.taken
    assert await state_of(office, incident) == ("new", None)


async def test_who_is_put_out_hears_nothing_more(office: Office) -> None:
    """Steps of an incident that they reported, or whose copy they have, do not reach them; another officer follows it."""
    sari, budi = await office.person("Sari", Role.ADMIN, HERE), await office.person("Budi", Role.OFFICER, POST)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, HERE)
    joko = await office.person("Joko", Role.OFFICER, POST)
    first = await report(office, budi)
    await remove(office, sari, budi)
    before = await office.told(budi.telegram_id)
    await take(office, rahmat, first, Action.TAKE)
    assert await office.told(budi.telegram_id) == before
    assert "diterima oleh Rahmat" in await office.told(joko.telegram_id)
    assert (await office.one(IncidentRow)).contact_id == joko.id


async def test_a_lone_reporter_who_is_put_out_hears_nothing_either(office: Office) -> None:
    """Without another officer at the post the incident keeps its reporter, who is told of no step."""
    sari, budi = await office.person("Sari", Role.ADMIN, HERE), await office.person("Budi", Role.OFFICER, POST)
    rahmat = await office.person("Rahmat", Role.COORDINATOR, HERE)
    incident = await report(office, budi)
    await remove(office, sari, budi)
    before = await office.told(budi.telegram_id)
    await take(office, rahmat, incident, Action.TAKE)
    await take(office, rahmat, incident, Action.RESOLVE)
    assert await office.told(budi.telegram_id) == before


async def test_invitations_that_they_made_are_withdrawn(office: Office) -> None:
    """Nobody keeps a door open for themselves or others; what was made by others stays, and is pointed out."""
    sari, rahmat = await office.person("Sari", Role.ADMIN, HERE), await office.person("Rahmat", Role.COORDINATOR, HERE)
    own = await invited(office, rahmat, Role.OFFICER, POST)
    await invited(office, sari, Role.COORDINATOR, HERE)
    removed = await remove(office, sari, rahmat)
    assert (removed.withdrawn, removed.invites) == (1, 1)
    assert (await office.one(InviteRow, InviteRow.code == own)).uses_left == 0
    assert await come_back(office, await office.person("Tono", Role.OFFICER), own) == "invite-used"


async def test_drafts_are_kept_and_told(office: Office) -> None:
    """What was not sent stays for a return, is not sent, and the person is told so that it is not lost unseen."""
    sari, budi = await office.person("Sari", Role.ADMIN, HERE), await office.person("Budi", Role.OFFICER, POST)

    async def begin(work: Work) -> None:
        drafts.save(
            work.tx, None, person_id=budi.id, form_id="status", answers={}, asking=[], text="", source="m:1:1",
            sent_at=work.now, updated_at=work.now,
        )  # fmt: skip

    await office.do(budi, begin)
    await remove(office, sari, budi)
    assert len(await office.rows(DraftRow)) == 1
    assert "1 isian Anda belum terkirim" in await office.told(budi.telegram_id)


async def test_a_coordinator_puts_out_officers_at_home(office: Office) -> None:
    """A coordinator ends officers' duty inside the own region, and what else such a person holds stays."""
    rahmat = await office.person("Rahmat", Role.COORDINATOR, HERE)
    budi = await office.person("Budi", Role.OFFICER, POST)
    await remove(office, rahmat, budi)
    assert await held(office, budi) == []


async def test_the_list_shows_the_own_territory_alone(office: Office) -> None:
    """An admin sees everybody inside, a coordinator officers; by a region, a post's code, a part of a name, page by page."""
    sari, rahmat = await office.person("Sari", Role.ADMIN, HERE), await office.person("Rahmat", Role.COORDINATOR, HERE)
    for number in range(9):
        await office.person(f"Budi {number}", Role.OFFICER, POST, agency="lapas")
    await office.person("Joko", Role.OFFICER, OTHER)

    async def names(who: PersonRow, words: str = "", page: int = 1) -> list[str]:
        found = await office.do(who, lambda work: personnel.listing(work, words, page))
        return [one.person.name for one in found.shown]

    assert await names(sari, page=2) == ["Budi 8", "Rahmat", "Sari"]
    assert await names(rahmat, page=9) == ["Budi 8"]
    assert len(await names(rahmat, "lubuklinggau")) == 8
    assert len(await names(rahmat, "lapas-1673")) == 8
    assert await names(sari, "di 3") == ["Budi 3"]
    for words, key in (("Prabumulih", "people-elsewhere"), ("Jok", "people-nobody"), ("Budy 3", "people-nobody-near")):
        with pytest.raises(UserError, match=key) as error:
            await names(sari, words)
    assert "Budi 3" in str(error.value.values["near"])


async def test_invitations_are_listed_and_withdrawn_by_who_may_make_them(office: Office) -> None:
    """A coordinator sees and withdraws officers' invitations at home; one that is over, or another's, is refused."""
    sari, rahmat = await office.person("Sari", Role.ADMIN, "16"), await office.person("Rahmat", Role.COORDINATOR, HERE)
    mine = await invited(office, sari, Role.OFFICER, POST)
    others = [await invited(office, sari, Role.COORDINATOR, HERE), await invited(office, sari, Role.OFFICER, OTHER)]
    found = await office.do(rahmat, lambda work: open_invites.listing(work, 1))
    assert [(one.row.code, one.maker) for one in found.shown] == [(mine, "Sari")]
    assert (await office.do(sari, lambda work: open_invites.listing(work, 1))).count == 3
    for code in (*others, "nothing"):
        with pytest.raises(UserError, match="tap-too-old"):
            await office.do(rahmat, partial(open_invites.withdraw, code=code))
    await office.do(rahmat, lambda work: open_invites.withdraw(work, mine))
    with pytest.raises(UserError, match="tap-invite-over"):
        await office.do(rahmat, lambda work: open_invites.withdraw(work, mine))
    assert await come_back(office, await office.person("Tono", Role.OFFICER), mine) == "invite-used"
    line = await office.one(JournalRow, JournalRow.action == "invite-withdrawn")
    assert (line.person_id, line.detail["uses_left"]) == (rahmat.id, 20)
