"""Keys of messages about what is one's own."""

from __future__ import annotations


def contact_key(person_id: int) -> str:
    """The message that shows a person's own contact data."""
    return f"contact:{person_id}"
