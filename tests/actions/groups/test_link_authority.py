"""Whose a link is: who may change one that stands, who is told of a change, and what a region loses by it."""

from __future__ import annotations

import pytest
from sqlalchemy import delete

from actions.groups import linking
from actions.groups.linking import LinkMade
from actions.work import Work
from core.delivery.outgoing import Place
from core.groups.purposes import Purpose
from core.kit.texts import UserError
from core.people.roles import Role
from storage.tables import GroupRow, JournalRow, OutboxRow, PersonRow
from tests.actions_kit import Office

CHAT, NEW = -1001, -100200
WHOLE, TOPIC, OTHER_TOPIC = Place(CHAT, None), Place(CHAT, 7), Place(CHAT, 8)
HERE, THERE, DISTRICT = "16.73", "16.74", "16.73.06"


async def link(
    office: Office, who: PersonRow, region: str, *purposes: Purpose, place: Place = WHOLE, title: str = "Posko"
) -> LinkMade:
    """Let somebody link a place."""

    async def act(work: Work) -> LinkMade:
        return await linking.link(work, place, title=title, region_code=region, purposes=purposes, language="id")

    return await office.do(who, act)


async def unlink(office: Office, who: PersonRow, row: GroupRow) -> None:
    """Let somebody end a link."""
    await office.do(who, linking.unlink, group=row)


async def admin(office: Office, name: str, region: str, *, language: str = "id") -> PersonRow:
    """An admin over a region."""
    return await office.person(name, Role.ADMIN, region, language=language)


async def standing(office: Office) -> list[tuple[int, int, str, tuple[str, ...]]]:
    """The links that have not ended: chat, topic, region, purposes."""
    rows = await office.rows(GroupRow, GroupRow.unlinked_at.is_(None))
    return [(row.chat_id, row.thread_id, row.region_code, tuple(row.purposes)) for row in rows]


async def test_another_regions_group_cannot_be_taken(office: Office) -> None:
    """An admin of one regency cannot link another's group to the own region; nothing changes, nobody is told."""
    ours, theirs = await admin(office, "Sari", HERE), await admin(office, "Dewi", THERE)
    await link(office, ours, HERE)
    lines = len(await office.rows(JournalRow))
    with pytest.raises(UserError, match="link-not-yours") as refused:
        await link(office, theirs, THERE)
    assert "Lubuk Linggau" in str(refused.value.values["region"])
    assert await standing(office) == [(CHAT, 0, HERE, ())]
    assert len(await office.rows(JournalRow)) == lines
    assert await office.told(ours.telegram_id) == ""


async def test_an_admin_of_a_part_neither_narrows_nor_moves_a_link(office: Office) -> None:
    """Who is an admin of a district cannot link the regency's group to it, nor for fewer purposes."""
    whole, part = await admin(office, "Sari", HERE), await admin(office, "Dewi", DISTRICT)
    await link(office, whole, HERE)
    for purposes in ((), (Purpose.DISASTER,)):
        with pytest.raises(UserError, match="link-not-yours"):
            await link(office, part, DISTRICT, *purposes)
    assert await standing(office) == [(CHAT, 0, HERE, ())]


async def test_who_holds_both_regions_moves_a_link(office: Office) -> None:
    """An admin over both may; admins of both are told once, in their language, who did it and from what to what."""
    both = await admin(office, "Sari", "16")
    ours, theirs = await admin(office, "Budi", HERE), await admin(office, "Dewi", THERE, language="en")
    outside = await admin(office, "Joko", "16.71")
    await link(office, both, HERE, Purpose.SECURITY)
    await office.db.write(lambda tx: tx.execute(delete(OutboxRow)))
    await link(office, both, THERE)
    told = [await office.told(one.telegram_id) for one in (ours, theirs, both, outside)]
    assert all(word in told[0] for word in ("Sari", "Posko", "Lubuk Linggau", "keamanan", "Prabumulih", "semua urusan"))
    assert all(word in told[1] for word in ("Sari", "Posko", "Lubuk Linggau", "security", "Prabumulih", "everything"))
    assert told[2:] == ["", ""]
    assert [len(await office.rows(OutboxRow, OutboxRow.chat_id == one.telegram_id)) for one in (ours, theirs)] == [1, 1]
    line = (await office.rows(JournalRow))[-1]
    assert line.detail == {
        "region": THERE,
        "purposes": [],
        "before": {"region": HERE, "purposes": ["security"]},
    }


async def test_a_region_that_lost_its_only_group_says_so_at_once(office: Office) -> None:
    """Who moves, narrows or ends the last group of a region reads what nobody hears of there, and so do its admins."""
    both, ours = await admin(office, "Sari", "16"), await admin(office, "Budi", HERE)
    first = await link(office, both, HERE)
    assert first.losses == ()
    narrowed = await link(office, both, HERE, Purpose.DISASTER)
    assert [one.gap.lost for one in narrowed.losses] == [frozenset(Purpose) - {Purpose.DISASTER}]
    moved = await link(office, both, THERE)
    assert [(one.gap.region_code, *one.gap.lost) for one in moved.losses] == [(HERE, Purpose.DISASTER)]
    told = await office.told(ours.telegram_id)
    assert told.count("tidak ada grup <b>Kota Lubuk Linggau</b>") == 2
    assert "/hubungkan 16.73" in told


async def test_who_hears_instead_is_named(office: Office) -> None:
    """Where a group above takes the news, the warning names it and does not speak of nobody."""
    both, ours = await admin(office, "Sari", "16"), await admin(office, "Budi", HERE)
    await link(office, both, "16", place=Place(-5, None), title="Posko Sumsel")
    row = (await link(office, both, HERE)).row
    await unlink(office, both, row)
    told = await office.told(ours.telegram_id)
    assert "Kabarnya kini ke Posko Sumsel" in told
    assert "pun tidak ada" not in told


async def test_admins_hear_of_an_ended_link(office: Office) -> None:
    """Other admins over the region are told who ended the link; who did it is answered in the group."""
    whole, ours = await admin(office, "Sari", ""), await admin(office, "Budi", HERE)
    row = (await link(office, ours, HERE)).row
    await unlink(office, ours, row)
    told = await office.told(whole.telegram_id)
    assert all(word in told for word in ("Budi", "memutuskan", "Posko", "Lubuk Linggau", "⚠️"))
    assert await office.told(ours.telegram_id) == ""
    with pytest.raises(UserError, match="not-linked"):
        await unlink(office, ours, row)


async def test_the_same_link_again_tells_nobody(office: Office) -> None:
    """A link that changes nothing is answered, and is no news and no line in the journal."""
    whole, ours = await admin(office, "Sari", ""), await admin(office, "Budi", HERE)
    for _ in range(2):
        await link(office, ours, HERE, Purpose.LEGAL, Purpose.DISASTER)
    await link(office, ours, HERE, Purpose.DISASTER, Purpose.LEGAL)
    assert len(await office.rows(OutboxRow, OutboxRow.chat_id == whole.telegram_id)) == 1
    assert len(await office.rows(JournalRow)) == 1


@pytest.mark.parametrize("put_out", [False, True])
async def test_a_link_that_ended_belongs_to_nobody(office: Office, *, put_out: bool) -> None:
    """A group whose link was ended, or that put the bot out, may be linked by others; its former admins hear of it."""
    ours, theirs = await admin(office, "Sari", HERE), await admin(office, "Dewi", THERE)
    row = (await link(office, ours, HERE)).row
    if put_out:
        await office.do(None, lambda work: linking.put_out(work, CHAT))
    else:
        await unlink(office, ours, row)
    await link(office, theirs, THERE)
    assert await standing(office) == [(CHAT, 0, THERE, ())]
    told = await office.told(ours.telegram_id)
    assert "Dewi menghubungkan" in told
    assert "pernah terhubung dengan Kota Lubuk Linggau" in told
    assert "before" not in (await office.rows(JournalRow))[-1].detail


async def test_a_group_that_put_the_bot_out_is_told_to_its_own_admins(office: Office) -> None:
    """The admins over what it was linked for hear of it, with what the region lost; those of other regions do not."""
    ours, theirs = await admin(office, "Sari", HERE), await admin(office, "Dewi", THERE)
    await link(office, ours, HERE)
    await office.do(None, lambda work: linking.put_out(work, CHAT))
    told = await office.told(ours.telegram_id)
    assert "dikeluarkan" in told
    assert "tidak ada grup <b>Kota Lubuk Linggau</b>" in told
    assert await office.told(theirs.telegram_id) == ""


async def test_topics_are_linked_each_by_itself(office: Office) -> None:
    """Another region's topic is no obstacle, its link stays, and its admins hear that a topic beside it was linked."""
    ours, theirs = await admin(office, "Sari", HERE), await admin(office, "Dewi", THERE)
    await link(office, ours, HERE, place=TOPIC)
    await link(office, theirs, THERE, place=OTHER_TOPIC)
    assert await standing(office) == [(CHAT, 7, HERE, ()), (CHAT, 8, THERE, ())]
    told = await office.told(ours.telegram_id)
    assert all(word in told for word in ("Dewi", "Prabumulih", "Topik lain"))
    with pytest.raises(UserError, match="link-not-yours"):
        await link(office, theirs, THERE, place=TOPIC)


async def test_a_topic_belongs_to_the_link_of_its_chat(office: Office) -> None:
    """Where the whole chat is linked, a topic without a link of its own is not another region's to link."""
    ours, theirs = await admin(office, "Sari", HERE), await admin(office, "Dewi", THERE)
    await link(office, ours, HERE)
    with pytest.raises(UserError, match="link-not-yours"):
        await link(office, theirs, THERE, place=TOPIC)
    await link(office, ours, HERE, Purpose.DISASTER, place=TOPIC)
    assert await standing(office) == [(CHAT, 0, HERE, ()), (CHAT, 7, HERE, ("disaster",))]


async def test_a_chat_that_moved_keeps_its_admins(office: Office) -> None:
    """Under its new id a chat is still its region's: nobody else links it."""
    ours, theirs = await admin(office, "Sari", HERE), await admin(office, "Dewi", THERE)
    await link(office, ours, HERE)
    await office.do(None, lambda work: linking.move(work, CHAT, NEW))
    with pytest.raises(UserError, match="link-not-yours"):
        await link(office, theirs, THERE, place=Place(NEW, None))
    assert await standing(office) == [(NEW, 0, HERE, ())]


async def test_a_move_that_is_heard_of_late_ends_no_link(office: Office) -> None:
    """A chat that another region linked under its new id before the move was heard of goes back to its own region."""
    ours, theirs = await admin(office, "Sari", HERE), await admin(office, "Dewi", THERE)
    await link(office, ours, HERE)
    await link(office, theirs, THERE, place=Place(NEW, None))
    await office.do(None, lambda work: linking.move(work, CHAT, NEW))
    assert await standing(office) == [(NEW, 0, HERE, ())]


async def test_a_link_made_anew_for_the_same_region_stays(office: Office) -> None:
    """What the own admins chose under the new id before the move was heard of counts."""
    ours = await admin(office, "Sari", HERE)
    await link(office, ours, HERE)
    await link(office, ours, HERE, Purpose.LEGAL, place=Place(NEW, None))
    await office.do(None, lambda work: linking.move(work, CHAT, NEW))
    assert await standing(office) == [(NEW, 0, HERE, ("legal",))]
