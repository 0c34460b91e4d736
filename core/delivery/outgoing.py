"""What goes out to Telegram, as plain values: urgency, buttons, one message ready to be stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from types import MappingProxyType
from typing import Any, Final

from core.delivery.taps import Tap

TEXT_LIMIT = 4096  # Telegram's docs, sendMessage.text, counted in code points after entity parsing
ANSWER_LIMIT = 200  # Telegram's docs, answerCallbackQuery.text
EDIT_ONLY = "edit_only"  # a parameter of ours: where the message to edit is gone, nothing is sent in its place
COPY_LIMIT = 256  # Telegram's docs, CopyTextButton.text


# How every text of ours goes out.
HTML: Final[Mapping[str, Any]] = MappingProxyType({"parse_mode": "HTML", "link_preview_options": {"is_disabled": True}})


class Priority(IntEnum):
    """The order in which waiting messages leave; lower goes first.

    An answer to a tap comes in anybody's power, forty times a second: a call for help does not wait for it.
    """

    SOS = 0  # somebody asks for help
    ANSWER = 1  # the answer to a button tap: a person looks at a spinner
    ALERT = 2  # alerts and receipts
    CARD = 3  # cards and boards
    SUMMARY = 4  # summaries and reminders
    NOTICE = 5  # an admin's broadcast


@dataclass(frozen=True)
class Button:
    """An inline button: `tap` (comes back to us when it is tapped), `url`, or `copy` (a tap copies this text on the phone)."""

    text: str
    tap: Tap | None = None
    url: str | None = None
    style: str | None = None  # Telegram's "primary", "success" or "danger"
    copy: str | None = None


Rows = Sequence[Sequence[Button]]


def keyboard(rows: Rows) -> dict[str, Any] | None:
    """Turn rows of buttons into Telegram's InlineKeyboardMarkup, None when there are none."""
    markup = []
    for row in rows:
        cells = []
        for button in row:
            cell: dict[str, Any] = {"text": button.text}
            if button.url is not None:
                cell["url"] = button.url
            elif button.copy is not None:
                if not 1 <= len(button.copy) <= COPY_LIMIT:
                    raise ValueError(f"a button copies 1 to {COPY_LIMIT} characters, not {len(button.copy)}")
                cell["copy_text"] = {"text": button.copy}
            else:
                if button.tap is None:
                    raise ValueError(f"a button must do something: {button.text!r}")
                cell["callback_data"] = button.tap.pack()
            if button.style is not None:
                cell["style"] = button.style
            cells.append(cell)
        if cells:
            markup.append(cells)
    return {"inline_keyboard": markup} if markup else None


NO_KEYBOARD: dict[str, Any] = {"remove_keyboard": True}  # Telegram's ReplyKeyboardRemove


def contact_keyboard(label: str) -> dict[str, Any]:
    """Make the ReplyKeyboardMarkup whose one button shares the phone's own number; for private chats only.

    A message with it can never be edited by a bot (Telegram's docs, editMessageText), so it must not be one that edits itself.
    """
    return {
        "keyboard": [[{"text": label, "request_contact": True}]],
        "one_time_keyboard": True,
        "resize_keyboard": True,
    }


@dataclass(frozen=True)
class Place:
    """A chat, and the topic in it (None: the chat itself)."""

    chat_id: int
    thread_id: int | None = None


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a message: its bytes, its name, and the parameter that carries it."""

    field: str  # "photo" or "document"
    name: str
    content: bytes

    @property
    def stored_name(self) -> str:
        """The parameter and the name, as the row keeps them beside the content."""
        return f"{self.field}:{self.name}"

    @classmethod
    def read(cls, stored_name: str, content: bytes) -> Attachment:
        """Read a file from its row."""
        field, _, name = stored_name.partition(":")
        return cls(field, name, content)


@dataclass(frozen=True)
class Outgoing:
    """One call to Telegram, ready to be stored as a row.

    `key` makes it unique: adding it twice stores it once. `once` says what a lost connection
    means: False sends again (alerts, receipts, cards), True never does (notices, tap answers).
    """

    method: str
    params: dict[str, Any]
    key: str
    priority: Priority
    chat_id: int | None = None  # None: a call about the bot itself or a tap; no chat's limits apply
    once: bool = False
    not_before: datetime | None = None
    expires_at: datetime | None = None
    notice_id: int | None = None
    person_id: int | None = None
    turn: int = 0  # how much its cause has asked for lately (core.delivery.pace): more of it stands behind less
    attachment: Attachment | None = field(default=None, repr=False)


def message_params(text: str, rows: Rows = (), *, place: Place | None = None) -> dict[str, Any]:
    """Build sendMessage's parameters for an HTML text; the chat is added from `place`."""
    params = {"text": text, **HTML}
    markup = keyboard(rows)
    if markup is not None:
        params["reply_markup"] = markup
    if place is not None:
        params["chat_id"] = place.chat_id
        if place.thread_id is not None:
            params["message_thread_id"] = place.thread_id
    return params
