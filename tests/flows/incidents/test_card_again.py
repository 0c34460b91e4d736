"""A card that has scrolled away: /insiden I-42 brings it back, and the old one points to it."""

from __future__ import annotations

import pytest

from sandbox import Group, Message, Person
from storage.tables import OutboxRow, ScreenRow
from tests.kit import Posko

FLOOD = "/insiden banjir berat air masuk gudang"


def shown(group: Group) -> list[Message]:
    """The bot's messages in a group that name the incident, oldest first."""
    return [message for message in group.messages if message.by_bot and "I-1" in message.text]


async def linked(posko: Posko, group: Group, *purposes: str, topic: int | None = None) -> Group:
    """Let the admin link a group to Lubuklinggau."""
    await posko.admin.say(f"/hubungkan 16.73 {' '.join(purposes)}", to=group, topic=topic)
    await posko.settle()
    group.forget()
    return group


async def test_the_card_comes_back_and_the_old_one_points_to_it(posko: Posko) -> None:
    """In a supergroup the card is sent anew at the bottom; the old one loses its buttons and links to it, each time."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    group = await linked(posko, posko.tg.supergroup("Posko", [posko.admin, rahmat]))
    await posko.say(budi, FLOOD)
    await posko.say(rahmat, "/insiden I-1", to=group)
    await posko.say(rahmat, "/insiden I-1", to=group)
    first, second, card = shown(group)
    number = str(group.id).removeprefix("-100")
    for old, new in ((first, second), (second, card)):
        assert (old.text, old.buttons) == ("↪️ I-1 · kartunya kini di bawah", [])
        assert f'href="https://t.me/c/{number}/{new.id}"' in old.html
    assert card.buttons == ["Terima", "Selesaikan", "Pilih langkah…"]
    await posko.tap(rahmat, "Terima", in_=group)
    assert ["Diterima Rahmat" in message.text for message in shown(group)] == [False, False, True]
    assert len(await posko.rows(ScreenRow, ScreenRow.subject.startswith("incident:"))) == 1


async def test_a_small_group_has_no_links(posko: Posko) -> None:
    """In a group without addresses the old card says where to look; a card of an ended incident comes back too."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    group = await posko.group("Posko", "16.73", members=[rahmat])
    await posko.say(budi, FLOOD)
    for label in ("Terima", "Selesaikan", "Tutup"):
        await posko.tap(rahmat, label, in_=group)
    await posko.say(rahmat, "/insiden I-1", to=group)
    old, card = shown(group)
    assert (old.text, old.entities[-1]["type"]) == ("↪️ I-1 · kartunya kini di bawah", "bold")
    assert ("Ditutup" in card.text, card.buttons) == (True, ["Pilih langkah…"])


async def test_a_topic_keeps_its_card(posko: Posko) -> None:
    """In a topic the card comes back there, and the old one's link names the topic."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    forum = posko.tg.supergroup("Forum", [posko.admin, rahmat], forum=True)
    topic = await forum.open_topic("Banjir", by=posko.admin)
    await linked(posko, forum, topic=topic)
    await posko.say(budi, FLOOD)
    await rahmat.say("/insiden I-1", to=forum, topic=topic)
    await posko.settle()
    old, card = shown(forum)
    assert [message.json["message_thread_id"] for message in (old, card)] == [topic, topic]
    assert f"/{topic}/{card.id}" in old.html


async def test_a_group_linked_later_gets_a_lasting_card(posko: Posko) -> None:
    """A group that was not there when it happened gets the card by asking, and from then on it edits itself."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    first = await posko.group("Posko", "16.73", members=[rahmat])
    await posko.say(budi, FLOOD)
    later = await posko.group("BPBD", "16.73", "bencana", members=[rahmat])
    wrong = await posko.group("Gakkumdu", "16.73", "netralitas", members=[rahmat])
    await posko.say(rahmat, "/insiden I-1", to=later)
    assert "chat pribadi" in await posko.say(rahmat, "/insiden I-1", to=wrong)
    await posko.tap(rahmat, "Terima", in_=first)
    assert ["Diterima Rahmat" in posko.last(group).text for group in (first, later, wrong)] == [True, True, False]


@pytest.mark.parametrize("killed", ["before", "after"])
async def test_a_kill_leaves_one_card_and_one_pointer(posko: Posko, killed: str) -> None:
    """A program that is killed before the card is sent anew, or before that is noted, still lets the old one point to it."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    group = await linked(posko, posko.tg.supergroup("Posko", [posko.admin, rahmat]))
    await posko.say(budi, FLOOD)
    await rahmat.say("/insiden I-1", to=group)
    await posko.machine.intake.round(timeout=0)
    while await posko.machine.pump.round():
        pass
    if killed == "after":
        await posko.machine.sender.step()
        await posko.machine.sender.finish()
    await posko.restart()
    await posko.settle()
    old, card = shown(group)
    assert (f"/{card.id}" in old.html, "Menunggu diterima" in card.text) == (True, True)
    pointers = await posko.rows(OutboxRow, OutboxRow.key.startswith("pointer:"))
    assert [row.state for row in pointers] == ["sent"]


async def test_a_deleted_card_is_not_pointed_from(posko: Posko) -> None:
    """Where the old card was deleted nothing is written in its place."""
    budi, rahmat = await posko.officer(), await posko.coordinator("Rahmat")
    group = await linked(posko, posko.tg.supergroup("Posko", [posko.admin, rahmat]))
    await posko.say(budi, FLOOD)
    posko.tg.state.world.delete(shown(group)[0])
    posko.tg.expect_refusal("editMessageText", "message to edit not found")
    await posko.say(rahmat, "/insiden I-1", to=group)
    (card,) = shown(group)
    assert "Menunggu diterima" in card.text


def copies(person: Person) -> list[Message]:
    """The copies of the card that stand in a private chat."""
    return [one for one in person.messages if one.by_bot and "I-1 · 🌊 Banjir · berat" in one.text.split("\n")[0]]


async def test_a_copy_has_the_buttons_that_its_reader_may_use(posko: Posko) -> None:
    """In private each coordinator's copy offers what that person may do, and is not the card of any group."""
    budi = await posko.officer()
    rahmat, dewi = await posko.coordinator("Rahmat"), await posko.coordinator("Dewi")
    group = await posko.group("Posko", "16.73", members=[rahmat])
    await posko.say(budi, FLOOD)
    await posko.tap(rahmat, "Terima", in_=group)
    for person in (rahmat, dewi):
        await posko.say(person, "/insiden I-1")
    assert posko.last(rahmat).buttons == ["Mulai kerjakan", "Selesaikan", "Pilih langkah…"]
    assert posko.last(dewi).buttons == ["Selesaikan", "Pilih langkah…"]
    assert len(shown(group)) == 1


async def test_a_copy_follows_the_incident(posko: Posko) -> None:
    """Whoever takes a step, from a menu or elsewhere, each reader's one copy shows it with the steps left to that reader."""
    budi = await posko.officer()
    rahmat, dewi = await posko.coordinator("Rahmat"), await posko.coordinator("Dewi")
    await posko.say(budi, FLOOD)
    for person in (dewi, rahmat, rahmat):
        await posko.say(person, "/insiden I-1")
    await posko.tap(rahmat, "Terima")
    assert "Diterima Rahmat" in copies(dewi)[0].text
    await posko.tap(dewi, "Pilih langkah…", message=copies(dewi)[0])
    await posko.tap(dewi, "Ambil alih")
    assert [len(copies(person)) for person in (rahmat, dewi)] == [1, 1]
    assert copies(dewi)[0].buttons == ["Mulai kerjakan", "Selesaikan", "Pilih langkah…"]
    assert copies(rahmat)[0].buttons == ["Selesaikan", "Pilih langkah…"]
    assert all("Diterima Dewi" in copies(person)[0].text for person in (rahmat, dewi))
    await posko.say(rahmat, "perahu berangkat", reply_to=copies(rahmat)[0])
    assert "perahu berangkat" in copies(dewi)[0].text
    await posko.end_assignments(rahmat)
    await posko.tap(dewi, "Selesai", message=copies(dewi)[0])
    assert ["Selesai · " in copies(person)[0].text for person in (dewi, rahmat)] == [True, False]
