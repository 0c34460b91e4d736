"""Groups: linked and unlinked by an admin, followed through what Telegram does with them."""

from __future__ import annotations

from storage.tables import GroupRow, ReportRow
from tests.kit import Posko


async def test_linking_names_region_and_purposes(posko: Posko) -> None:
    """An admin links a group to a region for the purposes named, and the answer says both."""
    group = posko.tg.group("Posko Prabumulih", [posko.admin])
    text = await posko.say(posko.admin, "/hubungkan 16.74 bencana logistik", to=group)
    row = await posko.one(GroupRow)
    assert (row.chat_id, row.region_code, row.purposes) == (group.id, "16.74", ["disaster", "logistics"])
    assert "Prabumulih" in text
    assert "bencana dan logistik" in text


async def test_linking_without_purposes_means_all(posko: Posko) -> None:
    """A group linked without a purpose hears of everything."""
    group = posko.tg.group("Posko", [posko.admin])
    assert "semua urusan" in await posko.say(posko.admin, "/link Lubuklinggau", to=group)


async def test_linking_again_changes_the_link(posko: Posko) -> None:
    """A second /hubungkan in a group moves it, and leaves one link."""
    group = await posko.group("Posko", "16.73")
    await posko.say(posko.admin, "/hubungkan 16.74", to=group)
    assert (await posko.one(GroupRow)).region_code == "16.74"


async def test_another_regencys_group_stays_its_own(posko: Posko) -> None:
    """An admin of one regency who links another's group is refused in words; its next card comes as before."""
    budi, dewi = await posko.officer(), await posko.enrol("Dewi", "admin", "16.74")
    group = await posko.group("Posko", "16.73", members=[dewi])
    told = await posko.say(dewi, "/hubungkan 16.74", to=group)
    assert "Hanya admin wilayah itu" in told
    await posko.say(budi, "/insiden banjir berat air naik")
    assert "I-1" in posko.last(group).text


async def test_who_ends_the_last_group_reads_what_is_lost(posko: Posko) -> None:
    """The answer in the group warns of the region without a group, and the region's other admins are told."""
    dewi = await posko.enrol("Dewi", "admin", "16.73")
    group = await posko.group("Posko", "16.73")
    posko.forget(dewi)
    told = await posko.say(posko.admin, "/putuskan", to=group)
    assert "tidak ada grup Kota Lubuk Linggau untuk semua urusan" in told
    assert "Sari memutuskan grup «Posko»" in posko.heard(dewi)


async def test_an_unlinked_group_hears_nothing_more(posko: Posko) -> None:
    """After /putuskan no card comes to the group."""
    budi = await posko.officer()
    group = await posko.group("Posko", "16.73")
    await posko.say(posko.admin, "/putuskan", to=group)
    group.forget()
    await posko.say(budi, "/insiden banjir berat air naik")
    assert posko.heard(posko.admin, group) == ""


async def test_unlinking_an_unlinked_group_says_so(posko: Posko) -> None:
    """/putuskan in a group that is not linked tells how to link it."""
    group = posko.tg.group("Posko", [posko.admin])
    assert "belum terhubung" in await posko.say(posko.admin, "/putuskan", to=group)


async def test_mistakes_in_a_link_are_explained(posko: Posko) -> None:
    """An unknown or ambiguous region is named with what is near or which ones it could be, and nothing is linked."""
    group = posko.tg.group("Posko", [posko.admin])
    wanted = {
        "/hubungkan": "Sebut wilayahnya",
        "/hubungkan Lubuklingau": "Maksud Anda",
        "/hubungkan 99.99": "tidak ada",
        "/hubungkan <b>&": "tidak ada",
    }
    told = {line: await posko.say(posko.admin, line, to=group) for line in wanted}
    assert [line for line, words in wanted.items() if words not in told[line]] == []
    assert await posko.rows(GroupRow) == []


async def test_the_bot_greets_a_group_that_invites_it(posko: Posko) -> None:
    """Added to a group, the bot says how to link it."""
    group = posko.tg.group("Baru", [posko.admin], bot="left")
    await group.add_bot(posko.admin)
    await posko.settle()
    assert "/hubungkan" in posko.heard(posko.admin, group)


async def test_admins_hear_when_the_bot_is_thrown_out(posko: Posko) -> None:
    """A group that throws the bot out is unlinked, and admins are told which one."""
    group = await posko.group("Posko Linggau", "16.73")
    posko.forget(posko.admin)
    await group.kick_bot(posko.admin)
    await posko.settle()
    assert "«Posko Linggau»" in posko.heard(posko.admin)
    assert (await posko.one(GroupRow)).unlinked_at == posko.clock.now()


async def test_a_group_is_followed_to_its_new_id(posko: Posko) -> None:
    """A group that becomes a supergroup gets its next card under the new id, and its old card's edits too."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    group = await posko.group("Posko", "16.73", members=[rahmat])
    upgraded = await group.upgrade()
    await posko.settle()
    await posko.say(budi, "/insiden banjir berat air naik")
    assert "I-1" in posko.last(upgraded).text


async def test_a_move_that_was_not_announced_is_followed(posko: Posko) -> None:
    """A card that is refused because the group has moved is sent to the new id in the same breath."""
    budi = await posko.officer()
    group = await posko.group("Posko", "16.73")
    await budi.say("/insiden banjir berat air naik")
    upgraded = await group.upgrade()
    posko.tg.expect_refusal("sendMessage", "upgraded to a supergroup")
    await posko.settle()
    await posko.wait(seconds=10)
    assert "I-1" in posko.last(upgraded).text


async def test_an_anonymous_admin_is_told_to_use_the_own_name(posko: Posko) -> None:
    """A command in the group's own name is refused with the reason, and nothing is linked."""
    group = posko.tg.supergroup("Posko", [posko.admin])
    await group.says_anonymously("/hubungkan Lubuklinggau")
    await posko.settle()
    assert "admin anonim" in posko.heard(posko.admin, group)
    assert await posko.rows(GroupRow) == []


async def test_a_topic_is_linked_by_itself(posko: Posko) -> None:
    """A topic linked on its own gets its cards in that topic."""
    budi = await posko.officer()
    forum = posko.tg.supergroup("Forum", [posko.admin], forum=True)
    thread = await forum.open_topic("Bencana", by=posko.admin)
    await posko.admin.say("/hubungkan 16.73 bencana", to=forum, topic=thread)
    await posko.settle()
    await posko.say(budi, "/insiden banjir berat air naik")
    assert posko.last(forum).json["message_thread_id"] == thread
    assert "I-1" in posko.last(forum).text


async def test_small_talk_in_a_group_is_not_answered(posko: Posko) -> None:
    """Words, unknown commands and commands for other bots in a group get no answer and file nothing."""
    budi = await posko.officer()
    group = await posko.group("Posko", "16.73", members=[budi])
    await group.promote_bot(posko.admin)
    said = [await posko.say(budi, line, to=group) for line in ("halo", "lapor aman", "/cuaca", "/lapor@bot_lain aman")]
    assert said == ["", "", "", ""]
    assert await posko.rows(ReportRow) == []


async def test_a_group_has_its_own_language(posko: Posko) -> None:
    """/bahasa en in a group makes its next card English, whatever the people speak."""
    budi = await posko.officer()
    group = await posko.group("Posko", "16.73")
    await posko.say(posko.admin, "/bahasa en", to=group)
    await posko.say(budi, "/insiden banjir berat air naik")
    assert "Flood · high" in posko.last(group).text
    assert posko.last(group).buttons == ["Accept", "Resolve", "Choose a step…"]
