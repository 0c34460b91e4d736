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

    async def say(self, text: str, *, to: int | None = None, reply_to: int | None = None) -> Json:
        """Send a text to the bot or into a group, perhaps in answer to a message named by its id."""
        return await self._ask("say", text=text, group=to, reply_to=reply_to)

    async def share_location(
        self, latitude: float, longitude: float, *, live: int | None = None, to: int | None = None
    ) -> Json:
        """Send a place, a live one for `live` seconds."""
        return await self._ask("location", latitude=latitude, longitude=longitude, live=live, group=to)

    async def send_photo(
        self, data: bytes | None = None, caption: str = "", *, as_file: bool | None = None, to: int | None = None
    ) -> Json:
        """Send a picture, by default a drawn one."""
        return await self._ask("photo", base64=_base64(data), caption=caption, as_file=as_file, group=to)

    async def send_media(self, kind: str, data: bytes | None = None, *, to: int | None = None, **more: Any) -> Json:
        """Send a film, a sound, a document; `more` are fields of sandbox.Media."""
        return await self._ask("media", kind=kind, base64=_base64(data), group=to, **more)

    async def send_album(self, count: int, caption: str = "", *, to: int | None = None, **more: Any) -> Json:
        """Send an album of drawn photos; `order`, `hold` and `items` are those of the control API."""
        return await self._ask("album", count=count, caption=caption, group=to, **more)

    async def goes_offline(self) -> None:
        """Lose the connection."""
        await self._ask("offline")

    async def comes_back(self, *, taps_twice: bool = False) -> None:
        """Have a connection again."""
        await self._ask("online", taps_twice=taps_twice)

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


def _base64(data: bytes | None) -> str | None:
    return None if data is None else base64.b64encode(data).decode()
