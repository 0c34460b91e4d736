"""Telegram may give the number of a message again: what is sent under it later is another message."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from sandbox import Group, Message, Person
from storage.tables import DraftRow, IncidentEventRow, OutboxRow, ReportRow
from tests.kit import Posko


async def twice(
    posko: Posko, where: Person | Group, send: Callable[[int], Awaitable[object]], *, seconds: float
) -> None:
    """Send two messages under the same number, so many seconds apart."""
    chat = posko.tg.state.world.chats[where.id]
    number = chat.last_message_id + 50
    for time in range(2):
        chat.last_message_id = number
        await send(time)
        await posko.settle()
        chat.last_message_id = number + 100 * (time + 1)
        posko.clock.advance(seconds=seconds)


@pytest.mark.parametrize(
    ("seconds", "second", "filed"), [(1.0, "gangguan ribut", ["aman", "gangguan ribut"]), (0.0, "aman", ["aman"])]
)
async def test_a_later_message_of_the_same_number_files(
    posko: Posko, seconds: float, second: str, filed: list[str]
) -> None:
    """A line under a number that was used before is a report of its own; the same message again is none."""
    budi = await posko.officer()
    await twice(posko, budi, lambda time: budi.say(f"/lapor {['aman', second][time]}"), seconds=seconds)
    assert [row.text for row in await posko.rows(ReportRow)] == filed
    assert {row.version for row in await posko.rows(ReportRow)} == {1}


async def test_an_edit_of_either_changes_its_own_report(posko: Posko) -> None:
    """Of two messages under one number each edit corrects the report that its own message filed."""
    budi = await posko.officer()
    said: list[Message] = []

    async def send(time: int) -> None:
        said.append(await budi.say(["/lapor aman", "/lapor waspada hujan"][time]))

    await twice(posko, budi, send, seconds=60)
    await budi.edit(said[1], "/lapor gangguan ribut")
    await posko.settle()
    assert [(row.text, row.version) for row in await posko.rows(ReportRow)] == [("aman", 1), ("gangguan ribut", 2)]


async def test_later_words_of_the_same_number_are_kept(posko: Posko) -> None:
    """Words that nobody has said yet what they are do not take the place of earlier ones."""
    budi = await posko.officer()
    await twice(posko, budi, lambda time: budi.say(["air naik", "massa datang"][time]), seconds=1200)
    assert [row.text for row in await posko.rows(DraftRow)] == ["air naik", "massa datang"]


async def test_a_later_note_of_the_same_number_stands(posko: Posko) -> None:
    """Two notes in a group under one number both stand on the timeline, and both are seen to be noted."""
    budi, rahmat = await posko.officer(), await posko.coordinator()
    group = await posko.group("Posko", "16.73", members=[rahmat])
    await posko.say(budi, "/insiden banjir berat air naik")
    card = posko.last(group)
    words = ["pompa jalan", "pompa mati"]
    await twice(posko, group, lambda time: rahmat.say(words[time], to=group, reply_to=card), seconds=5)
    notes = await posko.rows(IncidentEventRow, IncidentEventRow.action == "noted")
    assert [row.note for row in notes] == words
    assert len(await posko.rows(OutboxRow, OutboxRow.method == "setMessageReaction")) == 2
