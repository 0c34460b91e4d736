"""What one local Telegram holds as plain JSON, and putting it back: chats that a bot finds again after its program was replaced."""

from __future__ import annotations

import base64
from typing import Any

from sandbox.world.files import StoredFile
from sandbox.world.state import Query, ServerState
from sandbox.world.world import Account, Chat, Json, Message

# What the shapes of files and chats say in plain values; bytes and what points elsewhere are written out by hand.
_FILE = ("id", "unique_id", "kind", "name", "mime", "path", "width", "height", "claimed_size", "sized", "more")
_CHAT = (
    "json",
    "kind",
    "last_message_id",
    "bot_status",
    "bot_muted",
    "reactions_off",
    "deleted",
    "upgraded_to",
    "pinned",
)
_ACCOUNT = ("json", "language", "started", "blocked", "deleted")
_MESSAGE = ("json", "by_bot", "deleted", "reply_keyboard", "reactions")


def take(state: ServerState) -> Json:
    """Write down people, chats, messages, files and taps that wait for an answer; not the updates still to be delivered."""
    world = state.world
    return {
        "next_update_id": state.updates.next_id,
        "accounts": [_plain(account, _ACCOUNT) for account in world.accounts.values() if account is not world.bot],
        "chats": [_chat_json(chat) for chat in world.chats.values()],
        "files": [_file_json(file) for file in world.files.all()],
        "queries": [
            {"id": query.id, "account": query.account.id, "json": query.json, "date": query.date}
            for query in state.queries.values()
            if query.answer is None
        ],
    }


def put_back(state: ServerState, snapshot: Json) -> None:
    """Make everything as it was when it was written down; whoever is there already is the same person from now on."""
    world = state.world
    state.updates.next_id = snapshot["next_update_id"]
    for json in snapshot["accounts"]:
        account = world.accounts.setdefault(json["json"]["id"], Account(json["json"]))
        _fill(account, json, _ACCOUNT)
    for json in snapshot["chats"]:
        chat = world.chats.setdefault(json["json"]["id"], Chat(json["json"], json["kind"]))
        _fill(chat, json, _CHAT)
        chat.members = {int(user_id): status for user_id, status in json["members"].items()}
        chat.topics = {int(thread): name for thread, name in json["topics"].items()}
        chat.closed_topics = set(json["closed_topics"])
        for one in json["messages"]:
            message = Message(chat, one["json"], one["by_bot"])
            _fill(message, one, _MESSAGE)
            chat.messages[message.id] = message
    files = {
        json["id"]: StoredFile(data=base64.b64decode(json["data"]), **_plain(json, _FILE)) for json in snapshot["files"]
    }
    for json in snapshot["files"]:
        file = files[json["id"]]
        file.sizes, file.thumbnail = [files[one] for one in json["sizes"]], files.get(json["thumbnail"])
        world.files.put(file)
    for json in snapshot["queries"]:
        account = world.accounts[json["account"]]
        state.queries[json["id"]] = Query(json["id"], account, json["json"], json["date"])


def _plain(thing: object, names: tuple[str, ...]) -> Json:
    found = thing if isinstance(thing, dict) else vars(thing)
    return {name: found[name] for name in names}


def _fill(thing: object, json: Json, names: tuple[str, ...]) -> None:
    for name in names:
        setattr(thing, name, json[name])


def _chat_json(chat: Chat) -> Json:
    more: dict[str, Any] = {
        "members": {str(user_id): status for user_id, status in chat.members.items()},
        "topics": {str(thread): name for thread, name in chat.topics.items()},
        "closed_topics": sorted(chat.closed_topics),
        "messages": [_plain(message, _MESSAGE) for message in chat.messages.values()],
    }
    return _plain(chat, _CHAT) | more


def _file_json(file: StoredFile) -> Json:
    return _plain(file, _FILE) | {
        "data": base64.b64encode(file.data).decode(),
        "sizes": [one.id for one in file.sizes],
        "thumbnail": file.thumbnail.id if file.thumbnail else None,
    }
