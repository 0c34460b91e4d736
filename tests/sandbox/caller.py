"""A bot reduced to its calls, and a clock that tests move."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import Any

import aiohttp

from sandbox import LocalTelegram


class FakeClock:
    """Seconds since 1970 that pass only when a test says so."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


@dataclass
class Reply:
    """An HTTP answer of the Bot API."""

    status: int
    body: dict[str, Any]

    @property
    def error(self) -> str:
        return str(self.body.get("description"))

    @property
    def result(self) -> Any:
        assert self.body.get("ok"), self.body
        return self.body["result"]


class Caller:
    """Calls the Bot API of a local Telegram over HTTP."""

    def __init__(self, telegram: LocalTelegram, http: aiohttp.ClientSession) -> None:
        self.telegram = telegram
        self.http = http

    def address(self, method: str) -> str:
        return f"{self.telegram.url}/bot{self.telegram.token}/{method}"

    async def call(self, method: str, **params: Any) -> Reply:
        """Call with a urlencoded body, objects as JSON, the way bot libraries do."""
        fields = {name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()}
        async with self.http.post(self.address(method), data=fields) as response:
            return Reply(response.status, await response.json())

    async def send(self, chat_id: int, text: str = "Halo", **more: Any) -> dict[str, Any]:
        """Send a message that must succeed and give it."""
        message: dict[str, Any] = (await self.call("sendMessage", chat_id=chat_id, text=text, **more)).result
        return message

    async def updates(self, **params: Any) -> list[dict[str, Any]]:
        """Poll once."""
        found: list[dict[str, Any]] = (await self.call("getUpdates", **params)).result
        return found


def keyboard(*labels: str) -> dict[str, Any]:
    """Make an inline keyboard with one button a row; a button's data is its label."""
    return {"inline_keyboard": [[{"text": label, "callback_data": label}] for label in labels]}


def png(width: int, height: int) -> bytes:
    """Make the head of a PNG picture."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height) + b"\x08\x02\0\0\0"
