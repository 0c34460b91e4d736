"""Taps that change nothing of what a message shows: answered, and no edit is asked of Telegram."""

from __future__ import annotations

from sandbox import Message, Person
from storage.tables import DraftRow
from tests.kit import Posko


async def pressed(posko: Posko, person: Person, message: Message, *data: str) -> None:
    """Press these one after another, each answered before the next, on a phone that still shows the message of before."""
    for one in data:
        await posko.tap(person, message=message, data=one)


async def test_a_tap_that_changes_nothing_is_answered_without_an_edit(posko: Posko) -> None:
    """The same button again, and there and back before anything is sent, ask Telegram for no edit that it refuses."""
    budi = await posko.officer("Budi", "LAPAS-1673", "RUTAN-1674")
    await posko.say(budi, "/bahasa")
    await pressed(posko, budi, posko.last(budi), "lang:id", "lang:id")
    await posko.say(posko.admin, "/pengumuman Apel pukul enam")
    officers = next(one["callback_data"] for row in posko.last(posko.admin).rows for one in row)
    await pressed(posko, posko.admin, posko.last(posko.admin), officers, officers)
    await posko.say(budi, "/serahterima")
    post = posko.last(budi).rows[0][0]["callback_data"]
    await pressed(posko, budi, posko.last(budi), post, post, "hx:", "hx:")
    edits = [call for call in posko.tg.calls if call.method == "editMessageText"]
    assert [call.description for call in edits if not call.ok] == []
    assert len(edits) == len({(call.params["message_id"], call.params["text"]) for call in edits})


async def test_there_and_back_before_anything_is_sent(posko: Posko) -> None:
    """Two quick taps of which the second takes the first back are both answered, and the message is not edited."""
    budi = await posko.officer()
    await posko.say(budi, "/lapor")
    await posko.tap(budi, "🟢 Aman")
    draft, shown = await posko.one(DraftRow), posko.last(budi)
    before = len([call for call in posko.tg.calls if call.method == "editMessageText"])
    taps = [await budi.tap(message=shown, data=f"dh:{draft.id}:{wanted}") for wanted in (1, 0)]
    await posko.settle()
    answers = [(await budi.answer_of(tap)).text for tap in taps]
    assert len(set(answers)) == 2
    assert len([call for call in posko.tg.calls if call.method == "editMessageText"]) == before
