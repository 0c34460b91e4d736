"""How updates reach a bot: confirmation, order, expiry, competition, redelivery."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from sandbox import LocalTelegram, Person
from tests.sandbox.caller import Caller, FakeClock, Reply, keyboard

OTHER_POLL = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


async def waiting_poll(bot: Caller, **params: int) -> asyncio.Task[Reply]:
    """Start a long poll and come back when the server waits in it."""
    task = asyncio.create_task(bot.call("getUpdates", timeout=50, **params))
    await bot.telegram.polled()
    return task


async def test_update_stays_until_a_later_offset(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """Polling alone confirms nothing; an offset above the id does, for everything below it."""
    for text in ("satu", "dua", "tiga"):
        await budi.say(text)
    first = await bot.updates()
    assert await bot.updates() == first
    assert [update["message"]["text"] for update in first] == ["satu", "dua", "tiga"]
    ids = [update["update_id"] for update in first]
    assert ids == [ids[0], ids[0] + 1, ids[0] + 2]
    assert await bot.updates(offset=ids[1]) == first[1:]
    assert tg.pending == 2
    assert await bot.updates(offset=ids[2] + 1) == []
    assert tg.pending == 0


async def test_negative_offset_keeps_the_last(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """Offset -1 gives the newest update and forgets the others."""
    for text in ("satu", "dua", "tiga"):
        await budi.say(text)
    assert [update["message"]["text"] for update in await bot.updates(offset=-1)] == ["tiga"]
    assert tg.pending == 1


async def test_limit(bot: Caller, budi: Person) -> None:
    """A poll gives as many as asked for, a hundred at most."""
    for number in range(105):
        await budi.say(str(number))
    assert len(await bot.updates(limit=2)) == 2
    assert len(await bot.updates()) == 100
    assert len(await bot.updates(limit=500)) == 100


async def test_offset_of_another_queue_confirms_nothing(bot: Caller, budi: Person) -> None:
    """An offset far beyond the newest id gives the waiting updates again."""
    await budi.say("satu")
    known = await bot.updates()
    assert await bot.updates(offset=known[0]["update_id"] + 1000) == known


async def test_ids_start_anywhere(tg: LocalTelegram) -> None:
    """Update ids of two servers have nothing to do with each other."""
    assert LocalTelegram().state.updates.next_id != tg.state.updates.next_id


async def test_long_poll_ends_with_the_first_update(bot: Caller, budi: Person) -> None:
    """A waiting poll is answered as soon as something happens."""
    poll = await waiting_poll(bot)
    await budi.say("halo")
    assert [update["message"]["text"] for update in (await poll).result] == ["halo"]


async def test_newer_poll_ends_the_older(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """Of two pollers the one that waits is told of the conflict, and the newer one gets the updates."""
    older = await waiting_poll(bot)
    newer = asyncio.create_task(bot.call("getUpdates", timeout=50))
    refused = await older
    assert (refused.status, refused.error) == (409, OTHER_POLL)
    await budi.say("halo")
    assert len((await newer).result) == 1
    tg.expect_refusal("getUpdates", "terminated by other")
    tg.assert_no_unexpected_refusals()


async def test_polling_with_a_webhook_is_refused(bot: Caller) -> None:
    """While a webhook is set getUpdates is a conflict; deleting it brings polling back."""
    waiting = await waiting_poll(bot)
    assert (await bot.call("setWebhook", url="https://posko.example/hook")).result is True
    assert (await waiting).error == "Conflict: terminated by setWebhook request"
    reply = await bot.call("getUpdates")
    assert (reply.status, reply.error) == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
    info = (await bot.call("getWebhookInfo")).result
    assert (info["url"], info["pending_update_count"]) == ("https://posko.example/hook", 0)
    assert (await bot.call("deleteWebhook")).result is True
    assert await bot.updates() == []


async def test_webhook_needs_https(bot: Caller) -> None:
    """An address without TLS is refused."""
    reply = await bot.call("setWebhook", url="http://posko.example")
    assert reply.error == "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"


async def test_expiry(bot: Caller, tg: LocalTelegram, clock: FakeClock, budi: Person) -> None:
    """Taps are gone after 150 seconds, messages after a day."""
    await bot.send(budi.id, reply_markup=keyboard("Terima"))
    await budi.say("halo")
    await budi.tap("Terima")
    clock.advance(149)
    assert [min(update) for update in await bot.updates()] == ["message", "callback_query"]
    clock.advance(1)
    assert [min(update) for update in await bot.updates()] == ["message"]
    clock.advance(86_400 - 150)
    assert await bot.updates() == []
    assert tg.pending == 0


async def test_some_kinds_come_only_when_asked_for(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """chat_member and message_reaction need allowed_updates, which is remembered until it is set anew."""
    group = tg.supergroup("Posko", [budi], bot="administrator")
    message = await budi.say("halo", to=group)
    await budi.react(message, "👍")
    assert [min(update) for update in await bot.updates()] == ["message"]
    await bot.updates(allowed_updates=["chat_member", "message_reaction"], offset=-1)
    await budi.react(message, "🔥")
    await group.add(tg.person("Ani"))
    await budi.say("tidak diminta", to=group)
    kinds = [min(update) for update in await bot.updates()]
    assert kinds == ["message", "message_reaction", "chat_member"]
    await bot.updates(allowed_updates=[])
    await budi.say("lagi", to=group)
    assert "message" in (await bot.updates())[-1]


async def test_update_is_delivered_again_after_the_bot_vanished(
    bot: Caller, http: aiohttp.ClientSession, budi: Person
) -> None:
    """A poll whose reader is gone confirms nothing; the next one gets the update."""
    poll = await waiting_poll(bot)
    poll.cancel()
    with pytest.raises(asyncio.CancelledError):
        await poll
    await budi.say("halo")
    assert len(await bot.updates(timeout=5)) == 1


async def test_poll_of_a_vanished_bot_is_no_refusal(bot: Caller, tg: LocalTelegram) -> None:
    """The conflict that ends a poll nobody reads any more is not held against the bot."""
    poll = await waiting_poll(bot)
    poll.cancel()
    with pytest.raises(asyncio.CancelledError):
        await poll
    assert await bot.updates() == []
    await tg.until(lambda: len(tg.calls.of("getUpdates")) == 2)
    assert sorted(call.status for call in tg.calls) == [200, 409]
    tg.assert_no_unexpected_refusals()


async def test_ids_after_an_idle_week(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """Ids go on from another random number, and an offset of the old numbering does not hide them."""
    await budi.say("dulu")
    offset = (await bot.updates())[0]["update_id"] + 1
    with pytest.raises(LookupError):
        tg.idle_week()
    assert await bot.updates(offset=offset) == []
    tg.idle_week()
    await budi.say("kini")
    (update,) = await bot.updates(offset=offset)
    assert update["message"]["text"] == "kini"


async def test_confirmed_update_can_come_once_more(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """Redelivery repeats an id that lies below the offset."""
    await budi.say("halo")
    (update,) = await bot.updates()
    offset = update["update_id"] + 1
    assert await bot.updates(offset=offset) == []
    tg.redeliver(update["update_id"])
    assert await bot.updates(offset=offset) == [update]
    assert await bot.updates(offset=offset) == []


async def test_one_press_can_come_twice(bot: Caller, budi: Person) -> None:
    """A phone that sends its press again causes the same query under another update id."""
    await bot.send(budi.id, reply_markup=keyboard("Terima"))
    (await budi.tap("Terima")).deliver_again()
    first, second = await bot.updates()
    assert first["callback_query"] == second["callback_query"]
    assert first["update_id"] < second["update_id"]


async def test_raw_update_is_delivered_as_it_is(bot: Caller, tg: LocalTelegram) -> None:
    """Anything can be injected, also what no library can parse."""
    update_id = tg.inject({"message": {"from": {"id": "?"}}})
    assert await bot.updates() == [{"update_id": update_id, "message": {"from": {"id": "?"}}}]


async def test_queued_update_keeps_what_it_saw(bot: Caller, budi: Person) -> None:
    """A message edited before the bot polls arrives as it was, followed by the edit."""
    message = await budi.say("amna")
    await budi.edit(message, "aman")
    first, second = await bot.updates()
    assert (first["message"]["text"], second["edited_message"]["text"]) == ("amna", "aman")
    assert second["edited_message"]["edit_date"]
