"""Reading a message as a command."""

from __future__ import annotations

import re
from dataclasses import dataclass

COMMAND = re.compile(r"\s*[/／]\s?([A-Za-z0-9_]{1,32})(?:@(\w+))?(?=\s|$|[,.:;!?])[,.:;!?]?(.*)", re.DOTALL)


@dataclass(frozen=True)
class Typed:
    """A command as it was typed: its name in lower case and everything after it."""

    name: str
    rest: str


def read_command(text: str, *, username: str) -> Typed | None:
    """Read a text as a command for us; None when it is none, or meant for another bot.

    Thumbs are forgiven: capitals, a space after the slash, punctuation behind the word.
    """
    match = COMMAND.match(text)
    if match is None:
        return None
    name, bot, rest = match.groups()
    if bot is not None and bot.casefold() != username.casefold():
        return None
    return Typed(name.lower(), rest.strip())
