"""What Telegram refuses when a bot sends a message, word for word."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox import LocalTelegram, Person
from tests.sandbox.caller import Caller, keyboard

CASES: list[tuple[str, dict[str, Any], str]] = [
    ("no text", {}, "message text is empty"),
    ("empty text", {"text": ""}, "message text is empty"),
    ("only spaces", {"text": "  \n "}, "text must be non-empty"),
    ("4097 characters", {"text": "a" * 4097}, "message is too long"),
    ("over 32 KiB before parsing", {"text": "<b>a</b>" * 5000, "parse_mode": "HTML"}, "text is too long"),
    ("unknown parse mode", {"text": "a", "parse_mode": "BBCode"}, "unsupported parse_mode"),
    (
        "unknown tag",
        {"text": "Pos <x>1</x>", "parse_mode": "HTML"},
        'can\'t parse entities: Unsupported start tag "x" at byte offset 4',
    ),
    (
        "unclosed tag",
        {"text": "<b>aman", "parse_mode": "html"},
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    (
        "wrong end tag",
        {"text": "<b>é</i>", "parse_mode": "HTML"},
        'can\'t parse entities: Unmatched end tag at byte offset 5, expected "</b>", found "</i>"',
    ),
    (
        "stray end tag",
        {"text": "a</b>", "parse_mode": "HTML"},
        "can't parse entities: Unexpected end tag at byte offset 1",
    ),
    (
        "tag cut off",
        {"text": "a <b", "parse_mode": "HTML"},
        "can't parse entities: Unclosed start tag at byte offset 2",
    ),
    (
        "bare less-than sign",
        {"text": "3 < 4", "parse_mode": "HTML"},
        'can\'t parse entities: Unsupported start tag "" at byte offset 2',
    ),
    (
        "reserved character in MarkdownV2",
        {"text": "TPS-12", "parse_mode": "MarkdownV2"},
        "can't parse entities: Character '-' is reserved and must be escaped with the preceding '\\'",
    ),
    (
        "open bold in MarkdownV2",
        {"text": "a *b", "parse_mode": "MarkdownV2"},
        "can't parse entities: Can't find end of Bold entity at byte offset 2",
    ),
    (
        "entity beyond the text",
        {"text": "abc", "entities": [{"type": "bold", "offset": 2, "length": 2}]},
        "entity beginning or end is out of the text",
    ),
    ("65 bytes of callback data", {"reply_markup": keyboard("д" * 32 + "a")}, "BUTTON_DATA_INVALID"),
    (
        "no bytes of callback data",
        {"reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": ""}]]}},
        "BUTTON_DATA_INVALID",
    ),
    (
        "button without action",
        {"reply_markup": {"inline_keyboard": [[{"text": "a"}]]}},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        "button without text",
        {"reply_markup": {"inline_keyboard": [[{"callback_data": "a"}]]}},
        "can't parse inline keyboard button: Can't find field \"text\"",
    ),
    (
        "rows that are no rows",
        {"reply_markup": {"inline_keyboard": [{"text": "a", "callback_data": "a"}]}},
        'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    ),
    (
        "empty button text",
        {"reply_markup": {"inline_keyboard": [[{"text": " ", "callback_data": "a"}]]}},
        "inline keyboard button text must be non-empty",
    ),
    (
        "button with a path for an address",
        {"reply_markup": {"inline_keyboard": [[{"text": "a", "url": "/peta"}]]}},
        "BUTTON_URL_INVALID",
    ),
    ("101 buttons", {"reply_markup": keyboard(*"a" * 101)}, "reply markup is too long"),
    ("markup that is no JSON", {"reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
    ("markup that is no object", {"reply_markup": [1]}, "object expected as reply markup"),
    ("reply to nothing", {"reply_parameters": {"message_id": 77}}, "message to be replied not found"),
    (
        "reply parameters without their required field",
        {"reply_parameters": {"quote": "a"}},
        "can't parse reply parameters: Can't find field \"message_id\"",
    ),
    (
        "wrong type in an object",
        {"link_preview_options": {"is_disabled": "ya"}},
        'can\'t parse link preview options: Field "is_disabled" must be of type Boolean',
    ),
    ("thread that does not exist", {"message_thread_id": 5}, "message thread not found"),
    ("general thread", {"message_thread_id": 1}, "message thread not found"),
]


@pytest.mark.parametrize(("params", "text"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
async def test_bad_message_is_refused(bot: Caller, budi: Person, params: dict[str, Any], text: str) -> None:
    """Each mistake in a message gets Telegram's own words and a 400, and nothing is sent."""
    given = {"chat_id": budi.id, **params}
    if not {"text", "parse_mode"} & params.keys() and text != "message text is empty":
        given["text"] = "Halo"
    reply = await bot.call("sendMessage", **given)
    assert (reply.status, reply.error) == (400, f"Bad Request: {text}")
    assert reply.body["error_code"] == 400
    assert budi.messages == []


@pytest.mark.parametrize(
    ("chat_id", "text"),
    [("", "chat_id is empty"), ("42", "chat not found"), ("@nobody", "chat not found"), ("abc", "chat not found")],
)
async def test_unknown_chat_is_refused(bot: Caller, chat_id: str, text: str) -> None:
    """A chat id that is missing or leads nowhere is a 400."""
    reply = await bot.call("sendMessage", chat_id=chat_id, text="Halo")
    assert (reply.status, reply.error) == (400, f"Bad Request: {text}")


async def test_person_who_cannot_be_written_to(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """Never started, blocked, deleted and bot accounts each get their own 403."""
    stranger = tg.person("Ani")
    assert (await bot.call("sendMessage", chat_id=stranger.id, text="a")).error == (
        "Forbidden: bot can't initiate conversation with a user"
    )
    await budi.block_bot()
    blocked = await bot.call("sendMessage", chat_id=budi.id, text="a")
    assert (blocked.status, blocked.error) == (403, "Forbidden: bot was blocked by the user")
    await budi.unblock_bot()
    await bot.send(budi.id)
    await budi.delete_account()
    assert (await bot.call("sendMessage", chat_id=budi.id, text="a")).error == "Forbidden: user is deactivated"
    stranger.account.json["is_bot"] = True
    assert (await bot.call("sendMessage", chat_id=stranger.id, text="a")).error == (
        "Forbidden: the bot can't send messages to the bot"
    )


async def test_group_that_cannot_be_written_to(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """Kicked, left, muted and deleted each have their text; basic groups and supergroups are told apart."""
    for group, words in ((tg.group("Posko", [budi]), "group"), (tg.supergroup("Posko", [budi]), "supergroup")):
        await group.mute_bot()
        reply = await bot.call("sendMessage", chat_id=group.id, text="a")
        assert (reply.status, reply.error) == (400, "Bad Request: not enough rights to send text messages to the chat")
        await group.mute_bot(muted=False)
        await bot.send(group.id)
        await group.kick_bot()
        reply = await bot.call("sendMessage", chat_id=group.id, text="a")
        assert (reply.status, reply.error) == (403, f"Forbidden: bot was kicked from the {words} chat")
        await group.add_bot(by=budi)
        assert (await bot.call("leaveChat", chat_id=group.id)).result is True
        reply = await bot.call("sendMessage", chat_id=group.id, text="a")
        assert (reply.status, reply.error) == (403, f"Forbidden: bot is not a member of the {words} chat")
        await group.delete()
        reply = await bot.call("sendMessage", chat_id=group.id, text="a")
        assert (reply.status, reply.error) == (403, "Forbidden: the group chat was deleted")


async def test_upgraded_group_names_its_successor(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """Writing to an upgraded group is refused with the new id, editing too; reading still works."""
    group = tg.group("Posko", [budi])
    sent = await bot.send(group.id)
    new = await group.upgrade()
    for method, params in (
        ("sendMessage", {"text": "a"}),
        ("editMessageText", {"text": "b", "message_id": sent["message_id"]}),
    ):
        reply = await bot.call(method, chat_id=group.id, **params)
        assert reply.error == "Bad Request: group chat was upgraded to a supergroup chat"
        assert reply.body["parameters"] == {"migrate_to_chat_id": new.id}
    assert (await bot.call("getChat", chat_id=group.id)).result["id"] == group.id
    assert str(new.id).startswith("-100")
    await bot.send(new.id)


async def test_web_app_and_location_buttons_are_for_private_chats(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """Buttons that need a private chat are refused in a group and accepted outside."""
    group = tg.group("Posko", [budi])
    web_app = {"inline_keyboard": [[{"text": "a", "web_app": {"url": "https://posko.example"}}]]}
    place = {"keyboard": [[{"text": "a", "request_location": True}]]}
    for markup, text in (
        (web_app, "web App buttons can be used in private chats only"),
        (place, "location can be requested in private chats only"),
    ):
        assert (await bot.call("sendMessage", chat_id=group.id, text="a", reply_markup=markup)).error == (
            f"Bad Request: {text}"
        )
        await bot.send(budi.id, reply_markup=markup)


async def test_text_at_the_limit_passes(bot: Caller, budi: Person) -> None:
    """4096 code points after parsing are allowed, however many UTF-16 units or bytes they take."""
    sent = await bot.send(budi.id, "<b>" + "😀" * 4096 + "</b>", parse_mode="HTML")
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 8192}]


async def test_button_data_at_the_limit_passes(bot: Caller, budi: Person) -> None:
    """64 bytes of callback data are allowed: 32 Cyrillic letters."""
    sent = await bot.send(budi.id, reply_markup=keyboard("д" * 32))
    assert sent["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "д" * 32


async def test_reply_may_be_sent_without_its_target(bot: Caller, budi: Person) -> None:
    """allow_sending_without_reply sends the message alone; with a target, the target is nested one level deep."""
    lone = await bot.send(budi.id, reply_parameters={"message_id": 77, "allow_sending_without_reply": True})
    assert "reply_to_message" not in lone
    first = await bot.send(budi.id, reply_parameters={"message_id": lone["message_id"]})
    second = await bot.send(budi.id, reply_parameters={"message_id": first["message_id"]})
    assert second["reply_to_message"]["message_id"] == first["message_id"]
    assert "reply_to_message" not in second["reply_to_message"]


async def test_topics(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """A message goes into an open topic; a closed or deleted one refuses it."""
    group = tg.supergroup("Posko", [budi], forum=True)
    thread = await group.open_topic("Keamanan")
    sent = await bot.send(group.id, message_thread_id=thread)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (thread, True)
    await group.close_topic(thread)
    reply = await bot.call("sendMessage", chat_id=group.id, text="a", message_thread_id=thread)
    assert reply.error == "Bad Request: TOPIC_CLOSED"
    await group.delete_topic(thread)
    reply = await bot.call("sendMessage", chat_id=group.id, text="a", message_thread_id=thread)
    assert reply.error == "Bad Request: message thread not found"
