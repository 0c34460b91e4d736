"""A local Telegram written down and put back holds the same chats, and goes on from there."""

from __future__ import annotations

import json

from sandbox import LocalTelegram, Media
from sandbox.world import snapshot


async def test_what_was_written_down_is_there_again() -> None:
    """People, groups, messages with their buttons, deleted ones and files come back from JSON as they were."""
    old = LocalTelegram()
    budi = old.person("Budi", language="id", started=True)
    group = old.group("Posko", [budi])
    await budi.say("halo")
    await budi.send(Media("document", b"isi", name="a.txt"))
    card = old.state.world.post(
        group.chat, old.bot, {"text": "I-1", "reply_markup": {"inline_keyboard": []}}, by_bot=True
    )
    old.state.world.delete(card)
    written = snapshot.take(old.state)
    new = LocalTelegram()
    snapshot.put_back(new.state, json.loads(json.dumps(written)))
    assert snapshot.take(new.state) == written
    assert new.state.world.chats[group.id].members == group.chat.members
    assert new.state.world.chats[group.id].shown == []


async def test_it_goes_on_from_there() -> None:
    """Updates and messages are numbered on, a person who was there already is the same one, and a tap of before still waits."""
    old = LocalTelegram()
    budi = old.person("Budi", user_id=7, started=True)
    await budi.say("halo")
    button = {"text": "Terima", "callback_data": "it:1"}
    world = old.state.world
    card = world.post(budi.chat, old.bot, {"text": "I-1", "reply_markup": {"inline_keyboard": [[button]]}}, by_bot=True)
    tap = await budi.tap("Terima")
    new = LocalTelegram(clock=world.clock)
    again = new.person("Budi", user_id=7)
    snapshot.put_back(new.state, snapshot.take(old.state))
    assert (again.account.started, [one.text for one in again.messages]) == (True, ["halo", "I-1"])
    assert (await again.say("lagi")).id == card.id + 1
    assert new.state.updates.next_id == old.state.updates.next_id + 1
    assert new.state.queries[tap.query.id].json["data"] == "it:1"
