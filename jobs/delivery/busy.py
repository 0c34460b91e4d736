"""Which chats a call is on its way to: one at a time, so that what they show is in order; but none holds up an alarm."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from core.delivery.limits import Share
from core.delivery.outgoing import Priority
from storage.delivery.outbox import Ready


class BusyChats:
    """Chats with a call on its way. A call for help goes beside an ordinary one, which may hang for a minute."""

    def __init__(self) -> None:
        self._with_alarm: set[int] = set()
        self._ordinary: set[int] = set()

    def bars(self, message: Ready) -> bool:
        """Whether a message has to wait for what is on its way to its chat."""
        chat = message.chat_id
        return chat in self._with_alarm or (chat in self._ordinary and message.priority != Priority.SOS)

    def shut(self, closed: Mapping[Share, Collection[int]]) -> dict[Share, Collection[int]]:
        """The chats that may not be sent to now: those `closed` by limits, and the busy ones."""
        urgent, first = {*closed[Share.URGENT], *self._with_alarm}, {*closed[Share.FIRST], *self._ordinary}
        return {**closed, Share.URGENT: urgent, Share.FIRST: first}

    def take(self, message: Ready) -> None:
        """Note that a message is on its way to its chat."""
        if message.chat_id is not None:
            self._those(message).add(message.chat_id)

    def let_go(self, message: Ready) -> None:
        """Note that a message has arrived, or not."""
        if message.chat_id is not None:
            self._those(message).discard(message.chat_id)

    def _those(self, message: Ready) -> set[int]:
        return self._with_alarm if message.priority == Priority.SOS else self._ordinary
