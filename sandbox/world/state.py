"""Everything one local Telegram knows, and how it finds the chat and the message that a call means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.errors import RefusedError, bad, flood, forbidden, refuse
from sandbox.world.limits import FloodGate
from sandbox.world.phone import Phone
from sandbox.world.updates import CALLBACK_SECONDS, UpdateQueue
from sandbox.world.world import Account, Chat, Json, Message, World

Params = Mapping[str, Any]
Method = Callable[["ServerState", Params], Any]


@dataclass
class Answer:
    """What a person sees after a tap."""

    text: str = ""
    alert: bool = False
    url: str = ""


@dataclass
class Query:
    """A tap that waits for its answer."""

    id: str
    account: Account
    json: Json
    date: float
    answer: Answer | None = None


@dataclass
class Profile:
    """What the bot set about itself, by language code ("" is the default)."""

    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)  # by scope and language
    texts: dict[tuple[str, str], str] = field(default_factory=dict)  # by what and language


@dataclass
class ServerState:
    """One local Telegram with one bot."""

    world: World
    updates: UpdateQueue
    flood: FloodGate
    reactions: frozenset[str]
    privacy: bool = True  # the bot hears in groups only what is meant for it, the default of real bots
    answer_once: bool = True  # a second answer to one tap is refused; not documented, so the stricter reading
    callback_seconds: float = CALLBACK_SECONDS  # a tap can be answered for so long
    queries: dict[str, Query] = field(default_factory=dict)
    profile: Profile = field(default_factory=Profile)
    phones: dict[int, Phone] = field(default_factory=dict)  # by user id
    logged_out: bool = False

    @property
    def now(self) -> float:
        """The server's time, in seconds since 1970."""
        return self.world.clock()

    @property
    def bot(self) -> Json:
        """The bot's User object."""
        return self.world.bot.json

    def phone(self, account: Account) -> Phone:
        """Give the phone of an account."""
        if account.id not in self.phones:
            self.phones[account.id] = Phone(self.world, account.id)
        return self.phones[account.id]

    def pass_message(self, chat: Chat) -> None:
        """Let a message through the flood gate or refuse it."""
        wait = self.flood.wait_before_message(chat.id, private=chat.private)
        if wait:
            raise flood(wait)

    def pass_album(self, chat: Chat, count: int) -> None:
        """Let an album through, which weighs as many messages as it has; its refusal is worded in its own way."""
        wait = self.flood.wait_before_message(chat.id, private=chat.private, count=count)
        if wait and self.flood.limits.album_flood_wrapped:
            raise bad(f'failed to send message #1 with the error message "{flood(wait).description}"')
        if wait:
            raise flood(wait)

    def pass_upload(self, octets: int) -> None:
        """Let an upload through the gate for equal sizes or refuse it."""
        wait = self.flood.wait_before_upload(octets)
        if wait:
            raise flood(wait)

    def pass_edit(self, chat: Chat) -> None:
        """Let an edit through the flood gate or refuse it."""
        wait = self.flood.wait_before_edit(chat.id, private=chat.private)
        if wait:
            raise flood(wait)


def find_chat(state: ServerState, params: Params, *, name: str = "chat_id") -> Chat:
    """Find the chat that a call names."""
    chat_id = str(params.get(name, ""))
    if not chat_id:
        raise bad("chat_id is empty")
    chat = state.world.find_chat(chat_id)
    if chat is None:
        raise bad("chat not found")
    return chat


def chat_to_change(state: ServerState, params: Params) -> Chat:
    """Find a chat in which the bot may act; order and texts as in tdlib/telegram-bot-api Client.cpp 8140-8200."""
    chat = find_chat(state, params)
    if chat.private:
        return chat
    if chat.upgraded_to is not None:
        raise bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.upgraded_to)
    if chat.deleted:
        raise forbidden("the group chat was deleted")
    words = "supergroup chat" if chat.kind == "supergroup" else "group chat"
    if chat.bot_status == "kicked":
        raise forbidden(f"bot was kicked from the {words}")
    if chat.bot_status == "left":
        raise forbidden(f"bot is not a member of the {words}")
    return chat


def chat_to_write(state: ServerState, params: Params, *, what: str = "text messages") -> Chat:
    """Find a chat that takes a new message from the bot."""
    chat = chat_to_change(state, params)
    if chat.private:
        refusal = private_refusal(state, chat)
        if refusal:
            raise refusal
    elif chat.bot_muted:
        raise bad(f"not enough rights to send {what} to the chat")
    return chat


def private_refusal(state: ServerState, chat: Chat) -> RefusedError | None:
    """Tell why this person cannot be written to, if so."""
    account = state.world.accounts[chat.id]
    if account.json["is_bot"]:
        return forbidden("the bot can't send messages to the bot")
    if account.deleted:
        return forbidden("user is deactivated")
    if account.blocked:
        return forbidden("bot was blocked by the user")
    if not account.started:
        return forbidden("bot can't initiate conversation with a user")
    return None


def check_thread(chat: Chat, params: Params) -> Json:
    """Give the fields that put a message into a topic, or refuse an unknown or closed one."""
    thread = params.get("message_thread_id")
    if not thread:
        return {}
    # The General topic has no thread of its own that could be written to (tdlib/telegram-bot-api issue 854).
    if thread not in chat.topics or thread == 1:
        raise bad("message thread not found")
    if thread in chat.closed_topics:
        raise bad("TOPIC_CLOSED")
    return {"message_thread_id": thread, "is_topic_message": True}


def find_message(chat: Chat, message_id: Any, *, purpose: str) -> Message:
    """Find a visible message; `purpose` words the refusal, as in "message to edit not found"."""
    message = chat.messages.get(int(message_id))
    if message is None or message.deleted:
        raise bad(f"message to {purpose} not found")
    return message


def require_admin(chat: Chat, right: str) -> None:
    """Refuse what the bot may do in a group only as its administrator."""
    if not chat.private and chat.bot_status != "administrator":
        raise refuse(400, f"not enough rights to {right}")
