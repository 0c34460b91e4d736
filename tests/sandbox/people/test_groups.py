"""What happens in groups, and how much of it the bot hears."""

from __future__ import annotations

import pytest

from sandbox import LocalTelegram, Person
from tests.sandbox.caller import Caller


async def heard(bot: Caller) -> list[str]:
    """Give the texts of all waiting messages."""
    return [update["message"].get("text", "service") for update in await bot.updates() if "message" in update]


async def test_privacy_mode(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """An ordinary bot hears commands, mentions of itself and replies to itself, not the talk of the group."""
    group = tg.group("Posko", [budi])
    await bot.send(group.id, "Ringkasan")
    await budi.say("mari makan", to=group)
    await budi.say("/ringkasan", to=group)
    await budi.say("/status@other_bot", to=group)
    await budi.say("halo @Posko_Test_Bot", to=group)
    await budi.say("baik", to=group, reply_to=group.messages[0])
    assert await heard(bot) == ["/ringkasan", "halo @Posko_Test_Bot", "baik"]
    await group.promote_bot()
    await budi.say("terdengar", to=group)
    assert (await heard(bot))[-1] == "terdengar"


async def test_joining_and_leaving(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """Members come and go with service messages; chat_member goes to administrators who asked for it."""
    ani = tg.person("Ani")
    group = tg.supergroup("Posko", [budi], bot="administrator")
    await bot.updates(allowed_updates=["message", "chat_member"])
    await group.add(ani, by=budi)
    await group.remove(ani, by=budi)
    updates = await bot.updates()
    assert [min(update) for update in updates] == ["chat_member", "message", "chat_member", "message"]
    assert updates[0]["chat_member"]["new_chat_member"] == {"user": ani.account.json, "status": "member"}
    assert updates[1]["message"]["new_chat_members"][0]["id"] == ani.id
    assert updates[2]["chat_member"]["new_chat_member"]["status"] == "kicked"
    assert updates[3]["message"]["left_chat_member"]["id"] == ani.id
    with pytest.raises(AssertionError, match="Ani is not in Posko"):
        await ani.say("/status", to=group)


async def test_inviting_and_kicking_the_bot(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """The bot learns where it stands, and hears nothing from outside."""
    group = tg.group("Posko", [budi], bot="left")
    await budi.say("/link", to=group)
    assert await bot.updates() == []
    await group.add_bot(by=budi)
    await group.kick_bot()
    await budi.say("/link", to=group)
    first, service, last = await bot.updates()
    assert first["my_chat_member"]["old_chat_member"]["status"] == "left"
    assert first["my_chat_member"]["from"]["id"] == budi.id
    assert service["message"]["new_chat_members"][0]["id"] == tg.bot["id"]
    assert last["my_chat_member"]["new_chat_member"]["status"] == "kicked"


async def test_upgrade(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """A basic group that becomes a supergroup says so on both sides and takes its members along."""
    group = tg.group("Posko", [budi])
    new = await group.upgrade()
    old_side, new_side = [update["message"] for update in await bot.updates()]
    assert (old_side["chat"]["id"], old_side["migrate_to_chat_id"]) == (group.id, new.id)
    assert (new_side["chat"]["id"], new_side["migrate_from_chat_id"]) == (new.id, group.id)
    assert new_side["chat"]["type"] == "supergroup"
    await budi.say("/ringkasan", to=new)
    with pytest.raises(AssertionError, match="nobody can write"):
        await budi.say("/ringkasan", to=group)


async def test_anonymous_administrator(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """An anonymous administrator speaks as GroupAnonymousBot in the name of the group."""
    group = tg.supergroup("Posko", [budi])
    await group.says_anonymously("/link 16.74")
    (update,) = await bot.updates()
    message = update["message"]
    assert (message["from"]["id"], message["sender_chat"]["id"]) == (1087968824, group.id)
    assert message["entities"][0]["type"] == "bot_command"


async def test_looking_at_members(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """Owner, administrator, member, outsider and unknown are told apart."""
    ani, citra, dedi = tg.person("Ani"), tg.person("Citra"), tg.person("Dedi")
    group = tg.group("Posko", [budi, ani, citra], bot="administrator")
    await group.promote(ani, by=budi)
    statuses = {
        person.name: (await bot.call("getChatMember", chat_id=group.id, user_id=person.id)).result["status"]
        for person in (budi, ani, citra, dedi)
    }
    assert statuses == {"Budi": "creator", "Ani": "administrator", "Citra": "member", "Dedi": "left"}
    assert (await bot.call("getChatMember", chat_id=group.id, user_id=5)).error == "Bad Request: user not found"
    admins = (await bot.call("getChatAdministrators", chat_id=group.id)).result
    assert [admin["user"]["first_name"] for admin in admins] == ["Budi", "Ani", "Posko"]
    assert (await bot.call("getChatMemberCount", chat_id=group.id)).result == 4
    reply = await bot.call("getChatAdministrators", chat_id=budi.id)
    assert reply.error == "Bad Request: there are no administrators in the private chat"


async def test_topics_of_a_forum(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """The bot may open topics in a forum as its administrator; what is written there answers the topic's first message."""
    plain, forum = tg.supergroup("Posko"), tg.supergroup("Posko", [budi], forum=True)
    for chat_id, text in ((plain.id, "the chat is not a forum"), (forum.id, "not enough rights to create a topic")):
        reply = await bot.call("createForumTopic", chat_id=chat_id, name="Keamanan")
        assert reply.error == f"Bad Request: {text}"
    await forum.promote_bot()
    assert (
        await bot.call("createForumTopic", chat_id=forum.id, name=" ")
    ).error == "Bad Request: name must be non-empty"
    topic = (await bot.call("createForumTopic", chat_id=forum.id, name="Keamanan")).result
    await budi.say("/link", to=forum, topic=topic["message_thread_id"])
    heard = (await bot.updates())[-1]["message"]
    assert heard["message_thread_id"] == heard["reply_to_message"]["message_id"] == topic["message_thread_id"]
    await forum.demote_bot()
    await budi.say("tidak untuk bot", to=forum, topic=topic["message_thread_id"])
    assert (await bot.updates())[-1].keys() & {"message"} == set()


async def test_public_group_has_a_name(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """A public supergroup can be written to by its @username."""
    group = tg.supergroup("Posko", [budi], username="posko_llg")
    sent = (await bot.call("sendMessage", chat_id="@Posko_LLG", text="a")).result
    assert sent["chat"]["id"] == group.id
    await group.rename("Posko Baru")
    assert (await bot.updates())[-1]["message"]["new_chat_title"] == "Posko Baru"
    assert group.title == "Posko Baru"


async def test_listening_in_a_group(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """A group hears the bot like a person does, each listener for itself; events keep the whole story."""
    group = tg.group("Posko", [budi])
    for text in ("a", "b"):
        await bot.send(group.id, text)
    assert await group.hears("a") is group.messages[0]
    assert [message.text for message in group.unheard()] == ["b"]
    group.forget()
    assert group.unheard() == []
    assert (await budi.hears("a", in_=group)).text == "a"
    await bot.call("deleteMessage", chat_id=group.id, message_id=1)
    assert [(event.kind, event.json["text"]) for event in tg.events] == [("sent", "a"), ("sent", "b"), ("deleted", "a")]
