"""Addresses of messages, for members of the group that they are in."""

from __future__ import annotations

from typing import Final

SUPERGROUPS: Final = 10**12  # a supergroup's id in the Bot API is -100 before its own number (Telegram's docs, Chat.id)


def message_link(chat_id: int, message_id: int, thread_id: int | None = None) -> str | None:
    """Return the address of a message in a supergroup or one of its topics; None elsewhere: small groups have none."""
    number = -chat_id - SUPERGROUPS
    if number <= 0:
        return None
    parts = [number, *([thread_id] if thread_id else []), message_id]
    return f"https://t.me/c/{'/'.join(map(str, parts))}"
