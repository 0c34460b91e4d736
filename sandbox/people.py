"""A person with a phone: says, taps, hears, edits, blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox import incoming
from sandbox.formatting import finish
from sandbox.hearing import Listener, Pattern
from sandbox.media_methods import document, photo_sizes, store_photo
from sandbox.profile_methods import menu_for
from sandbox.state import Answer, Query, State
from sandbox.world import Account, Chat, Json, Message

if TYPE_CHECKING:
    from sandbox.groups import Group


@dataclass(frozen=True)
class Tap:
    """One press of a button."""

    query: Query
    message: Message
    label: str
    _state: State

    def deliver_again(self) -> None:
        """Deliver the same press with another update id, as phones do after a reconnect (telegram-bot-api issue 699)."""
        self._state.updates.add("callback_query", self.query.json, seconds=self._state.callback_seconds)


class Person:
    """Someone whom a test or a demo plays."""

    def __init__(self, state: State, account: Account) -> None:
        self._state = state
        self.account = account
        self._listeners: dict[int, Listener] = {}

    @property
    def id(self) -> int:
        """The user id, which is also the id of the private chat."""
        return self.account.id

    @property
    def name(self) -> str:
        """The first name."""
        return str(self.account.json["first_name"])

    @property
    def chat(self) -> Chat:
        """The private chat with the bot."""
        return self._state.world.chats[self.id]

    @property
    def messages(self) -> list[Message]:
        """What the private chat shows now, oldest first."""
        return self.chat.shown

    def __repr__(self) -> str:
        return f"<Person {self.name} {self.id}>"

    async def say(
        self,
        text: str,
        *,
        to: Group | None = None,
        topic: int | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Send a text to the bot, or into a group."""
        visible, entities = finish(text, [])
        content: Json = {"text": visible}
        if entities:
            content["entities"] = entities
        return self._send(content, to, topic, reply_to)

    async def share_location(
        self,
        latitude: float,
        longitude: float,
        *,
        accuracy: float | None = None,
        to: Group | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Send a place; accuracy is in metres."""
        location: Json = {"latitude": latitude, "longitude": longitude}
        if accuracy is not None:
            location["horizontal_accuracy"] = accuracy
        return self._send({"location": location}, to, None, reply_to)

    async def send_photo(
        self,
        data: bytes,
        caption: str = "",
        *,
        to: Group | None = None,
        album: str | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Send a picture; photos with the same `album` belong together and still come as single messages."""
        content: Json = {"photo": photo_sizes(store_photo(self._state.world, data))}
        if album:
            content["media_group_id"] = album
        return self._send({**content, **_caption(caption)}, to, None, reply_to)

    async def send_document(
        self,
        data: bytes,
        name: str,
        caption: str = "",
        *,
        mime: str = "application/octet-stream",
        to: Group | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Send a file."""
        stored = self._state.world.add_file("document", data, name, mime)
        return self._send({"document": document(stored), **_caption(caption)}, to, None, reply_to)

    async def share_contact(self, phone: str) -> Message:
        """Send one's own phone number to the bot."""
        contact = {"phone_number": phone, "first_name": self.name, "user_id": self.id}
        return self._send({"contact": contact}, None, None, None)

    async def edit(self, message: Message, text: str) -> Message:
        """Change the text or caption of one's own message."""
        if message.json.get("from", {}).get("id") != self.id:
            raise AssertionError(f"{self.name} cannot edit {message!r}")
        visible, entities = finish(text, [])
        new = {name: value for name, value in message.json.items() if name not in {"entities", "caption_entities"}}
        if "text" in message.json:
            new.update({"text": visible, "entities": entities} if entities else {"text": visible})
        else:
            new.update({"caption": visible, "caption_entities": entities} if entities else {"caption": visible})
        new["edit_date"] = int(self._state.now)
        self._state.world.change(message, new)
        incoming.tell_message(self._state, message, edited=True)
        return message

    async def tap(
        self,
        label: str = "",
        *,
        message: Message | None = None,
        in_: Group | None = None,
        data: str | None = None,
    ) -> Tap:
        """Press an inline button by the beginning of its text, else by a part of it, on the newest message that has it.

        With `data` and `message` a button is pressed that the message no longer shows, as on a phone that lags behind.
        """
        chat = message.chat if message else self._chat(in_)
        if data is None:
            message, button = self._find_button(chat, label, message)
            label, data = button["text"], button.get("callback_data")
            if data is None:
                raise AssertionError(f"{label!r} opens something on the phone; the bot does not hear of it: {button}")
        elif message is None:
            raise AssertionError("a press with its own data needs the message it is on")
        query = incoming.tell_tap(self._state, self.account, message, data)
        return Tap(query, message, label, self._state)

    async def answer_of(self, tap: Tap, *, timeout: float = 5.0) -> Answer:  # noqa: ASYNC109 - reads well in a test
        """Wait for what the phone shows after a press."""
        answer = await self._state.world.bell.until(lambda: tap.query.answer, timeout)
        if answer is None:
            raise AssertionError(f"{self.name}'s press of {tap.label!r} was not answered within {timeout} s")
        return answer

    async def hears(
        self,
        text: Pattern,
        *,
        in_: Group | None = None,
        timeout: float = 5.0,  # noqa: ASYNC109 - reads well in a test
    ) -> Message:
        """Wait for a message of the bot, sent or edited after the one heard last, that now contains `text`."""
        return await self._listener(in_).hears(text, timeout)

    def unheard(self, in_: Group | None = None) -> list[Message]:
        """Give the bot's messages that were sent or edited after the one heard last, in that order."""
        return self._listener(in_).unheard()

    def forget(self, in_: Group | None = None) -> None:
        """Take everything up to now as heard."""
        self._listener(in_).forget()

    def menu(self, in_: Group | None = None) -> list[Json]:
        """Give the commands that the phone's menu offers in a chat."""
        return menu_for(self._state, self.id, self._chat(in_).id, self.account.language)

    async def react(self, message: Message, emoji: str | None) -> None:
        """Put one emoji on a message, or take it away."""
        incoming.tell_reaction(self._state, self.account, message, [], [emoji] if emoji else [])

    async def block_bot(self) -> None:
        """Block the bot."""
        if not self.account.blocked:
            self.account.blocked = True
            incoming.tell_bot_member(self._state, self.chat, "member", "kicked", by=self.account.json)

    async def unblock_bot(self) -> None:
        """Let the bot write again."""
        if self.account.blocked:
            self.account.blocked = False
            incoming.tell_bot_member(self._state, self.chat, "kicked", "member", by=self.account.json)

    async def delete_account(self) -> None:
        """Leave Telegram; the bot is told nothing."""
        self.account.deleted = True

    def _listener(self, group: Group | None) -> Listener:
        chat = self._chat(group)
        return self._listeners.setdefault(chat.id, Listener(self._state.world, chat, self.name))

    def _chat(self, group: Group | None) -> Chat:
        return self.chat if group is None else group.chat

    def _send(self, content: Json, to: Group | None, topic: int | None, reply_to: Message | None) -> Message:
        chat = self._chat(to)
        if self.account.deleted:
            raise AssertionError(f"{self.name} has deleted the account")
        if to is None:
            if self.account.blocked:  # the phone offers nothing but "unblock" first
                self.account.blocked = False
                incoming.tell_bot_member(self._state, chat, "kicked", "member", by=self.account.json)
            self.account.started = True
        elif chat.members.get(self.id, "left") in {"left", "kicked"}:
            raise AssertionError(f"{self.name} is not in {chat.json['title']}")
        elif chat.upgraded_to is not None or chat.deleted:
            raise AssertionError(f"nobody can write in {chat.json['title']} any more")
        around: Json = {}
        if topic is not None:
            around = {"message_thread_id": topic, "is_topic_message": True}
        if reply_to is not None:
            replied = {name: value for name, value in reply_to.json.items() if name != "reply_to_message"}
            around["reply_to_message"] = replied
        message = self._state.world.post(chat, self.account.json, {**around, **content})
        incoming.tell_message(self._state, message)
        return message

    def _find_button(self, chat: Chat, label: str, only: Message | None) -> tuple[Message, Json]:
        messages = [only] if only else chat.shown[::-1]
        for fits in (str.startswith, str.__contains__):
            for message in messages:
                for button in (button for row in message.rows for button in row):
                    if fits(button["text"], label):
                        return message, button
        there = [text for message in messages for text in message.buttons]
        raise AssertionError(f"{self.name} sees no button {label!r}; there are {there}")


def _caption(text: str) -> dict[str, Any]:
    visible, entities = finish(text, [])
    if not visible:
        return {}
    return {"caption": visible, "caption_entities": entities} if entities else {"caption": visible}
