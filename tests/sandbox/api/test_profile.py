"""Command menus and what the bot says of itself."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox import LocalTelegram, Person
from tests.sandbox.caller import Caller


def commands(*names: str) -> list[dict[str, str]]:
    return [{"command": name, "description": f"Perintah {name}"} for name in names]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ([{"command": "Status", "description": "a"}], "BOT_COMMAND_INVALID"),
        ([{"command": "lapor-diri", "description": "a"}], "BOT_COMMAND_INVALID"),
        ([{"command": "отчёт", "description": "a"}], "BOT_COMMAND_INVALID"),
        ([{"command": "a" * 33, "description": "a"}], "command length must not exceed 32"),
        ([{"command": "a", "description": " "}], "command description must be non-empty"),
        ([{"command": "a", "description": "a" * 257}], "command description length must not exceed 256"),
        ([{"command": "", "description": "a"}], "command must be non-empty"),
        (commands(*(f"c{number}" for number in range(101))), "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_bad_commands(bot: Caller, given: list[dict[str, str]], text: str) -> None:
    """Commands are 1 to 32 of a-z, 0-9 and underscore, with a description."""
    reply = await bot.call("setMyCommands", commands=given)
    assert (reply.status, reply.error) == (400, f"Bad Request: {text}")


async def test_menu_is_kept_by_scope_and_language(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """Each scope and language has its own menu; a person sees the narrowest."""
    ani = tg.person("Ani", language="en")
    group = tg.group("Posko", [budi, ani])

    async def publish(name: str, scope: dict[str, Any] | None = None, **more: str) -> None:
        scoped = {"scope": scope} if scope else {}
        assert (await bot.call("setMyCommands", commands=commands(name), **scoped, **more)).result is True

    await publish("umum")
    await publish("grup", {"type": "all_group_chats"})
    await publish("admin", {"type": "all_chat_administrators"})
    await publish("english", {"type": "all_private_chats"}, language_code="en")
    await publish("budi", {"type": "chat", "chat_id": budi.id})
    seen = [budi.menu(), ani.menu(), budi.menu(group), ani.menu(group), tg.person("Citra").menu()]
    assert [menu[0]["command"] for menu in seen] == ["budi", "english", "admin", "grup", "umum"]
    scope = {"type": "chat", "chat_id": budi.id}
    assert (await bot.call("getMyCommands", scope=scope)).result == commands("budi")
    assert (await bot.call("deleteMyCommands", scope=scope)).result is True
    assert (await bot.call("getMyCommands", scope=scope)).result == []


async def test_missing_commands_clear_the_menu(bot: Caller) -> None:
    """setMyCommands without commands succeeds and clears."""
    await bot.call("setMyCommands", commands=commands("a"))
    assert (await bot.call("setMyCommands")).result is True
    assert (await bot.call("getMyCommands")).result == []


async def test_scope_of_an_unknown_chat(bot: Caller) -> None:
    """A menu for a chat that does not exist is refused, and so is a language that is none."""
    reply = await bot.call("setMyCommands", commands=commands("a"), scope={"type": "chat", "chat_id": 5})
    assert reply.error == "Bad Request: chat not found"
    reply = await bot.call("setMyCommands", commands=commands("a"), language_code="indonesia")
    assert reply.error == "Bad Request: invalid language code specified"


@pytest.mark.parametrize(("method", "field"), [("Name", "name"), ("ShortDescription", "short_description")])
async def test_texts_about_the_bot(bot: Caller, method: str, field: str) -> None:
    """Name and descriptions are kept by language, with the default for all others."""
    await bot.call(f"setMy{method}", **{field: "Posko"})
    await bot.call(f"setMy{method}", language_code="en", **{field: "Post"})
    results = [(await bot.call(f"getMy{method}", language_code=code)).result[field] for code in ("en", "id")]
    assert results == ["Post", "Posko"]
    assert (await bot.call(f"setMy{method}", **{field: "a" * 200})).status == 400


async def test_get_me(bot: Caller, tg: LocalTelegram) -> None:
    """The bot's id is the number in its token."""
    me = (await bot.call("getMe")).result
    assert (me["id"], me["is_bot"], me["username"]) == (123456, True, "posko_test_bot")
    assert me["can_read_all_group_messages"] is False
    assert (await bot.call("logOut")).result
    assert (await bot.call("close")).result
