"""Linking: what a group hears of from now on, and what ends with it."""

from __future__ import annotations

import pytest

from actions.groups import linking
from actions.work import Work
from core.delivery.outgoing import Place
from core.groups.purposes import Purpose
from core.kit.texts import UserError
from core.people.roles import Role
from storage.tables import GroupRow, JournalRow, OutboxRow, PersonRow
from tests.actions_kit import Office

CHAT = -1001
TOPIC = Place(CHAT, 7)


async def link(work: Work, *purposes: Purpose, place: Place = TOPIC, region: str = "16.73") -> GroupRow:
    """Link a place for these purposes."""
    made = await linking.link(
        work, place, title="Posko " * 60, region_code=region, purposes=purposes, language=work.language
    )
    return made.row


async def sari(office: Office) -> PersonRow:
    """An admin of one regency and everything in it."""
    return await office.person("Sari", Role.ADMIN, "16.73")


async def test_a_topic_is_linked_for_its_purposes(office: Office) -> None:
    """The chat with its topic, the region, the purposes and the admin's language are kept, and noted in the journal."""
    admin = await office.person("Sari", Role.ADMIN, "", language="en")
    await office.do(admin, lambda work: link(work, Purpose.DISASTER, Purpose.LEGAL))
    row = await office.one(GroupRow)
    assert (row.chat_id, row.thread_id, row.region_code) == (CHAT, 7, "16.73")
    assert (row.purposes, row.language, row.unlinked_at) == (["disaster", "legal"], "en", None)
    assert len(row.title) == linking.TITLE_LIMIT
    line = await office.one(JournalRow)
    assert (line.action, line.subject, line.person_id) == ("linked", f"group:{CHAT}", admin.id)
    assert line.detail == {"region": "16.73", "purposes": ["disaster", "legal"]}


async def test_linking_twice_leaves_one_link(office: Office) -> None:
    """A second link of a place takes the first one's, and leaves the language that was chosen for the group."""
    admin = await sari(office)
    await office.do(admin, lambda work: link(work, Purpose.DISASTER))
    other = await office.person("Ann", Role.ADMIN, "", language="en")
    await office.do(other, lambda work: link(work, region="16.74"))
    row = await office.one(GroupRow)
    assert (row.region_code, row.purposes, row.language) == ("16.74", [], "id")


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMIN])
async def test_nobody_links_outside_the_own_territory(office: Office, role: Role) -> None:
    """A region that the person does not hold as an admin is refused, and nothing is kept."""
    person = await office.person("Sari", role, "16.73")
    with pytest.raises(UserError, match="not-your-region"):
        await office.do(person, lambda work: link(work, region="16.73" if role is Role.COORDINATOR else "16.71"))
    assert await office.rows(GroupRow) == []
    assert await office.rows(JournalRow) == []


async def test_a_link_ends(office: Office) -> None:
    """An unlinked group is kept with the time of its end, and the journal says who ended it."""
    admin, group = await sari(office), await office.group("Posko", "16.73")
    await office.do(admin, linking.unlink, group=group)
    assert (await office.one(GroupRow)).unlinked_at == office.now
    line = await office.one(JournalRow)
    assert (line.action, line.subject, line.person_id) == ("unlinked", f"group:{group.chat_id}", admin.id)


async def test_what_cannot_be_unlinked(office: Office) -> None:
    """A place without a link has nothing to end, and a group of another territory is not the person's to unlink."""
    admin, group = await sari(office), await office.group("Posko", "16.71")
    with pytest.raises(UserError, match="not-linked"):
        await office.do(admin, linking.unlink)
    with pytest.raises(UserError, match="not-your-region"):
        await office.do(admin, linking.unlink, group=group)
    assert (await office.one(GroupRow)).unlinked_at is None


async def test_a_chat_that_put_the_bot_out(office: Office) -> None:
    """Every link of the chat ends, topics included; admins are told once, also when it is heard of again."""
    admin = await office.person("Sari", Role.ADMIN, "")
    await office.do(admin, lambda work: link(work, region="16.74"))
    await office.do(admin, lambda work: link(work, place=Place(CHAT)))
    for _ in range(2):
        await office.do(None, lambda work: linking.put_out(work, CHAT))
    assert [row.unlinked_at for row in await office.rows(GroupRow)] == [office.now] * 2
    lines = await office.rows(JournalRow, JournalRow.action == "put-out")
    assert sorted(line.detail["region"] for line in lines) == ["16.73", "16.74"]
    told = await office.told(admin.telegram_id)
    assert "Posko" in told
    assert "Lubuk Linggau" in told
    assert len(await office.rows(OutboxRow, OutboxRow.chat_id == admin.telegram_id)) == 1


async def test_a_chat_that_moved_is_followed(office: Office) -> None:
    """A link goes to the chat's new id, however often both chats tell of the move."""
    admin = await sari(office)
    await office.do(admin, link)
    for _ in range(2):
        await office.do(None, lambda work: linking.move(work, CHAT, -100200))
    row = await office.one(GroupRow)
    assert (row.chat_id, row.thread_id, row.unlinked_at) == (-100200, 7, None)
