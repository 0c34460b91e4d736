"""The same people and groups, played from another process over the control API."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import aiohttp

Json = dict[str, Any]


class RemoteTelegram:
    """A local Telegram that runs elsewhere, by its address."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._http: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._http = aiohttp.ClientSession()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._http is not None:
            await self._http.close()

    async def ask(self, verb: str, **body: Any) -> Any:
        """Ask for any verb of the control API; a failed expectation raises AssertionError, as in-process."""
        assert self._http is not None, "use `async with`"
        given = {name: value for name, value in body.items() if value is not None}
        async with self._http.post(f"{self.url}/control/{verb}", json=given) as response:
            answer = await response.json()
        if response.status == 409:
            raise AssertionError(answer["error"])
        if response.status != 200:
            raise ValueError(answer["error"])
        return answer

    async def person(self, name: str, *, language: str | None = None, started: bool = False) -> RemotePerson:
        """Make a person."""
        made = await self.ask("person", name=name, language=language, started=started)
        return RemotePerson(self, made["id"], name)

    async def people(self, count: int, *, name: str = "Petugas") -> list[int]:
        """Make many people who wrote to the bot long ago, and give their ids."""
        ids: list[int] = await self.ask("people", count=count, name=name)
        return ids

    async def group(self, title: str, members: Iterable[RemotePerson] = (), *, kind: str = "group") -> int:
        """Make a group and give its id."""
        made = await self.ask("group", title=title, members=[person.id for person in members], kind=kind)
        return int(made["id"])

    async def say_many(self, items: Iterable[tuple[int, str]]) -> int:
        """Let many people, by id, each say something to the bot."""
        return int(await self.ask("say_many", items=[list(item) for item in items]))

    async def fault(self, kind: str, **more: Any) -> None:
        """Arm a fault."""
        await self.ask("fault", kind=kind, **more)

    async def transcript(self, since: int = 0, *, wait_seconds: float = 0.0) -> tuple[int, list[Json]]:
        """Give the events after number `since` and the number to ask with next."""
        answer = await self.ask("transcript", since=since, timeout=wait_seconds)
        return answer["next"], answer["events"]

    async def stats(self) -> Json:
        """Give counts of calls, refusals and waiting updates."""
        stats: Json = await self.ask("stats")
        return stats


@dataclass(frozen=True)
class RemotePerson:
    """Someone played from afar; groups are named by their id."""

    telegram: RemoteTelegram
    id: int
    name: str

    async def say(self, text: str, *, to: int | None = None) -> Json:
        """Send a text to the bot or into a group."""
        return await self._ask("say", text=text, group=to)

    async def share_location(self, latitude: float, longitude: float, *, to: int | None = None) -> Json:
        """Send a place."""
        return await self._ask("location", latitude=latitude, longitude=longitude, group=to)

    async def send_photo(self, data: bytes, caption: str = "", *, to: int | None = None) -> Json:
        """Send a picture."""
        return await self._ask("photo", base64=base64.b64encode(data).decode(), caption=caption, group=to)

    async def tap(self, label: str, *, in_: int | None = None) -> Json:
        """Press a button."""
        return await self._ask("tap", label=label, group=in_)

    async def answer_of(self, tap: Json, *, wait_seconds: float = 5.0) -> Json:
        """Wait for what the phone shows after a press."""
        return await self._ask("answer", tap=tap["tap"], timeout=wait_seconds)

    async def hears(self, text: str, *, in_: int | None = None, wait_seconds: float = 5.0) -> Json:
        """Wait for a message of the bot that contains `text`."""
        return await self._ask("hears", text=text, group=in_, timeout=wait_seconds)

    async def join(self, group: int) -> Json:
        """Enter a group."""
        return await self._ask("join", group=group)

    async def block_bot(self) -> None:
        """Block the bot."""
        await self._ask("block")

    async def unblock_bot(self) -> None:
        """Let the bot write again."""
        await self._ask("unblock")

    async def _ask(self, verb: str, **body: Any) -> Json:
        answer: Json = await self.telegram.ask(verb, person=self.id, **body)
        return answer
