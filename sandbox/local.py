"""The strict local Telegram as one object: start it, put people into it, point a bot at its address."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any, Self

from sandbox.api.botapi_check import load_api
from sandbox.api.clerk import Clerk
from sandbox.api.front import Front
from sandbox.api.webhooks import Courier
from sandbox.people.group import Group
from sandbox.people.person import Person
from sandbox.world.calls import Call, CallLog
from sandbox.world.faults import Faults
from sandbox.world.limits import FloodGate, Limits
from sandbox.world.state import ServerState
from sandbox.world.updates import UpdateQueue
from sandbox.world.world import ChatEvent, Json, World


class LocalTelegram:
    """A Bot API server on loopback with one bot, and everything that people can do to that bot."""

    def __init__(
        self,
        token: str = "123456:sandbox",  # noqa: S107 - a token that opens nothing
        *,
        clock: Callable[[], float] = time.time,
        limits: Limits | None = None,
        username: str = "posko_test_bot",
        latency: float = 0.0,
        privacy: bool = True,
        keep_calls: int = 10_000,
    ) -> None:
        """`clock` gives seconds since 1970 for dates, expiry and limits; waiting itself happens in real time."""
        number = token.split(":", 1)[0]
        bot: Json = {
            "id": int(number) if number.isdigit() else 123456,
            "is_bot": True,
            "first_name": "Posko",
            "username": username,
        }
        self.token = token
        world = World(clock, bot=bot, keep=keep_calls)
        self.state = ServerState(
            world=world,
            updates=UpdateQueue(clock, world.bell),
            flood=FloodGate(limits or Limits(), clock),
            reactions=load_api().reactions,
            privacy=privacy,
        )
        self._clerk = Clerk(self.state, load_api(), keep_calls=keep_calls)
        self._clerk.faults.fixed_latency = latency
        self.front = Front(self._clerk, token)
        self._courier: Courier | None = None

    async def start(self, port: int = 0) -> None:
        """Listen on loopback; port 0 takes a free one."""
        await self.front.start(port)

    async def stop(self) -> None:
        """Close everything; a poll that waits is cut off."""
        if self._courier is not None:
            await self._courier.stop()
            self._courier = None
        self.state.updates.stop()
        await self.front.stop()
        if self.front.failures:
            raise self.front.failures[0]

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """The address to give to a bot, without /bot and token."""
        return f"http://127.0.0.1:{self.front.port}"

    @property
    def bot(self) -> Json:
        """The bot's User object."""
        return self.state.bot

    @property
    def faults(self) -> Faults:
        """Troubles to come."""
        return self._clerk.faults

    @property
    def calls(self) -> CallLog:
        """What the bot asked so far."""
        return self._clerk.log

    @property
    def refused(self) -> list[Call]:
        """Calls that were refused although no test expected it."""
        return self._clerk.log.refused

    def expect_refusal(self, method: str | None = None, text: str | re.Pattern[str] | None = None) -> None:
        """Declare that refusals of this method, with this in their text, are part of the test."""
        self._clerk.log.expect_refusal(method, text)

    def assert_no_unexpected_refusals(self) -> None:
        """Fail when the bot made a call that Telegram had to refuse and no test expected it."""
        lines = [f"{call.status} {call.method}: {call.description} {call.params}" for call in self.refused]
        if lines:
            raise AssertionError("Telegram refused:\n" + "\n".join(lines))

    def person(
        self,
        first_name: str,
        *,
        username: str | None = None,
        language: str | None = None,
        user_id: int | None = None,
        started: bool = False,
    ) -> Person:
        """Make a person with a phone; `started` means that they wrote to the bot long ago."""
        world = self.state.world
        account = world.add_account(first_name, username=username, language=language, user_id=user_id)
        account.started = started
        return Person(self.state, account)

    def group(self, title: str, members: Iterable[Person] = (), *, bot: str = "member") -> Group:
        """Make a basic group; the first member owns it, `bot` is the bot's status in it ("left": not yet invited)."""
        return self._group("group", title, members, bot)

    def supergroup(
        self,
        title: str,
        members: Iterable[Person] = (),
        *,
        bot: str = "member",
        username: str | None = None,
        forum: bool = False,
    ) -> Group:
        """Make a supergroup, public when it has a username, with topics when it is a forum."""
        more: Json = {"username": username} if username else {}
        if forum:
            more["is_forum"] = True
        return self._group("supergroup", title, members, bot, **more)

    def _group(self, kind: str, title: str, members: Iterable[Person], bot: str, **more: Any) -> Group:
        chat = self.state.world.add_chat(kind, title, **more)
        chat.bot_status = bot
        for person in members:
            chat.members[person.id] = "member" if chat.members else "creator"
        return Group(self.state, chat)

    def inject(self, update: Json) -> int:
        """Queue any object as an update, well-formed or not, and give its update id."""
        return self.state.updates.inject(update)

    def redeliver(self, update_id: int) -> None:
        """Deliver an update once more that the bot has already confirmed."""
        self.state.updates.deliver_again(update_id)

    def idle_week(self) -> None:
        """Let update ids go on from a new random number, as after a week without updates."""
        self.state.updates.draw_new_ids()

    @property
    def events(self) -> Iterable[ChatEvent]:
        """Every message as it was sent, edited or deleted, oldest first; bounded like the calls."""
        return self.state.world.events

    @property
    def pending(self) -> int:
        """How many updates the bot has not confirmed yet."""
        return self.state.updates.pending

    def deliver_webhooks(self, door: str, *, haste: float = 1.0) -> None:
        """Bring updates to the webhook that the bot sets, whatever its host, at `door` (http://127.0.0.1:PORT).

        Pauses between attempts are those of the real server divided by `haste`.
        """
        self._courier = Courier(self.state, door, haste=haste)
        self._courier.start()

    async def until(self, done: Callable[[], bool], *, timeout: float = 5.0) -> None:  # noqa: ASYNC109 - for tests
        """Wait until `done` is true; it is asked again after every message, call, poll and confirmation."""
        if await self.state.world.bell.until(lambda: True if done() else None, timeout) is None:
            raise AssertionError(f"what was waited for did not happen within {timeout} s")

    async def polled(self) -> None:
        """Wait until the bot waits in a long poll, that is, until it is up."""
        await self.until(lambda: self.state.updates.polled)

    async def drained(self) -> None:
        """Wait until the bot has confirmed every update."""
        await self.until(lambda: self.state.updates.pending == 0)

    async def refuse_connections(self) -> None:
        """Be unreachable: no new connection, and the open ones break."""
        await self.front.refuse()

    async def accept_connections(self) -> None:
        """Be reachable again under the same address."""
        await self.front.accept()

    @asynccontextmanager
    async def unreachable(self) -> AsyncIterator[None]:
        """Be unreachable inside the block."""
        await self.refuse_connections()
        try:
            yield
        finally:
            await self.accept_connections()
