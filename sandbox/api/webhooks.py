"""Brings updates to a webhook, with the retries of the real server."""

from __future__ import annotations

import asyncio
import contextlib
from urllib.parse import urlsplit

import aiohttp

from sandbox.world.state import ServerState
from sandbox.world.updates import Waiting
from sandbox.world.world import Json

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
_LONGEST_PAUSE = 60.0  # seconds between two attempts (tdlib/telegram-bot-api WebhookActor.cpp 493)
_READ_SECONDS = 60.0  # so long the bot may take to answer (WebhookActor.cpp 231)


class Courier:
    """Posts waiting updates to the webhook; `door` stands for the proxy in front of the bot that ends the encryption."""

    def __init__(self, state: ServerState, door: str, *, haste: float = 1.0) -> None:
        """`door` is like http://127.0.0.1:8080; pauses between attempts are divided by `haste`."""
        self._state = state
        self._door = door.rstrip("/")
        self._haste = haste
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._failures: dict[int, int] = {}
        self._run_task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin delivering."""
        self._run_task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """End; what is under way is cut off and will be tried again."""
        tasks = [*self._busy.values(), *([self._run_task] if self._run_task else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self) -> None:
        timeout = aiohttp.ClientTimeout(total=_READ_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as http:
            while True:
                ready = await self._state.world.bell.until(self._ready, 3600.0)
                for waiting in ready or []:
                    self._busy[waiting.queue] = asyncio.create_task(self._deliver(http, waiting))

    def _ready(self) -> list[Waiting] | None:
        webhook = self._state.updates.webhook
        if not webhook:
            return None
        room = webhook["max_connections"] - len(self._busy)
        return self._state.updates.deliverable(self._busy, room) or None

    async def _deliver(self, http: aiohttp.ClientSession, waiting: Waiting) -> None:
        try:
            pause = await self._post(http, waiting.json)
            if pause is None:
                self._failures.pop(waiting.queue, None)
                self._state.updates.confirm(waiting)
            else:
                failures = self._failures[waiting.queue] = self._failures.get(waiting.queue, 0) + 1
                # The first retry comes at once, then after 2, 4, 8 seconds and so on.
                doubled = 0.0 if failures == 1 else min(2.0 ** (failures - 1), _LONGEST_PAUSE)
                await asyncio.sleep(max(pause, doubled) / self._haste)
        finally:
            self._busy.pop(waiting.queue, None)
            self._state.world.bell.ring()

    async def _post(self, http: aiohttp.ClientSession, update: Json) -> float | None:
        """Post one update; None when the bot took it, else the seconds it asked to be left alone."""
        webhook = self._state.updates.webhook
        if not webhook:
            return 0.0
        address = urlsplit(webhook["url"])
        headers = {SECRET_HEADER: webhook["secret"]} if webhook["secret"] else {}
        target = f"{self._door}{address.path or '/'}{'?' + address.query if address.query else ''}"
        try:
            async with http.post(target, json=update, headers=headers) as response:
                if 200 <= response.status < 300:
                    return None
                webhook["last_error_message"] = f"Wrong response from the webhook: {response.status} {response.reason}"
                with contextlib.suppress(ValueError):
                    return min(float(response.headers.get("Retry-After", "0")), 3600.0)
        except (aiohttp.ClientError, TimeoutError) as error:
            webhook["last_error_message"] = f"Connection failed: {error}"
        finally:
            if "last_error_message" in webhook:
                webhook["last_error_date"] = int(self._state.now)
        return 0.0
