"""Sending and deleting messages, reacting to them and answering taps."""

from __future__ import annotations

from typing import Any

from sandbox.api.markup import check_markup
from sandbox.errors import bad
from sandbox.text.formatting import TEXT_LENGTH, read_text
from sandbox.world.state import Answer, Params, ServerState, chat_to_change, chat_to_write, check_thread, find_message
from sandbox.world.world import Chat, Json, Message

DELETE_SECONDS = 48 * 3600  # Telegram's docs, deleteMessage
ANSWER_LENGTH = 200  # Telegram's docs, answerCallbackQuery
_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ],
)


def send_message(state: ServerState, params: Params) -> Json:
    """Send a text."""
    text, entities = read_text(params["text"], params.get("parse_mode"), params.get("entities"))
    check_text(text, params["text"])
    if len(text) > TEXT_LENGTH:
        raise bad("message is too long")
    chat = chat_to_write(state, params)
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    if params.get("link_preview_options"):
        content["link_preview_options"] = params["link_preview_options"]
    return post(state, chat, params, content)


def post(state: ServerState, chat: Chat, params: Params, content: Json, *, counted: bool = False) -> Json:
    """Put the bot's message into a chat: topic, reply, keyboard and flood gate are the same for all kinds.

    A message of an album has been `counted` at the flood gate with the others.
    """
    markup = params.get("reply_markup")
    inline = check_markup(markup, private=chat.private)
    around = check_thread(chat, params)
    reply = _reply(chat, params)
    if reply is not None:
        around["reply_to_message"] = reply
    if inline:
        around["reply_markup"] = inline
    if not counted:
        state.pass_message(chat)
    message = state.world.post(chat, state.bot, {**around, **content}, by_bot=True)
    message.reply_keyboard = bool(markup) and inline is None
    return message.json


def delete_message(state: ServerState, params: Params) -> bool:
    """Delete a message."""
    chat = chat_to_change(state, params)
    _delete(state, chat, find_message(chat, params["message_id"], purpose="delete"))
    return True


def delete_messages(state: ServerState, params: Params) -> bool:
    """Delete up to 100 messages at once."""
    chat = chat_to_change(state, params)
    ids = params["message_ids"]
    if not 1 <= len(ids) <= 100:
        raise bad("too many message identifiers specified" if ids else "message identifiers are not specified")
    for message_id in ids:
        message = chat.messages.get(int(message_id))
        if message and not message.deleted:  # unknown ones are skipped, says Telegram's docs
            _delete(state, chat, message)
    return True


def _delete(state: ServerState, chat: Chat, message: Message) -> None:
    if not chat.private and not message.by_bot and chat.bot_status != "administrator":
        raise bad("message can't be deleted")
    if state.now - message.date > DELETE_SECONDS and (chat.private or chat.bot_status != "administrator"):
        raise bad("message can't be deleted for everyone")
    state.world.delete(message)


def answer_callback_query(state: ServerState, params: Params) -> bool:
    """Answer a tap."""
    query = state.queries.get(params["callback_query_id"])
    late = query is None or state.now - query.date > state.callback_seconds
    if query is None or late or (query.answer is not None and state.answer_once):
        raise bad("query is too old and response timeout expired or query ID is invalid")
    text = params.get("text", "")
    if len(text) > ANSWER_LENGTH:
        raise bad("MESSAGE_TOO_LONG")
    query.answer = Answer(text, bool(params.get("show_alert")), params.get("url", ""))
    state.world.bell.ring()
    return True


def send_chat_action(state: ServerState, params: Params) -> bool:
    """Show that the bot is busy; nobody sees it here, but it is checked."""
    if params["action"] not in _ACTIONS:
        raise bad("wrong parameter action in request")
    check_thread(chat_to_write(state, params), params)
    return True


def set_message_reaction(state: ServerState, params: Params) -> bool:
    """Put the bot's reaction on a message; an empty list takes it away."""
    chat = chat_to_change(state, params)
    message = find_message(chat, params["message_id"], purpose="react")
    reactions: list[Json] = params.get("reaction") or []
    if len(reactions) > 1:
        raise bad("REACTIONS_TOO_MANY")
    for reaction in reactions:
        # Bots cannot pay for reactions, and own emoji only follow where an administrator allowed them (Telegram's docs).
        if reaction["type"] != "emoji" or reaction["emoji"] not in state.reactions or chat.reactions_off:
            raise bad("REACTION_INVALID")
    message.reactions = [reaction.get("emoji", "") for reaction in reactions]
    state.world.bell.ring()
    return True


def check_text(text: str, raw: str) -> None:
    """Refuse a text that shows nothing."""
    if not text:
        raise bad("text must be non-empty" if raw else "message text is empty")


def _reply(chat: Chat, params: Params) -> Any:
    """Give the message replied to, without its own reply, as Telegram nests only one level."""
    reply = params.get("reply_parameters")
    if not reply:
        return None
    message = chat.messages.get(int(reply["message_id"]))
    if message is None or message.deleted:
        if reply.get("allow_sending_without_reply"):
            return None
        raise bad("message to be replied not found")
    return {name: value for name, value in message.json.items() if name != "reply_to_message"}
