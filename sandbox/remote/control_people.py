"""The verbs of the control API by which people write, send, tap and lose their connection."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Any

from sandbox.people.person import Person
from sandbox.remote.control_named import Named
from sandbox.world.media import Media, MediaKind, kind_of
from sandbox.world.photos import drawn
from sandbox.world.world import Json, Message

_MAX_WAIT = 60.0  # seconds one request may wait
# What a request may say of a file beside its kind and its bytes.
_MEDIA = (
    "caption", "name", "mime", "width", "height", "duration", "claimed_size", "sized", "title", "performer", "emoji",
)  # fmt: skip


def message_json(message: Message) -> Json:
    """Describe a message as a reader sees it; one that waits on a phone is not `sent` and has no id yet."""
    return {
        "chat": message.chat.id,
        "message_id": message.id,
        "sent": message.sent,
        "by_bot": message.by_bot,
        "text": message.text,
        "html": message.html,
        "media": kind_of(message.json),
        "buttons": message.buttons,
    }


def wait_of(body: Json, default: float = 5.0) -> float:
    """Give how many seconds a request wants to wait."""
    return min(float(body.get("timeout", default)), _MAX_WAIT)


def media_of(body: Json, kind: MediaKind) -> Media:
    """Read a file from a request; without bytes a photo is drawn and anything else is a few bytes."""
    given = {name: body[name] for name in _MEDIA if name in body}
    data = base64.b64decode(body["base64"]) if "base64" in body else drawn() if kind == "photo" else b"sandbox"
    return Media(kind, data, **given)


async def _say(named: Named, body: Json) -> Json:
    reply_to = named.message(body, "reply_to")
    person, group = named.person(body), named.group(body)
    return message_json(await person.say(body["text"], to=group, topic=body.get("topic"), reply_to=reply_to))


async def _say_many(named: Named, body: Json) -> int:
    for person, text in body["items"]:
        await named.person({"person": person}).say(text)
    return len(body["items"])


async def _edit(named: Named, body: Json) -> Json:
    return message_json(await named.person(body).edit(named.needed_message(body), body["text"]))


async def _media(named: Named, body: Json) -> Json:
    media = media_of(body, "document" if body.get("as_file") else body.get("kind", "photo"))
    person, reply_to = named.person(body), named.message(body, "reply_to")
    return message_json(await person.send(media, to=named.group(body), topic=body.get("topic"), reply_to=reply_to))


async def _album(named: Named, body: Json) -> Json:
    """Send an album of `items`, or of `count` drawn photos; `hold` keeps messages back for `album_deliver`."""
    items = body.get("items") or [{} for _ in range(int(body.get("count", 2)))]
    album = await named.person(body).send_album(
        [media_of(item, item.get("kind", "photo")) for item in items],
        body.get("caption", ""),
        order=body.get("order"),
        hold=body.get("hold", False),
        to=named.group(body),
        reply_to=named.message(body, "reply_to"),
    )
    named.albums[album.group_id] = album
    return {
        "album": album.group_id,
        "held": album.held,
        "messages": [message_json(message) for message in album.messages],
    }


async def _album_deliver(named: Named, body: Json) -> Json:
    album = named.albums[body["album"]]
    album.deliver(*body.get("places", tuple(album.held)))
    return {"album": album.group_id, "held": album.held}


async def _location(named: Named, body: Json) -> Json:
    """Send a place; with a `message_id` a live one moves there."""
    person, message = named.person(body), named.message(body)
    place = {name: body.get(name) for name in ("accuracy", "heading")}
    if message is not None:
        return message_json(await person.move_location(message, body["latitude"], body["longitude"], **place))
    sent = await person.share_location(
        body["latitude"],
        body["longitude"],
        **place,
        live=body.get("live"),
        to=named.group(body),
        reply_to=named.message(body, "reply_to"),
    )
    return message_json(sent)


async def _location_stop(named: Named, body: Json) -> Json:
    return message_json(await named.person(body).stop_sharing(named.needed_message(body)))


async def _venue(named: Named, body: Json) -> Json:
    place = (body["latitude"], body["longitude"], body["title"], body["address"])
    return message_json(await named.person(body).share_venue(*place, to=named.group(body)))


async def _contact(named: Named, body: Json) -> Json:
    return message_json(await named.person(body).share_contact(body["phone"], to=named.group(body)))


async def _react(named: Named, body: Json) -> bool:
    await named.person(body).react(named.needed_message(body), body.get("emoji"))
    return True


async def _tap(named: Named, body: Json) -> Json:
    group, message = named.group(body), named.message(body)
    tap = await named.person(body).tap(body.get("label", ""), message=message, in_=group, data=body.get("data"))
    return {"tap": named.remember(tap), "message_id": tap.message.id}


async def _answer(named: Named, body: Json) -> Json:
    tap = named.tap(body)
    person = Person(named.telegram.state, tap.query.account)
    answer = await person.answer_of(tap, timeout=wait_of(body))
    return {"text": answer.text, "alert": answer.alert, "url": answer.url}


async def _block(named: Named, body: Json) -> bool:
    await named.person(body).block_bot()
    return True


async def _unblock(named: Named, body: Json) -> bool:
    await named.person(body).unblock_bot()
    return True


async def _offline(named: Named, body: Json) -> bool:
    await named.person(body).goes_offline()
    return True


async def _online(named: Named, body: Json) -> bool:
    await named.person(body).comes_back(taps_twice=body.get("taps_twice", False))
    return True


async def _effort(named: Named, body: Json) -> Json:
    return asdict(named.person(body).effort)


VERBS: Mapping[str, Callable[[Named, Json], Awaitable[Any]]] = MappingProxyType(
    {
        "say": _say,
        "say_many": _say_many,
        "edit": _edit,
        "photo": _media,
        "media": _media,
        "album": _album,
        "album_deliver": _album_deliver,
        "location": _location,
        "location_stop": _location_stop,
        "venue": _venue,
        "contact": _contact,
        "react": _react,
        "tap": _tap,
        "answer": _answer,
        "block": _block,
        "unblock": _unblock,
        "offline": _offline,
        "online": _online,
        "effort": _effort,
    },
)
