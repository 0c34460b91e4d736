"""What the bot says of itself: its name, descriptions and command menus."""

from __future__ import annotations

import re

from sandbox.errors import bad
from sandbox.world.state import Method, Params, ServerState, find_chat
from sandbox.world.world import Json

COMMANDS = 100  # Telegram's docs, setMyCommands
_COMMAND = re.compile(r"^[a-z0-9_]+$")
_LANGUAGE = re.compile(r"^([a-z]{2})?$")
_LENGTHS = {"name": 64, "description": 512, "short_description": 120}  # Telegram's docs, setMyName and the like


def get_me(state: ServerState, _params: Params) -> Json:
    """Answer with the bot's own account."""
    return {
        **state.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": not state.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
    }


def set_my_commands(state: ServerState, params: Params) -> bool:
    """Publish a command menu; without commands the menu is cleared, and that is no error."""
    key = _key(state, params)
    commands = [_command(command) for command in params.get("commands") or []]
    if len(commands) > COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    if commands:
        state.profile.commands[key] = commands
    else:
        state.profile.commands.pop(key, None)
    return True


def get_my_commands(state: ServerState, params: Params) -> list[Json]:
    """Answer with the menu of exactly this scope and language."""
    return state.profile.commands.get(_key(state, params), [])


def delete_my_commands(state: ServerState, params: Params) -> bool:
    """Clear the menu of exactly this scope and language."""
    state.profile.commands.pop(_key(state, params), None)
    return True


def setter(what: str) -> Method:
    """Make the method that sets the bot's name, description or short description in a language."""

    def set_text(state: ServerState, params: Params) -> bool:
        text = params.get(what, "")
        if len(text) > _LENGTHS[what]:
            raise bad(f"bot {what.replace('_', ' ')} is too long")
        state.profile.texts[what, _language(params)] = text
        return True

    return set_text


def getter(what: str) -> Method:
    """Make the method that reads the bot's name, description or short description in a language."""

    def get_text(state: ServerState, params: Params) -> Json:
        texts = state.profile.texts
        fallback = state.bot["first_name"] if what == "name" else ""
        return {what: texts.get((what, _language(params))) or texts.get((what, "")) or fallback}

    return get_text


def menu_for(state: ServerState, user_id: int, chat_id: int, language: str | None) -> list[Json]:
    """Give the commands a person sees in a chat: the narrowest scope wins, then the language (Telegram's docs)."""
    chat = state.world.chats[chat_id]
    scopes = [f"chat_member:{chat_id}:{user_id}"]
    if chat.private:
        scopes = [f"chat:{chat_id}", "all_private_chats", "default"]
    else:
        if chat.members.get(user_id) in {"creator", "administrator"}:
            scopes += [f"chat_administrators:{chat_id}", f"chat:{chat_id}", "all_chat_administrators"]
        scopes += [f"chat:{chat_id}", "all_group_chats", "default"]
    for scope in scopes:
        for code in (language or "", ""):
            if (scope, code) in state.profile.commands:
                return state.profile.commands[scope, code]
    return []


def _key(state: ServerState, params: Params) -> tuple[str, str]:
    scope = params.get("scope") or {"type": "default"}
    name: str = scope["type"]
    if "chat_id" in scope:
        name += f":{find_chat(state, scope).id}"
    if "user_id" in scope:
        name += f":{scope['user_id']}"
    return name, _language(params)


def _language(params: Params) -> str:
    code: str = params.get("language_code", "")
    if not _LANGUAGE.match(code):
        raise bad("invalid language code specified")
    return code


def _command(given: Json) -> Json:
    command = str(given["command"]).removeprefix("/")
    description = str(given["description"])
    if not command:
        raise bad("command must be non-empty")
    if len(command) > 32:
        raise bad("command length must not exceed 32")
    if not description.strip():
        raise bad("command description must be non-empty")
    if len(description) > 256:
        raise bad("command description length must not exceed 256")
    if not _COMMAND.match(command):
        raise bad("BOT_COMMAND_INVALID")
    return {"command": command, "description": description}
