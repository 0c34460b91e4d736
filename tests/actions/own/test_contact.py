"""One's own rank and number: kept once, shown on the cards of what one reported, deleted everywhere."""

from __future__ import annotations

import pytest

from actions.incidents import cards
from actions.own import contact
from actions.work import Work
from core.incidents.lifecycle import State
from core.kit.texts import UserError
from core.people.contact_line import RANK_LIMIT, ContactLine
from core.people.phones import PhoneProblem
from core.people.roles import Role
from storage.incidents import incidents
from storage.records import IncidentRecord
from storage.reports import reports
from storage.tables import GroupRow, IncidentRow, JournalRow, PersonRow
from tests.actions_kit import Office

TYPED, KEPT, SHOWN = "0812-0000-0009", "+6281200000009", "+62 812-0000-0009"
BOTH = ContactLine("Bripka", TYPED)


async def an_officer(office: Office) -> PersonRow:
    """Somebody who serves at a prison."""
    return await office.person("Budi", Role.OFFICER, "LAPAS-1673")


async def row_of(office: Office, person: PersonRow) -> PersonRow:
    """What is stored of somebody now."""
    return await office.one(PersonRow, PersonRow.id == person.id)


async def reported(office: Office, person: PersonRow) -> GroupRow:
    """The group that has the card of a flood which somebody reports."""
    group = await office.group("Posko", "16.73")

    async def report(work: Work) -> None:
        post = work.known.posts[0]
        row = await reports.add(
            work.tx,
            cause=(work.desk.bot_id, work.origin),
            kind=post.kind,
            form_id="incident",
            post_id=post.id,
            region_code=post.region_code,
            person_id=work.person.id,
            answers={"category": "flood", "severity": "high"},
            level=None,
            text="air naik",
            source=f"m:1:{work.origin}",
            window_key="-",
            late=False,
            occurred_at=work.now,
            sent_at=work.now,
            stored_at=work.now,
            flags=[],
        )
        incident = await incidents.open_for(
            work.tx, row, category="flood", severity="high", confidential=False, now=work.now
        )
        await cards.show_cards(work.tx, work.desk, IncidentRecord(incident, row, post, work.person), now=work.now)

    await office.do(person, report)
    return group


async def ends(office: Office) -> None:
    """Let the only incident be over."""

    async def end(work: Work) -> None:
        (await work.tx.get_one(IncidentRow, (await office.one(IncidentRow)).id)).state = State.RESOLVED.value

    await office.do(None, end)


async def test_rank_and_number_are_kept(office: Office) -> None:
    """Both are kept as they are written everywhere; the journal says that they were set, and not what they are."""
    budi = await an_officer(office)
    assert await office.do(budi, lambda work: contact.fill_in(work, BOTH)) == KEPT
    row = await row_of(office, budi)
    assert (row.rank, row.phone) == ("Bripka", KEPT)
    lines = await office.rows(JournalRow)
    assert [line.detail for line in lines] == [{"rank": "set"}, {"phone": "set"}]
    assert {line.subject for line in lines} == {f"person:{budi.id}"}


async def test_one_of_them_leaves_the_other(office: Office) -> None:
    """A rank alone leaves the number as it is, and gives none."""
    budi = await an_officer(office)
    await office.do(budi, lambda work: contact.fill_in(work, BOTH))
    assert await office.do(budi, lambda work: contact.fill_in(work, ContactLine("Aiptu", None))) is None
    row = await row_of(office, budi)
    assert (row.rank, row.phone) == ("Aiptu", KEPT)


async def test_a_number_that_the_phone_shared(office: Office) -> None:
    """A shared number says its country without a sign before it."""
    budi = await an_officer(office)
    line = ContactLine(None, "6581234567")
    assert await office.do(budi, lambda work: contact.fill_in(work, line, shared=True)) == "+6581234567"


@pytest.mark.parametrize(
    ("line", "key"),
    [
        (ContactLine("Bripka", "08120"), PhoneProblem.SHORT.value),
        (ContactLine("x" * (RANK_LIMIT + 1), TYPED), "contact-rank-long"),
    ],
)
async def test_what_is_wrong_changes_nothing(office: Office, line: ContactLine, key: str) -> None:
    """A number that is too short, or a rank that is too long, is refused together with what came with it."""
    budi = await an_officer(office)
    with pytest.raises(UserError, match=key):
        await office.do(budi, lambda work: contact.fill_in(work, line))
    row = await row_of(office, budi)
    assert (row.rank, row.phone, await office.rows(JournalRow)) == (None, None, [])


async def test_open_cards_follow(office: Office) -> None:
    """The card of what somebody reported shows rank and number from now on, and no longer when they are deleted."""
    budi = await an_officer(office)
    group = await reported(office, budi)
    assert SHOWN not in await office.told(group.chat_id)
    await office.do(budi, lambda work: contact.fill_in(work, BOTH))
    card = await office.told(group.chat_id)
    assert ("Bripka" in card, SHOWN in card) == (True, True)
    await office.do(budi, contact.delete_phone)
    card = await office.told(group.chat_id)
    assert ("Bripka" in card, SHOWN in card) == (True, False)
    await office.do(budi, contact.delete_rank)
    assert "Bripka" not in await office.told(group.chat_id)


async def test_what_is_over_hears_of_deletion_only(office: Office) -> None:
    """The card of an incident that is over does not show a new number, but loses one that is deleted."""
    budi = await an_officer(office)
    await office.do(budi, lambda work: contact.fill_in(work, BOTH))
    group = await reported(office, budi)
    await ends(office)
    await office.do(budi, lambda work: contact.fill_in(work, ContactLine(None, "0812-0000-0007")))
    assert SHOWN in await office.told(group.chat_id)
    await office.do(budi, contact.delete_phone)
    assert "812-0000" not in await office.told(group.chat_id)


async def test_nothing_is_deleted_twice(office: Office) -> None:
    """What is not there cannot be deleted, and the journal has no line of it."""
    budi = await an_officer(office)
    await office.do(budi, lambda work: contact.fill_in(work, BOTH))
    await office.do(budi, contact.delete_phone)
    await office.do(budi, contact.delete_rank)
    with pytest.raises(UserError, match="tap-phone-none"):
        await office.do(budi, contact.delete_phone)
    with pytest.raises(UserError, match="tap-rank-none"):
        await office.do(budi, contact.delete_rank)
    row = await row_of(office, budi)
    assert (row.rank, row.phone) == (None, None)
    assert [line.detail for line in await office.rows(JournalRow)][2:] == [{"phone": "deleted"}, {"rank": "deleted"}]
