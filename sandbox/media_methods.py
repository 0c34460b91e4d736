"""Sending photos, documents and places, and giving files back."""

from __future__ import annotations

from typing import Any

from sandbox.botapi_check import Upload
from sandbox.errors import bad
from sandbox.formatting import CAPTION_LENGTH, read_text
from sandbox.message_methods import post
from sandbox.photos import picture_size
from sandbox.state import Params, State, chat_to_write
from sandbox.world import Json, StoredFile, World

PHOTO_BYTES = 10 * 1024 * 1024  # Telegram's docs, sendPhoto
DOWNLOAD_BYTES = 20 << 20  # tdlib/telegram-bot-api Client.h 71
PHOTO_SIDES = 10_000  # width and height together (Telegram's docs, sendPhoto)
PHOTO_RATIO = 20


def send_photo(state: State, params: Params) -> Json:
    """Send a picture."""
    caption = _caption(params)
    stored = _file(state, params["photo"], "photo")
    chat = chat_to_write(state, params, what="photos")
    return post(state, chat, params, {"photo": photo_sizes(stored), **caption})


def send_document(state: State, params: Params) -> Json:
    """Send a file."""
    caption = _caption(params)
    stored = _file(state, params["document"], "document")
    chat = chat_to_write(state, params, what="documents")
    return post(state, chat, params, {"document": document(stored), **caption})


def send_location(state: State, params: Params) -> Json:
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


def get_file(state: State, params: Params) -> Json:
    """Answer with where a file can be downloaded."""
    stored = state.world.files.get(params["file_id"])
    if stored is None:
        raise bad("wrong file_id or the file is temporarily unavailable")
    if len(stored.data) > DOWNLOAD_BYTES:
        raise bad("file is too big")
    return {**_file_json(stored), "file_path": stored.path}


def store_photo(world: World, data: bytes, name: str = "photo.jpg", mime: str = "image/jpeg") -> StoredFile:
    """Keep a picture, or refuse what Telegram could not show as one."""
    if len(data) > PHOTO_BYTES:
        raise bad(f"file of size {len(data)} bytes is too big for a photo; the maximum size is {PHOTO_BYTES} bytes")
    size = picture_size(data)
    if size is None:
        raise bad("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > PHOTO_SIDES or min(size) < 1 or max(size) > PHOTO_RATIO * min(size):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return world.add_file("photo", data, name, mime, size)


def photo_sizes(stored: StoredFile) -> list[Json]:
    """Give the PhotoSize list of a message; here the picture exists in one size only."""
    return [{**_file_json(stored), "width": stored.size[0], "height": stored.size[1]}]


def document(stored: StoredFile) -> Json:
    """Give the Document object of a message."""
    return {**_file_json(stored), "file_name": stored.name, "mime_type": stored.mime}


def _file_json(stored: StoredFile) -> Json:
    return {"file_id": stored.id, "file_unique_id": stored.unique_id, "file_size": len(stored.data)}


def _caption(params: Params) -> Json:
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


def _file(state: State, given: Any, kind: str) -> StoredFile:
    if isinstance(given, Upload):
        if not given.data:
            raise bad("file must be non-empty")
        if kind == "photo":
            return store_photo(state.world, given.data, given.name, given.mime)
        return state.world.add_file(kind, given.data, given.name, given.mime)
    stored = state.world.files.get(str(given))
    if stored is not None:
        if stored.kind != kind:
            raise bad(f"can't use file of type {stored.kind.title()} as {kind.title()}")
        return stored
    if str(given).startswith("attach://"):
        raise bad(f"there is no {kind} in the request")
    if str(given).startswith(("http://", "https://")):
        raise bad("failed to get HTTP URL content")
    raise bad("wrong remote file identifier specified: Wrong string length")
