"""What cannot be delivered is never lost in silence: lost cards, lost groups, nobody to tell."""

from __future__ import annotations

import pytest

from sandbox import Fault, Group
from storage.tables import GroupRow, OutboxRow
from tests.kit import Posko

FLOOD = "/insiden banjir berat air naik"


async def a_forum(posko: Posko, *topics: str) -> tuple[Group, list[int]]:
    """A forum that is linked by its topics only."""
    forum = posko.tg.supergroup("Forum Linggau", [posko.admin], forum=True)
    threads = [await forum.open_topic(name, by=posko.admin) for name in topics]
    for thread in threads:
        await posko.admin.say("/hubungkan 16.73", to=forum, topic=thread)
        await posko.settle()
    posko.forget(posko.admin)
    return forum, threads


async def file_unsent(posko: Posko) -> None:
    """Let an officer report a flood, and stop before anything goes out."""
    budi = await posko.officer()
    await budi.say(FLOOD)
    await posko.machine.intake.round(timeout=0)
    while await posko.machine.pump.round():
        pass


@pytest.mark.parametrize(("what", "reason"), [("deleted", "thread not found"), ("closed", "TOPIC_CLOSED")])
async def test_admins_hear_of_a_card_that_its_topic_does_not_take(posko: Posko, what: str, reason: str) -> None:
    """A card for a topic that is gone or closed is told to the admins: group, reason, number and what to do."""
    budi = await posko.officer()
    forum, (thread,) = await a_forum(posko, "Bencana")
    await (forum.delete_topic(thread) if what == "deleted" else forum.close_topic(thread))
    posko.tg.expect_refusal("sendMessage")
    await posko.say(budi, FLOOD)
    told = posko.heard(posko.admin)
    wanted = ("I-1", "«Forum Linggau»", reason.lower(), "/insiden I-1", "/hubungkan")
    assert [words for words in wanted if words.lower() not in told.lower()] == []


async def test_admins_hear_of_a_card_once(posko: Posko) -> None:
    """However often a lost card is tried, its admins are told once; the bot lost only its right to write, so the link stays."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    group = await posko.group("Posko", "16.73")
    await group.mute_bot()
    posko.tg.expect_refusal("sendMessage")
    posko.forget(posko.admin)
    await posko.say(budi, FLOOD)
    await posko.say(rahmat, "/insiden I-1")
    await posko.tap(rahmat, "Terima")
    assert posko.heard(posko.admin).count("tidak sampai") == 1
    assert (await posko.one(GroupRow)).unlinked_at is None


async def test_a_change_in_a_group_known_to_be_gone_is_no_news(posko: Posko) -> None:
    """When a shown card changes after its group has thrown the bot out, the admins are not told of each change."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    group = await posko.group("Posko", "16.73")
    await posko.say(budi, FLOOD)
    await group.kick_bot(posko.admin)
    await posko.settle()
    posko.forget(posko.admin)
    posko.tg.expect_refusal("editMessageText")
    await posko.say(rahmat, "/insiden I-1")
    await posko.tap(rahmat, "Terima")
    assert "buried" in [row.state for row in await posko.rows(OutboxRow, OutboxRow.slot_id.is_not(None))]
    assert posko.heard(posko.admin) == ""


async def test_a_forum_that_throws_the_bot_out_is_told_once(posko: Posko) -> None:
    """A forum linked by its topics only is unlinked in all of them, with one alert."""
    forum, _ = await a_forum(posko, "Bencana", "Logistik")
    await forum.kick_bot(posko.admin)
    await posko.settle()
    assert posko.heard(posko.admin).count("«Forum Linggau»") == 1
    assert {row.unlinked_at for row in await posko.rows(GroupRow)} == {posko.clock.now()}


async def test_a_group_that_a_refusal_finds_gone_is_told_once(posko: Posko) -> None:
    """When Telegram refuses a card before it says that the bot was thrown out, admins hear of the group once, and of the card."""
    group = await posko.group("Posko Linggau", "16.73")
    posko.forget(posko.admin)
    await file_unsent(posko)
    await group.kick_bot(posko.admin)
    posko.tg.expect_refusal("sendMessage")
    await posko.machine.sender.drain()
    assert (await posko.one(GroupRow)).unlinked_at == posko.clock.now()
    await posko.settle()
    told = posko.heard(posko.admin)
    assert (told.count("dikeluarkan"), told.count("tidak sampai")) == (1, 1)


async def test_a_group_linked_again_and_lost_again_is_told_again(posko: Posko) -> None:
    """Each disappearance of a group is news."""
    group = await posko.group("Posko", "16.73")
    for _ in range(2):
        posko.forget(posko.admin)
        await group.kick_bot(posko.admin)
        await posko.settle()
        assert posko.heard(posko.admin).count("dikeluarkan") == 1
        await group.add_bot(posko.admin)
        await posko.wait(seconds=5)
        await posko.say(posko.admin, "/hubungkan 16.73", to=group)


async def test_a_receipt_does_not_promise_what_nobody_hears(posko: Posko) -> None:
    """Where no group is linked and no admin can be reached, the officer is told to call."""
    budi = await posko.officer()
    await posko.admin.block_bot()
    await posko.settle()
    told = await posko.say(budi, FLOOD)
    assert "lewat telepon" in told
    assert "sudah diberi tahu" not in told


async def test_a_card_that_may_have_arrived_is_told(posko: Posko) -> None:
    """A card whose answers are all lost is given up after eight attempts, and the admins are told that it is in doubt."""
    budi = await posko.officer()
    group = await posko.group("Posko", "16.73")
    posko.forget(posko.admin)
    fault = posko.tg.faults.add(Fault("drop_after", "sendMessage", chat_id=group.id, times=None))
    await posko.say(budi, FLOOD)
    for _ in range(10):
        await posko.wait(seconds=61)
    assert fault.hits == 8
    assert posko.heard(posko.admin).count("belum tentu sampai") == 1
