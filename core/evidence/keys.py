"""Keys of messages about files: received, refused, lost, looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from core.delivery.keys import hour_key
from core.kit.ids import read_id

RECEIVED: Final = "evidence"  # shows which files came to a report; its key follows


def received_key(report_id: int, batch: str | int) -> str:
    """The receipt of the files of an album, or of a single message."""
    return f"{RECEIVED}:{report_id}:{batch}"


def refused_key(chat_id: int, message: int | str) -> str:
    """The word in a group that a file is not kept."""
    return f"refused:{chat_id}:{message}"


def too_big_key(chat_id: int, batch: str | int) -> str:
    """The word to who sent an album, or a single message, with a file too large for a bot."""
    return f"evidence-big:{chat_id}:{batch}"


def sender_lost_key(media_id: int) -> str:
    """The word to the sender that Telegram does not give a file any more."""
    return f"evidence-lost:{media_id}"


def admins_lost_key(media_id: int) -> str:
    """The alert to admins that Telegram does not give a file any more."""
    return f"media-lost:{media_id}"


def seen_key(item_id: int, order: int) -> str:
    """One of the messages by which somebody looks at an incident's files."""
    return f"files:{item_id}:{order}"


def early_files_key(person_id: int) -> str:
    """Under which key is kept how much of a person's was fetched today before it belonged to a report."""
    return f"early-files:{person_id}"


def early_full_key(person_id: int, day: date) -> str:
    """The word to a person, once a day, that further files are fetched only when they belong to a report."""
    return f"early-full:{person_id}:{day:%Y%m%d}"


def report_full_key(chat_id: int, report_id: int, at: datetime) -> str:
    """The word in a group, once an hour at most, that a report takes no further files."""
    return hour_key(f"report-full:{chat_id}:{report_id}", at)


def as_file_key(person_id: int) -> str:
    """Under which key is kept for which report a person was told how to send a photo as a file."""
    return f"as-file:{person_id}"


@dataclass(frozen=True)
class AsFile:
    """For which report somebody was told how to send a photo as a file, and when, to the second."""

    report_id: int
    at: datetime

    @property
    def text(self) -> str:
        """How it is kept."""
        return f"{self.report_id}:{int(self.at.timestamp())}"

    @classmethod
    def read(cls, text: str | None) -> AsFile | None:
        """Read what is kept; None where nothing is, or nothing that can be read."""
        report, _, seconds = (text or "").partition(":")
        report_id, asked = read_id(report), read_id(seconds)
        if report_id is None or asked is None:
            return None
        return cls(report_id, datetime.fromtimestamp(asked, UTC))
