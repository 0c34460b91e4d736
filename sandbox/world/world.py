"""What exists inside the local Telegram: accounts, chats, messages, files and what happened to them."""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox.text.formatting import to_html
from sandbox.world.bell import Bell
from sandbox.world.files import FileStore

Json = dict[str, Any]


@dataclass(eq=False)
class Account:
    """A person, or the bot itself."""

    json: Json  # the User object
    language: str | None = None
    started: bool = False  # has written to the bot; before that the bot may not write first
    blocked: bool = False
    deleted: bool = False

    @property
    def id(self) -> int:
        """The user id."""
        return int(self.json["id"])


@dataclass(eq=False)
class Message:
    """One message; `json` is replaced, never changed, so that updates already queued keep what they saw."""

    chat: Chat
    json: Json
    by_bot: bool
    touched: int = 0  # number of the last event that sent or edited it
    deleted: bool = False
    reply_keyboard: bool = False  # such messages cannot be edited (td MessagesManager.cpp 23073)
    reactions: list[str] = field(default_factory=list)  # emoji the bot put on it
    reactions_of: dict[int, list[str]] = field(default_factory=dict)  # emoji that people put on it, by user id

    @property
    def id(self) -> int:
        """The message id, unique within its chat."""
        return int(self.json["message_id"])

    @property
    def date(self) -> int:
        """Seconds since 1970 when Telegram got it; 0 while it waits on a phone without a connection."""
        return int(self.json["date"])

    @property
    def sent(self) -> bool:
        """Whether Telegram has it."""
        return self.date > 0

    @property
    def text(self) -> str:
        """The text or caption as it stands now."""
        return str(self.json.get("text") or self.json.get("caption") or "")

    @property
    def entities(self) -> list[Json]:
        """The entities of the text or caption."""
        return self.json.get("entities") or self.json.get("caption_entities") or []

    @property
    def html(self) -> str:
        """The text written back as HTML."""
        return to_html(self.text, self.entities)

    @property
    def rows(self) -> list[list[Json]]:
        """The rows of inline buttons as they stand now."""
        return (self.json.get("reply_markup") or {}).get("inline_keyboard") or []

    @property
    def buttons(self) -> list[str]:
        """The labels of the inline buttons, row by row."""
        return [button["text"] for row in self.rows for button in row]

    def __repr__(self) -> str:
        return f"<Message {self.id} in {self.chat.id}: {self.text!r}{' ' + str(self.buttons) if self.rows else ''}>"


@dataclass(eq=False)
class Chat:
    """A private chat, a group or a supergroup."""

    json: Json  # the Chat object
    kind: str  # private, group, supergroup
    messages: dict[int, Message] = field(default_factory=dict)
    last_message_id: int = 0
    members: dict[int, str] = field(default_factory=dict)  # user id to status, people only
    bot_status: str = "member"  # member, administrator, left, kicked
    bot_muted: bool = False
    reactions_off: bool = False  # an administrator has forbidden reactions
    deleted: bool = False
    upgraded_to: int | None = None
    topics: dict[int, str] = field(default_factory=dict)  # thread id to name
    closed_topics: set[int] = field(default_factory=set)
    pinned: list[int] = field(default_factory=list)

    @property
    def id(self) -> int:
        """The chat id."""
        return int(self.json["id"])

    @property
    def private(self) -> bool:
        """Whether this is a chat with one person."""
        return self.kind == "private"

    @property
    def shown(self) -> list[Message]:
        """The messages that a reader sees now, oldest first."""
        return [message for message in self.messages.values() if not message.deleted]


@dataclass(frozen=True)
class ChatEvent:
    """Something that readers could see happen."""

    number: int
    kind: str  # sent, edited, deleted
    message: Message
    json: Json  # the message as it was then
    time: float  # by the server's clock


class World:
    """All accounts, chats and files of one local Telegram."""

    def __init__(self, clock: Callable[[], float], *, bot: Json, keep: int) -> None:
        self.clock = clock
        self.bell = Bell()
        self.bot = Account(bot)
        self.accounts: dict[int, Account] = {self.bot.id: self.bot}
        self.chats: dict[int, Chat] = {}
        self.files = FileStore()
        self.events: deque[ChatEvent] = deque(maxlen=keep)
        self.event_number = 0
        # Real ids of new accounts are above a thousand million, above what fits into 32 bits.
        self._next_user = 5_000_000_000 + secrets.randbelow(1_000_000_000)
        self._next_group = 4_000_000_000 + secrets.randbelow(900_000_000)

    def add_account(
        self, first_name: str, *, username: str | None, language: str | None, user_id: int | None
    ) -> Account:
        """Make a person, with the private chat that they may open with the bot."""
        if user_id is None:
            self._next_user += 1 + secrets.randbelow(1000)
            user_id = self._next_user
        json: Json = {"id": user_id, "is_bot": False, "first_name": first_name}
        chat: Json = {"id": user_id, "type": "private", "first_name": first_name}
        if username:
            json["username"] = chat["username"] = username
        if language:
            json["language_code"] = language
        account = self.accounts[user_id] = Account(json, language)
        self.chats[user_id] = Chat(chat, "private")
        return account

    def add_chat(self, kind: str, title: str, **more: Any) -> Chat:
        """Make a group (negative id) or supergroup (id from -1000000000000 downwards)."""
        self._next_group += 1 + secrets.randbelow(1000)
        # Supergroup ids carry the prefix -100 before ten digits or fewer.
        number = self._next_group % 3_000_000_000 + 1_000_000_000
        chat_id = -self._next_group if kind == "group" else -1_000_000_000_000 - number
        chat = Chat({"id": chat_id, "title": title, "type": kind, **more}, kind)
        # In a forum, 1 is the thread id of the General topic, so no message may have it.
        chat.last_message_id = 1 if more.get("is_forum") else 0
        self.chats[chat_id] = chat
        return chat

    def post(
        self, chat: Chat, sender: Json | None, content: Json, *, by_bot: bool = False, draft: Message | None = None
    ) -> Message:
        """Put a message into a chat and ring; a draft becomes this message."""
        chat.last_message_id += 1
        json: Json = {"message_id": chat.last_message_id}
        if sender is not None:
            json["from"] = sender
        json["chat"] = chat.json
        json["date"] = int(self.clock())
        json.update(content)
        message = draft or Message(chat, json, by_bot)
        message.json = json
        chat.messages[chat.last_message_id] = message
        self._record("sent", message)
        return message

    def open_topic(self, chat: Chat, name: str, by: Json) -> int:
        """Open a topic; its id is that of the service message which announces it."""
        content: Json = {"forum_topic_created": {"name": name, "icon_color": 0x6FB9F0}, "is_topic_message": True}
        message = self.post(chat, by, content)
        message.json["message_thread_id"] = message.id
        chat.topics[message.id] = name
        return message.id

    def change(self, message: Message, json: Json) -> None:
        """Replace a message's content and ring."""
        message.json = json
        self._record("edited", message)

    def delete(self, message: Message) -> None:
        """Take a message out of everybody's sight and ring."""
        message.deleted = True
        self._record("deleted", message)

    def _record(self, kind: str, message: Message) -> None:
        self.event_number += 1
        if kind != "deleted":
            message.touched = self.event_number
        self.events.append(ChatEvent(self.event_number, kind, message, message.json, self.clock()))
        self.bell.ring()

    def find_chat(self, chat_id: str) -> Chat | None:
        """Find a chat by its id or by the @username of a public one."""
        try:
            return self.chats.get(int(chat_id))
        except ValueError:
            name = chat_id.removeprefix("@").lower()
            return next(
                (c for c in self.chats.values() if c.json.get("username", "").lower() == name and not c.private), None
            )
