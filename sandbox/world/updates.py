"""The queue of updates between Telegram and the bot: what is confirmed, what expires, who may poll."""

from __future__ import annotations

import asyncio
import math
import secrets
from collections import deque
from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import Any

from sandbox.errors import refuse
from sandbox.world.bell import Bell

Json = dict[str, Any]

MESSAGE_SECONDS = 86_400.0  # messages, edits, members and reactions (tdlib/telegram-bot-api Client.cpp 17053)
CALLBACK_SECONDS = 150.0  # button taps (Client.cpp 17158)
MAX_TIMEOUT = 50  # longer polls are cut (Client.cpp 15709)
MAX_UPDATES = 100
_OFF_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_KEPT_FOR_REDELIVERY = 1000
_OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(frozen=True, eq=False)
class Waiting:
    """An update that the bot has not confirmed yet."""

    update_id: int
    json: Json
    expires_at: float

    @property
    def queue(self) -> int:
        """The id of the chat or user whose updates keep their order on the way to a webhook."""
        for kind, payload in self.json.items():
            if kind != "update_id" and isinstance(payload, dict):
                owner = payload.get("from") if kind == "callback_query" else payload.get("chat")
                return int(owner["id"]) if isinstance(owner, dict) and isinstance(owner.get("id"), int) else 0
        return 0


class UpdateQueue:
    """Updates of one bot, in the order of their ids, until a later offset confirms them."""

    def __init__(self, clock: Callable[[], float], bell: Bell) -> None:
        self._clock = clock
        self._bell = bell
        self.next_id = _random_id()
        self._waiting: deque[Waiting] = deque()
        self._first_expiry = math.inf
        self._again: list[Json] = []
        self._past: deque[Json] = deque(maxlen=_KEPT_FOR_REDELIVERY)
        self._allowed: frozenset[str] | None = None
        self._poller: asyncio.Future[str] | None = None
        self.webhook: Json | None = None

    @property
    def pending(self) -> int:
        """How many updates wait, as getWebhookInfo tells."""
        self._drop_expired()
        return len(self._waiting)

    @property
    def polled(self) -> bool:
        """Whether a long poll waits now."""
        return self._poller is not None

    @property
    def allowed(self) -> frozenset[str] | None:
        """The kinds the bot asked for; None means all but those that are off by default."""
        return self._allowed

    def allow(self, kinds: list[str]) -> None:
        """Remember which kinds the bot wants from now on; an empty list brings back the default."""
        self._allowed = frozenset(kinds) or None

    def add(self, kind: str, payload: Json, *, seconds: float = MESSAGE_SECONDS) -> int | None:
        """Queue an update and give its id, or None when the bot did not ask for this kind."""
        wanted = kind not in _OFF_BY_DEFAULT if self._allowed is None else kind in self._allowed
        return self.inject({kind: payload}, seconds=seconds) if wanted else None

    def inject(self, update: Json, *, seconds: float = MESSAGE_SECONDS) -> int:
        """Queue any object as an update, well-formed or not; it gets the next id unless it brings one."""
        update_id = update.get("update_id", self.next_id)
        if "update_id" not in update:
            update = {"update_id": update_id, **update}
        self.next_id = max(self.next_id, update_id) + 1
        expires_at = self._clock() + seconds
        self._first_expiry = min(self._first_expiry, expires_at)
        self._waiting.append(Waiting(update_id, update, expires_at))
        self._bell.ring()
        self._wake("")
        return int(update_id)

    def deliver_again(self, update_id: int) -> None:
        """Put an update that was already confirmed into the next answer, under its old id."""
        for json in self._past:
            if json["update_id"] == update_id:
                self._again.append(json)
                self._wake("")
                return
        raise LookupError(f"no update {update_id} among the last {_KEPT_FOR_REDELIVERY} confirmed")

    def draw_new_ids(self) -> None:
        """Go on from a new random id, higher or lower, as the real server does after an idle week."""
        if self._waiting:
            raise LookupError("ids change only while nothing waits")
        self.next_id = _random_id()

    async def poll(self, *, offset: int, limit: int, wait_seconds: float) -> list[Json]:
        """Answer a getUpdates call: forget what its offset confirms, then wait for something to give."""
        if self.webhook:
            raise refuse(
                409,
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            )
        # The newer poll wins; the one that waits learns of it (Client.cpp 16232).
        self._wake(_OTHER_POLL)
        self._forget(offset)
        limit = min(max(limit, 1), MAX_UPDATES)
        deadline = asyncio.get_running_loop().time() + min(max(wait_seconds, 0), MAX_TIMEOUT)
        while not (found := self._take(limit)):
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                return []
            await self._wait(left)
        return found

    def deliverable(self, busy: Container[int], most: int) -> list[Waiting]:
        """Give the updates a webhook may get now: the first of each queue, unless that queue is busy.

        Messages queue by chat and taps by user, so by webhook a tap can overtake a message (Client.cpp 17158, 17959).
        """
        self._drop_expired()
        first: dict[int, Waiting] = {}
        for waiting in self._waiting:
            if len(first) >= most:
                break
            if waiting.queue not in busy:
                first.setdefault(waiting.queue, waiting)
        return list(first.values())

    def confirm(self, delivered: Waiting) -> None:
        """Forget one update that a webhook has taken."""
        if delivered in self._waiting:
            self._waiting.remove(delivered)
            self._past.append(delivered.json)
            self._bell.ring()

    def stop(self) -> None:
        """End a waiting poll without an answer."""
        if self._poller and not self._poller.done():
            self._poller.cancel()

    def set_webhook(self, webhook: Json | None) -> None:
        """Switch between webhook and polling; a poll that waits is told."""
        self.webhook = webhook
        self._bell.ring()
        if webhook:
            self._wake("terminated by setWebhook request")

    def clear(self) -> None:
        """Drop everything that waits."""
        self._waiting.clear()

    async def _wait(self, seconds: float) -> None:
        if self._poller and not self._poller.done():
            raise refuse(409, _OTHER_POLL)
        poller: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._poller = poller
        self._bell.ring()
        try:
            async with asyncio.timeout(seconds):
                ended_by = await poller
        except TimeoutError:
            return
        finally:
            if self._poller is poller:
                self._poller = None
        if ended_by:
            raise refuse(409, ended_by)

    def _wake(self, reason: str) -> None:
        """Wake the waiting poll: with a reason it fails, without one it looks again."""
        if self._poller and not self._poller.done():
            self._poller.set_result(reason)

    def _forget(self, offset: int) -> None:
        if offset < 0:
            # The last N stay, the rest is gone.
            while len(self._waiting) > -offset:
                self._past.append(self._waiting.popleft().json)
        elif offset <= self.next_id + 10:
            # An offset far beyond the end is taken for one of another queue and confirms nothing (Client.cpp 16353).
            while self._waiting and self._waiting[0].update_id < offset:
                self._past.append(self._waiting.popleft().json)
            self._bell.ring()

    def _take(self, limit: int) -> list[Json]:
        self._drop_expired()
        again, self._again = self._again[:limit], self._again[limit:]
        fresh = [self._waiting[i].json for i in range(min(limit - len(again), len(self._waiting)))]
        return again + fresh

    def _drop_expired(self) -> None:
        now = self._clock()
        if now >= self._first_expiry:  # a look at every waiting update at each poll would be slow
            self._waiting = deque(waiting for waiting in self._waiting if waiting.expires_at > now)
            self._first_expiry = min((waiting.expires_at for waiting in self._waiting), default=math.inf)


def _random_id() -> int:
    return 100_000_000 + secrets.randbelow(800_000_000)
