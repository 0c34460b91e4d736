"""What the bot is told: turns what people do into updates, and holds back what a real bot would not hear."""

from __future__ import annotations

import secrets

from sandbox.world.state import Query, ServerState
from sandbox.world.world import Account, Chat, Json, Message

_SERVICE = frozenset(
    [
        "new_chat_members",
        "left_chat_member",
        "new_chat_title",
        "group_chat_created",
        "supergroup_chat_created",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "pinned_message",
        "forum_topic_created",
        "forum_topic_closed",
        "forum_topic_reopened",
    ],
)
_ADMIN_RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories", "can_pin_messages", "can_manage_topics",
)  # fmt: skip
_RIGHTS_OFF = frozenset({"can_be_edited", "is_anonymous", "can_promote_members"})


def tell_message(state: ServerState, message: Message, *, edited: bool = False) -> int | None:
    """Queue a message or its edit; None when the bot does not hear of it."""
    if not _hears(state, message):
        return None
    return state.updates.add("edited_message" if edited else "message", message.json)


def _hears(state: ServerState, message: Message) -> bool:
    """Tell whether a bot in privacy mode gets this message (Telegram's docs, Privacy mode)."""
    chat, json = message.chat, message.json
    if chat.private:
        return True
    if chat.bot_status not in {"member", "administrator"} or chat.upgraded_to is not None:
        return "migrate_to_chat_id" in json
    if chat.bot_status == "administrator" or not state.privacy or _SERVICE & json.keys():
        return True
    name = f"@{state.bot['username']}".lower()
    text = message.text.encode("utf-16-le")
    for entity in message.entities:
        begin, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
        word = text[begin:end].decode("utf-16-le").lower()
        if entity["type"] == "bot_command" and ("@" not in word or word.endswith(name)):
            return True
        if entity["type"] == "mention" and word == name:
            return True
    replied: Json = json.get("reply_to_message", {})
    return bool(replied.get("from", {}).get("id") == state.bot["id"] and "forum_topic_created" not in replied)


def tell_tap(state: ServerState, query: Query, message: Message, data: str) -> None:
    """Queue a tap on an inline button, as the message stands when Telegram gets it."""
    query.date = state.now
    query.json = {
        "id": query.id,
        "from": query.account.json,
        "message": message.json,
        "chat_instance": str(-(abs(message.chat.id) * 1_000_003) % 2**63),
        "data": data,
    }
    state.queries[query.id] = query
    state.updates.add("callback_query", query.json, seconds=state.callback_seconds)


def new_query(account: Account) -> Query:
    """Make a tap that nobody has been told of."""
    return Query(str(secrets.randbelow(9 * 10**18) + 10**18), account, {}, 0.0)


def bot_member_changed(state: ServerState, chat: Chat, status: str, *, by: Json) -> None:
    """Change what the bot is in a group, and tell it so."""
    old, chat.bot_status = chat.bot_status, status
    tell_bot_member(state, chat, old, status, by=by)


def tell_bot_member(state: ServerState, chat: Chat, old: str, new: str, *, by: Json) -> None:
    """Queue `my_chat_member`."""
    state.updates.add("my_chat_member", _member_change(state, chat, state.bot, (old, new), by=by))


def tell_member(state: ServerState, chat: Chat, user: Json, old: str, new: str, *, by: Json) -> None:
    """Queue `chat_member`, which only administrators get (Telegram's docs, Update)."""
    if chat.bot_status == "administrator":
        state.updates.add("chat_member", _member_change(state, chat, user, (old, new), by=by))


def tell_reaction(state: ServerState, account: Account, message: Message, old: list[str], new: list[str]) -> None:
    """Queue `message_reaction`, which in groups only administrators get (Telegram's docs, Update)."""
    chat = message.chat
    if chat.private or chat.bot_status == "administrator":
        json: Json = {"chat": chat.json, "message_id": message.id, "user": account.json, "date": int(state.now)}
        json["old_reaction"] = [{"type": "emoji", "emoji": emoji} for emoji in old]
        json["new_reaction"] = [{"type": "emoji", "emoji": emoji} for emoji in new]
        state.updates.add("message_reaction", json)


def _member_change(state: ServerState, chat: Chat, user: Json, change: tuple[str, str], *, by: Json) -> Json:
    return {
        "chat": chat.json,
        "from": by,
        "date": int(state.now),
        "old_chat_member": member_of_status(user, change[0]),
        "new_chat_member": member_of_status(user, change[1]),
    }


def member_of_status(user: Json, status: str) -> Json:
    """Write a ChatMember object of the right kind."""
    member: Json = {"user": user, "status": status}
    if status == "administrator":
        member.update((right, right not in _RIGHTS_OFF) for right in _ADMIN_RIGHTS)
    elif status == "creator":
        member["is_anonymous"] = False
    elif status == "kicked":
        member["until_date"] = 0
    return member
