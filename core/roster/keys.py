"""Keys of messages about handovers: who offers a post to whom, and what became of it."""

from __future__ import annotations

from typing import Final

from core.delivery.keys import Subject

OFFERED_TO: Final = "handover-receiver"  # of the subject by which a receiver is shown an offered post


def people_key(chat_id: int) -> str:
    """The one list of people in a chat."""
    return f"people:{chat_id}"


def removed_key(person_id: int, item_id: int) -> str:
    """The word that somebody was put out by an update."""
    return f"removed:{person_id}:u{item_id}"


def handover_subject(side: str, handover_id: int) -> str:
    """What shows an offered post to one side, "receiver" or "giver"."""
    return Subject(f"handover-{side}", handover_id).text


def handover_key(side: str, handover_id: int) -> str:
    """The message that shows an offer to one side."""
    return f"handover:{handover_id}:{side}"


def handover_told_key(handover_id: int, item_id: int) -> str:
    """The word to the giver of what became of an offer by an update."""
    return f"handover:{handover_id}:u{item_id}"


def handover_lost_key(handover_id: int) -> str:
    """The word to the giver that the receiver cannot be written to."""
    return f"handover-lost:{handover_id}"
