"""Somebody's phone: whether it has a connection, what waits on it, what it shows, and how much its owner had to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sandbox.world.world import Chat, Message, World


@dataclass
class Effort:
    """How much somebody did with the phone.

    `bytes` are what the person's own doing made the phone send: texts and captions in UTF-8, callback data, the whole
    of each file (of a photo its largest size), 16 for a place (two numbers of 8), the emoji of a reaction. What the
    protocol adds is not counted, nor is anything that the phone sends again by itself.
    """

    messages: int = 0  # every message sent, also by an offline phone; an album of five counts five
    taps: int = 0  # buttons pressed and reactions put
    edits: int = 0  # texts, captions and files changed; the steps of a live location are the phone's own
    bytes: int = 0

    def add(self, messages: int, taps: int, edits: int, octets: int) -> None:
        """Count something done."""
        self.messages += messages
        self.taps += taps
        self.edits += edits
        self.bytes += octets


class Phone:
    """The phone of one account; all who play this account share it."""

    def __init__(self, world: World, user_id: int) -> None:
        self._world = world
        self._user_id = user_id
        self.online = True
        self._waiting: list[Callable[[], None]] = []
        self._drafts: list[Message] = []
        self._view: dict[int, list[Message]] = {}
        self._cut = 0  # number of the last event that an offline phone knows of
        self._taps: list[Callable[[], None]] = []  # each sends one press again, if nobody answered it yet
        self.twice = False  # presses go out twice
        self.effort = Effort()
        self._counted: list[Effort] = [self.effort]

    def cut_off(self) -> None:
        """Lose the connection: what is shown stays as it is, what is done waits."""
        if self.online:
            self.online = False
            self._cut = self._world.event_number
            for chat in self._world.chats.values():
                inside = chat.members.get(self._user_id, "left") not in {"left", "kicked"}
                if inside or chat.id == self._user_id:
                    self._view[chat.id] = [replace(message) for message in chat.shown]

    def reconnect(self, *, taps_twice: bool) -> None:
        """Send what waits, in its order, and show what came meanwhile."""
        if self.online:
            return
        self.online, self.twice = True, taps_twice
        waiting, self._waiting = self._waiting, []
        self._drafts.clear()
        self._view.clear()
        pressed, self._taps = self._taps, []
        for press_again in pressed if taps_twice else ():
            press_again()
        for act in waiting:
            act()
        self.twice = False
        self._world.bell.ring()

    def do(self, act: Callable[[], None], draft: Message | None = None) -> None:
        """Do something now, or as soon as there is a connection; the phone shows a draft until then."""
        if self.online:
            act()
            return
        self._waiting.append(act)
        if draft is not None:
            self._drafts.append(draft)

    def pressed(self, again: Callable[[], None]) -> None:
        """Remember a press that went out, which the phone may repeat when its connection breaks before the answer."""
        self._taps = [*self._taps[-9:], again]

    def shown(self, chat: Chat) -> list[Message]:
        """What the phone shows of a chat, oldest first: its own unsent messages last."""
        if self.online:
            return chat.shown
        return [*self._view.get(chat.id, []), *(draft for draft in self._drafts if draft.chat is chat)]

    @property
    def horizon(self) -> int:
        """The number of the last event that the phone knows of."""
        return self._world.event_number if self.online else self._cut

    def count(self, *, messages: int = 0, taps: int = 0, edits: int = 0, octets: int = 0) -> None:
        """Count what the owner has just done, whether or not it can be sent now."""
        for effort in self._counted:
            effort.add(messages, taps, edits, octets)

    @contextmanager
    def counting(self) -> Iterator[Effort]:
        """Count what the owner does inside the block."""
        effort = Effort()
        self._counted.append(effort)
        try:
            yield effort
        finally:
            self._counted = [one for one in self._counted if one is not effort]
