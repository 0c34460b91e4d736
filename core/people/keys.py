"""Keys of messages about invitations."""

from __future__ import annotations


def invites_key(chat_id: int) -> str:
    """The one list of open invitations in a chat."""
    return f"invites:{chat_id}"
