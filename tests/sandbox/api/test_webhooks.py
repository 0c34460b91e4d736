"""Updates on their way to a webhook: secret, order, retries."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from sandbox import LocalTelegram, Person
from tests.sandbox.caller import Caller, keyboard


class Hook:
    """A bot's door: notes what comes and answers with the statuses it was told."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.statuses: list[int] = []

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        self.got.append(await request.json())
        self.headers.append(dict(request.headers))
        self.paths.append(request.path_qs)
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)


@pytest.fixture
async def hook(tg: LocalTelegram) -> AsyncIterator[Hook]:
    hook = Hook()
    application = web.Application()
    application.router.add_post("/{path:.*}", hook.handle)
    async with TestServer(application) as server:
        tg.deliver_webhooks(f"http://127.0.0.1:{server.port}", haste=1000)
        yield hook


async def test_update_is_posted_with_the_secret(bot: Caller, tg: LocalTelegram, budi: Person, hook: Hook) -> None:
    """The update is the body, the secret a header, path and query those of the webhook's address."""
    await bot.call("setWebhook", url="https://posko.example/hook?a=1", secret_token="rahasia")
    message = await budi.say("halo")
    await tg.drained()
    assert [update["message"] for update in hook.got] == [message.json]
    assert hook.headers[0]["X-Telegram-Bot-Api-Secret-Token"] == "rahasia"
    assert hook.paths == ["/hook?a=1"]


async def test_refused_update_is_tried_again_in_order(bot: Caller, tg: LocalTelegram, budi: Person, hook: Hook) -> None:
    """Until a 2xx comes the same update is repeated, and nothing of the same chat overtakes it."""
    hook.statuses = [503, 500, 204]
    await budi.say("satu")
    await budi.say("dua")
    await bot.call("setWebhook", url="https://posko.example/hook")
    await tg.drained()
    assert [update["message"]["text"] for update in hook.got] == ["satu", "satu", "satu", "dua"]
    info = (await bot.call("getWebhookInfo")).result
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    assert "secret" not in info


async def test_other_chats_do_not_wait(bot: Caller, tg: LocalTelegram, budi: Person, hook: Hook) -> None:
    """A chat whose update fails holds back itself only."""
    ani = tg.person("Ani")
    hook.statuses = [500, 200, 200]
    await bot.call("setWebhook", url="https://posko.example/hook", max_connections=1)
    await budi.say("satu")
    await ani.say("lain")
    await tg.drained()
    assert sorted(update["message"]["text"] for update in hook.got) == ["lain", "satu", "satu"]


async def test_tap_goes_by_the_person(bot: Caller, tg: LocalTelegram, budi: Person, hook: Hook) -> None:
    """Taps in a group queue by who pressed, messages by the group."""
    group = tg.group("Posko", [budi])
    await bot.send(group.id, reply_markup=keyboard("Terima"))
    await budi.say("/a", to=group)
    await budi.tap("Terima", in_=group)
    queues = [waiting.queue for waiting in tg.state.updates.deliverable((), 10)]
    assert queues == [group.id, budi.id]


async def test_unreachable_webhook(bot: Caller, tg: LocalTelegram, budi: Person) -> None:
    """An update stays while nobody opens the door, and the error can be read."""
    tg.deliver_webhooks("http://127.0.0.1:9", haste=1000)
    await bot.call("setWebhook", url="https://posko.example/hook")
    await budi.say("halo")
    await tg.until(lambda: "last_error_message" in (tg.state.updates.webhook or {}))
    assert tg.pending == 1
    assert "Connection failed" in (await bot.call("getWebhookInfo")).result["last_error_message"]
