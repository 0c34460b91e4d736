"""Lanes: whose order an update belongs to, so that nobody waits behind somebody else."""

from __future__ import annotations

from typing import Any, Final

_KINDS: Final = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "message_reaction",
    "channel_post",
)


def lane_of(update: dict[str, Any]) -> int:
    """Return the person whose updates are acted on in their order, wherever they write; 0 when none is named.

    Who speaks in a chat's name (`sender_chat`: an anonymous administrator, a channel) has no lane of their own, as Telegram
    gives all of them one and the same user: they share their chat's.
    """
    for kind in _KINDS:
        part = update.get(kind)
        if not isinstance(part, dict):
            continue
        sender = _id(part.get("from") or part.get("user"))
        if sender and not isinstance(part.get("sender_chat"), dict):
            return sender
        message = part.get("message")
        return _id(part.get("chat")) or (_id(message.get("chat")) if isinstance(message, dict) else 0) or sender
    return 0


def _id(one: Any) -> int:
    value = one.get("id") if isinstance(one, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1 << 62 else 0
