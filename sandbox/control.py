"""The control API: lets another process play people and groups over HTTP, under /control/ beside the Bot API."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any

from aiohttp import web

from sandbox import control_people
from sandbox.albums import Album
from sandbox.control_people import message_json, wait_of
from sandbox.errors import RefusedError
from sandbox.faults import Fault
from sandbox.groups import Group
from sandbox.local import LocalTelegram
from sandbox.media import kind_of
from sandbox.people import Person, Tap
from sandbox.world import Event, Json, Message

_MAX_EVENTS = 5000  # in one answer

Verb = Callable[["Control", Json], Awaitable[Any]]


class Control:
    """Maps requests under /control/ to the verbs of people and groups."""

    def __init__(self, telegram: LocalTelegram) -> None:
        self.telegram = telegram
        self._people: dict[int, Person] = {}
        self._taps: dict[str, Tap] = {}
        self.albums: dict[str, Album] = {}  # by media_group_id
        self._verbs = _verbs()
        telegram.front.control = self.handle

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request: a JSON object in, a JSON value out; a failed expectation is a 409."""
        verb = self._verbs.get(request.path.removeprefix("/control/"))
        if verb is None:
            return _json({"error": "no such verb", "verbs": sorted(self._verbs)}, 404)
        try:
            body = json.loads(await request.read() or b"{}")
            return _json(await verb(self, body))
        except AssertionError as failed:
            return _json({"error": str(failed)}, 409)
        except RefusedError as refused:
            return _json({"error": refused.description}, refused.status)
        except (KeyError, TypeError, ValueError) as wrong:
            return _json({"error": f"{type(wrong).__name__}: {wrong}"}, 400)

    def person(self, body: Json) -> Person:
        """Find the person that a request names."""
        user_id = int(body["person"])
        if user_id not in self._people:
            self._people[user_id] = Person(self.telegram.state, self.telegram.state.world.accounts[user_id])
        return self._people[user_id]

    def group(self, body: Json) -> Group | None:
        """Find the group that a request names, if it names one."""
        chat_id = body.get("group")
        return None if chat_id is None else Group(self.telegram.state, self.telegram.state.world.chats[int(chat_id)])

    def message(self, body: Json, name: str = "message_id") -> Message | None:
        """Find the message that a request names, if it names one, in its group or in the private chat."""
        if body.get(name) is None:
            return None
        group = self.group(body)
        return (group.chat if group else self.person(body).chat).messages[int(body[name])]

    def needed_message(self, body: Json) -> Message:
        """Find the message that a request must name."""
        message = self.message(body)
        if message is None:
            raise KeyError("message_id")
        return message

    def needed_group(self, body: Json) -> Group:
        """Find the group that a request must name."""
        group = self.group(body)
        if group is None:
            raise KeyError("group")
        return group

    def remember(self, tap: Tap) -> str:
        """Keep a tap, so that its answer can be asked for, and give its id."""
        self._taps[tap.query.id] = tap
        return tap.query.id

    def tap(self, body: Json) -> Tap:
        """Find the tap that a request names."""
        return self._taps[body["tap"]]


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


async def _person(control: Control, body: Json) -> Json:
    person = control.telegram.person(
        body["name"],
        username=body.get("username"),
        language=body.get("language"),
        user_id=body.get("id"),
        started=body.get("started", False),
    )
    return {"id": person.id, "name": person.name}


async def _people(control: Control, body: Json) -> list[int]:
    name, started = body.get("name", "Petugas"), body.get("started", True)
    return [control.telegram.person(f"{name} {n + 1}", started=started).id for n in range(body["count"])]


async def _group(control: Control, body: Json) -> Json:
    members = [control.person({"person": user_id}) for user_id in body.get("members", [])]
    if body.get("kind", "group") == "supergroup":
        group = control.telegram.supergroup(body["title"], members, forum=body.get("forum", False))
    else:
        group = control.telegram.group(body["title"], members)
    return {"id": group.id, "title": group.title}


async def _join(control: Control, body: Json) -> Json:
    return message_json(await control.needed_group(body).add(control.person(body)))


async def _leave(control: Control, body: Json) -> Json:
    return message_json(await control.needed_group(body).remove(control.person(body)))


async def _hears(control: Control, body: Json) -> Json:
    wanted = re.compile(body["regex"]) if "regex" in body else body["text"]
    person = control.person(body)
    return message_json(await person.hears(wanted, in_=control.group(body), timeout=wait_of(body)))


async def _messages(control: Control, body: Json) -> list[Json]:
    group = control.group(body)
    shown = group.messages if group and "person" not in body else control.person(body).sees(group)
    return [message_json(message) for message in shown]


async def _upgrade(control: Control, body: Json) -> Json:
    return {"id": (await control.needed_group(body).upgrade()).id}


async def _fault(control: Control, body: Json) -> bool:
    control.telegram.faults.add(Fault(**body))
    return True


async def _clear_faults(control: Control, _body: Json) -> bool:
    control.telegram.faults.clear()
    return True


async def _inject(control: Control, body: Json) -> int:
    return control.telegram.inject(body["update"])


async def _transcript(control: Control, body: Json) -> Json:
    """Give what happened after event `since`, waiting up to `timeout` seconds for something."""
    world, since = control.telegram.state.world, body.get("since", 0)
    await world.bell.until(lambda: True if world.event_number > since else None, wait_of(body, default=0.0))
    # The newest events are at the end, so a reader who follows closely costs little.
    fresh: list[Event] = []
    for event in reversed(world.events):
        if event.number <= since:
            break
        fresh.append(event)
    fresh = fresh[::-1][: body.get("limit", _MAX_EVENTS)]
    return {"next": fresh[-1].number if fresh else since, "events": [_event_json(event) for event in fresh]}


async def _stats(control: Control, _body: Json) -> Json:
    telegram = control.telegram
    return {
        "calls": dict(telegram.calls.counts),
        "refused": [f"{call.status} {call.method}: {call.description}" for call in telegram.refused[-20:]],
        "pending": telegram.pending,
        "events": telegram.state.world.event_number,
    }


def _event_json(event: Event) -> Json:
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
