"""The one message of a report being filled, when answers come faster than Telegram."""

from __future__ import annotations

from storage.tables import ScreenRow
from tests.kit import Posko


async def test_a_typed_answer_while_an_edit_is_on_its_way_loses_no_question(posko: Posko) -> None:
    """The message that moves below a typed answer is there, although the edit before it was still in flight."""
    budi = await posko.officer()
    await posko.say(budi, "/insiden")
    await budi.tap("🌊 Banjir")
    machine = posko.machine
    await machine.intake.round(timeout=0)
    while await machine.pump.round():
        pass
    await machine.sender.step()  # hands the edit over, and does not wait for it to be noted
    await budi.say("berat")
    await machine.intake.round(timeout=0)
    while await machine.pump.round():
        pass
    await posko.settle()
    shown = [message for message in budi.messages if message.by_bot]
    assert len(shown) == 1
    assert "Kirim" in shown[0].buttons
    assert (await posko.one(ScreenRow)).message_id == shown[0].id
