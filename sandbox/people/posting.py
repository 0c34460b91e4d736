"""What every message of a person has in common: where it goes, when it leaves the phone, what it answers."""

from __future__ import annotations

from collections.abc import Callable

from sandbox.people.group import Group
from sandbox.text.formatting import finish
from sandbox.world import incoming
from sandbox.world.phone import Phone
from sandbox.world.state import ServerState
from sandbox.world.world import Account, Chat, Json, Message

EDIT_SECONDS = 48 * 3600  # so long people can change their messages (core.telegram.org/api/config, edit_time_limit)


class Poster:
    """Someone with a phone who can write."""

    def __init__(self, state: ServerState, account: Account) -> None:
        self._state = state
        self.account = account

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
    def phone(self) -> Phone:
        """The phone: its connection, and what its owner did with it."""
        return self._state.phone(self.account)

    def _chat(self, group: Group | None) -> Chat:
        return self.chat if group is None else group.chat

    def _send(
        self,
        content: Json,
        to: Group | None,
        *,
        topic: int | None = None,
        reply_to: Message | None = None,
        octets: int = 0,
    ) -> Message:
        """Send one message, now or when there is a connection; `octets` of a file come on top of its words."""
        draft = self._draft(content, to, octets)
        self.phone.do(lambda: self._post(draft, topic, reply_to), draft)
        return draft

    def _draft(self, content: Json, to: Group | None, octets: int) -> Message:
        """Prepare a message and count it."""
        chat = self._chat(to)
        obstacle = self._obstacle(chat)
        if obstacle:
            raise AssertionError(obstacle)
        words = str(content.get("text") or content.get("caption") or "")
        self.phone.count(messages=1, octets=octets + len(words.encode()))
        json = {"message_id": 0, "from": self.account.json, "chat": chat.json, "date": 0, **content}
        return Message(chat, json, by_bot=False)

    def _post(
        self, draft: Message, topic: int | None = None, reply_to: Message | None = None, *, tell: bool = True
    ) -> None:
        """Hand a message over to Telegram, unless its chat has been closed to the sender while it waited."""
        chat = draft.chat
        if self._obstacle(chat):
            return
        if chat.private:
            if self.account.blocked:  # the phone offers nothing but "unblock" first
                self.account.blocked = False
                incoming.tell_bot_member(self._state, chat, "kicked", "member", by=self.account.json)
            self.account.started = True
        around = self._around(chat, topic, reply_to)
        own = {"message_id", "from", "chat", "date"}
        content = {name: value for name, value in draft.json.items() if name not in own}
        self._state.world.post(chat, self.account.json, {**around, **content}, draft=draft)
        if tell:
            incoming.tell_message(self._state, draft)

    def _tell(self, message: Message) -> None:
        """Let the bot hear of a message that Telegram has."""
        if message.sent:
            incoming.tell_message(self._state, message)

    def _around(self, chat: Chat, topic: int | None, reply_to: Message | None) -> Json:
        """Give the fields for topic and reply; an answer to what was deleted meanwhile answers nothing."""
        around: Json = {}
        if reply_to is not None:
            replied = chat.messages.get(reply_to.id)
            if replied is not None and not replied.deleted:
                json = {name: value for name, value in replied.json.items() if name != "reply_to_message"}
                around["reply_to_message"] = json
                topic = topic or (json.get("message_thread_id") if json.get("is_topic_message") else None)
        if topic is not None:
            around = {"message_thread_id": topic, "is_topic_message": True, **around}
            opening = chat.messages.get(topic)
            if opening is not None and "reply_to_message" not in around:
                around["reply_to_message"] = opening.json  # what answers nothing else answers the topic's first message
        return around

    def _obstacle(self, chat: Chat) -> str | None:
        """Tell why this person cannot write in a chat, if so."""
        if self.account.deleted:
            return f"{self.name} has deleted the account"
        if chat.private:
            return None
        if chat.members.get(self.id, "left") in {"left", "kicked"}:
            return f"{self.name} is not in {chat.json['title']}"
        if chat.upgraded_to is not None or chat.deleted:
            return f"nobody can write in {chat.json['title']} any more"
        return None

    def _change(self, message: Message, change: Callable[[Json], Json], *, octets: int, by_hand: bool = True) -> None:
        """Change one's own message, now or when there is a connection; `change` makes the new content of the old."""
        if message.json.get("from", {}).get("id") != self.id:
            raise AssertionError(f"{self.name} cannot edit {message!r}")
        if by_hand and message.sent and self._state.now - message.date > EDIT_SECONDS:
            raise AssertionError(f"{self.name} cannot edit {message!r} any more: it is older than 48 hours")
        self.phone.count(edits=int(by_hand), octets=octets)

        def act() -> None:
            real = message.chat.messages.get(message.id)
            if real is not None and not real.deleted:
                new = {**change(real.json), "edit_date": int(self._state.now)}
                self._state.world.change(real, new)
                incoming.tell_message(self._state, real, edited=True)

        self.phone.do(act)


def caption_fields(text: str) -> Json:
    """Give a caption with the links and commands that Telegram finds in it; nothing for an empty one."""
    visible, entities = finish(text, [])
    if not visible:
        return {}
    return {"caption": visible, "caption_entities": entities} if entities else {"caption": visible}


def text_fields(text: str) -> Json:
    """Give a text with the links and commands that Telegram finds in it."""
    visible, entities = finish(text, [])
    return {"text": visible, "entities": entities} if entities else {"text": visible}
