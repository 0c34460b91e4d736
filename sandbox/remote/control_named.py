"""What the requests of the control API name: people, groups, messages, taps, albums."""

from __future__ import annotations

from sandbox.local import LocalTelegram
from sandbox.people.albums import Album
from sandbox.people.group import Group
from sandbox.people.person import Person, Press
from sandbox.world.world import Json, Message


class Named:
    """Finds in a local Telegram what a request names; taps and albums are kept for the requests that follow."""

    def __init__(self, telegram: LocalTelegram) -> None:
        self.telegram = telegram
        self._people: dict[int, Person] = {}
        self._taps: dict[str, Press] = {}
        self.albums: dict[str, Album] = {}  # by media_group_id

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

    def remember(self, tap: Press) -> str:
        """Keep a tap, so that its answer can be asked for, and give its id."""
        self._taps[tap.query.id] = tap
        return tap.query.id

    def tap(self, body: Json) -> Press:
        """Find the tap that a request names."""
        return self._taps[body["tap"]]
