"""The control API: lets another process play people and groups over HTTP, under /control/ beside the Bot API."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any

from aiohttp import web

from sandbox.errors import RefusedError
from sandbox.local import LocalTelegram
from sandbox.remote import control_people
from sandbox.remote.control_named import Named
from sandbox.remote.control_people import message_json, wait_of
from sandbox.world.faults import Fault
from sandbox.world.media import kind_of
from sandbox.world.world import ChatEvent, Json

_MAX_EVENTS = 5000  # in one answer

Verb = Callable[[Named, Json], Awaitable[Any]]


class Control:
    """Maps requests under /control/ to the verbs of people and groups."""

    def __init__(self, telegram: LocalTelegram) -> None:
        self._named = Named(telegram)
        self._verbs = _verbs()
        telegram.front.control = self.handle

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request: a JSON object in, a JSON value out; a failed expectation is a 409."""
        verb = self._verbs.get(request.path.removeprefix("/control/"))
        if verb is None:
            return _json({"error": "no such verb", "verbs": sorted(self._verbs)}, 404)
        try:
            body = json.loads(await request.read() or b"{}")
            return _json(await verb(self._named, body))
        except AssertionError as failed:
            return _json({"error": str(failed)}, 409)
        except RefusedError as refused:
            return _json({"error": refused.description}, refused.status)
        except (KeyError, TypeError, ValueError) as wrong:
            return _json({"error": f"{type(wrong).__name__}: {wrong}"}, 400)


def _verbs() -> Mapping[str, Verb]:
    return MappingProxyType(
        {
            "person": _person,
            "people": _people,
            "group": _group,
            "join": _join,
            "leave": _leave,
            **control_people.VERBS,
            "hears": _hears,
            "messages": _messages,
            "upgrade": _upgrade,
            "fault": _fault,
            "clear_faults": _clear_faults,
            "inject": _inject,
            "transcript": _transcript,
            "stats": _stats,
        },
    )


async def _person(named: Named, body: Json) -> Json:
    person = named.telegram.person(
        body["name"],
        username=body.get("username"),
        language=body.get("language"),
        user_id=body.get("id"),
        started=body.get("started", False),
    )
    return {"id": person.id, "name": person.name}


async def _people(named: Named, body: Json) -> list[int]:
    name, started = body.get("name", "Petugas"), body.get("started", True)
    return [named.telegram.person(f"{name} {n + 1}", started=started).id for n in range(body["count"])]


async def _group(named: Named, body: Json) -> Json:
    members = [named.person({"person": user_id}) for user_id in body.get("members", [])]
    if body.get("kind", "group") == "supergroup":
        group = named.telegram.supergroup(body["title"], members, forum=body.get("forum", False))
    else:
        group = named.telegram.group(body["title"], members)
    return {"id": group.id, "title": group.title}


async def _join(named: Named, body: Json) -> Json:
    return message_json(await named.needed_group(body).add(named.person(body)))


async def _leave(named: Named, body: Json) -> Json:
    return message_json(await named.needed_group(body).remove(named.person(body)))


async def _hears(named: Named, body: Json) -> Json:
    wanted = re.compile(body["regex"]) if "regex" in body else body["text"]
    person = named.person(body)
    return message_json(await person.hears(wanted, in_=named.group(body), timeout=wait_of(body)))


async def _messages(named: Named, body: Json) -> list[Json]:
    group = named.group(body)
    shown = group.messages if group and "person" not in body else named.person(body).sees(group)
    return [message_json(message) for message in shown]


async def _upgrade(named: Named, body: Json) -> Json:
    return {"id": (await named.needed_group(body).upgrade()).id}


async def _fault(named: Named, body: Json) -> bool:
    named.telegram.faults.add(Fault(**body))
    return True


async def _clear_faults(named: Named, _body: Json) -> bool:
    named.telegram.faults.clear()
    return True


async def _inject(named: Named, body: Json) -> int:
    return named.telegram.inject(body["update"])


async def _transcript(named: Named, body: Json) -> Json:
    """Give what happened after event `since`, waiting up to `timeout` seconds for something."""
    world, since = named.telegram.state.world, body.get("since", 0)
    await world.bell.until(lambda: True if world.event_number > since else None, wait_of(body, default=0.0))
    # The newest events are at the end, so a reader who follows closely costs little.
    fresh: list[ChatEvent] = []
    for event in reversed(world.events):
        if event.number <= since:
            break
        fresh.append(event)
    fresh = fresh[::-1][: body.get("limit", _MAX_EVENTS)]
    return {"next": fresh[-1].number if fresh else since, "events": [_event_json(event) for event in fresh]}


async def _stats(named: Named, _body: Json) -> Json:
    telegram = named.telegram
    return {
        "calls": dict(telegram.calls.counts),
        "refused": [f"{call.status} {call.method}: {call.description}" for call in telegram.refused[-20:]],
        "pending": telegram.pending,
        "events": telegram.state.world.event_number,
    }


def _event_json(event: ChatEvent) -> Json:
    json_then = event.json
    rows = (json_then.get("reply_markup") or {}).get("inline_keyboard") or []
    return {
        "number": event.number,
        "kind": event.kind,
        "time": event.time,
        "chat": event.message.chat.id,
        "message_id": event.message.id,
        "by_bot": event.message.by_bot,
        "from": (json_then.get("from") or {}).get("id"),
        "text": json_then.get("text") or json_then.get("caption") or "",
        "media": kind_of(json_then),
        "buttons": [button["text"] for row in rows for button in row],
    }


def _json(value: Any, status: int = 200) -> web.Response:
    return web.Response(body=json.dumps(value).encode(), status=status, content_type="application/json")
