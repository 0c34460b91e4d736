"""Keys of reports and drafts: which message or tap they come from, and the messages that show them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from core.delivery.keys import Subject, hour_key

REPORT: Final = "report"  # shows a report's receipt; its key follows
DRAFT: Final = "draft"  # shows a draft; its key follows
EXPIRED: Final = "expired"  # shows that a draft's time has passed; its key follows


# Sources: what a report or draft comes from, which files once.


def message_source(chat_id: int, message: int | str) -> str:
    """A message by its mark, so that neither an edit nor a repeat files it again."""
    return f"m:{chat_id}:{message}"


def tap_source(chat_id: int, update_id: int) -> str:
    """A tap that has opened a form."""
    return f"t:{chat_id}:{update_id}"


def alarm_source(item_id: int) -> str:
    """The update that asked whether to send an alarm, so that its button sends one."""
    return f"sos:{item_id}"


def nil_source(window_key: str, post_id: int) -> str:
    """Nothing to report from a post in a window."""
    return f"nil:{window_key}:{post_id}"


def correction_source(report_id: int, version: int, person_id: int) -> str:
    """The correction of this version of a report by one person."""
    return f"c:{report_id}:{version}:{person_id}"


def post_source(source: str, post_id: int) -> str:
    """The part for one post of what was filed for all of somebody's posts at once."""
    return f"{source}:{post_id}"


def moved_source(report_id: int) -> str:
    """A report that was filed for another post by mistake, so that this post may file the same again."""
    return f"moved:{report_id}"


# Messages.


def draft_key(draft_id: int) -> str:
    """The message that shows a draft, and then its receipt; also the draft's subject."""
    return Subject(DRAFT, draft_id).text


def draft_expired_key(draft_id: int) -> str:
    """The word to who began a draft that its time has passed."""
    return f"draft-expired:{draft_id}"


def drafts_full_key(person_id: int, at: datetime) -> str:
    """The word to a person, once an hour at most, that they have begun more than they may have at the same time."""
    return hour_key(f"drafts-full:{person_id}", at)
