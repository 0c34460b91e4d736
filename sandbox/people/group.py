"""A group with its members, and what can happen to it."""

from __future__ import annotations

from typing import Protocol

from sandbox.text.formatting import finish
from sandbox.world import incoming
from sandbox.world.hearing import Listener, Pattern
from sandbox.world.state import ServerState
from sandbox.world.world import Account, Chat, Json, Message

# The account in whose name anonymous administrators speak, the same everywhere on Telegram.
ANONYMOUS_ADMIN: Json = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}


class Someone(Protocol):
    """All that a group needs to know of a person: the account."""

    @property
    def account(self) -> Account:
        """The account, which the group's messages and updates name."""
        ...


class Group:
    """A basic group or a supergroup."""

    def __init__(self, state: ServerState, chat: Chat) -> None:
        self._state = state
        self.chat = chat
        self._listener = Listener(state.world, chat, self.title)

    @property
    def id(self) -> int:
        """The chat id, negative."""
        return self.chat.id

    @property
    def title(self) -> str:
        """The title."""
        return str(self.chat.json["title"])

    @property
    def messages(self) -> list[Message]:
        """What the group shows now, oldest first."""
        return self.chat.shown

    @property
    def pinned(self) -> list[Message]:
        """The pinned messages, newest pin last."""
        return [self.chat.messages[message_id] for message_id in self.chat.pinned]

    def __repr__(self) -> str:
        return f"<Group {self.title} {self.id}>"

    async def hears(self, text: Pattern, *, timeout: float = 5.0) -> Message:  # noqa: ASYNC109 - reads well in a test
        """Wait for a message of the bot here, sent or edited after the one heard last, that now contains `text`."""
        return await self._listener.hears(text, timeout)

    def unheard(self) -> list[Message]:
        """Give the bot's messages that were sent or edited after the one heard last, in that order."""
        return self._listener.unheard()

    def forget(self) -> None:
        """Take everything up to now as heard."""
        self._listener.forget()

    async def add(self, person: Someone, *, by: Someone | None = None) -> Message:
        """Let somebody in."""
        old = self.chat.members.get(person.account.id, "left")
        self.chat.members[person.account.id] = "member"
        actor = (by or person).account.json
        incoming.tell_member(self._state, self.chat, person.account.json, old, "member", by=actor)
        return self._service(actor, {"new_chat_members": [person.account.json]})

    async def remove(self, person: Someone, *, by: Someone | None = None) -> Message:
        """Put somebody out, or let them leave when nobody does it."""
        old = self.chat.members.get(person.account.id, "left")
        self.chat.members[person.account.id] = new = "kicked" if by else "left"
        actor = (by or person).account.json
        incoming.tell_member(self._state, self.chat, person.account.json, old, new, by=actor)
        return self._service(actor, {"left_chat_member": person.account.json})

    async def promote(self, person: Someone, *, by: Someone) -> None:
        """Make a member an administrator."""
        old = self.chat.members.get(person.account.id, "left")
        self.chat.members[person.account.id] = "administrator"
        incoming.tell_member(self._state, self.chat, person.account.json, old, "administrator", by=by.account.json)

    async def add_bot(self, by: Someone) -> Message:
        """Invite the bot."""
        incoming.bot_member_changed(self._state, self.chat, "member", by=by.account.json)
        return self._service(by.account.json, {"new_chat_members": [self._state.bot]})

    async def kick_bot(self, by: Someone | None = None) -> None:
        """Throw the bot out."""
        incoming.bot_member_changed(self._state, self.chat, "kicked", by=self._actor(by))

    async def promote_bot(self, by: Someone | None = None) -> None:
        """Make the bot an administrator; from then on it hears everything."""
        incoming.bot_member_changed(self._state, self.chat, "administrator", by=self._actor(by))

    async def demote_bot(self, by: Someone | None = None) -> None:
        """Make the bot an ordinary member again."""
        incoming.bot_member_changed(self._state, self.chat, "member", by=self._actor(by))

    async def mute_bot(self, *, muted: bool = True) -> None:
        """Take away, or give back, the bot's right to send."""
        self.chat.bot_muted = muted

    async def forbid_reactions(self, *, forbidden: bool = True) -> None:
        """Let nobody put a reaction on a message, or let them again."""
        self.chat.reactions_off = forbidden

    async def delete(self) -> None:
        """Delete the group."""
        self.chat.deleted = True

    async def rename(self, title: str, *, by: Someone | None = None) -> Message:
        """Give the group another title."""
        self.chat.json = {**self.chat.json, "title": title}
        return self._service(self._actor(by), {"new_chat_title": title})

    async def upgrade(self) -> Group:
        """Make a supergroup of a basic group: a new id, and a service message on both sides."""
        new = self._state.world.add_chat("supergroup", self.title)
        new.members, new.bot_status = dict(self.chat.members), self.chat.bot_status
        actor = self._actor(None)
        old_chat, old_id = self.chat, self.chat.id
        goodbye = self._state.world.post(old_chat, actor, {"migrate_to_chat_id": new.id})
        old_chat.upgraded_to = new.id
        incoming.tell_message(self._state, goodbye)
        upgraded = Group(self._state, new)
        upgraded._service(ANONYMOUS_ADMIN, {"sender_chat": new.json, "migrate_from_chat_id": old_id})
        return upgraded

    async def open_topic(self, name: str, *, by: Someone | None = None) -> int:
        """Open a topic in a forum and give its thread id."""
        thread = self._state.world.open_topic(self.chat, name, self._actor(by))
        incoming.tell_message(self._state, self.chat.messages[thread])
        return thread

    async def close_topic(self, thread: int) -> None:
        """Close a topic: nobody writes there any more."""
        self.chat.closed_topics.add(thread)

    async def delete_topic(self, thread: int) -> None:
        """Delete a topic."""
        self.chat.topics.pop(thread, None)

    async def says_anonymously(
        self, text: str, *, topic: int | None = None, reply_to: Message | None = None
    ) -> Message:
        """Let an administrator speak in the group's own name."""
        visible, entities = finish(text, [])
        content: Json = {"sender_chat": self.chat.json, "text": visible}
        if entities:
            content["entities"] = entities
        if topic is not None:
            content |= {"message_thread_id": topic, "is_topic_message": True}
        if reply_to is not None:
            content["reply_to_message"] = reply_to.json
        return self._service(ANONYMOUS_ADMIN, content)

    def _actor(self, by: Someone | None) -> Json:
        """Name who did it: the given person, else the owner."""
        if by is not None:
            return by.account.json
        owners = [user_id for user_id, status in self.chat.members.items() if status == "creator"]
        return self._state.world.accounts[owners[0]].json if owners else ANONYMOUS_ADMIN

    def _service(self, sender: Json, content: Json) -> Message:
        message = self._state.world.post(self.chat, sender, content)
        incoming.tell_message(self._state, message)
        return message
