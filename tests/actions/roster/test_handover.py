"""Handing a post over, by calls alone: offered, taken, refused, taken back; the post is never with nobody."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import update

from actions.roster import handover
from actions.work import Work
from core.kit.texts import UserError
from core.people.roles import Role
from core.roster.taps import ALL_POSTS
from storage.incidents import incidents
from storage.reports import drafts, reports
from storage.tables import (
    AssignmentRow,
    DraftRow,
    HandoverRow,
    IncidentEventRow,
    IncidentRow,
    JournalRow,
    PersonRow,
    PostRow,
)
from tests.actions_kit import Office

POST, OTHER = "LAPAS-1673", "LAPAS-1671"


async def former(office: Office, name: str, *posts: str) -> PersonRow:
    """Somebody who held posts until now and holds nothing any more."""
    person = await office.person(name, Role.OFFICER, *(posts or (POST,)))
    ended = update(AssignmentRow).where(AssignmentRow.person_id == person.id).values(valid_to=office.now)
    await office.db.write(lambda tx: tx.execute(ended))
    office.clock.advance(minutes=1)
    return person


async def holders(office: Office, code: str = POST) -> list[int]:
    """The keys of those who hold a post now."""
    post = await office.post(code)
    rows = await office.rows(AssignmentRow, AssignmentRow.post_id == post.id)
    return [row.person_id for row in rows if row.valid_to is None or row.valid_to > office.now]


async def offered(office: Office, giver: PersonRow, receiver: PersonRow) -> HandoverRow:
    """Let a post be offered; gives the newest offer."""
    post = await office.post(POST)
    await office.do(giver, lambda work: handover.offer(work, post.id, receiver.id))
    return (await office.rows(HandoverRow))[-1]


async def file_incident(office: Office, person: PersonRow, post: PostRow, *, confidential: bool = False) -> IncidentRow:
    """Let an incident of a post be open, and a draft for that post be begun."""

    async def act(work: Work) -> IncidentRow:
        source = f"m:{work.origin}"
        report = await reports.add(
            work.tx,
            cause=(work.cause[0], work.origin),
            kind=post.kind,
            form_id="incident",
            post_id=post.id,
            region_code=post.region_code,
            person_id=person.id,
            answers={},
            text="",
            source=source,
            window_key="day",
            late=False,
            occurred_at=work.now,
            sent_at=work.now,
            stored_at=work.now,
            flags=[],
        )
        values = {"form_id": "incident", "post_id": post.id, "answers": {}, "asking": [], "text": ""}
        drafts.save(
            work.tx, None, person_id=person.id, source=f"d{source}", sent_at=work.now, updated_at=work.now, **values
        )
        return await incidents.open_for(
            work.tx, report, category="flood", severity="high", confidential=confidential, now=work.now
        )

    return await office.do(person, act)


async def refused(office: Office, who: PersonRow, act: Callable[[Work], Awaitable[object]]) -> str:
    """The key of the mistake that somebody makes by doing this."""
    with pytest.raises(UserError) as error:
        await office.do(who, act)
    return error.value.key


async def test_an_offered_post_stays_with_its_giver_until_taken(office: Office) -> None:
    """Both see the offer, the receiver with what is due and open; who holds the post does not change by it."""
    joko, budi = await former(office, "Joko"), await office.person("Budi", Role.OFFICER, POST)
    await file_incident(office, budi, await office.post(POST))
    await offered(office, budi, joko)
    told = await office.told(joko.telegram_id)
    assert [word for word in ("Serah terima dari Budi", POST, "I-1", "ditunggu sampai") if word not in told] == []
    assert "Menunggu <b>Joko</b> menerima" in await office.told(budi.telegram_id)
    assert await holders(office) == [budi.id]


async def test_a_taken_post_brings_its_open_incidents_and_ends_drafts(office: Office) -> None:
    """Who takes over holds the post and hears of its incidents from then on; the giver's drafts for it are gone."""
    joko, budi = await former(office, "Joko"), await office.person("Budi", Role.OFFICER, POST)
    post = await office.post(POST)
    await file_incident(office, budi, post)
    secret = await file_incident(office, budi, post, confidential=True)
    row = await offered(office, budi, joko)
    assert await office.do(joko, lambda work: handover.take(work, row.id)) is True
    assert await holders(office) == [joko.id]
    contacts = {one.id: one.contact_id for one in await office.rows(IncidentRow)}
    assert (contacts.pop(secret.id), list(contacts.values())) == (None, [joko.id])
    event = await office.one(IncidentEventRow, IncidentEventRow.action == "handed-over")
    assert (event.person_id, event.at) == (joko.id, office.now)
    line = await office.one(JournalRow, JournalRow.action == "handed-over")
    assert (line.person_id, line.detail) == (joko.id, {"from": budi.id, "to": joko.id, "incidents": [1]})
    assert await office.rows(DraftRow) == []
    assert "2 draf Anda untuk pos itu dihapus" in await office.told(budi.telegram_id)
    assert "Anda menerima pos dari Budi" in await office.told(joko.telegram_id)
    assert await refused(office, joko, lambda work: handover.take(work, row.id)) == "tap-handover-taken"


async def test_a_refused_post_stays_and_its_giver_is_told(office: Office) -> None:
    """After a refusal the giver holds the post as before, and the offer can be answered no more."""
    joko, budi = await former(office, "Joko"), await office.person("Budi", Role.OFFICER, POST)
    row = await offered(office, budi, joko)
    assert await office.do(joko, lambda work: handover.refuse(work, row.id)) is True
    assert await holders(office) == [budi.id]
    assert "Joko menolak menerima" in await office.told(budi.telegram_id)
    assert await refused(office, joko, lambda work: handover.take(work, row.id)) == "tap-handover-refused"


async def test_only_its_giver_takes_an_offer_back(office: Office) -> None:
    """An offer taken back is gone for both; nobody else can take it back, and only its receiver answers it."""
    joko, budi = await former(office, "Joko"), await office.person("Budi", Role.OFFICER, POST)
    siti = await office.person("Siti", Role.OFFICER, OTHER)
    row = await offered(office, budi, joko)
    for act in (handover.take, handover.refuse, handover.take_back):
        assert await refused(office, siti, partial(act, handover_id=row.id)) == "tap-too-old"
    await office.do(budi, lambda work: handover.take_back(work, row.id))
    assert (await office.one(HandoverRow)).state == "dropped"
    for person in (budi, joko):
        assert "tidak berlaku lagi" in await office.told(person.telegram_id)
    assert await refused(office, joko, lambda work: handover.take(work, row.id)) == "tap-handover-dropped"
    assert await holders(office) == [budi.id]


async def test_the_same_offer_is_one_and_another_takes_its_place(office: Office) -> None:
    """Offered twice to one colleague it is one offer; offered to the next, the first may not take it any more."""
    joko, siti = await former(office, "Joko"), await former(office, "Siti")
    budi = await office.person("Budi", Role.OFFICER, POST)
    first = await offered(office, budi, joko)
    assert (await offered(office, budi, joko)).id == first.id
    await offered(office, budi, siti)
    assert [row.state for row in await office.rows(HandoverRow)] == ["dropped", "offered"]
    assert "tidak berlaku lagi" in await office.told(joko.telegram_id)
    assert await refused(office, joko, lambda work: handover.take(work, first.id)) == "tap-handover-dropped"


async def test_an_offer_too_old_changes_nothing_but_is_told(office: Office) -> None:
    """Half a day later an offer is taken by nobody: giver and receiver learn it, and the post stays."""
    joko, budi = await former(office, "Joko"), await office.person("Budi", Role.OFFICER, POST)
    row = await offered(office, budi, joko)
    office.clock.advance(hours=12, seconds=1)
    assert await office.do(joko, lambda work: handover.take(work, row.id)) is False
    assert await holders(office) == [budi.id]
    assert (await office.one(HandoverRow)).state == "dropped"
    for person in (budi, joko):
        assert "tidak berlaku lagi" in await office.told(person.telegram_id)


async def test_all_posts_pass_in_one_offer(office: Office) -> None:
    """Several posts offered together are taken together; without several there is nothing to offer at once."""
    joko, budi = await former(office, "Joko", POST, OTHER), await office.person("Budi", Role.OFFICER, POST, OTHER)
    await office.do(budi, lambda work: handover.offer(work, ALL_POSTS, joko.id))
    first, _ = await office.rows(HandoverRow)
    await office.do(joko, lambda work: handover.take(work, first.id))
    assert (await holders(office), await holders(office, OTHER)) == ([joko.id], [joko.id])
    again = await refused(office, budi, lambda work: handover.offer(work, ALL_POSTS, joko.id))
    assert again == "tap-not-your-post"


async def test_only_who_held_the_post_and_can_be_reached_is_offered_it(office: Office) -> None:
    """A post is offered to who holds it or held it lately; to nobody else, and to nobody whom the bot cannot write to."""
    joko, budi = await former(office, "Joko"), await office.person("Budi", Role.OFFICER, POST)
    siti, post = await office.person("Siti", Role.OFFICER, OTHER), await office.post(POST)
    assert await refused(office, budi, lambda work: handover.offer(work, post.id, siti.id)) == "tap-too-old"
    lost = update(PersonRow).where(PersonRow.id == joko.id).values(unreachable_since=office.now)
    await office.db.write(lambda tx: tx.execute(lost))
    unreachable = await refused(office, budi, lambda work: handover.offer(work, post.id, joko.id))
    assert unreachable == "tap-handover-unreachable"
    assert await office.rows(HandoverRow) == []


async def test_coordinators_see_who_held_a_post_when(office: Office) -> None:
    """The history of a post names its officers, the newest first; only posts of the own territory are found."""
    joko, budi = await former(office, "Joko"), await office.person("Budi", Role.OFFICER, POST)
    near = await office.person("Rahmat", Role.COORDINATOR, "16.73")
    far = await office.person("Tono", Role.COORDINATOR, "16.74")
    found = await office.do(near, lambda work: handover.history(work, POST))
    ended = office.now - timedelta(minutes=1)
    assert found.post.code == POST
    assert [(one.name, one.until) for one in found.held] == [(budi.name, None), (joko.name, ended)]
    assert await refused(office, far, lambda work: handover.history(work, POST)) == "handover-unknown-post"
