"""Sending files and places, and giving files back."""

from __future__ import annotations

from typing import Any

from sandbox.api.botapi_check import Upload
from sandbox.api.message_methods import post
from sandbox.errors import bad
from sandbox.text.formatting import CAPTION_LENGTH, read_text
from sandbox.world.files import LINK_SECONDS, StoredFile
from sandbox.world.media import CAPTIONED, Media, MediaKind, content_of, store
from sandbox.world.state import Method, Params, ServerState, chat_to_write
from sandbox.world.world import Json

DOWNLOAD_BYTES = 20 << 20  # tdlib/telegram-bot-api Client.cpp 71
_RIGHTS = {
    "photo": "photos",
    "document": "documents",
    "video": "videos",
    "animation": "other messages",
    "audio": "music",
    "voice": "voice notes",
    "video_note": "video notes",
    "sticker": "other messages",
}


def sender(kind: MediaKind) -> Method:
    """Make the method that sends files of one kind."""

    def send(state: ServerState, params: Params) -> Json:
        caption = caption_of(params) if kind in CAPTIONED else {}
        stored = take_file(state, params[kind], kind, params)
        chat = chat_to_write(state, params, what=_RIGHTS[kind])
        return post(state, chat, params, {**content_of(stored), **caption})

    return send


def send_location(state: ServerState, params: Params) -> Json:
    """Send a place."""
    latitude, longitude = params["latitude"], params["longitude"]
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad("wrong location specified")
    period = params.get("live_period")
    if period and not (60 <= period <= 86_400 or period == 0x7FFFFFFF):
        raise bad("wrong live location period specified")
    names = ("latitude", "longitude", "horizontal_accuracy", "live_period", "heading", "proximity_alert_radius")
    location = {name: params[name] for name in names if name in params}
    return post(state, chat_to_write(state, params, what="locations"), params, {"location": location})


def get_file(state: ServerState, params: Params) -> Json:
    """Answer with where a file can be downloaded for the next hour."""
    stored = state.world.files.get(params["file_id"])
    if stored is None:
        raise bad("wrong file_id or the file is temporarily unavailable")
    if stored.length > DOWNLOAD_BYTES:
        raise bad("file is too big")
    stored.link_ends = state.now + LINK_SECONDS
    return {**stored.json, "file_path": stored.path}


def caption_of(params: Params) -> Json:
    """Give the fields of a caption, or refuse it."""
    raw = params.get("caption")
    if not raw:
        return {}
    text, entities = read_text(raw, params.get("parse_mode"), params.get("caption_entities"))
    if len(text) > CAPTION_LENGTH:
        raise bad("message caption is too long")
    caption: Json = {"caption": text} if text else {}
    if entities:
        caption["caption_entities"] = entities
    return caption


def take_file(state: ServerState, given: Any, kind: MediaKind, params: Params) -> StoredFile:
    """Find the file that a call uploads or names by its id; `params` hold its measures, title and so on."""
    if isinstance(given, Upload):
        if not given.data:
            raise bad("file must be non-empty")
        measures = {name: params[name] for name in ("width", "height", "duration") if name in params}
        words = {name: params[name] for name in ("title", "performer", "emoji") if name in params}
        measures.setdefault("duration", 0)
        return store(state.world, Media(kind, given.data, name=given.name, mime=given.mime, **measures, **words))
    stored = state.world.files.get(str(given))
    if stored is not None:
        if stored.kind != kind:
            raise bad(f"can't use file of type {_type(stored.kind)} as {_type(kind)}")
        return stored
    if str(given).startswith("attach://"):
        raise bad(f"there is no {kind.replace('_', ' ')} in the request")
    if str(given).startswith(("http://", "https://")):
        raise bad("failed to get HTTP URL content")
    raise bad("wrong remote file identifier specified: Wrong string length")


def file_of_media(state: ServerState, media: Json) -> StoredFile:
    """Find the file of an InputMedia object."""
    if isinstance(media["media"], str) and media["media"].startswith("attach://"):
        raise bad("can't parse InputMedia: Media not found")
    kind: MediaKind = media["type"]
    if kind not in _RIGHTS:
        raise bad(f"type {kind} is not played by the local Telegram")
    return take_file(state, media["media"], kind, media)


def _type(kind: str) -> str:
    return "".join(word.title() for word in kind.split("_"))
