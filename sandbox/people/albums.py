"""An album of a person: some messages that belong together, each of which may come late or out of step."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from sandbox.world.world import Message


class Album:
    """The messages of an album in their own order; `held` are the places of those that have not left the phone."""

    def __init__(self, group_id: str, messages: Sequence[Message], send: Callable[[int], None]) -> None:
        self.group_id = group_id
        self.messages = list(messages)
        self.held: list[int] = []
        self._send = send

    def hold(self, places: Collection[int]) -> None:
        """Keep some messages back."""
        self.held = sorted(places)

    def deliver(self, *places: int) -> None:
        """Let held messages leave now, in this order; they get their ids and dates only now, as from a slow phone."""
        for place in places:
            if place not in self.held:
                raise AssertionError(f"message {place} of the album is not held; held are {self.held}")
            self.held.remove(place)
            self._send(place)

    def deliver_rest(self) -> None:
        """Let everything leave that is still held."""
        self.deliver(*self.held)
