"""Listening to the bot in one chat: what has been heard, what not yet."""

from __future__ import annotations

import re

from sandbox.world.phone import Phone
from sandbox.world.world import Chat, Message, World

Pattern = str | re.Pattern[str]


class Listener:
    """Remembers how far somebody has listened in a chat."""

    def __init__(self, world: World, chat: Chat, name: str, phone: Phone | None = None) -> None:
        """Listen as this phone shows the chat, or to the chat itself when there is none."""
        self._world = world
        self._chat = chat
        self._name = name
        self._phone = phone
        self._heard = 0  # number of the last event heard

    async def hears(self, text: Pattern, timeout: float) -> Message:  # noqa: ASYNC109 - reads well in a test
        """Wait for a message of the bot, sent or edited after the one heard last, that now contains `text`."""
        message = await self._world.bell.until(lambda: self._look(text), timeout)
        if message is None:
            wanted = text.pattern if isinstance(text, re.Pattern) else text
            heard = "\n".join(f"  {one!r}" for one in self.unheard()) or "  nothing"
            raise AssertionError(f"{self._name} did not hear {wanted!r} within {timeout} s, but:\n{heard}")
        return message

    def unheard(self) -> list[Message]:
        """Give the bot's messages that were sent or edited after the one heard last, in that order."""
        shown = self._chat.shown if self._phone is None else self._phone.shown(self._chat)
        fresh = [message for message in shown if message.by_bot and message.touched > self._heard]
        return sorted(fresh, key=lambda message: message.touched)

    def forget(self) -> None:
        """Take everything up to now as heard."""
        self._heard = self._world.event_number if self._phone is None else self._phone.horizon

    def _look(self, text: Pattern) -> Message | None:
        for message in self.unheard():
            if _matches(message.text, text):
                self._heard = message.touched
                return message
        return None


def _matches(text: str, wanted: Pattern) -> bool:
    return wanted.search(text) is not None if isinstance(wanted, re.Pattern) else wanted in text
