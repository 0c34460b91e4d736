"""Looking at chats and members, pinning, topics, leaving."""

from __future__ import annotations

from sandbox.errors import bad
from sandbox.world.incoming import bot_member_changed, member_of_status
from sandbox.world.state import Params, ServerState, chat_to_change, find_chat, find_message, require_admin
from sandbox.world.world import Chat, Json

_TOPIC_COLOUR = 0x6FB9F0  # the first of the six that Telegram allows


def get_chat(state: ServerState, params: Params) -> Json:
    """Answer with the full description of a chat."""
    chat = find_chat(state, params)
    full: Json = {
        **chat.json,
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    shown = [chat.messages[i] for i in chat.pinned if not chat.messages[i].deleted]
    if shown:
        full["pinned_message"] = shown[-1].json
    return full


def get_chat_member(state: ServerState, params: Params) -> Json:
    """Answer with what one user is in a chat."""
    chat = find_chat(state, params)
    user_id = params["user_id"]
    account = state.world.accounts.get(user_id)
    if account is None:
        raise bad("user not found")
    return _member(chat, account.json, bot=user_id == state.world.bot.id)


def get_chat_administrators(state: ServerState, params: Params) -> list[Json]:
    """Answer with the people in charge of a group; other bots do not exist here."""
    chat = find_chat(state, params)
    if chat.private:
        raise bad("there are no administrators in the private chat")
    people = [state.world.accounts[i] for i, status in chat.members.items() if status in {"creator", "administrator"}]
    found = [_member(chat, person.json) for person in people]
    if chat.bot_status == "administrator":
        found.append(_member(chat, state.bot, bot=True))
    return found


def get_chat_member_count(state: ServerState, params: Params) -> int:
    """Answer with the number of members, the bot included."""
    chat = find_chat(state, params)
    return len(chat.members) + (chat.bot_status in {"member", "administrator"})


def _member(chat: Chat, user: Json, *, bot: bool = False) -> Json:
    return member_of_status(user, chat.bot_status if bot else chat.members.get(user["id"], "left"))


def leave_chat(state: ServerState, params: Params) -> bool:
    """Take the bot out of a group."""
    chat = chat_to_change(state, params)
    if chat.private:
        raise bad("chat member status can't be changed in private chats")
    bot_member_changed(state, chat, "left", by=state.bot)
    return True


def pin_chat_message(state: ServerState, params: Params) -> bool:
    """Pin a message on top of a chat."""
    chat = chat_to_change(state, params)
    message = find_message(chat, params["message_id"], purpose="pin")
    require_admin(chat, "manage pinned messages in the chat")
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    chat.pinned.append(message.id)
    state.world.bell.ring()
    return True


def unpin_chat_message(state: ServerState, params: Params) -> bool:
    """Unpin the named message, or the newest pinned one."""
    chat = chat_to_change(state, params)
    require_admin(chat, "manage pinned messages in the chat")
    message_id = params.get("message_id") or (chat.pinned[-1] if chat.pinned else None)
    if message_id not in chat.pinned:
        raise bad("message to unpin not found")
    chat.pinned.remove(message_id)
    return True


def unpin_all_chat_messages(state: ServerState, params: Params) -> bool:
    """Unpin everything."""
    chat = chat_to_change(state, params)
    require_admin(chat, "manage pinned messages in the chat")
    chat.pinned.clear()
    return True


def create_forum_topic(state: ServerState, params: Params) -> Json:
    """Open a topic in a forum."""
    chat = chat_to_change(state, params)
    name = params["name"].strip()
    if not chat.json.get("is_forum"):
        raise bad("the chat is not a forum")
    if chat.bot_status != "administrator":
        raise bad("not enough rights to create a topic")
    if not name:
        raise bad("name must be non-empty")
    thread = state.world.open_topic(chat, name, state.bot)
    return {"message_thread_id": thread, "name": name, "icon_color": _TOPIC_COLOUR}
