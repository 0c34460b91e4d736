"""Sending albums, and sending on what was sent before."""

from __future__ import annotations

import secrets

from sandbox.api.media_methods import caption_of, file_of_media
from sandbox.api.message_methods import post
from sandbox.errors import bad
from sandbox.world.media import CAPTIONED, check_album, content_of, kind_of
from sandbox.world.state import Params, ServerState, chat_to_change, chat_to_write, find_chat, find_message
from sandbox.world.world import Json, Message

# What a message says beside its content, and what is not taken along when it is sent on.
_FRAME = frozenset({
    "message_id", "from", "sender_chat", "chat", "date", "edit_date", "reply_to_message", "message_thread_id",
    "is_topic_message", "media_group_id", "forward_origin", "reply_markup",
})  # fmt: skip
_CONTENT = frozenset({"text", "location", "venue", "contact"})


def send_media_group(state: ServerState, params: Params) -> list[Json]:
    """Send an album; it weighs as many messages as it has."""
    items: list[Json] = params["media"]
    check_album([str(item["type"]) for item in items])
    contents = [{**content_of(file_of_media(state, item)), **caption_of(item)} for item in items]
    chat = chat_to_write(state, params, what="photos")
    if len(contents) > 1:
        group_id = str(secrets.randbelow(9 * 10**16) + 10**16)
        contents = [{**content, "media_group_id": group_id} for content in contents]
    state.pass_album(chat, len(contents))
    return [post(state, chat, params, content, counted=True) for content in contents]


def forward_message(state: ServerState, params: Params) -> Json:
    """Send a message on, with the name of its author."""
    message = _source(state, params, "forward")
    chat = chat_to_write(state, params)
    origin = message.json.get("forward_origin") or {
        "type": "user",
        "sender_user": message.json["from"],
        "date": message.date,
    }
    return post(state, chat, params, {"forward_origin": origin, **_content(message)})


def copy_message(state: ServerState, params: Params) -> Json:
    """Send a message on without the name of its author; a new caption may take the old one's place."""
    message = _source(state, params, "copy")
    content = _content(message)
    if "caption" in params and kind_of(content) in CAPTIONED:
        content = {name: value for name, value in content.items() if name not in {"caption", "caption_entities"}}
        content |= caption_of(params)
    chat = chat_to_write(state, params)
    return {"message_id": post(state, chat, params, content)["message_id"]}


def _source(state: ServerState, params: Params, purpose: str) -> Message:
    origin = {"chat_id": params["from_chat_id"]}
    find_chat(state, origin)
    message = find_message(chat_to_change(state, origin), params["message_id"], purpose=purpose)
    if kind_of(message.json) is None and not _CONTENT & message.json.keys():
        raise bad(f"the message can't be {'copied' if purpose == 'copy' else 'forwarded'}")
    return message


def _content(message: Message) -> Json:
    content = {name: value for name, value in message.json.items() if name not in _FRAME}
    if "location" in content:  # a live one is sent on as the place it is at
        place = {name: value for name, value in content["location"].items() if name != "live_period"}
        content["location"] = place
    return content
