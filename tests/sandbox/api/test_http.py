"""The HTTP side: addresses, methods, and the four forms of a request."""

from __future__ import annotations

import json

import aiohttp
import pytest

from sandbox import LocalTelegram, Person
from tests.sandbox.caller import Caller, keyboard


@pytest.mark.parametrize("form", ["query", "urlencoded", "multipart", "json"])
async def test_every_form_of_request(bot: Caller, budi: Person, http: aiohttp.ClientSession, form: str) -> None:
    """Query string, urlencoded, multipart and JSON bodies mean the same."""
    address = bot.address("sendMessage")
    fields = {"chat_id": str(budi.id), "text": "a & b", "reply_markup": json.dumps(keyboard("Terima"))}
    if form == "query":
        request = http.get(address, params=fields)
    elif form == "urlencoded":
        request = http.post(address, data=fields)
    elif form == "multipart":
        with aiohttp.MultipartWriter("form-data") as parts:
            for name, value in fields.items():
                parts.append(value).set_content_disposition("form-data", name=name)
        request = http.post(address, data=parts)
    else:
        request = http.post(address, json={"chat_id": budi.id, "text": "a & b", "reply_markup": keyboard("Terima")})
    async with request as response:
        assert response.status == 200, await response.text()
    assert (budi.messages[0].text, budi.messages[0].buttons) == ("a & b", ["Terima"])


async def test_method_names_ignore_case(bot: Caller, budi: Person) -> None:
    """SENDMESSAGE is sendMessage."""
    assert (await bot.call("SENDMESSAGE", chat_id=str(budi.id), text="a", silly="x", disable_notification="Yes")).result


async def test_unknown_method(bot: Caller) -> None:
    """A method that does not exist is a 404."""
    reply = await bot.call("sendMesage")
    assert (reply.status, reply.error) == (404, "Not Found: method not found")


async def test_wrong_token(tg: LocalTelegram, http: aiohttp.ClientSession) -> None:
    """Another token than the bot's is a 401."""
    async with http.get(f"{tg.url}/bot1:wrong/getMe") as response:
        assert (response.status, (await response.json())["description"]) == (401, "Unauthorized")
    async with http.get(f"{tg.url}/elsewhere") as response:
        assert response.status == 404


async def test_method_that_is_not_played(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """A real method outside the local Telegram's repertoire is checked, refused and noted."""
    reply = await bot.call("sendDice", chat_id=budi.id)
    assert (reply.status, reply.error) == (400, "Bad Request: method is not played by the local Telegram")
    assert [call.method for call in tg.refused] == ["sendDice"]


@pytest.mark.parametrize(
    ("method", "params", "text"),
    [
        ("answerCallbackQuery", {}, 'parameter "callback_query_id" is required'),
        ("sendLocation", {"chat_id": "1", "latitude": "1"}, 'parameter "longitude" is required'),
        (
            "sendLocation",
            {"chat_id": "1", "latitude": "x", "longitude": "1"},
            'field "latitude" must be of type Number',
        ),
        ("sendChatAction", {"chat_id": "1"}, "wrong parameter action in request"),
        ("sendChatAction", {"chat_id": "1", "action": "dancing"}, "wrong parameter action in request"),
        ("getUpdates", {"allowed_updates": "message"}, "can't parse allowed updates JSON object"),
        ("setMyCommands", {"commands": [], "scope": {"type": "moon"}}, "can't parse scope: Unsupported type specified"),
        ("setMyCommands", {"commands": [], "scope": {}}, "can't parse scope: Can't find field \"type\""),
        (
            "setMyCommands",
            {"commands": [], "scope": {"type": "chat"}},
            "can't parse scope: Can't find field \"chat_id\"",
        ),
        ("setMyCommands", {"commands": [{"command": "a"}]}, "can't parse commands: Can't find field \"description\""),
        (
            "setMyCommands",
            {"commands": [{"command": ["a"], "description": "a"}]},
            'can\'t parse commands: Field "command" must be of type String',
        ),
        ("deleteMessage", {"chat_id": "1"}, "message identifier is not specified"),
    ],
)
async def test_parameters_are_checked(bot: Caller, method: str, params: dict[str, str], text: str) -> None:
    """What the published description requires is required, down to the fields of objects."""
    reply = await bot.call(method, **params)
    assert (reply.status, reply.error) == (400, f"Bad Request: {text}")


async def test_unreadable_body(bot: Caller, http: aiohttp.ClientSession) -> None:
    """A JSON body that is none is a 400, not a crash."""
    async with http.post(bot.address("getMe"), data=b"{", headers={"Content-Type": "application/json"}) as response:
        assert response.status == 400


async def test_call_log_is_bounded(http: aiohttp.ClientSession) -> None:
    """Only the newest calls are kept; counts go on."""
    async with LocalTelegram(keep_calls=3) as tg:
        bot = Caller(tg, http)
        for _ in range(5):
            await bot.call("getMe")
        assert len(tg.calls) == len(tg.calls.of("getme")) == 3
        assert tg.calls.counts["getMe"] == 5
        assert tg.calls[-1].ok


async def test_mistake_of_the_server_itself_surfaces(http: aiohttp.ClientSession) -> None:
    """When the local Telegram itself fails, the caller gets a 500 and stopping it raises the cause."""
    tg = LocalTelegram()
    await tg.start()
    tg.state.world.clock = lambda: float("nan")
    person = tg.person("Budi", started=True)
    assert (await Caller(tg, http).call("sendMessage", chat_id=person.id, text="a")).status == 500
    with pytest.raises(ValueError, match="NaN"):
        await tg.stop()
