"""Changing the bot's own messages: text, caption, file, buttons."""

from __future__ import annotations

from sandbox.api.markup import check_markup
from sandbox.api.media_methods import caption_of, file_of_media
from sandbox.api.message_methods import check_text
from sandbox.errors import bad
from sandbox.text.formatting import CAPTION_LENGTH, TEXT_LENGTH, read_text
from sandbox.world.media import CAPTIONED, KINDS, content_of, kind_of
from sandbox.world.state import Params, ServerState, chat_to_change, find_message
from sandbox.world.world import Chat, Json, Message

_REPLACEABLE = ("photo", "video", "document", "audio", "animation")
_WORDS = ("text", "entities", "link_preview_options", "caption", "caption_entities")


def edit_message_text(state: ServerState, params: Params) -> Json:
    """Change the text of one of the bot's messages."""
    raw = params.get("text")
    if raw is None:
        raise bad("message text is empty")
    text, entities = read_text(raw, params.get("parse_mode"), params.get("entities"))
    check_text(text, raw)
    chat, message = _editable(state, params)
    if "text" not in message.json:
        raise bad("there is no text in the message to edit")
    if len(text) > TEXT_LENGTH:
        raise bad("MESSAGE_TOO_LONG")
    changes: Json = {"text": text, "entities": entities or None}
    changes["link_preview_options"] = params.get("link_preview_options")
    return _edit(state, chat, message, params, changes)


def edit_message_caption(state: ServerState, params: Params) -> Json:
    """Change the caption of one of the bot's photos, films, sounds or documents."""
    raw = params.get("caption") or ""
    text, entities = read_text(raw, params.get("parse_mode"), params.get("caption_entities"))
    chat, message = _editable(state, params)
    if kind_of(message.json) not in CAPTIONED:
        raise bad("there is no caption in the message to edit")
    if len(text) > CAPTION_LENGTH:
        raise bad("message caption is too long")
    return _edit(state, chat, message, params, {"caption": text or None, "caption_entities": entities or None})


def edit_message_media(state: ServerState, params: Params) -> Json:
    """Put another file in the place of a file, or of a text; its caption comes with it, or there is none."""
    media: Json = params["media"]
    caption = caption_of(media)
    chat, message = _editable(state, params)
    old_kind, new_kind = kind_of(message.json), media["type"]
    if old_kind not in _REPLACEABLE and "text" not in message.json:
        raise bad("there is no media in the message to edit")
    if "media_group_id" in message.json and old_kind != new_kind and {old_kind, new_kind} != {"photo", "video"}:
        raise bad("can't change media type in the album")
    content = {**content_of(file_of_media(state, media)), **caption}
    return _edit(state, chat, message, params, {**dict.fromkeys((*_WORDS, *KINDS)), **content})


def edit_message_reply_markup(state: ServerState, params: Params) -> Json:
    """Change the buttons under one of the bot's messages."""
    chat, message = _editable(state, params)
    return _edit(state, chat, message, params, {})


def _editable(state: ServerState, params: Params) -> tuple[Chat, Message]:
    if "message_id" not in params:
        raise bad("message identifier is not specified")
    chat = chat_to_change(state, params)
    message = find_message(chat, params["message_id"], purpose="edit")
    if not message.by_bot or message.reply_keyboard or "forward_origin" in message.json:
        raise bad("message can't be edited")
    return chat, message


def _edit(state: ServerState, chat: Chat, message: Message, params: Params, changes: Json) -> Json:
    # An edit without a keyboard takes the old one away.
    inline = check_markup(params.get("reply_markup"), private=chat.private, editing=True)
    changes["reply_markup"] = inline
    old = message.json
    if all(old.get(name) == value for name, value in changes.items()):
        raise bad(
            "message is not modified: specified new message content and reply markup are exactly the same as a current "
            "content and reply markup of the message",
        )
    state.pass_edit(chat)
    new = {name: value for name, value in old.items() if name not in changes}
    new.update((name, value) for name, value in changes.items() if value is not None)
    new["edit_date"] = int(state.now)
    state.world.change(message, new)
    return new
