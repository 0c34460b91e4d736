"""What Telegram refuses when a bot edits, deletes, pins, reacts or answers, word for word."""

from __future__ import annotations

import re
from typing import Any

import pytest

from sandbox import LocalTelegram, Person
from sandbox.world.state import Answer
from tests.sandbox.caller import Caller, FakeClock, keyboard

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_edit_that_changes_nothing_is_refused(bot: Caller, budi: Person) -> None:
    """The same visible text, entities and buttons are no edit, however they are written."""
    sent = await bot.send(budi.id, "<b>Aman</b>", parse_mode="HTML", reply_markup=keyboard("Terima"))
    same = {"chat_id": budi.id, "message_id": sent["message_id"], "reply_markup": keyboard("Terima")}
    reply = await bot.call("editMessageText", text="<strong>Aman</strong> ", parse_mode="HTML", **same)
    assert (reply.status, reply.error) == (400, NOT_MODIFIED)
    assert (await bot.call("editMessageReplyMarkup", **same)).error == NOT_MODIFIED


async def test_edit_without_keyboard_takes_it_away(bot: Caller, budi: Person) -> None:
    """An edit replaces text and buttons together and carries an edit date."""
    sent = await bot.send(budi.id, "Aman", reply_markup=keyboard("Terima"))
    edited = (await bot.call("editMessageText", chat_id=budi.id, message_id=sent["message_id"], text="Aman")).result
    assert "reply_markup" not in edited
    assert edited["edit_date"]
    assert budi.messages[0].buttons == []


@pytest.mark.parametrize(
    ("method", "params", "text"),
    [
        ("editMessageText", {"text": "a"}, "message to edit not found"),
        ("editMessageReplyMarkup", {}, "message to edit not found"),
        ("deleteMessage", {}, "message to delete not found"),
        ("pinChatMessage", {}, "message to pin not found"),
        ("setMessageReaction", {"reaction": []}, "message to react not found"),
    ],
)
async def test_missing_target(bot: Caller, budi: Person, method: str, params: dict[str, Any], text: str) -> None:
    """A message that is not there cannot be edited, deleted, pinned or reacted to."""
    reply = await bot.call(method, chat_id=budi.id, message_id=999, **params)
    assert (reply.status, reply.error) == (400, f"Bad Request: {text}")


async def test_edit_of_the_wrong_message(bot: Caller, budi: Person) -> None:
    """Other people's messages, messages with a reply keyboard, places and photos cannot be edited as texts."""
    theirs = await budi.say("halo")
    with_keyboard = await bot.send(budi.id, reply_markup={"keyboard": [["Aman"]]})
    place = (await bot.call("sendLocation", chat_id=budi.id, latitude=-3.3, longitude=102.9)).result
    plain = await bot.send(budi.id)
    for message_id, method, params, text in (
        (theirs.id, "editMessageText", {"text": "b"}, "message can't be edited"),
        (with_keyboard["message_id"], "editMessageText", {"text": "b"}, "message can't be edited"),
        (place["message_id"], "editMessageText", {"text": "b"}, "there is no text in the message to edit"),
        (plain["message_id"], "editMessageCaption", {"caption": "b"}, "there is no caption in the message to edit"),
        (plain["message_id"], "editMessageText", {"text": "a" * 4097}, "MESSAGE_TOO_LONG"),
        (plain["message_id"], "editMessageText", {"text": ""}, "message text is empty"),
        (
            plain["message_id"],
            "editMessageText",
            {"text": "b", "reply_markup": {"keyboard": [["a"]]}},
            "inline keyboard expected",
        ),
    ):
        reply = await bot.call(method, chat_id=budi.id, message_id=message_id, **params)
        assert (reply.status, reply.error) == (400, f"Bad Request: {text}")


async def test_delete(bot: Caller, tg: LocalTelegram, clock: FakeClock, budi: Person) -> None:
    """Own messages go within 48 hours; others' messages in a group only for an administrator."""
    group = tg.group("Posko", [budi])
    theirs, mine = await budi.say("/halo", to=group), await bot.send(group.id)
    reply = await bot.call("deleteMessage", chat_id=group.id, message_id=theirs.id)
    assert reply.error == "Bad Request: message can't be deleted"
    clock.advance(48 * 3600 + 1)
    reply = await bot.call("deleteMessage", chat_id=group.id, message_id=mine["message_id"])
    assert reply.error == "Bad Request: message can't be deleted for everyone"
    await group.promote_bot()
    for message_id in (theirs.id, mine["message_id"]):
        assert (await bot.call("deleteMessage", chat_id=group.id, message_id=message_id)).result is True
    assert group.messages == []


async def test_tap_is_answered_once_and_in_time(bot: Caller, clock: FakeClock, budi: Person) -> None:
    """A tap can be answered once within 150 seconds; invented ids and long texts are refused."""
    await bot.send(budi.id, reply_markup=keyboard("Terima", "Tolak"))
    tap = await budi.tap("Terima")
    query = tap.query.id
    assert (await bot.call("answerCallbackQuery", callback_query_id="1")).error == TOO_OLD
    reply = await bot.call("answerCallbackQuery", callback_query_id=query, text="a" * 201)
    assert reply.error == "Bad Request: MESSAGE_TOO_LONG"
    assert (await bot.call("answerCallbackQuery", callback_query_id=query, text="Baik", show_alert=True)).result
    assert await budi.answer_of(tap) == Answer("Baik", alert=True)
    assert (await bot.call("answerCallbackQuery", callback_query_id=query)).error == TOO_OLD
    late = await budi.tap("Tolak")
    clock.advance(151)
    reply = await bot.call("answerCallbackQuery", callback_query_id=late.query.id)
    assert (reply.status, reply.error) == (400, TOO_OLD)


async def test_reactions(bot: Caller, budi: Person) -> None:
    """Only emoji of Telegram's list are reactions; the check mark is not among them."""
    message = await budi.say("aman")
    target = {"chat_id": budi.id, "message_id": message.id}
    reply = await bot.call("setMessageReaction", reaction=[{"type": "emoji", "emoji": "✅"}], **target)
    assert reply.error == "Bad Request: REACTION_INVALID"
    assert (await bot.call("setMessageReaction", reaction=[{"type": "emoji", "emoji": "👍"}], **target)).result
    assert message.reactions == ["👍"]


async def test_a_group_may_forbid_reactions(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """Where reactions are forbidden even one of Telegram's list is refused; taking one away is not."""
    group = tg.supergroup("Posko", [budi])
    message = await budi.say("/aman", to=group)
    await group.forbid_reactions()
    target = {"chat_id": group.id, "message_id": message.id}
    reply = await bot.call("setMessageReaction", reaction=[{"type": "emoji", "emoji": "👍"}], **target)
    assert reply.error == "Bad Request: REACTION_INVALID"
    assert (await bot.call("setMessageReaction", reaction=[], **target)).result
    anonymous = await group.says_anonymously("/aman", reply_to=message)
    assert anonymous.json["reply_to_message"]["message_id"] == message.id


async def test_pinning_in_a_group_needs_rights(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """An ordinary member cannot pin; an administrator can, and getChat shows it."""
    group = tg.supergroup("Posko", [budi])
    sent = await bot.send(group.id)
    target = {"chat_id": group.id, "message_id": sent["message_id"]}
    reply = await bot.call("pinChatMessage", **target)
    assert reply.error == "Bad Request: not enough rights to manage pinned messages in the chat"
    await group.promote_bot()
    assert (await bot.call("pinChatMessage", **target)).result is True
    assert (await bot.call("getChat", chat_id=group.id)).result["pinned_message"]["message_id"] == sent["message_id"]
    assert (await bot.call("unpinChatMessage", chat_id=group.id)).result is True
    assert group.pinned == []


async def test_unexpected_refusals_fail_a_test(bot: Caller, tg: LocalTelegram) -> None:
    """Every refusal is kept until a test says that it belongs there."""
    await bot.call("sendMessage", chat_id=1, text="a")
    with pytest.raises(AssertionError, match="400 sendMessage: Bad Request: chat not found"):
        tg.assert_no_unexpected_refusals()
    tg.expect_refusal("sendMessage", "message is too long")
    assert len(tg.refused) == 1
    tg.expect_refusal("sendMessage", re.compile("chat .* found"))
    tg.assert_no_unexpected_refusals()
