"""Keys of messages: what those of every topic are made of, and those of the queues themselves.

A key says what is done once, so it stands in the rows of databases in use: its text never changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.kit.ids import read_id


@dataclass(frozen=True)
class Subject:
    """What a message shows that edits itself: a kind, the key of the row that it is about, for some kinds more."""

    kind: str
    id: int | None = None  # of the row; None where the kind says all, or names something else than a row
    more: str = ""  # what else tells it apart, such as the step that a menu asks about

    @property
    def text(self) -> str:
        """How a subject stands in its row."""
        return ":".join([self.kind, *([] if self.id is None else [str(self.id), *([self.more] if self.more else [])])])

    def held_by(self, holder_id: int) -> str:
        """The key of the message that shows a subject to this group or person."""
        return f"{self.text}:{holder_id}"

    @classmethod
    def read(cls, text: str | None) -> Subject:
        """Read a subject from a row; what shows nothing is of no kind."""
        kind, *rest = (text or "").split(":", 2)
        row_id = read_id(rest[0]) if rest else None
        return cls(kind, row_id, rest[1] if row_id is not None and len(rest) > 1 else "")


def holder_of(key: str) -> int:
    """Read the key of the group or person from the key of a message that `Subject.held_by` or `talk_key` has made."""
    return int(key.rpartition(":")[2])


def message_mark(number: int | str, sent_at: datetime, dated_since: datetime) -> str:
    """What tells a message from all others of its chat: its number and its date, as Telegram may give a number again.

    One from before `dated_since` is known by its number alone, as rows from then have it; an edit changes neither.
    """
    return str(number) if sent_at < dated_since else f"{number}.{int(sent_at.timestamp())}"


# What the queues do.


def screen_sent_key(key: str) -> str:
    """The message that sends, and later edits, what is shown under this key."""
    return f"slot:{key}"


def screen_gone_key(screen_id: int, version: int) -> str:
    """The deletion of a message that has come anew below, or is over."""
    return f"gone:{screen_id}:{version}"


def pointer_key(screen_id: int | None, message_id: int) -> str:
    """The edit that lets a message left behind point to the new one."""
    return f"pointer:{screen_id}:{message_id}"


def answer_key(item_id: int, number: int) -> str:
    """The message of this number, from 1, among those that answer one update; a replay of the update makes it again."""
    return f"u{item_id}:{number}"


def sorry_key(lane: int, at: datetime) -> str:
    """The word to a person of whom an update was set aside, once an hour however many they are."""
    return hour_key(f"sorry:{lane}", at)


def set_aside_key(lane: int, at: datetime) -> str:
    """The alert that an update of a person was set aside after its last attempt, once an hour."""
    return hour_key(f"set-aside:{lane}", at)


def slowed_key(lane: int, at: datetime) -> str:
    """The word to a person who sends so much that they are slowed."""
    return hour_key(f"slowed:{lane}", at)


def unparsable_key(lane: int, at: datetime) -> str:
    """The alert that an update of a person cannot be read, once an hour."""
    return hour_key(f"unparsable:{lane}", at)


def flood_key(chat_id: int, at: datetime) -> str:
    """The alert that Telegram refuses what is sent to a chat, or to everybody (0), once an hour."""
    return hour_key(f"flood:{chat_id}", at)


def preset_key(file: str, digest: str) -> str:
    """The alert that a list of the preset, as it is now, differs from the database."""
    return f"preset:{file}:{digest}"


def group_gone_key(chat_id: int, at: datetime) -> str:
    """The alert that a linked group has turned out to be gone."""
    return f"group-gone:{chat_id}:{at.timestamp()}"


# What is told several people, or in several messages.


def piece_key(key: str, number: int) -> str:
    """One message of a long text; the first has the number 1."""
    return f"{key}:{number}"


def person_key(key: str, person_id: int) -> str:
    """What one person is told of the news of this key."""
    return f"{key}:p{person_id}"


def group_key(key: str, group_id: int) -> str:
    """What one group is told of the news of this key."""
    return f"{key}:g{group_id}"


def admin_key(key: str, person_id: int) -> str:
    """What one admin is told of the alert of this key."""
    return f"alert:{key}:{person_id}"


def hour_key(key: str, at: datetime) -> str:
    """An alert that is given once an hour at most."""
    return f"{key}:{at:%Y%m%d%H}"


def chat_hour_key(text: str, chat_id: int, hour: int) -> str:
    """A text that one chat hears once an hour at most; `hour` counts the hours since 1970."""
    return f"{text}:{chat_id}:{hour}"


# Lists of commands, published when they change.


def menu_name(scope: str, language: str | None) -> str:
    """The list of commands of a whole kind of chats, in a language or in any other."""
    return f"{scope}:{language or '-'}"


def own_menu_name(user_id: int) -> str:
    """The list of commands of one person's chat."""
    return f"chat:{user_id}"


def menu_known_key(bot_id: int, name: str) -> str:
    """Under which key is kept what was published last of a list."""
    return f"menu:{bot_id}:{name}"


@dataclass(frozen=True)
class PublishedMenu:
    """How often a list was published, and a digest of what was published last."""

    count: int = 0
    digest: str = ""

    @property
    def text(self) -> str:
        """How a publication is kept."""
        return f"{self.count} {self.digest}"

    @classmethod
    def read(cls, text: str | None) -> PublishedMenu:
        """Read what is kept; a list that was never published has been so 0 times."""
        count, _, digest = (text or "0").partition(" ")
        return cls(int(count), digest)

    def key(self, name: str) -> str:
        """The call that makes this publication of a list; a list that comes back after another is published again."""
        return f"menu:{name}:{self.digest}:{self.count}"
